import type { WireNode, WireValue } from "../protocol/node.ts";

/** Bytes of the smallest node as JSON: four keys, empty id and type. */
export const NODE_BYTES = 45;
const REPLACE_OP_BYTES = 40;
const REMOVE_OP_BYTES = 42;
const INSERT_OP_BYTES = 56;
/** One index with its comma; deeper positions have longer paths. */
const PATH_STEP_BYTES = 3;

/** About how many JSON bytes the node takes; counting stops soon after `limit`. */
export function nodeBytes(node: WireNode, limit: number): number {
  let bytes = NODE_BYTES + node.id.length + node.type.length;
  for (const key in node.props) {
    bytes += key.length + 4 + valueBytes(node.props[key]);
    if (bytes > limit) return bytes;
  }
  for (const child of node.children) {
    bytes += nodeBytes(child, limit - bytes) + 1;
    if (bytes > limit) return bytes;
  }
  return bytes;
}

function valueBytes(value: WireValue | undefined): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return 4;
  if (typeof value !== "object" || value === null) return 5;
  if (value instanceof Uint8Array) return value.length * 1.34;
  let bytes = 2;
  for (const member of Object.values(value)) bytes += valueBytes(member) + 4;
  return bytes;
}

/**
 * How many bytes single removes and inserts cost beyond the inserted nodes. Replacing the parent saves these and costs the
 * children that would have stayed; whichever is smaller goes over the wire.
 */
export function savedByReplacing(removes: number, inserts: number, depth: number): number {
  const path = depth * PATH_STEP_BYTES;
  return removes * (REMOVE_OP_BYTES + path) + inserts * (INSERT_OP_BYTES + path) - REPLACE_OP_BYTES - path;
}
