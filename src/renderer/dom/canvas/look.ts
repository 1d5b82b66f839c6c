import { MAX_DASH_SEGMENTS, type WireProps, type WireValue } from "../../../protocol/index.ts";
import { readArray, readColor, readEnum, readNumber, readRecord } from "../props.ts";

/** A linear gradient in canvas pixels. Offsets lie in 0..1. */
export interface CanvasGradientLook {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly stops: readonly (readonly [number, string])[];
}

export type Fill = string | CanvasGradientLook;

export interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly cap: "butt" | "round" | "square";
  readonly join: "miter" | "round" | "bevel";
  readonly dash: Dash | undefined;
}

export interface Dash {
  readonly segments: readonly number[];
  readonly offset: number;
  /** More segments came than are drawn. */
  readonly isCut: boolean;
}

/** How an outline is painted. */
export interface Look {
  readonly fill: Fill | undefined;
  readonly stroke: Stroke | undefined;
  readonly opacity: number;
  readonly rule: CanvasFillRuleName;
}

export type CanvasFillRuleName = "nonzero" | "evenodd";

/** What a group's state puts over the look of the shapes in it. */
export interface LookOverride {
  readonly fill: string | undefined;
  readonly stroke: Stroke | undefined;
  readonly opacity: number | undefined;
}

const OPAQUE = /^#[0-9a-f]{6}$/;
const MAX_STOPS = 8;
const WHITE = "#ffffff";
const LINE: Stroke = { color: WHITE, width: 1, cap: "butt", join: "miter", dash: undefined };

/** The look of a closed shape: white when it has neither fill nor stroke. */
export function readLook(props: WireProps): Look {
  const stroke = readStroke(props["stroke"]);
  const fill = readFill(props["fill"]) ?? (stroke === undefined ? WHITE : undefined);
  const rule = props["fill_rule"] === "even_odd" ? "evenodd" : "nonzero";
  return { fill, stroke, opacity: readOpacity(props["opacity"]) ?? 1, rule };
}

/** The look of a line: one white pixel when it has no stroke. */
export function readLineLook(props: WireProps): Look {
  const stroke = readStroke(props["stroke"]) ?? LINE;
  return { fill: undefined, stroke, opacity: readOpacity(props["opacity"]) ?? 1, rule: "nonzero" };
}

/** 0 to 1. */
export function readOpacity(value: WireValue | undefined): number | undefined {
  const opacity = readNumber(value);
  return opacity === undefined ? undefined : Math.min(1, Math.max(0, opacity));
}

export function readFill(value: WireValue | undefined): Fill | undefined {
  if (value === undefined) return undefined;
  return readSolid(value) ?? readCanvasGradient(value);
}

export function readSolid(value: WireValue | undefined): string | undefined {
  // Nearly all colors are as the 2D API wants them.
  return typeof value === "string" && OPAQUE.test(value) ? value : readColor(value);
}

/** One bad stop discards the gradient. */
export function readCanvasGradient(value: WireValue | undefined): CanvasGradientLook | undefined {
  const gradient = readRecord(value);
  if (gradient?.["type"] !== "linear") return undefined;
  const from = readPair(gradient["start"]);
  const to = readPair(gradient["end"]);
  const entries = readArray(gradient["stops"]);
  if (from === undefined || to === undefined || entries === undefined || entries.length === 0) return undefined;
  const stops: (readonly [number, string])[] = [];
  for (const entry of entries) {
    const pair = readArray(entry);
    const offset = readNumber(pair?.[0]);
    const color = readColor(pair?.[1]);
    if (offset === undefined || color === undefined) return undefined;
    if (stops.length < MAX_STOPS) stops.push([Math.min(1, Math.max(0, offset)), color]);
  }
  return { from, to, stops };
}

/** Absent without a valid color. A width of zero or less draws nothing. */
export function readStroke(value: WireValue | undefined): Stroke | undefined {
  const stroke = readRecord(value);
  const color = readSolid(stroke?.["color"]);
  if (stroke === undefined || color === undefined) return undefined;
  return {
    color,
    width: Math.max(0, readNumber(stroke["width"]) ?? 1),
    cap: readEnum(stroke["cap"], ["butt", "round", "square"]) ?? "butt",
    join: readEnum(stroke["join"], ["miter", "round", "bevel"]) ?? "miter",
    dash: readDash(stroke["dash"]),
  };
}

/** Absent (a solid line) without segments, or with a negative one. Only the integer part of the offset counts. */
export function readDash(value: WireValue | undefined): Dash | undefined {
  const dash = readRecord(value);
  const all = readArray(dash?.["segments"]) ?? [];
  const segments: number[] = [];
  for (const entry of all.slice(0, MAX_DASH_SEGMENTS)) {
    const length = readNumber(entry);
    if (length === undefined || length < 0) return undefined;
    segments.push(length);
  }
  if (segments.length === 0) return undefined;
  const offset = Math.trunc(readNumber(dash?.["offset"]) ?? 0);
  return { segments, offset, isCut: all.length > MAX_DASH_SEGMENTS };
}

/** A `hover_style`, `pressed_style` or `focus_style`. */
export function readOverride(value: WireValue | undefined): LookOverride | undefined {
  const style = readRecord(value);
  if (style === undefined) return undefined;
  return {
    fill: readSolid(style["fill"]),
    stroke: readStroke(style["stroke"]),
    opacity: readOpacity(style["opacity"]),
  };
}

/** `over` on top of `under`, field by field. */
export function mergeOverrides(
  under: LookOverride | undefined,
  over: LookOverride | undefined,
): LookOverride | undefined {
  if (under === undefined || over === undefined) return over ?? under;
  return {
    fill: over.fill ?? under.fill,
    stroke: over.stroke ?? under.stroke,
    opacity: over.opacity ?? under.opacity,
  };
}

/** The look with the override on it. What has no inside (lines) takes no fill. */
export function overrideLook(look: Look, over: LookOverride | undefined, hasInside: boolean): Look {
  if (over === undefined) return look;
  return {
    fill: hasInside ? (over.fill ?? look.fill) : look.fill,
    stroke: over.stroke ?? look.stroke,
    opacity: over.opacity ?? look.opacity,
    rule: look.rule,
  };
}

function readPair(value: WireValue | undefined): readonly [number, number] | undefined {
  const pair = readArray(value);
  const first = readNumber(pair?.[0]);
  const second = readNumber(pair?.[1]);
  return first === undefined || second === undefined ? undefined : [first, second];
}
