import type { Clock } from "../base/clock.ts";

/** Lets `perSecond` units through on average and `burst` at once. Starts full. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  constructor(clock: Clock, perSecond: number, burst: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = clock.now();
  }

  /** Full again, so that forgetting it changes nothing. */
  get isFull(): boolean {
    this.#refill();
    return this.#tokens >= this.#burst;
  }

  /** Takes `units`; false, and nothing taken, when there are not enough. */
  take(units = 1): boolean {
    this.#refill();
    if (this.#tokens < units) return false;
    this.#tokens -= units;
    return true;
  }

  #refill(): void {
    const now = this.#clock.now();
    // A clock that was set back must not take tokens away.
    const seconds = Math.max(0, now - this.#at) / 1_000;
    this.#at = now;
    this.#tokens = Math.min(this.#burst, this.#tokens + seconds * this.#perSecond);
  }
}

/** More addresses than this at once is an attack; then the full buckets are forgotten, and if need be all. */
const MAX_BUCKETS = 10_000;

/** One bucket per key, made when first needed and forgotten when it does not matter any more. */
export class TokenBuckets {
  readonly #make: () => TokenBucket;
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(make: () => TokenBucket) {
    this.#make = make;
  }

  take(key: string): boolean {
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= MAX_BUCKETS) this.#forget();
      bucket = this.#make();
      this.#buckets.set(key, bucket);
    }
    return bucket.take();
  }

  #forget(): void {
    for (const [key, bucket] of this.#buckets) if (bucket.isFull) this.#buckets.delete(key);
    if (this.#buckets.size >= MAX_BUCKETS) this.#buckets.clear();
  }
}
