import { describe, expect, test } from "vitest";
import type { WireNode } from "../../protocol/index.ts";
import { canvasOf, ownerOf, selectNode } from "./select.ts";

function node(id: string, type: string, props: WireNode["props"] = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type, props, children };
}

const tree = node("auto:root", "container", {}, [
  node("main", "window", { title: "Main" }, [
    node("main#form", "column", {}, [
      node("main#form/email", "text_input", { placeholder: "Mail", a11y: { label: "Your mail", role: "textbox" } }),
      node("main#form/save", "button", { label: "Save" }),
    ]),
    node("main#email", "text", { content: "Save", focused: true }),
  ]),
  node("prefs", "window", {}, [node("prefs#form/save", "button", { label: "Keep" }), node("form/reset", "button")]),
  node("loose", "button"),
]);

const found = (selector: object): string | undefined =>
  selectNode(tree, selector as Parameters<typeof selectNode>[1])?.node.id;

describe("selectNode", () => {
  test.each([
    [{ by: "id", value: "main#form/save" }, "main#form/save"],
    [{ by: "id", value: "save" }, "main#form/save"],
    [{ by: "id", value: "form/save" }, "main#form/save"],
    // A whole id comes before the end of one.
    [{ by: "id", value: "email" }, "main#email"],
    [{ by: "id", value: "loose" }, "loose"],
    [{ by: "id", value: "prefs#save" }, "prefs#form/save"],
    [{ by: "id", value: "prefs#form/reset" }, "form/reset"],
    [{ by: "id", value: "save", window_id: "prefs" }, "prefs#form/save"],
    [{ by: "id", value: "main#form/save", window_id: "prefs" }, "prefs#form/save"],
    [{ by: "id", value: "ave" }, undefined],
    [{ by: "id", value: "other#save" }, undefined],
    [{ by: "text", value: "Save" }, "main#form/save"],
    [{ by: "text", value: "Mail" }, "main#form/email"],
    [{ by: "role", value: "textbox" }, "main#form/email"],
    [{ by: "role", value: "text_input" }, undefined],
    [{ by: "role", value: "button" }, "main#form/save"],
    [{ by: "label", value: "Your mail" }, "main#form/email"],
    [{ by: "focused" }, "main#email"],
    [{ by: "smell", value: "x" }, undefined],
    [{}, undefined],
  ])("%j finds %s", (selector, id) => {
    expect(found(selector)).toBe(id);
  });

  test("knows the window a node is in, and that it may be in none", () => {
    expect(selectNode(tree, { by: "id", value: "form/reset" })?.windowId).toBe("prefs");
    expect(selectNode(tree, { by: "id", value: "loose" })).toMatchObject({ windowId: undefined });
  });
});

describe("owners", () => {
  test("ownerOf drops segments from the end until a node matches", () => {
    expect(ownerOf(tree, "main#form/email/deep/er")?.node.id).toBe("main#form/email");
    expect(ownerOf(tree, "main#nope/x")).toBeUndefined();
  });

  test("canvasOf passes over what is no canvas", () => {
    const canvas = node("main#c", "canvas", {}, [node("main#c/g", "group", {}, [node("main#c/g/h", "group")])]);
    expect(canvasOf(canvas, "main#c/g/h")).toBe(canvas);
    expect(canvasOf(tree, "main#form/save")).toBeUndefined();
  });
});
