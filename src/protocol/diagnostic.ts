import { err, ok, type Result } from "../base/result.ts";
import type { WireProps, WireValue } from "./node.ts";
import {
  array,
  boolean,
  type DecodeError,
  decode,
  type Infer,
  nullable,
  number,
  object,
  oneOf,
  optionalOrNull,
  type Schema,
  string,
  unsigned,
  wireProps,
  wireValue,
  withDefault,
} from "./schema.ts";

const detail = object({ detail: string });
const max = object({ max: unsigned });
const capped = object({ max: unsigned, requested: unsigned, granted: unsigned, dropped: unsigned });
const fault = object({ consecutive: unsigned, message: string });

/** The fields of every known diagnostic, by kind. Renderers send the first group, hosts report the others. */
export const diagnosticFields = {
  required_widgets_missing: object({ missing: array(string) }),
  invalid_settings: detail,
  wire_input_error: detail,
  unknown_patch_op: object({ op: string, payload: withDefault(wireValue, null) }),
  tree_depth_exceeded: object({ id: string, max_depth: unsigned }),
  content_length_exceeded: object({ id: string, field: string, actual: unsigned, cap: unsigned, truncated: unsigned }),
  font_family_not_found: object({ family: string }),
  font_cap_exceeded: capped,
  font_cache_cap_exceeded: max,
  dash_cache_cap_exceeded: max,
  dash_segments_cap_exceeded: max,
  svg_parse_error: object({ id: string, source: string, detail: string }),
  svg_decode_timeout: object({ id: string, source: string, deadline_debug: string }),
  widget_panic: object({ id: string, type_name: string, label: string }),
  animation_descriptor_invalid: object({ id: string, prop: string }),
  emitter_coalesce_cap_exceeded: object({ cap: unsigned }),
  renderer_runtime_error: detail,

  duplicate_id: object({ id: string, window_id: withDefault(nullable(string), null) }),
  empty_id: object({ type_name: string }),
  multiple_top_level_windows: object({ window_ids: array(string) }),
  unknown_window: object({ window_id: string, subscription_tag: string }),
  unrecognized_widget_placeholder: object({ id: string }),
  widget_id_invalid: object({
    reason: oneOf(["too_long", "reserved_char"]),
    type_name: string,
    id: string,
    detail: string,
  }),
  missing_accessible_name: object({ type_name: string, id: string }),
  a11y_ref_unresolved: object({ id: string, key: string, value: string, is_member: boolean }),
  widget_id_type_collision: object({ id: string, existing_type: string, incoming_type: string }),
  view_panicked: fault,
  update_panicked: fault,
  unknown_message_type: object({ msg_type: string }),
  dispatch_loop_exceeded: object({ depth: unsigned, limit: unsigned }),
  buffer_overflow: object({ size: unsigned, limit: unsigned }),

  prop_range_exceeded: object({
    id: string,
    type_name: string,
    prop: string,
    /** Text in the current generation, a number before. */
    raw: wireValue,
    clamped: withDefault(nullable(number), null),
    non_finite: withDefault(boolean, false),
  }),
  prop_type_mismatch: object({
    id: string,
    type_name: string,
    prop: string,
    value_debug: optionalOrNull(string),
    expected_debug: optionalOrNull(string),
  }),
  prop_unknown: object({ id: string, type_name: string, prop: string, known_debug: optionalOrNull(string) }),
  too_many_duplicates: object({ limit: unsigned }),
} as const;

export type DiagnosticKind = keyof typeof diagnosticFields;

/** A known diagnostic: its kind and the fields that belong to it. */
export type KnownDiagnostic<Kind extends DiagnosticKind = DiagnosticKind> = {
  readonly [K in Kind]: { readonly kind: K } & Infer<(typeof diagnosticFields)[K]>;
}[Kind];

/** A known diagnostic, or one of a kind that this package does not know. */
export type Diagnostic =
  | KnownDiagnostic
  | { readonly kind: "unknown"; readonly name: string; readonly fields: { readonly [name: string]: WireValue } };

export const DIAGNOSTIC_KINDS = Object.keys(diagnosticFields) as readonly DiagnosticKind[];

export function isDiagnosticKind(kind: string): kind is DiagnosticKind {
  return Object.hasOwn(diagnosticFields, kind);
}

/** Reads the `diagnostic` of a message. Every kind is accepted; a known one must have its fields. */
export function decodeDiagnostic(raw: { readonly kind: string } & WireProps): Result<Diagnostic, DecodeError> {
  const { kind, ...fields } = raw;
  if (!isDiagnosticKind(kind)) {
    const read = decode(wireProps, fields);
    return read.ok ? ok({ kind: "unknown", name: kind, fields: read.value }) : err(read.error);
  }
  const schema: Schema<object> = diagnosticFields[kind];
  const read = decode(schema, fields);
  // The schema is the one of this kind.
  return read.ok ? ok({ kind, ...read.value } as KnownDiagnostic) : err(read.error);
}
