import { describe, expect, test } from "vitest";
import { composite } from "../app/composite.ts";
import type { Element } from "../app/element.ts";
import { normalize } from "./normalize.ts";
import { nodesOf } from "./query.ts";
import { createTree, type Tree } from "./tree.ts";

const box = (id: string | undefined, ...children: Element[]): Element => ({ type: "column", id, children });
const text = (id?: string): Element => ({ type: "text", id, props: { content: "x" } });
const window = (...children: Element[]): Element => ({ type: "window", id: "main", children });
const pair = composite<{ readonly inner: string }, number>({
  name: "pair",
  init: () => 0,
  view: ({ inner }) => ({ type: "row", id: inner, children: [{ type: "text", id: "t" }] }),
});

function shows(tree: Tree, view: Element): string[] {
  const { diagnostics } = tree.render(view);
  expect(tree.root()).toEqual(normalize(view).root);
  for (const node of nodesOf(tree.root())) expect(tree.find(node.id)).toBe(node);
  return diagnostics.map(({ code }) => code);
}

describe("nodes of scopes that are not listed", () => {
  const rows = (...children: Element[]): Element =>
    window(box("list", ...["a", "b", "c"].map((id) => box(id, box("cell", text("t"))))), box("more", ...children));

  test("are found by their ids, level by level", () => {
    const tree = createTree();
    expect(shows(tree, rows())).toEqual([]);
    expect(tree.find("main#list/b/cell/t")?.type).toBe("text");
  });

  test("what is similar to an id is none", () => {
    const tree = createTree();
    shows(tree, rows());
    const wrong = ["", "#", "/", "main/list", "main#", "main#list/", "main#list/b/cell/t/x", "main#list/b/t", "list/b"];
    for (const id of [...wrong, "main#list#b", "/main#list", "x/".repeat(100_000)])
      expect(tree.find(id), id).toBeUndefined();
  });

  test("are found after their list has changed, and no longer when they left", () => {
    const tree = createTree();
    shows(tree, rows(text("one"), text("two")));
    shows(tree, rows(text("one"), text("three"), text("two")));
    expect(tree.find("main#more/three")).toBeDefined();
    shows(tree, rows(text("two")));
    expect(tree.find("main#more/one")).toBeUndefined();
    shows(tree, rows());
    shows(tree, rows(text("one"), box("four", text("one"))));
    shows(tree, rows(text("one"), { ...text("four"), type: "button" }));
    expect(tree.find("main#more/four/one")).toBeUndefined();
  });

  test("have handlers and composites around them", () => {
    const tree = createTree();
    const onClick = () => null;
    const button: Element = { type: "button", id: "ok", props: { label: "x", onClick } };
    const framed = composite<null, number>({ name: "framed", init: () => 0, view: () => box("frame", button) });
    tree.render(window(box("list", framed("use", null))));
    expect(tree.handler("main#list/use/frame/ok", "click")).toBe(onClick);
    expect(tree.composites("main#list/use/frame/ok")).toMatchObject([{ id: "main#list/use" }]);
  });
});

describe("an id that is taken is noticed", () => {
  const start = (...children: Element[]): Element => window(box("form", ...children), text("other"));

  test("by a new child, at the head, in the middle and at the end", () => {
    for (const at of [0, 1, 2]) {
      const tree = createTree();
      expect(shows(tree, start(text("a"), text("b")))).toEqual([]);
      expect(shows(tree, start(...[text("a"), text("b")].toSpliced(at, 0, text("a"))))).toEqual(["duplicate_id"]);
      expect(shows(tree, start(text("a"), text("b")))).toEqual([]);
      expect(shows(tree, start(text("a"), text("c")))).toEqual([]);
    }
  });

  test("in the first view", () => {
    expect(shows(createTree(), start(text("a"), text("a")))).toEqual(["duplicate_id"]);
  });

  test("by ids that become the same when they are made safe", () => {
    expect(shows(createTree(), start(text("a b"), text("a_b")))).toContain("duplicate_id");
  });

  test("by what stands in a container without id", () => {
    const tree = createTree();
    shows(tree, start(text("a"), text("b")));
    expect(shows(tree, start(text("a"), text("b"), box(undefined)))).toEqual([]);
    expect(shows(tree, start(text("a"), text("b"), box(undefined, text("b"))))).toEqual(["duplicate_id"]);
    expect(shows(createTree(), start(text("a"), box(undefined, text("a"))))).toEqual(["duplicate_id"]);
  });

  test("by a composite and by what it shows", () => {
    const tree = createTree();
    shows(tree, start(text("a"), text("b")));
    expect(shows(tree, start(text("a"), pair("a", { inner: "r" })))).toEqual(["duplicate_id"]);
    expect(shows(createTree(), start(pair("b", { inner: "r" }), text("b")))).toEqual(["duplicate_id"]);
  });

  test("in rows below a long list", () => {
    const row = (i: number, ...more: Element[]): Element => box(`row-${i}`, text("a"), ...more);
    const list = Array.from({ length: 40 }, (_, i) => row(i));
    const tree = createTree();
    shows(tree, window(box("list", ...list)));
    expect(shows(tree, window(box("list", ...list.with(20, row(20, text("b"), text("a"))))))).toEqual(["duplicate_id"]);
    expect(shows(tree, window(box("list", ...list.with(39, row(3)))))).toEqual(["duplicate_id"]);
    expect(shows(tree, window(box("list", ...list)))).toEqual([]);
  });
});

test("radios among few named children know their peers", () => {
  const radio = (value: string): Element => ({ type: "radio", id: value, props: { group: "g", value } });
  const tree = createTree();
  shows(tree, window(box("form", radio("x"), radio("y"))));
  shows(tree, window(box("form", radio("x"), radio("y"), radio("z"))));
  shows(tree, window(box("form", radio("x"))));
});

test("a view that throws leaves scopes as they were", () => {
  const tree = createTree();
  const bad = composite<null, null>({
    name: "bad",
    init: () => null,
    view: () => {
      throw new Error("no view");
    },
  });
  shows(tree, window(box("form", text("a"), text("b"))));
  expect(() => tree.render(window(box("form", text("a"), text("b"), text("c"), bad("d", null))))).toThrow("no view");
  expect(tree.find("main#form/c")).toBeUndefined();
  expect(shows(tree, window(box("form", text("a"), text("b"), text("a"))))).toEqual(["duplicate_id"]);
});
