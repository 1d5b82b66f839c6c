import { describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../protocol/node.ts";
import type { PatchOp } from "../protocol/patch.ts";
import { createCodec } from "../wire/index.ts";
import { apply } from "./apply.ts";
import { diff } from "./diff.ts";

const CODECS = [createCodec("json"), createCodec("msgpack")];

function node(id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type: "column", props, children };
}

function row(id: string, props: WireProps = {}): WireNode {
  // Long enough for single ops to be cheaper than the whole parent.
  return node(id, { content: "x".repeat(200), ...props });
}

function rows(ids: string): WireNode {
  return node(
    "list",
    {},
    [...ids].map((id) => row(id)),
  );
}

/** The ops are these, and lead to `after` in memory and as sent through each codec. */
function expectOps(before: WireNode, after: WireNode, expected: readonly PatchOp[]): void {
  const ops = diff(before, after);
  expect(ops).toEqual(expected);
  expectLeads(before, after, ops);
}

function expectLeads(before: WireNode, after: WireNode, ops: readonly PatchOp[]): void {
  expect(apply(before, ops)).toMatchObject({ kind: "applied", root: after, skipped: [] });
  for (const codec of CODECS) {
    const payload = codec.encode(ops);
    if (!payload.ok) throw payload.error;
    const received = codec.decode(payload.value);
    if (!received.ok) throw received.error;
    if (!Array.isArray(received.value)) throw new Error("a patch is a list");
    expect(apply(before, received.value)).toMatchObject({ kind: "applied", root: after, skipped: [] });
  }
}

describe("one node", () => {
  test("[R048] gives nothing for the same tree and for an equal copy", () => {
    const tree = rows("abc");
    expect(diff(tree, tree)).toEqual([]);
    expect(diff(tree, structuredClone(tree))).toEqual([]);
  });

  test("[R045] a changed prop is one update of that prop", () => {
    expectOps(node("a", { x: 1, y: 2 }), node("a", { x: 1, y: 3 }), [
      { op: "update_props", path: [], props: { y: 3 } },
    ]);
  });

  test("a prop that is gone is updated to null", () => {
    expectOps(node("a", { x: 1, y: 2 }), node("a", { x: 1 }), [{ op: "update_props", path: [], props: { y: null } }]);
  });

  test("a prop that was null and is gone is no change", () => {
    expect(diff(node("a", { x: null }), node("a"))).toEqual([]);
  });

  test("another type replaces the node", () => {
    const after = node("a", {}, [{ ...row("b"), type: "text" }]);
    expectOps(node("a", {}, [row("b")]), after, [
      { op: "replace_node", path: [0], node: { ...row("b"), type: "text" } },
    ]);
  });

  test("another id of the root replaces the root", () => {
    expectOps(node("a"), node("b"), [{ op: "replace_node", path: [], node: node("b") }]);
  });

  test("the path leads through the children", () => {
    const tree = (value: number) => node("a", {}, [row("b"), node("c", {}, [row("d"), row("e", { value })])]);
    expectOps(tree(1), tree(2), [{ op: "update_props", path: [1, 1], props: { value: 2 } }]);
  });
});

describe("values of props", () => {
  test("lists are compared in order", () => {
    const layers = (ids: string) => [...ids].map((id) => ({ id }));
    expectOps(node("a", { layers: layers("xy") }), node("a", { layers: layers("yx") }), [
      { op: "update_props", path: [], props: { layers: layers("yx") } },
    ]);
    expectOps(node("a", { layers: layers("x") }), node("a", { layers: layers("xx") }), [
      { op: "update_props", path: [], props: { layers: layers("xx") } },
    ]);
  });

  test("equality has no depth limit", () => {
    const deep = (end: number) => {
      let value: WireProps = { end };
      for (let i = 0; i < 30; i++) value = { value };
      return node("a", value);
    };
    expect(diff(deep(1), deep(1))).toEqual([]);
    expectOps(deep(1), deep(2), [{ op: "update_props", path: [], props: { ...deep(2).props } }]);
  });

  test("bytes are compared by content", () => {
    const image = (last: number) => node("a", { data: new Uint8Array([1, 2, last]) });
    expect(diff(image(3), image(3))).toEqual([]);
    expect(diff(image(3), image(4))).toEqual([{ op: "update_props", path: [], props: image(4).props }]);
  });
});

describe("child lists", () => {
  test("a new child is one insert", () => {
    expectOps(rows("ac"), rows("abc"), [{ op: "insert_child", path: [], index: 1, node: row("b") }]);
  });

  test("children that are gone are removed from the back", () => {
    expectOps(rows("abcd"), rows("ac"), [
      { op: "remove_child", path: [], index: 3 },
      { op: "remove_child", path: [], index: 1 },
    ]);
  });

  test("removes come first, then updates at the new positions, then inserts from the front", () => {
    const after = node("list", {}, [row("a"), row("d"), row("x"), row("c"), row("e", { value: 1 })]);
    expectOps(rows("abcde"), after, [
      { op: "remove_child", path: [], index: 3 },
      { op: "remove_child", path: [], index: 1 },
      { op: "update_props", path: [2], props: { value: 1 } },
      { op: "insert_child", path: [], index: 1, node: row("d") },
      { op: "insert_child", path: [], index: 2, node: row("x") },
    ]);
  });

  test("[W02] moving one of a thousand rows is one remove and one insert", () => {
    const list = (ids: readonly number[]) =>
      node(
        "list",
        {},
        ids.map((id) => row(`row-${id}`)),
      );
    const before = Array.from({ length: 1000 }, (_, i) => i);
    const after = before.toSpliced(800, 1).toSpliced(200, 0, 800);
    expectOps(list(before), list(after), [
      { op: "remove_child", path: [], index: 800 },
      { op: "insert_child", path: [], index: 200, node: row("row-800") },
    ]);
  });

  test("a change inside a child that moves travels with its insert", () => {
    const before = rows("abcdef");
    const after = node("list", {}, [row("b"), row("c"), row("d"), row("e"), row("f"), row("a", { value: 1 })]);
    expectOps(before, after, [
      { op: "remove_child", path: [], index: 0 },
      { op: "insert_child", path: [], index: 5, node: row("a", { value: 1 }) },
    ]);
  });

  test("the parent is replaced when that takes fewer bytes", () => {
    const list = (ids: string) =>
      node(
        "list",
        {},
        [...ids].map((id) => node(id)),
      );
    const ops = diff(list("abcdefgh"), list("hgfedcba"));
    expect(ops).toEqual([{ op: "replace_node", path: [], node: list("hgfedcba") }]);
    const large = diff(rows("abcdefgh"), rows("badcfehg"));
    expect(large).toHaveLength(8);
    expect(large.every(({ op }) => op === "remove_child" || op === "insert_child")).toBe(true);
    expectLeads(rows("abcdefgh"), rows("badcfehg"), large);
  });

  test("the changes noted for a node that is replaced are dropped", () => {
    const before = node(
      "list",
      { x: 1 },
      [..."abcdefgh"].map((id) => node(id)),
    );
    const after = node(
      "list",
      { x: 2 },
      [..."hgfedcba"].map((id) => node(id)),
    );
    expectOps(before, after, [{ op: "replace_node", path: [], node: after }]);
  });

  test("of several children with one id one goes on and the others are new", () => {
    const before = node("list", {}, [row("a"), row("b")]);
    const after = node("list", {}, [row("b"), row("b"), row("a")]);
    expectLeads(before, after, diff(before, after));
  });
});
