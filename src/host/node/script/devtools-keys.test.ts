import { describe, expect, test } from "vitest";
import { NO_MODIFIERS } from "../../../protocol/index.ts";
import { devtoolsKey, devtoolsModifiers } from "./devtools-keys.ts";

describe("devtoolsKey", () => {
  test.each([
    ["a", {}, { key: "a", code: "KeyA", windowsVirtualKeyCode: 65, text: "a" }],
    ["a", { shift: true }, { key: "A", code: "KeyA", windowsVirtualKeyCode: 65, text: "A" }],
    ["A", {}, { key: "A", code: "KeyA", windowsVirtualKeyCode: 65, text: "A" }],
    ["1", { shift: true }, { key: "!", code: "Digit1", windowsVirtualKeyCode: 49, text: "!" }],
    ["s", { ctrl: true }, { key: "s", code: "KeyS", windowsVirtualKeyCode: 83 }],
    ["é", {}, { key: "é", code: "", windowsVirtualKeyCode: 0, text: "é" }],
    ["Space", {}, { key: " ", code: "Space", windowsVirtualKeyCode: 32, text: " " }],
    ["Enter", {}, { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" }],
    ["Super", {}, { key: "Meta", code: "MetaLeft", windowsVirtualKeyCode: 91 }],
    ["F5", {}, { key: "F5", code: "F5", windowsVirtualKeyCode: 116 }],
    ["MediaPlayPause", {}, { key: "MediaPlayPause", code: "MediaPlayPause", windowsVirtualKeyCode: 0 }],
  ])("%s with %j", (name, held, key) => {
    expect(devtoolsKey(name, { ...NO_MODIFIERS, ...held })).toEqual(key);
  });
});

test("modifiers are the debugger's bits", () => {
  const held = { alt: true, ctrl: true, logo: true, shift: true };
  expect(devtoolsModifiers({ ...NO_MODIFIERS, ...held })).toBe(15);
  expect(devtoolsModifiers({ ...NO_MODIFIERS, command: true })).toBe(2);
});
