import { describe, expect, expectTypeOf, test } from "vitest";
import { unreachable } from "../base/assert.ts";
import type { Event, WidgetEvent } from "./event.ts";
import { events, widgetEvent } from "./make-event.ts";
import { decodeFromRenderer, type FromRendererMessage } from "./message.ts";
import { formatDecodeError } from "./schema.ts";
import { toEffectEvent, toEvent, toScreenshotEvent } from "./to-event.ts";

const NO_MODIFIERS = { shift: false, ctrl: false, alt: false, logo: false, command: false };

function read<Type extends "event" | "op_query_response" | "effect_response">(
  type: Type,
  fields: object,
): FromRendererMessage<Type> {
  const message = decodeFromRenderer({ type, ...fields });
  if (!message.ok) throw new Error(formatDecodeError(message.error));
  if (message.value.type !== type) throw new Error("another type");
  return message.value as FromRendererMessage<Type>;
}

function eventOf(fields: object): Event {
  const event = toEvent(read("event", { id: "", ...fields }));
  if (!event.ok) throw new Error(formatDecodeError(event.error));
  return event.value;
}

function answer(kind: string, data: unknown): Event {
  const event = toEvent(read("op_query_response", { kind, tag: "t", data }));
  if (!event.ok) throw new Error(formatDecodeError(event.error));
  return event.value;
}

describe("widget events", () => {
  test("[R087] [R092] a click has the local id, the scope nearest first, the window and the target", () => {
    expect(eventOf({ family: "click", id: "main#form/address/zip" })).toEqual({
      kind: "widget",
      type: "click",
      id: "zip",
      scope: ["address", "form"],
      windowId: "main",
      target: "main#form/address/zip",
      value: null,
    });
  });

  test("an id without window is fine", () => {
    expect(eventOf({ family: "click", id: "form/save" })).toMatchObject({ id: "save", scope: ["form"], windowId: "" });
  });

  test.each([
    ["[R088] input", { family: "input", id: "a", value: "x" }, "input", "x"],
    ["[R089] select", { family: "select", id: "a", value: "blue" }, "select", "blue"],
    ["[R090] toggle", { family: "toggle", id: "a", value: true }, "toggle", true],
    ["[R091] submit", { family: "submit", id: "a", value: "x" }, "submit", "x"],
    ["[R100] resize", { family: "resize", id: "a", value: { width: 1, height: 2 } }, "resize", { width: 1, height: 2 }],
    ["[R101] pane clicked", { family: "pane_clicked", id: "a", value: { pane: "p" } }, "pane_clicked", { pane: "p" }],
    ["sort by text", { family: "sort", id: "a", value: "age" }, "sort", "age"],
    ["sort by object", { family: "sort", id: "a", value: { column: "age" } }, "sort", "age"],
    ["key binding", { family: "key_binding", id: "a", value: { binding: "save" } }, "key_binding", "save"],
    [
      "older scroll",
      { family: "scroll", id: "a", value: { absolute_x: 1, absolute_y: 2 } },
      "scrolled",
      {
        absoluteX: 1,
        absoluteY: 2,
        relativeX: 0,
        relativeY: 0,
        boundsWidth: 0,
        boundsHeight: 0,
        contentWidth: 0,
        contentHeight: 0,
      },
    ],
    [
      "older drag",
      { family: "canvas_element_drag", id: "a", value: { x: 1, y: 2, dx: 3, dy: 4 } },
      "drag",
      { x: 1, y: 2, deltaX: 3, deltaY: 4 },
    ],
  ])("%s", (_, message, type, value) => {
    expect(eventOf(message)).toMatchObject({ kind: "widget", type, value });
  });

  test("[R099] a press on a canvas has place, button, pointer and modifiers", () => {
    expect(eventOf({ family: "press", id: "main#paper", value: { x: 1, y: 2, button: "right" } })).toMatchObject({
      type: "press",
      value: { x: 1, y: 2, button: "right", pointer: "mouse", modifiers: NO_MODIFIERS },
    });
  });

  test("a family that is not known is custom", () => {
    expect(eventOf({ family: "gauge:limit", id: "main#g", value: { angle: 1 } })).toMatchObject({
      kind: "widget",
      type: "custom",
      family: "gauge:limit",
      value: { angle: 1 },
    });
    expect(eventOf({ family: "constructor", id: "main#g" })).toMatchObject({ type: "custom", value: null });
  });

  test("a known family with a wrong value is an error with the place", () => {
    expect(toEvent(read("event", { family: "toggle", id: "a", value: "on" }))).toEqual({
      ok: false,
      error: { code: "decode-failed", path: ["value"], expected: "boolean", found: "string (2 characters)" },
    });
  });

  test("the value is typed by the type", () => {
    expectTypeOf<WidgetEvent<"toggle">["value"]>().toEqualTypeOf<boolean>();
    expectTypeOf<WidgetEvent<"slide">["value"]>().toEqualTypeOf<number>();
    const nameOf = (event: Event): string => {
      if (event.kind === "widget" && event.type === "input") return event.value;
      return "";
    };
    expect(nameOf(events.input("name", "Ada"))).toBe("Ada");
  });
});

describe("subscription events", () => {
  const modifiers = { ...NO_MODIFIERS, ctrl: true };

  test("[R093] [R107] a key press has key, modifiers and tag", () => {
    const value = {
      key: "s",
      modified_key: "S",
      physical_key: "KeyS",
      location: "standard",
      text: null,
      repeat: false,
    };
    expect(eventOf({ family: "key_press", tag: "keys", value, modifiers, captured: true })).toEqual({
      kind: "key",
      type: "press",
      key: "s",
      modifiedKey: "S",
      physicalKey: "KeyS",
      location: "standard",
      text: null,
      repeat: false,
      modifiers,
      captured: true,
      tag: "keys",
    });
  });

  test("[R094] a scripted release needs nothing but the key", () => {
    expect(eventOf({ family: "key_release", value: { key: "Enter" } })).toMatchObject({
      kind: "key",
      type: "release",
      modifiedKey: "Enter",
      modifiers: NO_MODIFIERS,
      tag: "",
    });
  });

  test("a key inside a canvas is a widget event", () => {
    expect(eventOf({ family: "key_press", id: "main#c/knob", value: { key: "Home" } })).toMatchObject({
      kind: "widget",
      type: "key_press",
      id: "knob",
    });
  });

  test.each([
    [
      "[R095] close request",
      { family: "window_close_requested", tag: "w", value: { window_id: "main" } },
      { kind: "window", type: "close_requested", windowId: "main", tag: "w" },
    ],
    [
      "[R096] resized",
      { family: "window_resized", tag: "w", value: { window_id: "main", width: 1, height: 2 } },
      { kind: "window", type: "resized", windowId: "main", width: 1, height: 2, tag: "w" },
    ],
    [
      "[R097] focused",
      { family: "window_focused", value: { window_id: "main" } },
      { kind: "window", type: "focused", windowId: "main", tag: "" },
    ],
    [
      "[R098] unfocused",
      { family: "window_unfocused", value: { window_id: "main" } },
      { kind: "window", type: "unfocused", windowId: "main", tag: "" },
    ],
    [
      "opened, older place",
      { family: "window_opened", value: { window_id: "main", width: 1, height: 2, position: { x: 3, y: 4 } } },
      { kind: "window", type: "opened", windowId: "main", width: 1, height: 2, scaleFactor: 1, x: 3, y: 4, tag: "" },
    ],
    [
      "wheel, singular unit",
      { family: "wheel_scrolled", value: { delta_x: 0, delta_y: -3, unit: "pixel" } },
      { kind: "pointer", type: "scroll", deltaX: 0, deltaY: -3, unit: "pixel", captured: false, tag: "" },
    ],
    [
      "button",
      { family: "button_pressed", tag: "b", value: "left", captured: true },
      { kind: "pointer", type: "press", button: "left", captured: true, tag: "b" },
    ],
    [
      "finger",
      { family: "finger_lost", value: { id: 1, x: 2, y: 3 } },
      { kind: "pointer", type: "touch_lost", finger: 1, x: 2, y: 3, captured: false, tag: "" },
    ],
    [
      "file",
      { family: "file_dropped", value: { window_id: "main", path: "/a" } },
      { kind: "file", type: "dropped", windowId: "main", path: "/a", tag: "" },
    ],
    [
      "session error",
      { family: "session_error", value: { code: "host_disconnect", error: "gone" } },
      { kind: "fault", type: "session_error", code: "host_disconnect", message: "gone" },
    ],
    [
      "older command error",
      { family: "error", id: "extension_command", value: { reason: "unknown", node_id: "g", op: "turn" } },
      { kind: "fault", type: "command_error", reason: "unknown", target: "g", family: "turn", message: "" },
    ],
  ])("%s", (_, message, event) => {
    expect(eventOf(message)).toEqual(event);
  });
});

describe("answers", () => {
  test("of a window carry its id and what was asked", () => {
    expect(answer("get_size", { width: 1, height: 2, op: "get_size", window_id: "main" })).toEqual({
      kind: "system",
      type: "window_query",
      tag: "t",
      windowId: "main",
      query: "get_size",
      value: { width: 1, height: 2 },
    });
  });

  test("say when there is no such window, or the platform does not know", () => {
    const unknown = { status: "error", error: "unknown_window", window_id: "x" };
    expect(answer("get_mode", unknown)).toMatchObject({ value: null, error: "unknown_window" });
    expect(answer("get_position", { op: "get_position", window_id: "main" })).toMatchObject({ value: null });
  });

  test("about the system are typed, of unknown kinds passed on", () => {
    expect(answer("system_theme", "dark")).toEqual({ kind: "system", type: "theme", tag: "t", value: "dark" });
    expect(answer("system_info", { status: "unsupported", reason: "web" })).toMatchObject({
      type: "info",
      value: null,
    });
    expect(answer("system_info", { cpu_cores: 8 })).toMatchObject({ value: { cpuCores: 8, systemName: null } });
    expect(answer("brand_new", [1])).toEqual({
      kind: "system",
      type: "query",
      tag: "t",
      query: "brand_new",
      value: [1],
    });
  });

  test("of effects get tag and kind from the request", () => {
    const request = { tag: "open", effect: "file_open" } as const;
    const response = (fields: object) => toEffectEvent(read("effect_response", { id: "ef_1", ...fields }), request);
    expect(response({ status: "ok", result: { path: "/a" } })).toEqual({
      ok: true,
      value: { kind: "effect", type: "ok", tag: "open", effect: "file_open", result: { path: "/a" } },
    });
    expect(response({ status: "error", error: "no" })).toMatchObject({ value: { type: "error", error: "no" } });
    expect(response({ status: "cancelled" })).toMatchObject({ value: { type: "cancelled" } });
    expect(response({ status: "ok", result: {} })).toMatchObject({ ok: false, error: { path: ["result", "path"] } });
  });

  test("a picture of a window is told from other answers", () => {
    const result = { width: 1, height: 1, bytes_len: 4, rgba: "/wAA/w==", op: "screenshot", request_id: "shot" };
    expect(toScreenshotEvent(read("effect_response", { id: "main", status: "ok", result }))).toEqual({
      kind: "system",
      type: "screenshot",
      tag: "shot",
      windowId: "main",
      width: 1,
      height: 1,
      rgba: Uint8Array.of(255, 0, 0, 255),
    });
    expect(
      toScreenshotEvent(read("effect_response", { id: "e", status: "ok", result: { path: "/a" } })),
    ).toBeUndefined();
  });
});

test("events for tests look like those of a renderer", () => {
  expect(widgetEvent("toggle", "done", true, { scope: ["item", "list"] })).toEqual(
    eventOf({ family: "toggle", id: "main#list/item/done", value: true }),
  );
  expect(events.keyPress("s", { modifiers: { ctrl: true } })).toMatchObject({ kind: "key", text: "s" });
  expect(events.keyPress("Enter")).toMatchObject({ text: null });
});

test("[R086] the union is closed: a switch over the kinds is exhaustive", () => {
  const groupOf = (event: Event): "input" | "window" | "work" | "report" => {
    switch (event.kind) {
      case "widget":
      case "key":
      case "modifiers":
      case "pointer":
      case "ime":
        return "input";
      case "window":
      case "file":
      case "animation":
      case "theme":
        return "window";
      case "timer":
      case "async":
      case "stream":
      case "effect":
        return "work";
      case "system":
      case "fault":
        return "report";
      default:
        return unreachable(event);
    }
  };
  expect(groupOf(events.tick("refresh"))).toBe("work");
});
