import { describe, expect, test } from "vitest";
import type { WireValue } from "../../protocol/index.ts";
import { isDescriptor, MAX_STEPS, readDescriptor } from "./descriptor.ts";

const go = { type: "transition", to: 1, duration: 100 };

describe("a descriptor", () => {
  test("is known by its type", () => {
    for (const type of ["transition", "spring", "sequence"]) expect(isDescriptor({ type })).toBe(true);
    const others: WireValue[] = [{ type: "linear" }, { to: 1 }, "spring", null, 4, [go], new Uint8Array(2)];
    for (const other of others) expect(isDescriptor(other)).toBe(false);
  });

  test("has the defaults of the protocol", () => {
    expect(readDescriptor(go)).toMatchObject({
      kind: "plan",
      plan: { steps: [{ kind: "transition", to: 1, durationMs: 100, delayMs: 0, cycles: 1, autoReverse: false }] },
    });
    expect(readDescriptor({ type: "spring", to: "#123456" })).toMatchObject({
      plan: { steps: [{ constants: { stiffness: 100, damping: 10, mass: 1 }, velocity: 0 }] },
    });
  });

  test.each([
    [-1, Number.POSITIVE_INFINITY],
    [0, 1],
    [-2, 1],
    [1, 1],
    [3, 3],
    [2.9, 2],
  ])("repeat %d plays %d cycles", (repeat, cycles) => {
    expect(readDescriptor({ ...go, repeat })).toMatchObject({ plan: { steps: [{ cycles }] } });
  });

  test("for ever in no time is once", () => {
    expect(readDescriptor({ ...go, duration: 0, repeat: -1 })).toMatchObject({ plan: { steps: [{ cycles: 1 }] } });
  });

  test.each<[string, WireValue]>([
    ["no end", { type: "transition", duration: 1 }],
    ["no duration", { type: "transition", to: 1 }],
    ["a negative duration", { ...go, duration: -1 }],
    ["an endless duration", { ...go, duration: Number.POSITIVE_INFINITY }],
    ["a duration that is no number", { ...go, duration: Number.NaN }],
    ["a negative delay", { ...go, delay: -5 }],
    ["an end that is no number", { ...go, to: Number.NaN }],
    ["an end that is no color", { ...go, to: "red" }],
    ["a start of another kind", { ...go, from: "#ffffff" }],
    ["a tag that is no text", { ...go, on_complete: 7 }],
    ["a tag without end", { ...go, on_complete: "x".repeat(2000) }],
    ["a bezier outside of time", { ...go, easing: { cubic_bezier: [1.5, 0, 0, 1] } }],
    ["a bezier of three numbers", { ...go, easing: { cubic_bezier: [0, 0, 1] } }],
    ["an easing that is a number", { ...go, easing: 3 }],
    ["auto_reverse that is a text", { ...go, auto_reverse: "yes" }],
    ["a spring without stiffness", { type: "spring", to: 1, stiffness: 0 }],
    ["a spring without weight", { type: "spring", to: 1, mass: 0 }],
    ["a spring that is pushed", { type: "spring", to: 1, damping: -1 }],
    ["a velocity without bounds", { type: "spring", to: 1, velocity: Number.POSITIVE_INFINITY }],
    ["no steps", { type: "sequence", steps: [] }],
    ["steps that are no list", { type: "sequence", steps: go }],
    ["a step that is a sequence", { type: "sequence", steps: [{ type: "sequence", steps: [go] }] }],
    ["steps of two kinds", { type: "sequence", steps: [go, { ...go, to: "#ffffff" }] }],
    ["too many steps", { type: "sequence", steps: Array.from({ length: MAX_STEPS + 1 }, () => go) }],
  ])("with %s is refused", (_what, value) => {
    expect(readDescriptor(value).kind).toBe("invalid");
  });

  test("that is refused still says where it wanted to go, if it can be read", () => {
    expect(readDescriptor({ type: "transition", to: 5 })).toEqual({ kind: "invalid", end: 5 });
    expect(readDescriptor({ type: "transition", to: "red" })).toEqual({ kind: "invalid", end: undefined });
  });
});
