import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createText, editText, type SharedText } from "../../apps/pad/src/shared/merge.ts";
import { createEcho, type EchoState, type EchoStep, onProp, onUserEdit } from "../../src/renderer/dom/echo.ts";

/** One person's editor with its app, slow lines between them, in front of the room. The echo matching is the renderer's own. */
class Editor {
  readonly name: string;
  state: EchoState;
  /** Texts told and not yet heard by the app. */
  readonly up: string[] = [];
  /** Texts on their way to the editor. */
  readonly down: string[] = [];
  /** What the app has shared and the room not applied yet: the text, and the revision that the app knew. */
  readonly shared: { readonly text: string; readonly seenRev: number }[] = [];
  #knownRev = 0;
  /** What the app has heard from its editor and the room has not answered: shown meanwhile. */
  #pending: string | undefined;
  #sentText: string;

  constructor(name: string, text: string) {
    this.name = name;
    this.state = createEcho(text);
    this.#sentText = text;
  }

  type(at: number, inserted: string, removed = 0): void {
    const { shown } = this.state;
    const from = at % (shown.length + 1);
    const text = shown.slice(0, from) + inserted + shown.slice(from + removed);
    this.#take(onUserEdit(this.state, text, from + inserted.length));
  }

  /** The app gets a text from its editor: it shares it and shows it. */
  hear(): void {
    const text = this.up.shift();
    if (text === undefined) return;
    this.shared.push({ text, seenRev: this.#knownRev });
    this.#pending = text;
    this.#send(text);
  }

  /** The room tells the app. */
  render(room: SharedText): void {
    this.#knownRev = room.rev;
    if (this.shared.length === 0) this.#pending = undefined;
    this.#send(this.#pending ?? room.text);
  }

  show(): void {
    const text = this.down.shift();
    if (text !== undefined) this.#take(onProp(this.state, text));
  }

  #send(text: string): void {
    if (this.#sentText === text) return;
    this.down.push(text);
    this.#sentText = text;
  }

  #take(step: EchoStep): void {
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
    if (edit !== undefined) this.shared = editText(this.shared, editor.name, edit.seenRev, edit.text);
  }

  settle(): void {
    for (let round = 0; round < 600; round += 1) {
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
});
