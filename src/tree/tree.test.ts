import { describe, expect, test } from "vitest";
import type { WireNode } from "../protocol/node.ts";
import type { PatchOp } from "../protocol/patch.ts";
import { createCodec } from "../wire/index.ts";
import { apply } from "./apply.ts";
import { equal } from "./equal.ts";
import type { AnyElement, AnyView } from "./flatten.ts";
import { normalize } from "./normalize.ts";
import { createTree, type RenderResult, type Tree } from "./tree.ts";

const CODECS = [createCodec("json"), createCodec("msgpack")];
const LONG = "x".repeat(200);

function el(
  type: string,
  id: string | undefined,
  props?: AnyElement["props"],
  children?: AnyElement["children"],
): AnyElement {
  return { type, id, props, children };
}

function inWindow(...children: readonly AnyElement[]): AnyElement {
  return el("window", "main", { title: "T" }, children);
}

function rows(ids: string): AnyElement {
  return inWindow(...[...ids].map((id) => el("text", id, { content: LONG + id })));
}

function opsOf(result: RenderResult): readonly PatchOp[] {
  if (result.kind !== "patch") throw new Error(`expected a patch, the result is ${result.kind}`);
  return result.ops;
}

/** The second view's ops are these, and lead to what `normalize` gives for it, in memory and through each codec. */
function expectOps(first: AnyView, second: AnyView, expected: readonly PatchOp[]): void {
  const tree = createTree();
  tree.render(first);
  const before = tree.root();
  const ops = opsOf(tree.render(second));
  expect(ops).toEqual(expected);
  const after = normalize(second).root;
  expect(tree.root()).toEqual(after);
  expect(equal(apply(before, ops).root, after)).toBe(true);
  for (const codec of CODECS) {
    const payload = codec.encode(ops);
    if (!payload.ok) throw payload.error;
    const received = codec.decode(payload.value);
    if (!received.ok || !Array.isArray(received.value)) throw new Error("a patch is a list");
    expect(equal(apply(before, received.value).root, after)).toBe(true);
  }
}

function wireText(id: string): WireNode {
  return { id: `main#${id}`, type: "text", props: { content: LONG + id }, children: [] };
}

/** An element whose props and children can be locked: reading them then throws. */
function lockable(element: AnyElement): { readonly element: AnyElement; lock: () => void } {
  let isLocked = false;
  const open = () => {
    if (isLocked) throw new Error("looked into");
    return element;
  };
  return {
    element: {
      type: element.type,
      id: element.id,
      get props() {
        return open().props;
      },
      get children() {
        return open().children;
      },
    },
    lock: () => {
      isLocked = true;
    },
  };
}

describe("results", () => {
  test("[R026][R046] the first render is a snapshot of what normalize gives", () => {
    const view = rows("ab");
    expect(createTree().render(view)).toEqual({ kind: "snapshot", root: normalize(view).root, diagnostics: [] });
  });

  test("[R048] the same view, and an equal one, change nothing", () => {
    const tree = createTree();
    const view = rows("ab");
    tree.render(view);
    expect(tree.render(view)).toEqual({ kind: "unchanged", diagnostics: [] });
    expect(tree.render(rows("ab"))).toEqual({ kind: "unchanged", diagnostics: [] });
  });

  test("[R045][R047] a changed label is a patch with one op", () => {
    const view = (content: string) => inWindow(el("column", undefined, {}, [el("text", "a", { content })]));
    expectOps(view("one"), view("two"), [{ op: "update_props", path: [0, 0], props: { content: "two" } }]);
  });

  test("[R051] after reset the next render is a snapshot, also of the same view", () => {
    const tree = createTree();
    const view = rows("ab");
    tree.render(view);
    tree.reset();
    expect(tree.render(view)).toMatchObject({ kind: "snapshot", root: { id: "main" } });
    expect(tree.render(view).kind).toBe("unchanged");
  });

  test("a view that begins or ends to show nothing gives a snapshot", () => {
    const tree = createTree();
    expect(tree.render(null)).toMatchObject({ kind: "snapshot", root: null });
    expect(tree.render(null).kind).toBe("unchanged");
    expect(tree.render(rows("a"))).toMatchObject({ kind: "snapshot", root: { id: "main" } });
    expect(tree.render(null)).toMatchObject({ kind: "snapshot", root: null });
    expect(tree.root()).toBeNull();
  });

  test("a second window replaces the root, a third is an insert", () => {
    const windows = (...ids: readonly string[]) => ids.map((id) => el("window", id, { title: LONG }));
    const root = normalize(windows("a", "b")).root;
    if (root === null) throw new Error("windows are shown");
    expectOps(windows("a"), windows("a", "b"), [{ op: "replace_node", path: [], node: root }]);
    expectOps(windows("a", "b"), windows("a", "b", "c"), [
      {
        op: "insert_child",
        path: [],
        index: 2,
        node: { id: "c", type: "window", props: { title: LONG }, children: [] },
      },
    ]);
  });

  test("[W01] containers without ids do not change between renders", () => {
    const view = (count: number) =>
      inWindow(el("column", undefined, {}, [el("row", undefined, {}, [el("text", "count", { content: `${count}` })])]));
    expectOps(view(1), view(2), [{ op: "update_props", path: [0, 0, 0], props: { content: "2" } }]);
  });
});

describe("ops", () => {
  test("removes from the back, changes, inserts from the front", () => {
    expectOps(rows("abcde"), rows("adxce"), [
      { op: "remove_child", path: [], index: 3 },
      { op: "remove_child", path: [], index: 1 },
      { op: "insert_child", path: [], index: 1, node: wireText("d") },
      { op: "insert_child", path: [], index: 2, node: wireText("x") },
    ]);
  });

  test("[W02] one row of a thousand moves with one remove and one insert", () => {
    const list = (ids: readonly number[]) => inWindow(...ids.map((id) => el("text", `r${id}`, { content: LONG })));
    const before = Array.from({ length: 1000 }, (_, i) => i);
    const tree = createTree();
    tree.render(list(before));
    const ops = opsOf(tree.render(list(before.toSpliced(800, 1).toSpliced(200, 0, 800))));
    expect(ops.map(({ op }) => op)).toEqual(["remove_child", "insert_child"]);
    expect(JSON.stringify(ops).length).toBeLessThan(1000);
  });

  test("[W03] a list in a prop is compared in order", () => {
    const canvas = (ids: string) => inWindow(el("canvas", "c", { layers: [...ids].map((id) => ({ id })) }));
    expectOps(canvas("xy"), canvas("yx"), [
      { op: "update_props", path: [0], props: { layers: [{ id: "y" }, { id: "x" }] } },
    ]);
  });

  test("[W04] deep props that are equal are no change, and a deep change is one", () => {
    const canvas = (end: number) => {
      let layers: unknown = end;
      for (let i = 0; i < 20; i++) layers = { layers };
      return inWindow(el("canvas", "c", { layers }));
    };
    const tree = createTree();
    tree.render(canvas(1));
    expect(tree.render(canvas(1)).kind).toBe("unchanged");
    expect(opsOf(tree.render(canvas(2)))).toHaveLength(1);
  });

  test("another type under the same id replaces the node", () => {
    expectOps(inWindow(el("text", "a"), el("text", "b")), inWindow(el("text", "a"), el("rule", "b")), [
      { op: "replace_node", path: [1], node: { id: "main#b", type: "rule", props: {}, children: [] } },
    ]);
  });

  test("[R038] rows keep their inner nodes when they move", () => {
    const list = (...ids: readonly string[]) =>
      inWindow(...ids.map((id) => el("row", id, {}, [el("text", "label", { content: LONG })])));
    const tree = createTree();
    tree.render(list("a", "b", "c"));
    const inner = tree.find("main#c/label");
    expect(tree.render(list("c", "a", "b"))).toMatchObject({
      kind: "patch",
      ops: [
        { op: "remove_child", index: 2 },
        { op: "insert_child", index: 0 },
      ],
      diagnostics: [],
    });
    expect(tree.find("main#c/label")).toBe(inner);
  });

  test("an id may go from one element to another in one render", () => {
    const first = inWindow(el("column", undefined, {}, [el("text", "a", { content: LONG })]), el("row", undefined));
    const second = inWindow(el("column", undefined), el("row", undefined, {}, [el("text", "a", { content: LONG })]));
    const tree = createTree();
    tree.render(first);
    const result = tree.render(second);
    expect(result.diagnostics).toEqual([]);
    expect(tree.root()).toEqual(normalize(second).root);
  });

  test("radios learn of a peer that is added, by ops that follow the order rule", () => {
    const radios = (...values: readonly string[]) =>
      inWindow(...values.map((value) => el("radio", value, { value, group: "g", selected: "a", label: LONG })));
    const tree = createTree();
    tree.render(radios("a", "b"));
    const before = tree.root();
    const result = apply(before, opsOf(tree.render(radios("a", "x", "b"))));
    expect(result).toMatchObject({ kind: "applied", skipped: [] });
    expect(equal(result.root, normalize(radios("a", "x", "b")).root)).toBe(true);
  });
});

describe("[W05] identity is the memo", () => {
  test("an element that is the same object is not looked into", () => {
    const kept = lockable(el("column", "kept", {}, [el("text", "x", { content: "1" })]));
    const view = (content: string) => inWindow(kept.element, el("text", "a", { content }));
    const tree = createTree();
    tree.render(view("1"));
    kept.lock();
    expect(opsOf(tree.render(view("2")))).toEqual([{ op: "update_props", path: [1], props: { content: "2" } }]);
    expect(() => createTree().render(view("2"))).toThrow("looked into");
  });

  test("an unchanged subtree keeps its wire nodes", () => {
    const view = (content: string) =>
      inWindow(el("column", "a", {}, [el("text", "x", { content: "same" })]), el("text", "b", { content }));
    const tree = createTree();
    tree.render(view("1"));
    const before = tree.root();
    tree.render(view("2"));
    expect(tree.root()).not.toBe(before);
    expect(tree.root()?.children[0]).toBe(before?.children[0]);
  });
});

describe("[W06] a render that throws", () => {
  class Throws {
    toWire(): never {
      throw new Error("no form");
    }
  }

  test("leaves the tree, its ids and its handlers as they were", () => {
    const onClick = () => {};
    const good = inWindow(el("text", "a", { content: "1" }), el("button", "b", { label: "x", onClick }));
    const bad = inWindow(
      el("text", "a", { content: "2" }),
      el("text", "new"),
      el("button", "b", { label: "y", onClick: () => {} }),
      el("canvas", "c", { layers: new Throws() }),
    );
    const tree = createTree();
    tree.render(good);
    const before = structuredClone(tree.root());
    expect(() => tree.render(bad)).toThrow("no form");
    expect(tree.root()).toEqual(before);
    expect(tree.find("main#new")).toBeUndefined();
    expect(tree.handler("main#b", "click")).toBe(onClick);
    expect(tree.render(good).kind).toBe("unchanged");
    const next = inWindow(el("text", "a", { content: "3" }), el("button", "b", { label: "x", onClick }));
    expect(opsOf(tree.render(next))).toEqual([{ op: "update_props", path: [0], props: { content: "3" } }]);
  });

  test("does not count as the first one", () => {
    const tree = createTree();
    expect(() => tree.render(inWindow(el("canvas", "c", { layers: new Throws() })))).toThrow("no form");
    expect(tree.root()).toBeNull();
    expect(tree.render(rows("a")).kind).toBe("snapshot");
  });

  test("does not disturb another tree", () => {
    const one = createTree();
    const other = createTree();
    one.render(rows("a"));
    other.render(rows("b"));
    expect(() => one.render(inWindow(el("canvas", "c", { layers: new Throws() })))).toThrow("no form");
    expect(other.render(rows("b")).kind).toBe("unchanged");
  });
});

describe("handlers", () => {
  const first = () => {};
  const second = () => {};

  test("are found by wire id and family, as of the last render, and cost no op", () => {
    const view = (onClick: () => void) => inWindow(el("button", "b", { label: "x", onClick }));
    const tree = createTree();
    tree.render(view(first));
    expect(tree.handler("main#b", "click")).toBe(first);
    expect(tree.render(view(second)).kind).toBe("unchanged");
    expect(tree.handler("main#b", "click")).toBe(second);
    expect(tree.handler("main#b", "input")).toBeUndefined();
    expect(tree.handler("main#nobody", "click")).toBeUndefined();
  });

  test("of grouped radios are found by group and value", () => {
    const tree = createTree();
    tree.render(
      inWindow(
        el("radio", "a", { group: "g", value: "a", onSelect: first }),
        el("radio", "b", { group: "g", value: "b", onSelect: second }),
      ),
    );
    expect(tree.handler("g", "select", "a")).toBe(first);
    expect(tree.handler("g", "select", "b")).toBe(second);
    expect(tree.handler("g", "select", "c")).toBeUndefined();
  });
});

describe("[W07] windows", () => {
  test("keep the same props object while nothing in it changed", () => {
    const view = (title: string, content: string) =>
      el("window", "main", { title, a11y: { label: "L" } }, [el("text", "a", { content })]);
    const tree = createTree();
    tree.render(view("T", "1"));
    const [before] = tree.windows();
    tree.render(view("T", "2"));
    expect(tree.windows()[0]?.props).toBe(before?.props);
    tree.render(view("U", "2"));
    expect(tree.windows()).toEqual([{ id: "main", props: { title: "U", a11y: { label: "L" } } }]);
  });

  test("other elements at the top are none", () => {
    const tree = createTree();
    tree.render([el("window", "a"), el("column", "b")]);
    expect(tree.windows().map(({ id }) => id)).toEqual(["a"]);
  });
});

describe("diagnostics", () => {
  test("are given once for a place, by each tree", () => {
    const view = (content: string) => inWindow(el("text", "a", { content, colour: "red" }), el("text", "a"));
    const tree = createTree();
    const codes = (shown: Tree, content: string) => shown.render(view(content)).diagnostics.map(({ code }) => code);
    expect(codes(tree, "1").toSorted()).toEqual(["duplicate_id", "prop_unknown"]);
    expect(codes(tree, "2")).toEqual([]);
    expect(codes(createTree(), "1")).toHaveLength(2);
  });

  test("a duplicate that goes away gives the plain id back", () => {
    const tree = createTree();
    tree.render(inWindow(el("text", "a", { content: "1" }), el("rule", "a")));
    expect(tree.find("main#a~2")?.type).toBe("rule");
    tree.render(inWindow(el("rule", "a")));
    expect(tree.find("main#a~2")).toBeUndefined();
    expect(tree.root()).toEqual(normalize(inWindow(el("rule", "a"))).root);
  });

  test("depth is limited as in normalize, also when it is reached later", () => {
    const nested = (levels: number) => {
      let element = el("text", undefined);
      for (let i = 0; i < levels; i++) element = el("column", undefined, {}, [element]);
      return inWindow(element);
    };
    const tree = createTree({ maxDepth: 6 });
    tree.render(nested(2));
    expect(tree.render(nested(9)).diagnostics).toMatchObject([{ code: "tree_depth_exceeded" }]);
    expect(tree.root()).toEqual(normalize(nested(9), { maxDepth: 6 }).root);
    tree.render(nested(2));
    expect(tree.root()).toEqual(normalize(nested(2)).root);
  });
});
