import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PadService } from "../../apps/pad/src/server/service.ts";
import { type Action, fileNamed, type PadFile, type Shared } from "../../apps/pad/src/shared/model.ts";
import { padDefinition } from "../../apps/pad/src/shared/update.ts";
import { createMemoryStore, Room, type Seat } from "../../src/room/index.ts";

// The worker is the built one: worker threads do not run TypeScript.
// Time on the wall: a run of a few milliseconds must not fail on a machine with much else to do.
const sandbox = { workerUrl: new URL("../../dist/sandbox/worker.js", import.meta.url), runMs: 2_500 };
const show = (text: string) => `import { text } from "plushie/ui"; export const view = () => text("t", "${text}");\n`;
const counter = `
import { button, column, text } from "plushie/ui";
export const init = () => ({ keys: "" });
const key = (name: string) => button(name, name, { onClick: (m: { keys: string }) => ({ keys: m.keys + name }) });
export const view = (model: { keys: string }) => column("box", {}, [text("keys", model.keys), key("a"), key("b"), key("c")]);
`;
const endless = `import { text } from "plushie/ui"; export const view = () => { for (;;) {} return text("t", ""); };\n`;

let base: string;
let folder: string;
let examples: string;
let room: Room<Shared, Action>;
let store: ReturnType<typeof createMemoryStore>;
let anna: Seat;
let service: PadService | undefined;
let reports: string[];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "plushie-pad-"));
  folder = join(base, "experiments");
  examples = join(base, "examples");
  await mkdir(examples);
  await writeFile(join(examples, "hello.tsx"), show("hello"));
  await writeFile(join(examples, "keys.tsx"), counter);
  store = createMemoryStore();
  reports = [];
  await openRoom();
});

afterEach(async () => {
  await service?.stop();
  service = undefined;
  await room.close();
  await rm(base, { recursive: true, force: true });
});

async function openRoom(): Promise<void> {
  room = await Room.open({ definition: padDefinition, store, scheduler: setImmediate });
  anna = room.join({ id: "anna", name: "Anna" }, { deliver: () => {}, perform: () => {} });
}

async function start(): Promise<void> {
  service = new PadService({ room, folder, examples, sandbox, report: (message) => reports.push(message) });
  await service.start();
}

async function stop(): Promise<void> {
  await service?.stop();
  service = undefined;
}

/** Resolves when the model is as wanted; the room says when to look again. */
async function until(isSo: (model: Shared) => boolean): Promise<void> {
  if (isSo(room.model)) return;
  await new Promise<void>((resolve) => {
    const unsubscribe = room.onApplied(({ model }) => {
      if (!isSo(model)) return;
      unsubscribe();
      resolve();
    });
  });
}

/** Disk work tells nobody when it is done well. */
async function untilFolder(isSo: () => Promise<boolean>): Promise<void> {
  await expect.poll(isSo, { timeout: 5_000, interval: 10 }).toBe(true);
}

const there = () => readdir(folder).then((names) => names.sort());
const read = (name: string) => readFile(join(folder, name), "utf8");

function file(name: string, model: Shared = room.model): PadFile {
  const found = fileNamed(model, name);
  if (found === undefined) throw new Error(`the pad has no ${name}`);
  return found;
}

const isReady = (name: string) => (model: Shared) => fileNamed(model, name)?.preview.status === "ready";
const treeOf = (name: string) => JSON.stringify(file(name).preview.tree);

async function edit(name: string, text: string): Promise<void> {
  const { id, draft } = file(name);
  const splice = { from: 0, to: draft.text.length, insert: text };
  await anna.share({ type: "edit", file: id, rev: draft.rev, splice });
}

async function save(name: string, text: string): Promise<void> {
  await edit(name, text);
  await anna.share({ type: "save", file: file(name).id });
}

describe("the folder", () => {
  test("starts with the examples, which are run", async () => {
    await start();
    expect(await there()).toEqual(["hello.tsx", "keys.tsx"]);
    expect(await read("hello.tsx")).toBe(show("hello"));
    await until((model) => isReady("hello.tsx")(model) && isReady("keys.tsx")(model));
    expect(treeOf("hello.tsx")).toContain('"content":"hello"');
  });

  test("gets no examples again when everything was deleted", async () => {
    await start();
    await anna.share({ type: "delete", files: Object.keys(room.model.files) });
    await untilFolder(async () => (await there()).length === 0);
    await stop();
    await start();
    expect(await there()).toEqual([]);
    expect(room.model.files).toEqual({});
  });

  test("a save writes the file and runs it", async () => {
    await start();
    await save("hello.tsx", show("saved"));
    await until((model) => isReady("hello.tsx")(model) && file("hello.tsx", model).preview.version === 2);
    expect(treeOf("hello.tsx")).toContain('"content":"saved"');
    await untilFolder(async () => (await read("hello.tsx")) === show("saved"));
    expect(await there()).toEqual(["hello.tsx", "keys.tsx"]);
  });

  test("a rename moves it, also when only the case changes", async () => {
    await start();
    const { id } = file("hello.tsx");
    await anna.share({ type: "rename", file: id, name: "bye.tsx" });
    await untilFolder(async () => !(await there()).includes("hello.tsx"));
    expect(await there()).toEqual(["bye.tsx", "keys.tsx"]);
    await anna.share({ type: "rename", file: id, name: "Bye.tsx" });
    await untilFolder(async () => !(await there()).includes("bye.tsx"));
    expect(await there()).toEqual(["Bye.tsx", "keys.tsx"]);
    expect(await read("Bye.tsx")).toBe(show("hello"));
  });

  test("a delete removes it and a restore writes it back, also at once", async () => {
    await start();
    const { id } = file("hello.tsx");
    await anna.share({ type: "delete", files: [id] });
    await untilFolder(async () => !(await there()).includes("hello.tsx"));
    await anna.share({ type: "restore", file: id });
    await untilFolder(async () => (await there()).includes("hello.tsx"));
    expect(await read("hello.tsx")).toBe(show("hello"));
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([
        anna.share({ type: "delete", files: [id] }),
        anna.share({ type: "restore", file: id }),
        anna.share({ type: "person", dark: round % 2 === 0 }),
      ]);
    }
    await stop();
    expect(await there()).toEqual(["hello.tsx", "keys.tsx"]);
    expect(file("hello.tsx").diskError).toBeUndefined();
  });
});

describe("changes while nobody looked", () => {
  async function away(change: () => Promise<void>): Promise<void> {
    await start();
    await stop();
    await change();
    await start();
  }
  const date = (name: string, at: number) => utimes(join(folder, name), at / 1000, at / 1000);

  test("newer than the last save: read, and run", async () => {
    await away(async () => {
      await writeFile(join(folder, "hello.tsx"), show("by hand"));
      await date("hello.tsx", file("hello.tsx").savedAt + 1_000);
    });
    expect(file("hello.tsx")).toMatchObject({ saved: show("by hand"), version: 2 });
    expect(file("hello.tsx").draft.text).toBe(show("by hand"));
    await until((model) => isReady("hello.tsx")(model) && file("hello.tsx", model).preview.version === 2);
    expect(treeOf("hello.tsx")).toContain("by hand");
    expect(await read("hello.tsx")).toBe(show("by hand"));
  });

  test("older than the last save: overwritten", async () => {
    await away(async () => {
      await writeFile(join(folder, "hello.tsx"), show("old"));
      await date("hello.tsx", file("hello.tsx").savedAt - 1_000);
    });
    expect(file("hello.tsx")).toMatchObject({ saved: show("hello"), version: 1 });
    expect(await read("hello.tsx")).toBe(show("hello"));
  });

  test("a save that was written is as old as the save, however late it was written", async () => {
    await start();
    await save("hello.tsx", show("second"));
    await stop();
    const { mtimeMs } = await stat(join(folder, "hello.tsx"));
    expect(Math.floor(mtimeMs)).toBeLessThanOrEqual(file("hello.tsx").savedAt);
  });

  test("a new file is imported", async () => {
    await away(() => writeFile(join(folder, "new.tsx"), show("new")));
    await until(isReady("new.tsx"));
    expect(file("new.tsx").saved).toBe(show("new"));
  });

  test("a deletion that the process did not live to carry out is carried out", async () => {
    await start();
    await stop();
    await anna.share({ type: "delete", files: [file("hello.tsx").id] });
    await start();
    expect(await there()).toEqual(["keys.tsx"]);
    expect(fileNamed(room.model, "hello.tsx")).toBeUndefined();
  });

  test("unsaved work stays in the editors when the file changed", async () => {
    await start();
    await edit("hello.tsx", show("draft"));
    await stop();
    await writeFile(join(folder, "hello.tsx"), show("by hand"));
    await date("hello.tsx", file("hello.tsx").savedAt + 1_000);
    await start();
    expect(file("hello.tsx").draft.text).toBe(show("draft"));
    expect(file("hello.tsx").saved).toBe(show("by hand"));
  });

  test("what is no experiment is left alone", async () => {
    const secret = join(base, "secret.tsx");
    await writeFile(secret, show("secret"));
    const names = ["a b.tsx", "...tsx", ".hidden.tsx", "con.tsx", "notes.txt", "-x.tsx", "<b>.tsx"];
    await mkdir(folder);
    for (const name of names) await writeFile(join(folder, name), show("foreign"));
    await writeFile(join(folder, "big.tsx"), "x".repeat(1024 * 1024));
    await mkdir(join(folder, "dir.tsx"));
    await writeFile(join(folder, "dir.tsx", "inner.tsx"), show("inner"));
    await symlink(secret, join(folder, "link.tsx"));
    await writeFile(join(folder, "good.tsx"), show("good"));
    const before = await there();
    await start();
    expect(Object.values(room.model.files).map(({ name }) => name)).toEqual(["good.tsx"]);
    await save("good.tsx", show("better"));
    await untilFolder(async () => (await read("good.tsx")) === show("better"));
    expect(await there()).toEqual(before);
    expect((await stat(join(folder, "big.tsx"))).size).toBe(1024 * 1024);
    expect(await readFile(secret, "utf8")).toBe(show("secret"));
  });

  test("a link in place of a file or of its temporary file is never written through", async () => {
    await start();
    const secret = join(base, "secret.txt");
    await writeFile(secret, "secret");
    await rm(join(folder, "hello.tsx"));
    await symlink(secret, join(folder, "hello.tsx"));
    await symlink(secret, join(folder, ".hello.tsx.new"));
    await save("hello.tsx", show("saved"));
    await untilFolder(async () => (await read("hello.tsx")) === show("saved"));
    expect(await readFile(secret, "utf8")).toBe("secret");
  });
});

describe("runs", () => {
  test("an endless loop ends in an error, and other files run meanwhile", async () => {
    await start();
    await until((model) => isReady("hello.tsx")(model) && isReady("keys.tsx")(model));
    const order: string[] = [];
    const unsubscribe = room.onApplied(({ action }) => {
      if (action.type === "ran") order.push(action.file);
    });
    await save("hello.tsx", endless);
    await save("keys.tsx", show("quick"));
    await until((model) => file("hello.tsx", model).preview.status === "failed");
    unsubscribe();
    expect(order).toEqual([file("keys.tsx").id, file("hello.tsx").id]);
    expect(file("hello.tsx").preview.error?.message).toMatch(/loop|time|stopped/);
    expect(treeOf("keys.tsx")).toContain("quick");
  });

  test("events wait for their run and run in order", async () => {
    await start();
    await until(isReady("keys.tsx"));
    const { id } = file("keys.tsx");
    const typed = [..."abcabacbbca"];
    await Promise.all(
      typed.map((key) =>
        anna.share({ type: "preview", file: id, version: 1, event: { type: "click", path: `box/${key}` } }),
      ),
    );
    await until((model) => file("keys.tsx", model).preview.queue.length === 0);
    expect(file("keys.tsx").preview.state).toBe(JSON.stringify({ keys: typed.join("") }));
    expect(treeOf("keys.tsx")).toContain(typed.join(""));
  });

  test("a save during a run is run after it", async () => {
    await start();
    await until((model) => isReady("hello.tsx")(model) && isReady("keys.tsx")(model));
    await save("hello.tsx", endless);
    await save("hello.tsx", show("after"));
    await until((model) => isReady("hello.tsx")(model) && file("hello.tsx", model).preview.version === 3);
    expect(treeOf("hello.tsx")).toContain("after");
  });

  test("stopping during a run ends it at once, and it is run at the next start", async () => {
    await start();
    await until((model) => isReady("hello.tsx")(model) && isReady("keys.tsx")(model));
    await save("hello.tsx", endless);
    let applied = 0;
    const unsubscribe = room.onApplied(() => {
      applied += 1;
    });
    const began = performance.now();
    await stop();
    expect(performance.now() - began).toBeLessThan(400);
    expect(file("hello.tsx").preview.status).toBe("pending");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(applied).toBe(0);
    unsubscribe();
    await room.close();
    await openRoom();
    await start();
    await until((model) => file("hello.tsx", model).preview.status === "failed");
    expect(file("hello.tsx").preview.error?.message).toMatch(/loop|time|stopped/);
  });
});

describe("a folder that cannot be written", () => {
  /** A file where the folder was: refused to everybody, also to the system's administrator. */
  async function block(): Promise<void> {
    await rename(folder, `${folder}.away`);
    await writeFile(folder, "");
  }
  async function unblock(): Promise<void> {
    await rm(folder);
    await rename(`${folder}.away`, folder);
  }

  test("is told at the file, and the next save writes it", async () => {
    await start();
    await block();
    await save("hello.tsx", show("lost?"));
    await until((model) => file("hello.tsx", model).diskError !== undefined);
    expect(reports.length).toBe(1);
    expect(file("keys.tsx").diskError).toBeUndefined();
    await until((model) => isReady("hello.tsx")(model) && file("hello.tsx", model).preview.version === 2);
    await unblock();
    await anna.share({ type: "save", file: file("hello.tsx").id });
    await until((model) => file("hello.tsx", model).diskError === undefined);
    expect(await read("hello.tsx")).toBe(show("lost?"));
  });

  test("a rename that failed is made up for by the next save", async () => {
    await start();
    await block();
    const { id } = file("hello.tsx");
    await anna.share({ type: "rename", file: id, name: "bye.tsx" });
    await until((model) => model.files[id]?.diskError !== undefined);
    await unblock();
    await anna.share({ type: "save", file: id });
    await until((model) => model.files[id]?.diskError === undefined);
    expect(await there()).toEqual(["bye.tsx", "keys.tsx"]);
  });

  test("a new start writes it", async () => {
    await start();
    await block();
    await save("hello.tsx", show("kept"));
    await until((model) => file("hello.tsx", model).diskError !== undefined);
    await stop();
    await unblock();
    await start();
    await until((model) => file("hello.tsx", model).diskError === undefined);
    expect(await read("hello.tsx")).toBe(show("kept"));
  });

  test("a folder that was deleted comes back with the next save", async () => {
    await start();
    await rm(folder, { recursive: true });
    await save("hello.tsx", show("back"));
    await untilFolder(async () => (await read("hello.tsx").catch(() => "")) === show("back"));
    expect(file("hello.tsx").diskError).toBeUndefined();
  });
});
