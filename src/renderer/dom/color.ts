// Color arithmetic behind palettes, in sRGB, linear RGB and Oklch.

import { type Color, fromOklch, toGamma, toLinear, toOklch } from "../motion/color.ts";

export { type Color, formatColor, parseColor } from "../motion/color.ts";

export const BLACK: Color = { r: 0, g: 0, b: 0, a: 1 };
export const WHITE: Color = { r: 1, g: 1, b: 1, a: 1 };

export function withAlpha(color: Color, factor: number): Color {
  return { ...color, a: color.a * factor };
}

/** Interpolates in linear RGB; `factor` 0 is `from`. */
export function mix(from: Color, to: Color, factor: number): Color {
  const blend = (a: number, b: number): number => toGamma(toLinear(a) * (1 - factor) + toLinear(b) * factor);
  return {
    r: blend(from.r, to.r),
    g: blend(from.g, to.g),
    b: blend(from.b, to.b),
    a: from.a * (1 - factor) + to.a * factor,
  };
}

export function isDark(color: Color): boolean {
  return toOklch(color).l < 0.6;
}

export function lighten(color: Color, amount: number): Color {
  const { l, c, h } = toOklch(color);
  return fromOklch({ l: Math.min(1, l + amount), c: c * (1 + (2 * amount) / Math.max(l, 0.05)), h }, color.a);
}

export function darken(color: Color, amount: number): Color {
  const { l, c, h } = toOklch(color);
  const chroma = c > 0 && c < (1 - l) / 2 ? c * (1 + Math.min(0.2 / c, 100) * amount) : c;
  return fromOklch({ l: Math.max(0, l - amount), c: chroma, h }, color.a);
}

/** Away from the color's own end of the scale: lighter when dark, darker when light. */
export function deviate(color: Color, amount: number): Color {
  return isDark(color) ? lighten(color, amount) : darken(color, amount);
}

/** WCAG contrast, 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** `text` if it can be read on `background`, else the nearest color that can. */
export function readable(background: Color, text: Color): Color {
  const enough = 6;
  if (contrast(background, text) >= enough) return text;
  const improve = isDark(background) ? lighten : darken;
  for (const amount of [0.1, 0.2]) {
    const candidate = improve(text, amount);
    if (contrast(background, candidate) >= enough) return candidate;
  }
  const extreme = contrast(background, WHITE) > contrast(background, BLACK) ? WHITE : BLACK;
  return mix(extreme, background, 0.05);
}

/** The hover shift of a StyleMap without `hovered`: a tenth darker when light, lighter when dark. */
export function shiftForHover(color: Color): Color {
  const amount = 0.299 * color.r + 0.587 * color.g + 0.114 * color.b > 0.5 ? -0.1 : 0.1;
  const shift = (channel: number): number => Math.min(1, Math.max(0, channel + amount));
  return { r: shift(color.r), g: shift(color.g), b: shift(color.b), a: color.a };
}

function luminance(color: Color): number {
  return 0.2126 * toLinear(color.r) + 0.7152 * toLinear(color.g) + 0.0722 * toLinear(color.b);
}
