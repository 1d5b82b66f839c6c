/**
 * What earlier generations and other hosts wrote, turned into the form the schemas describe. Nothing is checked here:
 * values are moved to their present name and refused, if they are wrong, by the schema behind.
 */
import { isPlainObject, normalized, type PlainObject, type Schema } from "./schema.ts";
import { currentSubscriptionKind } from "./subscription.ts";

export const older = {
  toRenderer: <Value>(schema: Schema<Value>): Schema<Value> => normalized(schema, currentToRenderer),
  fromRenderer: <Value>(schema: Schema<Value>): Schema<Value> => normalized(schema, currentFromRenderer),
  event: <Value>(schema: Schema<Value>): Schema<Value> => normalized(schema, currentEvent),
};

/** Widget operations that name a target: the same as a `command` of that family. */
const TARGETED_OPS: ReadonlySet<unknown> = new Set([
  "focus",
  "scroll_to",
  "scroll_by",
  "snap_to",
  "snap_to_end",
  "select_all",
  "select_range",
  "move_cursor_to",
  "move_cursor_to_front",
  "move_cursor_to_end",
  "pane_split",
  "pane_close",
  "pane_swap",
  "pane_maximize",
  "pane_restore",
]);

const IMAGE_FIELDS = ["handle", "data", "pixels", "width", "height", "tag"];

function currentToRenderer(message: PlainObject): PlainObject {
  switch (message["type"]) {
    case "subscribe":
    case "unsubscribe": {
      const kind = message["kind"];
      const current = typeof kind === "string" ? currentSubscriptionKind(kind) : kind;
      return current === kind ? message : { ...message, kind: current };
    }
    case "window_op":
      return withIconData(withPayload(message));
    case "system_op":
    case "system_query":
      return withPayload(message);
    case "widget_op":
      return currentWidgetOp(message);
    case "image_op":
      return present(message, "payload") ? message : { ...message, payload: pick(message, IMAGE_FIELDS) };
    case "load_font":
      return present(message, "payload") ? message : { ...message, payload: pick(message, ["family", "data"]) };
    case "command":
      return currentCommand(message);
    case "widget_command":
    case "extension_command":
      return currentCommand({ ...renamedCommand(message), type: "command" });
    case "commands":
    case "widget_commands":
    case "extension_commands":
      return currentBatch(message);
    default:
      return message;
  }
}

function currentFromRenderer(message: PlainObject): PlainObject {
  switch (message["type"]) {
    case "hello":
      return currentHello(message);
    case "event":
      return currentEvent(message);
    case "effect_stub_registered":
      return { ...message, type: "effect_stub_register_ack" };
    case "effect_stub_unregistered":
      return { ...message, type: "effect_stub_unregister_ack" };
    case "query_response":
      return moved(message, "result", "data");
    case "op_query_response":
      return moved(moved(message, "result", "data"), "id", "tag");
    default:
      return message;
  }
}

function currentHello(message: PlainObject): PlainObject {
  return moved(moved(message, "protocol", "protocol_version"), "protocol_version", "protocol");
}

function currentEvent(message: PlainObject): PlainObject {
  const windowId = message["window_id"];
  const hasData = message["value"] === undefined && present(message, "data");
  if (!hasData && typeof windowId !== "string") return message;
  const { data, window_id: _, ...rest } = message;
  const current: { [key: string]: unknown } = rest;
  if (hasData) current["value"] = data;
  if (typeof windowId === "string") {
    const id = message["id"];
    const value = current["value"];
    if (typeof id === "string" && id !== "" && id !== windowId) {
      if (!id.includes("#")) current["id"] = `${windowId}#${id}`;
    } else if (value === undefined) {
      current["value"] = { window_id: windowId };
    } else if (isPlainObject(value) && value["window_id"] === undefined) {
      current["value"] = { ...value, window_id: windowId };
    }
  }
  return current;
}

function currentWidgetOp(message: PlainObject): PlainObject {
  const { op, payload: given, ...rest } = message;
  const payload = isPlainObject(given) ? given : {};
  const target = payload["target"];
  if (TARGETED_OPS.has(op) && typeof target === "string") {
    const { target: _, ...value } = payload;
    const isEmpty = Object.keys(value).length === 0;
    return currentCommand({ ...rest, type: "command", id: target, family: op, value: isEmpty ? null : value });
  }
  if (op === "focus_element" && typeof payload["element_id"] === "string") {
    return { ...rest, type: "command", id: elementId(target, payload["element_id"]), family: "focus", value: null };
  }
  if (op === "list_images") {
    return { ...rest, type: "image_op", op: "list", payload: { tag: payload["tag"] ?? target ?? "list_images" } };
  }
  if (op === "clear_images") return { ...rest, type: "image_op", op: "clear", payload: {} };
  if (op === "load_font") return { ...rest, type: "load_font", payload };
  return message;
}

function currentCommand(entry: PlainObject): PlainObject {
  const value = entry["value"];
  if (!isPlainObject(value)) return entry;
  const current = currentCommandValue(entry["family"], value);
  return current === value ? entry : { ...entry, value: current };
}

function currentCommandValue(family: unknown, value: PlainObject): unknown {
  switch (family) {
    case "move_cursor_to":
      return value["position"] ?? value;
    case "select_range":
      return renamed(value, { start: "start_pos", end: "end_pos" });
    case "scroll_to":
    case "scroll_by":
      return renamed(value, { offset_x: "x", offset_y: "y" });
    default:
      return value;
  }
}

function currentBatch(message: PlainObject): PlainObject {
  const commands = message["commands"];
  if (!Array.isArray(commands)) return { ...message, type: "commands" };
  let isChanged = message["type"] !== "commands";
  const current = commands.map((entry: unknown) => {
    if (!isPlainObject(entry)) return entry;
    const changed = currentCommand(renamedCommand(entry));
    if (changed !== entry) isChanged = true;
    return changed;
  });
  return isChanged ? { ...message, type: "commands", commands: current } : message;
}

function renamedCommand(entry: PlainObject): PlainObject {
  if (entry["node_id"] === undefined && entry["op"] === undefined) return entry;
  return renamed(entry, { node_id: "id", op: "family", payload: "value" });
}

function withPayload(message: PlainObject): PlainObject {
  return present(message, "payload") ? message : moved(message, "settings", "payload");
}

function withIconData(message: PlainObject): PlainObject {
  const payload = message["payload"];
  if (message["op"] !== "set_icon" || !isPlainObject(payload)) return message;
  const current = moved(payload, "icon_data", "data");
  return current === payload ? message : { ...message, payload: current };
}

/** The id of something inside a canvas: an id that is scoped already stays as it is. */
function elementId(canvas: unknown, element: string): string {
  return typeof canvas !== "string" || element.includes("/") || element.includes("#")
    ? element
    : `${canvas}/${element}`;
}

function present(value: PlainObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined && value[name] !== null;
}

/** The field `from` under the name `to`, when there is no `to`. */
function moved(value: PlainObject, from: string, to: string): PlainObject {
  return present(value, to) || !present(value, from) ? value : { ...value, [to]: value[from] };
}

function renamed(value: PlainObject, names: { readonly [from: string]: string }): PlainObject {
  let current = value;
  for (const [from, to] of Object.entries(names)) {
    if (!Object.hasOwn(current, from)) continue;
    const { [from]: content, ...rest } = current;
    current = Object.hasOwn(rest, to) ? rest : { ...rest, [to]: content };
  }
  return current;
}

function pick(value: PlainObject, names: readonly string[]): PlainObject {
  const picked: { [name: string]: unknown } = {};
  for (const name of names) if (Object.hasOwn(value, name)) picked[name] = value[name];
  return picked;
}
