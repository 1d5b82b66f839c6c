import type { FillPortion, FontSpec, Gradient, PaddingSides, RgbaColor } from "../app/values.ts";
import type { StyleMap } from "./prop-values.ts";

// Small constructors for prop values. Literals are equally good: these only save looking up a shape.

/** A share of the space that is left, compared with the other shares. */
export function fillPortion(portion: number): FillPortion {
  if (Number.isInteger(portion) && portion >= 1) return { fillPortion: portion };
  throw new RangeError(`fillPortion needs a whole number from 1 up, got ${String(portion)}`);
}

export const padding = Object.freeze({
  all: (value: number): PaddingSides => ({ top: value, right: value, bottom: value, left: value }),
  /** Left and right, then top and bottom. */
  xy: (x: number, y: number): PaddingSides => ({ top: y, right: x, bottom: y, left: x }),
  sides: (sides: PaddingSides): PaddingSides => sides,
});

/** A color from channels between 0 and 1. */
export function rgb(r: number, g: number, b: number, a?: number): RgbaColor {
  return a === undefined ? { r, g, b } : { r, g, b, a };
}

/** A gradient in the direction of `degrees`: 0 goes to the right, 90 down. */
export function linearGradient(degrees: number, stops: Gradient["stops"]): Gradient {
  const angle = (degrees * Math.PI) / 180;
  const x = Math.cos(angle);
  const y = Math.sin(angle);
  const half = (Math.abs(x) + Math.abs(y)) / 2;
  return {
    type: "linear",
    start: [tidy(0.5 - half * x), tidy(0.5 - half * y)],
    end: [tidy(0.5 + half * x), tidy(0.5 + half * y)],
    stops,
  };
}

export const font = Object.freeze({
  family: (family: string, rest: Omit<FontSpec, "family"> = {}): FontSpec => ({ family, ...rest }),
  monospace: (rest: Omit<FontSpec, "family"> = {}): FontSpec => ({ family: "monospace", ...rest }),
  bold: (family?: string): FontSpec => (family === undefined ? { weight: "bold" } : { family, weight: "bold" }),
  italic: (family?: string): FontSpec => (family === undefined ? { style: "italic" } : { family, style: "italic" }),
});

/** A style that starts from a preset. */
export function styleFrom<Preset extends string>(base: Preset, rest: Omit<StyleMap<Preset>, "base">): StyleMap<Preset> {
  return { base, ...rest };
}

/** Removes what binary fractions leave behind, so that equal angles give equal values. */
function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}
