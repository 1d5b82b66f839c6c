import { describe, expect, test } from "vitest";
import type { WireNode } from "../protocol/node.ts";
import { changedProps, equal, equalProps, equalValue } from "./equal.ts";

describe("values", () => {
  test.each([
    [1, 1],
    [null, undefined],
    [
      [1, [2]],
      [1, [2]],
    ],
    [{ a: 1, b: null }, { a: 1 }],
    [new Uint8Array([1]), new Uint8Array([1])],
  ])("%j equals %j", (left, right) => {
    expect(equalValue(left, right)).toBe(true);
    expect(equalValue(right, left)).toBe(true);
  });

  test.each([
    [1, "1"],
    [0, null],
    [false, undefined],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    [[], {}],
    [{ a: 1 }, { b: 1 }],
    [new Uint8Array([1]), [1]],
    [new Uint8Array([1]), new Uint8Array([1, 2])],
  ])("%j differs from %j", (left, right) => {
    expect(equalValue(left, right)).toBe(false);
    expect(equalValue(right, left)).toBe(false);
  });

  test("props inherited from a prototype do not count", () => {
    expect(equalProps({ toString: "x" }, {})).toBe(false);
  });
});

describe("trees", () => {
  const leaf = (id: string): WireNode => ({ id, type: "text", props: { content: id }, children: [] });
  const tree = (...children: readonly WireNode[]): WireNode => ({ id: "t", type: "row", props: {}, children });

  test("copies are equal; id, type, props and order count", () => {
    expect(equal(tree(leaf("a"), leaf("b")), structuredClone(tree(leaf("a"), leaf("b"))))).toBe(true);
    expect(equal(tree(leaf("a"), leaf("b")), tree(leaf("b"), leaf("a")))).toBe(false);
    expect(equal(leaf("a"), { ...leaf("a"), type: "rule" })).toBe(false);
    expect(equal(leaf("a"), { ...leaf("a"), id: "b" })).toBe(false);
    expect(equal(leaf("a"), { ...leaf("a"), props: {} })).toBe(false);
    expect(equal(tree(leaf("a")), tree())).toBe(false);
    expect(equal(null, tree())).toBe(false);
    expect(equal(null, null)).toBe(true);
  });

  test("[W05] a subtree that is the same object is not looked into", () => {
    const shared: WireNode = {
      ...leaf("a"),
      get props(): never {
        throw new Error("looked into");
      },
    };
    expect(equal(tree(shared), tree(shared))).toBe(true);
  });
});

test("changedProps has new values, and null for what is gone", () => {
  expect(changedProps({ a: 1, b: 2, c: [1] }, { a: 1, c: [2], d: 4 })).toEqual({ b: null, c: [2], d: 4 });
  expect(changedProps({ a: 1 }, { a: 1, b: null })).toBeUndefined();
});
