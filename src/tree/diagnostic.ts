/** What a view can do wrong. Wrong parts are left out or made safe; the rest is shown. */
export type TreeDiagnosticCode =
  | "duplicate_id"
  | "widget_id_invalid"
  | "empty_id"
  | "child_invalid"
  | "root_not_window"
  | "window_nested"
  | "tree_depth_exceeded"
  | "prop_unknown"
  | "prop_type_mismatch"
  | "a11y_ref_unresolved"
  | "composite_nesting_exceeded";

export interface TreeDiagnostic {
  readonly code: TreeDiagnosticCode;
  /** Wire id of the element concerned. */
  readonly id: string;
  readonly type: string;
  /** Host name of the prop, with the path inside it: `style.border.color`. */
  readonly prop?: string;
  readonly message: string;
}

/** Reports of one kind for one place are given once per tree; this many places are remembered. */
export const MAX_REMEMBERED_REPORTS = 1000;

/** A value in a report: its type and size, never its content. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value !== "object") return `a ${typeof value}`;
  const name: unknown = value.constructor?.name;
  return typeof name === "string" && name !== "" && name !== "Object" ? `an instance of ${name}` : "an object";
}
