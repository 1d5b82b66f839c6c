import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdit, diffText, mapSelection } from "./echo-diff.ts";

fc.configureGlobal({ seed: 20_012, numRuns: 300 });

const text = fc.string({ unit: fc.constantFrom("a", "b", "A", "1", " ", "😀"), maxLength: 24 });

describe("diffText", () => {
  test("the edit turns one text into the other, whatever the caret", () => {
    fc.assert(
      fc.property(text, text, fc.nat(30), (from, to, caret) => {
        expect(applyEdit(from, diffText(from, to, Math.min(caret, to.length)))).toBe(to);
      }),
    );
  });

  test("a character typed among equal ones is found where the caret says", () => {
    expect(diffText("aaa", "aaaa", 1)).toEqual({ start: 0, end: 0, insert: "a" });
    expect(diffText("aaa", "aaaa", 4)).toEqual({ start: 3, end: 3, insert: "a" });
  });

  test("an emoji is replaced as a whole", () => {
    expect(diffText("😀", "😁")).toEqual({ start: 0, end: 2, insert: "😁" });
  });
});

describe("mapSelection", () => {
  const cases: readonly [string, string, string, [number, number], [number, number]][] = [
    ["stays with its characters when text is added before it", "hello", "oh hello", [2, 2], [5, 5]],
    ["stays where it is when text is added after it", "hello", "hello world", [2, 2], [2, 2]],
    ["stays at the end", "hello", "hello world", [5, 5], [11, 11]],
    ["goes behind what the app adds at the caret", "123", "(123) ", [3, 3], [6, 6]],
    ["keeps its place when only letter case changes", "abcdef", "ABCDEF", [3, 3], [3, 3]],
    ["survives several changes at once", "a-b-c-d", "a_b_c_d", [4, 4], [4, 4]],
    ["is clamped when everything goes", "hello", "", [3, 3], [0, 0]],
    ["keeps the selected characters", "one two three", "ONE, TWO, THREE", [4, 7], [5, 8]],
    ["does not grow at its borders", "abc", "a[b]c", [1, 2], [2, 3]],
    ["closes up where the selected text goes", "abcdef", "abef", [2, 4], [2, 2]],
  ];
  test.each(cases)("%s", (_, from, to, [start, end], [newStart, newEnd]) => {
    expect(mapSelection(from, to, start, end)).toEqual({ start: newStart, end: newEnd });
  });

  test("the result is inside the new text and in order", () => {
    fc.assert(
      fc.property(text, text, fc.nat(30), fc.nat(30), (from, to, a, b) => {
        const start = Math.min(a, b, from.length);
        const end = Math.min(Math.max(a, b), from.length);
        const mapped = mapSelection(from, to, start, end);
        expect(mapped.start).toBeGreaterThanOrEqual(0);
        expect(mapped.start).toBeLessThanOrEqual(mapped.end);
        expect(mapped.end).toBeLessThanOrEqual(to.length);
      }),
    );
  });

  test("nothing moves when nothing changes", () => {
    fc.assert(
      fc.property(text, fc.nat(30), fc.nat(30), (value, a, b) => {
        const start = Math.min(a, b, value.length);
        const end = Math.min(Math.max(a, b), value.length);
        expect(mapSelection(value, value, start, end)).toEqual({ start, end });
      }),
    );
  });

  test("a whole different long text is mapped without aligning it", () => {
    const from = "x".repeat(5000);
    const to = "y".repeat(4000);
    expect(mapSelection(from, to, 4500, 4500)).toEqual({ start: 4000, end: 4000 });
  });
});
