import type { WireProps } from "./node.ts";
import {
  anyOf,
  array,
  boolean,
  bytes,
  type DecodeError,
  decode,
  type InferFields,
  isReservedKey,
  number,
  object,
  optionalOrNull,
  type Schema,
  string,
  unsigned,
  wireProps,
  wireValue,
} from "./schema.ts";

export const settingsFields = {
  protocol_version: optionalOrNull(unsigned),
  /** Listen transport only: lower-case hex digest of the token. */
  token_sha256: optionalOrNull(string),
  default_text_size: optionalOrNull(number),
  default_font: optionalOrNull(anyOf(string, object({ family: string, fallback: optionalOrNull(array(string)) }))),
  /** Events per second for what may be held back. */
  default_event_rate: optionalOrNull(unsigned),
  fonts: optionalOrNull(array(anyOf(string, object({ data: bytes })))),
  antialiasing: optionalOrNull(boolean),
  vsync: optionalOrNull(boolean),
  scale_factor: optionalOrNull(number),
  theme: optionalOrNull(wireValue),
  widget_config: optionalOrNull(wireProps),
  required_widgets: optionalOrNull(array(string)),
  validate_props: optionalOrNull(boolean),
  log_level: optionalOrNull(string),
} as const;

/** What a host tells a renderer about itself and about defaults. */
export type Settings = InferFields<typeof settingsFields>;

/**
 * Reads what can be read. Each field that is unknown or wrong is one problem; the others still apply, as a renderer is
 * expected to do.
 */
export function decodeSettings(raw: WireProps): {
  readonly settings: Settings;
  readonly problems: readonly DecodeError[];
} {
  const fields: { readonly [name: string]: Schema<unknown> } = settingsFields;
  const settings: { [name: string]: unknown } = {};
  const problems: DecodeError[] = [];
  for (const [given, value] of Object.entries(raw)) {
    const name = given === "extension_config" ? "widget_config" : given;
    const schema = Object.hasOwn(fields, name) && !isReservedKey(name) ? fields[name] : undefined;
    if (schema === undefined) {
      problems.push({ code: "decode-failed", path: [given], expected: "a known setting", found: "an unknown one" });
    } else if (value !== null && value !== undefined) {
      const read = decode(schema, value);
      if (read.ok) settings[name] = read.value;
      else problems.push({ ...read.error, path: [given, ...read.error.path] });
    }
  }
  // Every entry passed the schema of its name.
  return { settings: settings as Settings, problems };
}
