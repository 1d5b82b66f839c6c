import { describe, expect, test } from "vitest";
import { MAX_NESTING, MAX_PATCH_PATH } from "../protocol/limits.ts";
import { decodeMessage } from "./decode.ts";
import { readTreeMessage } from "./json-trees.ts";

const NODE = { id: "main", type: "window", props: { title: "T", size: [1, 0.5], a11y: { label: null } }, children: [] };
const OPS = [
  { op: "remove_child", path: [0], index: 2 },
  { op: "update_props", path: [0, 1], props: { content: "x", color: null } },
  { op: "replace_node", path: [0, 2], node: { ...NODE, children: [NODE, NODE] } },
  { op: "insert_child", path: [], index: 0, node: NODE },
];

const snapshot = (tree: unknown): string => JSON.stringify({ type: "snapshot", tree });
const patch = (...ops: unknown[]): string => JSON.stringify({ type: "patch", ops });
const update = (value: string): string =>
  `{"type":"patch","ops":[{"op":"update_props","path":[],"props":{"p":${value}}}]}`;

function nested(levels: number): string {
  return `${"[".repeat(levels)}1${"]".repeat(levels)}`;
}

describe("trees that need no change are read at once", () => {
  test.each([
    ["a snapshot", snapshot(NODE)],
    ["with a session", JSON.stringify({ type: "snapshot", session: "s", tree: NODE })],
    ["a patch with every op", patch(...OPS)],
    ["a patch without ops", patch()],
    ["the longest path", patch({ op: "update_props", path: Array(MAX_PATCH_PATH).fill(0), props: {} })],
    ["exact numbers", update(`[${Number.MAX_SAFE_INTEGER},-${Number.MAX_SAFE_INTEGER},0.1,-0,1e3]`)],
    ["values as deep as allowed", update(nested(MAX_NESTING - 4))],
  ])("%s", (_, text) => {
    expect(readTreeMessage(text)).toEqual(JSON.parse(text));
    expect(decodeMessage(text, "to-renderer")).toEqual({ ok: true, value: JSON.parse(text) });
  });
});

describe("everything else is left to the schemas, with their errors", () => {
  test.each([
    ["another message", '{"type":"subscribe","kind":"k","tag":"t"}', "ok"],
    ["a type that is said twice", '{"type":"patch","type":"subscribe","kind":"k","tag":"t"}', "ok"],
    ["another order of fields", JSON.stringify({ tree: NODE, type: "snapshot" }), "ok"],
    ["no JSON", '{"type":"patch","ops":[}', "decode-invalid-json"],
    ["an unknown field", JSON.stringify({ type: "patch", ops: [], more: 1 }), "ok"],
    ["a session that is no text", JSON.stringify({ type: "patch", session: 1, ops: [] }), "decode-failed"],
    ["no ops", '{"type":"patch"}', "decode-failed"],
    ["ops that are no list", '{"type":"patch","ops":{}}', "decode-failed"],
    ["no tree", '{"type":"snapshot","tree":null}', "decode-failed"],
    ["a tree that is a list", '{"type":"snapshot","tree":[]}', "decode-failed"],
    ["a node without children", snapshot({ id: "a", type: "text", props: {} }), "ok"],
    ["a node without id", snapshot({ type: "text", props: {}, children: [] }), "decode-failed"],
    ["a node with a type that is no text", snapshot({ ...NODE, type: 1 }), "decode-failed"],
    ["a node with more than a node has", snapshot({ ...NODE, more: 1 }), "ok"],
    ["props that are a list", snapshot({ ...NODE, props: [] }), "decode-failed"],
    ["a child that is no node", snapshot({ ...NODE, children: [NODE, 1] }), "decode-failed"],
    ["an op without a name", patch({ path: [], index: 0 }), "ok"],
    ["an op of an unknown name", patch({ op: "move_child", path: [], index: 0 }), "ok"],
    ["an op that is none", patch(null, 1, []), "ok"],
    ["an index below 0", patch({ op: "remove_child", path: [], index: -1 }), "ok"],
    ["a path with a fraction", patch({ op: "remove_child", path: [0.5], index: 0 }), "ok"],
    ["a path that is too long", patch({ op: "update_props", path: Array(300).fill(0), props: {} }), "ok"],
    ["a number that is not finite", update("1e999"), "ok"],
    ["an integer that is not exact", update("9007199254740993"), "decode-unsafe-integer"],
    ["an index that is not exact", patch().replace("[]", '[{"index":9007199254740993}]'), "decode-unsafe-integer"],
    ["a reserved key", update('{"__proto__":{"polluted":true}}'), "decode-reserved-key"],
    ["a reserved key that is escaped", update('{"const\\u0072uctor":1}'), "decode-reserved-key"],
    ["a reserved name of a prop", update("1").replace('"p"', '"prototype"'), "decode-reserved-key"],
    ["values that are too deep", update(nested(MAX_NESTING - 3)), "decode-too-deep"],
    ["too deep and no JSON", update(nested(MAX_NESTING)).slice(0, -2), "decode-too-deep"],
  ])("%s", (_, text, outcome) => {
    expect(readTreeMessage(text)).toBeUndefined();
    const decoded = decodeMessage(text, "to-renderer");
    expect(decoded.ok ? "ok" : decoded.error.code).toBe(outcome);
  });

  test("a text that could hold more values than the schemas take", () => {
    const text = update(`"${"x".repeat(8_000_000)}"`);
    expect(readTreeMessage(text)).toBeUndefined();
    expect(decodeMessage(text, "to-renderer").ok).toBe(true);
  });
});
