import { describe, expect, test } from "vitest";
import { createResourceBudget } from "../../src/renderer/index.ts";
import type { WidgetOperation } from "../../src/renderer/surface.ts";
import { diagnostics, events, type Fixture, node, settle, talking } from "./engine-fixture.ts";

const TREE = node("main", "window", {}, [
  node("main#form", "column", {}, [node("main#form/email", "text_input"), node("main#form/save", "button")]),
  node("main#chart", "canvas", {}, [node("main#chart/bar-1", "group", { on_click: true })]),
  node("main#panes", "pane_grid"),
]);

function performed(made: Fixture): WidgetOperation[] {
  return made.told.flatMap((told) => (told[0] === "perform" ? [told[1]] : []));
}

describe("commands", () => {
  test.each([
    ["focus", null, null],
    ["select_all", { any: 1 }, null],
    ["move_cursor_to_front", null, null],
    ["move_cursor_to_end", null, null],
    ["move_cursor_to", 3, 3],
    ["move_cursor_to", { position: 3 }, 3],
    ["select_range", { start_pos: 1, end_pos: 4 }, { start_pos: 1, end_pos: 4 }],
    ["select_range", { start: 1, end: 4 }, { start_pos: 1, end_pos: 4 }],
    ["select_range", null, { start_pos: 0, end_pos: 0 }],
    ["scroll_to", { x: 1, y: 2 }, { x: 1, y: 2 }],
    ["scroll_by", { offset_x: 1, offset_y: 2 }, { x: 1, y: 2 }],
    ["snap_to", { y: 3 }, { y: 1 }],
    ["snap_to_end", null, null],
  ])("passes %s %j on in one form", (family, value, normal) => {
    const made = talking({}, TREE);
    made.receive({ type: "command", id: "main#form/email", family, value });
    expect(performed(made)).toEqual([{ target: "main#form/email", name: family, value: normal }]);
  });

  test("gives focus inside a canvas to the canvas with the element", () => {
    const made = talking({}, TREE);
    made.receive(
      { type: "command", id: "main#chart/bar-1", family: "focus", value: null },
      { type: "command", id: "main#chart/not-in-the-tree", family: "focus", value: null },
    );
    expect(performed(made)).toEqual(
      ["main#chart/bar-1", "main#chart/not-in-the-tree"].map((element) => ({
        target: "main#chart",
        name: "focus",
        value: { element },
      })),
    );
  });

  test("finds the owner of a family of its own by dropping segments", () => {
    const made = talking({}, TREE);
    const value = { pane: "left", axis: "vertical", new_pane_id: "right" };
    made.receive(
      { type: "command", id: "main#panes", family: "pane_split", value },
      { type: "command", id: "main#panes/inner/deep", family: "spin", value: 1 },
    );
    expect(performed(made)).toEqual([
      { target: "main#panes", name: "pane_split", value },
      { target: "main#panes", name: "spin", value: 1 },
    ]);
  });

  test("a widget that is not there has no answer", () => {
    const made = talking({}, TREE);
    made.receive(
      { type: "command", id: "main#nope", family: "set_needle", value: 1 },
      { type: "command", id: "main#nope", family: "focus" },
    );
    expect(made.take()).toEqual([]);
    expect(performed(made)).toEqual([]);
  });

  test("takes the older forms", () => {
    const made = talking({}, TREE);
    made.receive(
      { type: "widget_op", op: "scroll_to", payload: { target: "main#form", offset_x: 1, offset_y: 2 } },
      { type: "extension_command", node_id: "main#panes", op: "spin", payload: { by: 1 } },
      { type: "widget_op", op: "focus_element", payload: { target: "main#chart", element_id: "bar-1" } },
    );
    expect(performed(made)).toEqual([
      { target: "main#form", name: "scroll_to", value: { x: 1, y: 2 } },
      { target: "main#panes", name: "spin", value: { by: 1 } },
      { target: "main#chart", name: "focus", value: { element: "main#chart/bar-1" } },
    ]);
  });

  test("holds back what a batch causes until all of it ran", () => {
    const order: string[] = [];
    const made = talking(
      { send: (message) => void (message.type === "event" && order.push(`event ${message.family}`)) },
      TREE,
    );
    const push = made.told.push.bind(made.told);
    made.told.push = (...items) => {
      order.push("perform");
      made.listener.onWidgetEvent({ family: "focused", id: "main#form/email" });
      return push(...items);
    };
    const focus = { id: "main#form/email", family: "focus" };
    made.receive({ type: "commands", commands: [focus, focus] });
    expect(order).toEqual(["perform", "perform", "event focused", "event focused"]);
  });
});

describe("widget operations", () => {
  test("move the focus and announce", () => {
    const made = talking({}, TREE);
    made.receive(
      { type: "widget_op", op: "focus_next", payload: {} },
      { type: "widget_op", op: "focus_previous_within", payload: { scope: "main#form" } },
      { type: "widget_op", op: "announce", payload: { text: "Saved", politeness: "polite" } },
    );
    expect(performed(made)).toEqual([
      { name: "focus_next", value: null },
      { name: "focus_previous_within", value: { scope: "main#form" } },
      { name: "announce", value: { text: "Saved", politeness: "polite" } },
    ]);
  });

  test("answer what has the focus and what the tree is", async () => {
    const made = talking({}, TREE);
    made.answerQuery = async ({ name }) => (name === "find_focused" ? "main#form/email" : null);
    made.receive(
      { type: "widget_op", op: "find_focused", payload: { tag: "where" } },
      { type: "widget_op", op: "tree_hash" },
    );
    await settle();
    const said = made.take();
    expect(said).toContainEqual(
      expect.objectContaining({ kind: "find_focused", tag: "where", data: { focused: "main#form/email" } }),
    );
    expect(said).toContainEqual(
      expect.objectContaining({
        kind: "tree_hash",
        tag: "tree_hash",
        data: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
      }),
    );
  });
});

test.each(["mock", "headless"] as const)("in %s what only a screen could know has no answer", async (mode) => {
  const made = talking({ mode }, TREE);
  made.answerQuery = async ({ name }) => name;
  made.receive(
    { type: "window_op", op: "get_size", window_id: "main", payload: { tag: "t" } },
    { type: "window_op", op: "get_size", window_id: "nowhere", payload: { tag: "t" } },
    { type: "window_op", op: "screenshot", window_id: "nowhere", payload: { tag: "t" } },
    { type: "system_query", op: "get_system_theme", payload: { tag: "t" } },
    { type: "system_query", op: "get_system_info", payload: { tag: "t" } },
    { type: "widget_op", op: "tree_hash" },
    { type: "widget_op", op: "find_focused" },
  );
  await settle();
  expect(made.take()).toEqual([
    { type: "op_query_response", session: "", kind: "find_focused", tag: "find_focused", data: { focused: null } },
  ]);
});

test.each([
  ["mock", []],
  ["headless", [{ type: "effect_response", id: "main", status: "ok" }]],
] as const)("in %s a window is pictured where something is drawn", async (mode, answers) => {
  const made = talking({ mode }, TREE);
  made.answerQuery = async () => ({ width: 1, height: 1, rgba: Uint8Array.of(255, 0, 0, 255) });
  made.receive({ type: "window_op", op: "screenshot", window_id: "main", payload: { tag: "t" } });
  await settle();
  expect(made.take()).toMatchObject(answers);
});

describe("effects", () => {
  test.each([
    ["teleport", {}, "unknown effect kind: teleport"],
    ["clipboard_write", {}, "missing required field for clipboard_write: text"],
    ["clipboard_write", { text: 1 }, "invalid field type for clipboard_write.text: expected string"],
  ])("%s %j fails before anything runs", async (kind, payload, error) => {
    const made = talking();
    made.receive({ type: "register_effect_stub", kind, response: null }, { type: "effect", id: "e1", kind, payload });
    await settle();
    expect(made.take().at(-1)).toEqual({ type: "effect_response", session: "", id: "e1", status: "error", error });
  });

  test("without an id is an error event", () => {
    const made = talking();
    made.receive({ type: "effect", id: "", kind: "clipboard_read", payload: {} });
    expect(made.take()).toEqual([
      expect.objectContaining({
        family: "error",
        id: "effect",
        value: { error: "effect request missing response id", kind: "clipboard_read" },
      }),
    ]);
  });

  test("run on the surface and are answered under their id", async () => {
    const made = talking();
    made.answerEffect = async ({ payload }) =>
      payload["title"] === "x" ? { status: "cancelled" } : { status: "ok", result: null };
    made.receive(
      { type: "effect", id: "e1", kind: "file_open", payload: { title: "x", filters: null } },
      { type: "effect", id: "e2", kind: "clipboard_clear", payload: {} },
    );
    await settle();
    expect(made.take()).toEqual([
      { type: "effect_response", session: "", id: "e1", status: "cancelled" },
      { type: "effect_response", session: "", id: "e2", status: "ok", result: null },
    ]);
  });

  test("are answered by a stub while it is registered", async () => {
    const made = talking();
    const effect = { type: "effect", id: "e", kind: "file_open", payload: {} };
    made.receive({ type: "register_effect_stub", kind: "file_open", response: { path: "/a" } }, effect);
    expect(made.take()).toMatchObject([
      { type: "effect_stub_register_ack", kind: "file_open", status: "registered" },
      { status: "ok", result: { path: "/a" } },
    ]);
    made.receive({ type: "unregister_effect_stub", kind: "file_open" }, effect);
    await settle();
    expect(made.take()).toMatchObject([
      { type: "effect_stub_unregister_ack", kind: "file_open", status: "unregistered" },
      { status: "unsupported" },
    ]);
  });

  test("a stub that answers null is a stub", () => {
    const made = talking();
    made.receive(
      { type: "register_effect_stub", kind: "clipboard_write", response: null },
      { type: "effect", id: "e", kind: "clipboard_write", payload: { text: "x" } },
    );
    expect(made.take().at(-1)).toMatchObject({ status: "ok", result: null });
  });

  test("acknowledges stubs of unknown kinds with an error", () => {
    const made = talking();
    made.receive(
      { type: "register_effect_stub", kind: "teleport", response: 1 },
      { type: "unregister_effect_stub", kind: "teleport" },
    );
    expect(made.take()).toMatchObject([{ status: "error" }, { status: "error" }]);
  });

  test("does not answer a later conversation for an earlier one", async () => {
    const made = talking();
    made.receive({ type: "effect", id: "e", kind: "clipboard_clear", payload: {} }, { type: "reset", id: "r" });
    await settle();
    expect(made.take().map((message) => message.type)).toEqual(["reset_response"]);
  });
});

describe("images", () => {
  const create = (handle: string, extra: object = {}) => ({
    type: "image_op",
    op: "create_image",
    payload: { handle, pixels: "/wAA/w==", width: 1, height: 1, ...extra },
  });

  test("may be drawings, with whatever stands in front of their root", () => {
    const made = talking();
    const drawing = (handle: string, text: string) =>
      create(handle, { pixels: null, data: new TextEncoder().encode(text) });
    made.receive(
      drawing("plain", "<svg/>"),
      drawing("declared", '\ufeff<?xml version="1.0"?><!-- by hand --><svg/>'),
      drawing("page", "<html><body>no</body></html>"),
    );
    expect(performed(made).map(({ value }) => value)).toMatchObject([{ handle: "plain" }, { handle: "declared" }]);
    expect(made.take()).toMatchObject([{ family: "image_error", id: "page" }]);
  });

  test("are handed to the surface with bytes, listed, deleted and cleared", () => {
    const made = talking();
    made.receive(
      create("dot"),
      create("box"),
      { type: "image_op", op: "list", payload: { tag: "t" } },
      { type: "image_op", op: "delete_image", payload: { handle: "dot" } },
      { type: "image_op", op: "delete_image", payload: { handle: "dot" } },
      { type: "image_op", op: "clear" },
      { type: "image_op", op: "list" },
    );
    expect(made.take()).toMatchObject([
      { kind: "list_images", tag: "t", data: { handles: ["box", "dot"] } },
      { kind: "list_images", tag: "list_images", data: { handles: [] } },
    ]);
    expect(performed(made)).toEqual([
      { name: "set_image", value: { handle: "dot", pixels: new Uint8Array([255, 0, 0, 255]), width: 1, height: 1 } },
      expect.objectContaining({ name: "set_image" }),
      { name: "delete_image", value: { handle: "dot" } },
      { name: "clear_images", value: null },
    ]);
  });

  test.each([
    [{ width: 2 }, "2x1 pixels need 8 bytes, got 4"],
    [{ width: 0 }, "image of 0x1 pixels: each side must be 1 to 16384"],
    [{ width: 16385 }, "image of 16385x1 pixels: each side must be 1 to 16384"],
    [{ width: null }, "pixels need width and height"],
    [{ pixels: null }, "image has neither data nor pixels"],
    [{ pixels: null, data: "aGVsbG8=" }, "could not decode image: unknown format"],
    [{ handle: "" }, "image handle is empty"],
  ])("are refused with a reason: %j", (extra, error) => {
    const made = talking();
    made.receive(create("dot", extra));
    expect(made.take()).toMatchObject([{ family: "image_error", value: { error } }]);
    expect(performed(made)).toEqual([]);
  });

  test("[R216] [R223] number 4097 is refused, also after a reset and in another session", () => {
    const resources = createResourceBudget();
    const made = talking({ resources });
    for (let count = 0; count < 4096; count += 1) made.receive(create(`i${count}`));
    expect(made.take()).toEqual([]);
    made.receive(create("one-more"), { type: "reset", id: "r" }, create("one-more"), create("i0"));
    const refused = events(made.take());
    expect(refused).toMatchObject([
      { family: "image_error", id: "one-more", value: { error: "too many images: the limit is 4096" } },
      { family: "image_error", id: "one-more" },
    ]);
    const other = talking({ resources });
    other.receive(create("mine"));
    expect(events(other.take())).toHaveLength(1);
    made.engine.dispose();
    other.receive(create("mine"));
    expect(events(other.take())).toEqual([]);
  });

  test("[R217] the sum of all images is limited", () => {
    const resources = createResourceBudget();
    resources.imageBytes = 1024 * 1024 * 1024 - 4;
    const made = talking({ resources });
    made.receive(create("fits"), create("does-not"), create("fits"));
    expect(events(made.take())).toMatchObject([{ family: "image_error", id: "does-not" }]);
  });
});

describe("fonts", () => {
  const load = (bytes: number, family = "Inter") => ({
    type: "load_font",
    payload: { family, data: new Uint8Array(bytes) },
  });

  test("[R214] takes 16 MiB and refuses one byte more with a warning", () => {
    const made = talking();
    made.receive(load(16 * 1024 * 1024), load(16 * 1024 * 1024 + 1));
    expect(performed(made)).toHaveLength(1);
    expect(diagnostics(made.take())).toMatchObject([
      { kind: "content_length_exceeded", id: "Inter", cap: 16 * 1024 * 1024 },
    ]);
  });

  test("fonts of the settings may be paths; for people only the first list counts", () => {
    const settings = (...fonts: readonly string[]) => ({ type: "settings", settings: { fonts } });
    const shown = talking();
    shown.receive(settings("a.ttf", "b/c.woff2"), settings("a.ttf", "b/c.woff2"));
    expect(performed(shown)).toEqual([
      { name: "load_font", value: { path: "a.ttf" } },
      { name: "load_font", value: { path: "b/c.woff2" } },
    ]);
    const scripted = talking({ mode: "mock" });
    scripted.receive(settings("a.ttf"), settings("d.ttf"));
    expect(performed(scripted).map(({ value }) => value)).toEqual([{ path: "a.ttf" }, { path: "d.ttf" }]);
  });

  test("[R215] fonts by path count like all others", () => {
    const made = talking();
    const fonts = Array.from({ length: 257 }, (_, index) => `${index}.ttf`);
    made.receive({ type: "settings", settings: { fonts } });
    expect(performed(made)).toHaveLength(256);
    expect(diagnostics(made.take())).toMatchObject([{ kind: "font_cap_exceeded", max: 256 }]);
  });

  test("[R215] [R223] refuses number 257 with a warning, also after a reset", () => {
    const made = talking();
    for (let count = 0; count < 256; count += 1) made.receive(load(1));
    expect(made.take()).toEqual([]);
    made.receive({ type: "reset", id: "r" }, load(1));
    expect(diagnostics(made.take())).toEqual([
      { kind: "font_cap_exceeded", max: 256, requested: 1, granted: 0, dropped: 1 },
    ]);
  });

  test("[R215] a scripted renderer refuses number 257 with an event", () => {
    const made = talking({ mode: "mock" });
    for (let count = 0; count < 257; count += 1) made.receive(load(1));
    const value = { code: "font_cap_exceeded", error: "too many fonts: the limit is 256" };
    expect(made.take()).toEqual([{ type: "event", session: "", family: "session_error", id: "", value }]);
  });

  test("a scripted renderer reports default fonts it does not have, up to the first it has", () => {
    const made = talking({ mode: "mock" });
    const settings = (family: string, ...fallback: readonly string[]) => ({
      type: "settings",
      settings: { default_font: { family, fallback } },
    });
    made.receive(load(1, "Inter"), settings("A", "B", "Inter", "C"), settings("monospace", "A"));
    expect(diagnostics(made.take())).toEqual([
      { kind: "font_family_not_found", family: "A" },
      { kind: "font_family_not_found", family: "B" },
    ]);
  });

  test("where the platform has fonts no default font is missed", () => {
    const made = talking();
    made.receive({ type: "settings", settings: { default_font: { family: "A" } } });
    expect(made.take()).toEqual([]);
  });

  test("takes the flat form and the widget operation", () => {
    const made = talking();
    made.receive(
      { type: "load_font", family: "A", data: "AAE=" },
      { type: "widget_op", op: "load_font", payload: { family: "B", data: "AAE=" } },
    );
    expect(performed(made)).toEqual(
      ["A", "B"].map((family) => ({ name: "load_font", value: { family, data: new Uint8Array([0, 1]) } })),
    );
  });

  test("refuses a font without name or data", () => {
    const made = talking();
    made.receive(load(0), load(1, ""));
    expect(diagnostics(made.take())).toMatchObject([
      { kind: "wire_input_error", detail: "load_font: no data" },
      { kind: "wire_input_error", detail: "load_font: no family" },
    ]);
  });
});
