import type { Mounted } from "./mounted.ts";

/** A property of the element is several times as fast as a map that holds a hundred thousand of them weakly. */
const NODE = Symbol("node");

/** What `NODE` is set on. */
interface DrawnElement extends Element {
  [NODE]?: Mounted;
}

/** The node drawn by this element itself, as far as it has one. */
export function nodeOf(element: Element): Mounted | undefined {
  return (element as DrawnElement)[NODE];
}

export function setNode(element: Element, node: Mounted): void {
  (element as DrawnElement)[NODE] = node;
}
