import { colorBetween, formatColor, parseColor, perceived } from "./color.ts";
import type { MotionValue, SpringStep, Step, TransitionStep } from "./descriptor.ts";
import { isAtRest, type SpringState, springAfter } from "./spring.ts";

/** How fast and where to, per second: one number, or the four channels of `perceived` for a color. */
export type Velocity = readonly number[];

export const STANDING: Velocity = [];

/** One step on its way. Times are milliseconds since the step began. */
export interface Run {
  at(elapsedMs: number): MotionValue;
  velocityAt(elapsedMs: number): Velocity;
  /** When it is over, if it is by then. */
  endBy(elapsedMs: number): number | undefined;
  /** What it shows when it is over; for a run without end, where it goes. */
  readonly end: MotionValue;
  readonly isEndless: boolean;
}

export function startRun(step: Step, from: MotionValue, velocity: Velocity): Run {
  return step.kind === "transition" ? new TransitionRun(step, from) : new SpringRun(step, from, velocity);
}

/** The straight way between two values of the same kind. */
interface Way {
  at(progress: number): MotionValue;
  /** From one end to the other, as a velocity of one way per second. */
  readonly span: Velocity;
}

function wayBetween(from: MotionValue, to: MotionValue): Way {
  if (typeof from === "number" && typeof to === "number") {
    const span = to - from;
    return { span: [span], at: (progress) => (progress === 1 ? to : from + span * progress) };
  }
  const start = parseColor(from);
  const end = parseColor(to);
  // Values of two kinds do not come here; the end is then all there is.
  if (start === undefined || end === undefined) return { span: STANDING, at: () => to };
  const between = colorBetween(start, end);
  const target = perceived(end);
  return {
    span: perceived(start).map((channel, index) => (target[index] ?? 0) - channel),
    at: (progress) => (progress === 0 ? from : progress === 1 ? to : formatColor(between(progress))),
  };
}

/** How far back to look for the speed of a curve without a formula for it. */
const LOOK_BACK_MS = 1;

class TransitionRun implements Run {
  readonly end: MotionValue;
  readonly isEndless: boolean;
  readonly #step: TransitionStep;
  readonly #way: Way;
  readonly #cycleMs: number;

  constructor(step: TransitionStep, from: MotionValue) {
    const { to, durationMs, delayMs, cycles, autoReverse } = step;
    this.#step = step;
    this.#way = wayBetween(from, to);
    this.#cycleMs = delayMs + durationMs;
    this.isEndless = cycles === Number.POSITIVE_INFINITY;
    this.end = autoReverse && !this.isEndless && cycles % 2 === 0 ? from : to;
  }

  at(elapsedMs: number): MotionValue {
    return this.endBy(elapsedMs) === undefined ? this.#way.at(this.#progress(elapsedMs)) : this.end;
  }

  velocityAt(elapsedMs: number): Velocity {
    const before = elapsedMs - LOOK_BACK_MS;
    // Across the seam of two cycles the difference would be a jump, not a speed.
    if (before < 0 || this.#cycle(before) !== this.#cycle(elapsedMs)) return STANDING;
    const perMs = (this.#progress(elapsedMs) - this.#progress(before)) / LOOK_BACK_MS;
    return this.#way.span.map((channel) => channel * perMs * 1000);
  }

  endBy(elapsedMs: number): number | undefined {
    const endMs = this.#cycleMs * this.#step.cycles;
    return elapsedMs >= endMs ? endMs : undefined;
  }

  #cycle(elapsedMs: number): number {
    return Math.floor(elapsedMs / this.#cycleMs);
  }

  #progress(elapsedMs: number): number {
    const { durationMs, delayMs, ease, autoReverse } = this.#step;
    const cycle = this.#cycle(elapsedMs);
    const movedMs = elapsedMs - cycle * this.#cycleMs - delayMs;
    const progress = movedMs <= 0 ? 0 : ease(Math.min(1, movedMs / durationMs));
    return autoReverse && cycle % 2 === 1 ? 1 - progress : progress;
  }
}

/** Rest is looked for on a grid, so that it does not depend on when frames come. */
const GRID_MS = 4;
/** A spring without damping would swing for ever. */
const MAX_SPRING_MS = 60_000;

class SpringRun implements Run {
  readonly end: MotionValue;
  readonly isEndless = false;
  readonly #step: SpringStep;
  readonly #way: Way;
  readonly #start: SpringState;
  /** Where the number rests; a color's progress rests at 1. */
  readonly #rest: number;
  #checkedMs = 0;
  #endMs: number | undefined;

  constructor(step: SpringStep, from: MotionValue, velocity: Velocity) {
    const { to } = step;
    this.#step = step;
    this.end = to;
    this.#way = wayBetween(from, to);
    const isNumber = typeof from === "number" && typeof to === "number";
    this.#rest = isNumber ? to : 1;
    const carried = isNumber ? velocity[0] : along(velocity, this.#way.span);
    this.#start = { offset: isNumber ? from - to : -1, velocity: carried ?? step.velocity };
    if (isAtRest(this.#start) || !isNumberState(this.#start)) this.#endMs = 0;
  }

  at(elapsedMs: number): MotionValue {
    if (this.endBy(elapsedMs) !== undefined) return this.end;
    const place = this.#rest + this.#stateAt(elapsedMs).offset;
    return typeof this.end === "number" ? place : this.#way.at(place);
  }

  velocityAt(elapsedMs: number): Velocity {
    if (this.endBy(elapsedMs) !== undefined) return STANDING;
    const { velocity } = this.#stateAt(elapsedMs);
    return typeof this.end === "number" ? [velocity] : this.#way.span.map((channel) => channel * velocity);
  }

  endBy(elapsedMs: number): number | undefined {
    while (this.#endMs === undefined && this.#checkedMs + GRID_MS <= elapsedMs) {
      this.#checkedMs += GRID_MS;
      const state = this.#stateAt(this.#checkedMs);
      const isOver = isAtRest(state) || !isNumberState(state) || this.#checkedMs >= MAX_SPRING_MS;
      if (isOver) this.#endMs = this.#checkedMs;
    }
    return this.#endMs !== undefined && this.#endMs <= elapsedMs ? this.#endMs : undefined;
  }

  #stateAt(elapsedMs: number): SpringState {
    return springAfter(this.#step.constants, this.#start, elapsedMs / 1000);
  }
}

/** The part of a velocity that goes along a way, in ways per second; `undefined` when there is none to carry over. */
function along(velocity: Velocity, span: Velocity): number | undefined {
  const length = span.reduce((sum, channel) => sum + channel * channel, 0);
  if (velocity.length !== span.length || length < 1e-9) return undefined;
  return velocity.reduce((sum, channel, index) => sum + channel * (span[index] ?? 0), 0) / length;
}

function isNumberState({ offset, velocity }: SpringState): boolean {
  return Number.isFinite(offset) && Number.isFinite(velocity);
}
