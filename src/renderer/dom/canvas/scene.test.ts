import { describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../../protocol/index.ts";
import { Animator } from "../../motion/index.ts";
import { DrawnTree } from "../drawn.ts";
import { mergeProps } from "../merge-props.ts";
import { arrowTarget, escapeTarget, focusOn, nextStop } from "./keyboard.ts";
import { CanvasPointer } from "./pointer.ts";
import { centerOf, elementAt, type Scene, SceneBuilder, textOf } from "./scene.ts";

function node(type: string, id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type, props, children };
}
function rect(x: number, y: number, w: number, h: number): WireNode {
  return node("rect", `rect${x},${y}`, { x, y, w, h });
}
function group(id: string, props: WireProps, ...children: readonly WireNode[]): WireNode {
  return node("group", id, props, children);
}
function button(id: string, x: number, props: WireProps = {}): WireNode {
  return group(id, { on_click: true, ...props }, rect(x, 0, 10, 10));
}
function treeOf(...children: readonly WireNode[]): DrawnTree {
  const animator = new Animator({ completed: () => {}, invalid: () => {}, wake: () => {} });
  return new DrawnTree(children, animator, () => {});
}
function sceneOf(...children: readonly WireNode[]): Scene {
  return new SceneBuilder().build(treeOf(...children).children, "all");
}
function element(scene: Scene, id: string) {
  const found = scene.elements.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no element ${id}`);
  return found;
}
const idAt = (scene: Scene, x: number, y: number): string | undefined => elementAt(scene, x, y)?.id;

describe("layers", () => {
  test("are drawn in the byte order of their names; other children are ignored beside them", () => {
    const layer = (name: string): WireNode => node("__layer__", name, { name }, [rect(0, 0, 1, 1)]);
    const scene = sceneOf(layer("b"), rect(5, 5, 1, 1), layer("\u{10000}"), layer("\uffff"), layer("a"));
    expect(scene.layers.map(({ name }) => name)).toEqual(["a", "b", "\uffff", "\u{10000}"]);
  });

  test("without changes they stay the same object", () => {
    const tree = treeOf(
      node("__layer__", "l1", { name: "a" }, [rect(0, 0, 1, 1)]),
      node("__layer__", "l2", { name: "b" }, [rect(0, 0, 1, 1)]),
    );
    const builder = new SceneBuilder();
    const before = builder.build(tree.children, tree.takeChanged());
    tree.apply({ op: "update_props", path: [1, 0], props: { x: 4 } }, [1, 0], mergeProps);
    const after = builder.build(tree.children, tree.takeChanged());
    expect(after.layers[0]).toBe(before.layers[0]);
    expect(after.layers[1]).not.toBe(before.layers[1]);
  });

  test("numbers out of range count as the end of it, and the first of them is told once", () => {
    const tree = treeOf(
      rect(1_000_001, 0, 10, 10),
      node("path", "p", { commands: [["line_to", 0, -3e9]] }),
      group("g", { on_click: true, transforms: [{ type: "translate", x: 5e8 }] }, rect(0, 0, 1, 1)),
    );
    const builder = new SceneBuilder();
    const [layer] = builder.build(tree.children, tree.takeChanged()).layers;
    expect(layer?.fault).toEqual({ id: "rect1000001,0", type: "rect", prop: "x", raw: 1_000_001, clamped: 1_000_000 });
    expect(layer?.ops[0]).toMatchObject({ shape: { x: 1_000_000 } });
    expect(layer?.ops[1]).toMatchObject({ shape: { steps: [["line_to", 0, -1_000_000]] } });
    expect(layer?.elements[0]?.matrix).toEqual([1, 0, 0, 1, 1_000_000, 0]);
    tree.apply({ op: "update_props", path: [2, 0], props: { x: 4 } }, [2, 0], mergeProps);
    expect(builder.build(tree.children, tree.takeChanged()).layers[0]?.fault).toMatchObject({ prop: "transforms" });
  });

  test("hold 10 000 shapes; the rest is left out", () => {
    const scene = sceneOf(...Array.from({ length: 10_001 }, (_, index) => rect(index, 0, 1, 1)));
    expect(scene.layers[0]?.ops).toHaveLength(10_000);
    expect(scene.layers[0]?.isCut).toBe(true);
  });
});

describe("what lies under the pointer", () => {
  test("the last one drawn wins, with half a pixel of slack", () => {
    const scene = sceneOf(button("a", 0), button("b", 5));
    expect(idAt(scene, 7, 5)).toBe("b");
    expect(idAt(scene, 2, 5)).toBe("a");
    expect(idAt(scene, 15.4, 5)).toBe("b");
    expect(idAt(scene, 15.6, 5)).toBeUndefined();
  });

  test("regions follow transforms, and clips cut them", () => {
    const scene = sceneOf(
      group(
        "a",
        {
          on_click: true,
          transforms: [
            { type: "translate", x: 100, y: 0 },
            { type: "rotate", angle: 90 },
          ],
        },
        rect(0, 0, 20, 10),
      ),
      group(
        "outer",
        { clip: { x: 0, y: 50, w: 5, h: 50 } },
        group("b", { on_hover: true, hit_rect: { y: 50, w: 40, h: 10 } }),
      ),
    );
    expect(idAt(scene, 95, 15)).toBe("a");
    expect(idAt(scene, 110, 5)).toBeUndefined();
    expect(idAt(scene, 4, 55)).toBe("b");
    expect(idAt(scene, 20, 55)).toBeUndefined();
  });

  test("focus alone, reserved names and empty names cannot be hit", () => {
    const scene = sceneOf(group("f", { focusable: true }, rect(0, 0, 9, 9)), button("__x", 20), button("", 40));
    expect([idAt(scene, 5, 5), idAt(scene, 25, 5), idAt(scene, 45, 5)]).toEqual([undefined, undefined, undefined]);
    expect(scene.elements.map(({ id }) => id)).toEqual(["f"]);
  });

  test("an element inside another wins over it and knows it", () => {
    const scene = sceneOf(group("out", { on_click: true }, rect(0, 0, 50, 50), button("in", 10)));
    expect(idAt(scene, 15, 5)).toBe("in");
    expect(idAt(scene, 40, 40)).toBe("out");
    expect(element(scene, "in").parent?.id).toBe("out");
  });

  test("a text reacts over its estimated width, from its size above the anchor down to it", () => {
    const scene = sceneOf(
      group("t", { on_click: true }, node("text", "x", { x: 0, y: 20, size: 10, content: "abcd" })),
    );
    expect(idAt(scene, 23, 15)).toBe("t");
    expect(idAt(scene, 26, 15)).toBeUndefined();
    expect(textOf(element(scene, "t").node)).toBe("abcd");
  });
});

describe("pointer", () => {
  test("a click needs press and release on the same element", () => {
    const scene = sceneOf(button("a", 0), button("b", 20));
    const pointer = new CanvasPointer(scene);
    pointer.press({ x: 5, y: 5 });
    expect(pointer.release({ x: 6, y: 5 }).events).toEqual([
      { family: "click", id: "a", value: { x: 6, y: 5, button: "left" } },
    ]);
    pointer.press({ x: 5, y: 5 });
    expect(pointer.release({ x: 25, y: 5 })).toEqual({ events: [], isUsed: false });
  });

  test("a drag stays in its bounds, keeps to its axis and rules out a click", () => {
    const bounds = { min_x: 30, max_x: 0 };
    const pointer = new CanvasPointer(
      sceneOf(button("a", 0, { draggable: true, drag_axis: "x", drag_bounds: bounds })),
    );
    pointer.press({ x: 5, y: 5 });
    expect(pointer.move({ x: 50, y: 9 }, true).events).toEqual([
      { family: "drag", id: "a", value: { x: 30, y: 9, delta_x: 25, delta_y: 0 } },
    ]);
    expect(pointer.release({ x: 5, y: 5 }).events.map(({ family }) => family)).toEqual(["drag_end"]);
  });

  test("hover is frozen in a drag, and leaving in a drag yields only its end", () => {
    const pointer = new CanvasPointer(sceneOf(button("a", 0, { draggable: true }), button("b", 20)));
    pointer.move({ x: 5, y: 5 }, true);
    pointer.press({ x: 5, y: 5 });
    expect(pointer.move({ x: 25, y: 5 }, true).events.map(({ family }) => family)).toEqual(["drag"]);
    expect(pointer.leave({ x: 25, y: 5 }).events.map(({ family }) => family)).toEqual(["drag_end"]);
    expect(pointer.hovered).toBeUndefined();
  });

  test("an element that is gone is forgotten in the middle of a drag", () => {
    const pointer = new CanvasPointer(sceneOf(button("a", 0, { draggable: true })));
    pointer.press({ x: 5, y: 5 });
    pointer.setScene(sceneOf(button("b", 0)));
    expect(pointer.isDragging).toBe(false);
    expect(pointer.release({ x: 5, y: 5 }).isUsed).toBe(false);
  });
});

describe("keyboard", () => {
  const plain = sceneOf(button("a", 0), button("b", 20), button("c", 40));
  const grouped = sceneOf(
    button("a", 0),
    group("g", { focusable: true }, button("g1", 20), button("g2", 40), button("g3", 60)),
    button("z", 80),
  );

  test("Tab goes through the top level and leaves at the ends", () => {
    expect(nextStop(plain, undefined, 1)?.element.id).toBe("a");
    expect(nextStop(plain, undefined, -1)?.element.id).toBe("c");
    expect(nextStop(plain, element(plain, "c"), 1)).toBeUndefined();
  });

  test("a focusable group is entered at its near end, and Tab goes on behind it", () => {
    const entered = nextStop(grouped, element(grouped, "a"), 1);
    expect([entered?.element.id, entered?.group?.id]).toEqual(["g1", "g"]);
    expect(nextStop(grouped, element(grouped, "z"), -1)?.element.id).toBe("g3");
    expect(nextStop(grouped, element(grouped, "g2"), 1)?.element.id).toBe("z");
  });

  test("arrow keys stay in the group, go round or stop", () => {
    const at = focusOn(element(grouped, "g3"));
    expect(arrowTarget(grouped, at, "ArrowRight", "wrap")?.element.id).toBe("g1");
    expect(arrowTarget(grouped, at, "ArrowDown", "clamp")?.element.id).toBe("g3");
    expect(arrowTarget(grouped, at, "Home", "linear")?.element.id).toBe("g1");
    expect(arrowTarget(grouped, at, "PageUp", "clamp")?.element.id).toBe("g1");
  });

  test("outside of a group they go through the top level, or through all without groups", () => {
    const atTop = focusOn(element(grouped, "a"));
    expect(arrowTarget(grouped, atTop, "ArrowRight", "wrap")?.element.id).toBe("g");
    const nested = sceneOf(group("out", { on_click: true }, button("in", 0)), button("b", 20));
    const atOut = focusOn(element(nested, "out"));
    expect(arrowTarget(nested, atOut, "ArrowRight", "wrap")?.element.id).toBe("in");
  });

  test("Escape goes from a child to its group and then nowhere", () => {
    const group = escapeTarget(focusOn(element(grouped, "g2")));
    expect(group?.element.id).toBe("g");
    expect(group === undefined ? "none" : escapeTarget(group)).toBeUndefined();
  });

  test("the middle of an element follows its transforms", () => {
    const scene = sceneOf(button("a", 0, { transforms: [{ type: "translate", x: 50, y: 50 }] }));
    expect(centerOf(element(scene, "a"))).toEqual({ x: 55, y: 55 });
  });
});
