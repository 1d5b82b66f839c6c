import type { WireNode } from "../protocol/index.ts";
import { localId, nodesOf } from "../tree/index.ts";
import { hasLabel, hasRole, hasText, isMarkedFocused, nameOf, textOf } from "./node-facts.ts";
import { similar } from "./similar.ts";
import { TestFailure } from "./test-failure.ts";

/** What a test means by a widget: an id as the view writes it, or a query made with `by`. */
export type Selector = string | Query;

export type Query =
  | { readonly by: "id"; readonly value: string; readonly windowId?: string }
  | { readonly by: "text"; readonly value: string }
  | { readonly by: "role"; readonly value: string; readonly name?: string }
  | { readonly by: "label"; readonly value: string }
  | { readonly by: "focused" };

/** Makes queries. Texts, names and labels are compared as a whole. */
export const by = Object.freeze({
  /** A local id, a path of ids (`"todo-1/toggle"`), or a whole wire id (`"main#todo-1/toggle"`). */
  id: (value: string, options: { readonly windowId?: string } = {}): Query => ({ by: "id", value, ...options }),
  /** One of the props `content`, `label`, `value`, `placeholder`. */
  text: (value: string): Query => ({ by: "text", value }),
  /** The accessibility role, or the widget's type when it has no accessibility prop; `name` is its label or text. */
  role: (value: string, options: { readonly name?: string } = {}): Query => ({ by: "role", value, ...options }),
  /** The accessibility label, or the props `label` or `content`. */
  label: (value: string): Query => ({ by: "label", value }),
  /** What the view marks as focused. */
  focused: (): Query => ({ by: "focused" }),
});

const SHOWN_IDS = 6;

/** Everything a selector means, in document order. Only what is in a window counts. */
export function selectAll(root: WireNode | null, selector: Selector): readonly WireNode[] {
  const query = toQuery(selector);
  const found: WireNode[] = [];
  for (const window of nodesOf(root)) {
    if (window.type !== "window") continue;
    for (const node of nodesOf(window)) if (matches(node, window.id, query)) found.push(node);
  }
  if (query.by !== "id") return found;
  const exact = found.filter((node) => node.id === query.value);
  return exact.length > 0 ? exact : found;
}

/** The one node a selector means. Throws a `TestFailure` when there is none, or more than one. */
export function selectOne(root: WireNode | null, selector: Selector, purpose: string): WireNode {
  const found = selectAll(root, selector);
  const [first] = found;
  if (first === undefined) throw new TestFailure(`${purpose}: ${missing(root, selector)}`);
  if (found.length > 1) {
    throw new TestFailure(
      `${purpose}: ${found.length} widgets have ${describeSelector(selector)}: ${listed(found.map((node) => node.id))}. ` +
        "Say which one, by its path.",
    );
  }
  return first;
}

export function describeSelector(selector: Selector): string {
  const query = toQuery(selector);
  if (query.by === "focused") return "the focus";
  const name = query.by === "role" && query.name !== undefined ? ` and the name "${query.name}"` : "";
  return `the ${query.by} "${query.value}"${name}`;
}

/** Says that nothing matches, and what comes near. */
export function missing(root: WireNode | null, selector: Selector): string {
  const what = `no widget has ${describeSelector(selector)}`;
  if (root === null) return `${what}; the view shows nothing.`;
  const query = toQuery(selector);
  const near =
    query.by === "focused"
      ? []
      : similar(candidates(root, query), query.by === "role" ? (query.name ?? query.value) : query.value);
  if (near.length > 0) return `${what}. Similar: ${listed(near)}.`;
  const ids = [...nodesOf(root)].map((node) => node.id).filter((id) => !id.includes("auto:"));
  return `${what}. There are: ${listed(ids)}.`;
}

/** A string is an id. */
export function toQuery(selector: Selector): Query {
  return typeof selector === "string" ? { by: "id", value: selector } : selector;
}

function matches(node: WireNode, windowId: string, query: Query): boolean {
  switch (query.by) {
    case "id": {
      const hash = query.value.indexOf("#");
      const wantedWindow = query.windowId ?? (hash > 0 ? query.value.slice(0, hash) : undefined);
      if (wantedWindow !== undefined && wantedWindow !== windowId) return false;
      const path = hash > 0 ? query.value.slice(hash + 1) : query.value;
      return node.id === query.value || node.id === path || endsAtBoundary(node.id, path);
    }
    case "text":
      return hasText(node, query.value);
    case "role":
      return hasRole(node, query.value) && (query.name === undefined || nameOf(node) === query.name);
    case "label":
      return hasLabel(node, query.value);
    case "focused":
      return isMarkedFocused(node);
  }
}

/** Whether `path` is the end of `id` and starts right after a `/` or `#`. */
function endsAtBoundary(id: string, path: string): boolean {
  return path !== "" && (id.endsWith(`/${path}`) || id.endsWith(`#${path}`));
}

function candidates(root: WireNode, query: Query): readonly string[] {
  const names = new Set<string>();
  for (const node of nodesOf(root)) {
    if (query.by === "id")
      names.add(query.value.includes("/") ? node.id.slice(node.id.indexOf("#") + 1) : localId(node.id));
    else if (query.by === "role" && query.name !== undefined) {
      if (hasRole(node, query.value)) names.add(nameOf(node));
    } else names.add(query.by === "role" ? node.type : textOf(node));
  }
  return [...names].filter((name) => name !== "" && !name.startsWith("auto:"));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_IDS).map((name) => `"${name}"`);
  return names.length > SHOWN_IDS ? `${shown.join(", ")} and ${names.length - SHOWN_IDS} more` : shown.join(", ");
}
