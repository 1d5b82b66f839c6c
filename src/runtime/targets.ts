import type { WireNode } from "../protocol/index.ts";

export type TargetResult =
  | { readonly kind: "found"; readonly id: string }
  /** More than one widget fits; `id` is the first in document order. */
  | { readonly kind: "ambiguous"; readonly id: string; readonly count: number }
  | { readonly kind: "missing" };

/**
 * Finds the widget an author means by `"main#form/save"`, `"form/save"` or `"save"`: an exact wire id, else the end of
 * one, in whole segments. Of several, one without further scopes in front wins, as it is named completely.
 */
export function resolveTarget(root: WireNode | null, target: string): TargetResult {
  const inside = `/${target}`;
  const directly = `#${target}`;
  let first: string | undefined;
  let complete: string | undefined;
  let completeCount = 0;
  let count = 0;
  const pending: WireNode[] = root === null ? [] : [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.id === target) return { kind: "found", id: node.id };
    if (node.id.endsWith(directly)) {
      complete ??= node.id;
      completeCount += 1;
    } else if (node.id.endsWith(inside)) {
      first ??= node.id;
      count += 1;
    }
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child !== undefined) pending.push(child);
    }
  }
  if (complete !== undefined) {
    return completeCount === 1
      ? { kind: "found", id: complete }
      : { kind: "ambiguous", id: complete, count: completeCount };
  }
  if (first === undefined) return { kind: "missing" };
  return count === 1 ? { kind: "found", id: first } : { kind: "ambiguous", id: first, count };
}
