import { describe, expect, test } from "vitest";
import { assetSegments, assetType } from "./asset-path.ts";

describe("paths below an asset folder", () => {
  test.each([
    ["logo.png", ["logo.png"]],
    ["./icons/a b.svg", ["icons", "a b.svg"]],
    ["a/b/c.woff2", ["a", "b", "c.woff2"]],
    ["what?#.png", ["what?#.png"]],
  ])("%s is taken", (path, expected) => {
    expect(assetSegments(path)).toEqual(expected);
  });

  test.each([
    "",
    "/etc/passwd",
    "../secret.png",
    "a/../../secret.png",
    "a/./b.png",
    "a//b.png",
    "a/",
    ".env",
    "a/.git/config",
    "..\\secret.png",
    "C:/secret.png",
    "https://example.org/a.png",
    "file:///etc/passwd",
    "data:image/png;base64,AA==",
    "a\u0000.png",
    "a".repeat(2000),
  ])("%j is refused", (path) => {
    expect(assetSegments(path)).toBeUndefined();
  });
});

test("only pictures and fonts have a type", () => {
  expect(assetType("a/b.PNG")).toBe("image/png");
  expect(assetType("x.svg")).toBe("image/svg+xml");
  expect(assetType("x.woff2")).toBe("font/woff2");
  expect(assetType("x.html")).toBeUndefined();
  expect(assetType("x.js")).toBeUndefined();
  expect(assetType("png")).toBeUndefined();
});
