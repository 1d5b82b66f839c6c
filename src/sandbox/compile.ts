import { transform } from "sucrase";
import { err, messageOf, ok, type Result } from "../base/index.ts";

export interface CompileError {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * TypeScript with TSX to a CommonJS body for the guest. Types are removed, not checked; lines stay where they are, so
 * positions in run-time errors are those of the source.
 */
export function compile(source: string, name: string): Result<string, CompileError> {
  try {
    const { code } = transform(source, {
      transforms: ["typescript", "jsx", "imports"],
      jsxRuntime: "automatic",
      jsxImportSource: "plushie",
      production: true,
      filePath: name,
    });
    return ok(code);
  } catch (thrown) {
    return err(describe(thrown, name));
  }
}

/** Sucrase says `Error transforming NAME: SyntaxError: text (line:column)` and has the position on `loc`, too. */
function describe(thrown: unknown, name: string): CompileError {
  const text = messageOf(thrown)
    .replace(`Error transforming ${name}: `, "")
    .replace(/^SyntaxError: /, "");
  const match = /^([\s\S]*) \((\d+):(\d+)\)$/.exec(text);
  if (match === null) return { message: text };
  return { message: match[1] ?? text, line: Number(match[2]), column: Number(match[3]) };
}
