// Color arithmetic behind palettes: sRGB, linear RGB and Oklch. All channels and alpha run from 0 to 1.

export interface Color {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

export const BLACK: Color = { r: 0, g: 0, b: 0, a: 1 };
export const WHITE: Color = { r: 1, g: 1, b: 1, a: 1 };

const HEX = /^#?([0-9a-f]{6}|[0-9a-f]{8})$/i;

/** Six or eight hex digits with or without `#`; anything else is `undefined`. */
export function parseColor(text: unknown): Color | undefined {
  if (typeof text !== "string") return undefined;
  const digits = HEX.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const channel = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16) / 255;
  return { r: channel(0), g: channel(2), b: channel(4), a: digits.length === 8 ? channel(6) : 1 };
}

/** `#rrggbb`, or `#rrggbbaa` when not opaque. */
export function formatColor(color: Color): string {
  const alpha = color.a < 1 ? hexByte(color.a) : "";
  return `#${hexByte(color.r)}${hexByte(color.g)}${hexByte(color.b)}${alpha}`;
}

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

interface Oklch {
  readonly l: number;
  readonly c: number;
  /** Radians. */
  readonly h: number;
}

function toOklch(color: Color): Oklch {
  const r = toLinear(color.r);
  const g = toLinear(color.g);
  const b = toLinear(color.b);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  };
}

function fromOklch(color: Oklch, alpha: number): Color {
  const a = color.c * Math.cos(color.h);
  const b = color.c * Math.sin(color.h);
  const l = (color.l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (color.l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (color.l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return {
    r: toGamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    g: toGamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    b: toGamma(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
    a: alpha,
  };
}

function luminance(color: Color): number {
  return 0.2126 * toLinear(color.r) + 0.7152 * toLinear(color.g) + 0.0722 * toLinear(color.b);
}

function toLinear(channel: number): number {
  return channel < 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function toGamma(linear: number): number {
  const clamped = Math.min(1, Math.max(0, linear));
  return clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
}

function hexByte(channel: number): string {
  return Math.round(Math.min(1, Math.max(0, channel)) * 255)
    .toString(16)
    .padStart(2, "0");
}
