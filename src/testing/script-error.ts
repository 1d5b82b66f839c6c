import { TestFailure } from "./test-failure.ts";

export interface ScriptProblem {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line as it stands in the script. */
  readonly text: string;
  readonly reason: string;
  /** What was probably meant, or how it is written. */
  readonly suggestion?: string;
}

const SHOWN_CHARS = 120;

/** A script that cannot be read, or a line of it that failed. The message has file, line and text of each problem. */
export class ScriptError extends TestFailure {
  readonly problems: readonly ScriptProblem[];

  constructor(problems: readonly ScriptProblem[], options: { readonly cause?: unknown } = {}) {
    super(problems.map(describe).join("\n"), options);
    this.name = "ScriptError";
    this.problems = problems;
  }
}

function describe({ file, line, text, reason, suggestion }: ScriptProblem): string {
  const shown = text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
  const hint = suggestion === undefined ? "" : `\n  ${suggestion}`;
  return `${file}:${line}: ${reason}\n    ${shown.trim()}${hint}`;
}
