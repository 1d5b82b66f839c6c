// The browser's debugging protocol over a pair of pipes: commands with a number, their answers, and events. Nothing listens
// on a port, so nobody but us can drive the browser.

import type { Readable, Writable } from "node:stream";
import type { Cancel, Clock } from "../../../base/index.ts";
import { BrowserError } from "./browser-error.ts";
import { PipeFrames } from "./pipe-frames.ts";

/** What commands take and answers hold. */
export type DevtoolsObject = { readonly [name: string]: unknown };

/** Commands of one target, or of the browser itself. */
export interface DevtoolsSession {
  /** Rejects with a `BrowserError` when the browser refuses, takes too long, or is gone. */
  send(method: string, params?: DevtoolsObject): Promise<DevtoolsObject>;
}

export interface DevtoolsClientOptions {
  /** What the browser reads. */
  readonly output: Writable;
  /** What the browser writes. */
  readonly input: Readable;
  readonly clock: Clock;
  /** For an answer. */
  readonly timeoutMs?: number;
  readonly maxMessageBytes?: number;
}

type EventListener = (params: DevtoolsObject) => void;

interface Waiting {
  readonly method: string;
  readonly sessionId: string | undefined;
  readonly stopTimer: Cancel;
  resolve(result: DevtoolsObject): void;
  reject(error: BrowserError): void;
}

const TIMEOUT_MS = 30_000;
/** A picture as large as an answer may be, as Base64, and some. */
const MAX_MESSAGE_BYTES = 128 * 1024 * 1024;

export class DevtoolsClient implements DevtoolsSession {
  /** Resolves with the reason when nothing can be said any more. */
  readonly closed: Promise<string>;
  readonly #options: DevtoolsClientOptions;
  readonly #frames: PipeFrames;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<string, Set<EventListener>>();
  #resolveClosed: (reason: string) => void = () => {};
  #closedBy: string | undefined;
  #lastId = 0;

  constructor(options: DevtoolsClientOptions) {
    this.#options = options;
    this.#frames = new PipeFrames(options.maxMessageBytes ?? MAX_MESSAGE_BYTES);
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    const { input, output } = options;
    input.on("data", (chunk: Buffer) => this.#received(chunk));
    input.on("close", () => this.close("the browser closed its debugging pipe"));
    input.on("error", (error) => this.close(`the debugging pipe failed: ${error.message}`));
    output.on("error", (error) => this.close(`the debugging pipe failed: ${error.message}`));
  }

  send(method: string, params: DevtoolsObject = {}, sessionId?: string, timeoutMs?: number): Promise<DevtoolsObject> {
    if (this.#closedBy !== undefined) return Promise.reject(lost(method, this.#closedBy));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const limitMs = timeoutMs ?? this.#options.timeoutMs ?? TIMEOUT_MS;
      const stopTimer = this.#options.clock.after(limitMs, () => {
        this.#waiting.delete(id);
        reject(new BrowserError("browser-timeout", `${method}: the browser did not answer within ${limitMs} ms`));
      });
      this.#waiting.set(id, { method, sessionId, stopTimer, resolve, reject });
      const message = { id, method, params, ...(sessionId === undefined ? {} : { sessionId }) };
      this.#options.output.write(`${JSON.stringify(message)}\0`);
    });
  }

  /** Events of the browser itself, or of the target that is attached as `sessionId`. */
  on(method: string, listener: EventListener, sessionId = ""): Cancel {
    const key = `${sessionId}:${method}`;
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  /** Nothing of this target is waited for any more. */
  forget(sessionId: string, reason: string): void {
    for (const [id, waiting] of this.#waiting) if (waiting.sessionId === sessionId) this.#fail(id, waiting, reason);
    for (const key of [...this.#listeners.keys()]) if (key.startsWith(`${sessionId}:`)) this.#listeners.delete(key);
  }

  /** Everything that waits fails. Idempotent. */
  close(reason: string): void {
    if (this.#closedBy !== undefined) return;
    this.#closedBy = reason;
    for (const [id, waiting] of this.#waiting) this.#fail(id, waiting, reason);
    this.#listeners.clear();
    this.#options.output.end();
    this.#options.input.destroy();
    this.#resolveClosed(reason);
  }

  #fail(id: number, waiting: Waiting, reason: string): void {
    this.#waiting.delete(id);
    waiting.stopTimer();
    waiting.reject(lost(waiting.method, reason));
  }

  #received(chunk: Uint8Array): void {
    const texts = this.#frames.push(chunk);
    if (texts === undefined) this.close("the browser sent a message that is too large");
    for (const text of texts ?? []) this.#message(text);
  }

  #message(text: string): void {
    const message = readObject(text);
    if (message === undefined) {
      this.close("the browser sent something that is no message");
      return;
    }
    const { id, method, params, sessionId } = message;
    if (typeof id === "number") this.#answer(id, message);
    else if (typeof method === "string") {
      const key = `${typeof sessionId === "string" ? sessionId : ""}:${method}`;
      for (const listener of [...(this.#listeners.get(key) ?? [])]) listener(isObject(params) ? params : {});
    }
  }

  #answer(id: number, { result, error }: DevtoolsObject): void {
    const waiting = this.#waiting.get(id);
    // It came after its time.
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    waiting.stopTimer();
    if (error === undefined) waiting.resolve(isObject(result) ? result : {});
    else {
      const text = isObject(error) && typeof error["message"] === "string" ? error["message"] : "no reason given";
      waiting.reject(new BrowserError("browser-refused", `${waiting.method}: ${text}`));
    }
  }
}

function lost(method: string, reason: string): BrowserError {
  return new BrowserError("browser-lost", `${method}: ${reason}`);
}

function readObject(text: string): DevtoolsObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** At this boundary every object may have any member. */
export function isObject(value: unknown): value is DevtoolsObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
