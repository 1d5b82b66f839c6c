import type { WireNode } from "../protocol/node.ts";

/** The first node with this id in document order: the wire id, or else the local id after the last `/` or `#`. */
export function find(tree: WireNode | null, id: string): WireNode | undefined {
  let local: WireNode | undefined;
  for (const node of nodesOf(tree)) {
    if (node.id === id) return node;
    if (local === undefined && localId(node.id) === id) local = node;
  }
  return local;
}

/** All nodes for which `matches` is true, in document order. */
export function findAll(tree: WireNode | null, matches: (node: WireNode) => boolean): WireNode[] {
  const found: WireNode[] = [];
  for (const node of nodesOf(tree)) if (matches(node)) found.push(node);
  return found;
}

/** Child indices from the root to the first node with this wire id. */
export function pathOf(tree: WireNode | null, id: string): number[] | undefined {
  if (tree === null) return undefined;
  const path: number[] = [];
  const visit = (node: WireNode): boolean => {
    if (node.id === id) return true;
    for (let i = 0; i < node.children.length; i++) {
      const child = node.children[i];
      if (child === undefined) continue;
      path.push(i);
      if (visit(child)) return true;
      path.pop();
    }
    return false;
  };
  return visit(tree) ? path : undefined;
}

/** The node at a path of child indices. */
export function nodeAt(tree: WireNode | null, path: readonly number[]): WireNode | undefined {
  let node = tree ?? undefined;
  for (const index of path) node = node?.children[index];
  return node;
}

/** Every node in document order, without recursion. */
export function* nodesOf(tree: WireNode | null): Generator<WireNode, void> {
  const pending: WireNode[] = tree === null ? [] : [tree];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    yield node;
    for (let i = node.children.length - 1; i >= 0; i--) {
      const child = node.children[i];
      if (child !== undefined) pending.push(child);
    }
  }
}

/** The author's part of a wire id: what follows the last `/`, or the `#` when there is no scope. */
export function localId(wireId: string): string {
  return wireId.slice(Math.max(wireId.lastIndexOf("/"), wireId.indexOf("#")) + 1);
}
