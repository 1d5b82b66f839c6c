import type { MotionValue } from "./descriptor.ts";

/** Props whose widgets refuse a negative number: what overshoots stops at 0 instead of falling back to the default for a moment. */
const NEVER_NEGATIVE: ReadonlySet<string> = new Set([
  "border_radius",
  "cell_size",
  "code_size",
  "divider_width",
  "gap",
  "h",
  "h1_size",
  "h2_size",
  "h3_size",
  "handle_radius",
  "header_text_size",
  "height",
  "leeway",
  "line_height",
  "max_height",
  "max_width",
  "menu_height",
  "min_height",
  "min_size",
  "opacity",
  "padding",
  "r",
  "rail_width",
  "row_text_size",
  "scale",
  "scrollbar_margin",
  "scrollbar_width",
  "scroller_width",
  "separator",
  "size",
  "spacing",
  "text_size",
  "thickness",
  "total_size",
  "w",
  "width",
]);

/** A value on the way, kept inside what the prop can mean. */
export function fitValue(prop: string, value: MotionValue): MotionValue {
  if (typeof value !== "number") return value;
  if (!Number.isFinite(value)) return 0;
  if (value < 0 && NEVER_NEGATIVE.has(prop)) return 0;
  return prop === "opacity" ? Math.min(1, value) : value;
}
