import { describe, expect, test } from "vitest";
import type { ToRenderer, WireNode } from "../../protocol/index.ts";
import { withByteTexts } from "./byte-texts.ts";

const bytes = new Uint8Array([0, 255, 16]);

function snapshot(...children: readonly WireNode[]): ToRenderer {
  return { type: "snapshot", tree: { id: "main", type: "window", props: {}, children } };
}

describe("bytes in a message", () => {
  test("become base64 text wherever they are in a tree", () => {
    const inside: WireNode = { id: "a", type: "x", props: { icon: bytes, deep: [{ b: bytes }, 1] }, children: [] };
    const text: WireNode = { id: "a", type: "x", props: { icon: "AP8Q", deep: [{ b: "AP8Q" }, 1] }, children: [] };
    expect(withByteTexts(snapshot(inside))).toEqual(snapshot(text));
    const patch = (value: Uint8Array | string): ToRenderer => ({
      type: "patch",
      ops: [{ op: "update_props", path: [0], props: { icon: value } }],
    });
    expect(withByteTexts(patch(bytes))).toEqual(patch("AP8Q"));
  });

  test("stay bytes where the protocol has bytes", () => {
    const font: ToRenderer = { type: "load_font", payload: { family: "F", data: bytes } };
    expect(withByteTexts(font)).toBe(font);
  });

  test("that are not there cost no copy", () => {
    const message = snapshot({ id: "a", type: "x", props: { list: [1, { b: null }] }, children: [] });
    expect(withByteTexts(message)).toBe(message);
  });
});
