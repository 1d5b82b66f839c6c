import type { WireProps, WireValue } from "../../protocol/index.ts";

export type Axis = "width" | "height";

/** Length as the resolver sees it. */
export type Length =
  | { readonly kind: "fixed"; readonly size: number }
  | { readonly kind: "shrink" }
  | { readonly kind: "fill"; readonly portion: number };

/**
 * How a node lays out its children.
 *
 * - `leaf`: none of them take part in layout;
 * - `row`, `column`: one after another (`wrap: true` lets lines break);
 * - `box`: one child in a flex box with padding and alignment;
 * - `scroll`: one child, unbounded on the scroll axes of its `direction`;
 * - `stack`: the first child is in flow, the others lie on top with its size;
 * - `wrapper`: no size of its own: takes the child's lengths and passes everything through;
 * - `cell`: children are placed into rectangles made by the widget, definite on both axes;
 * - `cell-row`: definite width, shrinking height.
 */
export type Flow = "leaf" | "row" | "column" | "box" | "scroll" | "stack" | "wrapper" | "cell" | "cell-row";

/** A module's part in layout. */
export interface WidgetLayout {
  readonly flow: Flow;
  /** Length when the prop is absent; shrink unless said otherwise. */
  readonly width?: "fill" | "shrink" | number;
  readonly height?: "fill" | "shrink" | number;
  /** For widgets whose lengths do not come from `width` and `height` alone (center, vertical direction, a cell's own shape). */
  readonly length?: (props: WireProps, axis: Axis) => Length | undefined;
  /** Flow that depends on props. */
  readonly flowOf?: (props: WireProps) => Flow;
}

export const SHRINK: Length = { kind: "shrink" };
export const FILL: Length = { kind: "fill", portion: 1 };

const MAX_PORTION = 65_535;

/** Reads a Length; `undefined` when absent or malformed. */
export function readLength(value: WireValue | undefined): Length | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) && value >= 0 ? { kind: "fixed", size: value } : undefined;
  if (value === "fill") return FILL;
  if (value === "shrink") return SHRINK;
  if (typeof value === "object" && value !== null && "fill_portion" in value) {
    const portion = value["fill_portion"];
    if (typeof portion !== "number" || !Number.isInteger(portion) || portion < 1) return undefined;
    return { kind: "fill", portion: Math.min(portion, MAX_PORTION) };
  }
  return undefined;
}

/** The length a node asks for on an axis. */
export function lengthOf(layout: WidgetLayout, props: WireProps, axis: Axis): Length {
  return layout.length?.(props, axis) ?? readLength(props[axis]) ?? readLength(layout[axis]) ?? SHRINK;
}
