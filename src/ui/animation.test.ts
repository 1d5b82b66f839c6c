import { describe, expect, expectTypeOf, test } from "vitest";
import type { Color } from "../app/values.ts";
import { normalize } from "../tree/index.ts";
import * as ui from "./index.ts";
import { loop, type Sequence, type Spring, sequence, spring, springs, type Transition, transition } from "./index.ts";

describe("animation builders", () => {
  test("are marked by their type", () => {
    expect(transition(1, { duration: 200 })).toEqual({ type: "transition", to: 1, duration: 200 });
    expect(spring(1, { ...springs.bouncy, onComplete: "up" })).toEqual({
      type: "spring",
      to: 1,
      stiffness: 300,
      damping: 10,
      onComplete: "up",
    });
    expect(sequence([spring(1)], { onComplete: "done" })).toEqual({
      type: "sequence",
      steps: [{ type: "spring", to: 1 }],
      onComplete: "done",
    });
  });

  test("a loop goes to and fro for ever, or begins again each time", () => {
    expect(loop(1, { from: 0, duration: 500 })).toMatchObject({ repeat: -1, autoReverse: true });
    expect(loop(360, { from: 0, duration: 500, autoReverse: false })).toMatchObject({ repeat: -1, autoReverse: false });
  });

  test("reach the wire in its own spelling, colors as hex in every step", () => {
    const view = ui.window("main", [
      ui.container(
        "box",
        {
          maxWidth: transition(200, {
            from: 0,
            duration: 300,
            easing: { cubicBezier: [0.2, 0, 0, 1] },
            onComplete: "wide",
          }),
          background: sequence([transition("red", { duration: 100, from: "white" }), spring({ r: 0, g: 0, b: 1 })]),
          color: loop("black", { duration: 50 }),
        },
        [],
      ),
    ]);
    const box = normalize(view).root?.children[0];
    expect(box?.props).toEqual({
      max_width: {
        type: "transition",
        to: 200,
        from: 0,
        duration: 300,
        easing: { cubic_bezier: [0.2, 0, 0, 1] },
        on_complete: "wide",
      },
      background: {
        type: "sequence",
        steps: [
          { type: "transition", to: "#ff0000", from: "#ffffff", duration: 100 },
          { type: "spring", to: "#0000ff" },
        ],
      },
      color: { type: "transition", to: "#000000", duration: 50, repeat: -1, auto_reverse: true },
    });
  });

  test("are typed by what they go to", () => {
    expectTypeOf(transition(1, { duration: 1 })).toEqualTypeOf<Transition<number>>();
    expectTypeOf(spring("red")).toEqualTypeOf<Spring<Color>>();
    expectTypeOf(sequence([spring(1), transition(2, { duration: 1 })])).toEqualTypeOf<Sequence<number>>();
    ui.text("a", { size: spring(12), color: transition("red", { duration: 5 }), lineHeight: spring(1.5) });
    ui.container({ background: spring("red"), maxWidth: sequence([spring(1)]) }, []);
    const _wrong = (): void => {
      // @ts-expect-error a transition takes time
      transition(1, {});
      // @ts-expect-error a number does not come from a color
      transition(1, { from: "red", duration: 1 });
      // @ts-expect-error no such easing
      transition(1, { duration: 1, easing: "easeInOut" });
      // @ts-expect-error a spring has no duration
      spring(1, { duration: 100 });
      // @ts-expect-error a loop is never complete
      loop(1, { duration: 1, onComplete: "never" });
      // @ts-expect-error nothing to do
      sequence([]);
      // @ts-expect-error only numbers and colors move
      transition({ top: 1 }, { duration: 1 });
      // @ts-expect-error steps of two kinds
      sequence([spring(1), spring("red")]);
      // @ts-expect-error a size is no color
      ui.text("a", { size: spring("red") });
      // @ts-expect-error a color is no number
      ui.text("a", { color: spring(1) });
      // @ts-expect-error this prop cannot be animated
      ui.text("a", { selectable: spring(1) });
      // @ts-expect-error gradients do not move
      ui.container({ background: { type: "spring", to: ui.linearGradient(0, []) } }, []);
    };
    expectTypeOf(_wrong).toBeFunction();
  });
});
