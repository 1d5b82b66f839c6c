import type { WireNode, WireValue } from "../../protocol/index.ts";
import { field, textField } from "./record.ts";

export interface Selected {
  readonly node: WireNode;
  /** The enclosing window's id; the node's own when it is a window. */
  readonly windowId: string | undefined;
}

type Matches = (node: WireNode, windowId: string | undefined) => boolean;

/** The first node in document order that a selector `{by, value?, window_id?}` means. A whole id wins over the end of one. */
export function selectNode(root: WireNode | null, selector: WireValue | undefined): Selected | undefined {
  if (root === null) return undefined;
  for (const matches of matchersOf(selector)) {
    const found = firstMatch(root, undefined, matches);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The node with exactly this wire id. */
export function nodeById(root: WireNode | null, id: string): Selected | undefined {
  return root === null ? undefined : firstMatch(root, undefined, (node) => node.id === id);
}

/**
 * The node that owns a command's id: the id itself, or what is left after dropping segments from the end, so that ids of
 * elements inside a widget reach the widget.
 */
export function ownerOf(root: WireNode | null, id: string): Selected | undefined {
  for (let name = id; ; name = name.slice(0, name.lastIndexOf("/"))) {
    const found = nodeById(root, name);
    if (found !== undefined || !name.includes("/")) return found;
  }
}

/** The canvas that has `id` as an element inside: the nearest prefix of the id that is a canvas. */
export function canvasOf(root: WireNode | null, id: string): WireNode | undefined {
  let name = id;
  while (name.includes("/")) {
    name = name.slice(0, name.lastIndexOf("/"));
    const found = nodeById(root, name);
    if (found?.node.type === "canvas") return found.node;
  }
  return undefined;
}

function firstMatch(node: WireNode, outerWindow: string | undefined, matches: Matches): Selected | undefined {
  const windowId = node.type === "window" ? node.id : outerWindow;
  if (matches(node, windowId)) return { node, windowId };
  for (const child of node.children) {
    const found = firstMatch(child, windowId, matches);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The closest reading first. */
function matchersOf(selector: WireValue | undefined): readonly Matches[] {
  const value = textField(selector, "value");
  if (textField(selector, "by") === "id") {
    return value === undefined ? [] : idMatchers(value, textField(selector, "window_id"));
  }
  const matches = matcherOf(selector);
  return matches === undefined ? [] : [matches];
}

function matcherOf(selector: WireValue | undefined): Matches | undefined {
  const by = textField(selector, "by");
  const value = textField(selector, "value");
  switch (by) {
    case "text":
      return (node) => value !== undefined && TEXT_PROPS.some((name) => field(node.props, name) === value);
    case "role":
      return (node) => {
        const a11y = field(node.props, "a11y");
        if (value === undefined) return false;
        return a11y === undefined || a11y === null ? node.type === value : field(a11y, "role") === value;
      };
    case "label":
      return (node) =>
        value !== undefined &&
        (field(field(node.props, "a11y"), "label") === value ||
          field(node.props, "label") === value ||
          field(node.props, "content") === value);
    case "focused":
      return (node) => field(node.props, "focused") === true || field(field(node.props, "a11y"), "focused") === true;
    default:
      return undefined;
  }
}

const TEXT_PROPS = ["content", "label", "value", "placeholder"];

function idMatchers(value: string, windowId: string | undefined): readonly Matches[] {
  const hash = value.indexOf("#");
  const wantedWindow = windowId ?? (hash > 0 ? value.slice(0, hash) : undefined);
  // Ids may lack the window prefix, so `main#form/email` also means `form/email` in the window `main`.
  const rest = hash > 0 ? value.slice(hash + 1) : value;
  const inWindow =
    (fits: (id: string, enclosing: string | undefined) => boolean): Matches =>
    (node, enclosing) =>
      (wantedWindow === undefined || enclosing === wantedWindow) && fits(node.id, enclosing);
  return [
    inWindow((id) => id === value),
    inWindow((id, enclosing) => id === rest || (enclosing !== undefined && id === `${enclosing}#${rest}`)),
    inWindow((id) => endsAtBoundary(id, rest)),
  ];
}

/** Whether `suffix` is the end of `id` and starts right after a `/` or `#`. */
function endsAtBoundary(id: string, suffix: string): boolean {
  if (suffix === "" || !id.endsWith(suffix)) return false;
  const before = id[id.length - suffix.length - 1];
  return before === "/" || before === "#";
}
