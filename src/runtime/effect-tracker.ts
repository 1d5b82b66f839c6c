import type { Cancel, Clock } from "../base/index.ts";
import type { EffectKind } from "../protocol/index.ts";

/** What an outstanding request is remembered by. */
export interface TrackedEffect {
  readonly id: string;
  readonly tag: string;
  readonly kind: EffectKind;
}

interface Outstanding extends TrackedEffect {
  readonly cancelTimeout: Cancel;
  /** Replaced or timed out: the answer is still expected, but nobody wants it. */
  isAbandoned: boolean;
}

/**
 * Knows which platform requests are on their way. One is wanted per tag: a newer one makes the older one's answer
 * unwanted. Ids are given when a request is sent, so the same command value may be performed twice.
 */
export class EffectTracker {
  readonly #clock: Clock;
  readonly #onTimeout: (effect: TrackedEffect) => void;
  readonly #outstanding = new Map<string, Outstanding>();
  #issued = 0;

  constructor(clock: Clock, onTimeout: (effect: TrackedEffect) => void) {
    this.#clock = clock;
    this.#onTimeout = onTimeout;
  }

  /** How many answers are wanted. */
  get size(): number {
    let count = 0;
    for (const effect of this.#outstanding.values()) if (!effect.isAbandoned) count += 1;
    return count;
  }

  start(tag: string, kind: EffectKind, timeoutMs: number): TrackedEffect {
    for (const older of this.#outstanding.values()) if (older.tag === tag) abandon(older);
    this.#issued += 1;
    const id = `ef_${this.#issued}`;
    const effect: Outstanding = {
      id,
      tag,
      kind,
      isAbandoned: false,
      cancelTimeout: this.#clock.after(timeoutMs, () => {
        if (effect.isAbandoned) return;
        abandon(effect);
        this.#onTimeout(effect);
      }),
    };
    this.#outstanding.set(id, effect);
    return effect;
  }

  /** The request that an answer belongs to; `"abandoned"` when nobody wants it, `undefined` when there is none. */
  answer(id: string): TrackedEffect | "abandoned" | undefined {
    const effect = this.#outstanding.get(id);
    if (effect === undefined) return undefined;
    this.#outstanding.delete(id);
    if (effect.isAbandoned) return "abandoned";
    effect.cancelTimeout();
    return effect;
  }

  /** Makes the answer for this tag unwanted. */
  cancel(tag: string): void {
    for (const effect of this.#outstanding.values()) if (effect.tag === tag) abandon(effect);
  }

  /** Forgets everything and returns what was still wanted, oldest first. */
  drain(): readonly TrackedEffect[] {
    const wanted: TrackedEffect[] = [];
    for (const effect of this.#outstanding.values()) {
      if (effect.isAbandoned) continue;
      abandon(effect);
      wanted.push(effect);
    }
    this.#outstanding.clear();
    return wanted;
  }
}

function abandon(effect: Outstanding): void {
  effect.isAbandoned = true;
  effect.cancelTimeout();
}
