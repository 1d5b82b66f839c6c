import { describe, expect, test } from "vitest";
import type { WireNode } from "../../protocol/index.ts";
import { elementAt } from "./canvas-hit.ts";

function node(id: string, type: string, props: WireNode["props"] = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type, props, children };
}

const box = node("", "rect", { x: 0, y: 0, w: 10, h: 10 });
const canvas = (...children: readonly WireNode[]): WireNode => node("c", "canvas", {}, children);
const group = (id: string, props: WireNode["props"] = {}, children: readonly WireNode[] = [box]): WireNode =>
  node(id, "group", { on_click: true, ...props }, children);

describe("elementAt", () => {
  test("the last drawn wins, with half a pixel of slack", () => {
    const drawn = canvas(group("under"), group("over", { hit_rect: { w: 5, h: 5 } }));
    expect(elementAt(drawn, 3, 3)).toBe("over");
    expect(elementAt(drawn, 7, 7)).toBe("under");
    expect(elementAt(drawn, 10.5, 10.5)).toBe("under");
    expect(elementAt(drawn, 10.6, 3)).toBeUndefined();
  });

  test("the layer with the last name lies above; beside layers nothing is drawn", () => {
    const layer = (name: string): WireNode => node(`__${name}`, "__layer__", { name }, [group(name)]);
    expect(
      elementAt(canvas(layer("b"), layer("c"), layer("a"), group("beside", { hit_rect: { w: 50, h: 50 } })), 1, 1),
    ).toBe("c");
    expect(elementAt(canvas(layer("a"), group("beside", { hit_rect: { w: 50, h: 50 } })), 40, 40)).toBeUndefined();
    expect(elementAt(canvas(layer("\u{10000}"), layer("\uffff")), 1, 1)).toBe("\u{10000}");
  });

  test("negative sizes reach to the other side; a clip without its place is none", () => {
    expect(elementAt(canvas(group("a", { hit_rect: { x: 20, y: 20, w: -10, h: -10 } })), 12, 12)).toBe("a");
    expect(elementAt(canvas(group("a", { clip: { w: 1, h: 1 } })), 5, 5)).toBe("a");
    expect(elementAt(canvas(group("a", { clip: { x: 0, y: 0, w: 1, h: 1 } })), 5, 5)).toBeUndefined();
  });

  test("looks through layers and past groups that only have the focus", () => {
    const layer = node("__l", "__layer__", {}, [
      group("in-layer"),
      group("focus-only", { on_click: false, focusable: true }),
    ]);
    expect(elementAt(canvas(layer), 1, 1)).toBe("in-layer");
    expect(elementAt(canvas(group("__hidden"), group("")), 1, 1)).toBeUndefined();
  });

  test.each([
    [[{ type: "translate", x: 100, y: 50 }], 105, 55],
    [[{ type: "scale", factor: 4 }], 35, 35],
    [[{ type: "scale", x: 4, y: 1 }], 35, 5],
    [[{ type: "rotate", angle: 90 }], -5, 5],
    [
      [
        { type: "translate", x: 100, y: 0 },
        { type: "rotate", angle: 90 },
      ],
      95,
      5,
    ],
  ])("maps the point through %j", (transforms, x, y) => {
    const drawn = canvas(group("g", { transforms }));
    expect(elementAt(drawn, x, y)).toBe("g");
    expect(elementAt(drawn, x + 200, y)).toBeUndefined();
  });

  test("a clip hides what is outside of it, also of inner groups", () => {
    const drawn = canvas(group("outer", { on_click: false, clip: { x: 0, y: 0, w: 4, h: 4 } }, [group("inner")]));
    expect(elementAt(drawn, 3, 3)).toBe("inner");
    expect(elementAt(drawn, 6, 6)).toBeUndefined();
  });

  test("a scale of nothing hits nothing", () => {
    expect(elementAt(canvas(group("g", { transforms: [{ type: "scale", factor: 0 }] })), 0, 0)).toBeUndefined();
  });

  test.each([
    ["circle", { x: 20, y: 20, r: 5 }, 24, 24],
    ["line", { x1: 10, y1: 0, x2: 30, y2: 40 }, 20, 20],
    ["text", { x: 0, y: 40, content: "abc", size: 20 }, 30, 25],
    ["path", { commands: [["move_to", 10, 10], ["line_to", 30, 30], "close", ["nonsense"]] }, 20, 20],
    ["path", { commands: [["arc", 50, 50, 10, 0, 360]] }, 57, 57],
  ])("the box around a %s", (type, props, x, y) => {
    const drawn = canvas(group("g", {}, [node("", type, props as WireNode["props"])]));
    expect(elementAt(drawn, x, y)).toBe("g");
    expect(elementAt(drawn, 500, 500)).toBeUndefined();
  });
});
