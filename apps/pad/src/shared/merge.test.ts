import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applySplice, createText, editText, replaceText, spliceBetween, textAt } from "./merge.ts";

describe("splices", () => {
  test("make one text of another and never cut a surrogate pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (before, after) => {
        const splice = spliceBetween(before, after);
        if (splice === undefined) expect(before).toBe(after);
        else {
          expect(applySplice(before, splice)).toBe(after);
          expect(splice.insert).toBe(new TextDecoder().decode(new TextEncoder().encode(splice.insert)));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe("shared text", () => {
  test("takes an edit of somebody who saw the present text", () => {
    const text = editText(createText("ab"), "anna", 0, "axb");
    expect(text).toMatchObject({ text: "axb", rev: 1 });
  });

  test("keeps both edits when two people type at once", () => {
    let text = createText("hello world");
    text = editText(text, "anna", 0, "hello brave world");
    text = editText(text, "bert", 0, "hello world!");
    expect(text.text).toBe("hello brave world!");
  });

  test("goes on from an editor's own text while the merged one is still on its way to it", () => {
    let text = createText("ab");
    text = editText(text, "bert", 0, "Xab");
    text = editText(text, "anna", 0, "abc");
    text = editText(text, "anna", 0, "abcd");
    expect(text.text).toBe("Xabcd");
  });

  test("goes on from an editor's own text that its app has not heard of yet", () => {
    let text = createText("ab");
    for (const typed of ["abc", "abcd", "abcde"]) text = editText(text, "anna", 0, typed);
    expect(text.text).toBe("abcde");
  });

  test("goes on from the merged text once the editor has it", () => {
    let text = createText("ab");
    text = editText(text, "bert", 0, "Xab");
    text = editText(text, "anna", 0, "abc");
    text = editText(text, "anna", 2, "Xabcd");
    expect(text.text).toBe("Xabcd");
  });

  test("a deletion and an insertion in the same place both happen", () => {
    let text = createText("one (two) three");
    text = editText(text, "anna", 0, "one  three");
    text = editText(text, "bert", 0, "one (two and a half) three");
    expect(text.text).toBe("one  and a half three");
  });

  test("typing over everything is no way back to an older text that was the same", () => {
    let text = createText("");
    for (const [index, typed] of ["/", "//", "// a"].entries()) text = editText(text, "anna", index, typed);
    for (const typed of ["/", "//", "// b"]) text = editText(text, "bert", 3, typed, 3);
    expect(text.text).toBe("// b");
  });

  test("says of no revision that it was shown before it was there", () => {
    const text = editText(createText("ab"), "anna", 0, "abc", 99);
    expect(text.text).toBe("abc");
  });

  test("what is typed on at the border of a deletion stays where it was typed", () => {
    let text = createText("abcd");
    text = editText(text, "bert", 0, "a");
    text = editText(text, "anna", 0, "a1bcd");
    text = editText(text, "bert", 0, "ax");
    text = editText(text, "anna", 0, "2a1bcd");
    expect([...text.text].sort().join("")).toBe("12ax");
  });

  test("a text told twice changes nothing", () => {
    const once = editText(createText("a"), "anna", 0, "ab");
    expect(editText(once, "anna", 1, "ab").rev).toBe(once.rev);
  });

  test("line ends are brought to one form", () => {
    expect(editText(createText("a\r\nb"), "anna", 0, "a\r\nb\r\nc").text).toBe("a\nb\nc");
  });

  test("earlier revisions can be looked up as far as the history goes", () => {
    let text = createText("");
    for (let n = 1; n <= 350; n += 1) text = editText(text, "anna", n - 1, "x".repeat(n));
    expect(textAt(text, 350)).toHaveLength(350);
    expect(textAt(text, 50)).toHaveLength(50);
    expect(textAt(text, 49)).toBeUndefined();
    expect(textAt(text, 351)).toBeUndefined();
  });

  test("a replaced text keeps what an editor typed before it heard of it", () => {
    let text = createText("hello");
    text = replaceText(text, "hello, all");
    text = editText(text, "anna", 0, "hello!");
    expect(text.text).toContain("!");
  });

  test("survives JSON", () => {
    const text = editText(editText(createText("ab"), "bert", 0, "Xab"), "anna", 0, "abc");
    expect(JSON.parse(JSON.stringify(text))).toEqual(text);
  });
});
