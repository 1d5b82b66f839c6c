import { describe, expect, test } from "vitest";
import {
  closePane,
  edgeAt,
  movePane,
  type PaneTree,
  paneIds,
  placePanes,
  reconcilePanes,
  regionAt,
  setRatio,
} from "./pane-layout.ts";

const AREA = { x: 0, y: 0, width: 200, height: 100 };

function grid(...ids: string[]): PaneTree {
  const tree = reconcilePanes(undefined, ids, "vertical");
  if (tree === undefined) throw new Error("a grid of panes");
  return tree;
}

describe("pane tree", () => {
  test("the first pane fills, each further one halves the one before it", () => {
    const { panes } = placePanes(grid("a", "b", "c"), AREA, 0, 10);
    expect([...panes].map(([id, rect]) => [id, rect.x, rect.width])).toEqual([
      ["a", 0, 100],
      ["b", 100, 50],
      ["c", 150, 50],
    ]);
  });

  test("a vanished pane leaves its room to its sibling, a new one splits the one before it", () => {
    const next = reconcilePanes(grid("a", "b", "c"), ["a", "d", "c"], "vertical");
    expect(paneIds(next)).toEqual(["a", "d", "c"]);
    expect(reconcilePanes(grid("a"), [], "vertical")).toBeUndefined();
  });

  test("unchanged ids give the same tree", () => {
    const tree = grid("a", "b");
    expect(reconcilePanes(tree, ["a", "b"], "horizontal")).toBe(tree);
  });

  test("spacing comes off the middle, minimum sizes are kept", () => {
    const tree = grid("a", "b");
    const widths = (ratio: number): number[] =>
      [...placePanes(setRatio(tree, 0, ratio), AREA, 10, 30).panes.values()].map((rect) => rect.width);
    expect(widths(0.5)).toEqual([95, 95]);
    expect(widths(0)).toEqual([30, 160]);
    expect(widths(1)).toEqual([160, 30]);
  });

  test("the minimum of a side counts all panes in it", () => {
    const { panes } = placePanes(setRatio(grid("a", "b", "c"), 0, 1), AREA, 10, 30);
    expect([...panes.values()].map((rect) => rect.width)).toEqual([120, 30, 30]);
  });

  test("an area that is too small gives no negative sizes", () => {
    const { panes } = placePanes(grid("a", "b", "c"), { x: 0, y: 0, width: 5, height: 0 }, 10, 30);
    for (const rect of panes.values()) expect(rect.width).toBeGreaterThanOrEqual(0);
  });

  test("dropping on the center swaps, on a side splits, on an edge puts beside everything", () => {
    const tree = grid("a", "b", "c");
    expect(paneIds(movePane(tree, "a", "c", "center"))).toEqual(["c", "b", "a"]);
    expect(paneIds(movePane(tree, "a", "c", "left"))).toEqual(["b", "a", "c"]);
    expect(paneIds(movePane(tree, "b", undefined, "right"))).toEqual(["a", "c", "b"]);
    expect(movePane(tree, "a", "a", "left")).toBe(tree);
  });

  test("split ids stay distinct", () => {
    const ids = placePanes(movePane(grid("a", "b", "c", "d"), "a", "d", "bottom"), AREA, 2, 1).splits.map(
      (split) => split.id,
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("closing the only pane leaves nothing", () => {
    expect(closePane({ kind: "pane", id: "a" }, "a")).toBeUndefined();
  });
});

test("regions: left and right thirds first, then top and bottom", () => {
  const at = (x: number, y: number): string => regionAt({ x: 0, y: 0, width: 90, height: 90 }, x, y);
  expect([at(10, 10), at(80, 80), at(45, 10), at(45, 80), at(45, 45)]).toEqual([
    "left",
    "right",
    "top",
    "bottom",
    "center",
  ]);
});

test("edges are a narrow zone around the grid", () => {
  expect([
    edgeAt(AREA, 2, 50),
    edgeAt(AREA, 198, 50),
    edgeAt(AREA, 100, 2),
    edgeAt(AREA, 100, 98),
    edgeAt(AREA, 100, 50),
  ]).toEqual(["left", "right", "top", "bottom", undefined]);
});
