import { Command, Effect, type Returned, readResult } from "plushie";
import { events } from "plushie/protocol";
import { describe, expect, test } from "vitest";
import { createText, takeBatch } from "../shared/merge.ts";
import type { PadFile, Shared } from "../shared/model.ts";
import { createPad } from "./app.ts";
import { activeFile, type Model, shownText, startModel, syncOf } from "./model.ts";
import { type PadEvent, update } from "./update.ts";

function fileOf(id: string, name: string, text = "text"): PadFile {
  return {
    id,
    name,
    draft: createText(text),
    saved: "text",
    savedAt: 0,
    version: 1,
    preview: { version: 1, status: "ready", queue: [], tree: { type: "text", id: "t", props: { content: "hi" } } },
  };
}

const pad = createPad();

const shared: Shared = {
  files: { f1: fileOf("f1", "a.tsx"), f2: fileOf("f2", "b.tsx", "changed") },
  trash: [],
  people: { me: { name: "Me", color: "#2563eb", dark: true, seenAt: 0 } },
  log: [],
  nextFile: 3,
};
const start = startModel({ sharedModel: shared, participantId: "me", participants: [{ id: "me", name: "Me" }] });

type Widget = PadEvent & { kind: "widget" };

function widget(type: "click", id: string, scope?: readonly string[]): Widget;
function widget(type: "input" | "submit", id: string, scope: readonly string[], value: string): Widget;
function widget(type: "toggle", id: string, scope: readonly string[], value: boolean): Widget;
function widget(type: string, id: string, scope: readonly string[] = [], value?: unknown): Widget {
  const target = `main#${[...scope].reverse().concat(id).join("/")}`;
  return { kind: "widget", type, id, scope, windowId: "main", target, value } as Widget;
}

/** Model and commands after an event. */
function after(model: Model, event: PadEvent) {
  const result = readResult<Model, PadEvent>(update(model, event) as Returned<Model, PadEvent>, "update");
  if (!result.ok) throw result.error;
  return result.value;
}

describe("pad app", () => {
  test("[R393] starts from the seeded shared model and says hello", () => {
    expect(activeFile(start)?.name).toBe("a.tsx");
    expect(pad.init({ sharedModel: shared, participantId: "me", participants: [] })).toMatchObject([
      { me: "me" },
      { kind: "share" },
    ]);
  });

  test("[R382] a click on save shares a save of the file in the editor", () => {
    const { commands } = after(start, widget("click", "save", ["save-tip"]));
    expect(commands).toEqual([Command.share({ type: "save", file: "f1" })]);
  });

  test("typing shares the change, for the file whose editor it was", () => {
    const { commands } = after(start, widget("input", "editor", ["editor-f2"], "changed!"));
    expect(commands).toEqual([
      Command.share({ type: "edit", file: "f2", rev: 0, splice: { from: 7, to: 7, insert: "!" } }),
    ]);
  });

  test("what was typed is shown until the room has answered all of it", () => {
    let model = after(start, widget("input", "editor", ["editor-f2"], "changed!")).model;
    model = after(model, widget("input", "editor", ["editor-f2"], "changed!!")).model;
    const shown = () => shownText(model, fileOf("f2", "b.tsx", "merged"));
    const answer = {
      kind: "broadcast",
      type: "model",
      model: shared,
      originatorId: "me",
      seq: 1,
      reply: { edited: "f2" },
    } as const;
    expect(shown()).toBe("changed!!");
    model = after(model, { ...answer, originatorId: "other" }).model;
    model = after(model, answer).model;
    expect(shown()).toBe("changed!!");
    model = after(model, answer).model;
    expect(shown()).toBe("merged");
  });

  describe("an editor that numbers its edits", () => {
    const batch = {
      editor: "e",
      number: 1,
      after: 0,
      revision: 0,
      attempt: 0,
      changes: [{ start: 0, end: 0, insert: "x" }],
    };
    const edited = (model: Model, number = 1, file = "f1") =>
      after(model, events.edit("editor", { ...batch, number }, { scope: [`editor-${file}`] }));
    const syncOfFirst = (model: Model) => syncOf(model, model.shared.files["f1"] ?? fileOf("f1", "a.tsx"));

    test("its edits are shared, and it hears how far the room has them", () => {
      expect(syncOfFirst(start)).toEqual({ revision: 0 });
      const { model, commands } = edited(start);
      expect(commands).toEqual([Command.share({ type: "batch", file: "f1", batch })]);
      expect(syncOfFirst(model)).toEqual({ revision: 0, editor: "e", answered: 0, attempt: 0 });
      const files = { ...shared.files, f1: { ...fileOf("f1", "a.tsx"), draft: takeBatch(createText("text"), batch) } };
      const news = {
        kind: "broadcast",
        type: "model",
        model: { ...shared, files },
        originatorId: "me",
        seq: 1,
      } as const;
      const heard = after(model, news);
      expect(syncOfFirst(heard.model)).toEqual({ revision: 1, editor: "e", answered: 1, attempt: 0 });
      expect(heard.commands).toEqual([]);
    });

    test("what is refused is answered, so that the editor goes on with the shared text", () => {
      const news = { kind: "broadcast", type: "failed", code: "update-failed", message: "too long" } as const;
      const { model } = after(edited(start, 3).model, news);
      expect(syncOfFirst(model)).toEqual({ revision: 0, editor: "e", answered: 3, attempt: 0 });
      expect(model.notice).toMatchObject({ kind: "error", text: "too long" });
    });

    test("in a file that somebody deleted it is told so", () => {
      const { model, commands } = edited(start, 1, "f9");
      expect(commands).toEqual([]);
      expect(model.notice).toMatchObject({ kind: "error" });
    });
  });

  test("typing into a file that somebody deleted is answered, not lost silently", () => {
    const { model, commands } = after(start, widget("input", "editor", ["editor-f9"], "x"));
    expect(commands).toEqual([]);
    expect(model.notice).toMatchObject({ kind: "error" });
  });

  test("opening a file is remembered with the person and moves the keyboard to its editor", () => {
    const { model, commands } = after(start, widget("click", "select", ["b.tsx", "file-scroll"]));
    expect(commands).toEqual([Command.share({ type: "person", file: "f2" })]);
    const people = { me: { name: "Me", color: "#2563eb", dark: true, seenAt: 0, file: "f2" } };
    const next = { ...shared, people };
    const heard = after(model, { kind: "broadcast", type: "model", model: next, originatorId: "me", seq: 1 });
    expect(activeFile(heard.model)?.id).toBe("f2");
    expect(heard.commands).toEqual([Command.focus("editor-f2/editor"), Command.findFocused("shown-f2-0")]);
  });

  test("what is typed says which revision the editor has shown for certain", () => {
    const news = (model: Model, rev: number, author = "bert") => {
      const draft = { ...createText("text"), rev };
      const files = { ...model.shared.files, f1: { ...fileOf("f1", "a.tsx"), draft } };
      const next = { ...model.shared, files };
      return after(model, { kind: "broadcast", type: "model", model: next, originatorId: author, seq: rev });
    };
    const answer = (tag: string): PadEvent => ({ kind: "system", type: "focused", tag, target: null });
    const typed = (model: Model) => after(model, widget("input", "editor", ["editor-f1"], "text!"));
    const told = news(start, 3);
    expect(told.commands).toEqual([Command.findFocused("shown-f1-3")]);
    expect(news(told.model, 3).commands).toEqual([]);
    const shown = after(told.model, answer("shown-f1-3")).model;
    expect(typed(shown).commands).toMatchObject([{ action: { type: "edit", rev: 3, had: 3 } }]);

    // An answer that came after the next key may be about a text that the key did not know.
    const late = after(typed(news(shown, 4).model).model, answer("shown-f1-4")).model;
    expect(late.had).toEqual({ file: "f1", rev: 3 });
    // While the editor shows what was typed it is told nothing, so nothing is asked.
    expect(news(late, 5).commands).toEqual([]);
  });

  test("a bad name is explained beside the field and shares nothing", () => {
    const typed = after(start, widget("input", "new-name", [], "../x")).model;
    const { model, commands } = after(typed, widget("submit", "new-name", [], "../x"));
    expect(commands).toEqual([]);
    expect(model.newNameFault).toEqual(expect.any(String));
    expect(model.newName).toBe("../x");
  });

  test("a good name creates the file and empties the field", () => {
    const typed = after(start, widget("input", "new-name", [], "c")).model;
    const { model, commands } = after(typed, widget("click", "create"));
    expect(commands).toEqual([Command.share({ type: "create", name: "c" })]);
    expect(model.newName).toBe("");
  });

  test("deleting offers to undo, and undo restores", () => {
    const deleted = after(start, widget("click", "delete", ["a.tsx"]));
    expect(deleted.commands).toEqual([Command.share({ type: "delete", files: ["f1"] })]);
    expect(deleted.model.notice).toMatchObject({ text: "Deleted a.tsx", undo: ["f1"] });
    const undone = after(deleted.model, widget("click", "undo-delete"));
    expect(JSON.stringify(undone.commands)).toContain('"restore"');
    expect(undone.model.notice).toBeUndefined();
  });

  test("ticked files that a search hides are not deleted with the others", () => {
    let model = after(start, widget("toggle", "file-select", ["a.tsx"], true)).model;
    model = after(model, widget("toggle", "file-select", ["b.tsx"], true)).model;
    model = after(model, widget("input", "search", [], "B")).model;
    expect(after(model, widget("click", "delete-selected")).commands).toEqual([
      Command.share({ type: "delete", files: ["f2"] }),
    ]);
  });

  test("[R387] Ctrl+S saves, Alt+N goes to the name of a new file, Escape clears", () => {
    const key = (name: string, modifiers: object): PadEvent => ({
      kind: "key",
      type: "press",
      key: name,
      modifiedKey: name,
      physicalKey: "",
      location: "standard",
      text: null,
      repeat: false,
      captured: false,
      modifiers: { shift: false, ctrl: false, alt: false, logo: false, command: false, ...modifiers },
      tag: "keys",
    });
    expect(after(start, key("s", { ctrl: true, command: true })).commands).toEqual([
      Command.share({ type: "save", file: "f1" }),
    ]);
    expect(after(start, key("s", {})).commands).toEqual([]);
    expect(after(start, key("n", { alt: true })).commands).toEqual([Command.focus("new-name")]);
    const noticed = { ...start, notice: { kind: "info", text: "x" } as const };
    expect(after(noticed, key("Escape", {})).model.notice).toBeUndefined();
  });

  test("auto-save ticks only while it is on and something is unsaved", () => {
    const on = { ...start, isAutoSave: true };
    const subscriptions = (model: Model) => (pad.subscribe?.(model) ?? []).length;
    expect(subscriptions(start)).toBe(1);
    expect(subscriptions(on)).toBe(1);
    const people = { me: { name: "Me", color: "", dark: true, seenAt: 0, file: "f2" } };
    const dirty = { ...on, shared: { ...shared, people } };
    expect(subscriptions(dirty)).toBe(2);
    expect(after(dirty, { kind: "timer", type: "tick", tag: "auto-save", at: 0 }).commands).toEqual([
      Command.share({ type: "save", file: "f2" }),
    ]);
  });

  test("what happens in the preview goes to the experiment, with its path below the preview", () => {
    const { commands } = after(start, widget("click", "ok", ["form", "preview", "preview-scroll"]));
    expect(commands).toEqual([
      Command.share({ type: "preview", file: "f1", version: 1, event: { type: "click", path: "form/ok" } }),
    ]);
  });

  test("what is typed into a field of the preview stays until the experiment has answered", () => {
    const field = { type: "text_input", id: "name", props: { value: "" } };
    const withQueue = (queue: PadFile["preview"]["queue"], value: string): Shared => {
      const file = fileOf("f1", "a.tsx");
      const tree = { ...field, props: { value } };
      return { ...shared, files: { f1: { ...file, preview: { ...file.preview, tree, queue } } } };
    };
    let model = after({ ...start, shared: withQueue([], "") }, widget("input", "name", ["preview"], "A")).model;
    const text = () => /"value":"(\w*)"/.exec(JSON.stringify(pad.view(model)).split('"preview"')[1] ?? "")?.[1];
    const hear = (next: Shared, reply?: unknown) => {
      const news = { kind: "broadcast", type: "model", model: next, originatorId: "me", seq: 1 } as const;
      model = after(model, reply === undefined ? news : { ...news, reply }).model;
    };
    expect(text()).toBe("A");
    hear(withQueue([], ""));
    expect(text()).toBe("A");
    hear(withQueue([{ type: "input", path: "name", value: "A" }], ""), { queued: "f1" });
    expect(text()).toBe("A");
    hear(withQueue([], "ok"));
    expect(text()).toBe("ok");
  });

  test("the preview detaches into a window of its own and comes back when that is closed", () => {
    const { model } = after(start, widget("click", "detach"));
    expect(JSON.stringify(pad.view(model))).toContain("Experiment: a.tsx");
    const closed = after(model, { kind: "window", type: "close_requested", windowId: "experiment", tag: "" });
    expect(closed.model.isDetached).toBe(false);
  });

  test("copying puts the draft on the clipboard and says what came of it", () => {
    expect(after(start, widget("click", "copy")).commands).toEqual([Effect.clipboardWrite("text", "copied")]);
    const failed = after(start, { kind: "effect", type: "unsupported", effect: "clipboard_write", tag: "copied" });
    expect(failed.model.notice).toMatchObject({ kind: "error" });
  });

  test("a refused action is shown", () => {
    const { model } = after(start, { kind: "broadcast", type: "refused", code: "action-refused", message: "No." });
    expect(model.notice).toEqual({ kind: "error", text: "No." });
  });

  test("events nobody asked for leave the model as it is, by identity", () => {
    expect(update(start, widget("click", "unknown"))).toBe(start);
    expect(update(start, { kind: "theme", type: "changed", value: "dark", tag: "" })).toBe(start);
  });
});
