import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextEdit } from "./echo-diff.ts";
import { differences, mapPosition } from "./text-differences.ts";

function applyAll(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const { start, end, insert } of edits) {
    result += text.slice(at, start) + insert;
    at = end;
  }
  return result + text.slice(at);
}

const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "\n", "😀", "😁"), maxLength: 60 });

describe("differences", () => {
  test("turn one text into the other, in order, without overlap, never inside a pair", () => {
    fc.assert(
      fc.property(text, text, (from, to) => {
        const edits = differences(from, to);
        expect(applyAll(from, edits)).toBe(to);
        let end = -1;
        for (const edit of edits) {
          expect(edit.start).toBeGreaterThan(end);
          expect(edit.end).toBeGreaterThanOrEqual(edit.start);
          for (const at of [edit.start, edit.end]) expect(from.slice(at)).not.toMatch(/^[\udc00-\udfff]/);
          end = edit.end;
        }
      }),
      { seed: 21, numRuns: 1_000 },
    );
  });

  test("places far apart stay apart", () => {
    const middle = "a line like any other\n".repeat(500);
    expect(differences(`first\n${middle}last`, `First\n${middle}last one`)).toEqual([
      { start: 0, end: 1, insert: "F" },
      { start: 10 + middle.length, end: 10 + middle.length, insert: " one" },
    ]);
  });

  test("long lines are pasted in one place and a letter is typed in another", () => {
    const pasted = "some words on a line of their own\n".repeat(300);
    const edits = differences("one\ntwo\nthree\nfour\n", `one!\ntwo\n${pasted}three\nfour?\n`);
    expect(edits).toEqual([
      { start: 3, end: 3, insert: "!" },
      { start: 8, end: 8, insert: pasted },
      { start: 18, end: 18, insert: "?" },
    ]);
  });

  test("with nothing in common the text is replaced", () => {
    const from = "a".repeat(2_000);
    const to = "b".repeat(2_000);
    expect(differences(from, to)).toEqual([{ start: 0, end: 2_000, insert: to }]);
  });
});

describe("a position after differences", () => {
  const edits: readonly TextEdit[] = [
    { start: 2, end: 2, insert: "XY" },
    { start: 4, end: 7, insert: "Z" },
  ];

  test.each([
    [0, "after", 0],
    [2, "before", 2],
    [2, "after", 4],
    [3, "after", 5],
    [4, "after", 6],
    [5, "before", 6],
    [5, "after", 7],
    [7, "after", 7],
    [9, "before", 9],
  ] as const)("%i, %s: %i", (position, side, expected) => {
    expect(mapPosition(edits, position, side)).toBe(expected);
  });
});
