import { describe, expect, test } from "vitest";
import { EASING } from "../../protocol/generated/enums.ts";
import { cubicBezier, EASE_IN_OUT, easeOf } from "./easing.ts";

describe("easing curves", () => {
  test("every name of the catalog has a curve of its own that begins at 0 and ends at 1", () => {
    expect(EASING).toHaveLength(31);
    const shapes = EASING.map((name) => [0.1, 0.3, 0.6, 0.85].map((t) => easeOf(name)(t).toFixed(9)).join());
    expect(new Set(shapes).size).toBe(31);
    for (const name of EASING) {
      expect(easeOf(name)(0)).toBeCloseTo(0, 9);
      expect(easeOf(name)(1)).toBeCloseTo(1, 9);
    }
  });

  // Worked out by hand from the formulas of easings.net.
  test.each([
    ["linear", 0.25, 0.25],
    ["ease_in", 0.5, 1 - Math.SQRT1_2],
    ["ease_out", 0.5, Math.SQRT1_2],
    ["ease_in_out", 0.25, (1 - Math.SQRT1_2) / 2],
    ["ease_in_quad", 0.5, 0.25],
    ["ease_out_cubic", 0.5, 0.875],
    ["ease_in_out_quart", 0.25, 0.03125],
    ["ease_in_out_quint", 0.75, 0.984375],
    ["ease_in_expo", 0.5, 0.03125],
    ["ease_in_out_expo", 0.75, 0.984375],
    ["ease_in_circ", 0.6, 0.2],
    ["ease_out_back", 0.5, 1.0876975],
    ["ease_in_out_back", 0.25, -0.0996818],
    ["ease_in_elastic", 0.5, -0.015625],
    ["ease_out_elastic", 0.5, 1.015625],
    ["ease_in_out_elastic", 0.25, 0.0119694],
    ["ease_out_bounce", 0.5, 0.765625],
    ["ease_in_bounce", 0.5, 0.234375],
    ["ease_in_out_bounce", 0.25, 0.1171875],
  ])("%s at %d is %d", (name, at, expected) => {
    expect(easeOf(name)(at)).toBeCloseTo(expected, 6);
  });

  test("what comes back to front is the other direction", () => {
    for (const family of [
      "",
      "_quad",
      "_cubic",
      "_quart",
      "_quint",
      "_expo",
      "_circ",
      "_back",
      "_elastic",
      "_bounce",
    ]) {
      for (const t of [0.05, 0.2, 0.45, 0.7]) {
        expect(easeOf(`ease_out${family}`)(t)).toBeCloseTo(1 - easeOf(`ease_in${family}`)(1 - t), 9);
        expect(easeOf(`ease_in_out${family}`)(t)).toBeCloseTo(1 - easeOf(`ease_in_out${family}`)(1 - t), 9);
      }
    }
  });

  test("a name nobody knows is ease_in_out, also when objects have it", () => {
    for (const name of ["easeInOut", "", "constructor", "__proto__"]) expect(easeOf(name)).toBe(EASE_IN_OUT);
  });
});

describe("cubic-bezier", () => {
  test("has the values of the CSS keywords", () => {
    // `ease`, sampled from Chromium.
    const ease = cubicBezier(0.25, 0.1, 0.25, 1);
    expect(ease(0.25)).toBeCloseTo(0.4085, 3);
    expect(ease(0.5)).toBeCloseTo(0.8024, 3);
    expect(cubicBezier(0, 0, 1, 1)(0.3)).toBeCloseTo(0.3, 6);
  });

  test("ends exactly, overshoots when asked to, and survives vertical stretches", () => {
    const vertical = cubicBezier(1, 0, 0, 1);
    expect([vertical(0), vertical(1), vertical(0.5)]).toEqual([0, 1, 0.5]);
    for (let t = 0; t <= 1; t += 0.01)
      expect(vertical(t)).toBeGreaterThanOrEqual(vertical(Math.max(0, t - 0.01)) - 1e-6);
    expect(cubicBezier(0.3, 2, 0.5, 1)(0.5)).toBeGreaterThan(1);
  });
});
