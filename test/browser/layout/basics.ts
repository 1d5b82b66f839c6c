import { node } from "../support/dom-harness.ts";
import { a, b, box, c, column, d, FILL, type LayoutCase, LONG, portion, row, text } from "./layout-case.ts";

/** One case for each rule of the resolver. */
export const BASICS: readonly LayoutCase[] = [
  {
    name: "fill in a shrinking container is the content",
    tree: box("shrink", "shrink", { ...a, padding: 4 }, box("fill", "fill", b, box(30, 20))),
    expected: { a: [0, 0, 38, 28], b: [4, 4, 30, 20] },
  },
  {
    name: "compression goes through several fills",
    tree: column(a, row({ width: "fill" }, box("fill", 10, {}, box(40, 10))), box(120, 10)),
    expected: { a: [0, 0, 120, 20] },
  },
  {
    name: "a following child's own fill children fill it",
    tree: column({}, box(150, 10), box("fill", 20, a, box("fill", "fill", b))),
    expected: { a: [0, 10, 150, 20], b: [0, 10, 150, 20] },
  },
  {
    name: "a row shrinks to its children and spacing",
    tree: row({ ...a, spacing: 8, padding: 3 }, box(20, 30), box(40, 10, b)),
    expected: { a: [0, 0, 74, 36], b: [31, 3, 40, 10] },
  },
  {
    name: "a row centers across",
    tree: row({ height: 60, align_y: "center" }, box(20, 20, a), box(20, 40, b)),
    expected: { a: [0, 20, 20, 20], b: [20, 10, 20, 40] },
  },
  {
    name: "a row puts its children at the bottom",
    tree: row({ height: 60, align_y: "bottom" }, box(20, 20, a)),
    expected: { a: [0, 40, 20, 20] },
  },
  {
    name: "a column puts its children at the right",
    tree: column({ width: 100, align_x: "right" }, box(20, 20, a)),
    expected: { a: [80, 0, 20, 20] },
  },
  {
    name: "padding per side",
    tree: box(100, 50, { padding: { left: 10, top: 5 } }, box("fill", "fill", a)),
    expected: { a: [10, 5, 90, 45] },
  },
  {
    name: "children of size zero take no spacing",
    tree: row({ ...a, spacing: 10 }, box(20, 10), box(0, 10), box(20, 10, b)),
    expected: { a: [0, 0, 50, 10], b: [30, 0, 20, 10] },
  },
  {
    name: "a keyed column keeps children of size zero",
    tree: node("keyed_column", { ...a, spacing: 10 }, [box(20, 10), box(20, 0), box(20, 10, b)]),
    expected: { a: [0, 0, 20, 40], b: [0, 30, 20, 10] },
  },
  {
    name: "center fills and centers",
    tree: box("shrink", "shrink", { ...a, center: true }, box(40, 20, b)),
    expected: { a: [0, 0, 300, 200], b: [130, 90, 40, 20] },
  },
  {
    name: "a container aligns its child",
    tree: box(100, 60, { align_x: "right", align_y: "bottom" }, box(40, 20, a)),
    expected: { a: [60, 40, 40, 20] },
  },
  {
    name: "a fixed child is cut to its container",
    tree: box(100, 50, {}, box(200, 80, a)),
    expected: { a: [0, 0, 100, 50] },
  },
  {
    name: "max_height caps a filling container",
    tree: box("fill", "fill", { ...a, max_height: 70 }),
    expected: { a: [0, 0, 300, 70] },
  },
  {
    name: "max_width caps a shrinking container",
    tree: box("shrink", "shrink", { ...a, max_width: 60 }, box(100, 10)),
    expected: { a: [0, 0, 60, 10] },
  },
  {
    name: "max_width of a row with align_x moves the row",
    tree: row({ ...a, width: "fill", max_width: 100, align_x: "right" }, box(10, 10)),
    expected: { a: [200, 0, 100, 10] },
  },
  {
    name: "a fill column in a fixed row takes its height",
    tree: row({ width: 200, height: 50 }, column({ ...a, ...FILL }, box("fill", "fill", b))),
    expected: { a: [0, 0, 200, 50], b: [0, 0, 200, 50] },
  },
  {
    name: "two fills share alike whatever they hold",
    tree: row({ width: 200 }, box("fill", 10, a, box(150, 10)), box("fill", 10, b)),
    expected: { a: [0, 0, 100, 10], b: [100, 0, 100, 10] },
  },
  {
    name: "a fill column shares the height by portions",
    tree: column({ width: 10, height: 90 }, box(10, portion(1), a), box(10, portion(2), b)),
    expected: { a: [0, 0, 10, 30], b: [0, 30, 10, 60] },
  },
  {
    name: "wrapping breaks lines with the same gap",
    tree: row({ ...a, width: 100, wrap: true, spacing: 10 }, box(40, 20), box(40, 20), box(40, 20, b)),
    expected: { a: [0, 0, 100, 50], b: [0, 30, 40, 20] },
  },
  {
    name: "align_x of a wrapping row aligns each line in its width",
    tree: row(
      { ...a, width: 100, wrap: true, spacing: 10, align_x: "right" },
      box(40, 20),
      box(40, 20, b),
      box(30, 20, c),
    ),
    expected: { a: [0, 0, 100, 50], b: [60, 0, 40, 20], c: [70, 30, 30, 20] },
  },
  {
    name: "align_x of a wrapping row that shrinks aligns in its longest line",
    tree: column(
      { width: 115 },
      row(
        { ...a, wrap: true, spacing: 10, padding: 2, align_x: "center" },
        box(40, 20, b),
        box(40, 20),
        box(30, 20, c),
      ),
    ),
    expected: { a: [0, 0, 94, 54], b: [2, 2, 40, 20], c: [32, 32, 30, 20] },
  },
  {
    name: "max_width moves a wrapping row, align_x its lines as well",
    tree: row({ ...a, width: "fill", wrap: true, max_width: 100, align_x: "center" }, box(60, 20), box(50, 20, b)),
    expected: { a: [100, 0, 100, 40], b: [125, 20, 50, 20] },
  },
  {
    name: "panes end where their grid ends, in fractions of pixels",
    tree: row(
      { width: 101, height: 20.5 },
      box("fill", 20, {}),
      node("pane_grid", { ...d, height: 20.5, spacing: 2 }, [box("fill", "fill", a), box("fill", "fill", b)]),
    ),
    expected: { d: [50.5, 0, 50.5, 20.5], a: [50.5, 0, 24, 20.5], b: [76.5, 0, 24.5, 20.5] },
  },
  {
    name: "fill on the wrapping axis is the content",
    tree: row({ width: 100, wrap: true }, box("fill", 20, a, box(30, 5))),
    expected: { a: [0, 0, 30, 20] },
  },
  {
    name: "a column in a column fills across",
    tree: column({ width: 120 }, column({ ...a, width: "fill" }, box("fill", 10, b))),
    expected: { a: [0, 0, 120, 10], b: [0, 0, 120, 10] },
  },
  {
    name: "text in a shrinking box wraps at the room there is",
    tree: box("shrink", "shrink", { ...a, max_width: 80 }, text(LONG)),
    expected: { a: [0, 0, 80, undefined] },
  },
  {
    name: "a scrollable shrinks to its content",
    tree: node("scrollable", a, [box(50, 60, b)]),
    expected: { a: [0, 0, 50, 60], b: [0, 0, 50, 60] },
  },
  {
    name: "a scrollable stays inside its parent",
    tree: node("scrollable", a, [box(50, 600, b)]),
    expected: { a: [0, 0, 50, 200], b: [0, 0, 50, 600] },
  },
  {
    name: "a scrollable is as wide as a child that fills",
    tree: node("scrollable", { ...a, height: 50 }, [column({ ...b, width: "fill" }, box(10, 100))]),
    expected: { a: [0, 0, 300, 50], b: [0, 0, 300, 100] },
  },
  {
    name: "fill on the scroll axis is the content",
    tree: node("scrollable", { width: 100, height: 50 }, [box("fill", "fill", a, box(10, 20))]),
    expected: { a: [0, 0, 100, 20] },
  },
  {
    name: "a horizontal scrollable lets its row be wide",
    tree: node("scrollable", { ...a, width: 100, height: 50, direction: "horizontal" }, [
      row({ ...b, height: "fill" }, box(200, 10), box(200, 10)),
    ]),
    expected: { a: [0, 0, 100, 50], b: [0, 0, 400, 50] },
  },
  {
    name: "a lane for the scrollbar takes room when there is one",
    tree: node("scrollable", { width: 100, height: 50, spacing: 4 }, [box("fill", 90, a)]),
    expected: { a: [0, 0, 86, 90] },
  },
  {
    name: "a pin's offset moves nothing else",
    tree: column({}, node("pin", { ...a, x: 30, y: 5 }, [box(20, 20, b)]), box(10, 10, c)),
    expected: { a: [0, 0, 20, 20], b: [30, 5, 20, 20], c: [0, 20, 10, 10] },
  },
  {
    name: "a filling stack gives its layers its size",
    tree: node("stack", { ...a, ...FILL }, [box(10, 10), box("fill", "fill", b, box(5, 5)), box(40, 20, c)]),
    expected: { a: [0, 0, 300, 200], b: [0, 0, 300, 200], c: [0, 0, 40, 20] },
  },
  {
    name: "grid rows as high as their content",
    tree: node("grid", { ...a, num_columns: 2, row_height: "shrink" }, [
      box("fill", 10),
      box("fill", 30),
      box("fill", 5, b),
    ]),
    expected: { a: [0, 0, 300, 35], b: [0, 30, 150, 5] },
  },
  {
    name: "grid rows share a given height",
    tree: node("grid", { ...a, num_columns: 1, height: 90, spacing: 10 }, [
      box("fill", "fill", b),
      box("fill", "fill", c),
    ]),
    expected: { a: [0, 0, 300, 90], b: [0, 0, 300, 40], c: [0, 50, 300, 40] },
  },
  {
    name: "a fluid grid has as many columns as its cells need",
    tree: node("grid", { ...a, fluid: 100, spacing: 0 }, [
      box("fill", "fill", b),
      box("fill", "fill"),
      box("fill", "fill"),
    ]),
    expected: { a: [0, 0, 300, 100], b: [0, 0, 100, 100] },
  },
  {
    name: "a themer takes the lengths of its child",
    tree: row({ width: 200, height: 40 }, node("themer", { theme: "light" }, [box("fill", "fill", a)]), box(50, 10, b)),
    expected: { a: [0, 0, 150, 40], b: [150, 0, 50, 10] },
  },
  {
    name: "a themer passes a fixed size on",
    tree: row({}, node("themer", { ...b, theme: "light" }, [box(60, 20, a)])),
    expected: { a: [0, 0, 60, 20], b: [0, 0, 60, 20] },
  },
  {
    name: "panes are definite",
    tree: node("pane_grid", { spacing: 4 }, [
      box("fill", "fill", a),
      column({ ...b, ...FILL }, box("fill", "fill", c)),
    ]),
    expected: { a: [0, 0, 148, 200], b: [152, 0, 148, 200], c: [152, 0, 148, 200] },
  },
  {
    name: "a fixed row in a smaller column is cut",
    tree: column({ width: 100 }, row({ ...a, width: 180 }, box("fill", 10, b))),
    expected: { a: [0, 0, 100, 10], b: [0, 0, 100, 10] },
  },
];
