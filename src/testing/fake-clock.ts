import type { Cancel, Clock } from "../base/index.ts";

interface Timer {
  readonly dueAt: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /**
   * Moves time forward and runs what falls due, in order, each at its own moment. Timers that these set are run too
   * when they fall into the span.
   */
  advance(milliseconds: number): void;
  /** How many timers wait. A test that ends with some left has found a leak. */
  readonly pending: number;
  /** When the next timer is due; absent when none waits. */
  readonly nextDueAt: number | undefined;
}

/** Starts at `startAt` milliseconds since the epoch. */
export function fakeClock(startAt = 0): FakeClock {
  let now = startAt;
  let created = 0;
  const timers = new Set<Timer>();

  function nextDue(limit: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.dueAt > limit) continue;
      if (next === undefined || timer.dueAt < next.dueAt || (timer.dueAt === next.dueAt && timer.order < next.order)) {
        next = timer;
      }
    }
    return next;
  }

  return {
    now: () => now,
    after(milliseconds, callback): Cancel {
      created += 1;
      const timer: Timer = { dueAt: now + Math.max(0, milliseconds), order: created, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance(milliseconds) {
      if (!(milliseconds >= 0))
        throw new RangeError(`advance: expected a number of milliseconds from 0, got ${milliseconds}`);
      const end = now + milliseconds;
      for (let timer = nextDue(end); timer !== undefined; timer = nextDue(end)) {
        timers.delete(timer);
        now = Math.max(now, timer.dueAt);
        timer.callback();
      }
      now = end;
    },
    get pending() {
      return timers.size;
    },
    get nextDueAt() {
      return nextDue(Number.POSITIVE_INFINITY)?.dueAt;
    },
  };
}
