import type { Color } from "../app/values.ts";
import type { Sequence, Spring, Transition } from "./prop-values.ts";

// Builders for what may stand in place of an animatable prop's value. The renderer does the moving: the app only says where to.

export type TransitionOptions<Value = number> = Omit<Transition<Value>, "type" | "to">;
export type SpringOptions<Value = number> = Omit<Spring<Value>, "type" | "to">;
/** A loop has no end, and so nothing to say when it is over. */
export type LoopOptions<Value = number> = Omit<TransitionOptions<Value>, "repeat" | "onComplete">;

/** Goes to a number or a color in `duration` milliseconds. */
export function transition(to: number, options: TransitionOptions): Transition;
export function transition(to: Color, options: TransitionOptions<Color>): Transition<Color>;
export function transition<Value>(to: Value, options: TransitionOptions<Value>): Transition<Value> {
  return { type: "transition", to, ...options };
}

/** Goes to a number or a color like a weight on a spring. `springs` has constants that feel right. */
export function spring(to: number, options?: SpringOptions): Spring;
export function spring(to: Color, options?: SpringOptions<Color>): Spring<Color>;
export function spring<Value>(to: Value, options?: SpringOptions<Value>): Spring<Value> {
  return { type: "spring", to, ...options };
}

/** From `from` to a number or a color and back, for ever; with `autoReverse: false` it begins again at `from` each time. */
export function loop(to: number, options: LoopOptions): Transition;
export function loop(to: Color, options: LoopOptions<Color>): Transition<Color>;
export function loop<Value>(to: Value, options: LoopOptions<Value>): Transition<Value> {
  return { type: "transition", to, autoReverse: true, ...options, repeat: -1 };
}

/** One animation after another. A step without `from` begins where the one before ended. */
export function sequence<Value extends number | Color = number>(
  steps: readonly [Transition<Value> | Spring<Value>, ...(Transition<Value> | Spring<Value>)[]],
  options?: Pick<Sequence, "onComplete">,
): Sequence<Value> {
  return { type: "sequence", steps, ...options };
}

/** Springs by how they feel: `spring(1, springs.bouncy)`, `spring(1, { ...springs.stiff, onComplete: "there" })`. */
export const springs = Object.freeze({
  gentle: { stiffness: 120, damping: 14 },
  bouncy: { stiffness: 300, damping: 10 },
  stiff: { stiffness: 400, damping: 30 },
  snappy: { stiffness: 200, damping: 20 },
  molasses: { stiffness: 60, damping: 12 },
} as const);
