import { describe, expect, test } from "vitest";
import { type CompositeBuilder, composite } from "../app/composite.ts";
import type { AnyElement } from "./flatten.ts";
import { normalize } from "./normalize.ts";
import { find } from "./query.ts";
import { createTree, type Tree } from "./tree.ts";

/** A counter that notes its views. */
function counterWith(log: string[] = []) {
  return composite<{ readonly label: string }, number>({
    name: "counter",
    init: () => 0,
    view: ({ label }, count) => {
      log.push(`${label} ${count}`);
      return {
        type: "row",
        children: [
          { type: "text", id: "label", props: { content: `${label} ${count}` } },
          { type: "button", id: "more", props: { label: "+" } },
        ],
      };
    },
  });
}

function inWindow(...children: readonly AnyElement[]): AnyElement {
  return { type: "window", id: "main", children };
}

function setState(tree: Tree, wireId: string, state: unknown): void {
  const handle = tree.composites(wireId)[0];
  if (handle === undefined) throw new Error(`no composite at ${wireId}`);
  handle.setState(state);
}

const contentOf = (tree: Tree, wireId: string) => tree.find(wireId)?.props["content"];

describe("expansion", () => {
  test("the root of a composite's view takes its id, inner ids are in its scope", () => {
    const counter = counterWith();
    const { root, diagnostics } = normalize(inWindow(counter("a", { label: "A" }), counter("b", { label: "B" })));
    expect(diagnostics).toEqual([]);
    expect(root?.children.map(({ id, type }) => [id, type])).toEqual([
      ["main#a", "row"],
      ["main#b", "row"],
    ]);
    expect(find(root, "main#b/label")?.props).toEqual({ content: "B 0" });
  });

  test("a root with an id of its own is inside the composite's scope", () => {
    const named = composite<null, null>({
      name: "named",
      init: () => null,
      view: () => ({ type: "column", id: "box", children: [{ type: "text", id: "x" }] }),
    });
    const { root } = normalize(inWindow(named("a", null)));
    expect(root?.children[0]?.id).toBe("main#a/box");
    expect(root?.children[0]?.children[0]?.id).toBe("main#a/box/x");
  });

  test("a composite may be a window, and may show another composite", () => {
    const counter = counterWith();
    const outer = composite<null, null>({
      name: "outer",
      init: () => null,
      view: () => ({ type: "window", children: [counter("inner", { label: "I" })] }),
    });
    const { root, diagnostics } = normalize(outer("main", null));
    expect(diagnostics).toEqual([]);
    expect(find(root, "main#inner/label")?.props).toEqual({ content: "I 0" });
  });

  test("a composite that shows itself, or no element, throws with its name", () => {
    const endless: CompositeBuilder<null> = composite<null, null>({
      name: "endless",
      init: () => null,
      view: () => endless("x", null),
    });
    expect(() => normalize(inWindow(endless("a", null)))).toThrow(/"endless".*shows itself/);
    const empty = composite<null, null>({ name: "empty", init: () => null, view: () => JSON.parse("null") });
    expect(() => normalize(inWindow(empty("a", null)))).toThrow(/"empty".*must return an element/);
  });
});

describe("state", () => {
  test("is shown by the next render, also of the same view, as one op", () => {
    const counter = counterWith();
    const view = inWindow(counter("a", { label: "A" }), counter("b", { label: "B" }));
    const tree = createTree();
    tree.render(view);
    setState(tree, "main#b/more", 5);
    expect(tree.render(view)).toMatchObject({
      kind: "patch",
      ops: [{ op: "update_props", path: [1, 0], props: { content: "B 5" } }],
    });
    expect(tree.render(view).kind).toBe("unchanged");
  });

  test("is kept by id when the composite moves, and gone when it left", () => {
    const counter = counterWith();
    const view = (...ids: readonly string[]) => inWindow(...ids.map((id) => counter(id, { label: id })));
    const tree = createTree();
    tree.render(view("a", "b", "c"));
    setState(tree, "main#c", 3);
    tree.render(view("c", "a", "b"));
    expect(contentOf(tree, "main#c/label")).toBe("c 3");
    tree.render(view("a", "b"));
    tree.render(view("a", "b", "c"));
    expect(contentOf(tree, "main#c/label")).toBe("c 0");
  });

  test("of one that has left the tree changes nothing", () => {
    const counter = counterWith();
    const tree = createTree();
    tree.render(inWindow(counter("a", { label: "A" })));
    const [gone] = tree.composites("main#a");
    tree.render(inWindow());
    tree.render(inWindow(counter("a", { label: "A" })));
    gone?.setState(9);
    expect(tree.render(inWindow(counter("a", { label: "A" }))).kind).toBe("unchanged");
    expect(tree.composites("main#a")[0]?.state).toBe(0);
  });

  test("begins anew for another definition under the same id", () => {
    const one = counterWith();
    const other = counterWith();
    const tree = createTree();
    tree.render(inWindow(one("a", { label: "A" })));
    setState(tree, "main#a", 4);
    tree.render(inWindow(other("a", { label: "A" })));
    expect(contentOf(tree, "main#a/label")).toBe("A 0");
  });

  test("stays over a reset", () => {
    const counter = counterWith();
    const view = inWindow(counter("a", { label: "A" }));
    const tree = createTree();
    tree.render(view);
    setState(tree, "main#a", 2);
    tree.reset();
    tree.render(view);
    expect(contentOf(tree, "main#a/label")).toBe("A 2");
  });
});

test("a composite is shown again only when its props or its state changed", () => {
  const log: string[] = [];
  const counter = counterWith(log);
  const view = (label: string) => inWindow(counter("a", { label }), counter("b", { label: "B" }));
  const tree = createTree();
  tree.render(view("A"));
  tree.render(view("A"));
  expect(log).toEqual(["A 0", "B 0"]);
  tree.render(view("X"));
  expect(log.splice(0)).toEqual(["A 0", "B 0", "X 0"]);
  setState(tree, "main#b", 0);
  expect(tree.render(view("X")).kind).toBe("unchanged");
  setState(tree, "main#b", 1);
  tree.render(view("X"));
  expect(log).toEqual(["B 1"]);
});

test("a prop that is added or left out shows the composite again", () => {
  const note = composite<{ readonly text: string; readonly hint?: string }, null>({
    name: "note",
    init: () => null,
    view: ({ text, hint }) => ({ type: "text", props: { content: `${text} ${hint ?? "none"}` } }),
  });
  const tree = createTree();
  tree.render(inWindow(note("a", { text: "T" })));
  tree.render(inWindow(note("a", { text: "T", hint: "H" })));
  expect(contentOf(tree, "main#a")).toBe("T H");
  tree.render(inWindow(note("a", { text: "T" })));
  expect(contentOf(tree, "main#a")).toBe("T none");
});

test("composites around a node are listed innermost first, with the handlers on their elements", () => {
  const counter = counterWith();
  const outer = composite<{ readonly label: string }, null>({
    name: "outer",
    init: () => null,
    view: ({ label }) => ({ type: "column", children: [counter("inner", { label })] }),
  });
  const onDone = () => ({});
  const tree = createTree();
  tree.render(inWindow(outer("o", { label: "L" }, { onDone })));
  const handles = tree.composites("main#o/inner/more");
  expect(handles.map(({ id, definition }) => [id, definition.name])).toEqual([
    ["main#o/inner", "counter"],
    ["main#o", "outer"],
  ]);
  expect(handles[0]?.props).toEqual({ label: "L" });
  expect(handles[1]?.handler("done")).toBe(onDone);
  expect(handles[1]?.handler("other")).toBeUndefined();
  expect(tree.composites("main#nobody")).toEqual([]);
});

test("a composite's view that throws leaves states and tree as they were", () => {
  const fragile = composite<{ readonly isBroken: boolean }, number>({
    name: "fragile",
    init: () => 0,
    view: ({ isBroken }, count) => {
      if (isBroken) throw new Error("broken view");
      return { type: "text", props: { content: `${count}` } };
    },
  });
  const counter = counterWith();
  const view = (label: string, isBroken: boolean) => inWindow(counter("a", { label }), fragile("f", { isBroken }));
  const tree = createTree();
  tree.render(view("A", false));
  setState(tree, "main#a", 7);
  const before = structuredClone(tree.root());
  expect(() => tree.render(view("B", true))).toThrow("broken view");
  expect(tree.root()).toEqual(before);
  expect(tree.composites("main#a")[0]?.props).toEqual({ label: "A" });
  tree.render(view("A", false));
  expect(contentOf(tree, "main#a/label")).toBe("A 7");
});

test("a new state is shown in a long list whose elements are the same as before", () => {
  const counter = counterWith();
  const children = Array.from({ length: 40 }, (_, i) => counter(`c${i}`, { label: `${i}` }));
  const tree = createTree();
  tree.render(inWindow(...children));
  setState(tree, "main#c17", 5);
  tree.render(inWindow(...children));
  expect(contentOf(tree, "main#c17/label")).toBe("17 5");
  setState(tree, "main#c39", 2);
  tree.render(inWindow(...children.toSpliced(3, 1)));
  expect(contentOf(tree, "main#c39/label")).toBe("39 2");
  expect(tree.find("main#c3")).toBeUndefined();
});
