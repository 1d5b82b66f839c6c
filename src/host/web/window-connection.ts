// Connects the surface of a page with the renderer command that served it:
//
//   state        fact                              next
//   connecting   opened                            live
//   connecting   failed                            waiting, or ended when the renderer was gone for too long
//   live         closed for good                   ended
//   live         lost                              waiting
//   waiting      time is up, `retryNow`            connecting
//   ended        `retryNow`                        connecting   (takes over from another tab)

import type { Cancel, Clock } from "../../base/index.ts";
import {
  type CloseReason,
  canRetryAfter,
  closeCodeName,
  type Transport,
  type TransportListener,
} from "../../bridge/index.ts";
import { type AttachedSurface, type AttachedSurfaceFactory, attachSurface } from "../../renderer/page/index.ts";
import type { ConnectionStatus, EndReason } from "./page-connection.ts";

const RETRY_MS = 500;
/** A renderer on the same machine that is not there for so long has ended. */
const GIVE_UP_MS = 5_000;

export interface WindowConnectionOptions {
  readonly surface: AttachedSurfaceFactory;
  /** `takesOver`: also when another tab shows the app. */
  readonly open: (listener: TransportListener, signal: AbortSignal, takesOver: boolean) => Promise<Transport>;
  readonly clock: Clock;
  readonly onStatus: (status: ConnectionStatus) => void;
}

interface Attempt {
  readonly abort: AbortController;
  transport: Transport | undefined;
}

export class WindowConnection {
  readonly #options: WindowConnectionOptions;
  #attempt: Attempt | undefined;
  #attached: AttachedSurface | undefined;
  #take: (text: string) => void = () => {};
  #cancelWait: Cancel | undefined;
  #lostAt: number | undefined;
  #wasLive = false;
  #isOver = false;

  constructor(options: WindowConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#connect(false);
  }

  /** The person wants the app here. */
  retryNow(): void {
    if (this.#attempt !== undefined || this.#isOver) return;
    this.#connect(true);
  }

  #connect(takesOver: boolean): void {
    const { open, onStatus } = this.#options;
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    const attempt: Attempt = { abort: new AbortController(), transport: undefined };
    this.#attempt = attempt;
    onStatus({ kind: "connecting", isFirst: !this.#wasLive });
    const listener: TransportListener = {
      onMessage: (payload) => {
        if (this.#attempt === attempt && typeof payload === "string") this.#take(payload);
      },
      // What a page sends is small.
      onDrain: () => {},
      onClose: (reason) => this.#closed(attempt, reason),
    };
    open(listener, attempt.abort.signal, takesOver).then(
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
    this.#lostAt = undefined;
    this.#wasLive = true;
    this.#options.onStatus({ kind: "live" });
    if (this.#attached === undefined) this.#attach();
    else this.#attached.resume();
  }

  /** Once: the surface outlives its connections, and with it typed text, focus and scroll positions. */
  #attach(): void {
    this.#attached = attachSurface(
      (listener) => {
        this.#take = listener.onText;
        return { send: (text) => void this.#attempt?.transport?.send(text), close: () => {} };
      },
      this.#options.surface,
      { onDispose: () => this.#disposed() },
    );
  }

  /** The app is over: its windows are gone from the screen. */
  #disposed(): void {
    this.#isOver = true;
    this.#end("app-ended");
  }

  #closed(attempt: Attempt, reason: CloseReason): void {
    if (this.#attempt !== attempt) return;
    const code = "closeCode" in reason ? reason.closeCode : undefined;
    const name = code === undefined ? undefined : closeCodeName(code);
    if (code === undefined || name === undefined || canRetryAfter(code)) this.#lost(attempt);
    else {
      this.#isOver ||= name === "app-ended";
      this.#end(name);
    }
  }

  #lost(attempt: Attempt): void {
    if (this.#attempt !== attempt) return;
    const { clock, onStatus } = this.#options;
    this.#attempt = undefined;
    const now = clock.now();
    this.#lostAt ??= now;
    if (now - this.#lostAt >= GIVE_UP_MS) {
      this.#end("app-ended");
      return;
    }
    onStatus({ kind: "waiting", retryAt: now + RETRY_MS });
    this.#cancelWait = clock.after(RETRY_MS, () => this.#connect(false));
  }

  #end(reason: EndReason): void {
    const attempt = this.#attempt;
    this.#attempt = undefined;
    attempt?.abort.abort();
    void attempt?.transport?.close();
    this.#options.onStatus({ kind: "ended", reason });
  }
}
