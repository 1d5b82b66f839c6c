import type { StreamRun } from "../app/index.ts";
import type { Cancel, Clock } from "../base/index.ts";
import type { AsyncEvent, StreamEvent } from "../protocol/index.ts";

/** What comes out of a task. */
export type TaskOutcome = AsyncEvent | StreamEvent;

/** One use of a tag. A later use gets another object, so that nothing of an earlier one can be taken for it. */
interface Running {
  readonly controller: AbortController;
}

/**
 * Runs functions off the update path. One task or stream per tag: a newer one cancels the older. A cancelled task is
 * told by its signal, and whatever it still returns, throws or emits is dropped.
 */
export class Tasks {
  readonly #clock: Clock;
  readonly #deliver: (outcome: TaskOutcome) => void;
  readonly #running = new Map<string, Running>();
  readonly #delays = new Map<string, Cancel>();
  readonly #untaggedDelays = new Set<Cancel>();

  constructor(clock: Clock, deliver: (outcome: TaskOutcome) => void) {
    this.#clock = clock;
    this.#deliver = deliver;
  }

  /** How many tasks, streams and delays are under way. */
  get size(): number {
    return this.#running.size + this.#delays.size + this.#untaggedDelays.size;
  }

  startAsync(tag: string, run: (signal: AbortSignal) => unknown): void {
    const task = this.#begin(tag);
    settle(() => run(task.controller.signal)).then(
      (value) => this.#end(tag, task, { kind: "async", type: "done", tag, value }),
      (thrown: unknown) => this.#end(tag, task, { kind: "async", type: "failed", tag, error: asError(thrown) }),
    );
  }

  startStream(tag: string, run: StreamRun<unknown>): void {
    const task = this.#begin(tag);
    const emit = (value: unknown): void => {
      if (this.#running.get(tag) === task) this.#deliver({ kind: "stream", type: "item", tag, value });
    };
    settle(async () => {
      const result = run(task.controller.signal, emit);
      if (!isAsyncIterable(result)) return await result;
      // By hand, because `for await` drops what a generator returns.
      const items = result[Symbol.asyncIterator]();
      for (let step = await items.next(); ; step = await items.next()) {
        if (step.done === true) return step.value;
        if (this.#running.get(tag) !== task) return await items.return?.();
        emit(step.value);
      }
    }).then(
      (value) => this.#end(tag, task, { kind: "stream", type: "done", tag, value }),
      (thrown: unknown) => this.#end(tag, task, { kind: "stream", type: "failed", tag, error: asError(thrown) }),
    );
  }

  /** Calls `callback` after a while. A newer delay with the same tag replaces the older. */
  startDelay(milliseconds: number, tag: string | undefined, callback: () => void): void {
    if (tag === undefined) {
      const cancel = this.#clock.after(milliseconds, () => {
        this.#untaggedDelays.delete(cancel);
        callback();
      });
      this.#untaggedDelays.add(cancel);
      return;
    }
    this.#delays.get(tag)?.();
    this.#delays.set(
      tag,
      this.#clock.after(milliseconds, () => {
        this.#delays.delete(tag);
        callback();
      }),
    );
  }

  /** Ends what runs or waits under this tag; nothing follows from it. */
  cancel(tag: string): void {
    const task = this.#running.get(tag);
    this.#running.delete(tag);
    task?.controller.abort(new Error(`task "${tag}" was cancelled`));
    this.#delays.get(tag)?.();
    this.#delays.delete(tag);
  }

  dispose(): void {
    for (const tag of [...this.#running.keys(), ...this.#delays.keys()]) this.cancel(tag);
    for (const cancel of this.#untaggedDelays) cancel();
    this.#untaggedDelays.clear();
  }

  #begin(tag: string): Running {
    const older = this.#running.get(tag);
    const task: Running = { controller: new AbortController() };
    this.#running.set(tag, task);
    older?.controller.abort(new Error(`task "${tag}" was replaced by a newer one`));
    return task;
  }

  #end(tag: string, task: Running, outcome: TaskOutcome): void {
    if (this.#running.get(tag) !== task) return;
    this.#running.delete(tag);
    this.#deliver(outcome);
  }
}

/** A promise for what `run` returns, also when it throws at once. */
async function settle(run: () => unknown): Promise<unknown> {
  return await run();
}

function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
}
