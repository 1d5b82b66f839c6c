import type { Mounted } from "./mounted.ts";
import { moveInto } from "./move.ts";

/** Up to here each misplaced child is put before the next one that is in its place; with more, all are gone through. */
const FEW = 8;

/** Elements that are inserted in one call: faster than a fragment, and few enough for a list of arguments. */
const GROUP = 1_000;

/**
 * Brings the elements of misplaced children where they belong; neighbors that are new go there together. `misplaced` has all
 * of them, some perhaps twice, and perhaps some that are children of somebody else by now.
 */
export function orderChildren(parent: Mounted, misplaced: readonly Mounted[]): void {
  const { children } = parent;
  if (misplaced.length > FEW) {
    orderAll(parent);
    return;
  }
  const places = misplaced.map((child) => children.indexOf(child)).sort((one, other) => other - one);
  for (const index of places) {
    const child = children[index];
    if (child?.isMisplaced === true) placeOne(parent, child, index);
  }
}

function placeOne(parent: Mounted, child: Mounted, index: number): void {
  child.isMisplaced = false;
  const { content } = parent.view;
  const { element } = child.view;
  const slot = parent.view.slot?.(child);
  if (slot !== undefined) moveInto(slot, element, null);
  else if (content !== undefined) {
    // A tombstone's element is nowhere, and one in a slot no landmark. What comes later is in its place by now.
    let next = index + 1;
    while (next < parent.children.length && parent.children[next]?.view.element.parentNode !== content) next += 1;
    moveInto(content, element, parent.children[next]?.view.element ?? null);
  }
}

function orderAll(parent: Mounted): void {
  const { content } = parent.view;
  let before: Element | null = null;
  let run: Element[] = [];
  const insertRun = (): void => {
    if (content === undefined || run.length === 0) return;
    run.reverse();
    for (let at = 0; at < run.length; at += GROUP) {
      const group = run.slice(at, at + GROUP);
      if (before === null) content.append(...group);
      else before.before(...group);
    }
    before = run[0] ?? before;
    run = [];
  };
  for (let index = parent.children.length - 1; index >= 0; index -= 1) {
    const child = parent.children[index];
    if (child === undefined) continue;
    const { element } = child.view;
    if (!child.isMisplaced) {
      if (element.parentNode !== content) continue;
      insertRun();
      before = element;
      continue;
    }
    child.isMisplaced = false;
    const slot = parent.view.slot?.(child);
    if (slot !== undefined) moveInto(slot, element, null);
    else if (content === undefined) continue;
    else if (!element.isConnected) run.push(element);
    else {
      insertRun();
      moveInto(content, element, before);
      before = element;
    }
  }
  insertRun();
}

/** Empties what would be empty afterwards: all at once is several times as fast as one by one. */
export function emptyPlaces(gone: readonly Mounted[]): void {
  const counts = new Map<Node, number>();
  for (const { view } of gone) {
    const place = view.element.parentNode;
    if (place !== null) counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  for (const [place, count] of counts) if (count > 1 && place.childNodes.length === count) place.textContent = "";
}
