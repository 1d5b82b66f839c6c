import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applySplice, createText, editText, replaceText, type SharedText, spliceBetween, textAt } from "./merge.ts";

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

  test("a text told twice changes nothing", () => {
    const once = editText(createText("a"), "anna", 0, "ab");
    expect(editText(once, "anna", 1, "ab").rev).toBe(once.rev);
  });

  test("line ends are brought to one form", () => {
    expect(editText(createText("a\r\nb"), "anna", 0, "a\r\nb\r\nc").text).toBe("a\nb\nc");
  });

  test("earlier revisions can be looked up as far as the history goes", () => {
    let text = createText("");
    for (let n = 1; n <= 150; n += 1) text = editText(text, "anna", n - 1, "x".repeat(n));
    expect(textAt(text, 150)).toHaveLength(150);
    expect(textAt(text, 50)).toHaveLength(50);
    expect(textAt(text, 49)).toBeUndefined();
    expect(textAt(text, 151)).toBeUndefined();
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

  // Two editors that show what they get, with random delays both ways: nobody's characters are lost or doubled.
  test("every typed character is there exactly once, whatever the delays", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ who: fc.nat(1), what: fc.nat(5), where: fc.nat(1000) }), { maxLength: 60 }),
        (steps) => {
          const world = new World();
          for (const step of steps) world.step(step.who, step.what, step.where);
          world.settle();
          const typed = [...world.typed].sort().join("");
          expect([...world.shared.text.replace(/[^\u4e00-\u9fff]/gu, "")].sort().join("")).toBe(typed);
          for (const editor of world.editors) expect(editor.shown).toBe(world.shared.text);
        },
      ),
      { seed: 7, numRuns: 400 },
    );
  });
});

/** Two people, two slow lines, one text. Each typed character is unique. */
class World {
  shared: SharedText = createText("ab\ncd");
  typed = "";
  readonly editors = [this.#editor("anna"), this.#editor("bert")];

  #editor(name: string) {
    return {
      name,
      shown: "ab\ncd",
      /** Texts told and not yet heard by the room. */
      up: [] as string[],
      /** Texts on their way to the editor, with their revision. */
      down: [] as string[],
      sentRev: 0,
      sentText: "ab\ncd",
      unsettled: [] as string[],
    };
  }

  step(who: number, what: number, where: number): void {
    const editor = this.editors[who % 2];
    if (editor === undefined) return;
    if (what <= 2) this.#type(editor, where);
    else if (what === 3) this.#hear(editor);
    else this.#show(editor);
  }

  #type(editor: (typeof this.editors)[number], where: number): void {
    const character = String.fromCharCode(0x4e00 + this.typed.length);
    const at = where % (editor.shown.length + 1);
    editor.shown = editor.shown.slice(0, at) + character + editor.shown.slice(at);
    this.typed += character;
    editor.up.push(editor.shown);
    editor.unsettled.push(editor.shown);
  }

  #hear(editor: (typeof this.editors)[number]): void {
    const text = editor.up.shift();
    if (text === undefined) return;
    this.shared = editText(this.shared, editor.name, editor.sentRev, text);
    for (const other of this.editors) {
      if (other.sentText === this.shared.text && other !== editor) continue;
      other.down.push(this.shared.text);
      other.sentText = this.shared.text;
      other.sentRev = this.shared.rev;
    }
  }

  /** Echo matching, as the renderer does it. */
  #show(editor: (typeof this.editors)[number]): void {
    const text = editor.down.shift();
    if (text === undefined || text === editor.shown) {
      if (text !== undefined) editor.unsettled = [];
      return;
    }
    const echo = editor.unsettled.indexOf(text);
    if (echo >= 0) editor.unsettled.splice(0, echo + 1);
    else {
      editor.shown = text;
      editor.unsettled = [];
    }
  }

  settle(): void {
    for (let round = 0; round < 400; round += 1) {
      for (const editor of this.editors) {
        this.#hear(editor);
        this.#show(editor);
      }
    }
  }
}
