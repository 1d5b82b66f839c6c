import type { Subscription } from "../app/index.ts";
import { findProp, findWidget, type WireNode, type WireProps, type WireValue } from "../protocol/index.ts";
import { KEY_STEPS, type KeyStep } from "./mock-keyboard.ts";
import { checkedState, isDisabled } from "./node-facts.ts";
import { type Selector, selectOne } from "./selector.ts";
import { TestFailure } from "./test-failure.ts";

/** What is sent as the protocol's `interact`. Without a target it is about the whole screen. */
export interface Interaction {
  readonly action: string;
  readonly target?: string;
  readonly payload: WireProps;
}

/** An action of a person at a widget, in the words of the protocol. `family` is the event that it leads to. */
interface WidgetAction {
  readonly action: string;
  readonly family?: string;
  readonly payload?: (node: WireNode) => WireProps;
}

/** Decides what an action means for the tree that is shown. Throws when a person could not do it. */
export function interactionWith(root: WireNode | null, selector: Selector, given: WidgetAction): Interaction {
  const { action, family, payload } = given;
  const node = selectOne(root, selector, action);
  if (isDisabled(node)) throw new TestFailure(`${action}: "${node.id}" is disabled.`);
  if (family !== undefined) checkFamily(node, action, family);
  return { action, target: node.id, payload: payload?.(node) ?? {} };
}

export const widgetActions = {
  click: (): WidgetAction => ({ action: "click", family: "click" }),
  type: (text: string): WidgetAction => ({ action: "type_text", family: "input", payload: () => ({ text }) }),
  submit: (value: string | undefined): WidgetAction => ({
    action: "submit",
    family: "submit",
    payload: (node) => ({ value: value ?? node.props["value"] ?? "" }),
  }),
  toggle: (value: boolean | undefined): WidgetAction => ({
    action: "toggle",
    family: "toggle",
    payload: (node) => ({ value: value ?? checkedState(node) !== true }),
  }),
  select: (value: string | undefined): WidgetAction => ({
    action: "select",
    family: "select",
    payload: (node) => ({ value: choice(node, value) }),
  }),
  slide: (value: number): WidgetAction => ({ action: "slide", family: "slide", payload: () => ({ value }) }),
  paste: (text: string): WidgetAction => ({ action: "paste", family: "paste", payload: () => ({ text }) }),
  scroll: (x: number, y: number) => ({
    action: "scroll",
    family: "scroll",
    payload: (): WireProps => ({ delta_x: x, delta_y: y }),
  }),
  sort: (column: string): WidgetAction => ({ action: "sort", family: "sort", payload: () => ({ column }) }),
  canvasPress: (x: number, y: number, button: string): WidgetAction => ({
    action: "canvas_press",
    payload: () => ({ x, y, button }),
  }),
  canvasRelease: (x: number, y: number, button: string): WidgetAction => ({
    action: "canvas_release",
    payload: () => ({ x, y, button }),
  }),
  canvasMove: (x: number, y: number): WidgetAction => ({ action: "canvas_move", payload: () => ({ x, y }) }),
} as const;

export type KeyAction = KeyStep | "type_key";

/** The steps of an action of keys that somebody asked for; a renderer would tell of no others. Throws when nobody did. */
export function keySteps(action: KeyAction, combo: string, active: readonly Subscription[]): readonly KeyStep[] {
  const wanted = (["press", "release"] as const).filter((step) => action === "type_key" || action === step);
  const heard = wanted.filter((step) => hears(active, KEY_STEPS[step]));
  if (heard.length > 0) return heard;
  const [what, name, subscription] =
    action === "release" ? ["key releases", "keyUp", "onKeyRelease"] : ["keys", "press", "onKeyPress"];
  throw new TestFailure(
    `${name} "${combo}": the app subscribes to no ${what}, so it would hear nothing. ` +
      `Return Subscription.${subscription}() from subscribe.`,
  );
}

/** The pointer goes to a place. Throws when nobody would hear of it. */
export function moveInteraction(x: number, y: number, active: readonly Subscription[]): Interaction {
  if (hears(active, "on_pointer_move")) return { action: "move_to", payload: { x, y } };
  throw new TestFailure(
    "moveTo: the app subscribes to no pointer moves, so it would hear nothing. Return Subscription.onPointerMove() from subscribe.",
  );
}

function hears(active: readonly Subscription[], kind: string): boolean {
  return active.some((entry) => entry.kind === kind || entry.kind === "on_event");
}

/** A renderer sends only what a widget has, and some of it only when the view asks. */
function checkFamily(node: WireNode, action: string, family: string): void {
  const widget = findWidget(node.type);
  // Widgets of the renderer's own, that the catalog does not know, may have every event.
  if (widget === undefined) return;
  if (!widget.families.includes(family)) {
    const known = widget.families.length === 0 ? "no events" : widget.families.join(", ");
    throw new TestFailure(`${action}: "${node.id}" is a ${node.type}, which has no ${family}. It has ${known}.`);
  }
  const optIn = `on_${family}`;
  if (findProp(node.type, optIn) === undefined || node.props[optIn] === true) return;
  const handler = `on${family.charAt(0).toUpperCase()}${family.slice(1)}`;
  throw new TestFailure(`${action}: "${node.id}" reports no ${family}. Give it ${handler} in the view.`);
}

function choice(node: WireNode, value: string | undefined): string {
  if (value === undefined) {
    const own = node.props["value"];
    if (node.type === "radio" && typeof own === "string") return own;
    throw new TestFailure(`select: "${node.id}" is a ${node.type}. Say which option, as in select("${node.id}", "…").`);
  }
  const options: WireValue | undefined = node.props["options"];
  // What one may type is not limited to the options.
  if (node.type !== "pick_list" || !Array.isArray(options) || options.includes(value)) return value;
  throw new TestFailure(
    `select: "${node.id}" has no option "${value}". It has ${options.map((option) => `"${String(option)}"`).join(", ")}.`,
  );
}
