// What each action means as input. Values that only a made-up event could have (a `submit` of another text) are not used:
// what happens is what the widget does.

import type { WireNode, WireProps, WireValue } from "../../../protocol/index.ts";
import { elementAt } from "../../../renderer/engine/canvas-hit.ts";
import { keyInput } from "../../../renderer/engine/keys.ts";
import { booleanField, field, numberField, textField } from "../../../renderer/engine/record.ts";
import type { ScreenHands } from "./screen-hands.ts";
import type { LocatePart, PointerButton } from "./scripted-screen.ts";

/** What an action is about, with everything it may need to know. */
export interface ScreenTask {
  readonly hands: ScreenHands;
  readonly root: WireNode | null;
  readonly payload: WireProps;
}

type OnNode = (task: ScreenTask, node: WireNode) => Promise<void>;
type OnScreen = (task: ScreenTask) => Promise<void>;

/** Keys that bring a slider from where the pointer could set it to where it should be. */
const MAX_CORRECTIONS = 100;
const BUTTONS: ReadonlySet<string> = new Set(["left", "right", "middle", "back", "forward"]);

export const SCREEN_ON_NODE: Readonly<Record<string, OnNode>> = {
  click: clickOn,
  async toggle(task, node) {
    const wanted = task.payload["value"];
    const name = node.type === "toggler" ? "is_toggled" : "checked";
    // It is there already; a click would take it away again.
    if (typeof wanted === "boolean" && name in node.props && node.props[name] === wanted) return;
    await clickOn(task, node);
  },
  async select(task, node) {
    const value = textField(task.payload, "value");
    if (node.type === "radio") await clickOn(task, value === undefined ? node : radioFor(task, node, value));
    else if (node.type === "pick_list" || node.type === "combo_box") await choose(task, node, value);
    else await clickOn(task, node);
  },
  async type_text({ hands, payload }, node) {
    await hands.enter(node);
    await hands.write(textField(payload, "text") ?? "");
  },
  async submit({ hands }, node) {
    await hands.enter(node);
    await hands.stroke("Enter");
  },
  async paste({ hands, payload }, node) {
    await hands.enter(node);
    await hands.paste(textField(payload, "text") ?? "");
  },
  slide,
  async scroll({ hands, payload }, node) {
    const at = await hands.aim(node.id, undefined, { canBeDisabled: true });
    await hands.go(at);
    await turnWheel(hands, payload);
  },
  async sort({ hands, payload }, node) {
    const key = textField(payload, "column") ?? "";
    const { point } = await hands.locate(node.id, { kind: "column", key });
    if (point === undefined) throw hands.obstacle("column_not_found", node.id, `has no column "${key}" on the screen`);
    await hands.click(await hands.aim(node.id, { kind: "column", key }));
  },
  async pane_focus_cycle({ hands }, node) {
    const { isFocused } = await hands.locate(node.id);
    await hands.go(await hands.aim(node.id));
    // Without a focus elsewhere, keys come to what is under the pointer.
    if (!isFocused && (await hands.focusedId()) !== undefined) await hands.stroke("Escape");
    await hands.stroke("F6");
  },
  canvas_press: (task, node) => onCanvas(task, node, "press"),
  canvas_release: (task, node) => onCanvas(task, node, "release"),
  canvas_move: (task, node) => onCanvas(task, node),
  async click_element(task, node) {
    const part = pointPart(task.payload);
    await task.hands.click(await task.hands.aim(node.id, part));
  },
  async focus_element({ hands }, node) {
    await hands.focus(node.id);
    if (!(await hands.locate(node.id)).isFocused) await hands.stroke("Tab");
  },
};

export const SCREEN_ON_ELEMENT: Readonly<
  Record<string, (hands: ScreenHands, id: string, canvas: string) => Promise<void>>
> = {
  click: async (hands, id) => hands.click(await hands.aim(id)),
  click_element: async (hands, id) => hands.click(await hands.aim(id)),
  focus_element: (hands, id, canvas) => hands.focus(canvas, id),
};

/** Without a widget: at the keyboard's focus, or at the place of the pointer. */
export const SCREEN_ALONE: Readonly<Record<string, OnScreen>> = {
  click: ({ hands }) => hands.click(hands.cursor),
  toggle: ({ hands }) => hands.click(hands.cursor),
  select: ({ hands }) => hands.click(hands.cursor),
  type_text: ({ hands, payload }) => hands.write(textField(payload, "text") ?? ""),
  submit: ({ hands }) => hands.stroke("Enter"),
  paste: ({ hands, payload }) => hands.paste(textField(payload, "text") ?? ""),
  press: ({ hands, payload }) => hands.key("press", keyInput(payload)),
  release: ({ hands, payload }) => hands.key("release", keyInput(payload)),
  async type_key({ hands, payload }) {
    await hands.key("press", keyInput(payload));
    await hands.key("release", keyInput(payload));
  },
  scroll: ({ hands, payload }) => turnWheel(hands, payload),
  move_to: ({ hands, payload }) => hands.pointer("move", pointOf(payload)),
  click_element: ({ hands, payload }) => hands.click(pointOf(payload)),
  focus_element: ({ hands }) => hands.stroke("Tab"),
};

async function clickOn({ hands }: ScreenTask, node: WireNode): Promise<void> {
  await hands.click(await hands.aim(node.id));
}

/** The radio of the same group that stands for `value`. */
function radioFor({ root, hands }: ScreenTask, radio: WireNode, value: string): WireNode {
  if (textField(radio.props, "value") === value) return radio;
  const group = textField(radio.props, "group");
  const other = root === null || group === undefined ? undefined : findRadio(root, group, value);
  if (other === undefined) throw hands.obstacle("option_not_found", radio.id, `has no option "${value}"`);
  return other;
}

function findRadio(node: WireNode, group: string, value: string): WireNode | undefined {
  const { type, props } = node;
  if (type === "radio" && props["group"] === group && props["value"] === value) return node;
  for (const child of node.children) {
    const found = findRadio(child, group, value);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Opens the list, unless it is open, and presses the line. */
async function choose({ hands }: ScreenTask, node: WireNode, value: string | undefined): Promise<void> {
  if (value === undefined) throw hands.obstacle("option_not_found", node.id, "needs to be told which option");
  const option: LocatePart = { kind: "option", text: value };
  const isShown = async (): Promise<boolean> => (await hands.locate(node.id, option)).point !== undefined;
  if (!(await isShown())) await hands.click(await hands.aim(node.id));
  if (!(await isShown()) && node.type === "combo_box") {
    // What was typed before leaves only some of the options.
    await hands.stroke("a", { ctrl: true });
    await hands.stroke("Backspace");
  }
  if (!(await isShown())) {
    await hands.stroke("Escape");
    throw hands.obstacle("option_not_found", node.id, `has no option "${value}"`);
  }
  await hands.click(await hands.aim(node.id, option));
}

/** A press on the rail where the value is, then keys where the rail is too short to hit it. */
async function slide({ hands, payload }: ScreenTask, node: WireNode): Promise<void> {
  const value = onStep(node.props, numberField(payload, "value") ?? 0);
  const at = await hands.aim(node.id, { kind: "value", value });
  await hands.go(at);
  await hands.pointer("press", at);
  await hands.pointer("release", at);
  let now = (await hands.locate(node.id)).value;
  for (let count = 0; count < MAX_CORRECTIONS && now !== undefined && !isNear(now, value); count += 1) {
    await hands.stroke(now < value ? "ArrowRight" : "ArrowLeft");
    const next = (await hands.locate(node.id)).value;
    // The app keeps it where it is, or it went past.
    if (next === now || next === undefined || next < value !== now < value) break;
    now = next;
  }
}

/** The value on the slider's own grid. */
function onStep(props: WireProps, value: number): number {
  const range = props["range"];
  const [first = 0, last = 100] = Array.isArray(range) ? range.filter((end: unknown) => typeof end === "number") : [];
  const min = Math.min(first, last);
  const max = Math.max(first, last);
  const given = numberField(props, "keyboard_step") ?? numberField(props, "step") ?? 1;
  const step = given > 0 ? given : 1;
  if (value >= max) return max;
  return value <= min ? min : Math.min(max, min + Math.round((value - min) / step) * step);
}

/** Steps like 0.1 do not add up exactly. */
function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one), Math.abs(other));
}

async function onCanvas({ hands, payload }: ScreenTask, node: WireNode, action?: "press" | "release"): Promise<void> {
  const { x, y } = pointOf(payload);
  const at = await hands.aim(node.id, { kind: "point", x, y }, { canBeDisabled: true });
  if (action === undefined) await hands.pointer("move", at);
  else await hands.go(at);
  if (action === undefined) return;
  const button = buttonOf(payload);
  await hands.pointer(action, at, button);
  // In all styles of execution a press clicks the element there.
  if (action === "press" && button === "left" && isClickable(node, x, y)) await hands.pointer("release", at, button);
}

/** The element at a point is there to be clicked, not to be dragged. */
function isClickable(canvas: WireNode, x: number, y: number): boolean {
  const id = elementAt(canvas, x, y);
  const props = id === undefined ? undefined : groupIn(canvas.children, id)?.props;
  return booleanField(props, "on_click") === true && booleanField(props, "draggable") !== true;
}

function groupIn(nodes: readonly WireNode[], id: string): WireNode | undefined {
  for (const node of nodes) {
    const found = node.type === "group" && node.id === id ? node : groupIn(node.children, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The protocol counts the way the content goes, a wheel the way the view goes. */
function turnWheel(hands: ScreenHands, payload: WireProps): Promise<void> {
  const { delta_x: x, delta_y: y } = {
    delta_x: numberField(payload, "delta_x"),
    delta_y: numberField(payload, "delta_y"),
  };
  return hands.wheel(-(x ?? 0) || 0, -(y ?? 0) || 0);
}

function pointPart(payload: WireProps): LocatePart | undefined {
  const isGiven = field(payload, "x") !== undefined || field(payload, "y") !== undefined;
  return isGiven ? { kind: "point", ...pointOf(payload) } : undefined;
}

function pointOf(payload: WireProps): { readonly x: number; readonly y: number } {
  return { x: numberField(payload, "x") ?? 0, y: numberField(payload, "y") ?? 0 };
}

function buttonOf(payload: WireProps): PointerButton {
  const name: WireValue | undefined = payload["button"];
  return typeof name === "string" && isButton(name) ? name : "left";
}

function isButton(name: string): name is PointerButton {
  return BUTTONS.has(name);
}
