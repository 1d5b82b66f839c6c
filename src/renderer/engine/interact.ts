import { type Modifiers, NO_MODIFIERS, type WireNode, type WireValue } from "../../protocol/index.ts";
import { elementAt } from "./canvas-hit.ts";
import { keyInput } from "./keys.ts";
import { booleanField, clip, field, isRecord, numberField, textField } from "./record.ts";
import { canvasOf, type Selected, selectNode } from "./select.ts";
import { describeSelector, suggestIds } from "./selector-hints.ts";

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
  select: (id, payload, node) => [selectEvent(id, payload, node)],
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

/** Names that pass as known and mean nothing. */
const ALIASES: ReadonlySet<string> = new Set(["type", "type-text"]);
/** Known names that mean nothing without real input: they answer with no events. */
const WITHOUT_EVENTS: ReadonlySet<string> = new Set(["click_element", "focus_element", ...ALIASES]);

/** What a person does to a widget by reading it; everything else needs a widget that takes part. */
const ALSO_DISABLED: ReadonlySet<string> = new Set(["scroll", "canvas_move"]);

/** Actions that an element of a canvas understands. */
const ON_ELEMENT: ReadonlySet<string> = new Set(["click", "click_element", "focus_element"]);

/** What an action is about. */
export type ActionTarget =
  | { readonly kind: "node"; readonly node: WireNode }
  /** An element of a canvas that is no node of its own. */
  | { readonly kind: "element"; readonly id: string; readonly canvas: WireNode }
  | { readonly kind: "screen" }
  /** It cannot be done; the events say why. Without events it is a known name that means nothing. */
  | { readonly kind: "none"; readonly events: readonly SyntheticEvent[] };

/** Finds what an action is about, or why it cannot be done. */
export function actionTarget(root: WireNode | null, action: string, selector: WireValue | undefined): ActionTarget {
  const isForNode = Object.hasOwn(ON_NODE, action) || WITHOUT_EVENTS.has(action);
  const isForScreen = Object.hasOwn(ON_SCREEN, action);
  if (!isForNode && !isForScreen) return refused("unknown_action", `unknown interact action: ${clip(action)}`);
  if (ALIASES.has(action)) return { kind: "none", events: [] };
  const hasSelector = isRecord(selector) && Object.keys(selector).length > 0;
  // Keys and the pointer alone are about the screen, whatever the selector says.
  if (isForScreen && (!isForNode || !hasSelector)) return { kind: "screen" };
  if (WITHOUT_EVENTS.has(action) && !hasSelector) return { kind: "screen" };
  const found = selectNode(root, selector);
  if (found?.windowId === undefined) {
    const element = ON_ELEMENT.has(action) ? clickedElement(root, selector) : undefined;
    return element ?? refused("selector_not_found", notFound(root, action, selector, found));
  }
  if (!ALSO_DISABLED.has(action)) {
    const obstacle = obstacleOf(root, found.node);
    if (obstacle !== undefined) {
      const { code, reason } = obstacle;
      return refused(code, `interact ${action}: "${clip(found.node.id)}" ${reason}`, found.node.id);
    }
  }
  return { kind: "node", node: found.node };
}

/** What a scripted action does to a renderer that makes the events up. */
export function interact(
  root: WireNode | null,
  action: string,
  selector: WireValue | undefined,
  payload: WireValue | undefined,
): readonly SyntheticEvent[] {
  const target = actionTarget(root, action, selector);
  switch (target.kind) {
    case "node":
      return (
        (Object.hasOwn(ON_NODE, action) ? ON_NODE[action] : undefined)?.(target.node.id, payload, target.node) ?? []
      );
    case "element":
      return action !== "click" ? [] : [{ family: "click", id: target.id, value: { x: 0, y: 0, button: "left" } }];
    case "screen":
      return (Object.hasOwn(ON_SCREEN, action) ? ON_SCREEN[action] : undefined)?.(payload) ?? [];
    case "none":
      return target.events;
  }
}

/** Says that an action could not be done, and at which widget. */
export function refusal(code: string, message: string, elementId: string | null = null): SyntheticEvent {
  return { family: "diagnostic", id: "", value: { level: "warning", element_id: elementId, code, message } };
}

/** Radios of a group speak with one id. */
function selectEvent(id: string, payload: WireValue | undefined, { type, props }: WireNode): SyntheticEvent {
  const value = field(payload, "value");
  if (type !== "radio") return { family: "select", id, value: value ?? "" };
  return {
    family: "select",
    id: textField(props, "group") || id,
    value: value ?? textField(props, "value") ?? "",
  };
}

function refused(code: string, message: string, elementId: string | null = null): ActionTarget {
  return { kind: "none", events: [refusal(code, message, elementId)] };
}

function notFound(
  root: WireNode | null,
  action: string,
  selector: WireValue | undefined,
  found: Selected | undefined,
): string {
  const begin = `interact ${action}: no widget matched the selector${describeSelector(selector)}`;
  // A widget outside of every window cannot be acted on.
  if (found !== undefined) return `${begin}: "${clip(found.node.id)}" is in no window`;
  if (root === null) return `${begin}: there is no tree yet`;
  const near = suggestIds(root, selector).map((id) => `"${clip(id)}"`);
  return near.length === 0 ? begin : `${begin}; did you mean ${near.join(" or ")}?`;
}

function clickedElement(root: WireNode | null, selector: WireValue | undefined): ActionTarget | undefined {
  const id = textField(selector, "by") === "id" ? textField(selector, "value") : undefined;
  const canvas = id === undefined ? undefined : canvasOf(root, id);
  return id === undefined || canvas === undefined ? undefined : { kind: "element", id, canvas };
}

/** What would stop a person: the widget itself, or what it is in. */
function obstacleOf(
  root: WireNode | null,
  node: WireNode,
): { readonly code: string; readonly reason: string } | undefined {
  for (const each of root === null ? [] : (pathTo(root, node) ?? [])) {
    const place = each === node ? "" : `inside "${clip(each.id)}", which `;
    if (isDisabled(each)) return { code: "widget_disabled", reason: `is ${place === "" ? "" : `${place}is `}disabled` };
    if (each.type === "window" && booleanField(each.props, "visible") === false) {
      return { code: "widget_not_visible", reason: `is ${place === "" ? "" : `${place}is `}not visible` };
    }
  }
  return undefined;
}

function isDisabled({ props }: WireNode): boolean {
  if (booleanField(props, "disabled") === true || booleanField(props, "enabled") === false) return true;
  return booleanField(field(props, "a11y"), "disabled") === true;
}

/** From the node outward. */
function pathTo(from: WireNode, node: WireNode): readonly WireNode[] | undefined {
  if (from === node) return [node];
  for (const child of from.children) {
    const path = pathTo(child, node);
    if (path !== undefined) return [...path, from];
  }
  return undefined;
}

function keyEvent(family: string, payload: WireValue | undefined): SyntheticEvent {
  const { key, modifiers } = keyInput(payload);
  return { family, id: "", value: { key }, modifiers };
}

function pointerEvent(family: string, id: string, value: { readonly [key: string]: WireValue }): SyntheticEvent {
  return { family, id, value: { ...value, pointer: "mouse", modifiers: { ...NO_MODIFIERS } } };
}

function pointOf(payload: WireValue | undefined): { readonly x: number; readonly y: number } {
  return { x: numberField(payload, "x") ?? 0, y: numberField(payload, "y") ?? 0 };
}

function deltas(payload: WireValue | undefined): { readonly delta_x: number; readonly delta_y: number } {
  return { delta_x: numberField(payload, "delta_x") ?? 0, delta_y: numberField(payload, "delta_y") ?? 0 };
}
