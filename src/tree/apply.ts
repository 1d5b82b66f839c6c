/**
 * Applies a patch to a wire tree, by the rules of the protocol: the order rule is checked first and a violation
 * rejects the whole patch; after that an op that cannot be applied is skipped and reported, and the rest goes on.
 *
 * Nodes are never changed. Within one call each touched node is copied once, so that many ops under one parent cost one
 * copy of its child list.
 */
import type { WireNode, WireProps, WireValue } from "../protocol/node.ts";
import type { PatchOp, Path } from "../protocol/patch.ts";

/** Longer paths are refused: no tree that can be shown is deeper. */
export const MAX_PATH_LENGTH = 256;

export type SkipReason =
  | "malformed"
  | "unknown_op"
  | "path_too_long"
  | "no_such_node"
  | "index_out_of_range"
  | "no_tree";

export interface UnappliedOp {
  /** Position in the patch. */
  readonly index: number;
  readonly reason: SkipReason;
  /** The op's name as it came, empty when it has none. */
  readonly op: string;
  /** The op as it came. */
  readonly payload: unknown;
}

/** Which op broke the order rule. */
export interface OrderViolation {
  readonly index: number;
  readonly parent: Path;
  readonly rule: "remove_after_change" | "remove_not_decreasing" | "change_after_insert" | "insert_decreasing";
}

export type ApplyResult =
  | {
      readonly kind: "applied";
      readonly root: WireNode | null;
      /** The ops that took effect, in order: what a surface is told. */
      readonly applied: readonly PatchOp[];
      readonly skipped: readonly UnappliedOp[];
    }
  | { readonly kind: "rejected"; readonly root: WireNode | null; readonly violation: OrderViolation };

/** A node copied during this call; only such nodes are written to. */
interface OwnedNode extends WireNode {
  props: WireProps;
  children: WireNode[];
}

/** `ops` may hold anything: a member that is no op is reported, not trusted. Nodes in ops have all four keys. */
export function apply(root: WireNode | null, ops: readonly unknown[]): ApplyResult {
  const violation = findOrderViolation(ops);
  if (violation !== undefined) return { kind: "rejected", root, violation };
  const batch: Batch = { root, owned: new Set() };
  const applied: PatchOp[] = [];
  const skipped: UnappliedOp[] = [];
  for (let index = 0; index < ops.length; index++) {
    const payload = ops[index];
    const reason = root === null ? "no_tree" : applyOne(batch, payload, applied);
    if (reason !== undefined) skipped.push({ index, reason, op: nameOf(payload), payload });
  }
  return { kind: "applied", root: batch.root, applied, skipped };
}

/**
 * Per parent: removes come first and strictly decrease, then changes of its children, then inserts that never decrease.
 * Members that are no ops are left to `apply`.
 */
export function findOrderViolation(ops: readonly unknown[]): OrderViolation | undefined {
  // Changes alone may come in any order.
  if (!ops.some(isListOp)) return undefined;
  const parents = new Map<string, Seen>();
  let previous: Path | undefined;
  let seen: Seen | undefined;
  for (let index = 0; index < ops.length; index++) {
    const op = ops[index];
    if (!isOp(op) || op.path.length > MAX_PATH_LENGTH) continue;
    const isChange = op.op === "update_props" || op.op === "replace_node";
    if (isChange && op.path.length === 0) continue;
    const parent = isChange ? op.path.slice(0, -1) : op.path;
    // Most ops have the parent of the op before.
    if (seen === undefined || previous === undefined || !isSamePath(previous, parent)) {
      const key = parent.join(",");
      seen = parents.get(key) ?? { phase: 0, lastRemove: Number.POSITIVE_INFINITY, lastInsert: -1 };
      parents.set(key, seen);
      previous = parent;
    }
    if (op.op === "remove_child") {
      if (seen.phase > 0) return { index, parent, rule: "remove_after_change" };
      if (op.index >= seen.lastRemove) return { index, parent, rule: "remove_not_decreasing" };
      seen.lastRemove = op.index;
    } else if (op.op === "insert_child") {
      if (op.index < seen.lastInsert) return { index, parent, rule: "insert_decreasing" };
      seen.phase = 2;
      seen.lastInsert = op.index;
    } else {
      if (seen.phase > 1) return { index, parent, rule: "change_after_insert" };
      seen.phase = 1;
    }
  }
  return undefined;
}

/** What came for one parent. */
interface Seen {
  phase: number;
  lastRemove: number;
  lastInsert: number;
}

function isSamePath(a: Path, b: Path): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isListOp(op: unknown): boolean {
  const name = nameOf(op);
  return name === "remove_child" || name === "insert_child";
}

interface Batch {
  root: WireNode | null;
  readonly owned: Set<WireNode>;
}

function applyOne(batch: Batch, op: unknown, applied: PatchOp[]): SkipReason | undefined {
  if (!isOp(op)) return isKnownName(nameOf(op)) || nameOf(op) === "" ? "malformed" : "unknown_op";
  if (op.path.length > MAX_PATH_LENGTH) return "path_too_long";
  const reason = perform(batch, op);
  if (reason === undefined) applied.push(op);
  return reason;
}

function perform(batch: Batch, op: PatchOp): SkipReason | undefined {
  if (op.op === "replace_node") {
    const index = op.path.at(-1);
    if (index === undefined) {
      batch.root = op.node;
      return undefined;
    }
    const parentPath = op.path.slice(0, -1);
    if (nodeAt(batch.root, op.path) === undefined) return "no_such_node";
    const parent = own(batch, parentPath);
    if (parent === undefined) return "no_such_node";
    parent.children[index] = op.node;
    return undefined;
  }
  const current = nodeAt(batch.root, op.path);
  if (current === undefined) return "no_such_node";
  if (op.op === "remove_child" && op.index >= current.children.length) return "index_out_of_range";
  const node = own(batch, op.path);
  if (node === undefined) return "no_such_node";
  if (op.op === "update_props") node.props = mergeProps(node.props, op.props);
  else if (op.op === "remove_child") node.children.splice(op.index, 1);
  else node.children.splice(op.index, 0, op.node);
  return undefined;
}

function nodeAt(root: WireNode | null, path: Path): WireNode | undefined {
  let node = root ?? undefined;
  for (const index of path) node = node?.children[index];
  return node;
}

/** Copies the nodes along `path` that are not copied yet and returns the last. */
function own(batch: Batch, path: Path): OwnedNode | undefined {
  if (batch.root === null) return undefined;
  let node = ownNode(batch, batch.root);
  batch.root = node;
  for (const index of path) {
    const child = node.children[index];
    if (child === undefined) return undefined;
    const copy = ownNode(batch, child);
    node.children[index] = copy;
    node = copy;
  }
  return node;
}

function ownNode(batch: Batch, node: WireNode): OwnedNode {
  if (isOwned(batch, node)) return node;
  const copy: OwnedNode = { id: node.id, type: node.type, props: node.props, children: node.children.slice() };
  batch.owned.add(copy);
  return copy;
}

function isOwned(batch: Batch, node: WireNode): node is OwnedNode {
  return batch.owned.has(node);
}

function mergeProps(before: WireProps, changes: WireProps): WireProps {
  const merged: Record<string, WireValue> = { ...before };
  for (const key of Object.keys(changes)) {
    const value = changes[key];
    // Assigning `__proto__` would change the object's prototype instead of adding a key.
    if (key === "__proto__") continue;
    if (value === null || value === undefined) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}

function nameOf(op: unknown): string {
  return isObject(op) && typeof op["op"] === "string" ? op["op"] : "";
}

function isKnownName(name: string): boolean {
  return name === "replace_node" || name === "update_props" || name === "insert_child" || name === "remove_child";
}

function isOp(op: unknown): op is PatchOp {
  if (!isObject(op) || !isPath(op["path"])) return false;
  switch (op["op"]) {
    case "replace_node":
      return isNode(op["node"]);
    case "update_props":
      return isObject(op["props"]) && !Array.isArray(op["props"]);
    case "insert_child":
      return isIndex(op["index"]) && isNode(op["node"]);
    case "remove_child":
      return isIndex(op["index"]);
    default:
      return false;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isPath(value: unknown): value is Path {
  return Array.isArray(value) && value.every(isIndex);
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/** The outer shape only: what is below was checked when the frame was decoded. */
function isNode(value: unknown): value is WireNode {
  return (
    isObject(value) &&
    typeof value["id"] === "string" &&
    typeof value["type"] === "string" &&
    isObject(value["props"]) &&
    Array.isArray(value["children"])
  );
}
