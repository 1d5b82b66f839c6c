import { messageOf } from "../base/index.ts";
import { ScriptError, type ScriptProblem } from "./script-error.ts";
import type { Instruction } from "./script-grammar.ts";
import { formatInstruction, LineFault, parseInstruction } from "./script-line.ts";
import { similar } from "./similar.ts";

/** What stands above the line of dashes. */
export interface ScriptHeader {
  /** A module that exports the app, beside the script: `./counter.ts`, or `./apps.ts#counter` for a named export. */
  readonly app?: string;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly theme?: "light" | "dark";
  readonly backend?: "mock" | "headless" | "windowed";
  readonly format?: "json" | "msgpack";
  /** Start options of the app, as JSON. */
  readonly options?: unknown;
}

export interface ScriptStep {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly instruction: Instruction;
}

export interface Script {
  readonly file: string;
  readonly header: ScriptHeader;
  readonly steps: readonly ScriptStep[];
}

export const MAX_SCRIPT_CHARS = 1024 * 1024;
const MAX_LINE_CHARS = 64 * 1024;
const MAX_VIEWPORT = 16_384;
/** With more than these somebody fed something that is no script. */
const MAX_PROBLEMS = 20;
const SEPARATOR = "-----";
const IS_SEPARATOR = /^-{5,}$/;

type HeaderReader = (value: string) => ScriptHeader;

const HEADERS: Readonly<Record<string, HeaderReader>> = {
  app(value) {
    if (value === "") throw new LineFault("app has no module", "Write, for example, app: ./counter.ts");
    return { app: value };
  },
  viewport(value) {
    const [, width, height] = /^(\d{1,5})x(\d{1,5})$/.exec(value) ?? [];
    const size = { width: Number(width), height: Number(height) };
    if (!isSide(size.width) || !isSide(size.height)) {
      throw new LineFault(`"${value}" is no viewport`, `Write two numbers from 1 to ${MAX_VIEWPORT}, as in 800x600.`);
    }
    return { viewport: size };
  },
  theme: (value) => ({ theme: oneOf(value, "theme", ["light", "dark"]) }),
  backend: (value) => ({ backend: oneOf(value, "backend", ["mock", "headless", "windowed"]) }),
  format: (value) => ({ format: oneOf(value, "format", ["json", "msgpack"]) }),
  options(value) {
    try {
      return { options: JSON.parse(value) };
    } catch (thrown) {
      throw new LineFault(`options is no JSON: ${messageOf(thrown)}`);
    }
  },
};

/** Reads a script. Throws a `ScriptError` that has every problem of it. */
export function parseScript(text: string, file = "script"): Script {
  const problems: ScriptProblem[] = [];
  const report = (line: number, shown: string, fault: { message: string; suggestion?: string | undefined }): void => {
    const { message: reason, suggestion } = fault;
    problems.push({ file, line, text: shown, reason, ...(suggestion === undefined ? {} : { suggestion }) });
  };
  if (text.length > MAX_SCRIPT_CHARS) {
    report(1, "", { message: `the script has ${text.length} characters, more than ${MAX_SCRIPT_CHARS}` });
    throw new ScriptError(problems);
  }
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = lines.findIndex((line) => IS_SEPARATOR.test(line.trim()));
  if (separator < 0) {
    report(1, lines[0] ?? "", {
      message: "no line of dashes",
      suggestion: `A script is headers such as app: ./counter.ts, a line ${SEPARATOR}, and one instruction per line.`,
    });
    throw new ScriptError(problems);
  }
  let header: ScriptHeader = {};
  const steps: ScriptStep[] = [];
  for (const [index, raw] of lines.entries()) {
    const written = raw.trim();
    if (written === "" || written.startsWith("#") || index === separator) continue;
    if (problems.length >= MAX_PROBLEMS) break;
    try {
      if (written.length > MAX_LINE_CHARS) throw new LineFault(`the line is longer than ${MAX_LINE_CHARS} characters`);
      if (index < separator) header = withHeader(header, written);
      else steps.push({ line: index + 1, text: written, instruction: parseInstruction(written) });
    } catch (thrown) {
      if (!(thrown instanceof LineFault)) throw thrown;
      report(index + 1, raw, thrown);
    }
  }
  if (problems.length > 0) throw new ScriptError(problems);
  return { file, header, steps };
}

/** Writes a script that `parseScript` reads back. `notes` become comments. */
export function formatScript(
  header: ScriptHeader,
  lines: readonly (Instruction | { readonly note: string })[],
): string {
  const { app, viewport, theme, backend, format, options } = header;
  const head: readonly (readonly [string, string | undefined])[] = [
    ["app", app],
    ["viewport", viewport === undefined ? undefined : `${viewport.width}x${viewport.height}`],
    ["theme", theme],
    ["backend", backend],
    ["format", format],
    ["options", options === undefined ? undefined : JSON.stringify(options)],
  ];
  const written = head.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}`);
  const body = lines.map((line) =>
    "note" in line ? `# ${line.note.replaceAll(/\s+/g, " ")}` : formatInstruction(line),
  );
  return `${[...written, SEPARATOR, ...body].join("\n")}\n`;
}

function withHeader(header: ScriptHeader, line: string): ScriptHeader {
  const [, name, value] = /^([A-Za-z_]+)\s*:\s*(.*)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) {
    throw new LineFault("this is no header", `Instructions begin after a line ${SEPARATOR}.`);
  }
  const read = Object.hasOwn(HEADERS, name) ? HEADERS[name] : undefined;
  if (read === undefined) {
    const known = Object.keys(HEADERS);
    const [near] = similar(known, name);
    const suggestion = near === undefined ? `There are: ${known.join(", ")}.` : `Did you mean "${near}"?`;
    throw new LineFault(`unknown header "${name}"`, suggestion);
  }
  if (Object.hasOwn(header, name)) throw new LineFault(`the header "${name}" is there twice`);
  return { ...header, ...read(value) };
}

function isSide(side: number): boolean {
  return side >= 1 && side <= MAX_VIEWPORT;
}

function oneOf<Name extends string>(value: string, header: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (found !== undefined) return found;
  throw new LineFault(`"${value}" is no ${header}`, `Write ${names.join(" or ")}.`);
}
