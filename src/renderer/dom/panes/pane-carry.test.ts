import { describe, expect, test } from "vitest";
import type { Rect } from "../place.ts";
import { describeTarget, directionOf, firstTarget, nextTarget, type PaneTarget } from "./pane-carry.ts";

const box = (x: number, y: number, width: number, height: number): Rect => ({ x, y, width, height });
const area = box(0, 0, 200, 100);
/** One pane on the left, two on the right above each other. */
const rects = new Map([
  ["a", box(0, 0, 99, 100)],
  ["b", box(101, 0, 99, 40)],
  ["c", box(101, 42, 99, 58)],
]);
const say = (target: PaneTarget | undefined): string =>
  target === undefined ? "nowhere" : describeTarget(target, (id) => id.toUpperCase());

/** The way of arrow keys, in words. */
function way(moved: string, ...keys: readonly string[]): readonly string[] {
  let target = firstTarget(rects, moved);
  return keys.map((key) => {
    const direction = directionOf(key);
    if (target !== undefined && direction !== undefined) target = nextTarget(target, direction, moved, rects, area);
    return say(target);
  });
}

describe("carrying a pane by keys", () => {
  test("sets out from the pane after it, and nowhere when it is alone", () => {
    expect(say(firstTarget(rects, "a"))).toBe("Swap with B");
    expect(say(firstTarget(rects, "c"))).toBe("Swap with A");
    expect(firstTarget(new Map([["a", area]]), "a")).toBeUndefined();
  });

  test("goes to the side of a pane, to the next pane, to the edge, and back", () => {
    expect(way("a", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown")).toEqual([
      "Below B",
      "Above C",
      "Swap with C",
      "Below C",
      "Bottom edge of all panes",
    ]);
    expect(way("a", "ArrowUp", "ArrowUp", "ArrowDown", "ArrowDown")).toEqual([
      "Above B",
      "Top edge of all panes",
      "Above B",
      "Swap with B",
    ]);
    expect(way("a", "ArrowRight", "ArrowRight", "ArrowDown")).toEqual([
      "Right of B",
      "Right edge of all panes",
      "Bottom edge of all panes",
    ]);
  });

  test("passes over the pane that is carried, and turns corners on a pane", () => {
    expect(way("b", "ArrowUp", "ArrowUp")).toEqual(["Above C", "Top edge of all panes"]);
    expect(way("b", "ArrowLeft", "ArrowUp", "ArrowLeft")).toEqual(["Left of C", "Above C", "Left of C"]);
    expect(way("c", "ArrowRight", "ArrowRight")).toEqual(["Right of A", "Left of B"]);
  });

  test("of two panes beside it takes the one with the longer common side", () => {
    expect(way("x", "ArrowRight", "ArrowRight")).toEqual(["Right of A", "Left of C"]);
  });

  test("every target has the rectangle that a drop takes", () => {
    expect(nextTarget({ kind: "pane", id: "b", region: "center", rect: area }, "left", "a", rects, area).rect).toEqual(
      box(101, 0, 49.5, 40),
    );
    expect(nextTarget({ kind: "edge", edge: "left", rect: area }, "top", "a", rects, area).rect).toEqual(
      box(0, 0, 200, 50),
    );
  });
});
