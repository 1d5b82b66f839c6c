import { describe, expect, test } from "vitest";
import { Command, isCommand } from "./command.ts";
import { Effect } from "./effect.ts";
import { stream, task } from "./task.ts";

const load = async () => 1;

describe("commands", () => {
  test("[W39] equal calls give equal values, without ids", () => {
    expect(Command.focus("name")).toEqual(Command.focus("name"));
    expect(Command.async(load, "t")).toEqual(Command.async(load, "t"));
    expect(Effect.fileOpen({ title: "Open" }, "open")).toEqual(Effect.fileOpen({ title: "Open" }, "open"));
    expect(JSON.parse(JSON.stringify(Effect.clipboardRead("c")))).toEqual({
      kind: "effect",
      effect: "clipboard_read",
      payload: {},
      tag: "c",
    });
  });

  test("commands are frozen, payload included", () => {
    const command = Command.setWindowMode("main", "fullscreen");
    expect(Object.isFrozen(command)).toBe(true);
    expect(Object.isFrozen(command.payload)).toBe(true);
    expect(Object.isFrozen(Command.batch([command]).commands)).toBe(true);
    expect(Object.isFrozen(Command.widgetCommand("gauge", "set_value", { value: 1 }).value)).toBe(true);
  });

  test("are told from look-alikes", () => {
    expect(isCommand(Command.none())).toBe(true);
    expect(isCommand({ kind: "none" })).toBe(false);
    expect(isCommand(null)).toBe(false);
    expect(isCommand([Command.none()])).toBe(false);
    expect(isCommand(JSON.parse(JSON.stringify(Command.exit())))).toBe(false);
  });

  test("[R115] there is no command that opens a window", () => {
    expect(Object.keys(Command).filter((name) => /open/i.test(name))).toEqual([]);
  });

  test("[R110] async needs a function and a tag", () => {
    expect(Command.async(load, "loaded")).toMatchObject({ kind: "async", tag: "loaded", run: load });
    expect(() => Command.async(load, "")).toThrow(/needs a tag/);
    expect(() => Command.async(Promise.resolve(1) as never, "t")).toThrow(/needs a function/);
  });

  test("[R111] focus names its target", () => {
    expect(Command.focus("form/name")).toEqual({ kind: "focus", target: "form/name" });
    expect(Command.focusNextWithin("menu")).toEqual({ kind: "focus_move", direction: "next", within: "menu" });
  });

  test("[R112] [R113] [R114] window commands carry the operation and its wire payload", () => {
    const cases = [
      [Command.closeWindow("w"), "close", {}],
      [Command.setWindowMode("w", "fullscreen"), "set_mode", { mode: "fullscreen" }],
      [Command.resizeWindow("w", [400, 300]), "resize", { width: 400, height: 300 }],
      [Command.setMinSize("w", { width: 1, height: 2 }), "set_min_size", { width: 1, height: 2 }],
      [Command.setMaxSize("w", [3, 4]), "set_max_size", { width: 3, height: 4 }],
      [Command.moveWindow("w", { x: 5, y: 6 }), "move", { x: 5, y: 6 }],
      [Command.setWindowLevel("w", "always_on_top"), "set_level", { level: "always_on_top" }],
      [Command.setResizable("w", false), "set_resizable", { resizable: false }],
      [Command.setWindowTitle("w", "Hi"), "update", { title: "Hi" }],
      [Command.setDecorations("w", false), "update", { decorations: false }],
      [Command.setVisible("w", false), "update", { visible: false }],
      [Command.maximizeWindow("w"), "maximize", { maximized: true }],
      [Command.requestAttention("w", "critical"), "request_attention", { urgency: "critical" }],
    ] as const;
    for (const [command, op, payload] of cases) {
      expect(command).toEqual({ kind: "window", op, windowId: "w", payload });
    }
  });

  test("[R116] a widget command carries id, operation and value", () => {
    expect(Command.widgetCommand("gauge", "set_value", { value: 1 })).toEqual({
      kind: "widget",
      target: "gauge",
      family: "set_value",
      value: { value: 1 },
    });
  });

  test("scroll, text and pane commands hold the value of the wire", () => {
    expect(Command.scrollTo("log", { y: 400 }).value).toEqual({ x: 0, y: 400 });
    expect(Command.snapTo("log", { y: 1 }).value).toEqual({ y: 1 });
    expect(Command.selectRange("name", 0, 4).value).toEqual({ start_pos: 0, end_pos: 4 });
    expect(Command.moveCursorTo("name", 3).value).toBe(3);
    expect(Command.paneSplit("panes", { pane: "a", newPaneId: "b" }).value).toEqual({
      pane: "a",
      axis: "vertical",
      new_pane_id: "b",
    });
  });

  test("after wants a delay from 0 up", () => {
    expect(Command.after(250, { kind: "hide" })).toMatchObject({ kind: "after", ms: 250, event: { kind: "hide" } });
    for (const ms of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => Command.after(ms, "x")).toThrow(/milliseconds/);
    }
  });

  test("dispatch keeps its value by identity", () => {
    const value = { kind: "saved" };
    expect(Command.dispatch(value).event).toBe(value);
  });

  test("images go with their handle, absent members left out", () => {
    const pixels = new Uint8Array([255, 0, 0, 255]);
    expect(Command.createImage("dot", { pixels, width: 1, height: 1 })).toEqual({
      kind: "image",
      op: "create_image",
      payload: { handle: "dot", pixels, width: 1, height: 1 },
    });
  });
});

describe("effects", () => {
  test("[R118] carry kind and payload as the wire wants them", () => {
    const options = { title: "Open", filters: [{ name: "Images", extensions: ["png", "jpg"] }], defaultName: "a" };
    expect(Effect.fileOpen(options, "open")).toEqual({
      kind: "effect",
      effect: "file_open",
      payload: { title: "Open", filters: [["Images", "png;jpg"]], default_name: "a" },
      tag: "open",
    });
    expect(Effect.clipboardWriteHtml({ html: "<b>", altText: "b" }, "c").payload).toEqual({
      html: "<b>",
      alt_text: "b",
    });
    expect(() => Effect.clipboardRead("")).toThrow(/tag/);
  });

  test("there is one maker for each of the 13 kinds", () => {
    const kinds = [
      Effect.fileOpen({}, "t"),
      Effect.fileOpenMultiple({}, "t"),
      Effect.fileSave({}, "t"),
      Effect.directorySelect({}, "t"),
      Effect.directorySelectMultiple({}, "t"),
      Effect.clipboardRead("t"),
      Effect.clipboardWrite("x", "t"),
      Effect.clipboardReadHtml("t"),
      Effect.clipboardWriteHtml({ html: "x" }, "t"),
      Effect.clipboardClear("t"),
      Effect.clipboardReadPrimary("t"),
      Effect.clipboardWritePrimary("x", "t"),
      Effect.notification({ title: "a", body: "b" }, "t"),
    ].map((command) => command.effect);
    expect(new Set(kinds).size).toBe(13);
    expect(Object.keys(Effect)).toHaveLength(13);
  });
});

describe("tasks", () => {
  test("[R013] [R103] recognise their own result by the tag", () => {
    const loaded = task<number>("loaded");
    expect(loaded.run(load)).toEqual(Command.async(load, "loaded"));
    expect(loaded.isDone({ kind: "async", type: "done", tag: "loaded", value: 1 })).toBe(true);
    expect(loaded.isDone({ kind: "async", type: "done", tag: "other", value: 1 })).toBe(false);
    expect(loaded.isDone({ kind: "stream", type: "done", tag: "loaded", value: 1 })).toBe(false);
    expect(loaded.isFailed({ kind: "async", type: "failed", tag: "loaded", error: new Error("x") })).toBe(true);
  });

  test("streams recognise their items", () => {
    const lines = stream<string>("lines");
    expect(lines.isItem({ kind: "stream", type: "item", tag: "lines", value: "a" })).toBe(true);
    expect(lines.isDone({ kind: "stream", type: "done", tag: "lines", value: undefined })).toBe(true);
    expect(lines.isFailed({ kind: "stream", type: "item", tag: "lines" })).toBe(false);
  });

  test("a task needs a name", () => {
    expect(() => task("")).toThrow(/name/);
  });
});
