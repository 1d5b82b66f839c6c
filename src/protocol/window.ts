import type { WireProps } from "./node.ts";
import {
  anyOf,
  array,
  boolean,
  bytes,
  INVALID,
  type Infer,
  literal,
  normalized,
  number,
  object,
  oneOf,
  optional,
  optionalOrNull,
  type PlainObject,
  type Schema,
  string,
  unsigned,
  wireValue,
  withDefault,
} from "./schema.ts";

const nothing = object({});
const query = object({ tag: string });
const size = object({ width: withDefault(number, 0), height: withDefault(number, 0) });

/** A pair under two names; some hosts write an array. */
function pair(first: string, second: string, value: unknown): unknown {
  return Array.isArray(value) && value.length === 2 ? { [first]: value[0], [second]: value[1] } : value;
}

/** `width` and `height` of the node may be lengths such as `fill`, which say nothing about the window itself. */
function currentWindowSettings(settings: PlainObject): PlainObject {
  const current: { [name: string]: unknown } = { ...settings };
  for (const name of ["width", "height"]) if (typeof current[name] !== "number") delete current[name];
  for (const name of ["min_size", "max_size"]) {
    if (Array.isArray(current[name])) current[name] = pair("width", "height", current[name]);
  }
  if (Array.isArray(current["position"])) current["position"] = pair("x", "y", current["position"]);
  return current;
}

const windowFields = object({
  title: optionalOrNull(string),
  width: optionalOrNull(number),
  height: optionalOrNull(number),
  size: optionalOrNull(array(number)),
  position: optionalOrNull(anyOf(literal("centered"), object({ x: number, y: number }))),
  min_size: optionalOrNull(object({ width: number, height: number })),
  max_size: optionalOrNull(object({ width: number, height: number })),
  maximized: optionalOrNull(boolean),
  fullscreen: optionalOrNull(boolean),
  transparent: optionalOrNull(boolean),
  blur: optionalOrNull(boolean),
  visible: optionalOrNull(boolean),
  resizable: optionalOrNull(boolean),
  closeable: optionalOrNull(boolean),
  minimizable: optionalOrNull(boolean),
  decorations: optionalOrNull(boolean),
  exit_on_close_request: optionalOrNull(boolean),
  level: optionalOrNull(oneOf(["normal", "always_on_top", "always_on_bottom"])),
  scale_factor: optionalOrNull(number),
  theme: optional(wireValue),
});

/** Props of a window node, and the payload of `open` and `update`. */
export const windowSettings = normalized(windowFields, currentWindowSettings);

export type WindowSettings = Infer<typeof windowSettings>;

/** What each window operation takes. Queries are the ones with a required `tag`. */
export const windowPayloads = {
  open: windowSettings,
  update: windowSettings,
  close: nothing,
  resize: object({ width: number, height: number }),
  move: object({ x: number, y: number }),
  maximize: object({ maximized: withDefault(boolean, true) }),
  minimize: object({ minimized: withDefault(boolean, true) }),
  set_mode: object({ mode: oneOf(["windowed", "fullscreen", "hidden"]) }),
  toggle_maximize: nothing,
  toggle_decorations: nothing,
  gain_focus: nothing,
  drag: nothing,
  show_system_menu: nothing,
  set_level: object({ level: oneOf(["normal", "always_on_top", "always_on_bottom"]) }),
  drag_resize: object({
    direction: oneOf(["north", "south", "east", "west", "north_east", "north_west", "south_east", "south_west"]),
  }),
  /** Any other urgency means none. */
  request_attention: object({ urgency: optionalOrNull(string) }),
  set_resizable: object({ resizable: withDefault(boolean, true) }),
  set_min_size: size,
  set_max_size: size,
  set_resize_increments: size,
  mouse_passthrough: object({ enabled: withDefault(boolean, true) }),
  /** RGBA8. */
  set_icon: object({ data: bytes, width: unsigned, height: unsigned }),
  screenshot: object({ tag: withDefault(string, "") }),
  get_size: query,
  get_position: query,
  is_maximized: query,
  is_minimized: query,
  get_mode: query,
  get_scale_factor: query,
  monitor_size: query,
  raw_id: query,
} as const;

export type WindowOp = keyof typeof windowPayloads;
export type WindowOpPayload<Op extends WindowOp> = Infer<(typeof windowPayloads)[Op]>;

export const WINDOW_OPS = Object.keys(windowPayloads) as readonly WindowOp[];

export function isWindowOp(op: string): op is WindowOp {
  return Object.hasOwn(windowPayloads, op);
}

export function isWindowQuery(op: string): boolean {
  return isWindowOp(op) && windowPayloads[op] === query;
}

/** Adds the check of the payload by operation. Unknown operations pass: a renderer may know more than we do. */
export function validWindowPayload<Message extends { readonly op: string; readonly payload: WireProps }>(
  schema: Schema<Message>,
): Schema<Message> {
  return {
    expected: schema.expected,
    read(value, context) {
      const message = schema.read(value, context);
      if (message === INVALID || !isWindowOp(message.op)) return message;
      const payloadSchema: Schema<WireProps> = windowPayloads[message.op];
      const payload = payloadSchema.read(message.payload, context);
      if (payload === INVALID) return context.at("payload");
      return payload === message.payload ? message : { ...message, payload };
    },
  };
}
