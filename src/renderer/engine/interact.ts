import { type Modifiers, NO_MODIFIERS, type WireNode, type WireValue } from "../../protocol/index.ts";
import { elementAt } from "./canvas-hit.ts";
import { keyInput } from "./keys.ts";
import { booleanField, clip, field, isRecord, numberField, textField } from "./record.ts";
import { canvasOf, type Selected, selectNode } from "./select.ts";

/** An event made up from the tree; nothing was pressed and no widget changed its state. */
export interface SyntheticEvent {
  readonly family: string;
  readonly id: string;
  readonly value?: WireValue;
  readonly modifiers?: Modifiers;
}

type ForNode = (id: string, payload: WireValue | undefined, node: WireNode) => readonly SyntheticEvent[];
type ForScreen = (payload: WireValue | undefined) => readonly SyntheticEvent[];

/** Actions that need a widget. */
const ON_NODE: Readonly<Record<string, ForNode>> = {
  click: (id) => [{ family: "click", id }],
  type_text: (id, payload) => [{ family: "input", id, value: textField(payload, "text") ?? "" }],
  submit: (id, payload) => [{ family: "submit", id, value: field(payload, "value") ?? "" }],
  toggle: (id, payload) => [{ family: "toggle", id, value: field(payload, "value") ?? false }],
  select: (id, payload) => [{ family: "select", id, value: field(payload, "value") ?? "" }],
  slide: (id, payload) => [{ family: "slide", id, value: field(payload, "value") ?? 0 }],
  paste: (id, payload) => [{ family: "paste", id, value: textField(payload, "text") ?? "" }],
  scroll: (id, payload) => [{ family: "scroll", id, value: deltas(payload) }],
  sort: (id, payload) => [{ family: "sort", id, value: { column: textField(payload, "column") ?? "" } }],
  pane_focus_cycle: (id) => [{ family: "pane_focus_cycle", id }],
  canvas_press: (id, payload, node) => {
    const { x, y } = pointOf(payload);
    const button = textField(payload, "button") ?? "left";
    const element = elementAt(node, x, y);
    if (element !== undefined) return [{ family: "click", id: element, value: { x, y, button } }];
    return booleanField(node.props, "on_press") === true ? [pointerEvent("press", id, { x, y, button })] : [];
  },
  canvas_release: (id, payload, node) => {
    const button = textField(payload, "button") ?? "left";
    if (booleanField(node.props, "on_press") !== true) return [];
    return [pointerEvent("release", id, { ...pointOf(payload), button })];
  },
  canvas_move: (id, payload, node) => {
    const { x, y } = pointOf(payload);
    const element = elementAt(node, x, y);
    const move = pointerEvent("move", id, { x, y });
    return element === undefined ? [move] : [{ family: "enter", id: element, value: { x, y } }, move];
  },
};

/** Actions that need none. */
const ON_SCREEN: Readonly<Record<string, ForScreen>> = {
  scroll: (payload) => [{ family: "wheel_scrolled", id: "", value: { ...deltas(payload), unit: "pixel" } }],
  press: (payload) => [keyEvent("key_press", payload)],
  release: (payload) => [keyEvent("key_release", payload)],
  type_key: (payload) => [keyEvent("key_press", payload), keyEvent("key_release", payload)],
  move_to: (payload) => [{ family: "cursor_moved", id: "", value: pointOf(payload) }],
};

/** Known names that mean nothing without real input: they answer with no events. */
const WITHOUT_EVENTS: ReadonlySet<string> = new Set(["click_element", "focus_element", "type", "type-text"]);

/** What a scripted action does to a renderer that makes the events up. */
export function interact(
  root: WireNode | null,
  action: string,
  selector: WireValue | undefined,
  payload: WireValue | undefined,
): readonly SyntheticEvent[] {
  const onNode = Object.hasOwn(ON_NODE, action) ? ON_NODE[action] : undefined;
  const onScreen = Object.hasOwn(ON_SCREEN, action) ? ON_SCREEN[action] : undefined;
  if (onNode === undefined && onScreen === undefined) {
    return WITHOUT_EVENTS.has(action) ? [] : [report("unknown_action", `unknown interact action: ${clip(action)}`)];
  }
  const hasSelector = isRecord(selector) && Object.keys(selector).length > 0;
  const target = hasSelector ? targetOf(root, selector) : undefined;
  if (onNode !== undefined && target !== undefined) return onNode(target.node.id, payload, target.node);
  if (onScreen !== undefined && (onNode === undefined || !hasSelector)) return onScreen(payload);
  if (action === "click") return clickOnElement(root, selector);
  return [report("selector_not_found", `interact ${action}: no widget matched the selector`)];
}

/** A widget outside of every window cannot be acted on. */
function targetOf(root: WireNode | null, selector: WireValue): Selected | undefined {
  const found = selectNode(root, selector);
  return found?.windowId === undefined ? undefined : found;
}

function clickOnElement(root: WireNode | null, selector: WireValue | undefined): readonly SyntheticEvent[] {
  const id = textField(selector, "by") === "id" ? textField(selector, "value") : undefined;
  if (id === undefined || canvasOf(root, id) === undefined) return [];
  return [{ family: "click", id, value: { x: 0, y: 0, button: "left" } }];
}

function keyEvent(family: string, payload: WireValue | undefined): SyntheticEvent {
  const { key, modifiers } = keyInput(payload);
  return { family, id: "", value: { key }, modifiers };
}

function pointerEvent(family: string, id: string, value: { readonly [key: string]: WireValue }): SyntheticEvent {
  return { family, id, value: { ...value, pointer: "mouse", modifiers: { ...NO_MODIFIERS } } };
}

function report(code: string, message: string): SyntheticEvent {
  return { family: "diagnostic", id: "", value: { level: "warning", element_id: null, code, message } };
}

function pointOf(payload: WireValue | undefined): { readonly x: number; readonly y: number } {
  return { x: numberField(payload, "x") ?? 0, y: numberField(payload, "y") ?? 0 };
}

function deltas(payload: WireValue | undefined): { readonly delta_x: number; readonly delta_y: number } {
  return { delta_x: numberField(payload, "delta_x") ?? 0, delta_y: numberField(payload, "delta_y") ?? 0 };
}
