import type { LogEntry } from "../base/index.ts";
import { TestFailure } from "./test-failure.ts";

/** Collects what was reported, and knows what of it fails a test. */
export class ReportBook {
  readonly entries: LogEntry[] = [];
  readonly #allowed: Set<string>;
  readonly #isAllAllowed: boolean;

  constructor(allowed: true | readonly string[]) {
    this.#isAllAllowed = allowed === true;
    this.#allowed = new Set(allowed === true ? [] : allowed);
  }

  allow(codes: readonly string[]): void {
    for (const code of codes) this.#allowed.add(code);
  }

  /** The failure, if there is one. */
  failure(): TestFailure | undefined {
    const found = this.entries.filter((entry) => this.#fails(entry));
    const [first] = found;
    if (first === undefined) return undefined;
    const lines = found.map(({ level, code, message }) => `  ${level} ${code}: ${message}`);
    return new TestFailure(
      `The app reported ${found.length === 1 ? "a problem" : `${found.length} problems`}:\n${lines.join("\n")}\n` +
        "If that is what the test is about, name the codes in allowDiagnostics.",
      { cause: first.error },
    );
  }

  #fails({ level, code, fields }: LogEntry): boolean {
    if (this.#isAllAllowed || level === "debug" || level === "info") return false;
    const kind = fields?.["kind"];
    return !this.#allowed.has(code) && !(typeof kind === "string" && this.#allowed.has(kind));
  }
}
