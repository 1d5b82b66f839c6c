/**
 * The ops that turn one wire tree into another.
 *
 * For one node: another type gives `replace_node`; else the changed props; else its children are matched by id. Removes
 * come first from the back, then changes inside the children that stay (indices after the removes), then inserts from
 * the front: the order rule of the protocol. A moved child is removed and inserted; a longest increasing run of old
 * positions stays untouched.
 *
 *     before   a   b   c   d   e         ids under the node at [0]
 *     after    a   d   x   c   e'        b gone, x new, d moved before c, e has another prop
 *     sources  0   3  -1   2   4         old positions; the longest increasing run keeps a, c, e
 *
 *     remove_child [0] 3                 d leaves:    a b c e
 *     remove_child [0] 1                 b leaves:    a c e
 *     update_props [0,2]                 e is at 2 now
 *     insert_child [0] 1 d               a d c e
 *     insert_child [0] 2 x               a d x c e
 *
 * When removes and inserts would take more bytes than the children that stay, the whole node is replaced instead.
 */
import type { WireNode } from "../protocol/node.ts";
import type { PatchOp } from "../protocol/patch.ts";
import { changedProps } from "./equal.ts";
import { longestIncreasing } from "./sequence.ts";
import { nodeBytes, savedByReplacing } from "./size.ts";

/** The ops for `apply(before, ops)` to give a tree equal to `after`. Empty when nothing changed for a renderer. */
export function diff(before: WireNode, after: WireNode): PatchOp[] {
  const ops: PatchOp[] = [];
  if (before !== after && before.id !== after.id) ops.push({ op: "replace_node", path: [], node: after });
  else diffNode(before, after, [], ops);
  return ops;
}

function diffNode(before: WireNode, after: WireNode, path: number[], ops: PatchOp[]): void {
  if (before === after) return;
  if (before.type !== after.type) {
    ops.push({ op: "replace_node", path: path.slice(), node: after });
    return;
  }
  const mark = ops.length;
  const props = changedProps(before.props, after.props);
  if (props !== undefined) ops.push({ op: "update_props", path: path.slice(), props });
  if (before.children !== after.children && !diffChildren(before, after, path, ops)) {
    ops.length = mark;
    ops.push({ op: "replace_node", path: path.slice(), node: after });
  }
}

/** False when replacing the whole node is cheaper. */
function diffChildren(before: WireNode, after: WireNode, path: number[], ops: PatchOp[]): boolean {
  const oldChildren = before.children;
  const children = after.children;
  const sources = matchById(oldChildren, children);
  if (sources === undefined) {
    for (let i = 0; i < children.length; i++) diffChild(oldChildren[i], children[i], i, path, ops);
    return true;
  }
  const stays = longestIncreasing(sources);
  const leaves = new Uint8Array(oldChildren.length).fill(1);
  let inserts = 0;
  for (let i = 0; i < sources.length; i++) {
    if (stays[i] === 1) leaves[sources[i] ?? 0] = 0;
    else inserts += 1;
  }
  const removes = oldChildren.length - (children.length - inserts);
  const budget = savedByReplacing(removes, inserts, path.length);
  if (stayingBytes(after, stays, budget) < budget) return false;

  for (let i = oldChildren.length - 1; i >= 0; i--) {
    if (leaves[i] === 1) ops.push({ op: "remove_child", path: path.slice(), index: i });
  }
  let index = 0;
  for (let i = 0; i < children.length; i++) {
    if (stays[i] !== 1) continue;
    diffChild(oldChildren[sources[i] ?? 0], children[i], index, path, ops);
    index += 1;
  }
  for (let i = 0; i < children.length; i++) {
    const node = children[i];
    if (stays[i] !== 1 && node !== undefined) ops.push({ op: "insert_child", path: path.slice(), index: i, node });
  }
  return true;
}

function diffChild(
  before: WireNode | undefined,
  after: WireNode | undefined,
  index: number,
  path: number[],
  ops: PatchOp[],
): void {
  if (before === undefined || after === undefined || before === after) return;
  path.push(index);
  diffNode(before, after, path, ops);
  path.pop();
}

/** Old position of each child, `-1` for new ones; `undefined` when both lists have the same ids in the same order. */
function matchById(before: readonly WireNode[], after: readonly WireNode[]): Int32Array | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start]?.id === after[start]?.id) start += 1;
  if (start === before.length && start === after.length) return undefined;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail]?.id === after[after.length - 1 - tail]?.id)
    tail += 1;

  const sources = new Int32Array(after.length).fill(-1);
  for (let i = 0; i < start; i++) sources[i] = i;
  for (let i = 1; i <= tail; i++) sources[after.length - i] = before.length - i;
  const positions = new Map<string, number>();
  for (let i = before.length - tail - 1; i >= start; i--) positions.set(before[i]?.id ?? "", i);
  for (let i = start; i < after.length - tail; i++) {
    const id = after[i]?.id ?? "";
    const position = positions.get(id);
    if (position === undefined) continue;
    sources[i] = position;
    // Of several children with one id only one continues the old one.
    positions.delete(id);
  }
  return sources;
}

function stayingBytes(parent: WireNode, stays: Uint8Array, limit: number): number {
  let bytes = nodeBytes({ ...parent, children: [] }, limit);
  for (let i = 0; i < stays.length && bytes < limit; i++) {
    const child = parent.children[i];
    if (stays[i] === 1 && child !== undefined) bytes += nodeBytes(child, limit - bytes);
  }
  return bytes;
}
