import { expect, test } from "vitest";
import type { WireProps } from "../../../protocol/index.ts";
import { Coordinates } from "./coordinates.ts";
import { shapeOf } from "./shape.ts";

function read(type: string, props: WireProps) {
  return shapeOf({ id: "a", type, props, children: [], version: 1, memo: undefined }, new Coordinates())?.shape;
}

test("every line of a text runs as its first letter says", () => {
  const content = "abc שלום\nשלום abc.\n«12» مرحبا\r\n123\n";
  expect(read("text", { content })).toMatchObject({ directions: ["ltr", "rtl", "rtl", "ltr", "ltr"] });
});

test("what is no shape is none, and what is missing has its default", () => {
  expect(read("button", {})).toBeUndefined();
  expect(read("text", {})).toMatchObject({ x: 0, y: 0, lines: [""], size: 16, color: "#ffffff", alignX: "left" });
  expect(read("image", { source: { handle: "logo" } })).toMatchObject({ source: { kind: "handle", name: "logo" } });
});

test("a rectangle with round corners is a path, one with none is not", () => {
  expect(read("rect", { w: 5, h: 5, radius: { top_left: 2 } })?.kind).toBe("path");
  expect(read("rect", { w: 5, h: 5, radius: { top_left: 0 } })?.kind).toBe("rect");
});
