import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryStore, Room } from "plushie/room";
import { by, mountShared, type TestBackend } from "plushie/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createPad } from "../../apps/pad/src/app/app.ts";
import { PadService } from "../../apps/pad/src/server/service.ts";
import type { Action, Shared } from "../../apps/pad/src/shared/model.ts";
import { padDefinition } from "../../apps/pad/src/shared/update.ts";

// The worker is the built one: worker threads do not run TypeScript.
const sandbox = { workerUrl: new URL("../../dist/sandbox/worker.js", import.meta.url), runMs: 2_000 };
const show = (text: string): string =>
  `import { text } from "plushie/ui"; export const view = () => text("t", "${text}");\n`;
const COUNTER = `import { button, column, text } from "plushie/ui";
export const init = () => ({ count: 0 });
export const view = (model: { count: number }) =>
  column("box", {}, [
    text("count", \`Count: \${model.count}\`),
    button("more", "+", { onClick: (m: { count: number }) => ({ count: m.count + 1 }) }),
  ]);
`;
const ANNA = { id: "anna", name: "Anna" };
const BERT = { id: "bert", name: "Bert" };

/** What the pad does for people, through the test kit: the same on every backend. */
export function describePad(backend: TestBackend): void {
  let base: string;
  let room: Room<Shared, Action>;
  let service: PadService;

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "plushie-pad-kit-"));
    const examples = join(base, "examples");
    await mkdir(examples);
    await writeFile(join(examples, "hello.tsx"), show("hello"));
    await writeFile(join(examples, "counter.tsx"), COUNTER);
    room = await Room.open({ definition: padDefinition, store: createMemoryStore(), scheduler: setImmediate });
    service = new PadService({ room, folder: join(base, "experiments"), examples, sandbox, report: () => {} });
    await service.start();
  });

  afterEach(async () => {
    await service.stop();
    await room.close();
    await rm(base, { recursive: true, force: true });
  });

  const visit = (who = ANNA) =>
    mountShared(createPad({ invite: () => "http://pad/invitation" }), room, who, {
      backend,
      viewport: { width: 1200, height: 800 },
      // Runs of experiments take real time.
      timeoutMs: 15_000,
    });
  type Visit = Awaited<ReturnType<typeof visit>>;
  const open = (pad: Visit, name: string): Promise<void> => pad.click(by.label(`Open ${name}`));
  const editorOf = (name: string) => by.label(`Code of ${name}`);

  describe(`the pad, ${backend}`, () => {
    test("lists the experiments, finds by name and opens one in the editor", async () => {
      await using pad = await visit();
      await pad.expect("file-count").toHaveText("2");
      await pad.expect(editorOf("counter.tsx")).toHaveProp("content", COUNTER);
      await pad.type("search", "HELL");
      await pad.expect("file-count").toHaveText("1");
      await pad.expect(by.label("Open counter.tsx")).toBeAbsent();
      await open(pad, "hello.tsx");
      await pad.expect("file-title").toHaveText("hello.tsx");
      await pad.expect(editorOf("hello.tsx")).toHaveProp("content", show("hello"));
      await pad.type("search", "nothing like it");
      await pad.expect("no-files").toHaveText("Nothing found");
    });

    test("an edit is unsaved until Save, which runs it and writes the file", async () => {
      await using pad = await visit();
      await open(pad, "hello.tsx");
      await pad.expect("preview/t").toHaveText("hello");
      await pad.type(editorOf("hello.tsx"), show("changed"));
      await pad.expect("save-state").toHaveText("Unsaved");
      await pad.expect("main").toHaveProp("title", "● hello.tsx - Plushie Pad");
      await pad.click("save");
      await pad.expect("save-state").toHaveText("Saved");
      await pad.expect("preview/t").toHaveText("changed");
      await expect.poll(() => readFile(join(base, "experiments/hello.tsx"), "utf8")).toBe(show("changed"));
    });

    test("a mistake is shown with its place, and is gone when it is", async () => {
      await using pad = await visit();
      await open(pad, "hello.tsx");
      await pad.type(editorOf("hello.tsx"), "const a = 1;\nexport const view = a +;");
      await pad.press("Control+s");
      await pad.expect("error").toHaveText(/^Line 2, column 24: Unexpected token/);
      await pad.expect("preview").toBeAbsent();
      await pad.type(editorOf("hello.tsx"), show("good again"));
      await pad.click("save");
      await pad.expect("preview/t").toHaveText("good again");
      await pad.expect("error").toBeAbsent();
    });

    test("an experiment's own buttons work", async () => {
      await using pad = await visit();
      await pad.expect("preview/box/count").toHaveText("Count: 0");
      await pad.click("preview/box/more");
      await pad.expect("preview/box/count").toHaveText("Count: 1");
      await pad.click("preview/box/more");
      await pad.expect("preview/box/count").toHaveText("Count: 2");
    });

    test("a new experiment needs a good name and opens at once", async () => {
      await using pad = await visit();
      await pad.type("new-name", "../evil");
      await pad.click("create");
      await pad.expect("new-name-fault").toExist();
      await pad.type("new-name", "fresh");
      await pad.expect("new-name-fault").toBeAbsent();
      await pad.submit("new-name");
      await pad.expect("file-title").toHaveText("fresh.tsx");
      await pad.expect("new-name").toHaveValue("");
      await pad.expect("preview/title").toHaveText("Fresh");
      await pad.expect("file-count").toHaveText("3");
    });

    test("a rename keeps the text; a name that is taken is refused beside the field", async () => {
      await using pad = await visit();
      await open(pad, "hello.tsx");
      await pad.click("rename");
      await pad.type("new-file-name", "counter.tsx");
      await pad.click("rename-done");
      await pad.expect("rename-fault").toExist();
      await pad.type("new-file-name", "bye.tsx");
      await pad.submit("new-file-name");
      await pad.expect("file-title").toHaveText("bye.tsx");
      await pad.expect(editorOf("bye.tsx")).toHaveProp("content", show("hello"));
      await pad.expect(by.label("Open hello.tsx")).toBeAbsent();
      await pad.click("rename");
      await pad.click("rename-cancel");
      await pad.expect("file-title").toHaveText("bye.tsx");
    });

    test("deleting can be undone, one or several", async () => {
      await using pad = await visit();
      await pad.click(by.label("Delete hello.tsx"));
      await pad.expect("notice-text").toHaveText("Deleted hello.tsx");
      // [R386] It comes in by an animation of the renderer's.
      expect(pad.find("notice-text")?.props["size"]).toMatchObject({ type: "transition", from: 16, to: 13 });
      await pad.expect("file-count").toHaveText("1");
      await pad.click("undo-delete");
      await pad.expect(by.label("Open hello.tsx")).toExist();
      await pad.expect("notice").toBeAbsent();
      await pad.toggle(by.label("Select hello.tsx"));
      await pad.toggle(by.label("Select counter.tsx"));
      await pad.click("delete-selected");
      await pad.expect("no-file-hint").toExist();
      await pad.expect("save").toBeDisabled();
      await expect(pad.click("save")).rejects.toThrow("is disabled");
      await pad.click("undo-delete");
      await pad.expect("file-count").toHaveText("2");
    });

    test("the overview tells of every experiment and opens it", async () => {
      await using pad = await visit();
      await pad.click("show-browser");
      await pad.expect("browser-title").toHaveText("All Experiments");
      const [file] = Object.values(room.model.files).filter(({ name }) => name === "hello.tsx");
      await pad.expect(`browse-${file?.id}/about`).toHaveText("2 lines, saved once");
      await open(pad, "hello.tsx");
      await pad.expect("file-title").toHaveText("hello.tsx");
      await pad.click("show-browser");
      await pad.click("back-to-editor");
      await pad.expect("file-title").toHaveText("hello.tsx");
    });

    test("the preview has a window of its own while it is detached", async () => {
      await using pad = await visit();
      await pad.expect("preview/box/count").toHaveText("Count: 0");
      await pad.click("detach");
      await pad.expect("experiment").toHaveProp("title", "Experiment: counter.tsx");
      await pad.expect("preview-wrap").toBeAbsent();
      await pad.click("experiment#detached-preview/preview-scroll/preview/box/more");
      await pad.expect("preview/box/count").toHaveText("Count: 1");
      await pad.click("detach");
      await pad.expect("experiment").toBeAbsent();
      await pad.expect("preview-wrap").toExist();
    });

    test("auto-save saves a second after the last change", async () => {
      await using pad = await visit();
      await open(pad, "hello.tsx");
      await pad.toggle("auto-save");
      await pad.type(editorOf("hello.tsx"), show("automatic"));
      expect(pad.activeSubscriptions.map(({ kind }) => kind)).toContain("every");
      await pad.advance(1_000);
      await pad.expect("preview/t").toHaveText("automatic");
      await pad.expect("save-state").toHaveText("Saved");
      expect(pad.activeSubscriptions.map(({ kind }) => kind)).not.toContain("every");
    });

    test("copying and inviting use the clipboard, and say when there is none", async () => {
      await using pad = await visit();
      await pad.stubEffect("clipboard_write", null);
      await pad.click("copy");
      await pad.expect("notice-text").toHaveText("Copied to the clipboard");
      await pad.click("invite");
      await pad.expect("notice-text").toHaveText("For one more person, once: http://pad/invitation");
      expect(pad.issuedCommands.filter(({ kind }) => kind === "effect")).toHaveLength(2);
      await pad.press("Escape");
      await pad.expect("notice").toBeAbsent();
    });

    test("two people see each other, what the other types, and each their own theme", async () => {
      await using anna = await visit(ANNA);
      await using bert = await visit(BERT);
      await anna.expect("person-bert/disc").toExist();
      await open(anna, "hello.tsx");
      await open(bert, "hello.tsx");
      await anna.type(editorOf("hello.tsx"), "// from Anna");
      await bert.expect(editorOf("hello.tsx")).toHaveProp("content", "// from Anna");
      await bert.type(editorOf("hello.tsx"), "// from Bert");
      await anna.expect(editorOf("hello.tsx")).toHaveProp("content", "// from Bert");
      const before = anna.find("main")?.props["theme"];
      await bert.toggle("dark");
      await bert.expect("main").toHaveProp("theme", before === "dark" ? "light" : "dark");
      await anna.expect("main").toHaveProp("theme", before);
      await bert.dispose();
      await anna.expect("person-bert").toBeAbsent();
    });
  });
}
