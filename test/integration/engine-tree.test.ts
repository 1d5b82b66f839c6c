import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byteLength } from "../../src/renderer/engine/text-limit.ts";
import { apply, hash } from "../../src/tree/index.ts";
import { diagnostics, events, fixture, node, SETTINGS, talking, WINDOW } from "./engine-fixture.ts";

const MIB = 1024 * 1024;

describe("snapshot", () => {
  test("replaces the tree and shows it", () => {
    const made = talking();
    const next = node("main", "window");
    made.receive({ type: "snapshot", tree: next });
    expect(made.told).toEqual([["showTree", next]]);
  });

  test("reports duplicate ids and uses the tree anyway", () => {
    const made = talking();
    const tree = node("main", "window", {}, [
      node("main#a", "text"),
      node("main#a", "button"),
      node("auto:row:1", "row"),
      node("auto:row:1", "row"),
      node("", "row"),
      node("", "row"),
    ]);
    made.receive({ type: "snapshot", tree });
    expect(events(made.take())).toEqual([
      {
        type: "event",
        session: "",
        family: "error",
        id: "duplicate_node_ids",
        value: { error: "snapshot contains duplicate node IDs", duplicates: ["main#a (button)"] },
      },
    ]);
    expect(made.told[0]).toEqual(["showTree", tree]);
  });

  test("stops naming duplicates after 100", () => {
    const made = talking();
    const twice = Array.from({ length: 300 }, (_, index) => node(`main#${index % 150}`, "text"));
    made.receive({ type: "snapshot", tree: node("main", "window", {}, twice) });
    const [event] = events(made.take());
    const duplicates = event?.type === "event" ? (event.value as { duplicates: string[] }).duplicates : [];
    expect(duplicates).toHaveLength(101);
    expect(duplicates.at(-1)).toBe("too_many_duplicates: stopped at 100");
  });

  test("sends what was held back before it", () => {
    const made = talking();
    const slide = (value: number) =>
      made.listener.onWidgetEvent({ family: "slide", id: "main#volume", value, hint: { kind: "replace" } });
    slide(1);
    slide(2);
    made.take();
    made.receive({
      type: "snapshot",
      tree: node("main", "window", {}, [node("main#a", "text"), node("main#a", "text")]),
    });
    expect(made.take()).toMatchObject([{ family: "slide", value: 2 }, { id: "duplicate_node_ids" }]);
  });
});

describe("patch", () => {
  test("applies ops and tells the surface which took effect", () => {
    const made = talking();
    const good = { op: "update_props", path: [2], props: { label: "Saved" } };
    made.receive({
      type: "patch",
      ops: [{ op: "remove_child", path: [], index: 9 }, good, { op: "update_props", path: [9], props: {} }],
    });
    const [told] = made.told;
    expect(told?.[0] === "applyPatch" && told[1]).toEqual([good]);
    expect(told?.[0] === "applyPatch" && told[2].children[2]?.props).toEqual({ label: "Saved" });
    expect(diagnostics(made.take()).map((diagnostic) => diagnostic["kind"])).toEqual([
      "wire_input_error",
      "wire_input_error",
    ]);
  });

  test("rejects a patch in the wrong order as a whole", () => {
    const made = talking();
    made.receive({
      type: "patch",
      ops: [
        { op: "update_props", path: [0], props: { value: "b" } },
        { op: "remove_child", path: [], index: 1 },
      ],
    });
    expect(made.take()).toEqual([
      expect.objectContaining({
        family: "error",
        id: "patch_order",
        value: { error: expect.stringContaining("removes") },
      }),
    ]);
    expect(made.told).toEqual([]);
  });

  test("skips an unknown op, says which, and applies the rest", () => {
    const made = talking();
    made.receive({
      type: "patch",
      ops: [
        { op: "move_child", path: [0], index: 1, node: WINDOW },
        { op: "update_props", path: [2], props: { label: "Saved" } },
      ],
    });
    expect(made.take()).toEqual([
      {
        type: "diagnostic",
        session: "",
        level: "error",
        diagnostic: { kind: "unknown_patch_op", op: "move_child", payload: { path: [0], index: 1 } },
      },
    ]);
    expect(made.told).toHaveLength(1);
  });

  test("is ignored before the first snapshot", () => {
    const made = fixture();
    made.engine.start();
    made.receive(SETTINGS);
    made.told.splice(0);
    made.take();
    made.receive({ type: "patch", ops: [{ op: "replace_node", path: [], node: WINDOW }] });
    expect(made.told).toEqual([]);
    expect(made.take()).toEqual([]);
  });

  test("draws nothing for an empty patch", () => {
    const made = talking();
    made.receive({ type: "patch", ops: [] });
    expect(made.told).toEqual([]);
  });

  test("leaves a tree that hashes like the one the host has", () => {
    const made = talking();
    const ops = [
      { op: "remove_child", path: [], index: 1 },
      { op: "update_props", path: [0], props: { value: "z", placeholder: "p" } },
      { op: "insert_child", path: [], index: 9, node: node("main#new", "text") },
    ];
    made.receive({ type: "patch", ops }, { type: "tree_hash", id: "h", name: "n" });
    const expected = apply(WINDOW, ops as never).root;
    expect(made.take()).toEqual([expect.objectContaining({ type: "tree_hash_response", hash: hash(expected) })]);
  });
});

describe("content limits", () => {
  test.each([
    ["[R218] markdown", "markdown", "content", MIB],
    ["[R219] text editor", "text_editor", "content", 10 * MIB],
    ["text input", "text_input", "value", 64 * 1024],
  ])("%s: cuts at a character and says so, in a snapshot and in a patch", (_, type, field, cap) => {
    const made = talking();
    // The last character begins one byte before the limit.
    const text = `${"a".repeat(cap - 1)}éb`;
    made.receive({ type: "snapshot", tree: node("main", "window", {}, [node("main#t", type, { [field]: text })]) });
    const shown = made.told[0];
    const value = shown?.[0] === "showTree" ? shown[1]?.children[0]?.props[field] : undefined;
    expect(typeof value === "string" && byteLength(value)).toBe(cap - 1);
    const report = { kind: "content_length_exceeded", id: "main#t", field, actual: cap + 2, cap, truncated: cap - 1 };
    expect(diagnostics(made.take())).toEqual([report]);

    made.told.splice(0);
    made.receive({ type: "patch", ops: [{ op: "update_props", path: [0], props: { [field]: text } }] });
    const patched = made.told[0];
    const after = patched?.[0] === "applyPatch" ? patched[2].children[0]?.props[field] : undefined;
    expect(typeof after === "string" && byteLength(after)).toBe(cap - 1);
    expect(diagnostics(made.take())).toEqual([report]);
  });

  test("keeps a text of exactly the limit and long texts of other widgets", () => {
    const made = talking();
    const tree = node("main", "window", {}, [
      node("main#t", "text_input", { value: "a".repeat(64 * 1024) }),
      node("main#u", "text", { content: "a".repeat(2 * MIB) }),
    ]);
    made.receive({ type: "snapshot", tree });
    expect(made.told).toEqual([["showTree", tree]]);
    expect(made.take()).toEqual([]);
  });

  test("knows the type of a node that an earlier op of the same patch brought", () => {
    const made = talking();
    made.receive({
      type: "patch",
      ops: [
        { op: "remove_child", path: [], index: 0 },
        { op: "replace_node", path: [0], node: node("main#e", "text_input") },
        { op: "update_props", path: [0], props: { value: "a".repeat(70_000) } },
      ],
    });
    expect(diagnostics(made.take())).toEqual([expect.objectContaining({ id: "main#e", truncated: 64 * 1024 })]);
  });
});

describe("depth limit", () => {
  const chain = (levels: number): unknown => {
    let inner = node(`n${levels}`, "column");
    for (let level = levels - 1; level > 1; level -= 1) inner = node(`n${level}`, "column", {}, [inner]);
    return node("main", "window", {}, [inner]);
  };
  const depthOf = (root: { children: readonly { children: readonly never[] }[] } | null | undefined): number =>
    root === null || root === undefined ? 0 : 1 + depthOf(root.children[0] as never);

  test("[R222] shows 256 levels of 300, reports it, and goes on", () => {
    const made = talking();
    made.receive({ type: "snapshot", tree: chain(300) });
    const [shown] = made.told;
    expect(shown?.[0] === "showTree" && depthOf(shown[1] as never)).toBe(256);
    expect(diagnostics(made.take())).toEqual([{ kind: "tree_depth_exceeded", id: "n256", max_depth: 256 }]);
    made.receive({ type: "patch", ops: [{ op: "update_props", path: [0], props: { spacing: 1 } }] });
    expect(made.told).toHaveLength(2);
  });

  test("leaves a tree of 256 levels alone", () => {
    const made = talking();
    made.receive({ type: "snapshot", tree: chain(256) });
    expect(made.take()).toEqual([]);
  });

  test("does not let a patch grow the tree over the limit", () => {
    const made = talking();
    made.receive({ type: "snapshot", tree: chain(256) });
    made.take();
    const path = new Array(255).fill(0);
    made.receive({ type: "patch", ops: [{ op: "insert_child", path, index: 0, node: node("deep", "text") }] });
    expect(diagnostics(made.take())).toEqual([{ kind: "tree_depth_exceeded", id: "deep", max_depth: 256 }]);
    made.receive({ type: "query", id: "q", target: "find", selector: { by: "id", value: "deep" } });
    expect(made.take()).toEqual([expect.objectContaining({ data: null })]);
  });
});

describe("window limits", () => {
  test("[R220] [R221] clamps sizes and positions with a report each", () => {
    const made = talking();
    const props = { width: 0, height: 20_000, position: [-40_000, 40_000], min_size: { width: 5, height: 6 } };
    made.receive({ type: "snapshot", tree: node("w2", "window", props) });
    const open = made.told.find((told) => told[0] === "performWindow" && told[2] === "open");
    expect(open?.[3]).toEqual({
      width: 1,
      height: 16384,
      position: { x: -32768, y: 32768 },
      min_size: { width: 5, height: 6 },
    });
    expect(diagnostics(made.take())).toEqual(
      [
        ["width", "0", 1],
        ["height", "20000", 16384],
        ["position.x", "-40000", -32768],
        ["position.y", "40000", 32768],
      ].map(([prop, raw, clamped]) => ({
        kind: "prop_range_exceeded",
        id: "w2",
        type_name: "window",
        prop,
        raw,
        clamped,
        non_finite: false,
      })),
    );
  });

  test("leaves the sizes of other widgets alone", () => {
    const made = talking();
    const tree = node("main", "window", {}, [node("main#c", "canvas", { width: 30_000 })]);
    made.receive({ type: "snapshot", tree });
    expect(made.told).toEqual([["showTree", tree]]);
  });

  test("clamps operations too", () => {
    const made = talking();
    made.receive(
      { type: "window_op", op: "resize", window_id: "main", payload: { width: 20_000, height: 10 } },
      { type: "window_op", op: "move", window_id: "main", payload: { x: 1, y: 99_999 } },
    );
    expect(made.told).toEqual([
      ["performWindow", "main", "resize", { width: 16384, height: 10 }],
      ["performWindow", "main", "move", { x: 1, y: 32768 }],
    ]);
  });
});

test("never throws, whatever a patch says", () => {
  const value = fc.oneof(fc.integer({ min: -1, max: 4 }), fc.string(), fc.constant(null), fc.constant(WINDOW));
  const op = fc.record(
    {
      op: fc.constantFrom("update_props", "replace_node", "insert_child", "remove_child", "nonsense"),
      path: fc.oneof(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), value),
      index: value,
      node: value,
      props: fc.oneof(fc.dictionary(fc.string(), value), value),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(op, { maxLength: 8 }), (ops) => {
      const made = talking();
      made.receive({ type: "patch", ops });
      for (const message of made.take()) {
        expect(message).not.toMatchObject({ diagnostic: { kind: "renderer_runtime_error" } });
      }
    }),
  );
});
