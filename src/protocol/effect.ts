import { err, ok, type Result } from "../base/result.ts";
import type { WireProps } from "./node.ts";
import { array, decode, type Infer, object, oneOf, optionalOrNull, type Schema, string, unsigned } from "./schema.ts";

const dialog = object({
  title: optionalOrNull(string),
  directory: optionalOrNull(string),
  /** Pairs of a name and extensions separated by `;`. */
  filters: optionalOrNull(array(array(string))),
  default_name: optionalOrNull(string),
});
const nothing = object({});
const text = object({ text: string });
const path = object({ path: string });
const paths = object({ paths: array(string) });

/** What is asked for, by effect kind. */
export const effectPayloads = {
  file_open: dialog,
  file_open_multiple: dialog,
  file_save: dialog,
  directory_select: dialog,
  directory_select_multiple: dialog,
  clipboard_read: nothing,
  clipboard_write: text,
  clipboard_read_html: nothing,
  clipboard_write_html: object({ html: string, alt_text: optionalOrNull(string) }),
  clipboard_clear: nothing,
  clipboard_read_primary: nothing,
  clipboard_write_primary: text,
  notification: object({
    title: string,
    body: string,
    icon: optionalOrNull(string),
    /** Milliseconds. */
    timeout: optionalOrNull(unsigned),
    urgency: optionalOrNull(oneOf(["low", "normal", "critical"])),
    sound: optionalOrNull(string),
  }),
} as const;

export type EffectKind = keyof typeof effectPayloads;
export type EffectPayload<Kind extends EffectKind = EffectKind> = Infer<(typeof effectPayloads)[Kind]>;

const done: Schema<null> = { expected: "null", read: () => null };

/** What `ok` brings, by effect kind. */
export const effectResults = {
  file_open: path,
  file_open_multiple: paths,
  file_save: path,
  directory_select: path,
  directory_select_multiple: paths,
  clipboard_read: text,
  clipboard_write: done,
  clipboard_read_html: object({ html: string }),
  clipboard_write_html: done,
  clipboard_clear: done,
  clipboard_read_primary: text,
  clipboard_write_primary: done,
  notification: done,
} as const satisfies { readonly [K in EffectKind]: Schema<unknown> };

export type EffectResult<Kind extends EffectKind = EffectKind> = Infer<(typeof effectResults)[Kind]>;

export const EFFECT_KINDS = Object.keys(effectPayloads) as readonly EffectKind[];

const DIALOG_KINDS: ReadonlySet<string> = new Set<EffectKind>([
  "file_open",
  "file_open_multiple",
  "file_save",
  "directory_select",
  "directory_select_multiple",
]);

export function isEffectKind(kind: string): kind is EffectKind {
  return Object.hasOwn(effectPayloads, kind);
}

/** Kinds that wait for a person and therefore have a long time limit. */
export function isDialogKind(kind: string): boolean {
  return DIALOG_KINDS.has(kind);
}

/** The payload when it fits its kind, else the text for an `effect_response` of status `error`. */
export function checkEffectPayload(kind: string, payload: WireProps): Result<WireProps, string> {
  if (!isEffectKind(kind)) return err(`unknown effect kind: ${kind.slice(0, 64)}`);
  const schema: Schema<unknown> = effectPayloads[kind];
  const checked = decode(schema, payload);
  if (checked.ok) return ok(payload);
  const { path, expected, found } = checked.error;
  const field = path[0];
  if (field === undefined) return err(`invalid payload for ${kind}: expected object`);
  if (found === "nothing") return err(`missing required field for ${kind}: ${field}`);
  if (typeof payload[field] === "string" && expected.startsWith("one of")) {
    return err(`invalid field value for ${kind}.${field}: expected ${expected}`);
  }
  return err(`invalid field type for ${kind}.${field}: expected ${expected}`);
}
