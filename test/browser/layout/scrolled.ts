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
  FILL,
  type LayoutCase,
  LONG,
  portion,
  row,
  text,
} from "./layout-case.ts";

function scrollable(props: WireProps, child: WireNode): WireNode {
  return node("scrollable", props, [child]);
}

const SIZED = { ...a, width: 100, height: 80 } as const;

export const SCROLLED: readonly LayoutCase[] = [
  {
    name: "content that fits is where it is",
    tree: scrollable(SIZED, box(40, 30, b)),
    expected: { a: [0, 0, 100, 80], b: [0, 0, 40, 30] },
  },
  {
    name: "content fills across and is content along",
    tree: scrollable(SIZED, box("fill", "fill", b, box(10, 25))),
    expected: { b: [0, 0, 100, 25] },
  },
  {
    name: "portions along the scrolled axis are content",
    tree: scrollable(
      SIZED,
      column({ ...b, width: "fill" }, box(10, portion(1), c, box(5, 30)), box(10, portion(9), d, box(5, 120))),
    ),
    expected: { b: [0, 0, 100, 150], c: [0, 0, 10, 30], d: [0, 30, 10, 120] },
  },
  {
    name: "fill across follows the largest sibling in what scrolls",
    tree: scrollable(
      SIZED,
      column({ width: "fill" }, box(10, 10), row({ ...b, width: "fill" }, box(20, 40), box(10, "fill", c))),
    ),
    expected: { b: [0, 10, 100, 40], c: [20, 10, 10, 40] },
  },
  {
    name: "following goes on below in what scrolls",
    tree: scrollable(
      SIZED,
      row(
        b,
        box(20, 40),
        box("shrink", "fill", c, column({ ...d, height: "fill" }, box(10, 5), box(10, "fill", { id: "e" }))),
      ),
    ),
    expected: { b: [0, 0, 30, 40], c: [20, 0, 10, 40], d: [20, 0, 10, 40], e: [20, 5, 10, 35] },
  },
  {
    name: "fill across follows the largest sibling in boxes in what scrolls",
    tree: scrollable(SIZED, box("fill", "shrink", { padding: 5 }, column({}, row(b, box(20, 40), box(10, "fill", c))))),
    expected: { b: [5, 5, 30, 40], c: [25, 5, 10, 40] },
  },
  {
    name: "fill across follows the largest sibling in what scrolls in what scrolls",
    tree: scrollable(SIZED, column({}, scrollable({ id: "s" }, row(b, box(20, 40), box(10, "fill", c))))),
    expected: { s: [0, 0, 30, 40], b: [0, 0, 30, 40], c: [20, 0, 10, 40] },
  },
  {
    name: "sideways: fill across follows the largest sibling",
    tree: scrollable({ ...SIZED, direction: "horizontal" }, row(b, box(20, 40), box(10, "fill", c))),
    expected: { b: [0, 0, 30, 40], c: [20, 0, 10, 40] },
  },
  ...(["fill", 80, "shrink"] as const).flatMap((height): LayoutCase[] =>
    [column, row].flatMap((parent) => {
      const end = (...children: WireNode[]): WireNode =>
        box(
          100,
          80,
          {},
          parent({ ...FILL }, scrollable({ ...a, width: 100, height, anchor: "end" }, column(b, ...children))),
        );
      const name = `anchored at the end, ${height} in a ${parent.name}`;
      const room = height === "shrink" ? 30 : 80;
      return [
        {
          name: `${name}: what fits is at the end`,
          tree: end(box(40, 30, c)),
          expected: { a: [0, 0, 100, room], b: [0, room - 30, 40, 30] },
        },
        {
          name: `${name}: the end of what does not fit is seen`,
          tree: end(box(40, 100), box(40, 100, c)),
          expected: { a: [0, 0, 100, 80], b: [0, -120, 40, 200], c: [0, -20, 40, 100] },
        },
        // A box that shrinks in a row has no height to follow.
        ...(height === "shrink" && parent === row
          ? []
          : [
              {
                name: `${name}: following`,
                tree: end(box(40, 100), row({}, box(20, 40), box(10, "fill", c))),
                expected: { a: [0, 0, 100, 80], b: [0, -60, 40, 140], c: [20, 40, 10, 40] },
              },
            ]),
      ];
    }),
  ),
  {
    name: "content across is cut to the view",
    tree: scrollable(SIZED, box(300, 200, b)),
    expected: { b: [0, 0, 100, 200] },
  },
  {
    name: "a text breaks at the width of the view",
    tree: scrollable(SIZED, text(LONG, { ...b, width: "fill" })),
    expected: { b: [0, 0, 100, atLeast(100)] },
  },
  {
    name: "lines of a wrapping row break at the width of the view",
    tree: scrollable(SIZED, row({ ...b, wrap: true, width: "fill" }, box(60, 50), box(60, 50, c), box(60, 50, d))),
    expected: { b: [0, 0, 100, 150], c: [0, 50, 60, 50], d: [0, 100, 60, 50] },
  },
  {
    name: "sideways: content fills down and is content along",
    tree: scrollable(
      { ...SIZED, direction: "horizontal" },
      row({ ...b, height: "fill" }, box(90, "fill", c), box("fill", 10, d, box(70, 5))),
    ),
    expected: { b: [0, 0, 160, 80], c: [0, 0, 90, 80], d: [90, 0, 70, 10] },
  },
  {
    name: "sideways: a text stays on one line",
    tree: scrollable({ ...SIZED, direction: "horizontal" }, text(LONG, b)),
    expected: { b: [0, 0, atLeast(250), 20.8] },
  },
  {
    name: "sideways: a wrapping row stays on one line",
    tree: scrollable(
      { ...SIZED, direction: "horizontal" },
      row({ ...b, wrap: true }, box(60, 20), box(60, 20), box(60, 20, c)),
    ),
    expected: { b: [0, 0, 180, 20], c: [120, 0, 60, 20] },
  },
  {
    name: "sideways: content down is cut to the view",
    tree: scrollable({ ...SIZED, direction: "horizontal" }, box(300, 200, b)),
    expected: { b: [0, 0, 300, 80] },
  },
  {
    name: "both ways: content is as large as it is",
    tree: scrollable({ ...SIZED, direction: "both" }, box(300, 200, b)),
    expected: { a: [0, 0, 100, 80], b: [0, 0, 300, 200] },
  },
  {
    name: "both ways: fill is content",
    tree: scrollable({ ...SIZED, direction: "both" }, box("fill", "fill", b, box(30, 20))),
    expected: { b: [0, 0, 30, 20] },
  },
  {
    name: "both ways: a text stays on one line",
    tree: scrollable({ ...SIZED, direction: "both" }, text(LONG, b)),
    expected: { b: [0, 0, atLeast(250), 20.8] },
  },
  {
    name: "a shrinking view is as large as its content",
    tree: scrollable(a, box(70, 60, b)),
    expected: { a: [0, 0, 70, 60], b: [0, 0, 70, 60] },
  },
  {
    name: "a shrinking view ends where the window ends",
    tree: scrollable(a, box(70, 900, b)),
    expected: { a: [0, 0, 70, 200], b: [0, 0, 70, 900] },
  },
  {
    name: "a shrinking view in a shrinking box ends where the room ends",
    tree: box(100, 90, {}, box("shrink", "shrink", { ...b, padding: 10 }, scrollable(a, box(50, 400, c)))),
    expected: { b: [0, 0, 70, 90], a: [10, 10, 50, 70], c: [10, 10, 50, 400] },
  },
  {
    name: "a shrinking view below a heading takes what is left",
    tree: column({ height: 100 }, box(20, 30), scrollable(a, box(50, 400, b))),
    expected: { a: [0, 30, 50, 70], b: [0, 30, 50, 400] },
  },
  {
    name: "a view that fills leaves room for a footer",
    tree: column(
      { width: "fill", height: "fill" },
      scrollable({ ...a, width: "fill", height: "fill" }, box(50, 400)),
      box("fill", 40, b),
    ),
    expected: { a: [0, 0, 300, 160], b: [0, 160, 300, 40] },
  },
  {
    name: "views share a row by portions",
    tree: row(
      { width: 300, height: 100 },
      scrollable({ ...a, width: portion(1), height: "fill" }, box(10, 300)),
      scrollable({ ...b, width: portion(2), height: "fill" }, box(10, 300)),
    ),
    expected: { a: [0, 0, 100, 100], b: [100, 0, 200, 100] },
  },
  {
    name: "a shrinking view with content that fills across takes the width there is",
    tree: row({ width: 300 }, box(80, 10), scrollable({ ...a, height: 40 }, box("fill", 100, b))),
    expected: { a: [80, 0, 220, 40], b: [80, 0, 220, 100] },
  },
  {
    name: "sideways: a shrinking view with content that fills down takes the height there is",
    tree: column(
      { height: 150 },
      box(80, 10),
      scrollable({ ...a, width: 60, direction: "horizontal" }, box(200, "fill", b)),
    ),
    expected: { a: [0, 10, 60, 140], b: [0, 10, 200, 140] },
  },
  {
    name: "a view in a view",
    tree: scrollable(
      { ...a, width: 200, height: 100 },
      column(
        { ...b, width: "fill" },
        box(10, 60),
        scrollable({ ...c, width: "fill", height: 80 }, box("fill", 300, d)),
      ),
    ),
    expected: { a: [0, 0, 200, 100], b: [0, 0, 200, 140], c: [0, 60, 200, 80], d: [0, 60, 200, 300] },
  },
  {
    name: "padding scrolls with its content",
    tree: scrollable(SIZED, column({ ...b, width: "fill", padding: 10 }, box("fill", 200, c))),
    expected: { b: [0, 0, 100, 220], c: [10, 10, 80, 200] },
  },
  {
    name: "anchor start shows the beginning",
    tree: scrollable({ ...SIZED, anchor: "start" }, box(20, 200, b)),
    expected: { b: [0, 0, 20, 200] },
  },
  {
    name: "anchor end shows the end",
    tree: scrollable({ ...SIZED, anchor: "end" }, box(20, 200, b)),
    expected: { b: [0, -120, 20, 200] },
  },
  {
    name: "anchor end is about down, not sideways",
    tree: scrollable({ ...SIZED, anchor: "end", direction: "both" }, box(300, 200, b)),
    expected: { b: [0, -120, 300, 200] },
  },
  {
    name: "a lane for the bar: its width and the spacing",
    tree: scrollable({ ...SIZED, spacing: 5 }, box("fill", 200, b)),
    expected: { a: [0, 0, 100, 80], b: [0, 0, 85, 200] },
  },
  {
    name: "a lane of no spacing is as wide as the bar",
    tree: scrollable({ ...SIZED, spacing: 0 }, box("fill", 200, b)),
    expected: { b: [0, 0, 90, 200] },
  },
  {
    name: "a lane counts both margins of the bar",
    tree: scrollable({ ...SIZED, spacing: 5, scrollbar_width: 6, scrollbar_margin: 2 }, box("fill", 200, b)),
    expected: { b: [0, 0, 85, 200] },
  },
  {
    name: "no lane while everything fits",
    tree: scrollable({ ...SIZED, spacing: 5 }, box("fill", 40, b)),
    expected: { b: [0, 0, 100, 40] },
  },
  {
    name: "no lane without spacing: the bar lies over the content",
    tree: scrollable({ ...SIZED, scrollbar_width: 20 }, box("fill", 200, b)),
    expected: { b: [0, 0, 100, 200] },
  },
  {
    name: "sideways: the lane is below",
    tree: scrollable({ ...SIZED, direction: "horizontal", spacing: 5 }, box(300, "fill", b)),
    expected: { b: [0, 0, 300, 65] },
  },
  {
    name: "both ways: no lanes",
    tree: scrollable({ ...SIZED, direction: "both", spacing: 5 }, box(300, 200, b)),
    expected: { b: [0, 0, 300, 200] },
  },
  {
    name: "an empty view with a size keeps it",
    tree: column({}, node("scrollable", SIZED), box(10, 10, b)),
    expected: { a: [0, 0, 100, 80], b: [0, 80, 10, 10] },
  },
  {
    name: "a view is no wider than what is around it",
    tree: box(60, 50, {}, scrollable(a, box(200, 300, b))),
    expected: { a: [0, 0, 60, 50], b: [0, 0, 60, 300] },
  },
  {
    name: "a short list in a view that is aligned",
    tree: box(200, 100, { align_x: "center", align_y: "center" }, scrollable(a, column(b, box(40, 20), box(30, 20)))),
    expected: { a: [80, 30, 40, 40], b: [80, 30, 40, 40] },
  },
  {
    name: "a text in a view that shrinks is broken at the room there is",
    tree: box(120, "shrink", {}, scrollable(a, text(LONG, b))),
    expected: { a: [0, 0, atMost(120), atLeast(60)], b: [0, 0, atMost(120), atLeast(60)] },
  },
];
