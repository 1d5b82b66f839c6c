import type { LogEntry } from "../../base/index.ts";
import { CommandError } from "./command-error.ts";

/** The one file of a command that takes one. */
export function oneFile(positionals: readonly string[], example: string): string {
  const [file, ...others] = positionals;
  if (file === undefined) throw new CommandError(`Name the file of the app, as in: ${example}`);
  if (others.length > 0) throw new CommandError(`One file at a time; ${others.join(" ")} is too much.`);
  return file;
}

/** The number of a port, or a sentence about what is none. */
export function portOf(flag: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new CommandError(`${flag} takes a number from 0 to 65535, not "${text}".`);
}

/** Warnings and errors on standard error. */
export function writeProblem({ level, message }: LogEntry): void {
  if (level === "warn" || level === "error") process.stderr.write(`plushie: ${message}\n`);
}
