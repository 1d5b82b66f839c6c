// Where a widget is, for scripts that act on the page as a person would: the place to point at, and what would stop them.

import type { WireProps, WireValue } from "../../protocol/index.ts";
import { zoomOf } from "./canvas/zoom.ts";
import type { MountTree } from "./mount-tree.ts";
import type { Mounted } from "./mounted.ts";
import { readArray, readNumber, readRecord, readString } from "./props.ts";

/** The parts of a surface that know what lies where. */
export interface Places {
  readonly root: HTMLElement;
  readonly tree: MountTree;
  /** Overlay content to the anchor whose widget owns it. */
  readonly owners: WeakMap<Element, Element>;
}

interface Edges {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface Target {
  readonly element: HTMLElement;
  /** Client pixels; the element's own middle when left out. */
  readonly at?: () => { readonly x: number; readonly y: number } | undefined;
}

/**
 * Brings the widget into view and says where it is: `{ x, y, is_disabled, is_focused, covered_by?, value? }`. Without `x` and
 * `y` it has no place on the screen. `null`: there is no such widget.
 */
export function locate(places: Places, id: string, part: WireProps | undefined): WireValue {
  const { tree, root } = places;
  const node = tree.find(id) ?? canvasWith(tree, id);
  if (node === undefined) return null;
  const target = targetOf(node, id, part);
  if (target !== undefined && root.contains(target.element)) {
    target.element.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
  }
  const point = target === undefined ? undefined : pointOf(places, target);
  const coveredBy =
    target === undefined || point === undefined ? undefined : coverAt(places, node, target.element, point);
  const { activeElement } = root.ownerDocument;
  const now = Number(node.view.element.getAttribute("aria-valuenow") ?? Number.NaN);
  return {
    is_disabled: isDisabled(node.view.element),
    is_focused: activeElement !== null && node.view.element.contains(activeElement),
    ...(point === undefined ? {} : { x: point.x, y: point.y }),
    ...(coveredBy === undefined ? {} : { covered_by: coveredBy }),
    ...(Number.isFinite(now) ? { value: now } : {}),
  };
}

/** The text as a paste into what has the keyboard. False when nothing there takes text. */
export function pasteInto(document: Document, text: string): boolean {
  const target = document.activeElement;
  if (!(target instanceof HTMLElement) || target === document.body) return false;
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true });
  if (!target.dispatchEvent(event)) return true;
  // Nobody has used it up, so what the browser would do is done here: a page may not paste.
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false;
  if (target.disabled || target.readOnly) return false;
  const data = target instanceof HTMLInputElement ? text.replace(/[\r\n]+/g, " ") : text;
  target.setRangeText(data, target.selectionStart ?? 0, target.selectionEnd ?? 0, "end");
  target.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", data, bubbles: true }));
  return true;
}

/** An id below a canvas that is no node of its own. */
function canvasWith(tree: MountTree, id: string): Mounted | undefined {
  let name = id;
  while (name.includes("/")) {
    name = name.slice(0, name.lastIndexOf("/"));
    const node = tree.find(name);
    if (node !== undefined) return node.view.placeOf === undefined ? undefined : node;
  }
  return undefined;
}

function targetOf(node: Mounted, id: string, part: WireProps | undefined): Target | undefined {
  const { element } = node.view;
  if (node.id !== id) return { element, at: inside(element, () => node.view.placeOf?.(id)) };
  switch (readString(part?.["kind"])) {
    case "point": {
      const place = { x: readNumber(part?.["x"]) ?? 0, y: readNumber(part?.["y"]) ?? 0 };
      return { element, at: inside(element, () => place) };
    }
    case "option":
      return toTarget(optionOf(node, readString(part?.["text"]) ?? ""));
    case "column":
      return toTarget(columnOf(node, readString(part?.["key"]) ?? ""));
    case "value":
      return { element, at: () => sliderPlace(element, readNumber(part?.["value"]) ?? 0) };
    case "handle":
      return toTarget(element.querySelector(".pl-slider-handle"), element);
    default:
      return { element };
  }
}

function toTarget(found: Element | null | undefined, fallback?: HTMLElement): Target | undefined {
  if (found instanceof HTMLElement) return { element: found };
  return fallback === undefined ? undefined : { element: fallback };
}

/** A place in an element's own pixels, on the screen. */
function inside(
  element: HTMLElement,
  place: () => { readonly x: number; readonly y: number } | undefined,
): NonNullable<Target["at"]> {
  return () => {
    const own = place();
    const { left, top } = element.getBoundingClientRect();
    const zoom = zoomOf(element);
    return own === undefined ? undefined : { x: left + own.x * zoom, y: top + own.y * zoom };
  };
}

function optionOf(node: Mounted, text: string): Element | undefined {
  const control = node.view.accessible ?? node.view.focusTarget ?? node.view.element;
  const listId = control.getAttribute("aria-controls");
  const list = listId === null ? null : control.ownerDocument.getElementById(listId);
  return [...(list?.children ?? [])].find((row) => row.textContent === text);
}

function columnOf(node: Mounted, key: string): Element | undefined {
  const columns = readArray(node.props["columns"]) ?? [];
  const at = columns.findIndex((column) => readRecord(column)?.["key"] === key);
  const header = at < 0 ? undefined : node.view.element.querySelectorAll('[role="columnheader"]')[at];
  return header?.querySelector(".pl-sort") ?? header;
}

/** The handle's way is shorter than the rail by its own size. */
function sliderPlace(element: HTMLElement, value: number): { readonly x: number; readonly y: number } | undefined {
  const bound = (name: string): number => Number(element.getAttribute(name) ?? Number.NaN);
  const min = bound("aria-valuemin");
  const max = bound("aria-valuemax");
  if (!Number.isFinite(min) || !Number.isFinite(max)) return undefined;
  const ratio = max === min ? 0 : (Math.min(max, Math.max(min, value)) - min) / (max - min);
  const rail = element.getBoundingClientRect();
  const handle = element.querySelector(".pl-slider-handle")?.getBoundingClientRect();
  const isVertical = element.getAttribute("aria-orientation") === "vertical";
  const size = (isVertical ? handle?.height : handle?.width) ?? 0;
  const middle = { x: (rail.left + rail.right) / 2, y: (rail.top + rail.bottom) / 2 };
  if (isVertical) return { ...middle, y: rail.bottom - size / 2 - ratio * (rail.height - size) };
  return { ...middle, x: rail.left + size / 2 + ratio * (rail.width - size) };
}

function pointOf({ root }: Places, { element, at }: Target): { readonly x: number; readonly y: number } | undefined {
  const seen = visiblePart(element, root);
  if (seen === undefined) return undefined;
  const middle = { x: (seen.left + seen.right) / 2, y: (seen.top + seen.bottom) / 2 };
  if (at === undefined) return middle;
  const point = at();
  const isSeen =
    point !== undefined &&
    point.x >= seen.left &&
    point.x <= seen.right &&
    point.y >= seen.top &&
    point.y <= seen.bottom;
  return isSeen ? point : undefined;
}

/** What is left of an element's box after everything around it that cuts off. */
function visiblePart(element: HTMLElement, root: HTMLElement): Edges | undefined {
  const view = root.ownerDocument.defaultView;
  if (view === null || !element.isConnected || !element.checkVisibility({ visibilityProperty: true })) return undefined;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  let seen: Edges = cut(
    { left, top, right, bottom },
    { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight },
  );
  for (let around = element.parentElement; around !== null; around = around.parentElement) {
    const { overflowX, overflowY } = view.getComputedStyle(around);
    if (overflowX === "visible" && overflowY === "visible") continue;
    // The page's own overflow is the viewport's.
    if (around === root.ownerDocument.body || around === root.ownerDocument.documentElement) continue;
    const box = around.getBoundingClientRect();
    seen = cut(seen, {
      left: overflowX === "visible" ? seen.left : box.left,
      right: overflowX === "visible" ? seen.right : box.right,
      top: overflowY === "visible" ? seen.top : box.top,
      bottom: overflowY === "visible" ? seen.bottom : box.bottom,
    });
  }
  return seen.right - seen.left > 0 && seen.bottom - seen.top > 0 ? seen : undefined;
}

function cut(box: Edges, by: Edges): Edges {
  return {
    left: Math.max(box.left, by.left),
    top: Math.max(box.top, by.top),
    right: Math.min(box.right, by.right),
    bottom: Math.min(box.bottom, by.bottom),
  };
}

/** Whose the point is, when it is not the target's: a widget's id, or empty. */
function coverAt(
  { root, tree, owners }: Places,
  node: Mounted,
  element: HTMLElement,
  { x, y }: { readonly x: number; readonly y: number },
): string | undefined {
  const hit = root.ownerDocument.elementFromPoint(x, y);
  // What lets the pointer through to something around it is pressed by pressing that.
  if (hit === null || hit === element || element.contains(hit) || hit.contains(element)) return undefined;
  for (let at: Element | null = hit; at !== null && at !== root; at = owners.get(at) ?? at.parentElement) {
    const found = tree.ofElement(at);
    if (found === undefined) continue;
    return node.contains(found) ? undefined : found.id;
  }
  return "";
}

function isDisabled(element: HTMLElement): boolean {
  return element.closest('[aria-disabled="true"], [inert]') !== null || element.matches(":disabled");
}
