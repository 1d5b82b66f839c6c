import { expect, test } from "vitest";
import type { WireNode } from "../protocol/index.ts";
import { plainTree, treeDifference } from "./plain-tree.ts";

const text: WireNode = { id: "main#a", type: "text", props: { size: 12, content: "A" }, children: [] };
const root: WireNode = { id: "main", type: "window", props: { icon: new Uint8Array([1, 2, 3]) }, children: [text] };

test("equal trees give equal text, whatever the order of their props", () => {
  const other = { ...root, children: [{ ...text, props: { content: "A", size: 12 } }] };
  expect(JSON.stringify(plainTree(other))).toBe(JSON.stringify(plainTree(root)));
});

test("bytes are base64, so that JSON keeps them", () => {
  expect(plainTree(root).props).toEqual({ icon: "AQID" });
});

test("names the place of the first difference", () => {
  const expected = plainTree(root);
  const withChild = (child: Partial<WireNode>): ReturnType<typeof plainTree> =>
    plainTree({ ...root, children: [{ ...text, ...child }] });
  expect(treeDifference(plainTree(root), JSON.parse(JSON.stringify(expected)))).toBeUndefined();
  expect(treeDifference(withChild({ id: "main#b" }), expected)).toBe('the id is "main#b", expected "main#a"');
  expect(treeDifference(withChild({ type: "rule" }), expected)).toBe('"main#a" is a rule, expected a text');
  expect(treeDifference(withChild({ props: { content: "A" } }), expected)).toBe(
    'the prop size of "main#a" is absent, expected 12',
  );
  expect(treeDifference(plainTree({ ...root, children: [] }), expected)).toBe(
    '"main" ends after 0 children, expected "main#a"',
  );
  expect(treeDifference(plainTree({ ...root, children: [text, { ...text, id: "main#b" }] }), expected)).toBe(
    '"main" has "main#b" in place 1, expected no more children',
  );
});
