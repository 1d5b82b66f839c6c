// What comes in as tree is cut to size before anything looks at it: depth, lengths of texts, sizes of windows. A node that
// is within the limits stays the same object.

import {
  MAX_DUPLICATES_REPORTED,
  MAX_TREE_DEPTH,
  MAX_WINDOW_SIDE_PX,
  MIN_WINDOW_SIDE_PX,
  type PatchOp,
  type WireNode,
  type WireProps,
  type WireValue,
} from "../../protocol/index.ts";
import { apply, nodeAt, nodesOf } from "../../tree/index.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { ALWAYS_ALLOWED_UNITS, CONTENT_LIMITS } from "./limits.ts";
import { field } from "./record.ts";
import { cutText } from "./text-limit.ts";
import { clampWindow } from "./window-settings.ts";

/** Called for each thing that was cut, with the diagnostic to send. */
export type ReportCut = (diagnostic: Diagnostic) => void;

/** Told while nodes are looked at. */
export interface IntakeListener {
  readonly cut: ReportCut;
  /** A node has an event rate of its own. */
  readonly rateSeen: () => void;
  readonly windowSeen: () => void;
}

/** The tree as far as it is within the limits. */
export function admitTree(root: WireNode, listener: IntakeListener): WireNode {
  return admitNode(root, 1, listener);
}

/**
 * The ops with the same cuts made. `root` is the tree they are meant for; it is looked at only when an op carries
 * something that may be too large, because what the limit is depends on the node's type.
 */
export function admitOps(root: WireNode | null, ops: readonly PatchOp[], listener: IntakeListener): readonly PatchOp[] {
  const { cut: report } = listener;
  let admitted: PatchOp[] | undefined;
  let current = root;
  let appliedUpTo = 0;
  for (let index = 0; index < ops.length; index += 1) {
    const op = ops[index];
    if (op === undefined) continue;
    if (op.op === "replace_node" || op.op === "insert_child") {
      const level = op.op === "replace_node" ? op.path.length + 1 : op.path.length + 2;
      if (level > MAX_TREE_DEPTH) {
        report(depthDiagnostic(op.node.id));
        // Stays as an op that changes nothing, so that the places of the others do not move.
        admitted ??= [...ops];
        admitted[index] = { op: "update_props", path: [], props: {} };
        continue;
      }
      const node = admitNode(op.node, level, listener);
      if (node === op.node) continue;
      admitted ??= [...ops];
      admitted[index] = { ...op, node };
    } else if (op.op === "update_props") {
      if (op.props["event_rate"] !== undefined) listener.rateSeen();
      if (!mayExceed(op.props)) continue;
      const before = apply(current, (admitted ?? ops).slice(appliedUpTo, index));
      current = before.root;
      appliedUpTo = index;
      const node = nodeAt(current, op.path);
      const props = node === undefined ? op.props : admitProps(node, op.props, report);
      if (props === op.props) continue;
      admitted ??= [...ops];
      admitted[index] = { ...op, props };
    }
  }
  return admitted ?? ops;
}

/** `id (type)` of every id that occurs again, at most 100 of them. Generated and empty ids do not count. */
export function duplicateIds(root: WireNode): readonly string[] {
  const seen = new Set<string>();
  const duplicates: string[] = [];
  for (const node of nodesOf(root)) {
    if (node.id === "" || node.id.startsWith("auto:")) continue;
    if (!seen.has(node.id)) seen.add(node.id);
    else if (duplicates.length < MAX_DUPLICATES_REPORTED) duplicates.push(`${node.id} (${node.type})`);
    else {
      duplicates.push(`too_many_duplicates: stopped at ${MAX_DUPLICATES_REPORTED}`);
      break;
    }
  }
  return duplicates;
}

function admitNode(node: WireNode, level: number, listener: IntakeListener): WireNode {
  const { type, props: given, children: inside } = node;
  if (given["event_rate"] !== undefined) listener.rateSeen();
  let props = given;
  if (type === "window") {
    listener.windowSeen();
    props = admitProps(node, given, listener.cut);
  } else if (CONTENT_LIMITS.has(type)) props = admitProps(node, given, listener.cut);
  let children = inside;
  if (inside.length > 0) {
    if (level < MAX_TREE_DEPTH) children = admitChildren(inside, level + 1, listener);
    else {
      listener.cut(depthDiagnostic(node.id));
      children = [];
    }
  }
  return props === given && children === inside ? node : { ...node, props, children };
}

function admitChildren(nodes: readonly WireNode[], level: number, listener: IntakeListener): readonly WireNode[] {
  let copy: WireNode[] | undefined;
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    const admitted = admitNode(node, level, listener);
    if (admitted === node) continue;
    copy ??= [...nodes];
    copy[index] = admitted;
  }
  return copy ?? nodes;
}

function admitProps(
  node: { readonly id: string; readonly type: string },
  props: WireProps,
  report: ReportCut,
): WireProps {
  if (node.type === "window") {
    const { props: inRange, clamped } = clampWindow(props);
    for (const { prop, raw, clamped: value } of clamped) {
      report(rangeDiagnostic(node.id, prop, raw, value));
    }
    return clamped.length === 0 ? props : inRange;
  }
  const limit = CONTENT_LIMITS.get(node.type);
  const text = limit === undefined ? undefined : field(props, limit.field);
  if (limit === undefined || typeof text !== "string" || text.length <= ALWAYS_ALLOWED_UNITS) return props;
  const cut = cutText(text, limit.maxBytes);
  if (cut.keptBytes === cut.actualBytes) return props;
  report({
    kind: "content_length_exceeded",
    id: node.id,
    field: limit.field,
    actual: cut.actualBytes,
    cap: limit.maxBytes,
    truncated: cut.keptBytes,
  });
  return { ...props, [limit.field]: cut.text };
}

/** A number of a window that was put back into its range. */
export function rangeDiagnostic(windowId: string, prop: string, raw: number, clamped: number): Diagnostic {
  return {
    kind: "prop_range_exceeded",
    id: windowId,
    type_name: "window",
    prop,
    raw: String(raw),
    clamped,
    non_finite: false,
  };
}

function depthDiagnostic(id: string): Diagnostic {
  return { kind: "tree_depth_exceeded", id, max_depth: MAX_TREE_DEPTH };
}

/** False for nearly every node, without knowing its type: no long text and no number that a window could not have. */
function mayExceed(props: WireProps): boolean {
  return (
    isLongText(props["value"]) ||
    isLongText(props["content"]) ||
    isUnusualSide(props["width"]) ||
    isUnusualSide(props["height"]) ||
    props["size"] !== undefined ||
    props["min_size"] !== undefined ||
    props["max_size"] !== undefined ||
    props["position"] !== undefined
  );
}

function isLongText(value: WireValue | undefined): boolean {
  return typeof value === "string" && value.length > ALWAYS_ALLOWED_UNITS;
}

function isUnusualSide(value: WireValue | undefined): boolean {
  return typeof value === "number" && !(value >= MIN_WINDOW_SIDE_PX && value <= MAX_WINDOW_SIDE_PX);
}
