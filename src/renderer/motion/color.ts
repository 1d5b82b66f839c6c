// Colors as the wire has them and in Oklch (Björn Ottosson, "A perceptual color space for image processing", 2020).
// All channels and alpha run from 0 to 1.

export interface Color {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a: number;
}

export interface Oklch {
  readonly l: number;
  readonly c: number;
  /** Radians. */
  readonly h: number;
}

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

/** Below this a color has no hue worth keeping. */
const GRAY_CHROMA = 0.001;

/** The way from one color to another in Oklch along the shorter arc of hue. Progress outside 0..1 goes on in the same direction. */
export function colorBetween(from: Color, to: Color): (progress: number) => Color {
  const start = toOklch(from);
  const end = toOklch(to);
  const startHue = start.c < GRAY_CHROMA ? end.h : start.h;
  const endHue = end.c < GRAY_CHROMA ? startHue : end.h;
  let arc = endHue - startHue;
  if (arc > Math.PI) arc -= 2 * Math.PI;
  else if (arc < -Math.PI) arc += 2 * Math.PI;
  return (progress) => {
    const l = Math.min(1, Math.max(0, start.l + (end.l - start.l) * progress));
    const c = Math.max(0, start.c + (end.c - start.c) * progress);
    const a = Math.min(1, Math.max(0, from.a + (to.a - from.a) * progress));
    return fromOklch({ l, c, h: startHue + arc * progress }, a);
  };
}

/** Place in a space where distances are differences that people see, alpha included. */
export function perceived(color: Color): readonly [l: number, a: number, b: number, alpha: number] {
  const { l, c, h } = toOklch(color);
  return [l, c * Math.cos(h), c * Math.sin(h), color.a];
}

export function toOklch(color: Color): Oklch {
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

export function fromOklch(color: Oklch, alpha: number): Color {
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

export function toLinear(channel: number): number {
  return channel < 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

export function toGamma(linear: number): number {
  const clamped = Math.min(1, Math.max(0, linear));
  return clamped <= 0.0031308 ? clamped * 12.92 : 1.055 * clamped ** (1 / 2.4) - 0.055;
}

function hexByte(channel: number): string {
  return Math.round(Math.min(1, Math.max(0, channel)) * 255)
    .toString(16)
    .padStart(2, "0");
}
