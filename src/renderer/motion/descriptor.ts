import type { WireProps, WireValue } from "../../protocol/index.ts";
import { parseColor } from "./color.ts";
import { cubicBezier, EASE_IN_OUT, type Ease, easeOf } from "./easing.ts";
import type { SpringConstants } from "./spring.ts";

/** What can be animated: a finite number, or a color as the wire has it. */
export type MotionValue = number | string;

interface StepBase {
  readonly to: MotionValue;
  readonly from: MotionValue | undefined;
  /** Reported when the step is over. */
  readonly tag: string | undefined;
}

export interface TransitionStep extends StepBase {
  readonly kind: "transition";
  readonly durationMs: number;
  /** Counted again in every cycle. */
  readonly delayMs: number;
  readonly ease: Ease;
  /** `Infinity` goes on for ever. */
  readonly cycles: number;
  readonly autoReverse: boolean;
}

export interface SpringStep extends StepBase {
  readonly kind: "spring";
  readonly constants: SpringConstants;
  /** Per second: of the number itself, or of a color's progress from 0 to 1. */
  readonly velocity: number;
}

export type Step = TransitionStep | SpringStep;

/** A descriptor that was understood. */
export interface Plan {
  readonly steps: readonly [Step, ...Step[]];
  /** A sequence's own tag, reported after that of its last step. */
  readonly tag: string | undefined;
}

export type Descriptor =
  | { readonly kind: "plan"; readonly plan: Plan }
  /** `end`: where it would have ended, if that much can be read. */
  | { readonly kind: "invalid"; readonly end: MotionValue | undefined };

export const MAX_STEPS = 256;
const MAX_MS = 30 * 24 * 60 * 60 * 1000;
const MAX_NUMBER = 1e12;
const MAX_CONSTANT = 1e6;
const MAX_TAG = 1024;

/** True for what stands for an animation instead of a value. */
export function isDescriptor(value: WireValue | undefined): boolean {
  if (typeof value !== "object" || value === null) return false;
  // Arrays and bytes have no such member. Every object in every prop comes here, so nothing more is asked.
  const { type } = value as { readonly type?: WireValue };
  return type === "transition" || type === "spring" || type === "sequence";
}

/** Of the same kind: a number can only go to a number, a color to a color. */
export function isSameKind(one: WireValue | undefined, other: MotionValue): one is MotionValue {
  return typeof one === typeof other && isMotionValue(one);
}

/** Reads what `isDescriptor` recognized. */
export function readDescriptor(value: WireValue): Descriptor {
  const record = recordOf(value) ?? {};
  const isSequence = record["type"] === "sequence";
  const list = isSequence ? record["steps"] : [value];
  const raw: readonly WireValue[] = Array.isArray(list) ? list : [];
  const steps = raw.length > MAX_STEPS ? [] : raw.map(readStep);
  const [first, ...rest] = steps;
  const isWhole = first !== undefined && rest.every((step) => step !== undefined && isSameKind(step.to, first.to));
  const tag = isSequence ? optional(record["on_complete"], isTag) : undefined;
  if (!isWhole || tag === INVALID) {
    const end = recordOf(raw.at(-1))?.["to"];
    return { kind: "invalid", end: isMotionValue(end) ? end : undefined };
  }
  return { kind: "plan", plan: { steps: [first, ...rest.filter((step) => step !== undefined)], tag } };
}

const INVALID = Symbol("invalid");

/** `undefined` when anything in it is wrong. */
function readStep(value: WireValue): Step | undefined {
  const record = recordOf(value);
  const to = record?.["to"];
  if (record === undefined || !isMotionValue(to)) return undefined;
  const from = optional(record["from"], isMotionValue);
  const tag = optional(record["on_complete"], isTag);
  if (from === INVALID || tag === INVALID || (from !== undefined && !isSameKind(from, to))) return undefined;
  if (record["type"] === "transition") return readTransition(record, { to, from, tag });
  return record["type"] === "spring" ? readSpring(record, { to, from, tag }) : undefined;
}

function readTransition(record: WireProps, base: StepBase): TransitionStep | undefined {
  const durationMs = record["duration"];
  const delayMs = optional(record["delay"], isTime);
  const ease = readEase(record["easing"]);
  const repeat = optional(record["repeat"], isNumber);
  const autoReverse = optional(record["auto_reverse"], isBoolean);
  if (!isTime(durationMs) || delayMs === INVALID || ease === undefined || repeat === INVALID) return undefined;
  if (autoReverse === INVALID) return undefined;
  // For ever without taking any time is once.
  const isEndless = repeat === -1 && durationMs + (delayMs ?? 0) > 0;
  return {
    kind: "transition",
    ...base,
    durationMs,
    delayMs: delayMs ?? 0,
    ease,
    cycles: isEndless ? Number.POSITIVE_INFINITY : Math.max(1, Math.floor(repeat ?? 1)),
    autoReverse: autoReverse ?? false,
  };
}

function readSpring(record: WireProps, base: StepBase): SpringStep | undefined {
  const stiffness = optional(record["stiffness"], isPositive);
  const damping = optional(record["damping"], (value): value is number => value === 0 || isPositive(value));
  const mass = optional(record["mass"], isPositive);
  const velocity = optional(record["velocity"], isNumber);
  if (stiffness === INVALID || damping === INVALID || mass === INVALID || velocity === INVALID) return undefined;
  const constants = { stiffness: stiffness ?? 100, damping: damping ?? 10, mass: mass ?? 1 };
  return { kind: "spring", ...base, constants, velocity: velocity ?? 0 };
}

function readEase(value: WireValue | undefined): Ease | undefined {
  if (value === undefined || value === null) return EASE_IN_OUT;
  if (typeof value === "string") return easeOf(value);
  const points = recordOf(value)?.["cubic_bezier"];
  if (!Array.isArray(points) || points.length !== 4) return undefined;
  const numbers: readonly WireValue[] = points;
  if (!numbers.every(isNumber)) return undefined;
  const [x1 = 0, y1 = 0, x2 = 1, y2 = 1] = numbers;
  return x1 < 0 || x1 > 1 || x2 < 0 || x2 > 1 ? undefined : cubicBezier(x1, y1, x2, y2);
}

/** Absent and null are the same. */
function optional<Wanted extends WireValue>(
  value: WireValue | undefined,
  is: (value: WireValue | undefined) => value is Wanted,
): Wanted | undefined | typeof INVALID {
  if (value === undefined || value === null) return undefined;
  return is(value) ? value : INVALID;
}

function isMotionValue(value: WireValue | undefined): value is MotionValue {
  return typeof value === "string" ? parseColor(value) !== undefined : isNumber(value);
}

function isNumber(value: WireValue | undefined): value is number {
  return typeof value === "number" && Math.abs(value) <= MAX_NUMBER;
}

function isTime(value: WireValue | undefined): value is number {
  return typeof value === "number" && value >= 0 && value <= MAX_MS;
}

/** Also bounded from below: the closed forms divide by these. */
function isPositive(value: WireValue | undefined): value is number {
  return typeof value === "number" && value >= 1 / MAX_CONSTANT && value <= MAX_CONSTANT;
}

function isBoolean(value: WireValue | undefined): value is boolean {
  return typeof value === "boolean";
}

function isTag(value: WireValue | undefined): value is string {
  return typeof value === "string" && value.length <= MAX_TAG;
}

function recordOf(value: WireValue | undefined): WireProps | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof Uint8Array)
    return undefined;
  // Array.isArray does not narrow readonly arrays, so the record is what remains.
  return value as WireProps;
}
