import { describe, expect, test } from "vitest";
import { fakeClock } from "./fake-clock.ts";

describe("fake clock", () => {
  test("runs due timers in order of their moment, then of their creation", () => {
    const clock = fakeClock(1000);
    const seen: string[] = [];
    clock.after(20, () => seen.push(`late@${clock.now()}`));
    clock.after(10, () => seen.push(`first@${clock.now()}`));
    clock.after(10, () => seen.push(`second@${clock.now()}`));
    clock.advance(15);
    expect(seen).toEqual(["first@1010", "second@1010"]);
    expect(clock.now()).toBe(1015);
    expect(clock.pending).toBe(1);
  });

  test("runs timers that were set while advancing, at their own moment", () => {
    const clock = fakeClock();
    const seen: number[] = [];
    const again = (): void => {
      seen.push(clock.now());
      clock.after(10, again);
    };
    clock.after(10, again);
    clock.advance(35);
    expect(seen).toEqual([10, 20, 30]);
  });

  test("a cancelled timer never runs", () => {
    const clock = fakeClock();
    let ran = false;
    const cancel = clock.after(5, () => {
      ran = true;
    });
    cancel();
    cancel();
    clock.advance(10);
    expect(ran).toBe(false);
    expect(clock.pending).toBe(0);
  });

  test("knows when the next timer is due", () => {
    const clock = fakeClock(100);
    expect(clock.nextDueAt).toBeUndefined();
    clock.after(30, () => {});
    const cancel = clock.after(10, () => {});
    expect(clock.nextDueAt).toBe(110);
    cancel();
    expect(clock.nextDueAt).toBe(130);
  });

  test("refuses to go back", () => {
    expect(() => fakeClock().advance(-1)).toThrow(RangeError);
  });
});
