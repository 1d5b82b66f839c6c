import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, isKeyPress, next, Subscription } from "plushie";
import { by, mount, recordScript, runScript, type TestBackend } from "plushie/testing";
import {
  button,
  canvas,
  column,
  container,
  interactive,
  pickList,
  rect,
  slider,
  stack,
  svg,
  text,
  textInput,
  window,
} from "plushie/ui";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { clockApp, counterApp, loaderApp, pickerApp, todoApp } from "../integration/testing-kit-apps.ts";
import "./support/kit-browser.ts";

// Where tests are run for good, a golden file that is missing is a failure; here they are made.
beforeEach(() => vi.stubEnv("CI", ""));
afterEach(() => vi.unstubAllEnvs());

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "plushie-kit-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const formApp = app<readonly string[]>({
  init: () => next([]),
  update(model, event) {
    if (isKeyPress(event, { key: "s", command: true })) return next([...model, "save"]);
    if (event.kind !== "widget" || !["click", "select", "slide", "input"].includes(event.type)) return next(model);
    return next([...model, `${event.type} ${event.id}${"value" in event ? ` ${JSON.stringify(event.value)}` : ""}`]);
  },
  subscribe: () => [Subscription.onKeyPress("keys")],
  view: () =>
    window("main", [
      column({ padding: 20, spacing: 10 }, [
        textInput("name", ""),
        pickList("color", ["red", "green"], { selected: "red" }),
        slider("volume", 5, { range: [0, 10], width: 200 }),
        canvas("drawing", { width: 50, height: 50, onPress: true }),
      ]),
    ]),
});

/** Everything that a drawing with an element says. */
const drawingApp = app<readonly string[]>({
  init: () => next([]),
  update: (model, event) =>
    event.kind !== "widget"
      ? next(model)
      : next([...model, `${event.type} ${event.id}${"value" in event ? ` ${JSON.stringify(event.value)}` : ""}`]),
  view: () =>
    window("main", [
      canvas("drawing", { width: 50, height: 50, onPress: true }, [
        interactive("a", { onClick: true, a11y: { role: "button", label: "A" } }, [rect({ w: 20, h: 20 })]),
      ]),
    ]),
});

// [R398] One test file for all backends; what needs a picture asks whether there is one.
describe.each<TestBackend>(["mock", "headless"])("on %s", (backend) => {
  test("[R395] typing over what was there, a click, a toggle", async () => {
    await using screen = await mount(todoApp, { backend });
    await screen.type("todo_field", "Buy bread");
    await screen.type("todo_field", "Buy milk");
    await screen.expect("todo_field").toHaveValue("Buy milk");
    await screen.click(by.role("button", { name: "Add" }));
    await screen.expect("todo-1/text").toHaveText("Buy milk");
    await screen.expect("todo_field").toHaveValue("");
    await screen.type("todo_field", "x");
    await screen.type("todo_field", "");
    await screen.expect("todo_field").toHaveValue("");
  });

  test("a disabled button cannot be clicked", async () => {
    await using screen = await mount(counterApp, { backend });
    await expect(screen.click("reset")).rejects.toThrow('click: "main#reset" is disabled.');
    await screen.click("increment");
    await screen.click("reset");
    await screen.expect("count").toHaveText("Count: 0");
  });

  test("lists, sliders and keys", async () => {
    await using screen = await mount(formApp, { backend });
    await screen.select("color", "green");
    await screen.slide("volume", 7);
    await screen.press("Control+s");
    expect(screen.model).toContain('select color "green"');
    expect(screen.model).toContain("slide volume 7");
    expect(screen.model).toContain("save");
  });

  test("a press on an element of a canvas clicks it; beside all elements it is the canvas's", async () => {
    await using screen = await mount(drawingApp, { backend });
    const said = (): readonly string[] =>
      screen.model.filter((event) => /^(press|release|click) /.test(event)).map((event) => event.replace(/ \{.*/, ""));
    await screen.canvasPress("drawing", { x: 40, y: 40 });
    await screen.canvasRelease("drawing", { x: 40, y: 40 });
    expect(said()).toEqual(["press drawing", "release drawing"]);
    await screen.canvasPress("drawing", { x: 10, y: 12 });
    expect(screen.model.at(-1)).toBe('click a {"x":10,"y":12,"button":"left"}');
    await screen.canvasRelease("drawing", { x: 10, y: 12 });
    expect(said()).toEqual(["press drawing", "release drawing", "click a", "release drawing"]);
  });

  test("time stands still until the test moves it; effects and tasks are awaited", async () => {
    await using clock = await mount(clockApp, { backend });
    await clock.click("start");
    await clock.advance(3_000);
    await clock.expect("ticks").toHaveText("3");
    await using picker = await mount(pickerApp, { backend });
    await picker.stubEffect("file_open", { path: "/tmp/notes.txt" });
    await picker.click("open");
    await picker.expect("path").toHaveText("/tmp/notes.txt");
    await using loader = await mount(loaderApp, { backend, appOpts: { load: async () => "here" } });
    await loader.click("load");
    await loader.expect("state").toHaveText("here");
  });

  test("a script gives the same trees, however often and wherever it runs", async () => {
    const script =
      '-----\ntype #todo_field "Buy milk"\nclick #add_todo\nexpect text #todo-1/text "Buy milk"\nhash end\n';
    const options = { app: todoApp, backend, testFile: join(folder, "todo.plushie") };
    const { hashes } = await runScript(script, options);
    expect(new Set(hashes).size).toBe(3);
    expect((await runScript(script, options)).hashes).toEqual(hashes);
  });
});

describe("what only a picture shows", () => {
  const coveredApp = app<number>({
    init: () => 0,
    update: (model) => model,
    view: () =>
      window("main", [
        stack({ width: 200, height: 100 }, [
          button("below", "Below", { width: 200, height: 100 }),
          container({ width: "fill", height: "fill" }, [button("above", "Above", { width: "fill", height: "fill" })]),
        ]),
      ]),
  });

  test("a covered button cannot be clicked, and the one above is named", async () => {
    await using screen = await mount(coveredApp, { backend: "headless" });
    await screen.click("above");
    await expect(screen.click("below")).rejects.toThrow('"main#below" is covered by "main#above"');
  });

  test("what stands in a stack lies on what comes before it, also with the keyboard", async () => {
    const size = { width: 200, height: 60 } as const;
    const above = {
      button: () => button("above", "Above", size),
      slider: () => slider("above", 5, { range: [0, 10], width: 200, height: 60 }),
      canvas: () => canvas("above", { ...size, onPress: true }),
      field: () => textInput("above", "", { width: 200, padding: 20 }),
      list: () => pickList("above", ["red"], { width: 200, padding: 20 }),
    };
    const stacks = app<keyof typeof above>({
      init: () => "button",
      update: (model) => model,
      view: (model) => window("main", [stack("pile", size, [button("below", "Below", size), above[model]()])]),
    });
    for (const model of ["button", "slider", "canvas", "field", "list"] as const) {
      const piled = { ...stacks, init: () => next(model) };
      await using screen = await mount(piled, { backend: "headless" });
      await screen.press("Tab");
      await screen.press("Tab");
      await expect(screen.click("below"), model).rejects.toThrow(`"main#pile/below" is covered by "main#pile/above"`);
    }
  });

  test("a picture is compared with its golden, and a difference is drawn", async () => {
    await using screen = await mount(counterApp, {
      backend: "headless",
      viewport: { width: 320, height: 200 },
      testFile: join(folder, "counter.test.ts"),
    });
    expect(screen.draws).toBe(true);
    const shot = await screen.screenshot();
    expect([shot.width, shot.height, shot.rgba.length]).toEqual([320, 200, 320 * 200 * 4]);
    expect(Buffer.from(shot.png()).toString("latin1", 1, 4)).toBe("PNG");
    expect((await screen.screenshot()).hash).toBe(shot.hash);
    await screen.toMatchScreenshot("home");
    await screen.toMatchScreenshot("home");
    await screen.click("increment");
    await expect(screen.toMatchScreenshot("home")).rejects.toThrow(/pixels \(\d+\.\d\d %\) differ, within x \d+/);
    const place = join(folder, "__snapshots__/counter.test.ts");
    expect(existsSync(join(place, "home.headless.actual.png"))).toBe(true);
    expect(existsSync(join(place, "home.headless.diff.png"))).toBe(true);
    await expect(screen.toMatchScreenshot("home", { width: 300 })).rejects.toThrow("it is 300x200, expected 320x200");
    await screen.toMatchScreenshot("home", { width: 320, tolerance: { pixels: 0.5 } });
    expect((await readFile(join(place, "home.headless.png"))).toString("latin1")).toMatch(/Drawn by\0\w*Chrom/);
  });

  test("pictures come from the folders that were named", async () => {
    await writeFile(
      join(folder, "red.svg"),
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="#f00"/></svg>',
    );
    const pictured = app<null>({
      init: () => null,
      update: (model) => model,
      view: () => window("main", [svg("logo", { source: "red.svg", width: 50, height: 50 })]),
    });
    const corner = async (assets: string | readonly string[]): Promise<readonly number[]> => {
      const viewport = { width: 50, height: 50 };
      await using screen = await mount(pictured, { backend: "headless", viewport, assets });
      return [...(await screen.screenshot()).rgba.subarray(0, 3)];
    };
    expect(await corner(folder)).toEqual([255, 0, 0]);
    expect(await corner(["/nowhere", folder])).toEqual([255, 0, 0]);
    await expect(corner([])).rejects.toThrow("asset_refused");
  });

  test("what the system prefers is seen", async () => {
    const themed = app<null>({
      init: () => null,
      update: (model) => model,
      view: () => window("main", { theme: "system" }, [text("hello", "Hello")]),
    });
    const corner = async (theme: "light" | "dark"): Promise<number> => {
      await using screen = await mount(themed, { backend: "headless", theme, viewport: { width: 50, height: 50 } });
      return (await screen.screenshot()).rgba[0] ?? -1;
    };
    expect(await corner("dark")).toBeLessThan(await corner("light"));
  });

  test("real input is recorded as the script that repeats it", async () => {
    await using screen = await mount(todoApp, { backend: "headless" });
    const recording = recordScript(screen);
    await screen.type("todo_field", "Buy milk");
    await screen.click("add_todo");
    recording.stop();
    expect(recording.text()).toBe('-----\ntype #main#todo_field "Buy milk"\nclick #main#add_todo\n');
    const { hashes } = await runScript(recording.text(), { app: todoApp, backend: "mock" });
    expect(hashes.at(-1)).toBe(screen.treeHash());
  });
});
