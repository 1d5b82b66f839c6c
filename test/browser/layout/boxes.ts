import type { WireNode, WireProps } from "../../../src/protocol/index.ts";
import { node } from "../support/dom-harness.ts";
import { a, b, box, c, column, d, FILL, type LayoutCase, LONG, portion, row, text } from "./layout-case.ts";

const HORIZONTAL = ["left", "center", "right"];
const VERTICAL = ["top", "center", "bottom"];

/** Grids by their props, in 300 px: cell width and the places of the second and last of five cells. */
const COLUMNS: readonly (readonly [string, WireProps, number, readonly number[], readonly number[]])[] = [
  ["2 columns", { num_columns: 2 }, 150, [150, 0], [0, 20]],
  ["2 columns, spacing 10", { num_columns: 2, spacing: 10 }, 145, [155, 0], [0, 40]],
  ["3 columns, spacing 6", { num_columns: 3, spacing: 6 }, 96, [102, 0], [102, 16]],
  ["5 columns", { num_columns: 5 }, 60, [60, 0], [240, 0]],
  ["7 columns, spacing 5", { num_columns: 7, spacing: 5 }, 38.6, [43.6, 0], [174.3, 0]],
  ["its own width", { num_columns: 4, width: 200 }, 50, [50, 0], [0, 10]],
  ["column_width is the width of the grid", { num_columns: 4, column_width: 200 }, 50, [50, 0], [0, 10]],
  ["cells of at most 100", { fluid: 100 }, 100, [100, 0], [100, 10]],
  ["cells of at most 100, spacing 10", { fluid: 100, spacing: 10 }, 93.3, [103.3, 0], [103.3, 20]],
  ["cells of at most 120", { fluid: 120 }, 100, [100, 0], [100, 10]],
  ["cells of at most 149", { fluid: 149 }, 100, [100, 0], [100, 10]],
  ["cells of at most 150", { fluid: 150 }, 150, [150, 0], [0, 20]],
  ["a number of columns does not count beside fluid", { fluid: 150, num_columns: 5 }, 150, [150, 0], [0, 20]],
];

function cells(): WireNode[] {
  return [box("fill", 10, a), box("fill", 10, b), box("fill", 10), box("fill", 10), box("fill", 10, c)];
}

const CONTAINERS: readonly LayoutCase[] = [
  ...HORIZONTAL.flatMap((x, column) =>
    VERTICAL.map((y, line) => ({
      name: `a container aligns ${x} ${y}`,
      tree: box(100, 60, { align_x: x, align_y: y }, box(40, 20, a)),
      expected: { a: [30 * column, 20 * line, 40, 20] },
    })),
  ),
  {
    name: "alignment is inside the padding",
    tree: box(
      100,
      60,
      { align_x: "right", align_y: "bottom", padding: { right: 10, bottom: 4, left: 1 } },
      box(40, 20, a),
    ),
    expected: { a: [50, 36, 40, 20] },
  },
  {
    name: "center wins over sizes and alignments",
    tree: column({ width: 200, height: 100 }, box(10, 10, { ...a, center: true, align_x: "right" }, box(40, 20, b))),
    expected: { a: [0, 0, 200, 100], b: [80, 40, 40, 20] },
  },
  {
    name: "center in a shrinking box is its content",
    tree: box("shrink", "shrink", a, box("shrink", "shrink", { ...b, center: true }, box(40, 20, c))),
    expected: { a: [0, 0, 40, 20], b: [0, 0, 40, 20], c: [0, 0, 40, 20] },
  },
  {
    name: "boxes that fill, four deep with padding",
    tree: box(
      "fill",
      "fill",
      { padding: 10 },
      box("fill", "fill", { padding: 20 }, box("fill", "fill", { ...a, padding: 5 }, box("fill", "fill", b))),
    ),
    expected: { a: [30, 30, 240, 140], b: [35, 35, 230, 130] },
  },
  {
    name: "boxes that shrink, four deep with padding",
    tree: box(
      "shrink",
      "shrink",
      { ...a, padding: 10 },
      box("shrink", "shrink", { padding: 20 }, box("shrink", "shrink", { ...b, padding: 5 }, box(30, 20, c))),
    ),
    expected: { a: [0, 0, 100, 90], b: [30, 30, 40, 30], c: [35, 35, 30, 20] },
  },
  {
    name: "fill in a fixed box in a shrinking one",
    tree: box("shrink", "shrink", a, box(120, 80, b, box("fill", "fill", c))),
    expected: { a: [0, 0, 120, 80], b: [0, 0, 120, 80], c: [0, 0, 120, 80] },
  },
  {
    name: "fill on one axis, shrink on the other",
    tree: box("fill", "shrink", { ...a, padding: 3 }, box("fill", "fill", b, box(10, 20))),
    expected: { a: [0, 0, 300, 26], b: [3, 3, 294, 20] },
  },
  {
    name: "a portion in a box is all of it",
    tree: box(120, 60, {}, box(portion(2), portion(7), a)),
    expected: { a: [0, 0, 120, 60] },
  },
  {
    name: "an empty box is its padding",
    tree: box("shrink", "shrink", { ...a, padding: { left: 3, right: 4, top: 5, bottom: 6 } }),
    expected: { a: [0, 0, 7, 11] },
  },
  {
    name: "a child of a shrinking box gives way to the room of an outer one",
    tree: box(100, 50, {}, box("shrink", "shrink", { ...a, padding: 5 }, box(200, 80, b))),
    expected: { a: [0, 0, 100, 50], b: [5, 5, 90, 40] },
  },
  {
    name: "the room is handed down through several shrinking boxes",
    tree: box(100, 50, {}, box("shrink", "shrink", {}, box("shrink", "shrink", { padding: 5 }, box(200, 80, a)))),
    expected: { a: [5, 5, 90, 40] },
  },
  {
    name: "a cap on both axes",
    tree: box("fill", "fill", { ...a, max_width: 80, max_height: 40 }, box("fill", "fill", b)),
    expected: { a: [0, 0, 80, 40], b: [0, 0, 80, 40] },
  },
  {
    name: "a capped box is aligned by its container",
    tree: box(
      "fill",
      "fill",
      { align_x: "center", align_y: "bottom" },
      box("fill", "fill", { ...a, max_width: 80, max_height: 40 }),
    ),
    expected: { a: [110, 160, 80, 40] },
  },
  {
    name: "a cap of a box with padding counts the padding",
    tree: box("fill", "shrink", { ...a, max_width: 80, padding: 10 }, box("fill", 10, b)),
    expected: { a: [0, 0, 80, 30], b: [10, 10, 60, 10] },
  },
  {
    name: "zero is a size",
    tree: box("fill", "fill", {}, box(0, 20, a, box("fill", "fill", b))),
    expected: { a: [0, 0, 0, 20], b: [0, 0, 0, 20] },
  },
  {
    name: "fractions of pixels count",
    tree: box(100.5, 50.25, { ...a, padding: 0.25 }, box("fill", "fill", b)),
    expected: { a: [0, 0, 100.5, 50.3], b: [0.3, 0.3, 100, 49.8] },
  },
  {
    name: "the window's padding is around everything",
    window: { padding: 10 },
    tree: box("fill", "fill", a),
    expected: { a: [10, 10, 280, 180] },
  },
  {
    name: "the window's padding per side",
    window: { padding: { left: 20, bottom: 40 } },
    tree: box("fill", "fill", a),
    expected: { a: [20, 0, 280, 160] },
  },
  {
    name: "a scaled window has less room",
    window: { scale_factor: 2 },
    tree: box("fill", 20, a, box(50, "fill", b)),
    expected: { a: [0, 0, 300, 40], b: [0, 0, 100, 40] },
  },
];

const STACKS: readonly LayoutCase[] = [
  {
    name: "a stack is as large as its first layer",
    tree: node("stack", a, [box(80, 40), box(200, 100, b), box(10, 10, c)]),
    expected: { a: [0, 0, 80, 40], b: [0, 0, 80, 40], c: [0, 0, 10, 10] },
  },
  {
    name: "a first layer that fills in a shrinking stack is content",
    tree: node("stack", a, [box("fill", "fill", b, box(30, 20)), box("fill", "fill", c)]),
    expected: { a: [0, 0, 30, 20], b: [0, 0, 30, 20], c: [0, 0, 30, 20] },
  },
  {
    name: "layers fill a fixed stack, not its first layer",
    tree: node("stack", { ...a, width: 120, height: 90 }, [box(10, 10), box("fill", "fill", b)]),
    expected: { a: [0, 0, 120, 90], b: [0, 0, 120, 90] },
  },
  {
    name: "a layer of size zero is none",
    tree: node("stack", a, [box(0, 0), box(50, 30, b), box("fill", "fill", c)]),
    expected: { a: [0, 0, 50, 30], b: [0, 0, 50, 30], c: [0, 0, 50, 30] },
  },
  {
    name: "a stack takes its portion of a row",
    tree: row(
      { width: 300 },
      node("stack", { ...a, width: portion(2), height: 30 }, [box("fill", "fill", b)]),
      box("fill", 10, c),
    ),
    expected: { a: [0, 0, 200, 30], b: [0, 0, 200, 30], c: [200, 0, 100, 10] },
  },
  {
    name: "a stack in a layer of a stack",
    tree: node("stack", {}, [box(100, 60), node("stack", { ...a, ...FILL }, [box(20, 10), box("fill", "fill", b)])]),
    expected: { a: [0, 0, 100, 60], b: [0, 0, 100, 60] },
  },
  {
    name: "a layer can align what it holds",
    tree: node("stack", {}, [
      box(100, 60),
      box("fill", "fill", { align_x: "right", align_y: "bottom" }, box(30, 20, a)),
    ]),
    expected: { a: [70, 40, 30, 20] },
  },
  {
    name: "a pin cuts what it holds to the rest of its room",
    tree: node("pin", { width: 100, height: 50, x: 20, y: 10 }, [box(200, 200, a)]),
    expected: { a: [20, 10, 80, 40] },
  },
  {
    name: "what a shrinking pin holds sticks out",
    tree: row({}, node("pin", { ...a, x: 15, y: 25 }, [box(20, 20, b)]), box(10, 10, c)),
    expected: { a: [0, 0, 20, 20], b: [15, 25, 20, 20], c: [20, 0, 10, 10] },
  },
  {
    name: "a pin can lie before its place",
    tree: node("pin", { width: 100, height: 50, x: -10, y: -5 }, [box("fill", "fill", a)]),
    expected: { a: [-10, -5, 110, 55] },
  },
  {
    name: "a pin without a place is at the start",
    tree: node("pin", { ...a, width: 100, height: 50 }, [box("fill", 20, b)]),
    expected: { a: [0, 0, 100, 50], b: [0, 0, 100, 20] },
  },
  {
    name: "a pin takes its portion of a column",
    tree: column(
      { width: 100, height: 90 },
      box(10, "fill"),
      node("pin", { ...a, width: "fill", height: portion(2), x: 5 }, [box(10, 10, b)]),
    ),
    expected: { a: [0, 30, 100, 60], b: [5, 30, 10, 10] },
  },
  {
    name: "floating moves the picture, not the place",
    tree: row({}, node("floating", { translate_x: 10, translate_y: 5 }, [box(20, 20, a)]), box(20, 20, b)),
    expected: { a: [10, 5, 20, 20], b: [20, 0, 20, 20] },
  },
  {
    name: "floating enlarges about the center",
    tree: row({}, box(40, 40), node("float", { scale: 2 }, [box(20, 20, a)]), box(20, 20, b)),
    expected: { a: [30, -10, 40, 40], b: [60, 0, 20, 20] },
  },
  {
    name: "floating does not shrink what stays in its place",
    tree: row({}, node("floating", { scale: 0.5 }, [box(20, 20, a)])),
    expected: { a: [0, 0, 20, 20] },
  },
  {
    name: "floating has the lengths of its child",
    tree: row({ width: 300, height: 40 }, node("floating", {}, [box("fill", "fill", a)]), box(portion(2), 10, b)),
    expected: { a: [0, 0, 100, 40], b: [100, 0, 200, 10] },
  },
  {
    name: "floating can have a size of its own",
    tree: row({}, node("floating", { ...a, width: 60, height: 30 }, [box("fill", "fill", b)]), box(10, 10, c)),
    expected: { a: [0, 0, 60, 30], b: [0, 0, 60, 30], c: [60, 0, 10, 10] },
  },
  {
    name: "responsive fills",
    tree: row({ width: 200, height: 50 }, box(50, 10), node("responsive", a, [box("fill", "fill", b)])),
    expected: { a: [50, 0, 150, 50], b: [50, 0, 150, 50] },
  },
  {
    name: "what is in responsive may be smaller",
    tree: node("responsive", a, [box(40, 20, b)]),
    expected: { a: [0, 0, 300, 200], b: [0, 0, 40, 20] },
  },
  {
    name: "responsive with a size",
    tree: node("responsive", { ...a, width: 80, height: "shrink" }, [box("fill", "fill", b, box(10, 30))]),
    expected: { a: [0, 0, 80, 30], b: [0, 0, 80, 30] },
  },
  {
    name: "panes are what the space between them leaves",
    tree: node("pane_grid", { ...a, width: 203, height: 100, spacing: 3 }, [
      box("fill", "fill", b),
      box("fill", "fill", c),
    ]),
    expected: { a: [0, 0, 203, 100], b: [0, 0, 100, 100], c: [103, 0, 100, 100] },
  },
];

const GRIDS: readonly LayoutCase[] = [
  ...COLUMNS.map(([name, props, width, second, last]) => ({
    name: `grid with rows of content: ${name}`,
    tree: node("grid", { row_height: "shrink", ...props }, cells()),
    expected: { a: [0, 0, width, 10], b: [...second, width, 10], c: [...last, width, 10] },
  })),
  {
    name: "one column unless told otherwise",
    tree: box(50, 100, {}, node("grid", {}, [box("fill", "fill", a), box("fill", "fill", b)])),
    expected: { a: [0, 0, 50, 50], b: [0, 50, 50, 50] },
  },
  {
    name: "a row is as high as its highest cell",
    tree: node("grid", { ...a, num_columns: 2, row_height: "shrink", spacing: 4 }, [
      box("fill", 10),
      box("fill", 25),
      box("fill", 15, b),
      box("fill", 5),
      box("fill", 5, c),
    ]),
    expected: { a: [0, 0, 300, 53], b: [0, 29, 148, 15], c: [0, 48, 148, 5] },
  },
  {
    name: "fill is content in rows of content",
    tree: node("grid", { num_columns: 2, row_height: "shrink" }, [
      box("fill", "fill", a, box(5, 12)),
      box("fill", 30, b),
    ]),
    expected: { a: [0, 0, 150, 12], b: [150, 0, 150, 30] },
  },
  {
    name: "a cell cuts what it holds",
    tree: node("grid", { num_columns: 3, spacing: 6 }, [box(200, 200, a), box("fill", "fill", b)]),
    expected: { a: [0, 0, 96, 96], b: [102, 0, 96, 96] },
  },
  {
    name: "what shrinks is at the start of its cell",
    tree: node("grid", { num_columns: 3 }, [box("fill", "fill"), box(20, 10, a)]),
    expected: { a: [100, 0, 20, 10] },
  },
  {
    name: "rows of a number share the given height",
    tree: node("grid", { ...a, num_columns: 1, row_height: 20, height: 90 }, [
      box("fill", "fill", b),
      box("fill", "fill"),
      box("fill", "fill", c),
    ]),
    expected: { a: [0, 0, 300, 90], b: [0, 0, 300, 30], c: [0, 60, 300, 30] },
  },
  {
    name: "rows that fill share the room",
    tree: node("grid", { ...a, num_columns: 2, row_height: "fill", spacing: 20 }, [
      box("fill", "fill", b),
      box("fill", "fill"),
      box("fill", "fill", c),
    ]),
    expected: { a: [0, 0, 300, 200], b: [0, 0, 140, 90], c: [0, 110, 140, 90] },
  },
  {
    name: "a grid in a shrinking column is as wide as its siblings",
    tree: column(a, box(120, 10), node("grid", { ...b, num_columns: 2 }, [box("fill", "fill", c)])),
    expected: { a: [0, 0, 120, 70], b: [0, 10, 120, 60], c: [0, 10, 60, 60] },
  },
  {
    name: "a grid inside padding",
    tree: box(
      "fill",
      "fill",
      { padding: 15 },
      node("grid", { num_columns: 3 }, [box("fill", "fill", a), box("fill", "fill", b)]),
    ),
    expected: { a: [15, 15, 90, 90], b: [105, 15, 90, 90] },
  },
  {
    name: "a grid beside a fixed column",
    tree: row({ width: "fill" }, box(60, 10), node("grid", { ...a, num_columns: 3 }, [box("fill", "fill", b)])),
    expected: { a: [60, 0, 240, 80], b: [60, 0, 80, 80] },
  },
  {
    name: "an empty grid has no height",
    tree: column({ width: "fill" }, node("grid", { ...a, num_columns: 3 }), box(10, 10, b)),
    expected: { a: [0, 0, 300, 0], b: [0, 0, 10, 10] },
  },
];

/** A wrapper has nothing of its own: its child is laid out as if it stood in its place. */
const WRAPPERS: readonly LayoutCase[] = ["pointer_area", "sensor", "tooltip", "themer", "overlay", "floating"].flatMap(
  (type) => [
    {
      name: `${type} hands fill through`,
      tree: row({ width: 200, height: 40 }, node(type, a, [box(portion(3), "fill", b)]), box("fill", 10, c)),
      expected: { a: [0, 0, 150, 40], b: [0, 0, 150, 40], c: [150, 0, 50, 10] },
    },
    {
      name: `${type} hands a fixed size through`,
      tree: column(
        { width: 200, height: 60, align_x: "right" },
        node(type, a, [box(50, 20, b, box("fill", "fill", d))]),
        box(10, "fill", c),
      ),
      expected: { a: [150, 0, 50, 20], b: [150, 0, 50, 20], c: [190, 20, 10, 40], d: [150, 0, 50, 20] },
    },
    {
      name: `${type} hands shrinking and following through`,
      tree: row(a, node(type, {}, [box("shrink", "fill", b, box(30, 5))]), box(10, 45)),
      expected: { a: [0, 0, 40, 45], b: [0, 0, 30, 45] },
    },
    {
      name: `${type} hands room through to a text`,
      tree: box(90, "shrink", {}, node(type, a, [text(LONG, { ...b, size: 10 })])),
      expected: {
        a: [0, 0, { least: 60, most: 90 }, { least: 26, most: 130 }],
        b: [0, 0, { least: 60, most: 90 }, { least: 26, most: 130 }],
      },
    },
  ],
);

export const BOXES: readonly LayoutCase[] = [...CONTAINERS, ...STACKS, ...GRIDS, ...WRAPPERS];
