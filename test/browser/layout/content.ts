import type { WireNode, WireProps } from "../../../src/protocol/index.ts";
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
  type ExpectedBox,
  type LayoutCase,
  LONG,
  portion,
  row,
  text,
} from "./layout-case.ts";

/** 13 px a line. */
const SMALL = { size: 10 } as const;
const RTL = "שלום עולם, זה טקסט ארוך שאינו נכנס בשורה אחת של תיבה צרה";

/** Widgets with a width that an app can set, with a height for those that have none of their own. */
const WEIGHED: readonly (readonly [string, WireProps])[] = [
  ["row", { height: 20 }],
  ["column", { height: 20 }],
  ["keyed_column", { height: 20 }],
  ["container", { height: 20 }],
  ["stack", { height: 20 }],
  ["pin", { height: 20 }],
  ["responsive", { height: 20 }],
  ["space", { height: 20 }],
  ["scrollable", { height: 20 }],
  ["table", { height: 20 }],
  ["text", { content: "x" }],
  ["rich_text", { spans: [{ text: "x" }] }],
  ["button", { label: "x" }],
  ["text_input", {}],
  ["checkbox", { label: "x" }],
  ["toggler", { label: "x" }],
  ["radio", { value: "x" }],
  ["slider", {}],
  ["pick_list", { options: ["x"] }],
  ["combo_box", { options: ["x"] }],
  ["progress_bar", {}],
];

const WEIGHTS: readonly LayoutCase[] = WEIGHED.map(([type, props]) => ({
  name: `a portion of ${type} has its weight`,
  tree: row({ width: 300 }, box("fill", 10), node(type, { ...a, ...props, width: portion(2) }), box(60, 10, b)),
  expected: { a: [80, 0, 160, undefined], b: [240, 0, 60, 10] },
}));

const TEXTS: readonly LayoutCase[] = [
  {
    name: "an icon of another size leaves a field as it is",
    tree: column(
      { width: 300 },
      node("text_input", { ...a, icon: { code_point: "*", size: 32 } }),
      node("text_input", b),
    ),
    expected: { a: [0, 0, 300, 31], b: [0, 31, 300, 31] },
  },
  {
    name: "a line of text is 1.3 times its size",
    tree: text("one", a),
    expected: { a: [0, 0, { least: 15, most: 45 }, 20.8] },
  },
  {
    name: "text of another size",
    tree: text("one", { ...a, size: 20 }),
    expected: { a: [0, 0, undefined, 26] },
  },
  {
    name: "a line height in relation to the size",
    tree: text("one\ntwo", { ...a, ...SMALL, line_height: { relative: 2 } }),
    expected: { a: [0, 0, undefined, 40] },
  },
  {
    name: "a line height in pixels",
    tree: text("one\ntwo", { ...a, ...SMALL, line_height: { absolute: 15 } }),
    expected: { a: [0, 0, undefined, 30] },
  },
  {
    name: "line breaks make lines",
    tree: text("one\ntwo\nthree", { ...a, ...SMALL }),
    expected: { a: [0, 0, atMost(60), 39] },
  },
  {
    name: "an empty last line counts",
    tree: text("one\n", { ...a, ...SMALL }),
    expected: { a: [0, 0, undefined, 26] },
  },
  {
    name: "an empty text has no width",
    tree: row({}, text("", a), box(10, 10, b)),
    expected: { a: [0, 0, 0, undefined], b: [0, 0, 10, 10] },
  },
  {
    name: "a text that fills is as wide as its box",
    tree: text("abc", { ...a, width: "fill" }),
    expected: { a: [0, 0, 300, 20.8] },
  },
  {
    name: "a text that fills both ways",
    tree: box(100, 60, {}, text("abc", { ...a, width: "fill", height: "fill", align_x: "center", align_y: "center" })),
    expected: { a: [0, 0, 100, 60] },
  },
  {
    name: "a text of a fixed width breaks",
    tree: text(LONG, { ...a, ...SMALL, width: 90 }),
    expected: { a: [0, 0, 90, { least: 39, most: 78 }] },
  },
  {
    name: "a text that shrinks breaks in a narrow box",
    tree: box(90, "shrink", a, text(LONG, { ...b, ...SMALL })),
    expected: { a: [0, 0, 90, { least: 39, most: 78 }], b: [0, 0, { least: 60, most: 90 }, { least: 39, most: 78 }] },
  },
  {
    name: "a text beside a fixed sibling breaks in what is left",
    tree: row({ width: 150 }, box(50, 10, a), text(LONG, { ...b, ...SMALL })),
    expected: { a: [0, 0, 50, 10], b: [50, 0, atMost(100), { least: 39, most: 78 }] },
  },
  {
    name: "a long text takes the room before its later siblings",
    tree: row({ width: 150 }, text(LONG, { ...a, ...SMALL }), box(50, 10, b)),
    expected: { a: [0, 0, { least: 130, most: 150 }, undefined], b: [{ least: 130, most: 150 }, 0, atMost(20), 10] },
  },
  {
    name: "a text that fills leaves room for its siblings",
    tree: row({ width: 150 }, text(LONG, { ...a, ...SMALL, width: "fill" }), box(50, 10, b)),
    expected: { a: [0, 0, 100, { least: 39, most: 78 }], b: [100, 0, 50, 10] },
  },
  {
    name: "texts share a row by portions",
    tree: row(
      { width: 300 },
      text(LONG, { ...a, ...SMALL, width: portion(1) }),
      text(LONG, { ...b, ...SMALL, width: portion(2) }),
    ),
    expected: { a: [0, 0, 100, atLeast(39)], b: [100, 0, 200, { least: 26, most: 39 }] },
  },
  {
    name: "a text that follows breaks at the width of its sibling",
    tree: column(a, box(120, 10), text(LONG, { ...b, ...SMALL, width: "fill" })),
    expected: { a: [0, 0, 120, { least: 36, most: 75 }], b: [0, 10, 120, { least: 26, most: 65 }] },
  },
  {
    name: "without wrapping a text is one line",
    tree: box(90, "shrink", a, text(LONG, { ...b, ...SMALL, wrapping: "none" })),
    expected: { a: [0, 0, 90, 13], b: [0, 0, undefined, 13] },
  },
  {
    name: "a long word does not break",
    tree: box(60, "shrink", {}, text("Donaudampfschifffahrt", { ...a, ...SMALL })),
    expected: { a: [0, 0, 60, 13] },
  },
  {
    name: "a long word breaks between glyphs",
    tree: box(60, "shrink", {}, text("Donaudampfschifffahrt", { ...a, ...SMALL, wrapping: "glyph" })),
    expected: { a: [0, 0, { least: 50, most: 60 }, { least: 26, most: 39 }] },
  },
  {
    name: "a long word breaks where no blank helps",
    tree: box(60, "shrink", {}, text("a Donaudampfschifffahrt", { ...a, ...SMALL, wrapping: "word_or_glyph" })),
    expected: { a: [0, 0, { least: 50, most: 60 }, { least: 26, most: 52 }] },
  },
  ...["start", "middle", "end"].flatMap((place) => [
    {
      name: `a text shortened at the ${place} is one line of a fixed width`,
      tree: text(LONG, { ...a, ...SMALL, width: 90, ellipsis: place }),
      expected: { a: [0, 0, 90, 13] },
    },
    {
      name: `a text shortened at the ${place} that shrinks ends where its box ends`,
      tree: box(90, "shrink", {}, text(LONG, { ...a, ...SMALL, ellipsis: place })),
      expected: { a: [0, 0, 90, 13] },
    },
    {
      name: `a text shortened at the ${place} fills what its siblings leave`,
      tree: row({ width: 150 }, text(LONG, { ...a, ...SMALL, width: "fill", ellipsis: place }), box(50, 10, b)),
      expected: { a: [0, 0, 100, 13], b: [100, 0, 50, 10] },
    },
    {
      name: `a rich text shortened at the ${place} is one line`,
      tree: box(
        90,
        "shrink",
        {},
        node("rich_text", { ...a, ...SMALL, spans: [{ text: "several words " }, { text: LONG }], ellipsis: place }),
      ),
      expected: { a: [0, 0, 90, 13] },
    },
  ]),
  {
    name: "a text that need not be shortened is as wide as it is",
    tree: text("ab", { ...a, ...SMALL, ellipsis: "end" }),
    expected: { a: [0, 0, { least: 6, most: 20 }, 13] },
  },
  {
    name: "text from right to left breaks in its box",
    tree: box(90, "shrink", a, text(RTL, { ...b, ...SMALL })),
    expected: { a: [0, 0, 90, { least: 26, most: 78 }], b: [0, 0, { least: 50, most: 90 }, { least: 26, most: 78 }] },
  },
  {
    name: "text from right to left does not turn its row",
    tree: row({ width: 200 }, text("שלום", { ...a, ...SMALL }), box("fill", 10, b), box(20, 10, c)),
    expected: {
      a: [0, 0, { least: 10, most: 40 }, 13],
      b: [{ least: 10, most: 40 }, 0, { least: 140, most: 170 }, 10],
      c: [180, 0, 20, 10],
    },
  },
  {
    name: "rich text breaks across its spans",
    tree: box(
      90,
      "shrink",
      {},
      node("rich_text", {
        ...a,
        ...SMALL,
        spans: [{ text: "several words " }, { text: "that do not fit into one line" }],
      }),
    ),
    expected: { a: [0, 0, { least: 60, most: 90 }, { least: 26, most: 52 }] },
  },
  {
    name: "a highlight with padding moves nothing",
    tree: row(
      {},
      node("rich_text", { ...a, ...SMALL, spans: [{ text: "ab", padding: 6, highlight: { background: "#ff0000" } }] }),
      box(10, 10, b),
    ),
    expected: { a: [0, 0, { least: 6, most: 20 }, 13], b: [{ least: 6, most: 20 }, 0, 10, 10] },
  },
];

const LEAVES: readonly LayoutCase[] = [
  {
    name: "a progress bar fills and is 30 high",
    tree: node("progress_bar", { ...a, value: 40 }),
    expected: { a: [0, 0, 300, 30] },
  },
  {
    name: "a progress bar of a given height",
    tree: node("progress_bar", { ...a, width: 120, height: 8 }),
    expected: { a: [0, 0, 120, 8] },
  },
  {
    name: "a progress bar in a row leaves room for what comes after it",
    tree: row({ width: "fill" }, node("progress_bar", a), box(40, 10, b)),
    expected: { a: [0, 0, 260, 30], b: [260, 0, 40, 10] },
  },
  {
    name: "an upright progress bar is 30 wide and fills upwards",
    tree: node("progress_bar", { ...a, vertical: true }),
    expected: { a: [0, 0, 30, 200] },
  },
  {
    name: "an upright progress bar: width is its length, height its girth",
    tree: node("progress_bar", { ...a, vertical: true, width: 70, height: 12 }),
    expected: { a: [0, 0, 12, 70] },
  },
  {
    name: "a rule is a pixel thick and fills",
    tree: column({ width: 120 }, node("rule", a), box(10, 10, b)),
    expected: { a: [0, 0, 120, 1], b: [0, 1, 10, 10] },
  },
  {
    name: "a rule follows in a shrinking column",
    tree: column(a, box(70, 10), node("rule", { ...b, height: 4 })),
    expected: { a: [0, 0, 70, 14], b: [0, 10, 70, 4] },
  },
  {
    name: "an upright rule between siblings",
    tree: row(
      { height: 50, spacing: 6 },
      box(20, 10),
      node("rule", { ...a, direction: "vertical", width: 3 }),
      box(20, 10, b),
    ),
    expected: { a: [26, 0, 3, 50], b: [35, 0, 20, 10] },
  },
  {
    name: "a slider fills and is 16 high",
    tree: node("slider", { ...a, range: [0, 100], value: 20 }),
    expected: { a: [0, 0, 300, 16] },
  },
  {
    name: "an upright slider is 16 wide and fills",
    tree: node("vertical_slider", { ...a, range: [0, 100], value: 20 }),
    expected: { a: [0, 0, 16, 200] },
  },
  {
    name: "a space of a size",
    tree: row({}, node("space", { ...a, width: 30, height: 12 }), box(10, 10, b)),
    expected: { a: [0, 0, 30, 12], b: [30, 0, 10, 10] },
  },
  {
    name: "a button is its label and padding",
    tree: node("button", { ...a, label: "x", padding: 10 }),
    expected: { a: [0, 0, { least: 24, most: 36 }, 40.8] },
  },
  {
    name: "a button as high as its row",
    tree: row(
      { height: 60 },
      node("button", { ...a, label: "x", width: 90, height: "fill" }),
      node("button", { ...b, label: "x" }),
    ),
    expected: { a: [0, 0, 90, 60], b: [90, 0, undefined, 30.8] },
  },
  {
    name: "a button around a row that fills",
    tree: node("button", { ...a, width: 120, height: 50, padding: 10 }, [
      row({ ...b, width: "fill" }, box("fill", 10, c), box(20, 10, d)),
    ]),
    expected: { a: [0, 0, 120, 50], b: [10, 10, 100, 10], c: [10, 10, 80, 10], d: [90, 10, 20, 10] },
  },
];

interface TableCell {
  readonly id: string;
  readonly column: string;
  readonly child: WireNode;
}

function table(columns: readonly WireProps[], props: WireProps, ...rows: (readonly TableCell[])[]): WireNode {
  const nodes = rows.map((cells, index) =>
    node(
      "table_row",
      { id: `row${index}` },
      cells.map(({ id, column: key, child }) => node("table_cell", { id, column: key }, [child])),
    ),
  );
  return node("table", { id: "t", columns, ...props }, nodes);
}
function cell(id: string, key: string, child: WireNode): TableCell {
  return { id, column: key, child };
}
function tableCase(
  name: string,
  columns: readonly WireProps[],
  props: WireProps,
  rows: readonly (readonly TableCell[])[],
  expected: Readonly<Record<string, ExpectedBox>>,
): LayoutCase {
  return { name: `table: ${name}`, tree: table(columns, { header: false, ...props }, ...rows), expected };
}

const [x, y, z] = [{ key: "x" }, { key: "y" }, { key: "z" }];
const three = (): readonly TableCell[] => [
  cell("a", "x", box(10, 20)),
  cell("b", "y", box(10, 20)),
  cell("c", "z", box(10, 20)),
];

const TABLES: readonly LayoutCase[] = [
  tableCase("columns share alike, with lines between them", [x, y, z], {}, [three()], {
    t: [0, 0, 300, 30],
    a: [0, 0, 99.3, 30],
    b: [100.3, 0, 99.3, 30],
    c: [200.7, 0, 99.3, 30],
  }),
  tableCase("no lines", [x, y, z], { separator: 0 }, [three()], {
    a: [0, 0, 100, 30],
    b: [100, 0, 100, 30],
    c: [200, 0, 100, 30],
  }),
  tableCase("thick lines", [x, y, z], { separator: 6 }, [three(), [cell("d", "x", box(10, 10))]], {
    t: [0, 0, 300, 56],
    a: [0, 0, 96, 30],
    b: [102, 0, 96, 30],
    d: [0, 36, 96, 20],
  }),
  tableCase(
    "portions",
    [x, { ...y, width: { fill_portion: 2 } }, { ...z, width: { fill_portion: 3 } }],
    { separator: 0 },
    [three()],
    {
      a: [0, 0, 50, 30],
      b: [50, 0, 100, 30],
      c: [150, 0, 150, 30],
    },
  ),
  tableCase("a fixed column", [{ ...x, width: 80 }, y, { ...z, width: "fill" }], { separator: 0 }, [three()], {
    a: [0, 0, 80, 30],
    b: [80, 0, 110, 30],
    c: [190, 0, 110, 30],
  }),
  tableCase(
    "a column as wide as its widest cell",
    [{ ...x, width: "shrink" }, y],
    { separator: 0 },
    [
      [cell("a", "x", box(30, 20)), cell("b", "y", box(10, 20))],
      [cell("c", "x", box(55, 20)), cell("d", "y", box(10, 20))],
    ],
    { a: [0, 0, 75, 30], b: [75, 0, 225, 30], c: [0, 30, 75, 30], d: [75, 30, 225, 30] },
  ),
  tableCase(
    "fixed, shrinking and filling columns",
    [
      { ...x, width: 80 },
      { ...y, width: "shrink" },
      { ...z, width: { fill_portion: 2 } },
    ],
    { separator: 0 },
    [three()],
    {
      a: [0, 0, 80, 30],
      b: [80, 0, 30, 30],
      c: [110, 0, 190, 30],
    },
  ),
  tableCase(
    "a narrow table",
    [{ ...x, width: 50 }, y],
    { width: 120, separator: 0 },
    [[cell("a", "x", box(10, 20)), cell("b", "y", box("fill", 20, c))]],
    {
      t: [0, 0, 120, 30],
      a: [0, 0, 50, 30],
      b: [50, 0, 70, 30],
      c: [60, 5, 50, 20],
    },
  ),
  tableCase("padding of cells", [x], { padding: 4 }, [[cell("a", "x", box("fill", 20, b))]], {
    a: [0, 0, 300, 28],
    b: [4, 4, 292, 20],
  }),
  tableCase(
    "padding of cells takes left and top for both sides",
    [x],
    { padding: { left: 12, right: 40, top: 3, bottom: 50 } },
    [[cell("a", "x", box("fill", 20, b))]],
    {
      a: [0, 0, 300, 26],
      b: [12, 3, 276, 20],
    },
  ),
  tableCase(
    "a row is as high as its highest cell",
    [x, y],
    { separator: 0 },
    [[cell("a", "x", box(10, 20)), cell("b", "y", box(10, 45))], [cell("c", "x", box(10, 10, d))]],
    { a: [0, 0, 150, undefined], b: [150, 0, 150, 55], c: [0, 55, 150, 20], d: [10, 60, 10, 10] },
  ),
  ...(["left", "center", "right"] as const).map((align, index) =>
    tableCase(`a column aligned ${align}`, [{ ...x, align }], {}, [[cell("a", "x", box(80, 20, b))]], {
      b: [10 + 100 * index, 5, 80, 20],
    }),
  ),
  tableCase(
    "cells come in the order of the columns",
    [x, y],
    { separator: 0 },
    [[cell("a", "y", box(10, 10)), cell("b", "x", box(10, 10))]],
    {
      a: [150, 0, 150, 20],
      b: [0, 0, 150, 20],
    },
  ),
  tableCase("a header above the rows", [x], { header: true }, [[cell("a", "x", box(10, 20))]], {
    t: [0, 0, 300, 61.8],
    a: [0, 31.8, 300, 30],
  }),
  tableCase(
    "a header with text of its own size",
    [x],
    { header: true, header_text_size: 10 },
    [[cell("a", "x", box(10, 20))]],
    {
      a: [0, 24, 300, 30],
    },
  ),
  tableCase(
    "a given height scrolls the rows",
    [x],
    { height: 50 },
    [[cell("a", "x", box(10, 20))], [cell("b", "x", box(10, 20))]],
    {
      t: [0, 0, 300, 50],
      a: [0, 0, 300, 30],
      b: [0, 31, 300, 30],
    },
  ),
  tableCase(
    "room between rows and cells",
    [x, y],
    { cell_spacing: 20, row_spacing: 10 },
    [[cell("a", "x", box(10, 20)), cell("b", "y", box(10, 20))], [cell("c", "x", box(10, 20))]],
    { a: [0, 0, 140, 30], b: [160, 0, 140, 30], c: [0, 40, 140, 30] },
  ),
  tableCase(
    "children of a cell lie below each other",
    [x],
    {},
    [[cell("a", "x", column(b, box(10, 10), box(20, 15, c)))]],
    {
      a: [0, 0, 300, 35],
      b: [10, 5, 20, 25],
      c: [10, 15, 20, 15],
    },
  ),
  {
    name: "table: a table in a row takes its portion",
    tree: row(
      { width: 300 },
      box(100, 10),
      node("table", { ...a, columns: [x], width: "fill", rows: [{ x: "1" }], header: false }),
    ),
    expected: { a: [100, 0, 200, 30.8] },
  },
  {
    name: "table: without columns there is a line of text",
    tree: node("table", a),
    expected: { a: [0, 0, 300, 20.8] },
  },
];

export const CONTENT: readonly LayoutCase[] = [...WEIGHTS, ...TEXTS, ...LEAVES, ...TABLES];
