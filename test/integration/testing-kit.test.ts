import { app, Command, Composite, composite, isClick, isKeyPress, memo, next, Subscription } from "plushie";
import { by, events, mount, simulate, TestFailure } from "plushie/testing";
import {
  button,
  canvas,
  column,
  createUi,
  pickList,
  pointerArea,
  radio,
  row,
  scrollable,
  slider,
  text,
  textInput,
  window,
} from "plushie/ui";
import { describe, expect, test } from "vitest";
import { type CountModel, clockApp, counterApp, loaderApp, pickerApp, todoApp } from "./testing-kit-apps.ts";

describe("actions", () => {
  for (const testFormat of ["json", "msgpack"] as const) {
    test(`[R395] [R157] [R399] typing and a click add a todo, over ${testFormat}`, async () => {
      await using screen = await mount(todoApp, { testFormat });
      await screen.type("todo_field", "Buy milk");
      await screen.expect("todo_field").toHaveValue("Buy milk");
      await screen.click(by.role("button", { name: "Add" }));
      await screen.expect("todo-1/text").toHaveText("Buy milk");
      await screen.expect("todo_field").toHaveValue("");
      expect(screen.model.todos[0]?.text).toBe("Buy milk");
      expect(screen.issuedCommands).toEqual([Command.focus("todo_field")]);
    });
  }

  test("inline handlers count, and their commands are read out", async () => {
    await using screen = await mount(counterApp);
    await screen.click(by.text("+"));
    await screen.click("increment");
    expect(screen.text("count")).toBe("Count: 2");
    await screen.click("main#reset");
    expect(screen.model.count).toBe(0);
    expect(screen.issuedCommands).toEqual([Command.announce("Back to zero")]);
  });

  test("a missing target is named together with what comes near", async () => {
    await using screen = await mount(counterApp);
    await expect(screen.click("incremnt")).rejects.toThrow(
      'click: no widget has the id "incremnt". Similar: "increment".',
    );
    await expect(screen.click(by.role("button", { name: "rest" }))).rejects.toThrow('Similar: "Reset"');
    await expect(screen.click("nothing-like-it-at-all")).rejects.toThrow('There are: "main", "main#count"');
  });

  test("refuses what a person could not do", async () => {
    await using screen = await mount(counterApp);
    await expect(screen.click("reset")).rejects.toThrow('click: "main#reset" is disabled.');
    await expect(screen.toggle("increment")).rejects.toThrow("is a button, which has no toggle");
    await expect(screen.press("a")).rejects.toThrow("subscribes to no keys");
    await expect(screen.click(by.role("button"))).rejects.toThrow('2 widgets have the role "button"');
  });

  test("submit needs a field that reports it, select one of the options", async () => {
    const fields = app<{ readonly color: string }>({
      init: () => ({ color: "red" }),
      update: (model) => model,
      view: ({ color }) =>
        window("main", [column([textInput("name", "Ada"), pickList("color", ["red", "green"], { selected: color })])]),
    });
    await using screen = await mount(fields);
    await expect(screen.submit("name")).rejects.toThrow("Give it onSubmit in the view");
    await expect(screen.select("color", "blue")).rejects.toThrow('has no option "blue". It has "red", "green"');
  });

  test("toggle goes to the other state, submit sends the text that is there", async () => {
    interface Form {
      readonly isOn: boolean;
      readonly sent: string;
    }
    const ui = createUi<Form>();
    const form = app<Form>({
      init: () => ({ isOn: false, sent: "" }),
      update: (model) => model,
      view: ({ isOn, sent }) =>
        ui.window("main", [
          ui.checkbox("on", isOn, { onToggle: (model, event) => ({ ...model, isOn: event.value }) }),
          ui.textInput("name", "Ada", { onSubmit: (model, event) => ({ ...model, sent: event.value }) }),
          ui.text("sent", sent),
        ]),
    });
    await using screen = await mount(form);
    await screen.toggle("on");
    await screen.expect("on").toBeChecked();
    await screen.toggle("on");
    await screen.expect("on").toBeUnchecked();
    await screen.submit("name");
    await screen.expect("sent").toHaveText("Ada");
  });

  test("every action arrives as the event that it stands for", async () => {
    const heard = app<readonly string[]>({
      init: () => next([]),
      update: (model, event) =>
        event.kind === "widget"
          ? next([...model, `${event.type} ${event.id} ${JSON.stringify(event.value)}`])
          : next(model),
      view: () =>
        window("main", [
          pickList("color", ["red", "green"], { selected: "red" }),
          radio("small", "s", { selected: "l" }),
          slider("volume", 5, { range: [0, 10] }),
          textInput("name", "Ada", { onPaste: true }),
          pointerArea("area", { onScroll: true }, []),
          scrollable("list", { onScroll: true }, []),
          canvas("drawing", { onPress: true, width: 100, height: 100 }),
        ]),
    });
    await using screen = await mount(heard);
    await screen.select("color", "green");
    await screen.select("small");
    await screen.slide("volume", 7);
    await screen.paste("name", "Grace");
    await screen.scroll("area", { y: 30 });
    await expect(screen.scroll("list", { y: 30 })).rejects.toThrow("is a scrollable, which has no scroll.");
    await screen.canvasPress("drawing", { x: 4, y: 5 });
    expect(screen.model.slice(0, 4)).toEqual([
      'select color "green"',
      'select small "s"',
      "slide volume 7",
      'paste name "Grace"',
    ]);
    expect(screen.model[4]).toContain('scroll area {"x":0,"y":0,"deltaX":0,"deltaY":30');
    expect(screen.model[5]).toContain('press drawing {"x":4,"y":5,"button":"left"');
    expect(screen.model).toHaveLength(6);
  });

  test("keys reach who subscribes to them, once", async () => {
    const saver = app<{ readonly saved: number; readonly heard: number }>({
      init: () => ({ saved: 0, heard: 0 }),
      update: (model, event) => ({
        saved: model.saved + (isKeyPress(event, { key: "s", command: true }) ? 1 : 0),
        heard: model.heard + (event.kind === "key" ? 1 : 0),
      }),
      subscribe: () => [Subscription.onKeyPress("keys")],
      view: () => window("main", []),
    });
    await using screen = await mount(saver);
    await screen.press("Control+s");
    expect(screen.model).toEqual({ saved: 1, heard: 1 });
  });
});

describe("what goes on by itself", () => {
  test("[R401] an async task: shown while under way, awaited by an assertion", async () => {
    let finish: (value: string) => void = () => {};
    const load = (): Promise<string> => new Promise((resolve) => (finish = resolve));
    await using screen = await mount(loaderApp, { appOpts: { load } });
    await screen.click("load");
    expect(screen.text("state")).toBe("loading");
    setImmediate(() => finish("here it is"));
    await screen.expect("state").toHaveText("here it is");
  });

  test("settled waits for tasks, and names those that do not end", async () => {
    await using screen = await mount(loaderApp, { appOpts: { load: async () => "quick" } });
    await screen.click("load");
    await screen.settled();
    expect(screen.model.state).toBe("quick");
    await using stuck = await mount(loaderApp, { appOpts: { load: () => new Promise(() => {}) }, timeoutMs: 5 });
    await stuck.click("load");
    await expect(stuck.settled()).rejects.toThrow('still under way: "loaded"');
  });

  test("timers follow the clock of the test", async () => {
    await using screen = await mount(clockApp);
    expect(screen.activeSubscriptions).toEqual([]);
    await screen.click("start");
    expect(screen.activeSubscriptions).toEqual([Subscription.every(1000, "second")]);
    await screen.advance(999);
    await screen.expect("ticks").toHaveText("0");
    await screen.advance(3_600_001);
    await screen.expect("ticks").toHaveText("3601");
    await screen.click("stop");
    await screen.advance(10_000);
    await screen.expect("ticks").toHaveText("3601");
    expect(screen.activeSubscriptions).toEqual([]);
  });

  test("a delay that follows from a delay counts from the moment of the first", async () => {
    await using screen = await mount(clockApp);
    await screen.click("ring");
    await screen.advance(250);
    expect(screen.model.rings).toBe(2);
    await screen.advance(50);
    expect(screen.model.rings).toBe(3);
  });

  test("a delay of nothing that follows from itself is a loop", async () => {
    const again = Command.after(0, "again" as const);
    const looping = app<number, "again">({
      init: () => [0, again],
      update: (model) => [model, again],
      view: () => window("main", []),
    });
    await using screen = await mount(looping);
    await expect(screen.advance(1)).rejects.toThrow("never comes to rest");
  });

  test("nobody waits for the tasks of an app that has ended", async () => {
    await using screen = await mount(loaderApp, { appOpts: { load: () => new Promise(() => {}) } });
    await screen.click("load");
    await screen.perform(Command.exit());
    await screen.settled();
    expect(screen.runtime.state).toBe("stopped");
    await expect(screen.click("load")).rejects.toThrow("not running: it is stopped");
  });

  test("a frame is told to who subscribes to frames", async () => {
    const frames = app<{ readonly at: number }>({
      init: () => ({ at: -1 }),
      update: (model, event) => (event.kind === "animation" ? { at: event.timestamp } : model),
      subscribe: () => [Subscription.onAnimationFrame("frames")],
      view: () => window("main", []),
    });
    await using screen = await mount(frames, { startAt: 1000 });
    await screen.advanceFrame();
    expect(screen.model.at).toBe(1016);
  });

  test("a stubbed effect answers; others say that nobody could", async () => {
    await using screen = await mount(pickerApp);
    await screen.click("open");
    await screen.expect("path").toHaveText("unsupported");
    await screen.stubEffect("file_open", { path: "/tmp/notes.txt" });
    await screen.click("open");
    await screen.expect("path").toHaveText("/tmp/notes.txt");
    expect(screen.issuedCommands.map((command) => command.kind)).toEqual(["effect", "effect"]);
  });
});

describe("assertions", () => {
  test("fail at once when nothing is under way", async () => {
    await using screen = await mount(counterApp);
    await expect(screen.expect("count").toHaveText("Count: 1")).rejects.toThrow(
      'toHaveText: "main#count" shows "Count: 0", expected "Count: 1".',
    );
    await expect(screen.expect("increment").toBeAbsent()).rejects.toThrow("toBeAbsent");
    await expect(screen.expect("missing").toExist()).rejects.toThrow(TestFailure);
    await expect(screen.expect("count").toBeChecked()).rejects.toThrow("cannot be checked");
    await expect(screen.until(({ count }) => count === 1)).rejects.toThrow("never got there");
  });

  test("hold for what is there", async () => {
    await using screen = await mount(counterApp);
    await screen.expect("count").toHaveText(/^Count: \d$/);
    await screen.expect("reset").toBeDisabled();
    await screen.expect("increment").toBeEnabled();
    await screen.expect("decrement").toBeAbsent();
    await screen.expect("main").toHaveText("Count: 0 + Reset");
  });

  test("trees compare as plain JSON, and by their hash", async () => {
    await using one = await mount(counterApp);
    await using other = await mount(counterApp, { testFormat: "json" });
    expect(other.treeHash()).toBe(one.treeHash());
    const before = JSON.parse(JSON.stringify(one.plainTree()));
    await other.toMatchTree(before);
    await one.click("increment");
    expect(other.treeHash()).not.toBe(one.treeHash());
    await expect(one.toMatchTree(before)).rejects.toThrow(
      'toMatchTree: the prop content of "main#count" is "Count: 1", expected "Count: 0".',
    );
  });
});

describe("the end", () => {
  const failing = app<{ readonly count: number }>({
    init: () => ({ count: 0 }),
    update(model, event) {
      if (event.kind === "widget") throw new Error("no good");
      return model;
    },
    view: () => window("main", [button("go", "Go")]),
  });

  test("a report of level error fails the test", async () => {
    const screen = await mount(failing);
    await screen.click("go");
    await expect(screen.dispose()).rejects.toThrow("error update-failed");
    await screen.dispose();
  });

  test("an action that fails says what was reported before", async () => {
    const blank = app<number>({
      init: () => 0,
      update: (model) => model,
      view: () => {
        throw new Error("no view");
      },
    });
    await using screen = await mount(blank);
    await expect(screen.click("go")).rejects.toThrow(/the view shows nothing[\s\S]*view-failed[\s\S]*no view/);
    screen.allowDiagnostics("view-failed");
  });

  test("a report of level warn fails the test unless it is allowed", async () => {
    const screen = await mount(counterApp);
    await screen.perform(Command.focus("nowhere"));
    expect(screen.issuedCommands).toEqual([Command.focus("nowhere")]);
    await expect(screen.dispose()).rejects.toThrow("warn target-not-found");
    await using allowed = await mount(counterApp, { allowDiagnostics: ["target-not-found"] });
    await allowed.perform(Command.focus("nowhere"));
    await using later = await mount(counterApp);
    await later.perform(Command.focus("nowhere"));
    later.allowDiagnostics("target-not-found");
    expect(later.diagnostics.map(({ code }) => code)).toContain("target-not-found");
  });

  test("an action that nobody awaited fails the test", async () => {
    const screen = await mount(counterApp);
    const forgotten = screen.click("increment");
    await expect(screen.dispose()).rejects.toThrow("1 actions or assertions were not awaited");
    await forgotten;
    await expect(screen.click("increment")).rejects.toThrow("was disposed");
  });

  test("[R401] nothing is left on the clock", async () => {
    const screen = await mount(clockApp);
    await screen.click("start");
    await screen.click("ring");
    await screen.dispose();
    expect(screen.clock.pending).toBe(0);
    expect(screen.runtime.state).toBe("stopped");
  });

  test("an init that fails is told by mount", async () => {
    const broken = app<number>({
      init: () => {
        throw new Error("no database");
      },
      update: (model) => model,
      view: () => window("main", []),
    });
    await expect(mount(broken)).rejects.toThrow("no database");
  });
});

describe("mount", () => {
  test("two mounts of an app know nothing of each other", async () => {
    await using one = await mount(counterApp);
    await using other = await mount(counterApp);
    await Promise.all([one.click("increment"), one.click("increment"), other.click("increment")]);
    expect([one.model.count, other.model.count]).toEqual([2, 1]);
    await one.click("reset");
    expect(other.issuedCommands).toEqual([]);
  });

  test("keeps the identity of memoized elements", async () => {
    let rendered = 0;
    const ui = createUi<CountModel>();
    const line = memo((label: string) => {
      rendered += 1;
      return ui.button("memoized", label, { onClick: (model) => ({ count: model.count + 1 }) });
    });
    const memoized = app<CountModel>({
      init: () => ({ count: 0 }),
      update: (model) => model,
      view: ({ count }) => ui.window("main", [line("Once"), ui.text("count", `${count}`)]),
    });
    await using screen = await mount(memoized);
    await screen.click("memoized");
    await screen.click("memoized");
    await screen.expect("count").toHaveText("2");
    expect(rendered).toBe(1);
  });

  test("keeps the state of composites, and hears the handlers on them", async () => {
    const ui = createUi<CountModel>();
    const clicker = composite<null, number>({
      name: "clicker",
      init: () => 0,
      view: (_props, clicks) => row([button("hit", "Hit"), text("hits", `${clicks}`)]),
      handle: (clicks, event) =>
        isClick(event, "hit") ? Composite.emitWith(clicks + 1, "hit_counted", clicks + 1) : Composite.ignore(),
    });
    const outer = app<CountModel>({
      init: () => ({ count: 0 }),
      update: (model) => model,
      view: ({ count }) =>
        ui.window("main", [
          clicker<CountModel>("clicker", null, {
            onHitCounted: (model: CountModel) => [{ count: model.count + 1 }, Command.announce("Hit")],
          }),
          ui.text("count", `${count}`),
        ]),
    });
    await using screen = await mount(outer);
    await screen.click("hit");
    await screen.click("hit");
    await screen.expect("hits").toHaveText("2");
    await screen.expect("count").toHaveText("2");
    expect(screen.issuedCommands).toEqual([Command.announce("Hit"), Command.announce("Hit")]);
    const sim = simulate(outer);
    sim.send(events.click("hit"));
    sim.send(events.click("hit"));
    expect(sim.model.count).toBe(2);
    expect(sim.find("hits")?.props["content"]).toBe("2");
  });

  test("acts on no other widget than the one that was meant", async () => {
    const saves = app<readonly string[]>({
      init: () => next([]),
      update: (model, event) => next(event.kind === "widget" ? [...model, event.target] : model),
      view: () => window("main", [column("form", [button("save", "Inner")]), button("save", "Outer")]),
    });
    await using screen = await mount(saves);
    await expect(screen.click("save")).rejects.toThrow('2 widgets have the id "save": "main#form/save", "main#save"');
    await screen.click("form/save");
    await screen.click(by.text("Outer"));
    expect(screen.model).toEqual(["main#form/save", "main#save"]);
  });

  test("[R398] says which backends there are", async () => {
    const before = process.env["PLUSHIE_TEST_BACKEND"];
    const withVariable = async (value: string): Promise<unknown> => {
      process.env["PLUSHIE_TEST_BACKEND"] = value;
      try {
        return await mount(counterApp).then((screen) => screen.dispose());
      } finally {
        if (before === undefined) delete process.env["PLUSHIE_TEST_BACKEND"];
        else process.env["PLUSHIE_TEST_BACKEND"] = before;
      }
    };
    await expect(mount(counterApp, { backend: "windowed" })).rejects.toThrow(
      'The test backend "windowed" (from the option backend) is not there yet: it comes with desktop windows.',
    );
    await expect(withVariable("windowed")).rejects.toThrow('"windowed" (from PLUSHIE_TEST_BACKEND)');
    await expect(withVariable("nothing")).rejects.toThrow('"nothing" (from PLUSHIE_TEST_BACKEND) is no test backend');
    await withVariable("mock");
  });

  test("200 mounts with a click each are done in well under three seconds", async () => {
    const startedAt = performance.now();
    for (let run = 0; run < 200; run += 1) {
      await using screen = await mount(counterApp);
      await screen.click("increment");
      await screen.expect("count").toHaveText("Count: 1");
    }
    const took = performance.now() - startedAt;
    console.info(`200 mounts: ${Math.round(took)} ms`);
    expect(took).toBeLessThan(3000);
  });
});
