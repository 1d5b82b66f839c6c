// What of a picture has to be painted again. Two drawings are compared op by op; an op that is the same paints the same, as long as
// it lies in the same groups. So either the groups of both drawings are the same ones at the same places, and every op
// that differs counts for itself, or the ops between the first and the last difference are whole groups, and all of them count.

import type { Box } from "./geometry.ts";
import type { Drawing, Plan } from "./plan.ts";
import type { DrawOp } from "./scene.ts";

/** Indices of ops whose places have to be painted again, in the drawing before and the one after. */
export interface Difference {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Beyond this many places neighbours are painted together: each looks through all shapes. */
const MAX_PARTS = 128;
/** More than so many ops that differ are not looked at one by one. */
const MAX_CHANGES = 512;
/** Share of the ops, and of the pixels, beyond which painting everything is less work. */
const MAX_SHARE = 0.5;

/** `undefined`: too much, or too different to tell. */
export function difference(before: Drawing, after: Drawing): Difference | undefined {
  const isSame = sameness(before, after);
  const old = before.ops;
  const now = after.ops;
  const shorter = Math.min(old.length, now.length);
  let first = 0;
  while (first < shorter && isSame(old[first], now[first])) first += 1;
  let tail = 0;
  while (tail < shorter - first && isSame(old[old.length - 1 - tail], now[now.length - 1 - tail])) tail += 1;
  const oldEnd = old.length - tail;
  const nowEnd = now.length - tail;
  const most = Math.min(MAX_CHANGES, Math.max(32, MAX_SHARE * Math.max(old.length, now.length)));
  if (old.length === now.length && haveSameGroups(old, now, first, oldEnd)) {
    const changed: number[] = [];
    for (let index = first; index < oldEnd; index += 1) {
      if (isSame(old[index], now[index])) continue;
      changed.push(index);
      if (changed.length > most) return undefined;
    }
    return { before: changed, after: changed };
  }
  if (oldEnd - first > most || nowEnd - first > most) return undefined;
  if (!isBalanced(old, first, oldEnd) || !isBalanced(now, first, nowEnd)) return undefined;
  return { before: range(first, oldEnd), after: range(first, nowEnd) };
}

/** Whole device pixels. `undefined`: everything. */
export function damagedParts(
  { before, after }: Difference,
  plans: { readonly before: Plan; readonly after: Plan },
  size: { readonly width: number; readonly height: number },
): readonly Box[] | undefined {
  const parts: Box[] = [];
  const add = (plan: Plan, index: number): void => {
    const { left, top, right, bottom } = plan.boxOf(index);
    const box = {
      left: Math.max(0, Math.floor(left)),
      top: Math.max(0, Math.floor(top)),
      right: Math.min(size.width, Math.ceil(right)),
      bottom: Math.min(size.height, Math.ceil(bottom)),
    };
    if (box.left < box.right && box.top < box.bottom) addPart(parts, box);
  };
  for (const index of before) add(plans.before, index);
  for (const index of after) add(plans.after, index);
  const area = parts.reduce((sum, part) => sum + areaOf(part), 0);
  return area > MAX_SHARE * size.width * size.height ? undefined : parts;
}

/** Puts a box to the one it makes least larger, or beside the others. */
function addPart(parts: Box[], box: Box): void {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const [index, part] of parts.entries()) {
    const growth = areaOf(around(part, box)) - areaOf(part);
    if (growth >= least) continue;
    best = index;
    least = growth;
  }
  const part = parts[best];
  // Together they are hardly more than each alone.
  if (part !== undefined && (parts.length >= MAX_PARTS || least <= 2 * areaOf(box))) parts[best] = around(part, box);
  else parts.push(box);
}

function sameness(before: Drawing, after: Drawing): (one: DrawOp | undefined, other: DrawOp | undefined) => boolean {
  const haveOverrides = before.overrides.size > 0 || after.overrides.size > 0;
  return (one, other) => {
    if (one === undefined || other === undefined) return one === other;
    if (one.kind === "shape" && other.kind === "shape") {
      if (one !== other && (one.shape !== other.shape || one.opacity !== other.opacity)) return false;
      if (!haveOverrides || (one.element === undefined && other.element === undefined)) return true;
      return overrideIn(before, one.element) === overrideIn(after, other.element);
    }
    if (one.kind === "push" && other.kind === "push") {
      if (one === other) return true;
      return one.matrix.every((value, index) => value === other.matrix[index]) && isSameBox(one.clip, other.clip);
    }
    return one.kind === other.kind;
  };
}

function overrideIn({ overrides }: Drawing, element: string | undefined): unknown {
  return element === undefined ? undefined : overrides.get(element);
}

function isSameBox(one: Box | undefined, other: Box | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.left === other.left && one.top === other.top && one.right === other.right && one.bottom === other.bottom;
}

function haveSameGroups(old: readonly DrawOp[], now: readonly DrawOp[], from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) if (old[index]?.kind !== now[index]?.kind) return false;
  return true;
}

/** Every group that begins in the range ends in it, and none ends that began before. */
function isBalanced(ops: readonly DrawOp[], from: number, to: number): boolean {
  let depth = 0;
  for (let index = from; index < to; index += 1) {
    const kind = ops[index]?.kind;
    if (kind === "push") depth += 1;
    else if (kind === "pop") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

function around(one: Box, other: Box): Box {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

function areaOf({ left, top, right, bottom }: Box): number {
  return (right - left) * (bottom - top);
}
