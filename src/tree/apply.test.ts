import { describe, expect, test } from "vitest";
import type { WireNode } from "../protocol/node.ts";
import { apply, findOrderViolation, MAX_PATH_LENGTH } from "./apply.ts";

function node(id: string, children: readonly WireNode[] = []): WireNode {
  return { id, type: "column", props: {}, children };
}

function list(ids: string): WireNode {
  return node(
    "list",
    [...ids].map((id) => node(id)),
  );
}

function idsAfter(before: WireNode | null, ops: readonly unknown[]): string {
  const result = apply(before, ops);
  return (result.root?.children ?? []).map(({ id }) => id).join("");
}

const remove = (index: number, path: readonly number[] = []) => ({ op: "remove_child", path, index });
const insert = (index: number, id: string, path: readonly number[] = []) => ({
  op: "insert_child",
  path,
  index,
  node: node(id),
});
const update = (path: readonly number[], props: object) => ({ op: "update_props", path, props });
const replace = (path: readonly number[], id: string) => ({ op: "replace_node", path, node: node(id) });

describe("ops", () => {
  test("each op changes the tree as it is at that moment", () => {
    expect(idsAfter(list("abcd"), [remove(3), remove(1), insert(1, "x"), insert(3, "y")])).toBe("axcy");
    expect(idsAfter(list("abc"), [replace([1], "x")])).toBe("axc");
    expect(apply(list("abc"), [replace([], "x")]).root).toEqual(node("x"));
  });

  test("an insert past the end appends", () => {
    expect(idsAfter(list("ab"), [insert(99, "z")])).toBe("abz");
  });

  test("an update merges and null deletes the key", () => {
    const before: WireNode = { ...node("a"), props: { x: 1, y: 2 } };
    expect(apply(before, [update([], { y: null, z: 3 })]).root?.props).toEqual({ x: 1, z: 3 });
  });

  test("an update cannot change the prototype of props", () => {
    const props: unknown = JSON.parse('{"__proto__":{"polluted":true},"x":1}');
    const result = apply(node("a"), [{ op: "update_props", path: [], props }]);
    expect(result.root?.props).toEqual({ x: 1 });
    expect(Object.getPrototypeOf(result.root?.props)).toBe(Object.prototype);
  });

  test("the tree before is not changed, and untouched nodes are the same objects", () => {
    const before = node("root", [list("ab"), list("cd")]);
    const copy = structuredClone(before);
    const after = apply(before, [remove(0, [0]), insert(1, "x", [0])]).root;
    expect(before).toEqual(copy);
    expect(after?.children[1]).toBe(before.children[1]);
    expect(after?.children[0]).not.toBe(before.children[0]);
  });
});

describe("order rule", () => {
  test.each([
    ["remove_after_change", [update([0], {}), remove(1)], 1],
    ["remove_after_change", [insert(0, "x"), remove(1)], 1],
    ["remove_not_decreasing", [remove(0), remove(1)], 1],
    ["remove_not_decreasing", [remove(1), remove(1)], 1],
    ["change_after_insert", [insert(0, "x"), update([1], {})], 1],
    ["change_after_insert", [insert(0, "x"), replace([1], "y")], 1],
    ["insert_decreasing", [insert(1, "x"), insert(0, "y")], 1],
  ])("%s rejects the whole patch", (rule, ops, index) => {
    const before = list("abc");
    expect(apply(before, ops)).toEqual({ kind: "rejected", root: before, violation: { index, parent: [], rule } });
  });

  test("each parent has its own order", () => {
    expect(findOrderViolation([insert(0, "x", [0]), remove(1, [1]), insert(0, "y", [1])])).toBeUndefined();
  });

  test("changes of the root itself have no order", () => {
    expect(findOrderViolation([insert(0, "x"), update([], { a: 1 }), replace([], "y")])).toBeUndefined();
  });

  test("two inserts may have the same index", () => {
    expect(idsAfter(list("a"), [insert(0, "x"), insert(0, "y")])).toBe("yxa");
  });
});

describe("ops that cannot be applied", () => {
  test.each([
    ["malformed", null, ""],
    ["malformed", "remove_child", ""],
    ["malformed", {}, ""],
    ["malformed", { op: "remove_child", path: [], index: -1 }, "remove_child"],
    ["malformed", { op: "remove_child", path: [0.5], index: 0 }, "remove_child"],
    ["malformed", { op: "insert_child", path: [], index: 0, node: { id: "x" } }, "insert_child"],
    ["malformed", { op: "update_props", path: [], props: [1] }, "update_props"],
    ["malformed", { op: "replace_node", path: "0", node: node("x") }, "replace_node"],
    ["unknown_op", { op: "move_child", path: [] }, "move_child"],
    ["no_such_node", update([7], { a: 1 }), "update_props"],
    ["no_such_node", replace([0, 0], "x"), "replace_node"],
    ["no_such_node", insert(0, "x", [0, 3]), "insert_child"],
    ["index_out_of_range", remove(9), "remove_child"],
  ])("%s: %j is skipped and the rest goes on", (reason, payload, op) => {
    const last = update([1], { done: true });
    const result = apply(list("abc"), [payload, last]);
    if (result.kind !== "applied") throw new Error("the order rule holds");
    expect(result.skipped).toEqual([{ index: 0, reason, op, payload }]);
    expect(result.applied).toEqual([last]);
    expect(result.root?.children[1]?.props).toEqual({ done: true });
  });

  test("a path over the limit is refused, one at the limit is walked", () => {
    const path = (length: number) => new Array<number>(length).fill(0);
    const reasonOf = (length: number) => {
      const result = apply(list("a"), [update(path(length), { x: 1 })]);
      return result.kind === "applied" ? result.skipped[0]?.reason : undefined;
    };
    expect(reasonOf(MAX_PATH_LENGTH)).toBe("no_such_node");
    expect(reasonOf(MAX_PATH_LENGTH + 1)).toBe("path_too_long");
  });

  test("without a tree every op is skipped", () => {
    expect(apply(null, [remove(0), replace([], "x")])).toMatchObject({
      kind: "applied",
      root: null,
      applied: [],
      skipped: [{ reason: "no_tree" }, { reason: "no_tree" }],
    });
  });
});
