import { describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../protocol/index.ts";
import { by, selectAll, selectOne } from "./selector.ts";

const tree: WireNode = node("auto:root", "container", {}, [
  node("main", "window", {}, [
    node("main#form", "column", {}, [
      node("main#form/save", "button", { label: "Save" }),
      node("main#form/note", "text", { content: "Save", a11y: { role: "status", label: "State" } }),
    ]),
    node("main#unsaved", "text", { content: "" }),
  ]),
  node("tools", "window", {}, [node("tools#save", "button", { label: "Keep", focused: true })]),
]);

function node(id: string, type: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type, props, children };
}

function ids(...given: Parameters<typeof selectAll>): readonly string[] {
  return selectAll(...given).map(({ id }) => id);
}

describe("selectors", () => {
  test("an id is a local id, a path or a wire id, and ends at a boundary", () => {
    expect(ids(tree, "save")).toEqual(["main#form/save", "tools#save"]);
    expect(ids(tree, "form/save")).toEqual(["main#form/save"]);
    expect(ids(tree, "tools#save")).toEqual(["tools#save"]);
    expect(ids(tree, "saved")).toEqual([]);
    expect(ids(tree, by.id("save", { windowId: "tools" }))).toEqual(["tools#save"]);
  });

  test("a role is the given one, or else the type", () => {
    expect(ids(tree, by.role("button"))).toEqual(["main#form/save", "tools#save"]);
    expect(ids(tree, by.role("status", { name: "State" }))).toEqual(["main#form/note"]);
    expect(ids(tree, by.role("text"))).toEqual(["main#unsaved"]);
  });

  test("texts, labels and the focus", () => {
    expect(ids(tree, by.text("Save"))).toEqual(["main#form/save", "main#form/note"]);
    expect(ids(tree, by.label("State"))).toEqual(["main#form/note"]);
    expect(ids(tree, by.focused())).toEqual(["tools#save"]);
  });

  test("nothing outside of a window counts", () => {
    expect(ids(node("main#save", "button"), "save")).toEqual([]);
    expect(ids(null, "save")).toEqual([]);
  });

  test("one is meant, and says so otherwise", () => {
    expect(selectOne(tree, "form/save", "click").id).toBe("main#form/save");
    expect(() => selectOne(tree, "save", "click")).toThrow("click: 2 widgets");
    expect(() => selectOne(tree, "form/sav", "click")).toThrow('Similar: "form/save"');
    expect(() => selectOne(tree, by.text("Sava"), "click")).toThrow('no widget has the text "Sava". Similar: "Save"');
    expect(() => selectOne(null, by.focused(), "click")).toThrow("no widget has the focus; the view shows nothing");
  });
});
