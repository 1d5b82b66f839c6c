import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isAtRest, springAfter } from "./spring.ts";

const constants = fc.record({
  stiffness: fc.double({ min: 1, max: 1000, noNaN: true }),
  damping: fc.double({ min: 0.5, max: 100, noNaN: true }),
  mass: fc.double({ min: 0.1, max: 10, noNaN: true }),
});
const start = fc.record({
  offset: fc.double({ min: -100, max: 100, noNaN: true }),
  velocity: fc.double({ min: -100, max: 100, noNaN: true }),
});
const seconds = fc.double({ min: 0.001, max: 5, noNaN: true });
const RUNS = { seed: 20_240_601, numRuns: 500 };

describe("a spring", () => {
  test("without damping is a cosine", () => {
    const { offset, velocity } = springAfter({ stiffness: 4, damping: 0, mass: 1 }, { offset: 3, velocity: 0 }, 0.7);
    expect(offset).toBeCloseTo(3 * Math.cos(1.4), 9);
    expect(velocity).toBeCloseTo(-6 * Math.sin(1.4), 9);
  });

  test("with critical damping has the textbook value", () => {
    const { offset } = springAfter({ stiffness: 100, damping: 20, mass: 1 }, { offset: 1, velocity: 0 }, 0.1);
    expect(offset).toBeCloseTo(2 * Math.exp(-1), 9);
  });

  test("loses energy and never gains any", () => {
    fc.assert(
      fc.property(constants, start, seconds, seconds, (spring, state, one, more) => {
        const energy = ({ offset, velocity }: typeof state): number =>
          spring.stiffness * offset * offset + spring.mass * velocity * velocity;
        const before = springAfter(spring, state, one);
        const after = springAfter(spring, state, one + more);
        expect(energy(after)).toBeLessThanOrEqual(energy(before) * (1 + 1e-6) + 1e-9);
      }),
      RUNS,
    );
  });

  test("goes on from any point as if it had not been looked at", () => {
    fc.assert(
      fc.property(constants, start, seconds, seconds, (spring, state, one, more) => {
        const whole = springAfter(spring, state, one + more);
        const parts = springAfter(spring, springAfter(spring, state, one), more);
        expect(parts.offset).toBeCloseTo(whole.offset, 4);
        expect(parts.velocity).toBeCloseTo(whole.velocity, 3);
      }),
      RUNS,
    );
  });

  test("obeys its equation: the velocity is the slope of the offset", () => {
    fc.assert(
      fc.property(constants, start, seconds, (spring, state, at) => {
        const h = 1e-5;
        const slope = (springAfter(spring, state, at + h).offset - springAfter(spring, state, at - h).offset) / (2 * h);
        const { velocity } = springAfter(spring, state, at);
        expect(Math.abs(slope - velocity)).toBeLessThan(0.01 + Math.abs(velocity) * 0.01);
      }),
      RUNS,
    );
  });

  test.each([
    ["gentle", 120, 14],
    ["bouncy", 300, 10],
    ["stiff", 400, 30],
    ["snappy", 200, 20],
    ["molasses", 60, 12],
    ["default", 100, 10],
  ])("%s comes to rest within three seconds and stays there", (_name, stiffness, damping) => {
    const spring = { stiffness, damping, mass: 1 };
    const state = { offset: -1, velocity: 0 };
    expect(isAtRest(springAfter(spring, state, 0.1))).toBe(false);
    for (const at of [3, 3.5, 10]) expect(isAtRest(springAfter(spring, state, at))).toBe(true);
  });
});
