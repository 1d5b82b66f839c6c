import { describe, expect, test } from "vitest";
import { ratioOf, readScale, stepped, valueAfterKey, valueAt } from "./slider-value.ts";

describe("the scale of a slider", () => {
  test("is 0 to 100 by ones unless the app says otherwise", () => {
    expect(readScale({})).toEqual({ min: 0, max: 100, step: 1, shiftStep: undefined });
    expect(readScale({ range: [5], step: 0, shift_step: -1 })).toEqual(readScale({}));
  });

  test("turns a range round, takes numbers as text and prefers keyboard_step", () => {
    const scale = readScale({ range: ["10", -10], step: 1, keyboard_step: 5, shift_step: 0.5 });
    expect(scale).toEqual({ min: -10, max: 10, step: 5, shiftStep: 0.5 });
  });
});

describe("the value at a place of the rail", () => {
  const scale = readScale({ range: [3, 20], step: 5, shift_step: 1 });

  test("is a whole number of steps from the start", () => {
    expect([-1, 0, 0.2, 0.5, 0.8, 1, 2].map((ratio) => valueAt(scale, ratio, false))).toEqual([
      3, 3, 8, 13, 18, 20, 20,
    ]);
  });

  test("is finer while Shift is held, where the app gives a step for that", () => {
    expect(valueAt(scale, 0.5, true)).toBe(12);
    expect(valueAt(readScale({ step: 10 }), 0.52, true)).toBe(50);
  });

  test("has no tail of binary fractions", () => {
    const fine = readScale({ range: [0, 1], step: 0.1 });
    expect(valueAt(fine, 0.3, false)).toBe(0.3);
    expect(stepped(fine, 0.2, 1, false)).toBe(0.3);
    expect(stepped(readScale({ range: [0, 1], step: 1e-7 }), 0, 3, false)).toBe(3e-7);
  });
});

describe("steps by key", () => {
  const scale = readScale({ step: 2, shift_step: 0.5 });
  const keys = ["ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft", "PageUp", "PageDown", "Home", "End", "a"];

  test("go one step, ten steps or to an end", () => {
    const after = keys.map((key) => valueAfterKey(scale, 50, key, false));
    expect(after).toEqual([52, 52, 48, 48, 70, 30, 0, 100, undefined]);
  });

  test("stay in the range, and a value between steps goes to the next one", () => {
    expect(stepped(scale, 99, 1, false)).toBe(100);
    expect(stepped(scale, 51, 1, false)).toBe(52);
    expect(stepped(scale, 51, -1, false)).toBe(50);
    expect(stepped(scale, 1, -1, true)).toBe(0.5);
    expect(stepped(scale, 0, -1, false)).toBe(0);
  });

  test("an empty range has one place", () => {
    const empty = readScale({ range: [7, 7] });
    expect(ratioOf(empty, 7)).toBe(0);
    expect(stepped(empty, 7, 1, false)).toBe(7);
  });
});
