import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { WireProps, WireValue } from "../../protocol/index.ts";
import { Animator, type MotionTarget } from "./animator.ts";
import { parseColor, perceived } from "./color.ts";

/** One node on a stage that counts what it is told. */
function rig() {
  const told: string[] = [];
  let wakes = 0;
  const animator = new Animator({
    completed: (id, prop, tag) => told.push(`${id}.${prop} ${tag}`),
    invalid: (id, prop) => told.push(`${id}.${prop} invalid`),
    wake: () => {
      wakes += 1;
    },
  });
  let redraws = 0;
  const target: MotionTarget & { props: WireProps } = {
    id: "box",
    props: {},
    redraw(props) {
      redraws += 1;
      this.props = props;
    },
  };
  return {
    animator,
    target,
    told,
    get wakes() {
      return wakes;
    },
    get redraws() {
      return redraws;
    },
    set(props: WireProps): WireProps {
      target.props = animator.resolve(target, props, target.props);
      return target.props;
    },
    go(ms: number): WireProps {
      animator.advance(ms);
      animator.report();
      return target.props;
    },
  };
}

const linear = (to: WireValue, more: WireProps = {}): WireProps => ({
  type: "transition",
  to,
  duration: 100,
  easing: "linear",
  ...more,
});
const spring = (to: WireValue, more: WireProps = {}): WireProps => ({ type: "spring", to, ...more });
const sequence = (steps: readonly WireProps[], more: WireProps = {}): WireProps => ({
  type: "sequence",
  steps,
  ...more,
});
const numberOf = (props: WireProps, name: string): number => Number(props[name]);

describe("a transition", () => {
  test("goes from the start to the end and stays there", () => {
    const stage = rig();
    expect(stage.set({ x: linear(10, { from: 0 }), label: "a" })).toEqual({ x: 0, label: "a" });
    expect(stage.go(25)).toEqual({ x: 2.5, label: "a" });
    expect(stage.go(50)).toEqual({ x: 7.5, label: "a" });
    expect(stage.go(25)).toEqual({ x: 10, label: "a" });
    expect(stage.animator.isBusy).toBe(false);
    stage.go(1000);
    expect(stage.target.props).toEqual({ x: 10, label: "a" });
  });

  test("without a start goes on from the plain value before it, and else stands at its end", () => {
    const stage = rig();
    expect(stage.set({ x: linear(10) })).toEqual({ x: 10 });
    const other = rig();
    other.set({ x: 4 });
    expect(other.set({ x: linear(10) })).toEqual({ x: 4 });
    expect(other.go(50)).toEqual({ x: 7 });
  });

  test("waits for its delay, in each cycle again", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, delay: 50, repeat: 2, on_complete: "done" }) });
    expect([stage.go(50), stage.go(50), stage.go(50)]).toEqual([{ x: 0 }, { x: 5 }, { x: 0 }]);
    expect([stage.go(100), stage.go(49)]).toEqual([{ x: 5 }, { x: 9.9 }]);
    expect(stage.told).toEqual([]);
    expect(stage.go(1)).toEqual({ x: 10 });
    expect(stage.told).toEqual(["box.x done"]);
  });

  test("turns round after each cycle and holds what the last one ends with", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, repeat: 2, auto_reverse: true }) });
    expect([stage.go(75), stage.go(50), stage.go(50), stage.go(500)]).toEqual([
      { x: 7.5 },
      { x: 7.5 },
      { x: 2.5 },
      { x: 0 },
    ]);
  });

  test("that repeats for ever never completes", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, repeat: -1, on_complete: "never" }) });
    for (let frame = 0; frame < 1000; frame += 1) stage.go(33);
    expect(stage.told).toEqual([]);
    expect(stage.animator.isBusy).toBe(true);
  });

  test("without duration is over at once", () => {
    const stage = rig();
    expect(stage.set({ x: linear(10, { from: 0, duration: 0, on_complete: "done" }) })).toEqual({ x: 10 });
    expect(stage.animator.isBusy).toBe(true);
    stage.animator.report();
    expect(stage.told).toEqual(["box.x done"]);
    expect(stage.animator.isBusy).toBe(false);
  });
});

describe("completion", () => {
  test("is told once, and only with a tag", () => {
    const stage = rig();
    stage.set({ x: linear(1, { from: 0, on_complete: "x there" }), y: linear(1, { from: 0 }) });
    stage.go(99);
    expect(stage.told).toEqual([]);
    stage.go(1);
    expect(stage.told).toEqual(["box.x x there"]);
    stage.set({ x: linear(1, { from: 0, on_complete: "x there" }), y: 3 });
    stage.go(500);
    expect(stage.told).toEqual(["box.x x there"]);
  });

  test("does not come for what was replaced, cancelled or removed", () => {
    const stage = rig();
    stage.set({ x: linear(1, { from: 0, on_complete: "first" }) });
    stage.go(50);
    stage.set({ x: linear(0, { on_complete: "second" }) });
    stage.go(60);
    stage.set({ x: 0 });
    stage.go(500);
    stage.set({ x: linear(1, { on_complete: "third" }) });
    stage.animator.advance(100);
    stage.animator.release(stage.target);
    stage.go(100);
    expect(stage.told).toEqual([]);
    expect(stage.animator.isBusy).toBe(false);
  });
});

describe("a descriptor that comes again", () => {
  test("does not start anew when it is equal, running or done", () => {
    const stage = rig();
    const make = (): WireProps => linear(10, { from: 0, on_complete: "done" });
    stage.set({ x: make() });
    stage.go(50);
    expect(stage.set({ x: make(), y: 1 })).toEqual({ x: 5, y: 1 });
    stage.go(50);
    expect(stage.set({ x: make(), y: 2 })).toEqual({ x: 10, y: 2 });
    stage.go(100);
    expect(stage.told).toEqual(["box.x done"]);
  });

  test("with the same end goes on as it was, under the new tag", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, on_complete: "old" }) });
    stage.go(50);
    stage.set({ x: linear(10, { duration: 5000, on_complete: "new" }) });
    expect(stage.go(50)).toEqual({ x: 10 });
    expect(stage.told).toEqual(["box.x new"]);
  });

  test("with another end goes on from where it is, whatever it says about its start", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0 }) });
    stage.go(40);
    expect(stage.set({ x: linear(0, { from: 100 }) })).toEqual({ x: 4 });
    expect(stage.go(50)).toEqual({ x: 2 });
  });

  test("is a new animation after the tree was replaced, without a jump", () => {
    const stage = rig();
    const descriptor = linear(10, { from: 0, on_complete: "done" });
    stage.set({ x: descriptor });
    stage.go(50);
    stage.animator.dropRunning();
    expect(stage.set({ x: descriptor })).toEqual({ x: 5 });
    expect(stage.go(50)).toEqual({ x: 7.5 });
    expect(stage.told).toEqual([]);
    stage.go(50);
    expect(stage.told).toEqual(["box.x done"]);
  });

  test("stops an animation without end when it has one", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, repeat: -1, auto_reverse: true }) });
    stage.go(150);
    stage.set({ x: linear(10) });
    stage.go(100);
    expect(stage.target.props).toEqual({ x: 10 });
    expect(stage.animator.isBusy).toBe(false);
  });
});

interface Change {
  readonly to: number;
  readonly isSpring: boolean;
  readonly ms: number;
  readonly stiffness: number;
  readonly damping: number;
  readonly easing: string;
}

describe("a change on the way", () => {
  const end = fc.integer({ min: -500, max: 500 });
  const step = fc.record({
    to: end,
    isSpring: fc.boolean(),
    ms: fc.integer({ min: 0, max: 400 }),
    stiffness: fc.integer({ min: 20, max: 400 }),
    damping: fc.integer({ min: 2, max: 60 }),
    easing: fc.constantFrom("linear", "ease_in_out", "ease_out_elastic", "ease_in_back", "ease_out_bounce"),
  });
  const descriptorOf = ({ to, isSpring, stiffness, damping, easing }: Change): WireProps =>
    isSpring ? spring(to, { stiffness, damping }) : linear(to, { duration: 300, easing });
  const RUNS = { seed: 77_001, numRuns: 400 };

  test("never makes a number jump", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 2, maxLength: 8 }), (steps) => {
        const stage = rig();
        stage.set({ x: 0 });
        for (const one of steps) {
          const before = numberOf(stage.target.props, "x");
          stage.set({ x: descriptorOf(one) });
          expect(numberOf(stage.target.props, "x")).toBeCloseTo(before, 9);
          stage.go(one.ms);
          expect(Number.isFinite(numberOf(stage.target.props, "x"))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test("never makes a color jump", () => {
    const color = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
    fc.assert(
      fc.property(
        fc.array(fc.tuple(color, fc.boolean(), fc.integer({ min: 1, max: 300 })), { maxLength: 8 }),
        (steps) => {
          const stage = rig();
          stage.set({ color: "#336699" });
          for (const [to, isSpring, ms] of steps) {
            const before = stage.target.props["color"];
            stage.set({ color: isSpring ? spring(to) : linear(to) });
            expect(stage.target.props["color"]).toBe(before);
            stage.go(ms);
            expect(parseColor(stage.target.props["color"])).toBeDefined();
          }
        },
      ),
      RUNS,
    );
  });

  test("keeps the speed of a spring", () => {
    fc.assert(
      fc.property(end, end, fc.integer({ min: 20, max: 300 }), (first, second, ms) => {
        fc.pre(Math.abs(first) > 50 && second !== first);
        const stage = rig();
        stage.set({ x: 0 });
        stage.set({ x: spring(first) });
        const at = numberOf(stage.go(ms - 1), "x");
        const here = numberOf(stage.go(1), "x");
        stage.set({ x: spring(second) });
        const there = numberOf(stage.go(1), "x");
        const limit = 1.2e-4 * (Math.abs(first) + Math.abs(second) + 10 * Math.abs(here - at) + Math.abs(here)) + 1e-3;
        expect(Math.abs(there - here - (here - at))).toBeLessThan(limit);
      }),
      RUNS,
    );
  });

  test("hands a color's speed over as far as it goes the new way", () => {
    const lightness = (stage: ReturnType<typeof rig>): number => {
      const color = parseColor(stage.target.props["color"]);
      return color === undefined ? Number.NaN : perceived(color)[0];
    };
    const stage = rig();
    stage.set({ color: spring("#ffffff", { from: "#000000", stiffness: 100, damping: 4 }) });
    stage.go(150);
    const turned = lightness(stage);
    stage.set({ color: spring("#000000", { stiffness: 100, damping: 4 }) });
    stage.go(30);
    // It was on its way up, and goes on for a while.
    expect(lightness(stage)).toBeGreaterThan(turned + 0.05);
    stage.go(10_000);
    expect(stage.target.props["color"]).toBe("#000000");
  });
});

describe("a sequence", () => {
  const steps = [linear(10, { from: 0, on_complete: "out" }), linear(4, { duration: 60 }), spring(4, { velocity: 0 })];

  test("plays its steps one after another, each from the end of the one before", () => {
    const stage = rig();
    stage.set({ x: sequence(steps, { on_complete: "all" }) });
    expect(stage.go(100)).toEqual({ x: 10 });
    expect(stage.told).toEqual(["box.x out"]);
    expect(stage.go(30)).toEqual({ x: 7 });
    stage.go(30);
    expect(stage.target.props).toEqual({ x: 4 });
    // A spring that is where it wants to be takes no time.
    expect(stage.told).toEqual(["box.x out", "box.x all"]);
  });

  test("ends the same in one long frame as in many short ones", () => {
    const springs = sequence([spring(1, { from: 0 }), linear(0, { on_complete: "down" }), spring(1)], {
      on_complete: "up",
    });
    const long = rig();
    long.set({ x: springs });
    long.go(60_000);
    const short = rig();
    short.set({ x: springs });
    const times: number[] = [];
    for (let at = 7; at <= 60_000 && times.length < 2; at += 7) {
      const before = short.told.length;
      short.go(7);
      if (short.told.length > before) times.push(at);
    }
    expect(long.told).toEqual(short.told);
    expect(short.told).toEqual(["box.x down", "box.x up"]);
    const [down = 0, up = 0] = times;
    const jumps = rig();
    jumps.set({ x: springs });
    jumps.go(down - 7);
    expect(jumps.told).toEqual([]);
    jumps.go(7);
    jumps.go(up - down - 7);
    expect(jumps.told).toEqual(["box.x down"]);
    jumps.go(7);
    expect(jumps.told).toEqual(["box.x down", "box.x up"]);
  });

  test("a step may set out from somewhere else", () => {
    const stage = rig();
    stage.set({ x: sequence([linear(10, { from: 0 }), linear(3, { from: 1 })]) });
    expect(stage.go(100)).toEqual({ x: 1 });
    expect(stage.go(50)).toEqual({ x: 2 });
  });
});

describe("values on the way", () => {
  test("colors go through Oklch along the shorter arc; gray takes the hue of the other", () => {
    const stage = rig();
    stage.set({ color: linear("#0000ff", { from: "#ff0000" }), background: linear("#00ff00", { from: "#808080" }) });
    stage.go(50);
    // By the published Oklab matrices: L, C and hue halfway between red and blue, by way of magenta.
    expect(stage.target.props["color"]).toBe("#ba00c2");
    const [, a, b] = perceived(parseColor(stage.target.props["background"]) ?? { r: 0, g: 0, b: 0, a: 1 });
    const [, greenA, greenB] = perceived({ r: 0, g: 1, b: 0, a: 1 });
    expect(Math.atan2(b, a)).toBeCloseTo(Math.atan2(greenB, greenA), 1);
  });

  test("alpha goes straight", () => {
    const stage = rig();
    stage.set({ color: linear("#ff000000", { from: "#ff0000ff" }) });
    stage.go(50);
    expect(stage.target.props["color"]).toBe("#ff000080");
    stage.go(50);
    expect(stage.target.props["color"]).toBe("#ff000000");
  });

  test("an overshoot stops where the prop has no more meaning", () => {
    const stage = rig();
    stage.set({
      spacing: spring(0, { from: 100, damping: 2 }),
      opacity: spring(1, { from: 0, damping: 2 }),
      translate_x: spring(0, { from: 100, damping: 2 }),
    });
    const seen = Array.from({ length: 100 }, () => stage.go(16));
    const least = (name: string): number => Math.min(...seen.map((props) => numberOf(props, name)));
    expect(least("spacing")).toBe(0);
    expect(least("translate_x")).toBeLessThan(-50);
    expect(Math.max(...seen.map((props) => numberOf(props, "opacity")))).toBe(1);
  });

  test("stay finite with the strangest springs that are let in", () => {
    const extreme = fc.constantFrom(1e-6, 1, 1e6);
    fc.assert(
      fc.property(extreme, extreme, extreme, fc.constantFrom(-1e12, 0, 1e12), (stiffness, damping, mass, velocity) => {
        const stage = rig();
        stage.set({ x: spring(1, { from: 1e12, stiffness, damping, mass, velocity, on_complete: "end" }) });
        for (const ms of [1, 16, 5000, 60_000]) expect(Number.isFinite(numberOf(stage.go(ms), "x"))).toBe(true);
        expect(stage.target.props).toEqual({ x: 1 });
        expect(stage.told).toEqual(["box.x end"]);
      }),
      { seed: 5, numRuns: 81 },
    );
  });
});

describe("what makes no sense", () => {
  test("is reported once for each descriptor and shows its end", () => {
    const stage = rig();
    const bad = { type: "transition", to: 5, duration: "long" };
    expect(stage.set({ x: bad, color: { type: "spring", to: "reddish" }, y: 1 })).toEqual({ x: 5, y: 1 });
    stage.set({ x: { ...bad }, y: 2 });
    expect(stage.told).toEqual(["box.x invalid", "box.color invalid"]);
    stage.set({ x: { ...bad, to: 6 } });
    expect(stage.told).toHaveLength(3);
    expect(stage.animator.isBusy).toBe(false);
  });

  test("`exit` and internal props are left alone", () => {
    const stage = rig();
    const props = { exit: { opacity: linear(0) }, __mark: linear(1, { from: 0 }) };
    expect(stage.set(props)).toBe(props);
    expect(stage.wakes).toBe(0);
  });
});

describe("cost", () => {
  test("props without animation come back as they are and wake nobody", () => {
    const stage = rig();
    const props = { x: 1, padding: { top: 1 }, style: "primary" };
    expect(stage.set(props)).toBe(props);
    expect([stage.wakes, stage.animator.isBusy]).toEqual([0, false]);
  });

  test("only what looks different is redrawn", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, delay: 100 }) });
    stage.go(50);
    expect(stage.redraws).toBe(0);
    stage.go(100);
    expect(stage.redraws).toBe(1);
  });
});

describe("without motion", () => {
  test("everything is at its end at once and is reported", () => {
    const stage = rig();
    stage.animator.setStill(true);
    const steps = sequence([linear(3, { from: 0, on_complete: "one" }), spring(7)], { on_complete: "two" });
    expect(stage.set({ x: steps, y: linear(5, { from: 0, repeat: -1, on_complete: "no" }) })).toEqual({ x: 7, y: 5 });
    stage.go(0);
    expect(stage.told).toEqual(["box.x one", "box.x two"]);
    expect(stage.animator.isBusy).toBe(false);
  });

  test("can be asked for on the way, and taken back", () => {
    const stage = rig();
    stage.set({ x: linear(10, { from: 0, on_complete: "done" }), y: linear(10, { from: 0, repeat: -1 }) });
    stage.go(30);
    stage.animator.setStill(true);
    expect(stage.target.props).toEqual({ x: 10, y: 10 });
    stage.go(0);
    expect(stage.told).toEqual(["box.x done"]);
    stage.animator.setStill(false);
    expect(stage.go(20)).toEqual({ x: 10, y: 2 });
    expect(stage.told).toEqual(["box.x done"]);
  });
});
