import { parse } from "@babel/parser";
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
    // Sucrase is made for correct code: inside arrow functions it blames the function, not the mistake. The parser knows.
    parse(source, { sourceType: "module", plugins: ["typescript", "jsx"], errorRecovery: false });
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

/** Both put the position at the end of the text, as `(line:column)`; the parser counts columns from 0. */
function describe(thrown: unknown, name: string): CompileError {
  const text = messageOf(thrown)
    .replace(`Error transforming ${name}: `, "")
    .replace(/^SyntaxError: /, "");
  const match = /^([\s\S]*) \((\d+):(\d+)\)$/.exec(text);
  if (match === null) return { message: text };
  return { message: match[1] ?? text, line: Number(match[2]), column: Number(match[3]) + 1 };
}
