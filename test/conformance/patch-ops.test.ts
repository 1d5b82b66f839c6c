import { type Check, check } from "./support/check.ts";
import { anything } from "./support/match.ts";
import { insert, remove, replace, update } from "./support/ops.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON, item, list } from "./support/trees.ts";

const ABC = list("a", "b", "c");

/** Ops that cannot be carried out. The one after them is, so that the patch is seen to go on. */
const SKIPPED: Readonly<Record<string, unknown>> = {
  "a remove beyond the end": remove([], 9),
  "an update beyond the end": update([9], { size: 1 }),
  "a replace beyond the end": replace([9], item("x")),
  "an insert below a parent that is not there": insert([9], 0, item("x")),
  "a remove below a parent that is not there": remove([9, 9], 0),
  "a path into a leaf": update([0, 0], { size: 1 }),
  "a path longer than 256": update(
    Array.from({ length: 257 }, () => 0),
    { size: 1 },
  ),
  "update_props without props": { op: "update_props", path: [0] },
  "update_props without path": { op: "update_props", props: { size: 1 } },
  "replace_node without node": { op: "replace_node", path: [0] },
  "replace_node whose node has no type": { op: "replace_node", path: [0], node: { id: "main#x" } },
  "replace_node whose node has no id": { op: "replace_node", path: [0], node: { type: "text" } },
  "replace_node with null as node": { op: "replace_node", path: [0], node: null },
  "insert_child without node": { op: "insert_child", path: [], index: 0 },
  "insert_child without index": { op: "insert_child", path: [], node: { id: "main#x", type: "text" } },
  "insert_child whose node has null as props": {
    op: "insert_child",
    path: [],
    index: 0,
    node: { id: "main#x", type: "text", props: null },
  },
  "remove_child without index": { op: "remove_child", path: [] },
  "remove_child without path": { op: "remove_child", index: 0 },
  "remove_child with a negative index": remove([], -1),
  "update_props with a negative path": update([-1], { size: 1 }),
  "update_props with a text as path": { op: "update_props", path: "0", props: { size: 1 } },
};

function skips([name, op]: readonly [string, unknown]): Check {
  return check(
    `[7.3] ${name} is skipped and the rest is applied`,
    say.snapshot(ABC),
    say.patch(op, update([1], { size: 30 })),
    say.expectLogged,
    say.expectTree({ ...ABC, children: [item("a"), { ...item("b"), props: { content: "b", size: 30 } }, item("c")] }),
  );
}

interface Merge {
  readonly name: string;
  readonly before: say.Fields;
  readonly props: say.Fields;
  readonly after: say.Fields;
}

const MERGES: readonly Merge[] = [
  { name: "adds a key", before: {}, props: { title: "x" }, after: { title: "x" } },
  { name: "replaces a value", before: { title: "x" }, props: { title: "y" }, after: { title: "y" } },
  { name: "keeps what it does not name", before: { a: 1, b: 2 }, props: { b: 3 }, after: { a: 1, b: 3 } },
  { name: "deletes a key by null", before: { a: 1, b: 2 }, props: { a: null }, after: { b: 2 } },
  { name: "does not mind null for a key that is not there", before: { a: 1 }, props: { z: null }, after: { a: 1 } },
  {
    name: "replaces an object as a whole",
    before: { o: { a: 1, b: 2 } },
    props: { o: { c: 3 } },
    after: { o: { c: 3 } },
  },
  { name: "keeps null inside an object", before: {}, props: { o: { a: null } }, after: { o: { a: null } } },
  { name: "replaces a list as a whole", before: { l: [1, 2, 3] }, props: { l: [4] }, after: { l: [4] } },
  { name: "tells false from null", before: { on: true }, props: { on: false }, after: { on: false } },
  { name: "tells empty text from null", before: { t: "x" }, props: { t: "" }, after: { t: "" } },
  { name: "with no props changes nothing", before: { a: 1 }, props: {}, after: { a: 1 } },
];

function merges({ name, before, props, after }: Merge): Check {
  return check(
    `[7.1] update_props ${name}`,
    say.snapshot({ id: "main", type: "window", props: before }),
    say.patch(update([], props)),
    say.expectTree({ id: "main", type: "window", props: after }),
  );
}

conformance("patch ops", [
  ...MERGES.map(merges),
  ...Object.entries(SKIPPED).map(skips),
  check("[3.3] a patch is not answered", say.snapshot(ABC), say.patch(remove([], 0)), say.expectNothing),
  check(
    "[7.3] a patch before any snapshot is ignored",
    say.patch(insert([], 0, item("x"))),
    say.expectLogged,
    say.expectTree(null),
  ),
  check(
    "[7.3] a snapshot after an ignored patch is used",
    say.patch(update([], { title: "x" })),
    say.expectLogged,
    say.snapshot(BUTTON),
    say.expectTree(BUTTON),
  ),
  check(
    "[7.3/9] an unknown op is reported and the rest is applied",
    say.snapshot(ABC),
    say.patch({ op: "move_child", path: [], from: 0, to: 1 }, remove([], 0)),
    say.expectDiagnostic("unknown_patch_op", "error", { op: "move_child", payload: anything }),
    say.expectTree(list("b", "c")),
  ),
  check(
    "[7.3/9] each unknown op is reported",
    say.snapshot(ABC),
    say.patch({ op: "one", path: [] }, { op: "two", path: [] }),
    say.expectDiagnostic("unknown_patch_op", "error", { op: "one", payload: anything }),
    say.expectDiagnostic("unknown_patch_op", "error", { op: "two", payload: anything }),
  ),
  check(
    "[7.2] malformed ops do not take part in the order rule",
    say.snapshot(ABC),
    say.patch({ op: "insert_child", path: [], index: 0 }, remove([], 2)),
    say.expectLogged,
    say.expectTree(list("a", "b")),
  ),
  check(
    "[3.3/7.1] unknown fields of an op are ignored",
    say.snapshot(ABC),
    say.patch({ ...remove([], 1), why: "because" }),
    say.expectTree(list("a", "c")),
  ),
  check(
    "[7.1] patches follow each other",
    say.snapshot(list()),
    ["a", "b", "c"].flatMap((name, index) => say.patch(insert([], index, item(name)))),
    say.expectTree(ABC),
  ),
  check(
    "[5.7] duplicate ids that a patch makes are not reported",
    say.snapshot(ABC),
    say.patch(insert([], 3, item("a"))),
    say.expectNothing,
  ),
]);
