import type { Element, View } from "../app/element.ts";
import { describe } from "./diagnostic.ts";
import type { EncodeContext } from "./encode/context.ts";

/** An element for any model: the tree passes handlers on and never calls them. */
export type AnyElement = Element<never>;
export type AnyView = View<never>;

const NONE: readonly AnyElement[] = Object.freeze([]);
const GROUPS: ReadonlySet<unknown> = new Set(["window_group", "windowGroup"]);

/** The windows of a view: of one window, an array, a `windowGroup`, or nothing. */
export function windowsOf(context: EncodeContext, view: AnyView): readonly AnyElement[] {
  if (isElement(view) && GROUPS.has(view.type)) return flatten(context, view.children);
  return flatten(context, Array.isArray(view) ? view : [view]);
}

/** How much of two lists is the same at both ends. */
export interface Span {
  head: number;
  tail: number;
}

/**
 * The child elements, in order, without the gaps. The list itself when it has neither gaps nor nested lists. `before` is
 * what is known of the list that stood there: what both have in common is written to `span` and not looked at again.
 */
export function flatten(
  context: EncodeContext,
  children: unknown,
  before?: FlatList,
  span?: Span,
): readonly AnyElement[] {
  if (children === undefined || children === null || children === false) return NONE;
  if (!Array.isArray(children)) {
    reportInvalid(context, children);
    return NONE;
  }
  if (before !== undefined && span !== undefined) compare(before.elements, children, span);
  if (isFlat(children, before, span)) return children;
  const flat: AnyElement[] = [];
  // Lists inside lists are walked with a stack of positions: an author's nesting never becomes ours.
  const lists: unknown[][] = [children];
  const positions: number[] = [0];
  while (lists.length > 0) {
    const top = lists.length - 1;
    const list = lists[top] ?? [];
    const position = positions[top] ?? 0;
    if (position >= list.length) {
      lists.pop();
      positions.pop();
      continue;
    }
    positions[top] = position + 1;
    const child = list[position];
    if (isElement(child)) flat.push(child);
    else if (Array.isArray(child) && !lists.includes(child)) {
      lists.push(child);
      positions.push(0);
    } else if (child !== null && child !== undefined && child !== false) reportInvalid(context, child);
  }
  return flat;
}

/** A list that is used as it is. */
export interface FlatList {
  readonly elements: readonly AnyElement[];
  /** Every element has an id. */
  readonly areNamed: boolean;
}

/** Lists shorter than this are looked through quickly. */
const LONG = 32;
/** What is known of long lists: lists, as elements, are never changed. */
const flatLists = new WeakMap<object, FlatList>();

/** What is known of a list that was given to `flatten`; nothing for short ones and those with gaps. */
export function knownFlat(children: readonly unknown[] | undefined): FlatList | undefined {
  return Array.isArray(children) && children.length >= LONG ? flatLists.get(children) : undefined;
}

function compare(before: readonly unknown[], after: readonly unknown[], span: Span): void {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let end = after.length;
  const shift = before.length - end;
  const least = shift < 0 ? head - shift : head;
  while (end > least && before[end - 1 + shift] === after[end - 1]) end -= 1;
  span.head = head;
  span.tail = after.length - end;
}

/** What both lists have in common at their ends was looked at when the list before came. */
function isFlat(
  children: readonly unknown[],
  before: FlatList | undefined,
  span: Span | undefined,
): children is readonly AnyElement[] {
  if (children.length < LONG) {
    for (let i = 0; i < children.length; i += 1) if (!isElement(children[i])) return false;
    return true;
  }
  if (flatLists.has(children)) return true;
  const isCompared = before !== undefined && span !== undefined;
  const known = isCompared ? before.elements : NONE;
  const end = children.length - (isCompared ? span.tail : 0);
  let areNamed = before?.areNamed ?? true;
  for (let i = isCompared ? span.head : 0; i < end; i += 1) {
    const child = children[i];
    if (i < known.length && child === known[i]) continue;
    if (!isElement(child)) return false;
    areNamed &&= child.id !== undefined && child.id !== "";
  }
  // Each was an element, now or before.
  flatLists.set(children, { elements: children as readonly AnyElement[], areNamed });
  return true;
}

function isElement(value: unknown): value is AnyElement {
  return isObject(value) && typeof value.type === "string";
}

/** Reading the member right away is one look-up where asking for it first would be two, for each element of a view. */
function isObject(value: unknown): value is { readonly type?: unknown } {
  return typeof value === "object" && value !== null;
}

function reportInvalid(context: EncodeContext, child: unknown): void {
  context.report(
    "child_invalid",
    `${context.type} "${context.id}": a child must be an element and is ${describe(child)}. It is left out; text needs a text element.`,
  );
}
