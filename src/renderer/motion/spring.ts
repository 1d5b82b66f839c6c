/*
 * A weight on a spring with a damper, solved in closed form: m·x″ + c·x′ + k·x = 0, where x is the distance from where the
 * spring rests. Any textbook on mechanics has the three cases, for example Landau and Lifshitz, "Mechanics", §25.
 */

export interface SpringConstants {
  readonly stiffness: number;
  readonly damping: number;
  readonly mass: number;
}

/** Distance from rest, and velocity in units per second. */
export interface SpringState {
  readonly offset: number;
  readonly velocity: number;
}

/** Around critical damping both other formulas divide by almost nothing. */
const NEARLY_CRITICAL = 1e-4;

/** The state after `seconds`. */
export function springAfter(
  { stiffness, damping, mass }: SpringConstants,
  { offset, velocity }: SpringState,
  seconds: number,
): SpringState {
  const natural = Math.sqrt(stiffness / mass);
  const decay = damping / (2 * mass);
  const ratio = decay / natural;
  if (Math.abs(ratio - 1) < NEARLY_CRITICAL) {
    const slope = velocity + natural * offset;
    const fade = Math.exp(-natural * seconds);
    return {
      offset: (offset + slope * seconds) * fade,
      velocity: (velocity - natural * slope * seconds) * fade,
    };
  }
  if (ratio < 1) {
    const turn = natural * Math.sqrt(1 - ratio * ratio);
    const swing = (velocity + decay * offset) / turn;
    const fade = Math.exp(-decay * seconds);
    const cos = Math.cos(turn * seconds);
    const sin = Math.sin(turn * seconds);
    return {
      offset: fade * (offset * cos + swing * sin),
      velocity: fade * ((swing * turn - decay * offset) * cos - (offset * turn + decay * swing) * sin),
    };
  }
  const spread = natural * Math.sqrt(ratio * ratio - 1);
  const fast = -decay - spread;
  // Not `-decay + spread`: the difference of two almost equal numbers would lose its digits.
  const slow = (natural * natural) / fast;
  const ofFast = (velocity - slow * offset) / (fast - slow);
  const ofSlow = offset - ofFast;
  const fastPart = ofFast * Math.exp(fast * seconds);
  const slowPart = ofSlow * Math.exp(slow * seconds);
  return { offset: fastPart + slowPart, velocity: fast * fastPart + slow * slowPart };
}

const RESTING_OFFSET = 0.001;
const RESTING_VELOCITY = 0.01;

export function isAtRest({ offset, velocity }: SpringState): boolean {
  return Math.abs(offset) < RESTING_OFFSET && Math.abs(velocity) < RESTING_VELOCITY;
}
