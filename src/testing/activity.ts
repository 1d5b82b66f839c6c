/** A cancelled wait: what the loop resolves with when the time is over. */
type Outcome = "active" | "late";

// Taken when this file is loaded, so that test runners that replace timers do not stop the harness.
const nextTurn = globalThis.setImmediate;
const startTimer = globalThis.setTimeout;
const stopTimer = globalThis.clearTimeout;
const monotonic = performance.now.bind(performance);

/** Turns in a row with something going on, before it is taken for a loop that never ends. */
const MAX_BUSY_TURNS = 10_000;

/** Knows whether anything goes on between app and renderer. Whoever does something calls `happened`. */
export class Activity {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** How much has happened so far. */
  get count(): number {
    return this.#count;
  }

  happened(): void {
    this.#count += 1;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resume of waiting) resume();
  }

  /** Resolves when a whole turn of the event loop passed without anything happening. False: it never gets quiet. */
  async quiet(): Promise<boolean> {
    for (let turn = 0; turn < MAX_BUSY_TURNS; turn += 1) {
      const before = this.#count;
      await new Promise<void>((resolve) => nextTurn(() => resolve()));
      if (before === this.#count) return true;
    }
    return false;
  }

  /** Resolves when more has happened than `seen`, a `count` of before, or at the deadline, whichever is first. */
  next(seen: number, deadline: number): Promise<Outcome> {
    if (this.#count !== seen) return Promise.resolve("active");
    const left = deadline - monotonic();
    if (left <= 0) return Promise.resolve("late");
    return new Promise((resolve) => {
      const timer = startTimer(() => {
        this.#waiting = this.#waiting.filter((other) => other !== resume);
        resolve("late");
      }, left);
      const resume = (): void => {
        stopTimer(timer);
        resolve("active");
      };
      this.#waiting.push(resume);
    });
  }
}

/** The moment `milliseconds` from now, in real time. */
export function deadlineIn(milliseconds: number): number {
  return monotonic() + milliseconds;
}
