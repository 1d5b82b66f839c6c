import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { err, ok, type Result } from "../../base/index.ts";
import { rendererEnvironment } from "../../transport/node/renderer-environment.ts";
import { readLines } from "../../transport/node/renderer-log.ts";
import type { HostProgram } from "./renderer-arguments.ts";

/** Between the end of the program's input and asking it to terminate. */
const END_GRACE_MS = 500;
/** Between asking and killing. */
const KILL_GRACE_MS = 1_000;

type Environment = Readonly<Record<string, string | undefined>>;

export interface HostChildOptions {
  /** What the variables are chosen from. */
  readonly environment: Environment;
  /** Variables it gets on top. */
  readonly extraEnvironment?: Readonly<Record<string, string>>;
  /** `inherit`: what it prints is for people, because the protocol runs over a socket. */
  readonly stdout: "pipe" | "inherit";
  /** Takes what it writes to its standard error, each line marked. */
  readonly writeError: (text: string) => void;
}

/** The program that sends the app, running as our child. */
export interface HostChild {
  readonly stdin: Writable;
  /** Absent when inherited. */
  readonly stdout: Readable | undefined;
  /** Resolves, in words, when the process is gone. */
  readonly exited: Promise<string>;
  /** Ends its input, and the process if that is not enough. */
  stop(): Promise<void>;
}

/** Starts the program, or says why it cannot be started. */
export function startHostChild(program: HostProgram, options: HostChildOptions): Promise<Result<HostChild, string>> {
  const isShell = program.kind === "shell";
  const command = isShell ? program.command : program.program;
  const child = spawn(command, isShell ? [] : [...program.args], {
    shell: isShell,
    stdio: ["pipe", options.stdout, "pipe"],
    env: { ...hostEnvironment(program, options.environment), ...options.extraEnvironment },
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(err(`"${command}" cannot be started: ${error.message}`)));
    child.once("spawn", () => resolve(ok(watch(child, options))));
  });
}

/** The variables a program may see: the usual ones, and those that were asked for by name. */
export function hostEnvironment(program: HostProgram, environment: Environment): Record<string, string> {
  const chosen = rendererEnvironment(environment);
  // Those two are for renderers; a program gets the filter only when somebody set it.
  delete chosen["PLUSHIE_NO_CATCH_UNWIND"];
  if (environment["RUST_LOG"] === undefined) delete chosen["RUST_LOG"];
  // A command typed by a person is mostly ssh, which finds the person's keys by this.
  const names = program.kind === "shell" ? ["SSH_AUTH_SOCK", ...program.environmentNames] : program.environmentNames;
  for (const name of names) {
    const value = environment[name];
    if (value !== undefined) chosen[name] = value;
  }
  return chosen;
}

function watch(child: ChildProcess, { writeError }: HostChildOptions): HostChild {
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stderr === null) throw new Error("broken invariant: piped streams");
  readLines(stderr, (line) => writeError(`[remote] ${line}\n`));
  child.on("error", () => {
    // A signal that could not be delivered: the process is gone, and its exit is reported.
  });
  stdin.on("error", () => {
    // A program that does not read. Who writes to it hears of the end in another way.
  });
  const exited = new Promise<string>((resolve) => {
    child.once("exit", (code, signal) => resolve(signal === null ? `exit status ${code}` : `signal ${signal}`));
  });
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    stdin,
    stdout: stdout ?? undefined,
    exited,
    async stop() {
      if (!stdin.destroyed) stdin.end();
      // What it still says is for nobody, and a full pipe would keep it from ending.
      stdout?.resume();
      const terminate = setTimeout(() => child.kill("SIGTERM"), END_GRACE_MS);
      const kill = setTimeout(() => child.kill("SIGKILL"), END_GRACE_MS + KILL_GRACE_MS);
      if (!isGone()) await exited;
      clearTimeout(terminate);
      clearTimeout(kill);
      stdin.destroy();
      stdout?.destroy();
      stderr.destroy();
    },
  };
}
