import type { DrawnNode } from "../drawn.ts";

/** Props that let the pointer find a group. */
export const REACTIONS = ["on_click", "on_hover", "draggable"] as const;

/** The group is an element: it has events and a place in the keyboard's order. */
export function isInteractive(group: DrawnNode): boolean {
  if (group.id === "" || group.id.startsWith("__")) return false;
  return group.props["focusable"] === true || REACTIONS.some((reaction) => group.props[reaction] === true);
}

export function hasElements(nodes: readonly DrawnNode[]): boolean {
  return nodes.some((node) => (node.type === "group" && isInteractive(node)) || hasElements(node.children));
}

/** Ids of all elements below. */
export function elementIds(nodes: readonly DrawnNode[], found = new Set<string>()): Set<string> {
  for (const node of nodes) {
    if (node.type === "group" && isInteractive(node)) found.add(node.id);
    elementIds(node.children, found);
  }
  return found;
}
