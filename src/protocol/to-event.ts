/** Turns what a renderer sent into what an author's `update` receives. */
import { err, ok, type Result } from "../base/result.ts";
import type { EffectKind } from "./effect.ts";
import { effectResults } from "./effect.ts";
import type { EffectEvent, Event, SystemEvent, WidgetPlace } from "./event.ts";
import { parseWireId } from "./ids.ts";
import type { EventMessage, FromRendererMessage } from "./message.ts";
import { NO_MODIFIERS } from "./modifiers.ts";
import {
  anyOf,
  array,
  boolean,
  bytes,
  type DecodeError,
  decode,
  integer,
  nullable,
  number,
  object,
  oneOf,
  optionalOrNull,
  type Schema,
  string,
  wireValue,
  withDefault,
} from "./schema.ts";
import { decodeSystemAnswer } from "./system-answer.ts";
import { currentWidgetFamily, isWidgetFamily, widgetValues } from "./widget-event.ts";

type Read = Result<Event, DecodeError>;
type Reader = (message: EventMessage) => Read;

/**
 * The author's form of an event or of an answer to a query. A family that is not known is a widget event of type
 * `custom`. An error means that a known family came with a value of the wrong shape.
 */
export function toEvent(message: FromRendererMessage<"event" | "op_query_response">): Read {
  if (message.type === "op_query_response") return decodeSystemAnswer(message);
  const reader = Object.hasOwn(readers, message.family) ? readers[message.family] : undefined;
  return reader?.(message) ?? toWidgetEvent(message);
}

/** The answer to an effect. Who sent it knows tag and kind; the message only has the id. */
export function toEffectEvent(
  message: FromRendererMessage<"effect_response">,
  request: { readonly tag: string; readonly effect: EffectKind },
): Result<EffectEvent, DecodeError> {
  const { tag, effect } = request;
  switch (message.status) {
    case "ok": {
      const schema: Schema<unknown> = effectResults[effect];
      const read = decode(schema, message.result ?? null);
      // The schema is the one of this effect.
      if (read.ok) return ok({ kind: "effect", type: "ok", tag, effect, result: read.value } as EffectEvent);
      return err({ ...read.error, path: ["result", ...read.error.path] });
    }
    case "error":
      return ok({ kind: "effect", type: "error", tag, effect, error: message.error ?? "" });
    case "cancelled":
    case "unsupported":
      return ok({ kind: "effect", type: message.status, tag, effect });
  }
}

const screenshotResult = object({
  op: oneOf(["screenshot"]),
  width: number,
  height: number,
  rgba: withDefault(nullable(bytes), null),
  request_id: withDefault(string, ""),
});

/** A picture of a window comes as an answer to an effect whose id is the window's; nothing when it is another answer. */
export function toScreenshotEvent(message: FromRendererMessage<"effect_response">): SystemEvent | undefined {
  if (message.status !== "ok") return undefined;
  const read = decode(screenshotResult, message.result);
  if (!read.ok) return undefined;
  const { request_id, width, height, rgba } = read.value;
  return { kind: "system", type: "screenshot", tag: request_id, windowId: message.id, width, height, rgba };
}

function toWidgetEvent(message: EventMessage): Read {
  const family = currentWidgetFamily(message.family, message.value);
  const place = placeOf(message.id);
  if (!isWidgetFamily(family)) {
    return ok({ kind: "widget", type: "custom", ...place, family: message.family, value: message.value ?? null });
  }
  const schema: Schema<unknown> = widgetValues[family];
  const read = decode(schema, message.value);
  if (!read.ok) return err({ ...read.error, path: ["value", ...read.error.path] });
  // The schema is the one of this family.
  return ok({ kind: "widget", type: family, ...place, value: read.value } as Event);
}

function placeOf(wireId: string): WidgetPlace {
  return { ...parseWireId(wireId), target: wireId };
}

/** A reader for a family: checks the value, then makes the event. Returning nothing leaves it to the widget families. */
function reader<V>(schema: Schema<V>, make: (value: V, message: EventMessage) => Event): Reader {
  return (message) => {
    const read = decode(schema, message.value);
    if (!read.ok) return err({ ...read.error, path: ["value", ...read.error.path] });
    return ok(make(read.value, message));
  };
}

function input(message: EventMessage): { readonly tag: string; readonly captured: boolean } {
  return { tag: message.tag ?? "", captured: message.captured ?? false };
}

function tagOf(message: EventMessage): string {
  return message.tag ?? "";
}

const anything = withDefault(wireValue, null);
const real = withDefault(number, 0);
const text = withDefault(string, "");
const orNull = withDefault(nullable(number), null);
const textOrNull = withDefault(nullable(string), null);
const inWindow = object({ window_id: string });

const key = object({
  key: string,
  modified_key: optionalOrNull(string),
  physical_key: withDefault(string, "Unidentified"),
  location: withDefault(oneOf(["standard", "left", "right", "numpad"]), "standard"),
  text: textOrNull,
  repeat: withDefault(boolean, false),
});

function keyReader(type: "press" | "release"): Reader {
  const read = reader(key, (value, message) => ({
    kind: "key",
    type,
    key: value.key,
    modifiedKey: value.modified_key ?? value.key,
    physicalKey: value.physical_key,
    location: value.location,
    text: value.text,
    repeat: value.repeat,
    modifiers: message.modifiers ?? NO_MODIFIERS,
    ...input(message),
  }));
  // The same family with an id is a key inside a canvas.
  return (message) => (message.id === "" ? read(message) : toWidgetEvent(message));
}

function buttonReader(type: "press" | "release"): Reader {
  const button = anyOf(string, object({ button: string }));
  return reader(button, (value, message) => ({
    kind: "pointer",
    type,
    button: typeof value === "string" ? value : value.button,
    ...input(message),
  }));
}

function touchReader(type: "touch_press" | "touch_move" | "touch_release" | "touch_lost"): Reader {
  return reader(object({ id: integer, x: real, y: real }), ({ id, x, y }, message) => ({
    kind: "pointer",
    type,
    finger: id,
    x,
    y,
    ...input(message),
  }));
}

function windowReader(type: "closed" | "close_requested" | "focused" | "unfocused"): Reader {
  return reader(inWindow, ({ window_id }, message) => ({
    kind: "window",
    type,
    windowId: window_id,
    tag: tagOf(message),
  }));
}

function fileReader(type: "hovered" | "dropped"): Reader {
  return reader(object({ window_id: string, path: string }), ({ window_id, path }, message) => ({
    kind: "file",
    type,
    windowId: window_id,
    path,
    tag: tagOf(message),
  }));
}

const commandError = object({
  reason: text,
  id: textOrNull,
  node_id: textOrNull,
  family: textOrNull,
  op: textOrNull,
  message: text,
});

const readCommandError = reader(commandError, (value) => ({
  kind: "fault",
  type: "command_error",
  reason: value.reason,
  target: value.id ?? value.node_id,
  family: value.family ?? value.op,
  message: value.message,
}));

const readError = reader(withDefault(object({ error: text }), { error: "" }), ({ error }, message) => ({
  kind: "fault",
  type: "error",
  id: message.id,
  message: error,
  value: message.value ?? null,
}));

const COMMAND_ERROR_IDS: ReadonlySet<string> = new Set(["command", "widget_command", "extension_command"]);

const openedAt = object({ x: optionalOrNull(number), y: optionalOrNull(number) });
const opened = object({
  window_id: string,
  width: real,
  height: real,
  scale_factor: withDefault(number, 1),
  x: orNull,
  y: orNull,
  /** Where generation 0.5 put the two. */
  position: optionalOrNull(openedAt),
});

const readers: { readonly [family: string]: Reader } = {
  key_press: keyReader("press"),
  key_release: keyReader("release"),
  modifiers_changed: reader(anything, (_, message) => ({
    kind: "modifiers",
    type: "changed",
    modifiers: message.modifiers ?? NO_MODIFIERS,
    ...input(message),
  })),

  cursor_moved: reader(object({ x: real, y: real }), ({ x, y }, message) => ({
    kind: "pointer",
    type: "move",
    x,
    y,
    ...input(message),
  })),
  cursor_entered: reader(anything, (_, message) => ({ kind: "pointer", type: "enter", ...input(message) })),
  cursor_left: reader(anything, (_, message) => ({ kind: "pointer", type: "leave", ...input(message) })),
  button_pressed: buttonReader("press"),
  button_released: buttonReader("release"),
  wheel_scrolled: reader(
    object({ delta_x: real, delta_y: real, unit: withDefault(oneOf(["line", "lines", "pixel", "pixels"]), "lines") }),
    ({ delta_x, delta_y, unit }, message) => ({
      kind: "pointer",
      type: "scroll",
      deltaX: delta_x,
      deltaY: delta_y,
      unit: unit.startsWith("line") ? "line" : "pixel",
      ...input(message),
    }),
  ),
  finger_pressed: touchReader("touch_press"),
  finger_moved: touchReader("touch_move"),
  finger_lifted: touchReader("touch_release"),
  finger_lost: touchReader("touch_lost"),

  ime_opened: reader(anything, (_, message) => ({ kind: "ime", type: "opened", ...input(message) })),
  ime_closed: reader(anything, (_, message) => ({ kind: "ime", type: "closed", ...input(message) })),
  ime_preedit: reader(
    object({ text: string, cursor: withDefault(nullable(object({ start: integer, end: integer })), null) }),
    ({ text, cursor }, message) => ({ kind: "ime", type: "preedit", text, cursor, ...input(message) }),
  ),
  ime_commit: reader(object({ text: string }), ({ text }, message) => ({
    kind: "ime",
    type: "commit",
    text,
    ...input(message),
  })),

  window_opened: reader(opened, (value, message) => ({
    kind: "window",
    type: "opened",
    windowId: value.window_id,
    width: value.width,
    height: value.height,
    scaleFactor: value.scale_factor,
    x: value.x ?? value.position?.x ?? null,
    y: value.y ?? value.position?.y ?? null,
    tag: tagOf(message),
  })),
  window_closed: windowReader("closed"),
  window_close_requested: windowReader("close_requested"),
  window_focused: windowReader("focused"),
  window_unfocused: windowReader("unfocused"),
  window_moved: reader(object({ window_id: string, x: number, y: number }), ({ window_id, x, y }, message) => ({
    kind: "window",
    type: "moved",
    windowId: window_id,
    x,
    y,
    tag: tagOf(message),
  })),
  window_resized: reader(
    object({ window_id: string, width: number, height: number }),
    ({ window_id, width, height }, message) => ({
      kind: "window",
      type: "resized",
      windowId: window_id,
      width,
      height,
      tag: tagOf(message),
    }),
  ),
  window_rescaled: reader(
    object({ window_id: string, scale_factor: number }),
    ({ window_id, scale_factor }, message) => ({
      kind: "window",
      type: "rescaled",
      windowId: window_id,
      scaleFactor: scale_factor,
      tag: tagOf(message),
    }),
  ),

  file_hovered: fileReader("hovered"),
  file_dropped: fileReader("dropped"),
  files_hovered_left: reader(inWindow, ({ window_id }, message) => ({
    kind: "file",
    type: "left",
    windowId: window_id,
    tag: tagOf(message),
  })),

  animation_frame: reader(object({ timestamp: number }), ({ timestamp }, message) => ({
    kind: "animation",
    type: "frame",
    timestamp,
    tag: tagOf(message),
  })),
  theme_changed: reader(string, (value, message) => ({ kind: "theme", type: "changed", value, tag: tagOf(message) })),

  all_windows_closed: reader(anything, () => ({ kind: "system", type: "all_windows_closed" })),
  announce: reader(object({ text: string, politeness: withDefault(string, "assertive") }), (value) => ({
    kind: "system",
    type: "announce",
    text: value.text,
    politeness: value.politeness,
  })),

  error: (message) => (COMMAND_ERROR_IDS.has(message.id) ? readCommandError(message) : readError(message)),
  command_error: readCommandError,
  image_error: reader(object({ error: text }), ({ error }, message) => ({
    kind: "fault",
    type: "image_error",
    handle: message.id,
    message: error,
  })),
  prop_validation: reader(
    object({ node_id: optionalOrNull(string), node_type: text, warnings: withDefault(array(string), []) }),
    ({ node_id, node_type, warnings }, message) => ({
      kind: "fault",
      type: "prop_validation",
      target: node_id ?? message.id,
      nodeType: node_type,
      warnings,
    }),
  ),
  widget_family_collision: reader(anything, (value) => ({ kind: "fault", type: "widget_family_collision", value })),
  diagnostic: reader(
    object({ level: text, code: text, message: text, element_id: textOrNull }),
    ({ level, code, message, element_id }) => ({
      kind: "fault",
      type: "diagnostic",
      level,
      code,
      target: element_id,
      message,
    }),
  ),
  session_error: reader(object({ code: text, error: text }), ({ code, error }) => ({
    kind: "fault",
    type: "session_error",
    code,
    message: error,
  })),
  session_closed: reader(withDefault(object({ reason: textOrNull }), { reason: null }), ({ reason }) => ({
    kind: "fault",
    type: "session_closed",
    reason,
  })),
};
