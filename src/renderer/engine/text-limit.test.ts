import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteLength, cutText } from "./text-limit.ts";

describe("cutText", () => {
  test("[R224] keeps a text of exactly the limit", () => {
    expect(cutText("aé", 3)).toEqual({ text: "aé", actualBytes: 3, keptBytes: 3 });
  });

  test("[R224] cuts before the character that does not fit", () => {
    expect(cutText("aé", 2)).toEqual({ text: "a", actualBytes: 3, keptBytes: 1 });
    expect(cutText("ab😀", 5)).toEqual({ text: "ab", actualBytes: 6, keptBytes: 2 });
  });

  test("[R224] gives valid text within the limit and never cuts more than one character too much", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.integer({ min: 0, max: 60 }), (text, limit) => {
        const cut = cutText(text, limit);
        expect(byteLength(cut.text)).toBe(cut.keptBytes);
        expect(cut.keptBytes).toBeLessThanOrEqual(limit);
        expect(text.startsWith(cut.text)).toBe(true);
        // Throws for half a surrogate pair.
        expect(encodeURIComponent(cut.text)).toBeTypeOf("string");
        if (cut.text !== text) {
          const next = String.fromCodePoint(text.codePointAt(cut.text.length) ?? 0);
          expect(cut.keptBytes + byteLength(next)).toBeGreaterThan(limit);
        }
      }),
    );
  });

  test("counts bytes as the platform's encoder does, lone surrogates included", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }), (units) => {
        const text = String.fromCharCode(...units);
        expect(byteLength(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});
