import type { WireNode, WireProps, WireValue } from "../../../src/protocol/index.ts";
import { node } from "../support/dom-harness.ts";
import { a, b, c, d, type LayoutCase, portion } from "./layout-case.ts";

/** Rules of rows and columns hold along both axes: written once in main and cross sizes, shown in a row and in a column. */
function flexCases(type: "row" | "column"): readonly LayoutCase[] {
  const isRow = type === "row";
  const [main, cross] = isRow ? ["width", "height"] : ["height", "width"];
  const align = isRow ? "align_y" : "align_x";
  const ends = isRow ? ["top", "center", "bottom"] : ["left", "center", "right"];
  const [before, after, near, far] = isRow ? ["left", "right", "top", "bottom"] : ["top", "bottom", "left", "right"];

  const sized = (along: WireValue, across: WireValue, props: WireProps = {}): WireProps => ({
    [main as string]: along,
    [cross as string]: across,
    ...props,
  });
  const item = (along: WireValue, across: WireValue, props: WireProps = {}, ...children: WireNode[]): WireNode =>
    node("container", sized(along, across, props), children);
  const line = (props: WireProps, ...children: WireNode[]): WireNode => node(type, props, children);
  const turned = (props: WireProps, ...children: WireNode[]): WireNode =>
    node(isRow ? "column" : "row", props, children);
  /** `[place along, place across, size along, size across]` as a rectangle. */
  const at = (x: number, y: number, width: number, height: number): readonly number[] =>
    isRow ? [x, y, width, height] : [y, x, height, width];
  const outer = (...children: WireNode[]): WireNode => line(sized(240, 60), ...children);
  const spaced = (spacing: number, ...children: WireNode[]): WireNode => line(sized(240, 60, { spacing }), ...children);

  const cases: readonly LayoutCase[] = [
    {
      name: "fill takes what fixed siblings leave",
      tree: outer(item(50, 10, a), item("fill", 10, b), item(60, 10, c)),
      expected: { a: at(0, 0, 50, 10), b: at(50, 0, 130, 10), c: at(180, 0, 60, 10) },
    },
    {
      name: "portions 1, 2, 3",
      tree: outer(item(portion(1), 10, a), item(portion(2), 10, b), item(portion(3), 10, c)),
      expected: { a: at(0, 0, 40, 10), b: at(40, 0, 80, 10), c: at(120, 0, 120, 10) },
    },
    {
      name: "portions share what spacing leaves",
      tree: spaced(12, item(portion(1), 10, a), item(portion(1), 10, b), item(portion(2), 10, c)),
      expected: { a: at(0, 0, 54, 10), b: at(66, 0, 54, 10), c: at(132, 0, 108, 10) },
    },
    {
      name: "portions share what padding and fixed siblings leave",
      tree: line(sized(240, 60, { padding: 10 }), item(20, 10, a), item(portion(1), 10, b), item(portion(3), 10, c)),
      expected: { a: at(10, 10, 20, 10), b: at(30, 10, 50, 10), c: at(80, 10, 150, 10) },
    },
    {
      name: "thirds are fractions",
      tree: line(sized(100, 60), item("fill", 10, a), item("fill", 10, b), item("fill", 10, c)),
      expected: { a: at(0, 0, 33.3, 10), b: at(33.3, 0, 33.3, 10), c: at(66.7, 0, 33.3, 10) },
    },
    {
      name: "fill means one portion",
      tree: outer(item("fill", 10, a), item(portion(3), 10, b)),
      expected: { a: at(0, 0, 60, 10), b: at(60, 0, 180, 10) },
    },
    {
      name: "what is in a portion does not count for its size",
      tree: outer(item(portion(1), 10, a, item(200, 5)), item(portion(2), 10, b)),
      expected: { a: at(0, 0, 80, 10), b: at(80, 0, 160, 10) },
    },
    {
      name: "padding inside does not change the shares",
      tree: outer(
        item("fill", 10, { ...a, padding: { [before as string]: 20, [after as string]: 30 } }),
        item("fill", 10, b),
      ),
      expected: { a: at(0, 0, 120, 10), b: at(120, 0, 120, 10) },
    },
    {
      name: "padding inside does not change portions",
      tree: outer(
        item(portion(1), 20, { ...a, padding: 5 }, item("fill", 5, c)),
        line(sized(portion(2), 20, { ...b, padding: 10 })),
      ),
      expected: { a: at(0, 0, 80, 20), b: at(80, 0, 160, 20), c: at(5, 5, 70, 5) },
    },
    {
      name: "many portions in little room",
      tree: line(sized(90, 10), ...[1, 2, 3, 4, 5, 6, 7].map(() => item("fill", 10)), item(portion(2), 10, a)),
      expected: { a: at(70, 0, 20, 10) },
    },
    {
      name: "fills give way before what is fixed",
      tree: outer(item("fill", 10, a), item(200, 10, b), item(portion(3), 10, c)),
      expected: { a: at(0, 0, 10, 10), b: at(10, 0, 200, 10), c: at(210, 0, 30, 10) },
    },
    {
      name: "huge portions",
      tree: outer(item(portion(65535), 10, a), item(portion(65535), 10, b), item(portion(1), 10, c)),
      expected: { a: at(0, 0, 120, 10), b: at(120, 0, 120, 10), c: at(240, 0, 0, 10) },
    },
    {
      name: "portions in a portion, same axis",
      tree: outer(
        line(sized(portion(1), "fill", a), item("fill", 10, b), item("fill", 10, c)),
        item(portion(2), 10, d),
      ),
      expected: { a: at(0, 0, 80, 60), b: at(0, 0, 40, 10), c: at(40, 0, 40, 10), d: at(80, 0, 160, 10) },
    },
    {
      name: "portions in a portion, other axis",
      tree: outer(
        turned(sized(portion(1), "fill", a), item("fill", "fill", b), item("fill", portion(2), c)),
        item(120, 10, d),
      ),
      expected: { a: at(0, 0, 120, 60), b: at(0, 0, 120, 20), c: at(0, 20, 120, 40), d: at(120, 0, 120, 10) },
    },
    {
      name: "fill through three levels of mixed axes",
      tree: outer(
        turned(sized("fill", "fill", a), line(sized("fill", "fill", b), item(30, 10, c), item("fill", "fill", d))),
        item(40, 10),
      ),
      expected: { a: at(0, 0, 200, 60), b: at(0, 0, 200, 60), c: at(0, 0, 30, 10), d: at(30, 0, 170, 60) },
    },
    {
      name: "three levels of portions on one axis",
      tree: outer(
        line(
          sized(portion(2), "fill", a),
          item(portion(1), "fill"),
          line(sized(portion(3), "fill", b), item("fill", "fill", c), item(portion(4), "fill", d)),
        ),
        item(portion(1), "fill"),
      ),
      expected: { a: at(0, 0, 160, 60), b: at(40, 0, 120, 60), c: at(40, 0, 24, 60), d: at(64, 0, 96, 60) },
    },
    {
      name: "a shrinking level between fills makes them content",
      tree: outer(
        line(
          sized("shrink", "fill", a),
          item("fill", "fill", b, item(25, 10)),
          item(portion(5), "fill", c, item(30, 10)),
        ),
      ),
      expected: { a: at(0, 0, 55, 60), b: at(0, 0, 25, 60), c: at(25, 0, 30, 60) },
    },
    {
      name: "a fixed level below a shrinking one has room to fill again",
      tree: line(sized("shrink", "shrink", a), line(sized(90, 20, b), item(30, 10), item("fill", 10, c))),
      expected: { a: at(0, 0, 90, 20), b: at(0, 0, 90, 20), c: at(30, 0, 60, 10) },
    },
    {
      name: "fill across takes the whole cross size",
      tree: outer(item(50, "fill", a)),
      expected: { a: at(0, 0, 50, 60) },
    },
    {
      name: "a portion across is all of it",
      tree: outer(item(50, portion(3), a), item(50, "fill", b)),
      expected: { a: at(0, 0, 50, 60), b: at(50, 0, 50, 60) },
    },
    {
      name: "what is too large across is cut",
      tree: outer(item(50, 100, a)),
      expected: { a: at(0, 0, 50, 60) },
    },
    {
      name: "earlier siblings take what they want",
      tree: outer(item(200, 10, a), item(100, 10, b), item(50, 10, c)),
      expected: { a: at(0, 0, 200, 10), b: at(200, 0, 40, 10), c: at(240, 0, 0, 10) },
    },
    {
      name: "spacing is reserved before siblings are cut",
      tree: spaced(10, item(200, 10, a), item(100, 10, b), item(50, 10, c)),
      expected: { a: at(0, 0, 200, 10), b: at(210, 0, 20, 10), c: at(240, 0, 0, 10) },
    },
    {
      name: "nothing is left for fill",
      tree: outer(item(240, 10, a), item("fill", 10, b)),
      expected: { a: at(0, 0, 240, 10), b: at(240, 0, 0, 10) },
    },
    ...ends.map((name, index) => ({
      name: `${align} ${name}`,
      tree: line(sized(240, 60, { [align]: name }), item(20, 20, a), item(20, 50, b), item(20, "fill", c)),
      expected: { a: at(0, 20 * index, 20, 20), b: at(20, 5 * index, 20, 50), c: at(40, 0, 20, 60) },
    })),
    ...ends.map((name, index) => ({
      name: `${align} ${name} in a shrinking line`,
      tree: line({ ...a, [align]: name }, item(20, 40), item(20, 10, b)),
      expected: { a: at(0, 0, 40, 40), b: at(20, 15 * index, 20, 10) },
    })),
    {
      name: "a shrinking line is as large as its children with spacing and padding",
      tree: line({ ...a, spacing: 7, padding: 3 }, item(20, 10), item(30, 15, b)),
      expected: { a: at(0, 0, 63, 21), b: at(30, 3, 30, 15) },
    },
    {
      name: "fill in a shrinking line is content",
      tree: line(a, item(30, 10), item("fill", 10, b, item(40, 5))),
      expected: { a: at(0, 0, 70, 10), b: at(30, 0, 40, 10) },
    },
    {
      name: "portions in a shrinking line are content",
      tree: line(a, item(portion(1), 10, b, item(20, 5)), item(portion(5), 10, c, item(30, 5))),
      expected: { a: at(0, 0, 50, 10), b: at(0, 0, 20, 10), c: at(20, 0, 30, 10) },
    },
    {
      name: "fill across follows the largest sibling",
      tree: line(a, item(20, 10), item(20, 35), item(10, "fill", b), item(10, 25)),
      expected: { a: at(0, 0, 60, 35), b: at(40, 0, 10, 35) },
    },
    {
      name: "following does not enlarge the line",
      tree: line(a, item(20, 15), item(10, "fill", b, item(5, 80))),
      expected: { a: at(0, 0, 30, 15), b: at(20, 0, 10, 15) },
    },
    {
      name: "nothing to follow is nothing",
      tree: line(a, item(20, "fill", b), item(30, "fill", c)),
      expected: { a: at(0, 0, 50, 0), b: at(0, 0, 20, 0), c: at(20, 0, 30, 0) },
    },
    {
      name: "following goes on below",
      tree: line(a, item(20, 50), line(sized("shrink", "fill", b), item(10, "fill", c))),
      expected: { a: at(0, 0, 30, 50), b: at(20, 0, 10, 50), c: at(20, 0, 10, 50) },
    },
    {
      name: "a follower has room inside its padding",
      tree: line({}, item(20, 50), item(40, "fill", { ...a, padding: 5 }, item("fill", "fill", b))),
      expected: { a: at(20, 0, 40, 50), b: at(25, 5, 30, 40) },
    },
    {
      name: "a cap wins over following",
      tree: line(a, item(20, 50), item(20, "fill", { ...b, [`max_${cross}`]: 30 })),
      expected: { a: at(0, 0, 40, 50), b: at(20, 0, 20, 30) },
    },
    ...ends.map((name, index) => ({
      name: `a capped fill is aligned, ${align} ${name}`,
      tree: line(sized(240, 60, { [align]: name }), item(30, "fill", { ...a, [`max_${cross}`]: 40 })),
      expected: { a: at(0, 10 * index, 30, 40) },
    })),
    {
      name: "a cap along the line",
      tree: outer(item("fill", 10, { ...a, [`max_${main}`]: 50 })),
      expected: { a: at(0, 0, 50, 10) },
    },
    {
      name: "what a capped fill leaves goes to the other fills",
      tree: outer(item("fill", 10, { ...a, [`max_${main}`]: 50 }), item("fill", 10, b)),
      expected: { a: at(0, 0, 50, 10), b: at(50, 0, 190, 10) },
    },
    {
      name: "a cap beyond the room is none",
      tree: outer(item("fill", 10, { ...a, [`max_${main}`]: 500 }), item(40, 10, b)),
      expected: { a: at(0, 0, 200, 10), b: at(200, 0, 40, 10) },
    },
    {
      name: "a cap on what shrinks",
      tree: outer(item("shrink", 10, { ...a, [`max_${main}`]: 30 }, item(100, 5, b)), item(40, 10, c)),
      expected: { a: at(0, 0, 30, 10), b: at(0, 0, 30, 5), c: at(30, 0, 40, 10) },
    },
    {
      name: "a cap on a fixed size",
      tree: outer(item(100, 10, { ...a, [`max_${main}`]: 30 })),
      expected: { a: at(0, 0, 30, 10) },
    },
    {
      name: "no size along the line: no place and no spacing",
      tree: spaced(10, item(20, 10, a), item(0, 10), item(20, 10, b)),
      expected: { a: at(0, 0, 20, 10), b: at(30, 0, 20, 10) },
    },
    {
      name: "no size across: no place and no spacing",
      tree: spaced(10, item(20, 10, a), item(20, 0), item(20, 10, b)),
      expected: { a: at(0, 0, 20, 10), b: at(30, 0, 20, 10) },
    },
    {
      name: "nothing as the first child",
      tree: spaced(10, item(0, 0), item(20, 10, a)),
      expected: { a: at(0, 0, 20, 10) },
    },
    {
      name: "an empty space is there and has spacing on both sides",
      tree: spaced(10, item(20, 10), node("space", b), item(20, 10, a)),
      expected: { a: at(40, 0, 20, 10), b: at(30, 0, 0, 0) },
    },
    {
      name: "a space pushes apart",
      tree: outer(item(20, 10, a), node("space", sized("fill", "shrink")), item(20, 10, b)),
      expected: { a: at(0, 0, 20, 10), b: at(220, 0, 20, 10) },
    },
    {
      name: "spaces push by portions",
      tree: outer(node("space", sized(portion(1), 1)), item(60, 10, a), node("space", sized(portion(2), 1))),
      expected: { a: at(60, 0, 60, 10) },
    },
    {
      name: "padding of each side",
      tree: line(
        sized(240, 60, {
          padding: { [before as string]: 7, [after as string]: 3, [near as string]: 11, [far as string]: 9 },
        }),
        item("fill", "fill", a),
      ),
      expected: { a: at(7, 11, 230, 40) },
    },
    {
      name: "sides without padding",
      tree: line(sized(240, 60, { padding: { [after as string]: 40 } }), item("fill", "fill", a)),
      expected: { a: at(0, 0, 200, 60) },
    },
    {
      name: "padding that does not fit is taken from its end",
      tree: outer(line(sized(20, 20, { ...a, padding: 15 }), item("fill", "fill", b)), item(10, 10, c)),
      expected: { a: at(0, 0, 20, 20), b: at(15, 15, 0, 0), c: at(20, 0, 10, 10) },
    },
    {
      name: "clipping moves nothing",
      tree: line(sized(100, 30, { ...a, clip: true }), item(60, 50, b), item(60, 10, c)),
      expected: { a: at(0, 0, 100, 30), b: at(0, 0, 60, 30), c: at(60, 0, 40, 10) },
    },
    {
      name: "an empty line is its padding",
      tree: outer(line({ ...a, padding: 4 }), line(b), item(10, 10, c)),
      expected: { a: at(0, 0, 8, 8), b: at(8, 0, 0, 0), c: at(8, 0, 10, 10) },
    },
    ...[{ fill_portion: 0 }, { fill_portion: 1.5 }, -5, "12", null].map((bad) => ({
      name: `${JSON.stringify(bad)} is no length`,
      tree: outer(item(bad, 10, a, item(30, 5)), item(20, 10, b)),
      expected: { a: at(0, 0, 30, 10), b: at(30, 0, 20, 10) },
    })),
    {
      name: "a broken line goes on below with the same gap",
      tree: line(
        sized(100, "shrink", { ...a, wrap: true, spacing: 10 }),
        item(40, 20),
        item(40, 20, b),
        item(40, 20, c),
      ),
      expected: { a: at(0, 0, 100, 50), b: at(50, 0, 40, 20), c: at(0, 30, 40, 20) },
    },
    {
      name: "what fits exactly stays on the line",
      tree: line(sized(100, 80, { wrap: true, spacing: 10 }), item(45, 20), item(45, 20, a)),
      expected: { a: at(55, 0, 45, 20) },
    },
    {
      name: "one pixel too much breaks the line",
      tree: line(sized(100, 80, { wrap: true, spacing: 10 }), item(46, 20), item(45, 20, a)),
      expected: { a: at(0, 30, 45, 20) },
    },
    {
      name: "a line is as thick as its largest child",
      tree: line(sized(100, 120, { wrap: true, spacing: 5 }), item(40, 20), item(40, 33), item(40, 10, a)),
      expected: { a: at(0, 38, 40, 10) },
    },
    {
      name: "every line is aligned by itself",
      tree: line(
        sized(100, 120, { wrap: true, [align]: "center" }),
        item(60, 20),
        item(40, 10, a),
        item(60, 30),
        item(40, 10, b),
      ),
      expected: { a: at(60, 5, 40, 10), b: at(60, 30, 40, 10) },
    },
    {
      name: "fill is content where lines break",
      tree: line(
        sized(100, 80, { wrap: true }),
        item("fill", 20, a, item(30, 5)),
        item(40, 20, b),
        item("fill", 10, c, item(50, 5)),
      ),
      expected: { a: at(0, 0, 30, 20), b: at(30, 0, 40, 20), c: at(0, 20, 50, 10) },
    },
    {
      name: "what is larger than a line is cut to it",
      tree: line(sized(100, 80, { wrap: true }), item(40, 20, a), item(150, 20, b)),
      expected: { a: at(0, 0, 40, 20), b: at(0, 20, 100, 20) },
    },
    {
      name: "lines break inside the padding",
      tree: line(
        sized(100, 90, { wrap: true, padding: 8, spacing: 4 }),
        item(40, 20, a),
        item(40, 20, b),
        item(40, 20, c),
      ),
      expected: { a: at(8, 8, 40, 20), b: at(52, 8, 40, 20), c: at(8, 32, 40, 20) },
    },
    {
      name: "a shrinking line that breaks is as long as its longest part",
      tree: line(
        sized(100, 120),
        line({ ...a, wrap: true, spacing: 10, padding: 2 }, item(40, 20), item(40, 20), item(30, 20, b)),
      ),
      expected: { a: at(0, 0, 94, 54), b: at(2, 32, 30, 20) },
    },
    {
      name: "a shrinking line that need not break is its content",
      tree: outer(line({ ...a, wrap: true, spacing: 10 }, item(40, 20), item(40, 30, b))),
      expected: { a: at(0, 0, 90, 30), b: at(50, 0, 40, 30) },
    },
  ];
  return cases.map((each) => ({ ...each, name: `${type}: ${each.name}` }));
}

export const FLEX: readonly LayoutCase[] = [...flexCases("row"), ...flexCases("column")];
