/** Makes events as a renderer would cause them, for tests and for `dispatch`. */
import type { CustomWidgetEvent, Event, KeyEvent, TimerEvent, WidgetEvent, WidgetPlace, WindowEvent } from "./event.ts";
import { formatWireId } from "./ids.ts";
import { type Modifiers, NO_MODIFIERS } from "./modifiers.ts";
import type { WireValue } from "./node.ts";
import type { WidgetFamily, WidgetValues } from "./widget-event.ts";

/** Where the widget is. Without a window it is the window `main`. */
export interface EventPlace {
  /** Nearest first. */
  readonly scope?: readonly string[];
  readonly windowId?: string;
}

/** `widgetEvent("toggle", "done", true, { scope: ["item-1"] })`. */
export function widgetEvent<Family extends WidgetFamily>(
  family: Family,
  id: string,
  value: WidgetValues[Family],
  place: EventPlace = {},
): WidgetEvent<Family> {
  // Both halves come from the same family.
  return { kind: "widget", type: family, ...placeOf(id, place), value } as WidgetEvent<Family>;
}

export const events = {
  click: (id: string, place?: EventPlace) => widgetEvent("click", id, null, place),
  input: (id: string, value: string, place?: EventPlace) => widgetEvent("input", id, value, place),
  edit: (id: string, value: WidgetValues["edit"], place?: EventPlace) => widgetEvent("edit", id, value, place),
  submit: (id: string, value: string, place?: EventPlace) => widgetEvent("submit", id, value, place),
  toggle: (id: string, value: boolean, place?: EventPlace) => widgetEvent("toggle", id, value, place),
  select: (id: string, value: string, place?: EventPlace) => widgetEvent("select", id, value, place),
  slide: (id: string, value: number, place?: EventPlace) => widgetEvent("slide", id, value, place),
  custom: (family: string, id: string, value: WireValue = null, place: EventPlace = {}): CustomWidgetEvent => ({
    kind: "widget",
    type: "custom",
    ...placeOf(id, place),
    family,
    value,
  }),
  keyPress: (key: string, options: KeyOptions = {}) => keyEvent("press", key, options),
  keyRelease: (key: string, options: KeyOptions = {}) => keyEvent("release", key, options),
  closeRequested: (windowId = "main", tag = ""): WindowEvent => ({
    kind: "window",
    type: "close_requested",
    windowId,
    tag,
  }),
  resized: (width: number, height: number, windowId = "main", tag = ""): WindowEvent => ({
    kind: "window",
    type: "resized",
    windowId,
    width,
    height,
    tag,
  }),
  tick: (tag: string, at = 0): TimerEvent => ({ kind: "timer", type: "tick", tag, at }),
  done: (tag: string, value: unknown): Event => ({ kind: "async", type: "done", tag, value }),
  failed: (tag: string, error: Error): Event => ({ kind: "async", type: "failed", tag, error }),
} as const;

export interface KeyOptions {
  readonly modifiers?: Partial<Modifiers>;
  readonly tag?: string;
  readonly repeat?: boolean;
  readonly captured?: boolean;
}

function keyEvent(type: KeyEvent["type"], key: string, options: KeyOptions): KeyEvent {
  const isCharacter = [...key].length === 1;
  return {
    kind: "key",
    type,
    key,
    modifiedKey: key,
    physicalKey: "Unidentified",
    location: "standard",
    text: isCharacter && type === "press" ? key : null,
    repeat: options.repeat ?? false,
    modifiers: { ...NO_MODIFIERS, ...options.modifiers },
    captured: options.captured ?? false,
    tag: options.tag ?? "",
  };
}

function placeOf(id: string, { scope = [], windowId = "main" }: EventPlace): WidgetPlace {
  return { id, scope, windowId, target: formatWireId({ id, scope, windowId }) };
}
