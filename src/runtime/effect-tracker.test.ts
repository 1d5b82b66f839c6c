import { describe, expect, test } from "vitest";
import { fakeClock } from "../testing/fake-clock.ts";
import { EffectTracker, type TrackedEffect } from "./effect-tracker.ts";

function create() {
  const clock = fakeClock();
  const timedOut: TrackedEffect[] = [];
  return { clock, timedOut, tracker: new EffectTracker(clock, (effect) => timedOut.push(effect)) };
}

describe("effect tracker", () => {
  test("[R118] two requests have different ids and are answered independently", () => {
    const { tracker } = create();
    const first = tracker.start("a", "file_open", 1000);
    const second = tracker.start("b", "file_open", 1000);
    expect(first.id).not.toBe(second.id);
    expect(tracker.answer(second.id)).toMatchObject({ tag: "b" });
    expect(tracker.answer(first.id)).toMatchObject({ tag: "a" });
    expect(tracker.answer(first.id)).toBeUndefined();
  });

  test("a newer request with the tag makes the older answer unwanted", () => {
    const { tracker, clock, timedOut } = create();
    const older = tracker.start("save", "file_save", 1000);
    const newer = tracker.start("save", "file_save", 1000);
    expect(tracker.answer(older.id)).toBe("abandoned");
    expect(tracker.answer(newer.id)).toMatchObject({ tag: "save" });
    clock.advance(5000);
    expect(timedOut).toEqual([]);
  });

  test("a timeout is reported once and a late answer is not wanted", () => {
    const { tracker, clock, timedOut } = create();
    const effect = tracker.start("read", "clipboard_read", 5000);
    clock.advance(5000);
    expect(timedOut).toEqual([effect]);
    expect(tracker.answer(effect.id)).toBe("abandoned");
    expect(clock.pending).toBe(0);
  });

  test("[D29] drain returns what was wanted and leaves no timer", () => {
    const { tracker, clock } = create();
    tracker.start("a", "file_open", 1000);
    tracker.start("a", "file_open", 1000);
    tracker.start("b", "notification", 1000);
    expect(tracker.drain().map((effect) => effect.tag)).toEqual(["a", "b"]);
    expect(tracker.size).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
