import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createText, editText, type SharedText } from "../../apps/pad/src/shared/merge.ts";
import { createEcho, type EchoState, type EchoStep, onProp, onUserEdit } from "../../src/renderer/dom/echo.ts";
import { mapSelection } from "../../src/renderer/dom/echo-diff.ts";

/** One person's editor with its app, slow lines between them, in front of the room. The echo matching is the renderer's own. */
class Editor {
  readonly name: string;
  state: EchoState;
  /** Texts told, and revisions said to be shown, that the app has not heard yet. */
  readonly up: (string | number)[] = [];
  /** Texts on their way to the editor, and questions whether a revision is shown. */
  readonly down: (string | number)[] = [];
  /** What the app has shared and the room not applied yet: the text, and the revisions that the app and its editor had. */
  readonly shared: { readonly text: string; readonly seenRev: number; readonly hadRev: number }[] = [];
  #knownRev = 0;
  #hadRev = 0;
  #askedRev: number | undefined;
  /** What the app has heard from its editor and the room has not answered: shown meanwhile. */
  #pending: string | undefined;
  #sentText: string;
  #shown: string;
  /** Behind what was typed last. */
  caret = 0;

  constructor(name: string, text: string) {
    this.name = name;
    this.state = createEcho(text);
    this.#sentText = text;
    this.#shown = text;
  }

  type(at: number, inserted: string, removed = 0): void {
    const { shown } = this.state;
    const from = at % (shown.length + 1);
    const text = shown.slice(0, from) + inserted + shown.slice(from + removed);
    this.caret = from + inserted.length;
    this.#take(onUserEdit(this.state, text, this.caret));
  }

  /** Everything selected, then a key. */
  typeOver(inserted: string): void {
    this.caret = inserted.length;
    this.#take(onUserEdit(this.state, inserted, this.caret));
  }

  /** The app gets a text from its editor: it shares it and shows it. */
  hear(): void {
    const text = this.up.shift();
    if (typeof text === "number") {
      if (text === this.#askedRev) this.#hadRev = text;
      return;
    }
    if (text === undefined) return;
    this.#askedRev = undefined;
    this.shared.push({ text, seenRev: this.#knownRev, hadRev: this.#hadRev });
    this.#pending = text;
    this.#send(text);
  }

  /** The room tells the app. */
  render(room: SharedText): void {
    this.#knownRev = room.rev;
    if (this.shared.length === 0) this.#pending = undefined;
    this.#send(this.#pending ?? room.text);
    if (this.#pending !== undefined || room.rev <= this.#hadRev || this.#askedRev === room.rev) return;
    this.#askedRev = room.rev;
    this.down.push(room.rev);
  }

  show(): void {
    const text = this.down.shift();
    if (typeof text === "number") this.up.push(text);
    else if (text !== undefined) this.#take(onProp(this.state, text));
  }

  #send(text: string): void {
    if (this.#sentText === text) return;
    this.down.push(text);
    this.#sentText = text;
  }

  #take(step: EchoStep): void {
    if (step.show !== undefined) this.caret = mapSelection(this.#shown, step.show, this.caret, this.caret).end;
    this.#shown = step.state.shown;
    this.state = step.state;
    if (step.send !== undefined) this.up.push(step.send);
  }
}

class World {
  shared: SharedText;
  readonly editors: readonly Editor[];

  constructor(text: string, names: readonly string[]) {
    this.shared = createText(text);
    this.editors = names.map((name) => new Editor(name, text));
  }

  step(editor: Editor, what: number): void {
    if (what === 0) editor.hear();
    else if (what === 1) this.#apply(editor);
    else if (what === 2) editor.render(this.shared);
    else editor.show();
  }

  #apply(editor: Editor): void {
    const edit = editor.shared.shift();
    if (edit !== undefined) this.shared = editText(this.shared, editor.name, edit.seenRev, edit.text, edit.hadRev);
  }

  settle(rounds = 600): void {
    for (let round = 0; round < rounds; round += 1) {
      for (const editor of this.editors) for (const what of [0, 1, 2, 3]) this.step(editor, what);
    }
  }
}

const steps = (people: number) =>
  fc.array(fc.record({ who: fc.nat(people - 1), what: fc.nat(9), where: fc.nat(1000) }), { maxLength: 160 });

describe("typing together, renderer and room", () => {
  test.each([2, 3])("%i people: every typed character is there exactly once and all see the same", (people) => {
    fc.assert(
      fc.property(steps(people), (list) => {
        const world = new World("first line\nsecond", ["anna", "bert", "carl"].slice(0, people));
        let typed = "";
        for (const { who, what, where } of list) {
          const editor = world.editors[who];
          if (editor === undefined) continue;
          if (what <= 2) {
            const character = String.fromCharCode(0x4e00 + typed.length);
            typed += character;
            editor.type(where, character);
          } else world.step(editor, (what - 3) % 4);
        }
        world.settle();
        const kept = [...world.shared.text].filter((character) => character >= "\u4e00");
        expect(kept.sort().join("")).toBe(typed);
        for (const editor of world.editors) expect(editor.state.shown).toBe(world.shared.text);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  test("each person types a run of one character: none is lost, none doubled", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ who: fc.nat(1), what: fc.nat(5) }), { maxLength: 180 }), (list) => {
        const world = new World("// start\nmiddle\n// end", ["anna", "bert"]);
        const counts = [0, 0];
        for (const { who, what } of list) {
          const editor = world.editors[who];
          if (editor === undefined) continue;
          if (what <= 1) {
            const { shown } = editor.state;
            editor.type(who === 0 ? shown.indexOf("\n") : shown.length, who === 0 ? "a" : "b");
            counts[who] = (counts[who] ?? 0) + 1;
          } else world.step(editor, what - 2);
        }
        world.settle();
        const { text } = world.shared;
        expect([text.match(/a/g)?.length ?? 0, text.match(/b/g)?.length ?? 0]).toEqual([
          (counts[0] ?? 0) + 1,
          counts[1],
        ]);
        for (const editor of world.editors) expect(editor.state.shown).toBe(text);
      }),
      { seed: 12, numRuns: 300 },
    );
  });

  test("with deletions all editors end up with the same text", () => {
    fc.assert(
      fc.property(steps(2), (list) => {
        const world = new World("some text to work on\nwith two lines", ["anna", "bert"]);
        for (const { who, what, where } of list) {
          const editor = world.editors[who];
          if (editor === undefined) continue;
          if (what === 0) editor.type(where, "", 1 + (where % 3));
          else if (what <= 2) editor.type(where, "xyz".charAt(where % 3));
          else world.step(editor, (what - 3) % 4);
        }
        world.settle();
        for (const editor of world.editors) expect(editor.state.shown).toBe(world.shared.text);
      }),
      { seed: 13, numRuns: 300 },
    );
  });

  const word = fc.string({ unit: fc.constantFrom("a", "b", "/"), minLength: 1, maxLength: 8 });

  test("typing over everything that was seen leaves nothing of it, also where both texts begin alike", () => {
    fc.assert(
      fc.property(word, word, fc.array(fc.nat(7), { maxLength: 60 }), (first, second, list) => {
        const world = new World("a start", ["anna", "bert"]);
        const [anna, bert] = world.editors;
        if (anna === undefined || bert === undefined) return;
        anna.typeOver(first.charAt(0));
        for (const [index, key] of [...first.slice(1)].entries()) {
          anna.type(index + 1, key);
          world.settle(4);
        }
        world.settle();
        const keys = [...second];
        bert.typeOver(keys.shift() ?? "");
        for (const what of list) {
          if (what < 4) world.step(what % 2 === 0 ? bert : anna, what);
          else if (what < 6) world.step(bert, what - 4);
          else typeNext(bert, keys);
        }
        while (keys.length > 0) typeNext(bert, keys);
        world.settle();
        for (const editor of world.editors) expect(editor.state.shown).toBe(second);
        expect(world.shared.text).toBe(second);
      }),
      { seed: 14, numRuns: 300 },
    );
  });

  test("what another one types while everything is replaced stays, once", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(11), { maxLength: 80 }), (list) => {
        const world = new World("", ["anna", "bert"]);
        const [anna, bert] = world.editors;
        if (anna === undefined || bert === undefined) return;
        for (const [index, key] of [..."abcdefgh"].entries()) {
          anna.type(index, key);
          world.settle(4);
        }
        world.settle();
        const keys = [..."ijklm"];
        let typed = "";
        bert.typeOver("abcxyzgh");
        for (const what of list) {
          if (what === 0) typeNext(bert, keys);
          else if (what === 1) {
            const character = String.fromCharCode(0x4e00 + typed.length);
            typed += character;
            anna.type(5 + typed.length * 7, character);
          } else world.step(what % 2 === 0 ? bert : anna, (what >> 1) % 4);
        }
        while (keys.length > 0) typeNext(bert, keys);
        world.settle();
        const { text } = world.shared;
        for (const editor of world.editors) expect(editor.state.shown).toBe(text);
        expect([...text].filter((character) => character < "\u4e00").join("")).toBe("abcxyzghijklm");
        expect(
          [...text]
            .filter((character) => character >= "\u4e00")
            .sort()
            .join(""),
        ).toBe(typed);
      }),
      { seed: 15, numRuns: 300 },
    );
  });
});

/** The next key, at the caret: behind what was typed before. */
function typeNext(editor: Editor, keys: string[]): void {
  const key = keys.shift();
  if (key !== undefined) editor.type(editor.caret, key);
}
