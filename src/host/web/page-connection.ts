// Keeps one engine connected to a server, as long as that can help:
//
//   state        fact                              next
//   connecting   opened                            open
//   connecting   failed, or too slow               waiting
//   open         closed, worth another try         waiting
//   open         closed for good, refused, exit    ended
//   waiting      time is up, `retryNow`, `wake`    connecting
//   ended        `retryNow`                        connecting
//   any          `dispose`                         disposed
//
// The engine lives on through all of it: what is on the screen stays until the next snapshot replaces it.

import type { Cancel, Clock } from "../../base/index.ts";
import {
  type CloseCodeName,
  type CloseReason,
  canRetryAfter,
  closeCodeName,
  type Transport,
  type TransportListener,
} from "../../bridge/index.ts";
import type { FromRenderer } from "../../protocol/index.ts";
import type { Engine } from "../../renderer/index.ts";
import { encodeJsonMessage } from "../../wire/json-messages.ts";
import { reconnectDelay } from "./backoff.ts";
import { feedEngine } from "./feed.ts";

/** A server that takes the connection but says nothing is as good as none. */
const OPEN_LIMIT_MS = 15_000;

/** What the person should know. */
export type ConnectionStatus =
  | { readonly kind: "connecting"; readonly isFirst: boolean }
  /** The host's tree is on the screen and input reaches it. */
  | { readonly kind: "live" }
  | { readonly kind: "waiting"; readonly retryAt: number }
  | { readonly kind: "ended"; readonly reason: EndReason };

/** `refused`: the two ends do not understand each other. `exit`: the app ended the renderer. */
export type EndReason = CloseCodeName | "refused" | "exit";

export interface PageConnectionOptions {
  readonly open: (listener: TransportListener, signal: AbortSignal) => Promise<Transport>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly onStatus: (status: ConnectionStatus) => void;
}

interface Attempt {
  readonly abort: AbortController;
  readonly cancelLimit: Cancel;
  transport: Transport | undefined;
  /** What came before the opening was reported here. */
  early: (Uint8Array | string)[];
  isLive: boolean;
}

export class PageConnection {
  readonly #options: PageConnectionOptions;
  #engine: Engine | undefined;
  #attempt: Attempt | undefined;
  #cancelWait: Cancel | undefined;
  /** Attempts since the last connection that worked. */
  #failures = 0;
  #wasLive = false;
  #isDisposed = false;

  constructor(options: PageConnectionOptions) {
    this.#options = options;
  }

  /** Begins. `engine` must send through `send` and report its end to `engineEnded`. */
  start(engine: Engine): void {
    this.#engine = engine;
    this.#connect();
  }

  /** Takes what the engine says; dropped while there is no connection. */
  send(message: FromRenderer): void {
    const payload = encodeJsonMessage(message);
    if (payload.ok) this.#attempt?.transport?.send(payload.value);
  }

  engineEnded(reason: "refused" | "exit"): void {
    this.#drop({ kind: "shutdown" });
    this.#status({ kind: "ended", reason });
  }

  /** Somebody asked for a connection: now, and also where trying by itself had ended. */
  retryNow(): void {
    if (this.#isDisposed || this.#attempt !== undefined || this.#engine === undefined) return;
    this.#connect();
  }

  /** The network is back, or the page is looked at again: no reason to wait any longer. */
  wake(): void {
    if (this.#cancelWait !== undefined) this.retryNow();
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#cancelWait?.();
    this.#drop({ kind: "shutdown" });
  }

  #connect(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    const abort = new AbortController();
    const attempt: Attempt = {
      abort,
      cancelLimit: this.#options.clock.after(OPEN_LIMIT_MS, () => this.#lost(attempt)),
      transport: undefined,
      early: [],
      isLive: false,
    };
    this.#attempt = attempt;
    this.#status({ kind: "connecting", isFirst: !this.#wasLive });
    const listener: TransportListener = {
      onMessage: (payload) => this.#received(attempt, payload),
      // What a page sends is small; a network that does not take it will soon be reported as lost.
      onDrain: () => {},
      onClose: (reason) => this.#closed(attempt, reason),
    };
    this.#options.open(listener, abort.signal).then(
      (transport) => this.#opened(attempt, transport),
      () => this.#lost(attempt),
    );
  }

  #opened(attempt: Attempt, transport: Transport): void {
    if (this.#attempt !== attempt) {
      void transport.close();
      return;
    }
    attempt.transport = transport;
    this.#engine?.start();
    for (const payload of attempt.early.splice(0)) this.#received(attempt, payload);
  }

  #received(attempt: Attempt, payload: Uint8Array | string): void {
    if (this.#attempt !== attempt) return;
    if (attempt.transport === undefined) {
      attempt.early.push(payload);
      return;
    }
    if (this.#engine === undefined) return;
    const type = feedEngine(this.#engine, payload);
    if (type === "snapshot" && !attempt.isLive && this.#attempt === attempt) {
      attempt.isLive = true;
      attempt.cancelLimit();
      this.#failures = 0;
      this.#wasLive = true;
      this.#status({ kind: "live" });
    }
  }

  #closed(attempt: Attempt, reason: CloseReason): void {
    if (this.#attempt !== attempt) return;
    const code = "closeCode" in reason ? reason.closeCode : undefined;
    const name = code === undefined ? undefined : closeCodeName(code);
    if (code !== undefined && name !== undefined && !canRetryAfter(code)) {
      this.#drop();
      this.#status({ kind: "ended", reason: name });
    } else this.#lost(attempt);
  }

  #lost(attempt: Attempt): void {
    if (this.#attempt !== attempt || this.#isDisposed) return;
    this.#drop({ kind: "connection-lost" });
    const delay = reconnectDelay(this.#failures, this.#options.random);
    this.#failures += 1;
    this.#cancelWait = this.#options.clock.after(delay, () => this.#connect());
    this.#status({ kind: "waiting", retryAt: this.#options.clock.now() + delay });
  }

  /** Ends the attempt under way; with a reason it is also closed from here. */
  #drop(reason?: CloseReason): void {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    if (attempt === undefined) return;
    attempt.cancelLimit();
    attempt.abort.abort();
    this.#engine?.suspend();
    if (reason !== undefined) void attempt.transport?.close(reason);
  }

  #status(status: ConnectionStatus): void {
    if (!this.#isDisposed) this.#options.onStatus(status);
  }
}
