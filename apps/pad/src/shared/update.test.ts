import { createMemoryStore, Room, type RoomNews, type Seat } from "plushie/room";
import { describe, expect, test } from "vitest";
import { nameFault } from "./file-name.ts";
import { spliceBetween } from "./merge.ts";
import { type Action, filesByName, MAX_QUEUED_EVENTS, type Shared } from "./model.ts";
import { padDefinition } from "./update.ts";

/** A room with people in it; every action is awaited, so its effect is there afterwards. */
async function openPad() {
  let time = 1_000;
  const room = await Room.open<Shared, Action>({
    definition: padDefinition,
    store: createMemoryStore(),
    clock: {
      now: () => time++,
      after: (_ms, callback) => {
        queueMicrotask(callback);
        return () => {};
      },
    },
  });
  const people = new Map<string, { seat: Seat; news: RoomNews<Shared>[] }>();
  const act = async (who: string, action: Action) => {
    let person = people.get(who);
    if (person === undefined) {
      const news: RoomNews<Shared>[] = [];
      const seat = room.join({ id: who, name: who }, { deliver: (items) => news.push(...items), perform: () => {} });
      person = { seat, news };
      people.set(who, person);
    }
    await person.seat.share(action);
    await new Promise((resolve) => setImmediate(resolve));
    return person.news.findLast((item) => item.type !== "presence");
  };
  const create = async (name: string) => {
    await act("anna", { type: "create", name });
    const file = filesByName(room.model).find((candidate) => candidate.name === name);
    if (file === undefined) throw new Error(`${name} was not created`);
    return file.id;
  };
  const file = (id: string) => {
    const found = room.model.files[id];
    if (found === undefined) throw new Error(`there is no file ${id}`);
    return found;
  };
  const type = (who: string, id: string, text: string) => {
    const { draft } = file(id);
    return act(who, { type: "edit", file: id, rev: draft.rev, splice: spliceBetween(draft.text, text) ?? null });
  };
  return { room, act, create, file, type };
}

const BATCH = {
  editor: "e",
  number: 1,
  after: 0,
  revision: 0,
  attempt: 0,
  changes: [{ start: 0, end: 0, insert: "x" }],
};

describe("pad room", () => {
  test("[R383] creates a file from the template and tells its author to open it", async () => {
    const { room, act } = await openPad();
    const news = await act("anna", { type: "create", name: " my-first " });
    expect(news).toMatchObject({ type: "model", reply: { open: "f1" } });
    expect(room.model.files["f1"]).toMatchObject({ name: "my-first.tsx", version: 1, preview: { status: "pending" } });
    expect(room.model.files["f1"]?.saved).toContain('"My First"');
  });

  test.each([
    "../evil.tsx",
    "a/b.tsx",
    "a\\b.tsx",
    ".hidden.tsx",
    "a b.tsx",
    "con.tsx",
    "x.ts",
    "",
    "é.tsx",
    `${"a".repeat(80)}.tsx`,
    "a#b.tsx",
    "a\u0000.tsx",
  ])("refuses the name %j before it is stored", async (name) => {
    const { room, act } = await openPad();
    await expect(act("mallory", { type: "create", name })).rejects.toMatchObject({ code: "action-refused" });
    expect(room.seq).toBe(0);
    expect(nameFault(name)).toEqual(expect.any(String));
  });

  test("a name can be taken once, whatever its case", async () => {
    const { act, create } = await openPad();
    await create("one.tsx");
    await expect(act("bert", { type: "create", name: "ONE" })).rejects.toThrow("There is a file one.tsx already");
  });

  test("two files of one name in the same turn: the second author is told", async () => {
    const { room, act } = await openPad();
    await act("anna", { type: "hello" });
    await act("bert", { type: "hello" });
    const [, news] = await Promise.all([
      act("anna", { type: "create", name: "a" }),
      act("bert", { type: "create", name: "a" }),
    ]);
    expect(news).toMatchObject({ type: "failed", message: "There is a file a.tsx already" });
    expect(filesByName(room.model)).toHaveLength(1);
  });

  test("typing changes the draft, saving takes it over and asks for a run", async () => {
    const { act, create, file, type } = await openPad();
    const id = await create("a.tsx");
    await type("anna", id, "export const view = () => null;");
    expect(file(id)).toMatchObject({ version: 1 });
    expect(file(id).saved).not.toBe(file(id).draft.text);
    await act("bert", { type: "save", file: id });
    expect(file(id)).toMatchObject({
      saved: "export const view = () => null;",
      version: 2,
      preview: { version: 2, status: "pending" },
    });
  });

  test("renaming keeps the file, its editors and its history", async () => {
    const { act, create, file, type } = await openPad();
    const id = await create("a.tsx");
    await type("anna", id, "x");
    await act("bert", { type: "rename", file: id, name: "b" });
    expect(file(id)).toMatchObject({ name: "b.tsx", draft: { text: "x" } });
    await expect(act("bert", { type: "rename", file: id, name: "../c.tsx" })).rejects.toMatchObject({
      code: "action-refused",
    });
  });

  test("deleted files come back with what was typed in them", async () => {
    const { room, act, create, file, type } = await openPad();
    const id = await create("a.tsx");
    await type("anna", id, "unsaved work");
    await act("bert", { type: "delete", files: [id, "f99"] });
    expect(room.model.files).toEqual({});
    await act("anna", { type: "restore", file: id });
    expect(file(id).draft.text).toBe("unsaved work");
    expect(room.model.trash).toEqual([]);
  });

  test("a restored file whose name is taken in the meantime is refused with the reason", async () => {
    const { act, create } = await openPad();
    const id = await create("a.tsx");
    await act("anna", { type: "delete", files: [id] });
    await create("a.tsx");
    expect(await act("anna", { type: "restore", file: id })).toMatchObject({ type: "failed" });
  });

  test("edits of a file that was deleted change nothing and harm nobody", async () => {
    const { room, act, create } = await openPad();
    const id = await create("a.tsx");
    await act("anna", { type: "delete", files: [id] });
    const before = room.model;
    await act("bert", { type: "edit", file: id, rev: 0, splice: { from: 0, to: 0, insert: "x" } });
    expect(room.model).toBe(before);
  });

  test("who uses a preview that is just being started anew is told so", async () => {
    const { act, create, file } = await openPad();
    const id = await create("a.tsx");
    const news = await act("anna", { type: "preview", file: id, version: 1, event: { type: "click", path: "b" } });
    expect(news).toMatchObject({ type: "failed", message: expect.stringContaining("try again") });
    expect(file(id).preview.queue).toEqual([]);
  });

  test("only the host tells what a run gave", async () => {
    const { room, act, create, file } = await openPad();
    const id = await create("a.tsx");
    const ran = {
      type: "ran",
      file: id,
      version: 1,
      events: 0,
      result: { ok: true, tree: { type: "text" }, state: "1", logs: ["hi"] },
    } as const;
    await expect(act("mallory", ran)).rejects.toMatchObject({ code: "action-refused" });
    await room.share(ran);
    await act("anna", { type: "hello" });
    expect(file(id).preview).toMatchObject({ status: "ready", state: "1" });
    expect(room.model.log.some((line) => line.text === "hi" && line.who === "a.tsx")).toBe(true);
    await act("anna", { type: "preview", file: id, version: 1, event: { type: "click", path: "b" } });
    await act("bert", { type: "preview", file: id, version: 1, event: { type: "click", path: "c" } });
    expect(file(id).preview.queue.map((event) => event.path)).toEqual(["b", "c"]);
    await room.share({ ...ran, events: 1 });
    await act("anna", { type: "hello" });
    expect(file(id).preview.queue.map((event) => event.path)).toEqual(["c"]);
    await room.share({ ...ran, version: 7 });
    expect(file(id).preview.version).toBe(1);
  });

  test("an experiment that does not keep up refuses more, without losing what waits", async () => {
    const { room, act, create, file } = await openPad();
    const id = await create("a.tsx");
    await room.share({
      type: "ran",
      file: id,
      version: 1,
      events: 0,
      result: { ok: true, tree: { type: "text" }, logs: [] },
    });
    for (let n = 0; n < MAX_QUEUED_EVENTS; n += 1) {
      await act("anna", { type: "preview", file: id, version: 1, event: { type: "click", path: `b${n}` } });
    }
    expect(
      await act("anna", { type: "preview", file: id, version: 1, event: { type: "click", path: "more" } }),
    ).toMatchObject({ type: "failed" });
    expect(file(id).preview.queue).toHaveLength(MAX_QUEUED_EVENTS);
  });

  test("people keep name, file and theme of their own", async () => {
    const { room, act, create } = await openPad();
    const id = await create("a.tsx");
    await act("anna", { type: "person", name: "Anna", file: id, dark: false });
    await act("bert", { type: "person", dark: true });
    expect(room.model.people["anna"]).toMatchObject({ name: "Anna", file: id, dark: false });
    expect(room.model.people["bert"]).toMatchObject({ dark: true });
    await expect(act("bert", { type: "person", name: "x".repeat(99) })).rejects.toThrow("at most");
    await expect(act("bert", { type: "person", file: "f42" })).rejects.toThrow("no such file");
  });

  test("numbered edits are taken once and answered; those that do not fit are told to their author", async () => {
    const { act, create, file } = await openPad();
    const id = await create("a.tsx");
    const { text } = file(id).draft;
    expect(await act("anna", { type: "batch", file: id, batch: BATCH })).toMatchObject({
      type: "model",
      reply: { edited: id },
    });
    await act("anna", { type: "batch", file: id, batch: BATCH });
    expect(file(id).draft).toMatchObject({ text: `x${text}`, rev: 1, answered: [{ editor: "e", number: 1 }] });
    const outside = { ...BATCH, number: 2, after: 1, changes: [{ start: 9_999, end: 9_999, insert: "y" }] };
    expect(await act("anna", { type: "batch", file: id, batch: outside })).toMatchObject({ type: "failed" });
    expect(file(id).draft.text).toBe(`x${text}`);
  });

  test("a model of version 1 gets what numbered edits need", async () => {
    const { room, create, act } = await openPad();
    const id = await create("a.tsx");
    await act("anna", { type: "delete", files: [await create("b.tsx")] });
    const stored = JSON.parse(JSON.stringify(room.model, (key, value) => (key === "answered" ? undefined : value)));
    expect(stored.files[id].draft.answered).toBeUndefined();
    expect(padDefinition.migrate?.(stored, "1")).toEqual(room.model);
  });

  test("newcomers get colors that others do not have", async () => {
    const { room, act } = await openPad();
    for (const who of ["anna", "bert", "carl", "dora"]) await act(who, { type: "hello" });
    const colors = Object.values(room.model.people).map((person) => person.color);
    expect(new Set(colors).size).toBe(4);
  });

  test("the log keeps the last 20 lines, newest first", async () => {
    const { room, create, act } = await openPad();
    const id = await create("a.tsx");
    for (let n = 0; n < 30; n += 1) await act("anna", { type: "save", file: id });
    expect(room.model.log).toHaveLength(20);
    expect(room.model.log[0]?.seq).toBe(room.seq);
  });

  test.each([
    null,
    5,
    { type: "nothing" },
    { type: "edit", file: "f1", rev: -1, splice: null },
    { type: "edit", file: "f1", rev: 0, had: "0", splice: null },
    { type: "edit", file: "f1", rev: 0, splice: { from: 5, to: 1, insert: "" } },
    { type: "edit", file: 7, rev: 0, splice: null },
    { type: "batch", file: "f1", batch: null },
    { type: "batch", file: "f1", batch: { ...BATCH, editor: "x".repeat(65) } },
    { type: "batch", file: "f1", batch: { ...BATCH, revision: -1 } },
    { type: "batch", file: "f1", batch: { ...BATCH, changes: [{ start: 2, end: 1, insert: "" }] } },
    { type: "batch", file: "f1", batch: { ...BATCH, changes: Array(1_001).fill({ start: 0, end: 0, insert: "" }) } },
    {
      type: "batch",
      file: "f1",
      batch: { ...BATCH, changes: Array(9).fill({ start: 0, end: 0, insert: "x".repeat(40_000) }) },
    },
    { type: "delete", files: "f1" },
    { type: "preview", file: "f1", version: 1, event: { type: 5, path: "x" } },
    { type: "import", name: "a.tsx", text: "x" },
    { type: "disk", file: "f1", error: "x" },
  ])("refuses malformed or foreign action %j", async (action) => {
    const { room } = await openPad();
    const seat = room.join({ id: "mallory", name: "m" }, { deliver: () => {}, perform: () => {} });
    await expect(seat.share(action)).rejects.toMatchObject({ code: "action-refused" });
  });
});
