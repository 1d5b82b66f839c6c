import { describe, expect, test } from "vitest";
import { allowsPlainText, matchKeyRule, type PressedKey, parseKeyRules } from "./key-bindings.ts";

const press = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  code: "",
  shiftKey: false,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...more,
});

const rules = (...value: readonly Record<string, unknown>[]) => parseKeyRules(JSON.parse(JSON.stringify(value))) ?? [];

describe("key rules", () => {
  test("no rules means that all keys act as usual", () => {
    expect(parseKeyRules(undefined)).toBeNull();
    expect(parseKeyRules([])).toBeNull();
    expect(parseKeyRules("ctrl+s")).toBeNull();
  });

  test("the first rule that fits wins", () => {
    const list = rules(
      { key: "s", modifiers: ["ctrl"], binding: { custom: "save" } },
      { key: "s", modifiers: ["ctrl"], binding: "cut" },
    );
    expect(matchKeyRule(list, press("s", { ctrlKey: true }))).toEqual({ kind: "custom", tag: "save" });
  });

  test("modifiers are compared exactly, also by a rule for every key", () => {
    const list = rules({ binding: "default" });
    expect(matchKeyRule(list, press("a"))).toEqual({ kind: "default" });
    expect(matchKeyRule(list, press("A", { shiftKey: true }))).toBeNull();
  });

  test("a key is compared as it is without modifiers, on any layout", () => {
    const list = rules(
      { key: "s", modifiers: ["ctrl"], binding: { custom: "save" } },
      { key: "1", modifiers: ["shift"], binding: { custom: "one" } },
    );
    expect(matchKeyRule(list, press("ы", { code: "KeyS", ctrlKey: true }))).toEqual({ kind: "custom", tag: "save" });
    expect(matchKeyRule(list, press("!", { code: "Digit1", shiftKey: true }))).toEqual({ kind: "custom", tag: "one" });
    expect(matchKeyRule(list, press("s", { code: "KeyO", ctrlKey: true }))).toEqual({ kind: "custom", tag: "save" });
  });

  test("named keys, motions, aliases and sequences are understood", () => {
    const list = rules(
      { named: "Tab", binding: { insert: "\tx" } },
      { named: "ArrowUp", modifiers: ["alt"], binding: { sequence: [{ move: "up" }, { select: "line_start" }] } },
      { named: "Space", binding: "enter" },
    );
    expect(matchKeyRule(list, press("Tab"))).toEqual({ kind: "insert", text: "\t" });
    expect(matchKeyRule(list, press("ArrowUp", { altKey: true }))).toEqual({
      kind: "sequence",
      bindings: [
        { kind: "motion", motion: "up", select: false },
        { kind: "motion", motion: "home", select: true },
      ],
    });
    expect(matchKeyRule(list, press(" "))).toEqual({ kind: "action", action: "enter" });
  });

  test("rules with an unusable part are dropped, the others stay", () => {
    const list = rules(
      { key: "ab", binding: "default" },
      { named: "Banana", binding: "default" },
      { key: "a", modifiers: ["command"], binding: "default" },
      { key: "a", binding: "explode" },
      { key: "a", binding: { sequence: ["copy", { move: "nowhere" }] } },
      { key: "b", binding: "copy" },
    );
    expect(list).toEqual([{ key: "b", modifiers: [], binding: { kind: "action", action: "copy" } }]);
  });

  test("a sequence nested too deep is unusable", () => {
    const nested = (depth: number): unknown => (depth === 0 ? "copy" : { sequence: [nested(depth - 1)] });
    expect(rules({ key: "a", binding: nested(20) })).toEqual([]);
  });

  test("text without a key is allowed by an unmodified rule for every key only", () => {
    expect(allowsPlainText(rules({ binding: "default" }))).toBe(true);
    expect(allowsPlainText(rules({ modifiers: ["shift"], binding: "default" }))).toBe(false);
    expect(allowsPlainText(rules({ key: "a", binding: "default" }))).toBe(false);
  });
});
