import { describe, expect, test } from "vitest";
import type { PatchOp, WireNode, WireProps } from "../../protocol/index.ts";
import { Animator } from "../motion/index.ts";
import { DrawnTree } from "./drawn.ts";
import { mergeProps } from "./merge-props.ts";

function node(id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type: "group", props, children };
}

const animator = new Animator({ completed: () => {}, invalid: () => {}, wake: () => {} });

function treeOf(children: readonly WireNode[]): DrawnTree {
  const tree = new DrawnTree(children, animator, () => {});
  tree.takeChanged();
  return tree;
}

function apply(tree: DrawnTree, op: PatchOp): void {
  tree.apply(op, op.path, mergeProps);
}

describe("a tree that a widget draws itself", () => {
  test("everything is new at first and nothing after it was told", () => {
    const tree = new DrawnTree([node("a")], animator, () => {});
    expect(tree.takeChanged()).toBe("all");
    expect(tree.takeChanged()).toEqual(new Set());
  });

  test("a change deep inside names the child of the widget it is in", () => {
    const tree = treeOf([node("a", {}, [node("b", { x: 1, y: 2 })]), node("c")]);
    const [a] = tree.children;
    apply(tree, { op: "update_props", path: [0, 0], props: { x: 5, y: null } });
    expect(tree.children[0]?.children[0]?.props).toEqual({ x: 5 });
    expect(tree.takeChanged()).toEqual(new Set([a]));
  });

  test("nodes are inserted, removed and replaced where the path says", () => {
    const tree = treeOf([node("a"), node("b")]);
    apply(tree, { op: "insert_child", path: [], index: 1, node: node("x") });
    apply(tree, { op: "insert_child", path: [1], index: 0, node: node("y") });
    apply(tree, { op: "replace_node", path: [1, 0], node: node("z") });
    apply(tree, { op: "remove_child", path: [], index: 0 });
    expect(tree.children.map(({ id }) => id)).toEqual(["x", "b"]);
    expect(tree.children[0]?.children.map(({ id }) => id)).toEqual(["z"]);
    expect(tree.takeChanged()).toBe("all");
  });

  test("a path that leads nowhere changes nothing", () => {
    const tree = treeOf([node("a")]);
    apply(tree, { op: "update_props", path: [3], props: { x: 1 } });
    expect(tree.takeChanged()).toEqual(new Set());
  });

  test("an animation descriptor counts as its end", () => {
    const tree = treeOf([node("a", { x: { type: "transition", to: 9, duration: 100 } })]);
    expect(tree.children[0]?.props["x"]).toBe(9);
  });

  test("what an animation moves is news; the animation goes on when the list is made anew", () => {
    let moved = 0;
    const motion = new Animator({ completed: () => {}, invalid: () => {}, wake: () => {} });
    const fade = { type: "transition", to: 1, from: 0, duration: 100, easing: "linear" };
    const tree = new DrawnTree([node("a"), node("b", {}, [node("c", { opacity: fade })])], motion, () => {
      moved += 1;
    });
    tree.takeChanged();
    motion.advance(25);
    expect(moved).toBe(1);
    expect(tree.children[1]?.children[0]?.props).toEqual({ opacity: 0.25 });
    expect(tree.takeChanged()).toEqual(new Set([tree.children[1]]));
    tree.replace([node("b", {}, [node("c", { opacity: { ...fade } })])]);
    expect(tree.children[0]?.children[0]?.props).toEqual({ opacity: 0.25 });
    motion.advance(25);
    expect(tree.children[0]?.children[0]?.props).toEqual({ opacity: 0.5 });
    apply(tree, { op: "remove_child", path: [], index: 0 });
    expect(motion.isBusy).toBe(false);
  });
});
