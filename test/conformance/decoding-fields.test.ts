// A message that cannot be understood costs that message and is reported; the stream goes on.

import { alone, type Check, check } from "./support/check.ts";
import { nonEmptyText } from "./support/match.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON } from "./support/trees.ts";

interface Shape {
  readonly rule: string;
  readonly valid: say.Fields;
  readonly required: readonly string[];
  readonly wrong: Readonly<Record<string, readonly unknown[]>>;
}

const NO_TEXT = [5, null, true, ["x"], {}];
const NO_OPTIONAL_TEXT = [5, true, ["x"], {}];
const NO_LIST = [5, null, "x", {}];
const NO_UNSIGNED = ["1", -1, 1.5, true, {}];
const NO_BYTES = ["not base64!", [256], [-1], [1.5], ["a"], { bytes: [1] }, 5, true];

const SHAPES: Readonly<Record<string, Shape>> = {
  snapshot: { rule: "3.2", valid: { tree: BUTTON }, required: ["tree"], wrong: { tree: [5, null, "x", []] } },
  patch: { rule: "3.3", valid: { ops: [] }, required: ["ops"], wrong: { ops: NO_LIST } },
  subscribe: {
    rule: "3.4",
    valid: { kind: "on_key_press", tag: "k" },
    required: ["kind", "tag"],
    wrong: { kind: NO_TEXT, tag: NO_TEXT, max_rate: NO_UNSIGNED, window_id: NO_OPTIONAL_TEXT },
  },
  unsubscribe: {
    rule: "3.4",
    valid: { kind: "on_key_press", tag: "k" },
    required: ["kind"],
    wrong: { kind: NO_TEXT, tag: NO_OPTIONAL_TEXT },
  },
  widget_op: { rule: "3.5", valid: { op: "focus_next" }, required: ["op"], wrong: { op: NO_TEXT } },
  command: {
    rule: "3.6",
    valid: { id: "main#save", family: "focus" },
    required: ["id", "family"],
    wrong: { id: NO_TEXT, family: NO_TEXT },
  },
  commands: {
    rule: "3.6",
    valid: { commands: [] },
    required: ["commands"],
    wrong: { commands: [...NO_LIST, [5], [{ id: "main#save" }], [{ family: "focus" }], [{ id: 5, family: "focus" }]] },
  },
  window_op: {
    rule: "3.7",
    valid: { op: "close", window_id: "main" },
    required: ["op", "window_id"],
    wrong: { op: NO_TEXT, window_id: NO_TEXT },
  },
  system_op: { rule: "3.8", valid: { op: "allow_automatic_tabbing" }, required: ["op"], wrong: { op: NO_TEXT } },
  system_query: { rule: "3.9", valid: { op: "get_system_theme" }, required: ["op"], wrong: { op: NO_TEXT } },
  image_op: { rule: "3.10", valid: { op: "clear", payload: {} }, required: ["op"], wrong: { op: NO_TEXT } },
  effect: {
    rule: "3.11",
    valid: { id: "e", kind: "file_open", payload: {} },
    required: ["id", "kind", "payload"],
    wrong: { id: NO_TEXT, kind: NO_TEXT },
  },
  register_effect_stub: {
    rule: "3.12",
    valid: { kind: "file_open", response: {} },
    required: ["kind", "response"],
    wrong: { kind: NO_TEXT },
  },
  unregister_effect_stub: { rule: "3.12", valid: { kind: "file_open" }, required: ["kind"], wrong: { kind: NO_TEXT } },
  interact: {
    rule: "3.13",
    valid: { id: "i", action: "click" },
    required: ["id", "action"],
    wrong: { id: NO_TEXT, action: NO_TEXT },
  },
  query: {
    rule: "3.13",
    valid: { id: "q", target: "tree" },
    required: ["id", "target"],
    wrong: { id: NO_TEXT, target: NO_TEXT },
  },
  tree_hash: {
    rule: "3.13",
    valid: { id: "h", name: "n" },
    required: ["id", "name"],
    wrong: { id: NO_TEXT, name: NO_TEXT },
  },
  screenshot: {
    rule: "3.13",
    valid: { id: "p", name: "n" },
    required: ["id", "name"],
    wrong: { id: NO_TEXT, name: NO_TEXT, width: NO_UNSIGNED, height: NO_UNSIGNED },
  },
  reset: { rule: "3.13", valid: { id: "r" }, required: ["id"], wrong: { id: NO_TEXT } },
  advance_frame: {
    rule: "3.13",
    valid: { timestamp: 16 },
    required: ["timestamp"],
    wrong: { timestamp: [...NO_UNSIGNED, null] },
  },
};

function undecodable(name: string, message: unknown): Check {
  return check(name, say.send(message), say.expectDiagnostic("wire_input_error", "warn", { detail: nonEmptyText }));
}

function missing([type, { rule, valid, required }]: readonly [string, Shape]): Check[] {
  return required.map((field) => {
    const { [field]: _, ...rest } = valid;
    return undecodable(`[1.1/${rule}] ${type} without ${field} is dropped and reported`, { type, ...rest });
  });
}

/** One check per field; all wrong values in turn. */
function wrong([type, { rule, valid, wrong: fields }]: readonly [string, Shape]): Check[] {
  return Object.entries(fields).map(([field, values]) =>
    check(
      `[1.1/${rule}] ${type} with a wrong ${field} is dropped and reported`,
      ...values.map((value) => [...say.send({ type, ...valid, [field]: value }), say.expectInputError]),
    ),
  );
}

/** Nodes that are none, at the root and below it. */
const NO_NODES: Readonly<Record<string, unknown>> = {
  "a node without id": { type: "text" },
  "a node without type": { id: "main#x" },
  "a number as id": { id: 5, type: "text" },
  "null as id": { id: null, type: "text" },
  "a number as type": { id: "main#x", type: 5 },
  "null as props": { id: "main#x", type: "text", props: null },
  "a list as props": { id: "main#x", type: "text", props: [] },
  "a text as props": { id: "main#x", type: "text", props: "x" },
  "null as children": { id: "main#x", type: "text", children: null },
  "an object as children": { id: "main#x", type: "text", children: {} },
  "null as a child": { id: "main#x", type: "text", children: [null] },
  "a text as a child": { id: "main#x", type: "text", children: ["x"] },
};

const nodes: readonly Check[] = Object.entries(NO_NODES).flatMap(([name, node]) => [
  undecodable(`[3.2] a snapshot with ${name} is dropped and reported`, { type: "snapshot", tree: node }),
  undecodable(`[3.2] a snapshot with ${name} at the third level is dropped and reported`, {
    type: "snapshot",
    tree: { id: "main", type: "window", children: [{ id: "main#c", type: "column", children: [node] }] },
  }),
]);

const bytes: readonly Check[] = (["data", "pixels"] as const).map((field) =>
  check(
    `[1.4/3.10] image_op with wrong ${field} is dropped and reported`,
    ...NO_BYTES.map((value) => [
      ...say.send({
        type: "image_op",
        op: "create_image",
        payload: { handle: "h", width: 1, height: 1, [field]: value },
      }),
      say.expectInputError,
    ]),
  ),
);

conformance("fields of messages", [
  ...Object.entries(SHAPES).flatMap(missing),
  ...Object.entries(SHAPES).flatMap(wrong),
  ...nodes,
  ...bytes,
  check(
    "[1.4/3.14] load_font with wrong data is dropped and reported",
    ...NO_BYTES.map((data) => [
      ...say.send({ type: "load_font", payload: { family: "Inter", data } }),
      say.expectInputError,
    ]),
  ),
  check(
    "[3.10] image_op with wrong sides is dropped and reported",
    ...["width", "height"].flatMap((side) =>
      ["1", -1, 1.5].map((value) => [
        ...say.send({ type: "image_op", op: "create_image", payload: { handle: "h", pixels: "", [side]: value } }),
        say.expectInputError,
      ]),
    ),
  ),
  check(
    "[3.10] image_op with a number as handle is dropped and reported",
    say.send({ type: "image_op", op: "delete_image", payload: { handle: 5 } }),
    say.expectInputError,
  ),
  check(
    "[3.14] load_font with a number as family is dropped and reported",
    say.send({ type: "load_font", payload: { family: 5, data: "AAEA" } }),
    say.expectInputError,
  ),
  check(
    "[1.1] a session that is no text makes any message undecodable",
    ...[5, true, {}, ["s"]].flatMap((session) =>
      [
        { type: "snapshot", tree: BUTTON, session },
        { type: "query", id: "q", target: "tree", session },
        { type: "subscribe", kind: "on_event", tag: "t", session },
      ].map((message) => [...say.send(message), say.expectInputError]),
    ),
    say.expectTree(null),
  ),
  undecodable("[1.1] a message without type is dropped and reported", { tree: BUTTON }),
  check(
    "[1.1] a type that is no text is dropped and reported",
    ...[5, null, true, ["snapshot"], {}].map((type) => [...say.send({ type, tree: BUTTON }), say.expectInputError]),
  ),
  ...["frobnicate", "", "Snapshot", "ping", "exit", "heartbeat"].map((type) =>
    undecodable(`[1.1/3.15] the unknown type ${JSON.stringify(type)} is dropped and reported`, { type }),
  ),
  ...["hello", "event", "query_response", "effect_response", "interact_step"].map((type) =>
    undecodable(`[1.1/4.1] ${type}, which only a renderer says, is dropped and reported`, { type, id: "1" }),
  ),
  ...[[], 5, "snapshot", null, true].map((message) =>
    undecodable(`[1.1] ${JSON.stringify(message)} is no message and is reported`, message),
  ),
  check(
    "[1.1] a dropped snapshot leaves the tree as it is",
    say.snapshot(BUTTON),
    say.send({ type: "snapshot", tree: { id: "main" } }),
    say.expectInputError,
    say.expectTree(BUTTON),
  ),
  check(
    "[1.1] a dropped message does not touch the one behind it",
    say.send({ type: "frobnicate" }, { type: "snapshot", tree: BUTTON }, { type: "patch" }),
    say.expectInputError,
    say.expectInputError,
    say.expectTree(BUTTON),
  ),
  alone(
    "[1.1] each dropped message is reported, however many there are",
    {},
    say.send(...Array.from({ length: 50 }, (_, index) => ({ type: `unknown_${index}` }))),
    ...Array.from({ length: 50 }, () => say.expectInputError),
  ),
]);
