import { type Check, check } from "./support/check.ts";
import { nonEmptyText } from "./support/match.ts";
import { insert, remove, replace, update } from "./support/ops.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { item, list } from "./support/trees.ts";

const LETTERS = list("a", "b", "c", "d");

/** Two parents, each with two children. */
const FAMILIES: say.Node = {
  id: "main",
  type: "window",
  children: ["left", "right"].map((side) => ({
    id: `main#${side}`,
    type: "column",
    children: [item(`${side}/1`), item(`${side}/2`)],
  })),
};

const marked = (name: string): say.Node => ({ ...item(name), props: { content: name, size: 20 } });

interface Rejected {
  readonly name: string;
  readonly tree?: say.Node;
  readonly ops: readonly unknown[];
}

const REJECTED: readonly Rejected[] = [
  { name: "removes after inserts reject the whole patch", ops: [insert([], 0, item("x")), remove([], 3)] },
  { name: "a remove after an update of a sibling", ops: [update([0], { size: 20 }), remove([], 3)] },
  { name: "a remove after a replace of a sibling", ops: [replace([1], item("x")), remove([], 3)] },
  { name: "remove indices that rise", ops: [remove([], 1), remove([], 2)] },
  { name: "the same remove index twice", ops: [remove([], 2), remove([], 2)] },
  { name: "an update after an insert", ops: [insert([], 4, item("x")), update([0], { size: 20 })] },
  { name: "a replace after an insert", ops: [insert([], 4, item("x")), replace([0], item("y"))] },
  { name: "insert indices that fall", ops: [insert([], 2, item("x")), insert([], 1, item("y"))] },
  {
    name: "removes after inserts below a nested parent",
    tree: FAMILIES,
    ops: [insert([0], 0, item("x")), remove([0], 1)],
  },
  {
    name: "a violation that comes last undoes everything before it",
    ops: [update([0], { size: 20 }), insert([], 4, item("x")), insert([], 0, item("y"))],
  },
  {
    name: "a violation below one parent rejects ops below the other",
    tree: FAMILIES,
    ops: [remove([1], 0), remove([0], 0), remove([0], 1)],
  },
  {
    name: "a violation across ops of another parent in between",
    tree: FAMILIES,
    ops: [insert([0], 0, item("x")), update([1, 0], { size: 20 }), remove([0], 1)],
  },
];

interface Accepted {
  readonly name: string;
  readonly tree?: say.Node;
  readonly ops: readonly unknown[];
  readonly after: say.Node;
}

const ACCEPTED: readonly Accepted[] = [
  { name: "no ops change nothing", ops: [], after: LETTERS },
  { name: "removes in falling order", ops: [remove([], 3), remove([], 1)], after: list("a", "c") },
  { name: "all children are removed from the end", ops: [3, 2, 1, 0].map((at) => remove([], at)), after: list() },
  {
    name: "inserts in rising order",
    ops: [insert([], 0, item("x")), insert([], 2, item("y"))],
    after: list("x", "a", "y", "b", "c", "d"),
  },
  {
    name: "inserts at the same index",
    ops: [insert([], 1, item("x")), insert([], 1, item("y"))],
    after: list("a", "y", "x", "b", "c", "d"),
  },
  {
    name: "remove, update, insert; indices count after the removes",
    ops: [remove([], 1), update([1], { size: 20 }), insert([], 3, item("x"))],
    after: { ...LETTERS, children: [item("a"), marked("c"), item("d"), item("x")] },
  },
  {
    name: "updates of children in any order",
    ops: [update([2], { size: 20 }), update([0], { size: 20 })],
    after: { ...LETTERS, children: [marked("a"), item("b"), marked("c"), item("d")] },
  },
  {
    name: "props of the root are not bound to an order",
    ops: [insert([], 4, item("x")), update([], { title: "New" }), insert([], 5, item("y"))],
    after: { ...list("a", "b", "c", "d", "x", "y"), props: { title: "New" } },
  },
  {
    name: "parents do not bind each other",
    tree: FAMILIES,
    ops: [insert([0], 2, item("left/3")), remove([1], 0)],
    after: {
      ...FAMILIES,
      children: [
        { id: "main#left", type: "column", children: [item("left/1"), item("left/2"), item("left/3")] },
        { id: "main#right", type: "column", children: [item("right/2")] },
      ],
    },
  },
  {
    name: "paths refer to the tree as it is at that moment",
    tree: FAMILIES,
    ops: [remove([], 0), update([0, 0], { size: 20 })],
    after: {
      ...FAMILIES,
      children: [{ id: "main#right", type: "column", children: [marked("right/1"), item("right/2")] }],
    },
  },
  {
    name: "the path of an inserted node can be used by a later op",
    ops: [insert([], 4, { id: "main#box", type: "column" }), insert([4], 0, item("box/x"))],
    after: {
      ...LETTERS,
      children: [...(LETTERS.children ?? []), { id: "main#box", type: "column", children: [item("box/x")] }],
    },
  },
  {
    name: "a replaced node takes its new children along",
    ops: [replace([3], { id: "main#box", type: "column", children: [item("box/x")] })],
    after: {
      ...LETTERS,
      children: [item("a"), item("b"), item("c"), { id: "main#box", type: "column", children: [item("box/x")] }],
    },
  },
  { name: "the root is replaced", ops: [replace([], list("z"))], after: list("z") },
  {
    name: "after the root is replaced, paths refer to the new tree",
    ops: [replace([], list("z")), update([0], { size: 20 })],
    after: { ...LETTERS, children: [marked("z")] },
  },
  {
    name: "an insert far beyond the end appends",
    ops: [insert([], 99, item("x"))],
    after: list("a", "b", "c", "d", "x"),
  },
];

function rejects({ name, tree = LETTERS, ops }: Rejected): Check {
  return check(
    `[3.3/7.2] ${name}`,
    say.snapshot(tree),
    say.patch(...ops),
    say.expectEvent("error", "patch_order", { error: nonEmptyText }),
    say.expectTree(tree),
  );
}

function accepts({ name, tree = LETTERS, ops, after }: Accepted): Check {
  return check(`[7.1/7.2] ${name}`, say.snapshot(tree), say.patch(...ops), say.expectTree(after));
}

conformance("order of patch ops", [
  ...REJECTED.map(rejects),
  ...ACCEPTED.map(accepts),
  check(
    "[7.2] a rejected patch does not keep the next one from being applied",
    say.snapshot(LETTERS),
    say.patch(remove([], 0), remove([], 0)),
    say.expectEvent("error", "patch_order", { error: nonEmptyText }),
    say.patch(remove([], 0)),
    say.expectTree(list("b", "c", "d")),
  ),
]);
