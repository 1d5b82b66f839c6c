import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, Command, Subscription } from "plushie";
import { mount, parseScript, recordScript, runScript, runScriptFiles, ScriptError, scriptTests } from "plushie/testing";
import { canvas, pointerArea, slider, table, text, window } from "plushie/ui";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { clockApp, counterApp, pickerApp, todoApp } from "./testing-kit-apps.ts";

const TODO = `# Two todos
viewport: 800x600
theme: dark
-----
type #todo_field "Buy milk"
click role:button:"Add"
expect text #todo-1/text "Buy milk"
expect value #todo_field ""
toggle #todo-1/done on
type label:"" ""
`;

// Where tests are run for good, a snapshot that is missing is a failure; here they are made.
beforeEach(() => vi.stubEnv("CI", ""));
afterEach(() => vi.unstubAllEnvs());

describe("running", () => {
  test("does what the lines say, and gives the tree's hash after each", async () => {
    const text = TODO.replace(
      'type label:"" ""\n',
      'expect model todos.0.text "Buy milk"\nexpect not exists #todo-2\n',
    );
    const run = await runScript(text, { app: todoApp });
    expect(run.hashes).toHaveLength(run.script.steps.length + 1);
    expect(new Set(run.hashes).size).toBe(3);
    expect((await runScript(text, { app: todoApp })).hashes).toEqual(run.hashes);
  });

  test("time, timers and effects", async () => {
    await runScript("-----\nclick #start\nadvance 3000\nexpect text #ticks 3\nwait 1000\nexpect text #ticks 4\n", {
      app: clockApp,
    });
    await runScript('-----\nstub file_open {"path": "/tmp/a"}\nclick #open\nsettle\nexpect text #path "/tmp/a"\n', {
      app: pickerApp,
    });
  });

  test("a line that fails is named with file, number and text", async () => {
    const failing = runScript('-----\n# one\nclick #increment\nexpect text #count "Count: 7"\n', {
      app: counterApp,
      file: "counter.plushie",
    });
    await expect(failing).rejects.toThrow(
      'counter.plushie:4: toHaveText: "main#count" shows "Count: 1", expected "Count: 7".\n    expect text #count "Count: 7"',
    );
    await expect(runScript("-----\nclick #reset\n", { app: counterApp })).rejects.toThrow('"main#reset" is disabled');
    await expect(runScript("-----\nexpect model count 3\n", { app: counterApp })).rejects.toThrow(
      "the model's count is 0, expected 3.",
    );
    await expect(runScript("-----\nscreenshot home\n", { app: counterApp })).rejects.toThrow("draws nothing");
    await expect(runScript("-----\nstub nothing {}\n", { app: counterApp })).rejects.toThrow('no effect "nothing"');
  });

  test("what the app reported fails the script", async () => {
    const loud = app<null>({
      init: () => [null, Command.focus("nowhere")],
      update: (model) => model,
      view: () => window("main", []),
    });
    await expect(runScript("-----\n", { app: loud })).rejects.toThrow("target-not-found");
    await runScript("-----\n", { app: loud, allowDiagnostics: ["target-not-found"] });
  });
});

describe("files", () => {
  let folder: string;
  const kit = JSON.stringify(join(import.meta.dirname, "testing-kit-apps.ts"));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "plushie-scripts-"));
    await writeFile(join(folder, "good.plushie"), "app: ./apps.js#counterApp\n-----\nclick #increment\nsnapshot\n");
    await writeFile(join(folder, "bad.plushie"), "app: ./apps.js#counterApp\n-----\nclik #increment\n");
    await writeFile(join(folder, "lost.plushie"), "app: ./apps.js\n-----\n");
    await writeFile(join(folder, "apps.js"), `export { counterApp } from ${kit};\n`);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(...names: string[]) {
    const lines: string[] = [];
    const take = (line: string): void => void lines.push(line);
    const importModule = (): Promise<unknown> => import("./testing-kit-apps.ts");
    const code = await runScriptFiles(
      names.map((name) => join(folder, name)),
      { out: take, error: take, importModule },
    );
    return { code, said: lines.join("\n").replaceAll(`${folder}/`, "") };
  }

  test("pass or fail with a status, and snapshots lie beside the script", async () => {
    expect(await run("good.plushie")).toEqual({ code: 0, said: "ok good.plushie (2 instructions)" });
    expect(await readFile(join(folder, "__snapshots__/good.plushie/tree.tree.json"), "utf8")).toContain("Count: 1");
    const { code, said } = await run("good.plushie", "bad.plushie", "lost.plushie", "missing.plushie");
    expect(code).toBe(1);
    expect(said).toContain('bad.plushie:3: unknown instruction "clik"');
    expect(said).toContain("./apps.js exports no app as default");
    expect(said).toContain("Write app: ./apps.js#todoApp or app: ./apps.js#counterApp");
    expect(said).toContain("no such file");
    expect(said).toContain("1 of 4 scripts passed");
    expect(await run()).toMatchObject({ code: 2 });
  });

  test("become tests of a runner", async () => {
    const tests: [string, () => Promise<void>][] = [];
    scriptTests(folder, { app: counterApp, test: (name, body) => tests.push([name, body]) });
    expect(tests.map(([name]) => name)).toEqual(["bad.plushie", "good.plushie", "lost.plushie"]);
    await tests[1]?.[1]();
    await expect(tests[0]?.[1]()).rejects.toThrow(ScriptError);
    expect(() => scriptTests(import.meta.dirname, { test: () => {} })).toThrow("no .plushie files");
  });
});

describe("recording", () => {
  test("what was done comes out as a script that does the same", async () => {
    await using screen = await mount(todoApp);
    const recording = recordScript(screen, { header: { app: "./todo.ts" } });
    await screen.type("todo_field", "Buy");
    await screen.type("todo_field", "Buy milk");
    await screen.click("add_todo");
    await screen.expect("todo-1/text").toHaveText("Buy milk");
    await screen.toggle("todo-1/done");
    recording.stop();
    await screen.click("add_todo");
    expect(recording.text()).toBe(
      [
        "app: ./todo.ts",
        "-----",
        'type #main#todo_field "Buy milk"',
        "click #main#add_todo",
        'expect text #todo-1/text "Buy milk"',
        "toggle #main#todo-1/done on",
        "",
      ].join("\n"),
    );
    const first = await runScript(recording.text(), { app: todoApp });
    const again = await runScript(recording.text(), { app: todoApp });
    expect(again.hashes).toEqual(first.hashes);
  });

  test("every action of a person has a line, and what follows by itself has none", async () => {
    const everything = app<null>({
      init: () => null,
      update: (model) => model,
      subscribe: () => [Subscription.onKeyPress("k"), Subscription.onKeyRelease("r"), Subscription.onPointerMove("m")],
      view: () =>
        window("main", [
          slider("volume", 5, { range: [0, 10] }),
          pointerArea("area", { onScroll: true }, []),
          canvas("drawing", { onPress: true, width: 100, height: 100 }),
          table("people", {
            columns: [{ key: "name", label: "Name", sortable: true }],
            rows: [{ name: "Ada" }],
          }),
          text("end", "end"),
        ]),
    });
    await using screen = await mount(everything);
    const recording = recordScript(screen);
    await screen.slide("volume", 7.5);
    await screen.scroll("area", { y: 30 });
    await screen.canvasPress("drawing", { x: 4, y: 5, button: "right" });
    await screen.canvasRelease("drawing", { x: 4, y: 5 });
    await screen.canvasMove("drawing", { x: 6, y: 7 });
    await screen.sort("people", "name");
    await screen.press("Control+s");
    await screen.keyDown("Shift");
    await screen.moveTo({ x: 1, y: 2 });
    await screen.advanceFrame();
    await screen.toMatchTreeSnapshot("everything");
    const script = parseScript(recording.text());
    expect(script.steps.map(({ text }) => text)).toEqual([
      "slide #main#volume 7.5",
      "scroll #main#area 0 30",
      "canvas_press #main#drawing 4 5 right",
      "canvas_release #main#drawing 4 5",
      "canvas_move #main#drawing 6 7",
      'sort #main#people "name"',
      'press "Control+s"',
      'release "Control+s"',
      'press "Shift"',
      "move 1 2",
      "advance_frame 16",
      'snapshot "everything"',
    ]);
    await runScript(recording.text(), { app: everything, testFile: import.meta.url });
  });

  test("a session of a person has its pauses", async () => {
    await using screen = await mount(counterApp);
    let now = 0;
    const clock = { now: () => now, after: () => () => {} };
    const recording = recordScript({ observe: screen.observe }, { clock });
    await screen.click("increment");
    now = 1500;
    await screen.click("increment");
    recording.stop();
    expect(recording.text()).toBe("-----\nclick #main#increment\nadvance 1500\nclick #main#increment\n");
  });
});
