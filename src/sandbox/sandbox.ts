import { Worker } from "node:worker_threads";
import { PlushieError } from "../base/index.ts";
import { MAX_SOURCE_CHARS, RUN_MS, START_MS, WATCHDOG_EXTRA_MS, WORKER_HEAP_MB } from "./limits.ts";
import type { SandboxFailure, SandboxRequest, SandboxResult } from "./result.ts";

export type SandboxErrorCode = "sandbox-disposed";

export class SandboxError extends PlushieError<SandboxErrorCode> {}

export interface SandboxOptions {
  /** Longest run in milliseconds. */
  readonly runMs?: number;
  /** Where the built worker is; by default beside this module. */
  readonly workerUrl?: URL;
}

interface Job {
  readonly request: SandboxRequest;
  readonly resolve: (result: SandboxResult) => void;
}

/**
 * Runs code that people typed: QuickJS in a worker thread, with a limit on time, memory, stack and output, without
 * files, network, timers or a way to the host. Runs wait for each other. Whatever the code does, `run` resolves.
 */
export class Sandbox {
  readonly #runMs: number;
  readonly #workerUrl: URL;
  readonly #queue: Job[] = [];
  #worker: Worker | undefined;
  #isWorkerReady = false;
  #current: Job | undefined;
  #watchdog: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: SandboxOptions = {}) {
    this.#runMs = options.runMs ?? RUN_MS;
    this.#workerUrl = options.workerUrl ?? new URL("./worker.js", import.meta.url);
  }

  /** Rejects only when the sandbox is disposed. */
  run(request: SandboxRequest): Promise<SandboxResult> {
    if (this.#isDisposed) return Promise.reject(new SandboxError("sandbox-disposed", "the sandbox is disposed"));
    if (request.source.length > MAX_SOURCE_CHARS) {
      const { length } = request.source;
      return Promise.resolve(limit(`the source has ${length} characters; at most ${MAX_SOURCE_CHARS} can be run`));
    }
    return new Promise((resolve) => {
      this.#queue.push({ request, resolve });
      this.#next();
    });
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const job of this.#queue.splice(0)) job.resolve(limit("the sandbox was stopped"));
    const worker = this.#worker;
    this.#finish(limit("the sandbox was stopped"));
    this.#worker = undefined;
    await worker?.terminate();
  }

  #next(): void {
    if (this.#current !== undefined) return;
    const job = this.#queue.shift();
    if (job === undefined) return;
    this.#current = job;
    if (this.#worker === undefined) this.#worker = this.#startWorker();
    else if (this.#isWorkerReady) this.#send(this.#worker, job);
  }

  #send(worker: Worker, job: Job): void {
    worker.postMessage(job.request);
    // The interrupt inside the guest normally ends a run first; this one is for hangs that it cannot see.
    this.#watch(
      this.#runMs + WATCHDOG_EXTRA_MS,
      "it did not end in time. Is there an endless loop, or does it need too much memory?",
    );
  }

  #watch(ms: number, reason: string): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => this.#giveUp(reason), ms);
  }

  #startWorker(): Worker {
    const worker = new Worker(this.#workerUrl, {
      workerData: { runMs: this.#runMs },
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
      // Nothing of the server's environment or arguments is in the worker.
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
    });
    worker.unref();
    this.#isWorkerReady = false;
    // A busy machine may take long to start a worker; that is not the experiment's time.
    this.#watch(START_MS, "its worker did not start");
    worker.on("message", (message: "ready" | SandboxResult) => {
      if (worker !== this.#worker) return;
      if (message === "ready") {
        this.#isWorkerReady = true;
        if (this.#current !== undefined) this.#send(worker, this.#current);
        return;
      }
      this.#finish(message);
      this.#next();
    });
    const onEnd = (reason: string) => {
      if (worker === this.#worker) this.#giveUp(reason);
    };
    worker.on("error", (error) => onEnd(error.message));
    worker.on("exit", () => onEnd("its worker ended"));
    return worker;
  }

  #giveUp(reason: string): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
    this.#finish(limit(`the experiment was stopped: ${reason}`));
    this.#next();
  }

  #finish(result: SandboxResult): void {
    clearTimeout(this.#watchdog);
    const job = this.#current;
    this.#current = undefined;
    job?.resolve(result);
  }
}

function limit(message: string): SandboxFailure {
  return { ok: false, phase: "limit", message, logs: [] };
}
