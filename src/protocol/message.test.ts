import { describe, expect, test } from "vitest";
import { checkEffectPayload } from "./effect.ts";
import { makeHello } from "./hello.ts";
import { decodeFromRenderer, decodeToRenderer, type EventMessage, type ToRenderer } from "./message.ts";
import { formatDecodeError } from "./schema.ts";
import { decodeSettings } from "./settings.ts";
import { deliversFamily, SUBSCRIPTION_KINDS } from "./subscription.ts";

function to(value: unknown): ToRenderer {
  const read = decodeToRenderer(value);
  if (!read.ok) throw new Error(formatDecodeError(read.error));
  return read.value;
}

function event(fields: object): EventMessage {
  const read = decodeFromRenderer({ type: "event", family: "click", id: "", ...fields });
  if (!read.ok) throw new Error(formatDecodeError(read.error));
  if (read.value.type !== "event") throw new Error("no event");
  return read.value;
}

function refusal(value: unknown): string {
  const read = decodeToRenderer(value);
  return read.ok ? "accepted" : formatDecodeError(read.error);
}

describe("older spellings of messages to the renderer", () => {
  test.each([
    [
      "widget op with a target",
      { type: "widget_op", op: "focus", payload: { target: "main#a" } },
      { type: "command", id: "main#a", family: "focus", value: null },
    ],
    [
      "widget op that scrolls",
      { type: "widget_op", op: "scroll_to", payload: { target: "main#a", offset_x: 1, offset_y: 2 } },
      { type: "command", id: "main#a", family: "scroll_to", value: { x: 1, y: 2 } },
    ],
    [
      "focus of a canvas element",
      { type: "widget_op", op: "focus_element", payload: { target: "main#chart", element_id: "bar" } },
      { type: "command", id: "main#chart/bar", family: "focus", value: null },
    ],
    [
      "extension command",
      { type: "extension_command", node_id: "g", op: "turn", payload: { angle: 1 } },
      { type: "command", id: "g", family: "turn", value: { angle: 1 } },
    ],
    [
      "batch of extension commands",
      { type: "extension_commands", commands: [{ node_id: "g", op: "turn", payload: 1 }] },
      { type: "commands", commands: [{ id: "g", family: "turn", value: 1 }] },
    ],
    [
      "cursor position in an object",
      { type: "command", id: "a", family: "move_cursor_to", value: { position: 4 } },
      { type: "command", id: "a", family: "move_cursor_to", value: 4 },
    ],
    [
      "range with short names",
      { type: "command", id: "a", family: "select_range", value: { start: 1, end: 2 } },
      { type: "command", id: "a", family: "select_range", value: { start_pos: 1, end_pos: 2 } },
    ],
    [
      "settings of a window op",
      { type: "window_op", op: "resize", window_id: "main", settings: { width: 8, height: 6 } },
      { type: "window_op", op: "resize", window_id: "main", payload: { width: 8, height: 6 } },
    ],
    [
      "window sizes as arrays and lengths of the node",
      {
        type: "window_op",
        op: "open",
        window_id: "main",
        payload: { width: "fill", height: 480, min_size: [200, 100], position: [1, 2] },
      },
      {
        type: "window_op",
        op: "open",
        window_id: "main",
        payload: { height: 480, min_size: { width: 200, height: 100 }, position: { x: 1, y: 2 } },
      },
    ],
    [
      "icon data",
      { type: "window_op", op: "set_icon", window_id: "main", payload: { icon_data: "AQI=", width: 1, height: 1 } },
      {
        type: "window_op",
        op: "set_icon",
        window_id: "main",
        payload: { data: Uint8Array.of(1, 2), width: 1, height: 1 },
      },
    ],
    [
      "flat image op",
      { type: "image_op", op: "delete_image", handle: "logo" },
      { type: "image_op", op: "delete_image", payload: { handle: "logo" } },
    ],
    [
      "image list as widget op",
      { type: "widget_op", op: "list_images", payload: { tag: "t" } },
      { type: "image_op", op: "list", payload: { handle: "", tag: "t" } },
    ],
    [
      "flat font",
      { type: "load_font", family: "Inter", data: [1] },
      { type: "load_font", payload: { family: "Inter", data: Uint8Array.of(1) } },
    ],
    [
      "mouse subscription",
      { type: "subscribe", kind: "on_mouse_move", tag: "m" },
      { type: "subscribe", kind: "on_pointer_move", tag: "m" },
    ],
    ["unsubscribe without tag", { type: "unsubscribe", kind: "on_ime" }, { type: "unsubscribe", kind: "on_ime" }],
    [
      "missing payload",
      { type: "widget_op", op: "exit", payload: null },
      { type: "widget_op", op: "exit", payload: {} },
    ],
    [
      "missing selector",
      { type: "interact", id: "i", action: "press" },
      { type: "interact", id: "i", action: "press", selector: {}, payload: {} },
    ],
  ])("%s", (_, older, current) => {
    expect(to(older)).toEqual(current);
  });
});

describe("older spellings of messages to the host", () => {
  test("data of an event is its value, and its window goes into the id", () => {
    expect(event({ family: "canvas_press", id: "paper", window_id: "main", data: { x: 1, y: 2 } })).toEqual({
      type: "event",
      family: "canvas_press",
      id: "main#paper",
      value: { x: 1, y: 2 },
    });
  });

  test("the window of a window event goes into its value", () => {
    expect(event({ family: "window_resized", window_id: "main", data: { width: 1, height: 2 } }).value).toEqual({
      width: 1,
      height: 2,
      window_id: "main",
    });
  });

  test("hello needs one of both spellings of the protocol number", () => {
    const hello = { type: "hello", protocol: 1, version: "0.5.1" };
    expect(decodeFromRenderer(hello)).toMatchObject({ ok: true, value: { protocol_version: 1, widgets: [] } });
    expect(decodeFromRenderer({ type: "hello", version: "0.5.1" }).ok).toBe(false);
  });

  test("stub acknowledgements and answers have their present names", () => {
    expect(decodeFromRenderer({ type: "effect_stub_registered", kind: "file_open" })).toEqual({
      ok: true,
      value: { type: "effect_stub_register_ack", kind: "file_open", status: "registered" },
    });
    expect(
      decodeFromRenderer({ type: "op_query_response", kind: "tree_hash", id: "t", result: { hash: "x" } }),
    ).toEqual({
      ok: true,
      value: { type: "op_query_response", kind: "tree_hash", tag: "t", data: { hash: "x" } },
    });
  });

  test("events inside an interact step are read like events", () => {
    const step = { type: "interact_step", id: "i", events: [{ type: "event", family: "input", id: "a", data: "x" }] };
    expect(decodeFromRenderer(step)).toMatchObject({ ok: true, value: { events: [{ value: "x" }] } });
  });

  test("unknown families and diagnostics pass, unknown message types do not", () => {
    expect(event({ family: "gauge:limit", id: "g", value: [1] }).value).toEqual([1]);
    const diagnostic = { type: "diagnostic", level: "warn", diagnostic: { kind: "brand_new", size: 3 } };
    expect(decodeFromRenderer(diagnostic)).toEqual({ ok: true, value: diagnostic });
    expect(decodeFromRenderer({ type: "ping" })).toMatchObject({ ok: false, error: { path: ["type"] } });
  });
});

describe("refusals", () => {
  test.each([
    [{ type: "snapshot", session: 1, tree: { id: "a", type: "b" } }, 'expected string at "session", found integer'],
    [{ type: "advance_frame", timestamp: -1 }, 'expected non-negative integer at "timestamp", found negative integer'],
    [{ type: "subscribe", kind: "on_ime" }, 'expected string at "tag", found nothing'],
    [
      { type: "window_op", op: "resize", window_id: "main", payload: { width: 1 } },
      'expected number at "payload.height", found nothing',
    ],
    [{ type: "window_op", op: "get_size", window_id: "main" }, 'expected string at "payload.tag", found nothing'],
    [
      { type: "image_op", op: "create_image", payload: { handle: "a", data: "!" } },
      'expected base64 at "payload.data", found text that is not base64',
    ],
    [{ type: "effect", id: "e", kind: "clipboard_read" }, 'expected object at "payload", found nothing'],
    [[], "expected object, found array (0 items)"],
  ])("%j", (message, text) => {
    expect(refusal(message)).toBe(text);
  });

  test("a patch with a bad op keeps the others and names the bad one", () => {
    const good = { op: "remove_child", path: [0], index: 1 };
    const message = to({
      type: "patch",
      ops: [{ op: "move_child", path: [0] }, good, { op: "remove_child", path: [0] }],
    });
    expect(message).toMatchObject({
      ops: [good],
      skipped: [
        { index: 0, op: "move_child", isUnknown: true, payload: { path: [0] } },
        { index: 2, op: "remove_child", isUnknown: false, error: { path: ["ops", 2, "index"] } },
      ],
    });
  });

  test("a patch op with a path over the limit is left out", () => {
    const path = new Array(257).fill(0);
    expect(to({ type: "patch", ops: [{ op: "update_props", path, props: {} }] })).toMatchObject({
      ops: [],
      skipped: [{ index: 0, isUnknown: false }],
    });
  });

  test("a clean patch is the same object", () => {
    const patch = { type: "patch", ops: [{ op: "update_props", path: [0], props: { label: null } }] };
    expect(to(patch)).toBe(patch);
  });
});

test("settings: a bad field costs itself only", () => {
  const { settings, problems } = decodeSettings({
    protocol_version: 1,
    default_text_size: "big",
    colour: 1,
    extension_config: { gauge: {} },
    fonts: ["a.ttf", { data: "AQI=" }],
    vsync: null,
  });
  expect(settings).toEqual({
    protocol_version: 1,
    widget_config: { gauge: {} },
    fonts: ["a.ttf", { data: Uint8Array.of(1, 2) }],
  });
  expect(problems.map((problem) => problem.path[0])).toEqual(["default_text_size", "colour"]);
});

test("hello has all thirteen fields and is one", () => {
  const hello = makeHello({ codec: "json", mode: "web", backend: "dom", transport: "wasm", nativeWidgets: ["gauge"] });
  expect(Object.keys(hello)).toHaveLength(13);
  expect(hello.widgets).toEqual([...hello.widgets].sort());
  expect(hello.widgets).toContain("gauge");
  expect(hello.widgets).toContain("float");
  expect(hello.widgets).not.toContain("rect");
  expect(decodeFromRenderer(hello)).toEqual({ ok: true, value: hello });
});

describe("effect payloads", () => {
  test.each([
    ["teleport", {}, "unknown effect kind: teleport"],
    ["clipboard_write", {}, "missing required field for clipboard_write: text"],
    ["clipboard_write", { text: 1 }, "invalid field type for clipboard_write.text: expected string"],
    [
      "notification",
      { title: "a", body: "b", urgency: "loud" },
      "invalid field value for notification.urgency: expected one of low, normal, critical",
    ],
  ])("%s %j is refused with the text for the answer", (kind, payload, text) => {
    expect(checkEffectPayload(kind, payload)).toEqual({ ok: false, error: text });
  });

  test("that fit are passed on", () => {
    const payload = { title: "Open", filters: [["Images", "png;jpg"]] };
    expect(checkEffectPayload("file_open", payload)).toEqual({ ok: true, value: payload });
  });
});

test("subscription kinds deliver their families, and on_event those of all", () => {
  expect(deliversFamily("on_window_close", "window_close_requested")).toBe(true);
  expect(deliversFamily("on_window_event", "window_close_requested")).toBe(false);
  expect(deliversFamily("on_event", "window_close_requested")).toBe(true);
  expect(deliversFamily("on_event", "click")).toBe(false);
  expect(deliversFamily("toString", "click")).toBe(false);
  expect(SUBSCRIPTION_KINDS).toHaveLength(19);
});
