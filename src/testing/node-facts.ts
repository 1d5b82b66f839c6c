import { findWidget, type WireNode, type WireValue } from "../protocol/index.ts";
import { nodesOf } from "../tree/index.ts";

/** Props that hold what a widget shows or is called, in the order in which they win. */
const TEXT_PROPS = ["content", "label", "value", "placeholder"] as const;
const CHECKED_PROPS = ["checked", "is_toggled"] as const;

/** The text a widget shows: its own, or what the texts inside say, joined by spaces. */
export function textOf(node: WireNode): string {
  const own = ownText(node);
  if (own !== undefined) return own;
  const parts: string[] = [];
  for (const inner of nodesOf(node)) {
    const text = inner === node ? undefined : ownText(inner);
    if (text !== undefined && text !== "") parts.push(text);
  }
  return parts.join(" ");
}

/** What assistive technology calls it: the label it was given, or its text. */
export function nameOf(node: WireNode): string {
  const label = accessibility(node, "label") ?? node.props["label"];
  return typeof label === "string" ? label : textOf(node);
}

/** The role that was given, or else the type, as the renderer's own selectors have it. */
export function hasRole(node: WireNode, role: string): boolean {
  const a11y = node.props["a11y"];
  return a11y === undefined || a11y === null ? node.type === role : accessibility(node, "role") === role;
}

export function hasText(node: WireNode, text: string): boolean {
  return TEXT_PROPS.some((name) => node.props[name] === text);
}

export function hasLabel(node: WireNode, label: string): boolean {
  return accessibility(node, "label") === label || node.props["label"] === label || node.props["content"] === label;
}

export function isMarkedFocused(node: WireNode): boolean {
  return node.props["focused"] === true || accessibility(node, "focused") === true;
}

export function isDisabled(node: WireNode): boolean {
  return node.props["disabled"] === true || node.props["enabled"] === false;
}

/** Whether it is on; `undefined` for a widget that has no such state. */
export function checkedState(node: WireNode): boolean | undefined {
  if (node.type === "radio") return node.props["selected"] === (node.props["value"] ?? "");
  const known = findWidget(node.type)?.props;
  for (const name of CHECKED_PROPS) {
    const value = node.props[name];
    if (typeof value === "boolean") return value;
    if (known?.has(name) === true) return false;
  }
  return undefined;
}

function ownText(node: WireNode): string | undefined {
  for (const name of TEXT_PROPS) {
    const value = node.props[name];
    if (typeof value === "string" && (value !== "" || name === "value")) return value;
    if (typeof value === "number") return String(value);
  }
  return undefined;
}

function accessibility(node: WireNode, name: string): WireValue | undefined {
  const a11y = node.props["a11y"];
  if (typeof a11y !== "object" || a11y === null || Array.isArray(a11y) || a11y instanceof Uint8Array) return undefined;
  return Object.entries(a11y).find(([key]) => key === name)?.[1];
}
