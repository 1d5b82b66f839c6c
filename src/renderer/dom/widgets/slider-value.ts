import type { WireProps, WireValue } from "../../../protocol/node.ts";
import { readArray, readNumber } from "../props.ts";

/** What a slider can be set to. */
export interface SliderScale {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Used instead of `step` while Shift is held. */
  readonly shiftStep: number | undefined;
}

const PAGE_STEPS = 10;

/**
 * Reads `range`, `step`, `keyboard_step` and `shift_step`. A range that is upside down is turned round; `keyboard_step` stands
 * for `step` in every interaction, pointer included.
 */
export function readScale(props: WireProps): SliderScale {
  const ends = readArray(props["range"]);
  const first = readLooseNumber(ends?.[0]);
  const last = readLooseNumber(ends?.[1]);
  const isWhole = first !== undefined && last !== undefined;
  return {
    min: isWhole ? Math.min(first, last) : 0,
    max: isWhole ? Math.max(first, last) : 100,
    step: readStep(props["keyboard_step"]) ?? readStep(props["step"]) ?? 1,
    shiftStep: readStep(props["shift_step"]),
  };
}

export function clampTo(scale: SliderScale, value: number): number {
  return Math.min(scale.max, Math.max(scale.min, value));
}

/** 0 at the start of the range, 1 at its end. */
export function ratioOf(scale: SliderScale, value: number): number {
  return scale.max === scale.min ? 0 : (clampTo(scale, value) - scale.min) / (scale.max - scale.min);
}

/** The value at a place of the rail: a whole number of steps from the start, or the end itself. */
export function valueAt(scale: SliderScale, ratio: number, isShifted: boolean): number {
  if (ratio <= 0) return scale.min;
  if (ratio >= 1) return scale.max;
  const step = stepOf(scale, isShifted);
  return onStep(scale, step, Math.round((ratio * (scale.max - scale.min)) / step));
}

/** The value a key leads to; `undefined` for keys that mean nothing to a slider. */
export function valueAfterKey(scale: SliderScale, value: number, key: string, isShifted: boolean): number | undefined {
  switch (key) {
    case "ArrowUp":
    case "ArrowRight":
      return stepped(scale, value, 1, isShifted);
    case "ArrowDown":
    case "ArrowLeft":
      return stepped(scale, value, -1, isShifted);
    case "PageUp":
      return stepped(scale, value, PAGE_STEPS, isShifted);
    case "PageDown":
      return stepped(scale, value, -PAGE_STEPS, isShifted);
    case "Home":
      return scale.min;
    case "End":
      return scale.max;
    default:
      return undefined;
  }
}

/** So many steps away, on the grid of steps; never beyond the range. */
export function stepped(scale: SliderScale, value: number, count: number, isShifted: boolean): number {
  const step = stepOf(scale, isShifted);
  const position = (value - scale.min) / step;
  // From between two steps the first one leads to the next of them, not past it.
  const whole = Math.round(position);
  const isBetween = Math.abs(position - whole) > 1e-6;
  const from = isBetween ? (count > 0 ? Math.floor(position) : Math.ceil(position)) : whole;
  return onStep(scale, step, from + count);
}

function stepOf(scale: SliderScale, isShifted: boolean): number {
  return isShifted ? (scale.shiftStep ?? scale.step) : scale.step;
}

/** Without the tail that binary fractions leave: 0.1 and 0.2 make 0.3. */
function onStep(scale: SliderScale, step: number, count: number): number {
  const exact = scale.min + count * step;
  const digits = Math.max(decimals(scale.min), decimals(step));
  return clampTo(scale, digits > MAX_DIGITS ? exact : Number(exact.toFixed(digits)));
}

const MAX_DIGITS = 12;

function decimals(value: number): number {
  const [, fraction = "", exponent = "0"] = /^-?\d+(?:\.(\d+))?(?:e([-+]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

function readStep(value: WireValue | undefined): number | undefined {
  const step = readNumber(value);
  return step !== undefined && step > 0 ? step : undefined;
}

/** Some apps send these numbers as text. */
export function readLooseNumber(value: WireValue | undefined): number | undefined {
  if (typeof value !== "string" || value.trim() === "") return readNumber(value);
  return readNumber(Number(value));
}
