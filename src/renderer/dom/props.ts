import type { WireProps, WireValue } from "../../protocol/index.ts";
import { formatColor, parseColor } from "./color.ts";

// Reading props: what is absent, null, of the wrong type or malformed is `undefined`, so that `?? default` says the rest.

export function readNumber(value: WireValue | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A number that is not negative: sizes, spacings, paddings. */
export function readSize(value: WireValue | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
}

export function readString(value: WireValue | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function readEnum<Name extends string>(value: WireValue | undefined, names: readonly Name[]): Name | undefined {
  return names.find((name) => name === value);
}

export function readRecord(value: WireValue | undefined): WireProps | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array)
    return undefined;
  // Array.isArray does not narrow readonly arrays, so the record is what remains.
  return value as WireProps;
}

export function readArray(value: WireValue | undefined): readonly WireValue[] | undefined {
  return Array.isArray(value) ? (value as readonly WireValue[]) : undefined;
}

/** CSS color. */
export function readColor(value: WireValue | undefined): string | undefined {
  const color = parseColor(value);
  return color === undefined ? undefined : formatColor(color);
}

/** CSS `padding`. */
export function readPadding(value: WireValue | undefined): string | undefined {
  const all = readSize(value);
  if (all !== undefined) return `${all}px`;
  const sides = readRecord(value);
  if (sides === undefined) return undefined;
  const side = (name: string): string => `${readSize(sides[name]) ?? 0}px`;
  return `${side("top")} ${side("right")} ${side("bottom")} ${side("left")}`;
}

/** CSS `border-radius`. */
export function readRadius(value: WireValue | undefined): string | undefined {
  const all = readSize(value);
  if (all !== undefined) return `${all}px`;
  const corners = readRecord(value);
  if (corners === undefined) return undefined;
  const corner = (name: string): string => `${readSize(corners[name]) ?? 0}px`;
  return `${corner("top_left")} ${corner("top_right")} ${corner("bottom_right")} ${corner("bottom_left")}`;
}

export interface BorderLook {
  readonly color: string;
  readonly width: string;
  readonly radius: string;
}

/** One bad member makes the whole border absent. */
export function readBorder(value: WireValue | undefined): BorderLook | undefined {
  const border = readRecord(value);
  if (border === undefined) return undefined;
  const color = border["color"] === undefined ? "transparent" : readColor(border["color"]);
  const width = border["width"] === undefined ? 0 : readSize(border["width"]);
  const radius = border["radius"] === undefined ? "0px" : readRadius(border["radius"]);
  if (color === undefined || width === undefined || radius === undefined) return undefined;
  return { color, width: `${width}px`, radius };
}

/** CSS `box-shadow`. */
export function readShadow(value: WireValue | undefined): string | undefined {
  const shadow = readRecord(value);
  if (shadow === undefined || "offset_x" in shadow || "offset_y" in shadow) return undefined;
  const color = shadow["color"] === undefined ? "#000000" : readColor(shadow["color"]);
  const blur = shadow["blur_radius"] === undefined ? 0 : readSize(shadow["blur_radius"]);
  const offset = shadow["offset"] === undefined ? [0, 0] : readArray(shadow["offset"]);
  const x = readNumber(offset?.[0]);
  const y = readNumber(offset?.[1]);
  if (color === undefined || blur === undefined || x === undefined || y === undefined) return undefined;
  return `${x}px ${y}px ${blur}px ${color}`;
}

export interface GradientStop {
  readonly offset: number;
  readonly color: string;
}

export interface Gradient {
  /**
   * Degrees, ready for CSS: the direction of the line from `start` to `end`, where 0 points upwards. The protocol's helpers
   * count from the right instead; apps were tuned to what its reference implementation paints, and so is this.
   */
  readonly angle: number;
  readonly stops: readonly GradientStop[];
}

const MAX_STOPS = 8;

export function readGradient(value: WireValue | undefined): Gradient | undefined {
  const gradient = readRecord(value);
  if (gradient?.["type"] !== "linear") return undefined;
  const start = readArray(gradient["start"])?.map((part) => readNumber(part));
  const end = readArray(gradient["end"])?.map((part) => readNumber(part));
  const [x0, y0] = start ?? [];
  const [x1, y1] = end ?? [];
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return undefined;
  const stops: GradientStop[] = [];
  for (const entry of readArray(gradient["stops"]) ?? []) {
    const pair = readArray(entry);
    const offset = readNumber(pair?.[0]);
    const color = readColor(pair?.[1]);
    if (offset === undefined || color === undefined) return undefined;
    stops.push({ offset, color });
  }
  if (stops.length === 0) return undefined;
  const angle = (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI;
  return { angle, stops: stops.slice(0, MAX_STOPS) };
}

export function gradientCss(gradient: Gradient): string {
  const stops = gradient.stops.map((stop) => `${stop.color} ${round(stop.offset * 100)}%`);
  // One stop alone is no gradient in CSS.
  if (stops.length === 1) stops.push(...stops);
  return `linear-gradient(${round(gradient.angle)}deg, ${stops.join(", ")})`;
}

/** CSS `background` of a color or gradient. */
export function readBackground(value: WireValue | undefined): string | undefined {
  const color = readColor(value);
  if (color !== undefined) return color;
  const gradient = readGradient(value);
  return gradient === undefined ? undefined : gradientCss(gradient);
}

const WEIGHTS: Readonly<Record<string, number>> = {
  thin: 100,
  extra_light: 200,
  light: 300,
  normal: 400,
  medium: 500,
  semi_bold: 600,
  bold: 700,
  extra_bold: 800,
  black: 900,
};

const STRETCHES: Readonly<Record<string, string>> = {
  ultra_condensed: "50%",
  extra_condensed: "62.5%",
  condensed: "75%",
  semi_condensed: "87.5%",
  normal: "100%",
  semi_expanded: "112.5%",
  expanded: "125%",
  extra_expanded: "150%",
  ultra_expanded: "200%",
};

const MAX_FAMILY_CHARS = 256;

const GENERIC_FAMILIES: Readonly<Record<string, string>> = {
  default: "var(--font-default)",
  monospace: "var(--font-mono)",
  serif: "serif",
  sans_serif: "var(--font-sans)",
  cursive: "cursive",
  fantasy: "fantasy",
};

export interface FontLook {
  readonly family: string;
  readonly weight: string;
  readonly style: string;
  readonly stretch: string;
}

/** CSS font properties. An unknown enum member makes the whole font absent. */
export function readFont(value: WireValue | undefined): FontLook | undefined {
  if (typeof value === "string") {
    // As a bare string only these two names are generic.
    const isGeneric = value === "default" || value === "monospace";
    const family = isGeneric ? GENERIC_FAMILIES[value] : quoteFamily(value);
    return family === undefined ? undefined : { family, weight: "normal", style: "normal", stretch: "normal" };
  }
  const font = readRecord(value);
  if (font === undefined) return undefined;
  const name = font["family"] ?? "default";
  const weight = Object.hasOwn(WEIGHTS, String(font["weight"] ?? "normal"))
    ? WEIGHTS[String(font["weight"] ?? "normal")]
    : undefined;
  const stretch = Object.hasOwn(STRETCHES, String(font["stretch"] ?? "normal"))
    ? STRETCHES[String(font["stretch"] ?? "normal")]
    : undefined;
  const style = readEnum(font["style"] ?? "normal", ["normal", "italic", "oblique"]);
  if (typeof name !== "string" || weight === undefined || stretch === undefined || style === undefined)
    return undefined;
  const family = Object.hasOwn(GENERIC_FAMILIES, name) ? GENERIC_FAMILIES[name] : quoteFamily(name);
  return family === undefined ? undefined : { family, weight: String(weight), style, stretch };
}

/** Writes a font to an element; `undefined` inherits. */
export function applyFont(style: CSSStyleDeclaration, font: FontLook | undefined): void {
  style.fontFamily = font?.family ?? "";
  style.fontWeight = font?.weight ?? "";
  style.fontStyle = font?.style ?? "";
  style.fontStretch = font?.stretch ?? "";
}

/** CSS `line-height`. */
export function readLineHeight(value: WireValue | undefined): string | undefined {
  const relative = readNumber(value) ?? readNumber(readRecord(value)?.["relative"]);
  if (relative !== undefined) return relative > 0 ? String(relative) : undefined;
  const absolute = readNumber(readRecord(value)?.["absolute"]);
  return absolute !== undefined && absolute > 0 ? `${absolute}px` : undefined;
}

function quoteFamily(name: string): string | undefined {
  if (name.length === 0 || name.length > MAX_FAMILY_CHARS) return undefined;
  // A quote or backslash would end the CSS string; no family has one in its name.
  return `"${name.replace(/["\\\n\r\f]/g, "")}", var(--font-default)`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
