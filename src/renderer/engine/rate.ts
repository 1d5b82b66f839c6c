// Holds back events that say how they may be merged. One slot per key; the first event of a key goes out at once, later
// ones are merged and leave together at the earliest moment one of them is due. A flush for any reason sends all of them:
// subscriptions by tag, then widgets by id and family, so that the order does not depend on timing.

import type { Cancel, Clock } from "../../base/index.ts";
import { MAX_COALESCE_KEYS, type WireProps, type WireValue } from "../../protocol/index.ts";
import type { CoalesceHint } from "../surface.ts";
import { isRecord } from "./record.ts";

export interface RatedEvent {
  readonly family: string;
  readonly id: string;
  readonly tag?: string;
  readonly value?: WireValue;
  readonly modifiers?: WireProps;
  readonly captured?: boolean;
}

interface Held {
  readonly event: RatedEvent;
  readonly dueAt: number;
  readonly intervalMs: number;
}

export class RateLimiter {
  readonly #clock: Clock;
  readonly #send: (event: RatedEvent) => void;
  readonly #onOverflow: () => void;
  readonly #held = new Map<string, Held>();
  /** When a key may send again. */
  readonly #nextAt = new Map<string, number>();
  /** Times in the past are taken out when there are more than this; then it doubles, so that looking pays. */
  #pruneAt = MAX_COALESCE_KEYS;
  #cancelTimer: Cancel | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(options: {
    readonly clock: Clock;
    readonly send: (event: RatedEvent) => void;
    /** Called when the keys held back are too many, before they are flushed. */
    readonly onOverflow: () => void;
  }) {
    this.#clock = options.clock;
    this.#send = options.send;
    this.#onOverflow = options.onOverflow;
  }

  get heldCount(): number {
    return this.#held.size;
  }

  /** Sends, holds back or drops (rate 0) an event with a hint. `rate` is in events per second; `undefined` is no limit. */
  offer(event: RatedEvent, rate: number | undefined, hint: CoalesceHint): void {
    if (rate === undefined) {
      if (this.#held.size > 0 && this.#held.has(keyOf(event))) this.flush();
      this.#send(event);
      return;
    }
    const key = keyOf(event);
    if (rate === 0) {
      this.#held.delete(key);
      return;
    }
    const now = this.#clock.now();
    const intervalMs = 1000 / rate;
    const held = this.#held.get(key);
    const dueAt = this.#nextAt.get(key) ?? Number.NEGATIVE_INFINITY;
    if (held === undefined && dueAt <= now) {
      this.#noteSent(key, now + intervalMs, now);
      this.#send(event);
      return;
    }
    if (held !== undefined && hint.kind === "accumulate" && !canAdd(held.event, event)) {
      this.flush();
      this.#held.set(key, { event, dueAt: now + intervalMs, intervalMs });
    } else {
      const merged = held === undefined ? event : merge(held.event, event, hint);
      this.#held.set(key, { event: merged, dueAt: held?.dueAt ?? dueAt, intervalMs });
    }
    if (this.#held.size > MAX_COALESCE_KEYS) {
      this.#onOverflow();
      this.flush();
      return;
    }
    this.#schedule(this.#held.get(key)?.dueAt ?? now);
  }

  /** Sends everything held back. */
  flush(): void {
    if (this.#held.size === 0) return;
    const now = this.#clock.now();
    // Taken out first: what arrives while sending starts new slots and is not lost.
    const batch = [...this.#held.entries()];
    this.#held.clear();
    this.#stopTimer();
    batch.sort(([, left], [, right]) => compareEvents(left.event, right.event));
    for (const [key, held] of batch) {
      this.#noteSent(key, now + held.intervalMs, now);
      this.#send(held.event);
    }
  }

  /** Forgets everything, unsent. */
  clear(): void {
    this.#held.clear();
    this.#nextAt.clear();
    this.#stopTimer();
  }

  #noteSent(key: string, nextAt: number, now: number): void {
    this.#nextAt.set(key, nextAt);
    if (this.#nextAt.size <= this.#pruneAt) return;
    for (const [other, at] of this.#nextAt) if (at <= now) this.#nextAt.delete(other);
    this.#pruneAt = Math.max(MAX_COALESCE_KEYS, this.#nextAt.size * 2);
  }

  #schedule(at: number): void {
    if (this.#timerAt <= at) return;
    this.#cancelTimer?.();
    this.#timerAt = at;
    this.#cancelTimer = this.#clock.after(Math.max(0, Math.ceil(at - this.#clock.now())), () => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#cancelTimer = undefined;
      this.flush();
    });
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#timerAt = Number.POSITIVE_INFINITY;
  }
}

/** Subscription events share a slot per tag, whatever their family; widget events have one per id and family. */
function keyOf(event: RatedEvent): string {
  return event.tag === undefined ? `w${event.id}\n${event.family}` : `s${event.tag}`;
}

function compareEvents(left: RatedEvent, right: RatedEvent): number {
  if (left.tag !== undefined && right.tag !== undefined) return compareText(left.tag, right.tag);
  if (left.tag !== undefined) return -1;
  if (right.tag !== undefined) return 1;
  return compareText(left.id, right.id) || compareText(left.family, right.family);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Lines and pixels, or numbers of different families, have no sum. */
function canAdd(held: RatedEvent, next: RatedEvent): boolean {
  if (held.family !== next.family) return false;
  const heldUnit = isRecord(held.value) ? held.value["unit"] : undefined;
  const nextUnit = isRecord(next.value) ? next.value["unit"] : undefined;
  return heldUnit === nextUnit;
}

function merge(held: RatedEvent, next: RatedEvent, hint: CoalesceHint): RatedEvent {
  if (hint.kind === "replace" || !isRecord(held.value) || !isRecord(next.value)) return next;
  const value: Record<string, WireValue> = { ...next.value };
  for (const field of hint.fields) value[field] = numberOf(held.value[field]) + numberOf(next.value[field]);
  return { ...next, value };
}

function numberOf(value: WireValue | undefined): number {
  return typeof value === "number" ? value : 0;
}
