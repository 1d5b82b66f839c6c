import { describe, expect, test } from "vitest";
import type { Motion } from "./key-bindings.ts";
import { graphemeOffset, moveCaret, wordAt } from "./motion.ts";

const text = "one two\nthree 👨‍👩‍👧 four\n\nlast";
const move = (motion: Motion, head: number, select = false, anchor = head) =>
  moveCaret({ text, caret: { anchor, head }, motion, select, linesPerPage: 2 });

describe("moving the caret", () => {
  const cases: readonly [Motion, number, number][] = [
    ["left", 3, 2],
    ["left", 8, 7],
    ["left", 0, 0],
    ["right", 0, 1],
    ["right", text.length, text.length],
    ["word_left", 6, 4],
    ["word_left", 4, 0],
    ["word_right", 0, 3],
    ["word_right", 3, 7],
    ["home", 12, 8],
    ["end", 1, 7],
    ["down", 2, 10],
    ["up", 10, 2],
    ["up", 3, 0],
    ["page_down", 2, text.indexOf("\n\n") + 1],
    ["page_up", text.length, text.indexOf("three") + 4],
    ["document_start", 12, 0],
    ["document_end", 1, text.length],
  ];
  test.each(cases)("%s from %i", (motion, head, expected) => {
    expect(move(motion, head)).toEqual({ anchor: expected, head: expected });
  });

  test("an emoji made of several characters is one step", () => {
    const start = text.indexOf("👨");
    const end = text.indexOf(" four");
    expect(move("right", start).head).toBe(end);
    expect(move("left", end).head).toBe(start);
  });

  test("extending keeps the anchor", () => {
    expect(move("end", 2, true)).toEqual({ anchor: 2, head: 7 });
  });

  test("a step to the side collapses a selection first", () => {
    expect(move("left", 5, false, 2)).toEqual({ anchor: 2, head: 2 });
    expect(move("right", 2, false, 5)).toEqual({ anchor: 5, head: 5 });
  });
});

test("positions count what a reader sees", () => {
  expect(graphemeOffset("a👨‍👩‍👧b", 2)).toBe("a👨‍👩‍👧".length);
  expect(graphemeOffset("ab", 9)).toBe(2);
});

test("the word at a position", () => {
  expect(wordAt(text, 5)).toEqual({ start: 4, end: 7 });
  expect(wordAt(text, 7)).toEqual({ start: 4, end: 7 });
});
