import { describe, expect, test } from "vitest";
import type { KeyEvent, WidgetEvent } from "./event.ts";
import * as guards from "./guards.ts";

const toggled: WidgetEvent<"toggle"> = {
  kind: "widget",
  type: "toggle",
  id: "toggle",
  scope: ["todo-1", "list"],
  windowId: "main",
  target: "main#list/todo-1/toggle",
  value: true,
};

const NONE = { shift: false, ctrl: false, alt: false, logo: false, command: false };

function pressed(key: string, held: Partial<KeyEvent["modifiers"]> = {}): KeyEvent {
  return {
    kind: "key",
    type: "press",
    key,
    modifiedKey: key,
    physicalKey: "KeyS",
    location: "standard",
    text: null,
    repeat: false,
    modifiers: { ...NONE, ...held },
    captured: false,
    tag: "keys",
  };
}

describe("widget guards", () => {
  test("[R090] match family and local id", () => {
    expect(guards.isToggle(toggled)).toBe(true);
    expect(guards.isToggle(toggled, "toggle")).toBe(true);
    expect(guards.isToggle(toggled, "other")).toBe(false);
    expect(guards.isClick(toggled, "toggle")).toBe(false);
  });

  test("[R092] match the end of the scope, written from the outside in", () => {
    expect(guards.isToggle(toggled, "todo-1/toggle")).toBe(true);
    expect(guards.isToggle(toggled, "list/todo-1/toggle")).toBe(true);
    expect(guards.isToggle(toggled, "todo-2/toggle")).toBe(false);
    expect(guards.isToggle(toggled, "list/toggle")).toBe(false);
    expect(guards.isToggle(toggled, "main/list/todo-1/toggle")).toBe(false);
    expect(guards.scopeOf(toggled, "toggle")).toBe("todo-1");
    expect(guards.scopeOf(toggled, "other")).toBeUndefined();
  });

  test("take anything without throwing", () => {
    for (const value of [undefined, null, 1, "click", {}, { kind: "mine" }]) {
      expect(guards.isClick(value, "save")).toBe(false);
      expect(guards.isEvent(value)).toBe(false);
    }
    expect(guards.isEvent(toggled)).toBe(true);
  });

  test("custom families are matched by name", () => {
    const { type: _type, value: _value, ...place } = toggled;
    const custom = { ...place, type: "custom", family: "color:pick", value: 1 };
    expect(guards.isCustom(custom, "color:pick", "todo-1/toggle")).toBe(true);
    expect(guards.isCustom(custom, "other")).toBe(false);
    expect(guards.isCustom(toggled)).toBe(false);
  });
});

describe("key guards", () => {
  test("[R107] match key and modifiers; unnamed modifiers must not be held", () => {
    expect(guards.isKeyPress(pressed("s", { ctrl: true }), { key: "s", ctrl: true })).toBe(true);
    expect(guards.isKeyPress(pressed("s", { ctrl: true, shift: true }), { key: "s", ctrl: true })).toBe(false);
    expect(guards.isKeyPress(pressed("s"), { key: "s", ctrl: true })).toBe(false);
    expect(guards.isKeyPress(pressed("s", { ctrl: true }))).toBe(true);
    expect(guards.isKeyRelease(pressed("s"))).toBe(false);
  });

  test("command stands for the shortcut key of the platform", () => {
    expect(guards.isKeyPress(pressed("s", { ctrl: true, command: true }), { key: "s", command: true })).toBe(true);
    expect(guards.isKeyPress(pressed("s", { logo: true, command: true }), { key: "s", command: true })).toBe(true);
    expect(guards.isKeyPress(pressed("s", { ctrl: true }), { key: "s", command: true })).toBe(false);
  });
});

describe("other guards", () => {
  test("match tags, windows and kinds of effects", () => {
    expect(guards.isTimer({ kind: "timer", type: "tick", tag: "refresh", at: 0 }, "refresh")).toBe(true);
    expect(guards.isTimer({ kind: "timer", type: "tick", tag: "refresh", at: 0 }, "other")).toBe(false);
    const request = { kind: "window", type: "close_requested", windowId: "main", tag: "" };
    expect(guards.isCloseRequested(request, "main")).toBe(true);
    expect(guards.isCloseRequested(request, "other")).toBe(false);
    const opened = { kind: "effect", type: "ok", effect: "file_open", tag: "open", result: { path: "/a" } };
    expect(guards.isEffect(opened, "file_open", "open")).toBe(true);
    expect(guards.isEffect(opened, "file_save")).toBe(false);
    expect(guards.isBroadcast({ kind: "broadcast", type: "model", model: {}, seq: 1 })).toBe(true);
    expect(guards.isPresence({ kind: "broadcast", type: "model", model: {}, seq: 1 })).toBe(false);
    expect(guards.isSystem({ kind: "system", type: "theme", tag: "t", value: "dark" }, "theme", "t")).toBe(true);
    expect(guards.isSystem({ kind: "system", type: "all_windows_closed" }, "all_windows_closed", "t")).toBe(false);
  });
});
