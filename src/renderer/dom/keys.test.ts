import { describe, expect, test } from "vitest";
import { type KeyFacts, keyPressValue, keyReleaseValue, modifiersValue } from "./keys.ts";

const NONE = { shiftKey: false, ctrlKey: false, altKey: false, metaKey: false };
function facts(part: Partial<KeyFacts>): KeyFacts {
  return { key: "a", code: "KeyA", location: 0, repeat: false, ...NONE, ...part };
}

describe("keys", () => {
  test.each([
    [
      { key: "A", shiftKey: true },
      { key: "a", modified_key: "A" },
    ],
    [
      { key: "é", code: "Digit2" },
      { key: "é", modified_key: "é" },
    ],
    [
      { key: "!", code: "Digit1", shiftKey: true },
      { key: "1", modified_key: "!" },
    ],
    [
      { key: " ", code: "Space" },
      { key: "Space", modified_key: "Space" },
    ],
    [
      { key: "Meta", code: "MetaLeft", location: 1 },
      { key: "Super", location: "left" },
    ],
    [
      { key: "å", code: "KeyA", altKey: true },
      { key: "a", modified_key: "å" },
    ],
    [
      { key: "", code: "" },
      { key: "Unidentified", physical_key: "Unidentified" },
    ],
    [
      { key: "5", code: "Numpad5", location: 3 },
      { key: "5", location: "numpad" },
    ],
  ])("%j", (part, expected) => {
    expect(keyReleaseValue(facts(part))).toMatchObject(expected);
  });

  test("text is what is typed, nothing for commands and named keys", () => {
    expect(keyPressValue(facts({}))["text"]).toBe("a");
    expect(keyPressValue(facts({ ctrlKey: true }))["text"]).toBe(null);
    expect(keyPressValue(facts({ key: "Enter" }))["text"]).toBe(null);
  });

  test("command is the platform's own key", () => {
    expect(modifiersValue({ ...NONE, ctrlKey: true }, false)["command"]).toBe(true);
    expect(modifiersValue({ ...NONE, ctrlKey: true }, true)["command"]).toBe(false);
    expect(modifiersValue({ ...NONE, metaKey: true }, true)["command"]).toBe(true);
  });
});
