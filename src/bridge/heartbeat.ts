import type { Cancel, Clock } from "../base/clock.ts";

/** Silence after which the renderer is asked for a sign of life. The protocol has no message of its own for that. */
export const HEARTBEAT_MS = 30_000;

/** How long the answer may take: longer than a stalled window (a system dialog, a slow first frame) usually lasts. */
export const HEARTBEAT_GRACE_MS = 10_000;

/** Tag of the bridge's own request, so that its answer is not taken for one the app asked for. */
export const HEARTBEAT_TAG = "plushie:heartbeat";

export interface HeartbeatOptions {
  readonly clock: Clock;
  /** 0 or `Infinity` turn it off. */
  readonly silenceMs: number;
  readonly graceMs: number;
  readonly onSilence: () => void;
  readonly onUnanswered: () => void;
}

/**
 * Watches for silence. `heard` is called for every message and costs one clock reading: the timer is not moved, it looks
 * at the time of the last message when it fires.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  #cancel: Cancel | undefined;
  #lastHeard = 0;
  #isProbing = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  get isOn(): boolean {
    return this.#options.silenceMs > 0 && Number.isFinite(this.#options.silenceMs);
  }

  watch(): void {
    this.stop();
    if (!this.isOn) return;
    this.#lastHeard = this.#options.clock.now();
    this.#waitForSilence(this.#options.silenceMs);
  }

  heard(): void {
    this.#lastHeard = this.#options.clock.now();
    if (!this.#isProbing) return;
    this.#isProbing = false;
    this.#cancel?.();
    this.#waitForSilence(this.#options.silenceMs);
  }

  /** The request was sent: from now on an answer is due. */
  probed(): void {
    this.#cancel?.();
    this.#isProbing = true;
    this.#cancel = this.#options.clock.after(this.#options.graceMs, () => {
      this.stop();
      this.#options.onUnanswered();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#isProbing = false;
  }

  #waitForSilence(milliseconds: number): void {
    this.#cancel = this.#options.clock.after(milliseconds, () => {
      this.#cancel = undefined;
      const silent = this.#options.clock.now() - this.#lastHeard;
      if (silent >= this.#options.silenceMs) this.#options.onSilence();
      else this.#waitForSilence(this.#options.silenceMs - silent);
    });
  }
}
