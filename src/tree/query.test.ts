import { describe, expect, test } from "vitest";
import type { WireNode } from "../protocol/node.ts";
import { find, findAll, localId, nodeAt, nodesOf, pathOf } from "./query.ts";

function node(id: string, children: readonly WireNode[] = []): WireNode {
  return { id, type: "text", props: {}, children };
}

const tree = node("main", [
  node("main#form", [node("main#form/name"), node("main#form/address", [node("main#form/address/name")])]),
  node("main#name"),
]);

describe("find", () => {
  test("[R042] finds a node by its wire id", () => {
    expect(find(tree, "main#form/address/name")?.id).toBe("main#form/address/name");
  });

  test("[R042] finds the first node with a local id, unless a wire id is equal to it", () => {
    expect(find(tree, "name")?.id).toBe("main#form/name");
    expect(find(node("a/x", [node("x")]), "x")?.id).toBe("x");
  });

  test("[R042] gives undefined for what is not there", () => {
    expect(find(tree, "nobody")).toBeUndefined();
    expect(find(null, "main")).toBeUndefined();
  });
});

test("findAll gives matches in document order", () => {
  expect(findAll(tree, ({ id }) => id.endsWith("name")).map(({ id }) => id)).toEqual([
    "main#form/name",
    "main#form/address/name",
    "main#name",
  ]);
});

test("pathOf and nodeAt are each other's inverse", () => {
  for (const each of nodesOf(tree)) {
    const path = pathOf(tree, each.id);
    if (path === undefined) throw new Error(`no path to ${each.id}`);
    expect(nodeAt(tree, path)).toBe(each);
  }
  expect(pathOf(tree, "main#form/address/name")).toEqual([0, 1, 0]);
  expect(pathOf(tree, "name")).toBeUndefined();
  expect(pathOf(null, "main")).toBeUndefined();
  expect(nodeAt(tree, [0, 9, 0])).toBeUndefined();
});

test("nodesOf walks trees that are deeper than the stack", () => {
  let deep = node("end");
  for (let i = 0; i < 100_000; i++) deep = node("level", [deep]);
  let count = 0;
  for (const _ of nodesOf(deep)) count += 1;
  expect(count).toBe(100_001);
});

test("localId is what the author wrote", () => {
  expect(localId("main#form/name")).toBe("name");
  expect(localId("main#name")).toBe("name");
  expect(localId("main")).toBe("main");
});
