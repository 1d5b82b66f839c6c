import { type ChildProcess, spawn } from "node:child_process";
import { type Cancel, type Clock, systemClock } from "../../base/clock.ts";
import { type Logger, silentLogger } from "../../base/logger.ts";
import {
  type CloseReason,
  type Codec,
  type Connector,
  type Transport,
  TransportError,
  type TransportListener,
} from "../../bridge/transport.ts";
import { FramedStream } from "./framed-stream.ts";
import { type RendererLogLevel, rendererEnvironment } from "./renderer-environment.ts";
import { readLines, rendererLogLevel } from "./renderer-log.ts";

/** How long a renderer may take to end after its input ended. */
const CLOSE_GRACE_MS = 3_000;

/** Between asking to terminate and killing. */
const KILL_GRACE_MS = 1_000;

/** Output of a process that ended arrives within this time, unless a child of it holds the pipe. */
const LAST_OUTPUT_MS = 500;

export interface ProcessOptions {
  /** Path of the renderer program. */
  readonly binary: string;
  readonly codec?: Codec;
  /** Put before all other arguments. */
  readonly rendererArgs?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDirectory?: string;
  /** The environment to choose from; default is our own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What the renderer logs; default `error`. Ignored where `RUST_LOG` is set. */
  readonly logLevel?: RendererLogLevel;
  /** Gets the renderer's standard error output, line by line. */
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly closeGraceMs?: number;
}

/** Connects to a renderer that is started as a child process; the protocol runs over its standard streams. */
export function createProcessConnector(options: ProcessOptions): Connector {
  const codec = options.codec ?? "msgpack";
  return {
    codec,
    open: (listener, signal) => openProcess({ ...options, codec }, listener, signal),
  };
}

/** The command line of a renderer, program first. */
export function rendererCommand(options: ProcessOptions): readonly string[] {
  const format = options.codec === "json" ? ["--json"] : [];
  return [options.binary, ...(options.rendererArgs ?? []), ...format, ...(options.args ?? [])];
}

function openProcess(
  options: ProcessOptions & { readonly codec: Codec },
  listener: TransportListener,
  signal: AbortSignal,
): Promise<Transport> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) throw new TransportError("transport-open-aborted", "The open was aborted.");
    if (options.binary === "") {
      throw new TransportError("transport-not-found", "No renderer program was given.", { isFatal: true });
    }
    const [command = options.binary, ...args] = rendererCommand(options);
    const child = spawn(command, args, {
      stdio: ["pipe", "pipe", "pipe"],
      env: rendererEnvironment(options.environment ?? process.env, options.logLevel),
      ...(options.workingDirectory === undefined ? {} : { cwd: options.workingDirectory }),
    });
    child.once("spawn", () => {
      child.off("error", failed);
      const transport = new ProcessTransport(child, options, listener);
      if (!signal.aborted) return resolve(transport);
      reject(new TransportError("transport-open-aborted", "The open was aborted."));
      void transport.close();
    });
    const failed = (cause: Error): void => {
      const text = `The renderer program "${options.binary}" could not be started: ${cause.message}`;
      reject(new TransportError("transport-not-found", text, { isFatal: true, cause }));
    };
    child.once("error", failed);
  });
}

class ProcessTransport implements Transport {
  readonly #child: ChildProcess;
  readonly #clock: Clock;
  readonly #listener: TransportListener;
  readonly #stream: FramedStream;
  readonly #closeGraceMs: number;
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => {};
  #state: "open" | "closing" | "closed" = "open";
  #closeReason: CloseReason | undefined;
  #timer: Cancel | undefined;

  constructor(child: ChildProcess, options: ProcessOptions & { readonly codec: Codec }, listener: TransportListener) {
    this.#child = child;
    this.#clock = options.clock ?? systemClock;
    this.#listener = listener;
    this.#closeGraceMs = options.closeGraceMs ?? CLOSE_GRACE_MS;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    const { stdin, stdout, stderr } = child;
    if (stdin === null || stdout === null || stderr === null) throw new Error("broken invariant: piped streams");
    this.#stream = new FramedStream({
      input: stdout,
      output: stdin,
      codec: options.codec,
      onMessage: (payload) => {
        if (this.#state === "open") listener.onMessage(payload);
      },
      onDrain: () => {
        if (this.#state === "open") listener.onDrain();
      },
      onBadFraming: (detail) => void this.close({ kind: "bad-framing", detail }),
    });
    const logger = options.logger ?? silentLogger;
    readLines(stderr, (line) => logger({ level: rendererLogLevel(line), code: "renderer-log", message: line }));
    child.on("error", () => {
      // A signal that could not be delivered; the exit that follows, or the next signal, settles it.
    });
    child.once("exit", (exitCode, signal) => {
      const reason = this.#closeReason ?? exitReason(exitCode, signal);
      this.#timer?.();
      this.#timer = this.#clock.after(LAST_OUTPUT_MS, () => this.#end(reason));
      child.once("close", () => this.#end(reason));
    });
  }

  get bufferedBytes(): number {
    return this.#state === "open" ? this.#stream.bufferedBytes : 0;
  }

  send(payload: Uint8Array | string): boolean {
    return this.#state === "open" ? this.#stream.write(payload) : true;
  }

  /** Ends the renderer's input, and after a grace period the process. */
  close(reason: CloseReason = { kind: "shutdown" }): Promise<void> {
    if (this.#state !== "open") return this.#closed;
    this.#state = "closing";
    this.#closeReason = reason;
    this.#stream.end();
    const hasExited = this.#child.exitCode !== null || this.#child.signalCode !== null;
    if (!hasExited) {
      this.#timer = this.#clock.after(this.#closeGraceMs, () => {
        this.#child.kill("SIGTERM");
        this.#timer = this.#clock.after(KILL_GRACE_MS, () => this.#child.kill("SIGKILL"));
      });
    }
    return this.#closed;
  }

  #end(reason: CloseReason): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#timer?.();
    this.#stream.destroy();
    this.#child.stderr?.destroy();
    this.#listener.onClose(reason);
    this.#resolveClosed();
  }
}

function exitReason(exitCode: number | null, signal: string | null): CloseReason {
  if (exitCode === 0) return { kind: "shutdown", detail: "exit status 0" };
  return {
    kind: "crash",
    ...(exitCode === null ? {} : { exitCode }),
    ...(signal === null ? {} : { signal }),
  };
}
