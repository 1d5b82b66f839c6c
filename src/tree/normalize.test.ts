import { describe, expect, test } from "vitest";
import { MAX_TREE_DEPTH } from "../protocol/limits.ts";
import type { WireNode } from "../protocol/node.ts";
import { createCodec, encodeMessage } from "../wire/index.ts";
import type { AnyElement, AnyView } from "./flatten.ts";
import { DEFAULT_TREE_DEPTH, normalize } from "./normalize.ts";
import { find, nodesOf } from "./query.ts";

function el(type: string, id?: string, children?: AnyElement["children"], props?: AnyElement["props"]): AnyElement {
  return { type, id, children, props };
}

function inWindow(...children: readonly AnyElement[]): AnyElement {
  return el("window", "main", children);
}

function idsOf(view: AnyView): string[] {
  return [...nodesOf(normalize(view).root)].map(({ id }) => id);
}

function codesOf(view: AnyView): string[] {
  return normalize(view).diagnostics.map(({ code }) => code);
}

function depthOf(node: WireNode): number {
  return 1 + Math.max(0, ...node.children.map(depthOf));
}

function nested(levels: number): AnyElement {
  let element = el("text", undefined, undefined, { content: "end" });
  for (let i = 0; i < levels; i++) element = el("column", undefined, [element]);
  return inWindow(element);
}

describe("windows", () => {
  const main = el("window", "main");
  const second = el("window", "second");

  test("[R043] one window, alone, in an array or in a group, is the root", () => {
    const alone = normalize(main);
    expect(alone).toEqual({ root: { id: "main", type: "window", props: {}, children: [] }, diagnostics: [] });
    expect(normalize([main])).toEqual(alone);
    expect(normalize(el("windowGroup", undefined, [main]))).toEqual(alone);
  });

  test("[R043] a container holds several windows", () => {
    const several = normalize([main, null, second, false]);
    expect(several.root).toMatchObject({
      id: "auto:root",
      type: "container",
      children: [{ id: "main" }, { id: "second" }],
    });
    expect(normalize(el("windowGroup", undefined, [main, second]))).toEqual(several);
  });

  test("nothing is null", () => {
    expect(normalize(null)).toEqual({ root: null, diagnostics: [] });
    expect(normalize([])).toEqual({ root: null, diagnostics: [] });
  });

  test("other elements at the top, and windows inside, are kept and reported", () => {
    expect(normalize(el("column", "a"))).toMatchObject({
      root: { id: "a" },
      diagnostics: [{ code: "root_not_window" }],
    });
    expect(normalize(inWindow(second))).toMatchObject({
      root: { children: [{ id: "main#second" }] },
      diagnostics: [{ code: "window_nested", id: "main#second" }],
    });
  });
});

describe("ids", () => {
  test("[R038] containers with an id scope what is inside", () => {
    const item = (id: string) => el("row", id, [el("checkbox", "toggle")]);
    expect(idsOf(inWindow(item("a"), item("b")))).toEqual([
      "main",
      "main#a",
      "main#a/toggle",
      "main#b",
      "main#b/toggle",
    ]);
    expect(codesOf(inWindow(item("a"), item("b")))).toEqual([]);
  });

  test("[R039] elements keep their local ids", () => {
    const view = inWindow(el("column", "form", [el("text", "name")]));
    const before = structuredClone(view);
    normalize(view);
    expect(view).toEqual(before);
  });

  test("[R040] elements without id get one from parent, type and position, and add no scope", () => {
    const view = inWindow(
      el("column", undefined, [el("text", "a"), el("row"), el("row"), el("text")]),
      el("column", "form", [el("text")]),
      el("column"),
    );
    expect(idsOf(view)).toEqual([
      "main",
      "main#auto:column:0",
      "main#a",
      "main#auto:column:0/row:0",
      "main#auto:column:0/row:1",
      "main#auto:column:0/text:0",
      "main#form",
      "main#auto:form/text:0",
      "main#auto:column:1",
    ]);
  });

  test("[R028][W01] equal views have equal trees", () => {
    const view = () =>
      inWindow(el("column", undefined, [el("row", undefined, [el("text"), el("text", "a")]), el("row")]));
    expect(normalize(view())).toEqual(normalize(view()));
  });

  test("the same local id in two windows is fine", () => {
    const view = [el("window", "a", [el("text", "x")]), el("window", "b", [el("text", "x")])];
    expect(idsOf(view)).toEqual(["auto:root", "a", "a#x", "b", "b#x"]);
    expect(codesOf(view)).toEqual([]);
  });

  test("a duplicate keeps both elements on the screen, the first with its plain id", () => {
    const view = inWindow(el("text", "a"), el("row", "a", [el("text", "b")]), el("text", "a"));
    expect(idsOf(view)).toEqual(["main", "main#a", "main#a~2", "main#a~2/b", "main#a~3"]);
    expect(normalize(view).diagnostics).toMatchObject([
      { code: "duplicate_id", id: "main#a", type: "row" },
      { code: "duplicate_id", id: "main#a", type: "text" },
    ]);
  });

  test("a duplicate through containers without id is found", () => {
    const view = inWindow(el("column", undefined, [el("text", "a")]), el("row", undefined, [el("text", "a")]));
    expect(idsOf(view)).toEqual(["main", "main#auto:column:0", "main#a", "main#auto:row:0", "main#a~2"]);
    expect(codesOf(view)).toEqual(["duplicate_id"]);
  });

  test.each([
    ["", "main#auto:text:0", "empty_id"],
    ["a/b", "main#a_b", "widget_id_invalid"],
    ["a#b", "main#a_b", "widget_id_invalid"],
    ["a b", "main#a_b", "widget_id_invalid"],
    ["auto:x", "main#auto_x", "widget_id_invalid"],
    ["a\u0000", "main#a_", "widget_id_invalid"],
  ])("the id %j becomes %s and is reported", (id, wireId, code) => {
    const { root, diagnostics } = normalize(inWindow(el("text", id)));
    expect(root?.children.map((child) => child.id)).toEqual([wireId]);
    expect(diagnostics).toMatchObject([{ code, type: "text" }]);
  });

  test("an id that is too long is cut and reported", () => {
    const { root, diagnostics } = normalize(inWindow(el("text", "é".repeat(2000))));
    expect(new TextEncoder().encode(root?.children[0]?.id).length).toBeLessThan(1100);
    expect(diagnostics).toMatchObject([{ code: "widget_id_invalid" }]);
  });

  test("an id that is no string is used as text and reported", () => {
    const numbered: AnyElement = JSON.parse('{"type":"text","id":7}');
    expect(normalize(inWindow(numbered))).toMatchObject({
      root: { children: [{ id: "main#7" }] },
      diagnostics: [{ code: "widget_id_invalid" }],
    });
  });

  test("letters of every script are fine", () => {
    expect(normalize(inWindow(el("text", "größe-日本"))).diagnostics).toEqual([]);
  });
});

describe("children", () => {
  test("[R037] nested lists are flattened in order and null, false and undefined dropped", () => {
    const view = el("window", "main", [
      el("text", "a"),
      null,
      [el("text", "b"), [false, el("text", "c")], []],
      undefined,
      el("text", "d"),
    ]);
    expect(idsOf(view)).toEqual(["main", "main#a", "main#b", "main#c", "main#d"]);
    expect(codesOf(view)).toEqual([]);
  });

  test.each([["text"], [7], [true], [{}]])("%j is no child: reported, the others stay", (child) => {
    const view: AnyElement = {
      ...el("window", "main"),
      children: JSON.parse(JSON.stringify([child, el("text", "a")])),
    };
    expect(normalize(view)).toMatchObject({
      root: { children: [{ id: "main#a" }] },
      diagnostics: [{ code: "child_invalid", id: "main" }],
    });
  });

  test("reports do not repeat what the app shows", () => {
    const view: AnyElement = JSON.parse('{"type":"window","id":"main","children":["my secret"]}');
    const [diagnostic] = normalize(view).diagnostics;
    expect(diagnostic?.message).toContain("a string of 9 characters");
    expect(diagnostic?.message).not.toContain("secret");
  });

  test("a list that contains itself is walked once", () => {
    const list: unknown[] = [el("text", "a")];
    list.push(list);
    const view: AnyElement = Object.assign(el("window", "main"), { children: list });
    expect(idsOf(view)).toEqual(["main", "main#a"]);
  });
});

describe("depth", () => {
  test.each([
    [DEFAULT_TREE_DEPTH, undefined],
    [63, 63],
    [MAX_TREE_DEPTH, 256],
    [MAX_TREE_DEPTH, 100_000],
    [3, 0],
  ])("%d levels remain for maxDepth %s, a level for several windows included", (levels, maxDepth) => {
    const options = maxDepth === undefined ? {} : { maxDepth };
    const { root, diagnostics } = normalize(nested(400), options);
    if (root === null) throw new Error("a window is shown");
    expect(depthOf(root)).toBe(levels - 1);
    expect(diagnostics.map(({ code }) => code)).toEqual(["tree_depth_exceeded"]);
    const last = [...nodesOf(root)].at(-1);
    expect(last).toMatchObject({ type: "text", props: { content: "Max depth exceeded" } });
  });

  test("the deepest tree that is not cut fits into a frame of both codecs", () => {
    const { root, diagnostics } = normalize([nested(DEFAULT_TREE_DEPTH - 3), el("window", "second")]);
    if (root === null) throw new Error("windows are shown");
    expect(diagnostics).toEqual([]);
    expect(depthOf(root)).toBe(DEFAULT_TREE_DEPTH);
    for (const codec of ["json", "msgpack"] as const) {
      expect(encodeMessage({ type: "snapshot", session: "", tree: root }, codec).ok).toBe(true);
    }
  });
});

describe("accessibility", () => {
  const form = (...children: readonly AnyElement[]) => inWindow(el("column", "form", children));

  test("[R044] references become ids of the element's siblings", () => {
    const { root, diagnostics } = normalize(
      form(
        el("text", "label"),
        el("text_input", "name", undefined, { a11y: { labelledBy: "label", described_by: "label" } }),
      ),
    );
    expect(find(root, "name")?.props["a11y"]).toEqual({
      labelled_by: "main#form/label",
      described_by: "main#form/label",
    });
    expect(diagnostics).toEqual([]);
  });

  test("wire ids, and texts of messages, stay as they are", () => {
    const a11y = { labelledBy: "main#form/name", errorMessage: "Too short." };
    const { root, diagnostics } = normalize(form(el("text_input", "name", undefined, { a11y })));
    expect(find(root, "name")?.props["a11y"]).toEqual({ labelled_by: "main#form/name", error_message: "Too short." });
    expect(diagnostics).toEqual([]);
  });

  test("a reference to nothing is sent and reported", () => {
    expect(normalize(form(el("text", "a", undefined, { a11y: { labelledBy: "nobody" } }))).diagnostics).toMatchObject([
      { code: "a11y_ref_unresolved", id: "main#form/a", prop: "labelled_by" },
    ]);
  });

  test("radios of one scope and group know their peers and the selected one", () => {
    const radio = (value: string, group = "size") => el("radio", value, undefined, { value, selected: "m", group });
    const { root } = normalize(form(radio("s"), radio("m"), radio("x", "other")));
    const peers = { radio_group: ["main#form/s", "main#form/m"], active_descendant: "main#form/m" };
    expect(find(root, "s")?.props["a11y"]).toEqual(peers);
    expect(find(root, "m")?.props["a11y"]).toEqual(peers);
    expect(find(root, "x")?.props["a11y"]).toEqual({ radio_group: ["main#form/x"] });
  });

  test("a group of the same name in another scope is another group", () => {
    const choice = (id: string) => el("row", id, [el("radio", "a", undefined, { value: "a", group: "g" })]);
    const { root } = normalize(inWindow(choice("one"), choice("two")));
    expect(find(root, "main#one/a")?.props["a11y"]).toEqual({ radio_group: ["main#one/a"] });
  });

  test.each([
    [{ required: true }, { required: true }],
    [{ validation: "valid" }, { invalid: false }],
    [{ validation: ["invalid", "Too short"] }, { invalid: true, error_message: "Too short" }],
    [{ validation: { state: "invalid", message: "No" } }, { invalid: true, error_message: "No" }],
    [{ validation: "pending" }, undefined],
    [
      { required: true, a11y: { required: false, label: "Name" } },
      { required: false, label: "Name" },
    ],
  ])("%j of an input becomes %j", (props, a11y) => {
    const { root } = normalize(form(el("text_input", "name", undefined, { value: "", ...props })));
    expect(find(root, "name")?.props["a11y"]).toEqual(a11y);
  });

  test("required and validation of other widgets are not projected", () => {
    const { root } = normalize(form(el("column", "a", undefined, { required: true })));
    expect(find(root, "a")?.props["a11y"]).toBeUndefined();
  });
});

test("[R206][R211][R213] each stage can be called alone, and both codecs carry the same tree", () => {
  const built = inWindow(
    el("column", "form", [el("text", undefined, undefined, { content: "hé" })], { padding: [1, 2] }),
  );
  const { root } = normalize(built);
  for (const name of ["json", "msgpack"] as const) {
    const codec = createCodec(name);
    const payload = codec.encode(root);
    expect(payload.ok && codec.decode(payload.value)).toEqual({ ok: true, value: root });
  }
});

test("[R029][R041] a node written by hand is normalized like a builder's, without a runtime", () => {
  expect(
    normalize({ type: "window", id: "main", children: [{ type: "text", props: { content: "hi" } }] }).root,
  ).toEqual({
    id: "main",
    type: "window",
    props: {},
    children: [{ id: "main#auto:text:0", type: "text", props: { content: "hi" }, children: [] }],
  });
});
