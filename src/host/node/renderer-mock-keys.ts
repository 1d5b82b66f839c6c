import type { Modifiers, WireNode, WireValue } from "../../protocol/index.ts";

/** What a widget says about a key. */
export interface KeyedEvent {
  readonly family: string;
  readonly id: string;
  readonly value?: WireValue;
}

export interface Key {
  readonly key: string;
  readonly modifiers: Modifiers;
}

/** Widgets that the Tab key stops at. */
export const FOCUSABLE: ReadonlySet<string> = new Set([
  "button",
  "text_input",
  "text_editor",
  "checkbox",
  "toggler",
  "radio",
  "slider",
  "vertical_slider",
  "pick_list",
  "combo_box",
]);

/**
 * What the widget with the focus makes of a pressed key. `text` is what it holds: the prop, or an editor's own document.
 * The caret is always at the end. Sliders and lists take no keys here.
 */
export function pressKey(node: WireNode, text: string, { key, modifiers }: Key): readonly KeyedEvent[] {
  const { id, props } = node;
  switch (node.type) {
    case "text_input": {
      if (key === "Enter") return props["on_submit"] === true ? [{ family: "submit", id, value: text }] : [];
      return inputEvents(id, text, edited(text, key, modifiers));
    }
    case "text_editor":
      return inputEvents(id, text, key === "Enter" ? `${text}\n` : edited(text, key, modifiers));
    case "button":
      return isSpace(key) || key === "Enter" ? [{ family: "click", id }] : [];
    case "checkbox":
      return isSpace(key) ? [{ family: "toggle", id, value: props["checked"] !== true }] : [];
    case "toggler":
      return isSpace(key) ? [{ family: "toggle", id, value: props["is_toggled"] !== true }] : [];
    case "radio":
      return isSpace(key)
        ? [{ family: "select", id: textOf(props["group"]) || id, value: textOf(props["value"]) }]
        : [];
    default:
      return [];
  }
}

export function textOf(value: WireValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function inputEvents(id: string, before: string, after: string): readonly KeyedEvent[] {
  return after === before ? [] : [{ family: "input", id, value: after }];
}

function edited(text: string, key: string, { ctrl, alt, logo, command }: Modifiers): string {
  // A shortcut writes nothing.
  if (ctrl || alt || logo || command) return text;
  const characters = [...text];
  if (key === "Backspace") return characters.slice(0, -1).join("");
  if (isSpace(key)) return `${text} `;
  return [...key].length === 1 ? text + key : text;
}

function isSpace(key: string): boolean {
  return key === " " || key === "Space";
}
