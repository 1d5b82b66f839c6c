import type { WireNode, WireProps, WireValue } from "../protocol/node.ts";

/** Whether two encoded values are the same for a renderer. Lists in order, no depth limit; missing members equal `null`. */
export function equalValue(left: WireValue | undefined, right: WireValue | undefined): boolean {
  if (left === right) return true;
  if (left === null || left === undefined) return right === null || right === undefined;
  if (right === null || right === undefined) return false;
  if (typeof left !== "object" || typeof right !== "object") return false;
  if (left instanceof Uint8Array || right instanceof Uint8Array) {
    return left instanceof Uint8Array && right instanceof Uint8Array && equalBytes(left, right);
  }
  if (isList(left) || isList(right)) return isList(left) && isList(right) && equalLists(left, right);
  return equalProps(left, right);
}

/** Whether two sets of props are the same for a renderer. */
export function equalProps(left: WireProps, right: WireProps): boolean {
  if (left === right) return true;
  for (const key of Object.keys(left)) if (!equalValue(left[key], right[key])) return false;
  for (const key of Object.keys(right))
    if (!Object.hasOwn(left, key) && !equalValue(undefined, right[key])) return false;
  return true;
}

/** Whether two trees are the same for a renderer. A subtree that is the same object is not looked into. */
export function equal(left: WireNode | null, right: WireNode | null): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (left.id !== right.id || left.type !== right.type || left.children.length !== right.children.length) return false;
  if (!equalProps(left.props, right.props)) return false;
  for (let i = 0; i < left.children.length; i++) {
    if (!equal(left.children[i] ?? null, right.children[i] ?? null)) return false;
  }
  return true;
}

/** The changed keys with their new values, removed keys as `null`; `undefined` when there is no change. */
export function changedProps(before: WireProps, after: WireProps): WireProps | undefined {
  if (before === after) return undefined;
  let changes: Record<string, WireValue> | undefined;
  for (const key of Object.keys(after)) {
    const value = after[key];
    if (value === undefined || equalValue(Object.hasOwn(before, key) ? before[key] : undefined, value)) continue;
    changes ??= {};
    changes[key] = value;
  }
  for (const key of Object.keys(before)) {
    if (before[key] === null || Object.hasOwn(after, key)) continue;
    changes ??= {};
    changes[key] = null;
  }
  return changes;
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}

function equalLists(left: readonly WireValue[], right: readonly WireValue[]): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (!equalValue(left[i], right[i])) return false;
  return true;
}

function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let i = 0; i < left.length; i++) if (left[i] !== right[i]) return false;
  return true;
}
