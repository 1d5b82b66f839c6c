import { describe, expect, test } from "vitest";
import type { WireNode } from "../protocol/index.ts";
import { resolveTarget } from "./targets.ts";

function node(id: string, ...children: WireNode[]): WireNode {
  return { id, type: "column", props: {}, children };
}

const tree = node(
  "auto:root",
  node("main", node("main#form", node("main#form/save"), node("main#form/zip/save")), node("main#title")),
  node("other", node("other#title")),
);

describe("resolving a command's target", () => {
  test("takes a full wire id", () => {
    expect(resolveTarget(tree, "main#form/save")).toEqual({ kind: "found", id: "main#form/save" });
    expect(resolveTarget(tree, "other#title")).toEqual({ kind: "found", id: "other#title" });
  });

  test("takes a scope and an id", () => {
    expect(resolveTarget(tree, "zip/save")).toEqual({ kind: "found", id: "main#form/zip/save" });
  });

  test("prefers the widget that is named completely", () => {
    expect(resolveTarget(tree, "form/save")).toEqual({ kind: "found", id: "main#form/save" });
  });

  test("says when several fit and takes the first", () => {
    expect(resolveTarget(tree, "save")).toEqual({ kind: "ambiguous", id: "main#form/save", count: 2 });
    expect(resolveTarget(tree, "title")).toEqual({ kind: "ambiguous", id: "main#title", count: 2 });
  });

  test("matches whole segments only", () => {
    expect(resolveTarget(tree, "ave")).toEqual({ kind: "missing" });
    expect(resolveTarget(null, "save")).toEqual({ kind: "missing" });
  });
});
