import { describe, expect, test } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { type TaskOutcome, Tasks } from "./tasks.ts";

function create() {
  const clock = fakeClock();
  const outcomes: TaskOutcome[] = [];
  return { clock, outcomes, tasks: new Tasks(clock, (outcome) => outcomes.push(outcome)) };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => {};
  let reject: (error: unknown) => void = () => {};
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
}

describe("tasks", () => {
  test("[R110] the result carries the tag", async () => {
    const { tasks, outcomes } = create();
    tasks.startAsync("todos_loaded", async () => ["a"]);
    await settled();
    expect(outcomes).toEqual([{ kind: "async", type: "done", tag: "todos_loaded", value: ["a"] }]);
    expect(tasks.size).toBe(0);
  });

  test("[R110] a rejection and a plain throw are both failures with the tag", async () => {
    const { tasks, outcomes } = create();
    const error = new Error("no network");
    tasks.startAsync("a", () => Promise.reject(error));
    tasks.startAsync("b", () => {
      throw error;
    });
    await settled();
    expect(outcomes).toHaveLength(2);
    for (const tag of ["a", "b"]) expect(outcomes).toContainEqual({ kind: "async", type: "failed", tag, error });
  });

  test("a newer task with the same tag aborts the older and drops its late result", async () => {
    const { tasks, outcomes } = create();
    const first = deferred<string>();
    const signals: AbortSignal[] = [];
    tasks.startAsync("search", (signal) => {
      signals.push(signal);
      return first.promise;
    });
    tasks.startAsync("search", async () => "new");
    first.resolve("old");
    await settled();
    expect(signals[0]?.aborted).toBe(true);
    expect(outcomes).toEqual([{ kind: "async", type: "done", tag: "search", value: "new" }]);
  });

  test("nothing follows from a cancelled task", async () => {
    const { tasks, outcomes } = create();
    const work = deferred<string>();
    tasks.startAsync("a", () => work.promise);
    tasks.cancel("a");
    work.reject(new Error("aborted"));
    await settled();
    expect(outcomes).toEqual([]);
  });

  test("a stream delivers generator items in order, then done", async () => {
    const { tasks, outcomes } = create();
    tasks.startStream("lines", async function* () {
      yield 1;
      yield 2;
      return "end";
    });
    await settled();
    expect(outcomes.map((outcome) => [outcome.type, "value" in outcome ? outcome.value : undefined])).toEqual([
      ["item", 1],
      ["item", 2],
      ["done", "end"],
    ]);
  });

  test("a stream that emits ends with its promise, and what it emits later is dropped", async () => {
    const { tasks, outcomes } = create();
    let late: (item: unknown) => void = () => {};
    tasks.startStream("lines", async (_signal, emit) => {
      late = emit;
      emit("a");
    });
    await settled();
    late("b");
    expect(outcomes.map((outcome) => outcome.type)).toEqual(["item", "done"]);
  });

  test("cancelling a stream runs the generator's clean-up and delivers nothing more", async () => {
    const { tasks, outcomes } = create();
    const gate = deferred<void>();
    let isCleanedUp = false;
    tasks.startStream("lines", async function* () {
      try {
        yield 1;
        await gate.promise;
        yield 2;
      } finally {
        isCleanedUp = true;
      }
    });
    await settled();
    tasks.cancel("lines");
    gate.resolve();
    await settled();
    expect(outcomes.map((outcome) => outcome.type)).toEqual(["item"]);
    expect(isCleanedUp).toBe(true);
  });

  test("delays run once; a newer one with the tag replaces, cancel ends", () => {
    const { tasks, clock } = create();
    const seen: string[] = [];
    tasks.startDelay(10, "a", () => seen.push("old"));
    tasks.startDelay(20, "a", () => seen.push("new"));
    tasks.startDelay(5, undefined, () => seen.push("free"));
    tasks.startDelay(5, "b", () => seen.push("cancelled"));
    tasks.cancel("b");
    clock.advance(100);
    expect(seen).toEqual(["free", "new"]);
    expect(tasks.size).toBe(0);
  });

  test("dispose leaves no timer and no result", async () => {
    const { tasks, clock, outcomes } = create();
    const signals: AbortSignal[] = [];
    tasks.startAsync("a", async (signal) => {
      signals.push(signal);
    });
    tasks.startDelay(10, undefined, () => outcomes.push({ kind: "stream", type: "done", tag: "x", value: null }));
    tasks.dispose();
    clock.advance(100);
    await settled();
    expect(outcomes).toEqual([]);
    expect(signals[0]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
});
