import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answeredTo, createText, replaceText, type SharedText, takeBatch } from "../../apps/pad/src/shared/merge.ts";
import {
  type AppText,
  createTextSync,
  onSyncCompositionEnd,
  onSyncCompositionStart,
  onSyncEdit,
  onSyncFlush,
  onSyncLost,
  onSyncValue,
  type TextBatch,
  type TextSync,
  type TextSyncStep,
} from "../../src/renderer/dom/text-sync.ts";

/** One person's editor with its app, slow lines between them, in front of the room. */
class Editor {
  readonly name: string;
  state: TextSync;
  /** On its way to the app. */
  up: TextBatch[] = [];
  /** On its way to the editor. */
  down: AppText[] = [];
  /** Shared by the app and not applied by the room yet. */
  shared: TextBatch[] = [];
  #lastSent = "";

  constructor(name: string, room: SharedText) {
    this.name = name;
    this.state = createTextSync({ text: room.text, revision: room.rev, answered: 0, attempt: 0 });
  }

  edit(at: number, removed: number, inserted: string): void {
    const { shown } = this.state;
    const from = at % (shown.length + 1);
    const text = shown.slice(0, from) + inserted + shown.slice(from + removed);
    this.#take(onSyncEdit(this.state, text, from + inserted.length));
  }

  compose(at: number, inserted: string): void {
    const { shown } = this.state;
    const from = at % (shown.length + 1);
    this.state = onSyncCompositionStart(this.state);
    this.show();
    this.#take(onSyncCompositionEnd(this.state, shown.slice(0, from) + inserted + shown.slice(from), from + 1));
  }

  flush(): void {
    this.#take(onSyncFlush(this.state));
  }

  hear(): void {
    const batch = this.up.shift();
    if (batch !== undefined) this.shared.push(batch);
  }

  /** The room tells the app, which tells its editor when there is something new. */
  render(room: SharedText): void {
    const { number, attempt } = answeredTo(room, this.name);
    const value: AppText = { text: room.text, revision: room.rev, answered: number, attempt };
    const key = JSON.stringify(value);
    if (key !== this.#lastSent) this.down.push(value);
    this.#lastSent = key;
  }

  show(): void {
    const value = this.down.shift();
    if (value !== undefined) this.#take(onSyncValue(this.state, value));
  }

  /** What is on the line is lost; `isRestart`: what the app had shared, too. The new line begins with what the room has. */
  loseLine(room: SharedText, isRestart: boolean): void {
    this.up = [];
    this.down = [];
    if (isRestart) this.shared = [];
    this.state = onSyncLost(this.state);
    this.#lastSent = "";
    this.render(room);
  }

  #take(step: TextSyncStep): void {
    this.state = step.state;
    if (step.send !== undefined) this.up.push(step.send);
  }
}

class World {
  room: SharedText;
  readonly editors: readonly Editor[];

  constructor(text: string, names: readonly string[]) {
    this.room = createText(text);
    this.editors = names.map((name) => new Editor(name, this.room));
  }

  step(editor: Editor, what: number): void {
    if (what === 0) editor.hear();
    else if (what === 1) this.#apply(editor);
    else if (what === 2) editor.render(this.room);
    else editor.show();
  }

  #apply(editor: Editor): void {
    const batch = editor.shared.shift();
    if (batch !== undefined) this.room = takeBatch(this.room, { editor: editor.name, ...batch });
  }

  settle(rounds = 300): void {
    for (let round = 0; round < rounds; round += 1) {
      for (const editor of this.editors) for (const what of [0, 1, 2, 3]) this.step(editor, what);
    }
  }
}

const DOCUMENT = `first line\nsecond\n${"one like any other\n".repeat(40)}last`;
const NAMES = ["anna", "bert", "carl"];
/** Each typed character is another one, so that none can be taken for any other. */
const UNIQUE = 0x4e00;

const moves = fc.array(fc.record({ who: fc.nat(2), what: fc.nat(19), where: fc.nat(2_000) }), { maxLength: 200 });

function run(world: World, list: readonly { who: number; what: number; where: number }[]) {
  let typed = "";
  const next = () => {
    const character = String.fromCharCode(UNIQUE + typed.length);
    typed += character;
    return character;
  };
  for (const { who, what, where } of list) {
    const editor = world.editors[who];
    if (editor === undefined) continue;
    if (what < 5) editor.edit(where, 0, next());
    else if (what === 5) editor.compose(where, next());
    else if (what === 6) editor.loseLine(world.room, false);
    else if (what === 7) for (const each of world.editors) each.loseLine(world.room, true);
    else if (what === 8) editor.flush();
    else world.step(editor, what % 4);
  }
  return typed;
}

describe("typing together, edits numbered", () => {
  test("every typed character is there exactly once, whatever is late, lost or restarted, and all see the same", () => {
    fc.assert(
      fc.property(moves, (list) => {
        const world = new World(DOCUMENT, NAMES);
        const typed = run(world, list);
        world.settle();
        const characters = [...world.room.text];
        const kept = characters.filter((character) => character.charCodeAt(0) >= UNIQUE);
        expect(kept.sort().join("")).toBe(typed);
        expect(characters.filter((character) => character.charCodeAt(0) < UNIQUE).join("")).toBe(DOCUMENT);
        for (const editor of world.editors) {
          expect(editor.state.shown).toBe(world.room.text);
          expect(editor.state).toMatchObject({ sent: [], typed: [], mode: "talks" });
        }
      }),
      { seed: 31, numRuns: 400 },
    );
  });

  test("what one person types on a line of their own stays together and in order", () => {
    const words = fc.array(fc.record({ who: fc.nat(2), what: fc.nat(7) }), { maxLength: 250 });
    fc.assert(
      fc.property(words, (list) => {
        const world = new World("anna:\nbert:\ncarl:\n", NAMES);
        const counts = [0, 0, 0];
        for (const { who, what } of list) {
          const editor = world.editors[who];
          if (editor === undefined) continue;
          if (what < 3) {
            // At the end of the own line, wherever that is by now.
            const line = editor.state.shown.indexOf(`${editor.name}:`);
            const count = counts[who] ?? 0;
            editor.edit(editor.state.shown.indexOf("\n", line), 0, String(count % 10));
            counts[who] = count + 1;
          } else world.step(editor, what % 4);
        }
        world.settle();
        const expected = NAMES.map((name, who) => {
          const digits = Array.from({ length: counts[who] ?? 0 }, (_, index) => index % 10).join("");
          return `${name}:${digits}\n`;
        });
        expect(world.room.text).toBe(expected.join(""));
        for (const editor of world.editors) expect(editor.state.shown).toBe(world.room.text);
      }),
      { seed: 32, numRuns: 400 },
    );
  });

  test("with deletions and replacements all end with the same text", () => {
    fc.assert(
      fc.property(moves, (list) => {
        const world = new World(DOCUMENT, NAMES);
        for (const { who, what, where } of list) {
          const editor = world.editors[who];
          if (editor === undefined) continue;
          if (what < 3) editor.edit(where, where % 7, "xyz".slice(0, where % 4));
          else if (what === 3) editor.edit(0, editor.state.shown.length, "all new\ntext");
          else if (what === 4) editor.loseLine(world.room, where % 2 === 0);
          else if (what === 5) world.room = replaceText(world.room, `${world.room.text.slice(0, 50)}\nfrom the folder`);
          else world.step(editor, what % 4);
        }
        world.settle();
        for (const editor of world.editors) expect(editor.state.shown).toBe(world.room.text);
      }),
      { seed: 33, numRuns: 400 },
    );
  });

  test("a batch is taken once; one on a forgotten revision or outside of its text is refused", () => {
    const batch = {
      editor: "e",
      number: 1,
      after: 0,
      revision: 0,
      attempt: 0,
      changes: [{ start: 0, end: 0, insert: "a" }],
    };
    const once = takeBatch(createText("text"), batch);
    expect(once.text).toBe("atext");
    expect(takeBatch(once, batch)).toBe(once);
    expect(takeBatch(once, { ...batch, attempt: 1 })).toEqual({
      ...once,
      answered: [{ editor: "e", number: 1, attempt: 1 }],
    });
    const next = { ...batch, number: 2, after: 1 };
    expect(() => takeBatch(once, { ...next, after: 0 })).toThrow(/follow edits 0, which are not there/);
    expect(() => takeBatch(once, { ...next, revision: 7 })).toThrow(/revision 7 .* is not known/);
    expect(() => takeBatch(once, { ...next, changes: [{ start: 9, end: 9, insert: "a" }] })).toThrow(RangeError);
  });

  test("of more editors than are remembered, those heard last stay known", () => {
    let room = createText("");
    for (let editor = 0; editor < 60; editor += 1) {
      room = takeBatch(room, {
        editor: `e${editor}`,
        number: 3,
        after: 0,
        revision: room.rev,
        attempt: 0,
        changes: [],
      });
    }
    expect([answeredTo(room, "e0").number, answeredTo(room, "e59").number, room.answered.length]).toEqual([0, 3, 50]);
  });
});
