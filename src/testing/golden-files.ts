import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { argv, env } from "node:process";
import { fileURLToPath } from "node:url";
import { TestFailure } from "./test-failure.ts";

const FOLDER = "__snapshots__";
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}_ .()+-]{0,99}$/u;
const TEST_FILE = /(?:[._-](?:test|spec)\.[cm]?[jt]sx?|\.plushie)$/;
const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/])[^()]*?):\d+:\d+\)?$/;
const STACK_FRAMES = 50;

/** What was compared with each file in this process, to tell a change from two tests that use one name. */
const seen = new Map<string, string>();

/** What a test compares with: files in `__snapshots__/<test file>/` beside the test. */
export class GoldenFiles {
  readonly #testFile: string;

  /** Throws when nobody can tell which test this is about. */
  constructor(testFile: string | undefined, stack: string | undefined) {
    const found = testFile ?? testFileIn(stack) ?? argv[1];
    if (found === undefined) {
      throw new TestFailure("The test's file cannot be told from the call. Give mount the option testFile.");
    }
    this.#testFile = found.startsWith("file://") ? fileURLToPath(found) : found;
  }

  /** The path of a golden. Throws for names that are no good file names. */
  path(name: string, ending: string): string {
    if (!NAME.test(name)) {
      throw new TestFailure(`"${name}" is no name for a snapshot. Use letters, digits, spaces and _ . ( ) + -.`);
    }
    return join(dirname(this.#testFile), FOLDER, basename(this.#testFile), `${name}.${ending}`);
  }
}

/** The stack of the caller, long enough to reach the test. */
export function callerStack(): string | undefined {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = STACK_FRAMES;
  const { stack } = new Error("where the test is");
  Error.stackTraceLimit = before;
  return stack;
}

/** The file of the nearest caller whose name says that it is a test. */
export function testFileIn(stack: string | undefined): string | undefined {
  for (const line of stack?.split("\n") ?? []) {
    const file = FRAME.exec(line.trim())?.[1]?.replace(/\?.*$/, "");
    if (file !== undefined && TEST_FILE.test(file)) return file;
  }
  return undefined;
}

export function readGolden(path: string): Buffer | undefined {
  return existsSync(path) ? readFileSync(path) : undefined;
}

export function writeGolden(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

export function removeGolden(path: string): void {
  rmSync(path, { force: true });
}

/** Remembers what a test gave for a file. Throws when another one in this process gave something else. */
export function claim(path: string, content: string): void {
  const before = seen.get(path);
  seen.set(path, content);
  if (before === undefined || before === content) return;
  throw new TestFailure(`Two different snapshots of this run are called ${path}. Give each one a name of its own.`);
}

export function isOn(variable: string): boolean {
  const value = env[variable];
  return value !== undefined && value !== "" && value !== "0" && value !== "false";
}

/** A golden that is not there: written at the first run, but never where nobody would commit it. */
export function refuseMissingInCi(path: string, updateSwitch: string): void {
  if (!isOn("CI")) return;
  throw new TestFailure(`${path} is not there. Run the test with ${updateSwitch}=1 and commit the file.`);
}
