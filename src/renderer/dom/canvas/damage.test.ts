import { describe, expect, test } from "vitest";
import { damagedParts, difference } from "./damage.ts";
import { type Box, IDENTITY, type Matrix } from "./geometry.ts";
import type { LookOverride } from "./look.ts";
import { type Drawing, Plan } from "./plan.ts";
import type { DrawOp } from "./scene.ts";

const LOOK = { fill: "#ff0000", stroke: undefined, opacity: 1, rule: "nonzero" } as const;

function rect(x: number, y: number, element?: string): DrawOp {
  return { kind: "shape", shape: { kind: "rect", x, y, width: 10, height: 10, look: LOOK }, element, opacity: 1 };
}
function push(x: number, clip?: Box): DrawOp {
  return { kind: "push", matrix: [1, 0, 0, 1, x, 0], clip };
}
const POP: DrawOp = { kind: "pop" };
const SIZE = { width: 1000, height: 1000 };

function drawing(ops: readonly DrawOp[], overrides: readonly (readonly [string, LookOverride])[] = []): Drawing {
  return { ops, overrides: new Map(overrides) };
}
function parts(before: Drawing, after: Drawing, base: Matrix = IDENTITY): readonly Box[] | undefined {
  const changes = difference(before, after);
  if (changes === undefined) return undefined;
  const plan = (each: Drawing): Plan => new Plan(each, base, () => ({ left: 0, top: 0, right: 0, bottom: 0 }));
  return damagedParts(changes, { before: plan(before), after: plan(after) }, SIZE);
}
const box = (left: number, top: number, right: number, bottom: number): Box => ({ left, top, right, bottom });

const a = rect(100, 100);
const b = rect(200, 100);
const c = rect(300, 100);

describe("what has to be painted again", () => {
  test("nothing when nothing differs", () => {
    expect(parts(drawing([a, b]), drawing([a, b]))).toEqual([]);
  });

  test("where a shape was and where it is, with room for smooth edges", () => {
    expect(parts(drawing([a, b]), drawing([a, rect(500, 100)]))).toEqual([
      box(198, 98, 212, 112),
      box(498, 98, 512, 112),
    ]);
  });

  test("in device pixels", () => {
    expect(parts(drawing([a]), drawing([]), [2, 0, 0, 2, 0, 0])).toEqual([box(198, 198, 222, 222)]);
  });

  test("what came or went in between", () => {
    expect(parts(drawing([a, c]), drawing([a, b, c]))).toEqual([box(198, 98, 212, 112)]);
    expect(parts(drawing([a, b, c]), drawing([b, c]))).toEqual([box(98, 98, 112, 112)]);
  });

  test("the shapes of an element whose look changed", () => {
    const inside = rect(400, 0, "e");
    const green: LookOverride = { fill: "#00ff00", stroke: undefined, opacity: undefined };
    expect(parts(drawing([a, inside]), drawing([a, inside], [["e", green]]))).toEqual([box(398, 0, 412, 12)]);
  });

  test("a moved group, before and after, within its clip", () => {
    const clip = box(100, 100, 105, 105);
    expect(parts(drawing([push(0, clip), a, b, POP]), drawing([push(300, clip), a, b, POP]))).toEqual([
      box(98, 98, 107, 107),
      box(398, 98, 407, 107),
    ]);
  });

  test("all when the groups around shapes that stay are others", () => {
    expect(parts(drawing([push(0), a, POP, b]), drawing([push(0), a, b, POP]))).toBeUndefined();
    expect(parts(drawing([push(0), a, POP, push(5), b, POP]), drawing([push(0), a, b, POP]))).toBeUndefined();
  });

  test("all when most of it changed", () => {
    const many = (y: number): DrawOp[] => Array.from({ length: 100 }, (_, x) => rect(x * 10, y));
    expect(difference(drawing(many(0)), drawing(many(1)))).toBeUndefined();
    const large = (side: number): DrawOp => ({
      kind: "shape",
      shape: { kind: "rect", x: 0, y: 0, width: side, height: side, look: LOOK },
      element: undefined,
      opacity: 1,
    });
    expect(parts(drawing([large(900)]), drawing([large(800)]))).toBeUndefined();
  });

  test("many places become few parts that hold all of them", () => {
    const places = Array.from({ length: 400 }, (_, index) => rect((index * 331) % 980, (index * 577) % 980));
    const others = Array.from({ length: 800 }, () => a);
    const found = parts(drawing(others), drawing([...others, ...places])) ?? [];
    expect(found.length).toBeLessThanOrEqual(128);
    for (const op of places) {
      if (op.kind !== "shape" || op.shape.kind !== "rect") throw new Error("a rectangle");
      const { x, y } = op.shape;
      const holds = (part: Box): boolean =>
        part.left <= x && part.top <= y && part.right >= x + 10 && part.bottom >= y + 10;
      expect(found.some(holds)).toBe(true);
    }
  });
});
