import { describe, expect, test } from "vitest";
import type { AnyWidgetEvent, WidgetEvent } from "./event.ts";
import { findHandler, handlerName } from "./handler.ts";

const place = { kind: "widget", id: "a", scope: [], windowId: "main", target: "main#a" } as const;
const click: WidgetEvent<"click"> = { ...place, type: "click", value: null };
const handler = () => 1;

function pressed(button: string): WidgetEvent<"press"> {
  const modifiers = { shift: false, ctrl: false, alt: false, logo: false, command: false };
  return { ...place, type: "press", value: { x: 0, y: 0, button, pointer: "mouse", modifiers } };
}

function find(type: string, props: { readonly [name: string]: unknown }, event: AnyWidgetEvent): unknown {
  return findHandler({ type, props }, event);
}

describe("inline handlers", () => {
  test("stand under on and the family", () => {
    expect(handlerName("click")).toBe("onClick");
    expect(handlerName("slide_release")).toBe("onSlideRelease");
    expect(handlerName("color:pick")).toBe("onColorPick");
  });

  test("are found by the family of the event", () => {
    expect(find("button", { onClick: handler }, click)).toBe(handler);
    expect(find("button", { onInput: handler }, click)).toBeUndefined();
    expect(findHandler({ type: "button" }, click)).toBeUndefined();
  });

  test("may be messages, but not switches", () => {
    expect(find("button", { onClick: "save" }, click)).toBe("save");
    expect(find("button", { onClick: 0 }, click)).toBe(0);
    for (const value of [true, false, null, undefined])
      expect(find("button", { onClick: value }, click)).toBeUndefined();
  });

  test("are own props only", () => {
    expect(findHandler({ type: "x", props: Object.create({ onClick: handler }) }, click)).toBeUndefined();
  });

  test("of a scrollable stand under its opt-in prop", () => {
    const value = {
      absoluteX: 0,
      absoluteY: 0,
      relativeX: 0,
      relativeY: 0,
      boundsWidth: 0,
      boundsHeight: 0,
      contentWidth: 0,
      contentHeight: 0,
    };
    expect(find("scrollable", { onScroll: handler }, { ...place, type: "scrolled", value })).toBe(handler);
  });

  test("of a pointer area go by the button", () => {
    const right = () => 2;
    const props = { onPress: handler, onRightPress: right };
    expect(find("pointer_area", props, pressed("left"))).toBe(handler);
    expect(find("pointer_area", props, pressed("right"))).toBe(right);
    expect(find("pointer_area", props, pressed("middle"))).toBeUndefined();
    expect(find("canvas", props, pressed("right"))).toBe(handler);
  });

  test("of custom families stand under the family's own name", () => {
    expect(
      find("gauge", { onNeedleMoved: handler }, { ...place, type: "custom", family: "needle_moved", value: 1 }),
    ).toBe(handler);
  });
});
