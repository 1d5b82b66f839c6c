/**
 * Everything that travels between host and renderer. A schema per message; the types follow from them. Decoding turns
 * older spellings into the current ones, so that code behind it knows one form only.
 */
import type { Result } from "../base/result.ts";
import { modifiers } from "./modifiers.ts";
import type { WireValue } from "./node.ts";
import { older } from "./older-spellings.ts";
import type { PatchOp } from "./patch.ts";
import { readOps, type SkippedOp } from "./patch-decode.ts";
import {
  array,
  boolean,
  bytes,
  type DecodeError,
  decode,
  INVALID,
  type Infer,
  integer,
  literal,
  node,
  nullable,
  object,
  oneOf,
  optional,
  optionalOrNull,
  type Schema,
  string,
  tagged,
  unsigned,
  wireProps,
  wireValue,
  withDefault,
} from "./schema.ts";
import { validWindowPayload } from "./window.ts";

const session = optional(string);
const anything: Schema<unknown> = { expected: "value", read: (value) => value };
const payload = withDefault(wireProps, {});

const commandEntry = object({ id: string, family: string, value: optional(wireValue) });

/** `{}` finds the focused widget. */
const selector = object({
  by: optionalOrNull(oneOf(["id", "text", "role", "label", "focused"])),
  value: optionalOrNull(string),
  window_id: optionalOrNull(string),
});

export interface PatchMessage {
  readonly type: "patch";
  readonly session?: string;
  readonly ops: readonly PatchOp[];
  /** Only after decoding: ops that were left out because they cannot be applied. Never sent. */
  readonly skipped?: readonly SkippedOp[];
}

const rawPatch = object({ type: literal("patch"), session, ops: array(anything) });

const patch: Schema<PatchMessage> = {
  expected: "object",
  read(value, context) {
    const raw = rawPatch.read(value, context);
    if (raw === INVALID) return INVALID;
    const read = readOps(raw.ops, context);
    if (read === INVALID) return context.at("ops");
    // The same object when every op was fine: then `raw` already is the message.
    if (read.ops === raw.ops) return raw as PatchMessage;
    return read.skipped.length === 0 ? { ...raw, ops: read.ops } : { ...raw, ops: read.ops, skipped: read.skipped };
  },
};

const toRenderer = {
  settings: object({ type: literal("settings"), session, settings: wireProps }),
  snapshot: object({ type: literal("snapshot"), session, tree: node }),
  patch,
  subscribe: object({
    type: literal("subscribe"),
    session,
    kind: string,
    tag: string,
    /** Events per second; 0 mutes what may be held back. */
    max_rate: optionalOrNull(unsigned),
    window_id: optionalOrNull(string),
  }),
  /** Without `tag`: all entries of the kind. */
  unsubscribe: object({ type: literal("unsubscribe"), session, kind: string, tag: optionalOrNull(string) }),
  widget_op: object({ type: literal("widget_op"), session, op: string, payload }),
  command: object({ type: literal("command"), session, id: string, family: string, value: optional(wireValue) }),
  commands: object({ type: literal("commands"), session, commands: array(commandEntry) }),
  window_op: validWindowPayload(
    object({ type: literal("window_op"), session, op: string, window_id: string, payload }),
  ),
  system_op: object({ type: literal("system_op"), session, op: string, payload }),
  system_query: object({ type: literal("system_query"), session, op: string, payload }),
  image_op: object({
    type: literal("image_op"),
    session,
    op: string,
    payload: object({
      handle: withDefault(string, ""),
      /** An encoded picture. */
      data: optionalOrNull(bytes),
      /** RGBA8; wins over `data`. */
      pixels: optionalOrNull(bytes),
      width: optionalOrNull(unsigned),
      height: optionalOrNull(unsigned),
      tag: optionalOrNull(string),
    }),
  }),
  /** The payload is checked by who runs the effect, because a wrong one is answered: see `checkEffectPayload`. */
  effect: object({ type: literal("effect"), session, id: string, kind: string, payload: wireProps }),
  register_effect_stub: object({ type: literal("register_effect_stub"), session, kind: string, response: wireValue }),
  unregister_effect_stub: object({ type: literal("unregister_effect_stub"), session, kind: string }),
  interact: object({
    type: literal("interact"),
    session,
    id: string,
    action: string,
    selector: withDefault(selector, {}),
    payload,
  }),
  query: object({ type: literal("query"), session, id: string, target: string, selector: optionalOrNull(selector) }),
  tree_hash: object({ type: literal("tree_hash"), session, id: string, name: string }),
  screenshot: object({
    type: literal("screenshot"),
    session,
    id: string,
    name: string,
    width: optionalOrNull(unsigned),
    height: optionalOrNull(unsigned),
  }),
  reset: object({ type: literal("reset"), session, id: string }),
  /** `timestamp` in milliseconds. */
  advance_frame: object({ type: literal("advance_frame"), session, timestamp: unsigned }),
  load_font: object({
    type: literal("load_font"),
    session,
    payload: object({ family: withDefault(string, ""), data: optionalOrNull(bytes) }),
  }),
} as const;

const names = withDefault(array(string), []);
const text = withDefault(string, "");

const event = object({
  type: literal("event"),
  session,
  family: string,
  id: withDefault(string, ""),
  value: optional(wireValue),
  tag: optionalOrNull(string),
  modifiers: optionalOrNull(modifiers),
  captured: optionalOrNull(boolean),
});
const eventInside = older.event(event);

export interface DiagnosticFields {
  readonly kind: string;
  readonly [field: string]: WireValue;
}

const withKind = object({ kind: string });
const diagnosticFields: Schema<DiagnosticFields> = {
  expected: "diagnostic",
  read(value, context) {
    const tag = withKind.read(value, context);
    if (tag === INVALID) return INVALID;
    const fields = wireProps.read(value, context);
    // The line above made sure that `kind` is a string.
    return fields === INVALID ? INVALID : (fields as DiagnosticFields);
  },
};

const fromRenderer = {
  hello: object({
    type: literal("hello"),
    session,
    protocol_version: integer,
    protocol: integer,
    codec: text,
    version: string,
    name: text,
    mode: text,
    backend: text,
    transport: text,
    native_widgets: names,
    widget_sets: names,
    widgets: names,
  }),
  error: object({ type: literal("error"), session, message: string }),
  event,
  /** See `decodeDiagnostic` for the known kinds. */
  diagnostic: object({
    type: literal("diagnostic"),
    session,
    level: oneOf(["info", "warn", "error"]),
    diagnostic: diagnosticFields,
  }),
  effect_response: object({
    type: literal("effect_response"),
    session,
    id: string,
    status: oneOf(["ok", "error", "cancelled", "unsupported"]),
    result: optional(wireValue),
    error: optionalOrNull(string),
  }),
  effect_stub_register_ack: object({
    type: literal("effect_stub_register_ack"),
    session,
    kind: string,
    status: withDefault(oneOf(["registered", "error"]), "registered"),
  }),
  effect_stub_unregister_ack: object({
    type: literal("effect_stub_unregister_ack"),
    session,
    kind: string,
    status: withDefault(oneOf(["unregistered", "error"]), "unregistered"),
  }),
  query_response: object({
    type: literal("query_response"),
    session,
    id: string,
    target: text,
    data: withDefault(nullable(node), null),
  }),
  op_query_response: object({
    type: literal("op_query_response"),
    session,
    kind: string,
    tag: string,
    data: withDefault(wireValue, null),
  }),
  interact_step: object({ type: literal("interact_step"), session, id: string, events: array(eventInside) }),
  interact_response: object({ type: literal("interact_response"), session, id: string, events: array(eventInside) }),
  tree_hash_response: object({
    type: literal("tree_hash_response"),
    session,
    id: string,
    name: string,
    hash: string,
  }),
  screenshot_response: object({
    type: literal("screenshot_response"),
    session,
    id: string,
    name: string,
    hash: string,
    width: unsigned,
    height: unsigned,
    rgba: optionalOrNull(bytes),
  }),
  reset_response: object({ type: literal("reset_response"), session, id: string, status: text }),
} as const;

export const toRendererSchema = older.toRenderer(tagged("type", toRenderer));
export const fromRendererSchema = older.fromRenderer(tagged("type", fromRenderer));

/** A message of the host. */
export type ToRenderer = Infer<typeof toRendererSchema>;
/** A message of the renderer. */
export type FromRenderer = Infer<typeof fromRendererSchema>;

export type ToRendererType = ToRenderer["type"];
export type FromRendererType = FromRenderer["type"];
/** One message of the host by its type name. */
export type ToRendererMessage<Type extends ToRendererType> = Extract<ToRenderer, { readonly type: Type }>;
/** One message of the renderer by its type name. */
export type FromRendererMessage<Type extends FromRendererType> = Extract<FromRenderer, { readonly type: Type }>;

export type Hello = FromRendererMessage<"hello">;
export type EventMessage = FromRendererMessage<"event">;
export type Selector = Infer<typeof selector>;
export type DiagnosticLevel = FromRendererMessage<"diagnostic">["level"];

export const TO_RENDERER_TYPES = Object.keys(toRenderer) as readonly ToRendererType[];
export const FROM_RENDERER_TYPES = Object.keys(fromRenderer) as readonly FromRendererType[];

/** Checks what a renderer receives. */
export function decodeToRenderer(value: unknown): Result<ToRenderer, DecodeError> {
  return decode(toRendererSchema, value);
}

/** Checks what a host receives. */
export function decodeFromRenderer(value: unknown): Result<FromRenderer, DecodeError> {
  return decode(fromRendererSchema, value);
}
