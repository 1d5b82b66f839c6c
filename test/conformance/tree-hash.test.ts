import { createHash } from "node:crypto";

import { type Check, check } from "./support/check.ts";
import { update } from "./support/ops.ts";
import { conformance } from "./support/run.ts";
import * as say from "./support/steps.ts";
import { BUTTON } from "./support/trees.ts";

interface Vector {
  readonly name: string;
  readonly tree: say.Node;
  /** What is hashed. */
  readonly text: string;
  /** Given by the specification; otherwise computed from the text. */
  readonly hash?: string;
}

const windowWith = (props: say.Fields): say.Node => ({ id: "main", type: "window", props });
const windowText = (props: string): string => `{"children":[],"id":"main","props":{${props}},"type":"window"}`;

const VECTORS: readonly Vector[] = [
  {
    name: "the first vector of the specification",
    tree: windowWith({ width: 640, title: "Hi" }),
    text: windowText('"title":"Hi","width":640'),
    hash: "44829135ce7e624f735732bfe6c6bfd433ad1bffe66ab72ef2745e4db7cab9d7",
  },
  {
    name: "a node that leaves out props and children has them as empty",
    tree: { id: "n", type: "text" },
    text: '{"children":[],"id":"n","props":{},"type":"text"}',
  },
  {
    name: "children keep their order",
    tree: { id: "n", type: "row", children: ["b", "a"].map((id) => ({ id, type: "text" })) },
    text: '{"children":[{"children":[],"id":"b","props":{},"type":"text"},{"children":[],"id":"a","props":{},"type":"text"}],"id":"n","props":{},"type":"row"}',
  },
  {
    name: "keys are sorted at every level",
    tree: windowWith({ b: { d: 1, c: 2 }, a: [{ z: 1, y: 2 }] }),
    text: windowText('"a":[{"y":2,"z":1}],"b":{"c":2,"d":1}'),
  },
  {
    name: "capital letters sort before small ones",
    tree: windowWith({ a: 1, B: 2, _: 3 }),
    text: windowText('"B":2,"_":3,"a":1'),
  },
  {
    name: "keys sort by bytes, not by UTF-16 units",
    tree: windowWith({ "\u{1f600}": 1, "\uffee": 2 }),
    text: windowText('"\uffee":2,"\u{1f600}":1'),
  },
  { name: "digits in keys sort as text", tree: windowWith({ k10: 1, k9: 2 }), text: windowText('"k10":1,"k9":2') },
  {
    name: "keys that look like numbers sort as text",
    tree: windowWith({ 9: 1, 10: 2 }),
    text: windowText('"10":2,"9":1'),
  },
  { name: "characters beyond ASCII are not escaped", tree: windowWith({ t: "é漢🎛" }), text: windowText('"t":"é漢🎛"') },
  {
    name: "quotes, backslashes and control characters are escaped",
    tree: windowWith({ t: '"\\/\b\f\n\r\t\u0001' }),
    text: windowText('"t":"\\"\\\\/\\b\\f\\n\\r\\t\\u0001"'),
  },
  { name: "the delete character is not escaped", tree: windowWith({ t: "\u007f" }), text: windowText('"t":"\u007f"') },
  {
    name: "booleans and null",
    tree: windowWith({ a: true, b: false, c: null }),
    text: windowText('"a":true,"b":false,"c":null'),
  },
  {
    name: "null is kept inside lists and objects",
    tree: windowWith({ a: [null], b: { c: null } }),
    text: windowText('"a":[null],"b":{"c":null}'),
  },
  { name: "empty lists and objects", tree: windowWith({ a: [], b: {} }), text: windowText('"a":[],"b":{}') },
  { name: "negative integers", tree: windowWith({ a: -1 }), text: windowText('"a":-1') },
  { name: "large integers", tree: windowWith({ a: 9007199254740991 }), text: windowText('"a":9007199254740991') },
  {
    name: "fractions in their shortest form",
    tree: windowWith({ a: 0.1, b: 1.25, c: -2.5 }),
    text: windowText('"a":0.1,"b":1.25,"c":-2.5'),
  },
  { name: "0.00001 is written out", tree: windowWith({ a: 0.00001 }), text: windowText('"a":0.00001') },
  {
    name: "below 1e-5 in exponent form",
    tree: windowWith({ a: 0.000001, b: 1.5e-7 }),
    text: windowText('"a":1e-6,"b":1.5e-7'),
  },
  {
    name: "from 1e16 up floats are in exponent form, without plus sign",
    tree: windowWith({ a: 1e21, b: 1.5e300 }),
    text: windowText('"a":1e21,"b":1.5e300'),
  },
  {
    name: "the accessibility prop takes part like any other",
    tree: { id: "n", type: "text", props: { size: 1.5, a11y: { role: "label", label: "é" } } },
    text: '{"children":[],"id":"n","props":{"a11y":{"label":"é","role":"label"},"size":1.5},"type":"text"}',
  },
];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const ask = (name = "h"): say.Step[] => say.send({ type: "tree_hash", id: "1", name });
const expectHash = (hash: string, name = "h"): say.Step =>
  say.expect({ type: "tree_hash_response", id: "1", name, hash });

function hashes({ name, tree, text, hash = sha256(text) }: Vector): Check {
  return check(`[7.5] ${name}`, say.snapshot(tree), ask(), expectHash(hash));
}

conformance("tree hash", [
  ...VECTORS.map(hashes),
  check("[4.9/7.5] no tree has an empty hash", ask(), expectHash("")),
  check(
    "[3.13] the answer repeats the name",
    say.snapshot(windowWith({})),
    ask("home page"),
    expectHash(sha256(windowText("")), "home page"),
  ),
  check(
    "[7.5] the hash is that of the patched tree",
    say.snapshot(windowWith({ a: 1, b: 2 })),
    say.patch(update([], { a: null, c: 3 })),
    ask(),
    expectHash(sha256(windowText('"b":2,"c":3'))),
  ),
  check(
    "[7.5] a patched tree and the same tree sent at once have one hash",
    say.snapshot(BUTTON),
    say.patch(update([0], { label: "Go" }), update([], { title: null })),
    ask(),
    expectHash(
      sha256(
        '{"children":[{"children":[],"id":"main#save","props":{"label":"Go"},"type":"button"}],"id":"main","props":{},"type":"window"}',
      ),
    ),
  ),
  check(
    "[8.8] after a reset the hash is empty",
    say.snapshot(BUTTON),
    say.send({ type: "reset", id: "r" }),
    say.expect({ type: "reset_response", id: "r", status: "ok" }),
    ask(),
    expectHash(""),
  ),
]);
