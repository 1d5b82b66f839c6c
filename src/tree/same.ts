import type { ElementProps } from "../app/element.ts";

/** Nesting compared by content; what differs deeper is encoded and compared then. */
const MAX_DEPTH = 4;

/**
 * Whether encoding these props again could give something else. Compares host values without encoding them; `false`
 * may be wrong, `true` never is. Two handlers count as the same: only that there is one is on the wire.
 */
export function sameProps(before: ElementProps | undefined, after: ElementProps | undefined): boolean {
  if (before === after) return true;
  if (before === undefined || after === undefined || before === null || after === null) return false;
  let count = 0;
  for (const name in after) {
    const value = after[name];
    const old = before[name];
    if (value === old) {
      // An absent member and one that is `undefined` read alike, but would upset the counting.
      if (value === undefined && !Object.hasOwn(before, name)) return false;
    } else if (!sameMember(name, old, value)) return false;
    count += 1;
  }
  for (const _ in before) count -= 1;
  return count === 0;
}

function sameMember(name: string, before: unknown, after: unknown): boolean {
  if (typeof before === "function" && typeof after === "function") return name.startsWith("on");
  return sameData(before, after, MAX_DEPTH);
}

function sameData(before: unknown, after: unknown, depth: number): boolean {
  if (Object.is(before, after)) return true;
  if (typeof before !== "object" || typeof after !== "object" || before === null || after === null || depth === 0) {
    return false;
  }
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || before.length !== after.length) return false;
    for (let i = 0; i < before.length; i++) if (!sameData(before[i], after[i], depth - 1)) return false;
    return true;
  }
  if (!isLiteral(before) || !isLiteral(after)) return false;
  // Counting instead of listing the keys: this runs for every style and padding of every render.
  let count = 0;
  for (const key in before) {
    if (!sameData(before[key], after[key], depth - 1) || !Object.hasOwn(after, key)) return false;
    count += 1;
  }
  for (const _ in after) count -= 1;
  return count === 0;
}

function isLiteral(value: object): value is ElementProps {
  return Object.getPrototypeOf(value) === Object.prototype;
}
