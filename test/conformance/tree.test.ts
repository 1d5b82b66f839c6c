import { check, inCodec } from "./support/check.ts";
import { anything } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON, FORM } from "./support/trees.ts";

conformance("snapshots and the retained tree", [
  check("[8.2] the tree is null before the first snapshot", say.expectTree(null)),
  check("[3.2] a snapshot is retained as it was sent", say.snapshot(FORM), say.expectTree(FORM)),
  check("[3.2] a snapshot is not answered", say.snapshot(FORM), say.expectNothing),
  check("[3.2] a snapshot replaces the whole tree", say.snapshot(FORM), say.snapshot(BUTTON), say.expectTree(BUTTON)),
  check(
    "[3.2] props and children may be left out",
    say.send({ type: "snapshot", tree: { id: "main", type: "window", children: [{ id: "main#t", type: "text" }] } }),
    say.expectTree({ id: "main", type: "window", children: [{ id: "main#t", type: "text" }] }),
  ),
  check(
    "[1.1] unknown fields of a message are ignored",
    say.send({ type: "snapshot", tree: BUTTON, revision: 4, extra: { nested: [1] } }),
    say.expectTree(BUTTON),
  ),
  check(
    "[3.2] a node of an unknown type is retained",
    say.snapshot({
      id: "main",
      type: "window",
      children: [{ id: "main#x", type: "flux_capacitor", props: { power: 1.25 } }],
    }),
    say.expectTree({
      id: "main",
      type: "window",
      children: [{ id: "main#x", type: "flux_capacitor", props: { power: 1.25 } }],
    }),
  ),
  check(
    "[7.5] props whose value is null are kept by a snapshot",
    say.snapshot({ id: "main", type: "window", props: { title: null } }),
    say.expectTree({ id: "main", type: "window", props: { title: null } }),
  ),
  check(
    "[3.2] props of every shape are retained",
    say.snapshot({ id: "main", type: "window", props: PROPS() }),
    say.expectTree({ id: "main", type: "window", props: PROPS() }),
  ),
  check(
    "[11.3] a root that is no window is accepted",
    say.snapshot({ id: "auto:root", type: "container", children: [BUTTON] }),
    say.expectTree({ id: "auto:root", type: "container", children: [BUTTON] }),
  ),
  check(
    "[11.1] ids without window prefix are accepted",
    say.snapshot({ id: "main", type: "window", children: [{ id: "form/email", type: "text_input" }] }),
    say.expectTree({ id: "main", type: "window", children: [{ id: "form/email", type: "text_input" }] }),
  ),
  check(
    "[11.1] ids are opaque text",
    say.snapshot({ id: "main", type: "window", children: [{ id: "main#é ü/🎛", type: "text" }] }),
    say.expectTree({ id: "main", type: "window", children: [{ id: "main#é ü/🎛", type: "text" }] }),
  ),
  check(
    "[11.4/5.7] an id that occurs twice is reported and the tree is used",
    say.snapshot(twins("main#save", "main#save")),
    say.expectEvent("error", "duplicate_node_ids", {
      error: "snapshot contains duplicate node IDs",
      duplicates: ["main#save (button)"],
    }),
    say.expectTree(twins("main#save", "main#save")),
  ),
  check(
    "[11.4/5.7] duplicates in different windows are duplicates too",
    say.snapshot({
      id: "auto:root",
      type: "container",
      children: ["a", "b"].map((id) => ({ id, type: "window", children: [{ id: "form/email", type: "text" }] })),
    }),
    say.expectEvent("error", "duplicate_node_ids", { error: anything, duplicates: ["form/email (text)"] }),
  ),
  check("[11.4] different ids are no duplicates", say.snapshot(twins("main#a", "main#b")), say.expectNothing),
  check(
    "[5.7/10] at most 100 duplicates are named",
    say.snapshot({ id: "main", type: "window", children: pairs(101) }),
    say.expectEvent("error", "duplicate_node_ids", {
      error: "snapshot contains duplicate node IDs",
      duplicates: [...namesOfPairs(100), "too_many_duplicates: stopped at 100"],
    }),
  ),
  check(
    "[5.7/10] exactly 100 duplicates are named without a remark",
    say.snapshot({ id: "main", type: "window", children: pairs(100) }),
    say.expectEvent("error", "duplicate_node_ids", { error: anything, duplicates: namesOfPairs(100) }),
  ),
  check(
    "[3.2] a tree of many nodes is retained",
    say.snapshot({ id: "main", type: "window", children: row(3000) }),
    say.expectTree({ id: "main", type: "window", children: row(3000) }),
  ),
  inCodec(
    "msgpack",
    "[1.2] bytes inside props become base64 text",
    say.snapshot({ id: "main", type: "window", props: { icon: new Uint8Array([0, 255, 16]) } }),
    say.expectTree({ id: "main", type: "window", props: { icon: "AP8Q" } }),
  ),
]);

function PROPS(): Record<string, unknown> {
  return {
    text: 'quotes " and \\ and \n and \u0001 and é and 漢 and 🎛',
    empty: "",
    yes: true,
    no: false,
    nothing: null,
    zero: 0,
    negative: -7,
    fraction: 0.1,
    large: 9007199254740991,
    small: 1.5e-9,
    list: [1, "two", [3, []], { four: 4 }],
    object: { nested: { deeper: {} }, "key with space": [null] },
  };
}

function twins(first: string, second: string): say.Node {
  const children = [first, second].map((id) => ({ id, type: "button", props: { label: id } }));
  return { id: "main", type: "window", children };
}

function pairs(count: number): say.Node[] {
  const ids = Array.from({ length: count }, (_, index) => `main#n${index}`);
  return ids.flatMap((id) => [
    { id, type: "text" },
    { id, type: "text" },
  ]);
}

function namesOfPairs(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `main#n${index} (text)`);
}

function row(count: number): say.Node[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `main#row-${index}`,
    type: "text",
    props: { content: `row ${index}` },
  }));
}
