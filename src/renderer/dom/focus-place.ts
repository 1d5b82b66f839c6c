import { isStop, STOPS, tabbable } from "./focus-stops.ts";
import type { MountTree } from "./mount-tree.ts";
import type { Mounted } from "./mounted.ts";

/** Where a node was, from the inside out. */
export interface FocusPlace {
  readonly node: Mounted;
  readonly steps: readonly { readonly parent: Mounted; readonly node: Mounted; readonly index: number }[];
}

/** More nodes than this are not searched for one that is like the lost one. */
const MAX_SEARCHED = 500;

export function placeOf(node: Mounted): FocusPlace {
  const steps: { parent: Mounted; node: Mounted; index: number }[] = [];
  let inner = node;
  for (let parent = node.parent; parent !== undefined; parent = parent.parent) {
    steps.push({ parent, node: inner, index: parent.children.indexOf(inner) });
    inner = parent;
  }
  return { node, steps };
}

/**
 * What gets the keyboard focus when the node that had it is gone: the same control of what follows in its place, or of what
 * comes before; else the nearest stop behind that place in what was around it, else the one before; the same further out, up
 * to the window.
 */
export function stopNear(tree: MountTree, place: FocusPlace): HTMLElement | undefined {
  for (const { parent, node, index } of place.steps) {
    if (parent.isDisposed || tree.find(parent.id) !== parent) continue;
    const isThere = parent.children[index] === node;
    const neighbors = isThere ? [] : [parent.children[index], parent.children[index - 1]];
    for (const neighbor of neighbors) {
      const like = neighbor === undefined ? undefined : stopLike(tree, neighbor, place.node);
      if (like !== undefined) return like;
    }
    const stops = tabbable(parent.view.element);
    const next = isThere ? node : neighbors[0];
    const behind = next === undefined ? undefined : stops.find((stop) => isAtOrBehind(stop, next.view.element));
    const found = behind ?? stops.at(-1);
    if (found !== undefined) return found;
    if (parent.type === "window") return undefined;
  }
  return undefined;
}

/** The stop of a node, if it has one. */
export function stopOf(node: Mounted): HTMLElement | undefined {
  const { element, focusTarget } = node.view;
  const own = focusTarget ?? (element.matches(STOPS) ? element : tabbable(element)[0]);
  return own?.matches(STOPS) === true && isStop(own) ? own : undefined;
}

function stopLike(tree: MountTree, around: Mounted, lost: Mounted): HTMLElement | undefined {
  const name = localPart(lost.id);
  let count = 0;
  for (const node of tree.all(around)) {
    count += 1;
    if (count > MAX_SEARCHED) return undefined;
    if (node.type !== lost.type || localPart(node.id) !== name) continue;
    const stop = stopOf(node);
    if (stop !== undefined) return stop;
  }
  return undefined;
}

function localPart(id: string): string {
  return id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf("#")) + 1);
}

function isAtOrBehind(stop: Element, element: Element): boolean {
  return element.contains(stop) || (element.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
