import { node } from "../support/dom-harness.ts";
import {
  a,
  atLeast,
  atMost,
  b,
  box,
  c,
  column,
  d,
  FILL,
  type LayoutCase,
  LONG,
  portion,
  row,
  text,
} from "./layout-case.ts";

/** The rectangles that the mapping of the catalog to CSS promises (css-mapping, section 17). */
export const FIXTURES: readonly LayoutCase[] = [
  {
    name: "[css-mapping 17.1] a fill space takes what a row has left",
    tree: row({ width: "fill" }, box(50, 10, a), node("space", { ...b, width: "fill", height: 10 }), box(60, 10, c)),
    expected: { a: [0, 0, 50, 10], b: [50, 0, 190, 10], c: [240, 0, 60, 10] },
  },
  {
    name: "[css-mapping 17.2] portions share the rest",
    tree: row({ width: 300, spacing: 10 }, box(90, 10, a), box("fill", 10, b), box(portion(2), 10, c)),
    expected: { a: [0, 0, 90, 10], b: [100, 0, 63.3, 10], c: [173.3, 0, 126.7, 10] },
  },
  {
    name: "[css-mapping 17.3] earlier siblings take what they want",
    tree: row({ width: 300 }, box(200, 10, a), box(200, 10, b), box(50, 10, c)),
    expected: { a: [0, 0, 200, 10], b: [200, 0, 100, 10], c: [300, 0, 0, 10] },
  },
  {
    name: "[css-mapping 17.4] a fill child of a shrinking column follows its siblings",
    tree: column(a, box(120, 10), box("fill", "shrink", { ...b, padding: 5 }, text(LONG, c))),
    expected: { a: [0, 0, 120, undefined], b: [0, 10, 120, atLeast(50)], c: [5, 15, atMost(110), atLeast(40)] },
  },
  {
    name: "[css-mapping 17.5] a shrinking column with nothing but a fill child has no width",
    tree: column(a, box("fill", 10, b)),
    expected: { a: [0, 0, 0, 10] },
  },
  {
    name: "[css-mapping 17.6] a vertical rule is as high as its row",
    tree: row({}, box(40, 50), node("rule", { ...a, direction: "vertical", height: "fill", thickness: 2 })),
    expected: { a: [40, 0, 2, 50] },
  },
  {
    name: "[css-mapping 17.7] a capped fill child is aligned",
    tree: column({ ...FILL, align_x: "center" }, box("fill", 10, { ...a, max_width: 100 })),
    expected: { a: [100, 0, 100, 10] },
  },
  {
    name: "[css-mapping 17.8] text in a filling container in a shrinking one is not broken",
    tree: box("shrink", "shrink", a, box("fill", "shrink", b, text("abc", c))),
    expected: { a: [0, 0, { least: 10, most: 60 }, 20.8], c: [0, 0, { least: 10, most: 60 }, 20.8] },
  },
  {
    name: "[css-mapping 17.9] later layers have the size of the first",
    tree: node("stack", a, [box(80, 40, b), box("fill", "fill", c), text(LONG, d)]),
    expected: { a: [0, 0, 80, 40], b: [0, 0, 80, 40], c: [0, 0, 80, 40], d: [0, 0, atMost(80), undefined] },
  },
  {
    name: "[css-mapping 17.10] a pinned fill child gets the rest",
    tree: node("pin", { ...a, ...FILL, x: 20, y: 10 }, [box("fill", "fill", b)]),
    expected: { a: [0, 0, 300, 200], b: [20, 10, 280, 190] },
  },
  {
    name: "[css-mapping 17.11] grid cells are squares",
    tree: node("grid", { ...a, num_columns: 3, spacing: 6 }, [
      box("fill", "fill", b),
      box("fill", "fill"),
      box("fill", "fill"),
      box("fill", "fill", c),
    ]),
    expected: { a: [0, 0, 300, 198], b: [0, 0, 96, 96], c: [0, 102, 96, 96] },
  },
  {
    name: "[css-mapping 17.12] scrolled content keeps its size",
    tree: node("scrollable", { ...a, width: 100, height: 80 }, [column({ ...b, width: "fill" }, box(20, 200))]),
    expected: { a: [0, 0, 100, 80], b: [0, 0, 100, 200] },
  },
  {
    name: "[css-mapping 17.13] padding comes off the inside",
    tree: box(200, 100, { ...a, padding: 10 }, box("fill", "fill", b)),
    expected: { a: [0, 0, 200, 100], b: [10, 10, 180, 80] },
  },
];
