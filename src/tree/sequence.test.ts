import fc from "fast-check";
import { expect, test } from "vitest";
import { longestIncreasing, markMoved } from "./sequence.ts";

const stays = (...sources: readonly number[]): string => longestIncreasing(Int32Array.from(sources)).join("");

test("keeps the longest increasing run and leaves out what is new", () => {
  expect(stays()).toBe("");
  expect(stays(0, 1, 2)).toBe("111");
  expect(stays(-1, -1)).toBe("00");
  expect(stays(1, 2, 3, 0)).toBe("1110");
  expect(stays(0, 3, -1, 2, 4)).toBe("10011");
});

test("is as long as what trying all runs finds", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }), (sources) => {
      const kept = sources.filter((_, i) => longestIncreasing(Int32Array.from(sources))[i] === 1);
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      const lengths: number[] = [];
      for (const [i, source] of sources.entries()) {
        let longest = 1;
        for (let j = 0; j < i; j++) if ((sources[j] ?? 0) < source) longest = Math.max(longest, (lengths[j] ?? 0) + 1);
        lengths.push(longest);
      }
      expect(kept.length).toBe(Math.max(0, ...lengths));
    }),
    { seed: 7, numRuns: 300 },
  );
});

test("marks the old positions of what moved, and counts them", () => {
  const marked = (...sources: readonly number[]): string => {
    const marks = sources.map(() => 0);
    const count = markMoved(sources, marks, 7);
    expect(marks.filter((mark) => mark === 7).length).toBe(count);
    return marks.join("");
  };
  expect(marked()).toBe("");
  expect(marked(0, 1, 2)).toBe("000");
  expect(marked(1, 2, 3, 0)).toBe("7000");
  expect(marked(0, 3, -1, 2, 4)).toBe("00070");
  expect(marked(-1, -1)).toBe("00");
});
