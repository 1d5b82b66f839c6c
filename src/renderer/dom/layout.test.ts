import { describe, expect, test } from "vitest";
import {
  type Flow,
  type ItemLengths,
  type LayoutScope,
  type Length,
  lengthOf,
  ROOT_SCOPE,
  readLength,
  resolveItem,
  SHRINK,
  sameItem,
  scopeOf,
} from "./layout.ts";

const FILL: Length = { kind: "fill", portion: 1 };
const px = (size: number): Length => ({ kind: "fixed", size });

function open(
  flow: Flow,
  lengths: ItemLengths,
  parent: LayoutScope = ROOT_SCOPE,
  props: Partial<{ direction: "vertical" | "horizontal" | "both"; wraps: boolean }> = {},
): LayoutScope {
  const item = resolveItem(parent, lengths, 0);
  return scopeOf({
    flow,
    lengths,
    item,
    wraps: props.wraps === true,
    direction: props.direction ?? "vertical",
    keepsVoid: false,
  });
}
function modes(scope: LayoutScope, width: Length, height: Length, index = 0): string {
  const item = resolveItem(scope, { width, height }, index);
  return `${item.width} ${item.height}`;
}

describe("lengths", () => {
  test.each([
    [120, px(120)],
    [0, px(0)],
    ["fill", FILL],
    ["shrink", SHRINK],
    [{ fill_portion: 3 }, { kind: "fill", portion: 3 }],
    [{ fill_portion: 100_000 }, { kind: "fill", portion: 65_535 }],
    [-1, undefined],
    ["12", undefined],
    [Number.NaN, undefined],
    [{ fill_portion: 0 }, undefined],
    [{ fill_portion: 1.5 }, undefined],
    [null, undefined],
  ])("%j is read as %j", (value, expected) => {
    expect(readLength(value)).toEqual(expected);
  });

  test("what is absent or malformed is the widget's default, shrink without one", () => {
    expect(lengthOf({ flow: "leaf", width: "fill" }, {}, "width")).toEqual(FILL);
    expect(lengthOf({ flow: "leaf", width: "fill" }, { width: "wide" }, "width")).toEqual(FILL);
    expect(lengthOf({ flow: "leaf" }, {}, "height")).toEqual(SHRINK);
  });
});

describe("modes", () => {
  const full = { width: FILL, height: FILL };
  const tight = { width: SHRINK, height: SHRINK };

  test.each([
    ["row with room", open("row", full), "grow full"],
    ["shrinking row", open("row", tight), "auto follow"],
    ["column with room", open("column", full), "full grow"],
    ["shrinking column", open("column", tight), "follow auto"],
    ["box with room", open("box", full), "full full"],
    ["shrinking box", open("box", tight), "auto auto"],
    ["fixed box", open("box", { width: px(9), height: px(9) }), "full full"],
    ["wrapping row", open("row", full, ROOT_SCOPE, { wraps: true }), "auto auto"],
    ["vertical scrollable", open("scroll", full), "full auto"],
    ["shrinking vertical scrollable", open("scroll", tight), "full auto"],
    ["horizontal scrollable", open("scroll", full, ROOT_SCOPE, { direction: "horizontal" }), "auto full"],
    ["scrollable in both directions", open("scroll", full, ROOT_SCOPE, { direction: "both" }), "auto auto"],
    ["cell", open("cell", tight), "full full"],
    ["cell of a shrinking row", open("cell-row", tight), "full auto"],
  ])("fill in a %s", (_, scope, expected) => {
    expect(modes(scope, FILL, FILL)).toBe(expected);
  });

  test("fill that found nothing to fill compresses what it holds", () => {
    const outer = open("box", tight);
    expect(modes(open("box", full, outer), FILL, FILL)).toBe("auto auto");
    expect(modes(open("row", full, outer), FILL, FILL)).toBe("auto follow");
  });

  test("a following child is definite for its own children", () => {
    const column = open("column", tight);
    const inner = open("box", { width: FILL, height: SHRINK }, column);
    expect(modes(inner, FILL, FILL)).toBe("full auto");
  });

  test("a fixed size ends compression", () => {
    const outer = open("box", tight);
    expect(modes(open("row", { width: px(100), height: px(20) }, outer), FILL, FILL)).toBe("grow full");
  });

  test("upper layers of a stack always have its size", () => {
    const stack = open("stack", tight);
    expect(modes(stack, FILL, FILL, 0)).toBe("auto auto");
    expect(modes(stack, FILL, FILL, 1)).toBe("full full");
  });

  test("a wrapper has the fixed size, its child fills it", () => {
    const wrapper = open("wrapper", { width: px(40), height: SHRINK });
    expect(modes(wrapper, px(40), SHRINK)).toBe("full auto");
    expect(modes(wrapper, px(40), FILL, 1)).toBe("fixed auto");
  });
});

describe("items", () => {
  const row = open("row", { width: FILL, height: FILL });

  test("portions other than one are written", () => {
    expect(resolveItem(row, { width: { kind: "fill", portion: 3 }, height: SHRINK }, 0).inlineFlex).toBe(
      "3 1e33 192px",
    );
    expect(resolveItem(row, { width: FILL, height: SHRINK }, 0).inlineFlex).toBe("");
  });

  test("each sibling gives way before those in front of it, from the eighth on alike", () => {
    const step = (index: number): string => resolveItem(row, { width: SHRINK, height: SHRINK }, index).classes;
    expect(step(0)).toContain("pl-k0");
    expect(step(3)).toContain("pl-k3");
    expect(step(7)).toBe(step(400));
  });

  test("children of size zero vanish in rows, not where places are kept", () => {
    const classes = (scope: LayoutScope): string => resolveItem(scope, { width: px(0), height: px(5) }, 0).classes;
    expect(classes(row)).toContain("pl-void");
    expect(classes({ ...row, dropsVoid: false })).not.toContain("pl-void");
    expect(classes(open("box", { width: FILL, height: FILL }))).not.toContain("pl-void");
  });

  test("equal scopes and items are recognised", () => {
    expect(open("row", { width: FILL, height: FILL })).toBe(open("row", { width: FILL, height: FILL }));
    expect(open("row", { width: FILL, height: FILL }, ROOT_SCOPE, { wraps: true })).not.toBe(
      open("row", { width: FILL, height: FILL }),
    );
    const item = resolveItem(row, { width: px(3), height: FILL }, 0);
    expect(sameItem(item, { ...item })).toBe(true);
    expect(sameItem(item, resolveItem(row, { width: px(4), height: FILL }, 0))).toBe(false);
  });
});
