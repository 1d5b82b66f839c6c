import { alone, type Check, check } from "./support/check.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { FORM } from "./support/trees.ts";

const find = (selector: unknown): say.Step[] => say.send({ type: "query", id: "q", target: "find", selector });
const answer = (data: unknown, target = "find"): say.Step =>
  say.expect({ type: "query_response", id: "q", target, data });

function nodeOf(id: string, node: say.Node): say.Node | undefined {
  if (node.id === id) return node;
  for (const child of node.children ?? []) {
    const found = nodeOf(id, child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Two windows with the same things in them, and words that occur in more than one prop. */
const PAIR: say.Node = {
  id: "auto:root",
  type: "container",
  children: ["left", "right"].map((id) => ({
    id,
    type: "window",
    props: { title: id },
    children: [
      { id: `${id}#row/name`, type: "text_input", props: { value: `${id} value` } },
      { id: `${id}#row/name/hint`, type: "text", props: { content: "hint" } },
      { id: `${id}#ok`, type: "button", props: { label: "OK", focused: id === "right" } },
      { id: `${id}#pick`, type: "pick_list", props: { placeholder: "Choose", a11y: { label: `${id} choice` } } },
      { id: `${id}#mark`, type: "custom_thing", props: { a11y: { role: "meter", focused: id === "left" } } },
    ],
  })),
};

interface Case {
  readonly name: string;
  readonly selector: unknown;
  /** The id of the node that is found. */
  readonly id: string | null;
  readonly tree?: say.Node;
}

const CASES: readonly Case[] = [
  { name: "by a full id", selector: { by: "id", value: "main#form/save" }, id: "main#form/save", tree: FORM },
  { name: "by the id of a window", selector: { by: "id", value: "main" }, id: "main", tree: FORM },
  { name: "by the local name behind a slash", selector: { by: "id", value: "save" }, id: "main#form/save", tree: FORM },
  { name: "by the local name behind the window", selector: { by: "id", value: "log" }, id: "main#log", tree: FORM },
  {
    name: "by an end of the id that begins behind the window",
    selector: { by: "id", value: "form/save" },
    id: "main#form/save",
    tree: FORM,
  },
  { name: "not by an end that begins within a name", selector: { by: "id", value: "ave" }, id: null, tree: FORM },
  { name: "not by a beginning of the id", selector: { by: "id", value: "main#fo" }, id: null, tree: FORM },
  { name: "not by an id that is not there", selector: { by: "id", value: "nowhere" }, id: null, tree: FORM },
  { name: "not by an id in other letters", selector: { by: "id", value: "SAVE" }, id: null, tree: FORM },
  { name: "the first of several by local name", selector: { by: "id", value: "ok" }, id: "left#ok" },
  { name: "within the window named by the id", selector: { by: "id", value: "right#ok" }, id: "right#ok" },
  {
    name: "by a local name within the window named by the value",
    selector: { by: "id", value: "right#name" },
    id: "right#row/name",
  },
  {
    name: "within the window named by window_id",
    selector: { by: "id", value: "ok", window_id: "right" },
    id: "right#ok",
  },
  {
    name: "not in a window that does not have it",
    selector: { by: "id", value: "ok", window_id: "nowhere" },
    id: null,
  },
  { name: "by an end over two names", selector: { by: "id", value: "name/hint" }, id: "left#row/name/hint" },
  { name: "by text: content", selector: { by: "text", value: "hint" }, id: "left#row/name/hint" },
  { name: "by text: label", selector: { by: "text", value: "OK" }, id: "left#ok" },
  { name: "by text: value", selector: { by: "text", value: "right value" }, id: "right#row/name" },
  { name: "by text: placeholder", selector: { by: "text", value: "Choose" }, id: "left#pick" },
  { name: "not by part of a text", selector: { by: "text", value: "hin" }, id: null },
  { name: "not by text in other letters", selector: { by: "text", value: "ok" }, id: null },
  { name: "not by the title of a window", selector: { by: "text", value: "left" }, id: null },
  { name: "by role: the one in a11y", selector: { by: "role", value: "meter" }, id: "left#mark" },
  { name: "by role: the type of a node without a11y", selector: { by: "role", value: "button" }, id: "left#ok" },
  {
    name: "not by the type of a node whose a11y has another role",
    selector: { by: "role", value: "custom_thing" },
    id: null,
  },
  { name: "by role: the window itself", selector: { by: "role", value: "window" }, id: "left" },
  { name: "by label: the one in a11y", selector: { by: "label", value: "right choice" }, id: "right#pick" },
  { name: "by label: the prop label", selector: { by: "label", value: "OK" }, id: "left#ok" },
  { name: "by label: the prop content", selector: { by: "label", value: "hint" }, id: "left#row/name/hint" },
  { name: "not by label: placeholder", selector: { by: "label", value: "Choose" }, id: null },
  { name: "by focus: the first that says so", selector: { by: "focused" }, id: "left#mark" },
  { name: "not by focus when nothing says so", selector: { by: "focused" }, id: null, tree: FORM },
  { name: "nothing by an empty selector", selector: {}, id: null },
  { name: "nothing by null", selector: null, id: null },
];

function finds({ name, selector, id, tree = PAIR }: Case): Check {
  const found = id === null ? undefined : nodeOf(id, tree);
  return check(
    `[8.1/8.2] find ${name}`,
    say.snapshot(tree),
    find(selector),
    answer(found === undefined ? null : say.complete(found)),
  );
}

conformance("queries and selectors", [
  ...CASES.map(finds),
  check("[8.2] the tree is the retained root", say.snapshot(FORM), say.expectTree(FORM)),
  check(
    "[8.2] find without selector is null",
    say.snapshot(FORM),
    say.send({ type: "query", id: "q", target: "find" }),
    answer(null),
  ),
  check("[8.2] find before the first tree is null", find({ by: "id", value: "main" }), answer(null)),
  check(
    "[8.2] an unknown target is null",
    say.snapshot(FORM),
    say.send({ type: "query", id: "q", target: "windows" }),
    answer(null, "windows"),
  ),
  check(
    "[8.2] the tree is given whatever the selector says",
    say.snapshot(FORM),
    say.send({ type: "query", id: "q", target: "tree", selector: { by: "id", value: "x" } }),
    answer(say.complete(FORM), "tree"),
  ),
  check(
    "[11.4] of two nodes with one id the first is found",
    say.snapshot({
      id: "main",
      type: "window",
      children: [1, 2].map((size) => ({ id: "main#t", type: "text", props: { size } })),
    }),
    say.discard,
    find({ by: "id", value: "main#t" }),
    answer(say.complete({ id: "main#t", type: "text", props: { size: 1 } })),
  ),
  check(
    "[8.1] a whole id is found before the end of another one",
    say.snapshot({
      id: "main",
      type: "window",
      children: [
        { id: "main#form", type: "column", children: [{ id: "main#form/email", type: "text_input" }] },
        { id: "main#email", type: "text" },
      ],
    }),
    find({ by: "id", value: "main#email" }),
    answer(say.complete({ id: "main#email", type: "text" })),
    find({ by: "id", value: "form/email" }),
    answer(say.complete({ id: "main#form/email", type: "text_input" })),
  ),
  check(
    "[11.1] an id without window is found",
    say.snapshot({ id: "main", type: "window", children: [{ id: "form/email", type: "text_input" }] }),
    find({ by: "id", value: "form/email" }),
    answer(say.complete({ id: "form/email", type: "text_input" })),
  ),
  check(
    "[8.2] find searches trees without windows as well",
    say.snapshot({ id: "root", type: "column", children: [{ id: "t", type: "text" }] }),
    find({ by: "id", value: "t" }),
    answer(say.complete({ id: "t", type: "text" })),
  ),
  check(
    "[4.6] answers come in the order of the questions",
    say.send(...["a", "b", "c"].map((id) => ({ type: "query", id, target: "tree" }))),
    ["a", "b", "c"].map((id) => say.expect({ type: "query_response", id, target: "tree", data: null })),
  ),
  check(
    "[3.13] the same id may be used again",
    say.send({ type: "query", id: "q", target: "tree" }, { type: "query", id: "q", target: "tree" }),
    answer(null, "tree"),
    answer(null, "tree"),
  ),
  alone(
    "[4.1] answers carry the session of their question",
    {},
    say.send(...["s1", "s2", ""].map((session) => ({ type: "query", id: "q", target: "x", session }))),
    ["s1", "s2", ""].map((session) =>
      say.expect({ type: "query_response", session, id: "q", target: "x", data: null }),
    ),
  ),
  check(
    "[1.1] a message without session has the empty one",
    say.send({ type: "tree_hash", id: "h", name: "n" }),
    say.expect({ type: "tree_hash_response", session: "", id: "h", name: "n", hash: "" }),
  ),
]);
