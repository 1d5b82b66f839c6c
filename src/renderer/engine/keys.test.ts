import { expect, test } from "vitest";
import { keyName, parseCombo } from "./keys.ts";

test.each([
  ["up", "ArrowUp"],
  ["ArrowUp", "ArrowUp"],
  ["arrow_up", "ArrowUp"],
  ["Page Down", "PageDown"],
  ["pgdn", "PageDown"],
  ["ESC", "Escape"],
  ["cmd", "Super"],
  ["a", "a"],
  ["A", "A"],
  [" ", " "],
  ["é", "é"],
  ["AltGraph", "AltGraph"],
  ["f5", "F5"],
])("keyName(%j) is %j", (written, name) => {
  expect(keyName(written)).toBe(name);
});

test.each([
  ["Ctrl+Shift+s", "s", ["ctrl", "shift"]],
  ["s", "s", []],
  ["option+Return", "Enter", ["alt"]],
  ["ctrl++", "+", ["ctrl"]],
  ["+", "+", []],
  ["command+c", "c", ["ctrl"]],
  ["super++x", "x", ["logo"]],
  ["hyper+x", "hyper+x", []],
])("parseCombo(%j) is %j with %j", (combo, key, held) => {
  const parsed = parseCombo(combo);
  expect(parsed.key).toBe(key);
  expect(
    Object.entries(parsed.modifiers)
      .flatMap(([name, isHeld]) => (isHeld ? [name] : []))
      .sort(),
  ).toEqual(held.sort());
});

test("command is the logo key on a Mac", () => {
  expect(parseCombo("command+c", true).modifiers).toMatchObject({ logo: true, ctrl: false });
});
