import { findShape, findWidget, type PropSpec } from "../../protocol/catalog.ts";
import { encodeAccessibility } from "./accessibility.ts";
import {
  encodeBackground,
  encodeBoolean,
  encodeColor,
  encodeData,
  encodeDescribed,
  encodeLength,
  encodeNumber,
  encodePadding,
  encodePosition,
  encodeSize,
  encodeString,
  encodeTheme,
  enumEncoder,
  type ValueEncoder,
} from "./values.ts";

/** What encoding knows of one widget type. */
export interface WidgetSpec {
  readonly encoders: ReadonlyMap<string, ValueEncoder>;
  readonly families: ReadonlySet<string>;
}

/** The two props that hold no value of their own but are projected into the accessibility props. */
export const PROJECTED_TYPES: ReadonlySet<string> = new Set([
  "text_input",
  "text_editor",
  "checkbox",
  "pick_list",
  "combo_box",
]);

/**
 * What is known of a type; `undefined` for types of other renderers' widgets. `text`, `image` and `svg` have further props
 * inside a canvas, under the same name.
 */
export function widgetSpec(type: string): WidgetSpec | undefined {
  const widget = findWidget(type);
  const shape = findShape(type);
  if (widget === undefined && shape === undefined) return undefined;
  const encoders = new Map<string, ValueEncoder>();
  for (const spec of [shape, widget]) {
    for (const prop of spec?.props.values() ?? []) encoders.set(prop.name, encoderFor(prop));
  }
  return { encoders, families: new Set([...(widget?.families ?? []), ...(shape?.families ?? [])]) };
}

function encoderFor({ name, wireType, values }: PropSpec): ValueEncoder {
  if (name === "position" && wireType.includes("centered")) return encodePosition;
  if (wireType === "[w,h]" || wireType.startsWith("{width,height}")) return encodeSize;
  if (wireType === "enum") return values === undefined ? encodeString : enumEncoder(values);
  if (wireType.startsWith("number") || wireType.startsWith("integer")) return encodeNumber;
  switch (wireType) {
    case "Length":
      return encodeLength;
    case "Padding":
      return encodePadding;
    case "Color":
      return encodeColor;
    case "Color|Gradient":
      return encodeBackground;
    case "Theme":
      return encodeTheme;
    case "A11y":
      return encodeAccessibility;
    case "bool":
      return encodeBoolean;
    case "string":
    case "string|null":
      return encodeString;
    case "array of objects":
    case "array of strings":
    case "array of ids":
      return encodeData;
    default:
      return name === "layers" || name === "shapes" ? encodeData : encodeDescribed;
  }
}
