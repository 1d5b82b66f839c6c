/*
 * The easing curves of the protocol, over progress from 0 to 1. Formulas: Robert Penner, "Programming Macromedia Flash MX" (2002),
 * chapter 7, in the normalized form of easings.net by Andrey Sitnik and Ivan Solovev. `ease_in`, `ease_out` and `ease_in_out`
 * alone are the sine curves.
 */

/** Progress in time to progress on the way: 0 gives 0 and 1 gives 1; values between may go beyond both. */
export type Ease = (progress: number) => number;

/** Penner's overshoot of a tenth of the way. */
const BACK = 1.70158;
const BACK_BOTH_WAYS = BACK * 1.525;
const ELASTIC_TURN = (2 * Math.PI) / 3;
const ELASTIC_TURN_BOTH_WAYS = (2 * Math.PI) / 4.5;

const power =
  (exponent: number): Ease =>
  (t) =>
    t ** exponent;

/** The time-reversed curve turned upside down: what the `in` curve does at its start, this one does at its end. */
const outOf =
  (ease: Ease): Ease =>
  (t) =>
    1 - ease(1 - t);

/** The `in` curve in the first half, the `out` curve in the second, both at half size. */
const bothOf =
  (ease: Ease): Ease =>
  (t) =>
    t < 0.5 ? ease(2 * t) / 2 : 1 - ease(2 - 2 * t) / 2;

const sine: Ease = (t) => 1 - Math.cos((t * Math.PI) / 2);
const expo: Ease = (t) => (t <= 0 ? 0 : 2 ** (10 * t - 10));
const circ: Ease = (t) => 1 - Math.sqrt(1 - t * t);
const back =
  (overshoot: number): Ease =>
  (t) =>
    t * t * ((overshoot + 1) * t - overshoot);
const elastic: Ease = (t) => {
  if (t <= 0 || t >= 1) return t <= 0 ? 0 : 1;
  return -(2 ** (10 * t - 10)) * Math.sin((10 * t - 10.75) * ELASTIC_TURN);
};
const elasticBothWays: Ease = (t) => {
  if (t <= 0 || t >= 1) return t <= 0 ? 0 : 1;
  const swing = Math.sin((20 * t - 11.125) * ELASTIC_TURN_BOTH_WAYS);
  return t < 0.5 ? -(2 ** (20 * t - 10) * swing) / 2 : (2 ** (-20 * t + 10) * swing) / 2 + 1;
};
const bounceOut: Ease = (t) => {
  const strength = 7.5625;
  const part = 2.75;
  if (t < 1 / part) return strength * t * t;
  if (t < 2 / part) return strength * (t - 1.5 / part) ** 2 + 0.75;
  if (t < 2.5 / part) return strength * (t - 2.25 / part) ** 2 + 0.9375;
  return strength * (t - 2.625 / part) ** 2 + 0.984375;
};

function family(suffix: string, easeIn: Ease, both: Ease = bothOf(easeIn)): readonly (readonly [string, Ease])[] {
  return [
    [`ease_in${suffix}`, easeIn],
    [`ease_out${suffix}`, outOf(easeIn)],
    [`ease_in_out${suffix}`, both],
  ];
}

const CURVES: ReadonlyMap<string, Ease> = new Map([
  ["linear", (t: number) => t],
  ...family("", sine),
  ...family("_quad", power(2)),
  ...family("_cubic", power(3)),
  ...family("_quart", power(4)),
  ...family("_quint", power(5)),
  ...family("_expo", expo),
  ...family("_circ", circ),
  ...family("_back", back(BACK), bothOf(back(BACK_BOTH_WAYS))),
  ...family("_elastic", elastic, elasticBothWays),
  ...family("_bounce", outOf(bounceOut)),
]);

export const EASE_IN_OUT: Ease = bothOf(sine);

/** The curve of this name; a name nobody knows is `ease_in_out`. */
export function easeOf(name: string): Ease {
  return CURVES.get(name) ?? EASE_IN_OUT;
}

/** Enough that the curve is off by less than a thousandth of a pixel on any screen. */
const NEWTON_STEPS = 8;
const BISECTION_STEPS = 40;
const CLOSE_ENOUGH = 1e-7;

/** CSS `cubic-bezier()` as CSS Easing Functions Level 1 defines it: `x1` and `x2` lie between 0 and 1. */
export function cubicBezier(x1: number, y1: number, x2: number, y2: number): Ease {
  const at = (a: number, b: number, s: number): number =>
    3 * a * s * (1 - s) ** 2 + 3 * b * s * s * (1 - s) + s * s * s;
  const slope = (s: number): number => 3 * x1 * (1 - s) ** 2 + 6 * (x2 - x1) * s * (1 - s) + 3 * (1 - x2) * s * s;
  const parameter = (x: number): number => {
    let s = x;
    for (let step = 0; step < NEWTON_STEPS; step += 1) {
      const error = at(x1, x2, s) - x;
      if (Math.abs(error) < CLOSE_ENOUGH) return s;
      const steepness = slope(s);
      if (Math.abs(steepness) < 1e-6) break;
      s = Math.min(1, Math.max(0, s - error / steepness));
    }
    // Newton leaves the curve where it is nearly vertical.
    let low = 0;
    let high = 1;
    s = x;
    for (let step = 0; step < BISECTION_STEPS; step += 1) {
      const error = at(x1, x2, s) - x;
      if (Math.abs(error) < CLOSE_ENOUGH) break;
      if (error > 0) high = s;
      else low = s;
      s = (low + high) / 2;
    }
    return s;
  };
  return (t) => (t <= 0 || t >= 1 ? (t <= 0 ? 0 : 1) : at(y1, y2, parameter(t)));
}
