import type { WebSocket } from "ws";
import type { Cancel, Clock } from "../base/clock.ts";
import type { CloseCodeName } from "../bridge/transport.ts";
import { CLOSE_TEXTS, closeCodeOf, type ServerLimits } from "./limits.ts";
import { TokenBucket } from "./token-bucket.ts";

/**
 * Watches one socket: rate, size, silence, dead line, slow reading. Cuts this one off and no other. Carries nothing; the
 * transport of the session does.
 */
export class ClientSocket {
  readonly socket: WebSocket;
  readonly #limits: ServerLimits;
  readonly #clock: Clock;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;
  readonly #onCut: (reason: CloseCodeName) => void;
  #cancelPing: Cancel | undefined;
  #cancelIdle: Cancel | undefined;
  #cancelSlow: Cancel | undefined;
  #unansweredPings = 0;
  #lastMessageAt: number;
  #isClosed = false;

  constructor(
    socket: WebSocket,
    options: {
      readonly limits: ServerLimits;
      readonly clock: Clock;
      /** The socket was cut off for this reason. */
      readonly onCut: (reason: CloseCodeName) => void;
    },
  ) {
    this.socket = socket;
    this.#limits = options.limits;
    this.#clock = options.clock;
    this.#onCut = options.onCut;
    const { limits, clock } = options;
    this.#messages = new TokenBucket(clock, limits.messagesPerSecond, limits.messageBurst);
    this.#bytes = new TokenBucket(clock, limits.bytesPerSecond, limits.byteBurst);
    this.#lastMessageAt = clock.now();
    socket.on("error", (error) => {
      // `ws` closes by itself after this; only the reason is worth telling.
      if ("code" in error && error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") this.#onCut("message-too-large");
    });
    socket.on("close", () => this.#closed());
    socket.on("pong", () => {
      this.#unansweredPings = 0;
    });
    this.#ping();
    this.#watchIdle(limits.idleMs);
  }

  /** Counts an inbound message; false when the socket was cut off for it and the message must not be used. */
  accepts(bytes: number): boolean {
    if (this.#isClosed) return false;
    this.#lastMessageAt = this.#clock.now();
    if (this.#messages.take() && this.#bytes.take(bytes)) return true;
    this.cut("rate-limited");
    return false;
  }

  /** To be called after each send: starts the watch over a reader that does not keep up. */
  sent(): void {
    if (this.#cancelSlow !== undefined || this.#isClosed) return;
    if (this.socket.bufferedAmount <= this.#limits.slowBytes) return;
    this.#cancelSlow = this.#clock.after(this.#limits.slowMs, () => {
      this.#cancelSlow = undefined;
      if (this.socket.bufferedAmount > this.#limits.slowBytes) this.cut("slow-reader");
    });
  }

  /** Closes the socket for a reason of the list. */
  cut(reason: CloseCodeName): void {
    if (this.#isClosed) return;
    this.#onCut(reason);
    this.close(reason);
  }

  close(reason: CloseCodeName): void {
    if (this.#isClosed) return;
    this.#closed();
    this.socket.close(closeCodeOf(reason), CLOSE_TEXTS[reason]);
    // A reader that does not read does not confirm either.
    const cancel = this.#clock.after(this.#limits.closeGraceMs, () => this.socket.terminate());
    this.socket.once("close", cancel);
    // A paused socket would never see the confirmation.
    this.socket.resume();
  }

  #ping(): void {
    this.#cancelPing = this.#clock.after(this.#limits.pingMs, () => {
      if (this.#unansweredPings >= this.#limits.missedPings) {
        this.#onCut("no-answer");
        this.#closed();
        // Nobody is there to read a close.
        this.socket.terminate();
        return;
      }
      this.#unansweredPings += 1;
      this.socket.ping();
      this.#ping();
    });
  }

  #watchIdle(milliseconds: number): void {
    if (milliseconds <= 0 || !Number.isFinite(milliseconds)) return;
    this.#cancelIdle = this.#clock.after(milliseconds, () => {
      const rest = this.#lastMessageAt + this.#limits.idleMs - this.#clock.now();
      if (rest <= 0) this.cut("idle");
      else this.#watchIdle(rest);
    });
  }

  #closed(): void {
    this.#isClosed = true;
    this.#cancelPing?.();
    this.#cancelIdle?.();
    this.#cancelSlow?.();
  }
}
