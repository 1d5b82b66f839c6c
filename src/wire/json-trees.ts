// Snapshots and patches are nearly everything that a page receives, and as long as the tree. In the form in which hosts write them
// they need no change, so that one walk through the parsed text answers for all at once: shape, reserved keys, nesting, numbers.

import { MAX_NESTING, MAX_PATCH_PATH } from "../protocol/limits.ts";
import type { PatchMessage, ToRenderer, ToRendererMessage } from "../protocol/message.ts";
import { isReservedKey } from "../protocol/schema.ts";

type TreeMessage = PatchMessage | ToRendererMessage<"snapshot">;

/** A value takes two characters at least, so that a shorter text cannot hold more values than the schemas allow. */
const MAX_LENGTH = 8_000_000;

/**
 * The snapshot or patch in `text`, when it is one that decoding would hand on as it is. `undefined` says nothing about the text:
 * it may be another message, an older spelling, or wrong.
 */
export function readTreeMessage(text: string): ToRenderer | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  if (!text.startsWith('{"type":"patch"') && !text.startsWith('{"type":"snapshot"')) return undefined;
  let value: object;
  try {
    // The text begins as an object.
    value = JSON.parse(text);
  } catch {
    // What is wrong with it is said by who reads everything.
    return undefined;
  }
  return isTreeMessage(value) ? value : undefined;
}

// What a parser made has no getters and no instances, so that reading a field twice gives the same. Whatever came as a list fails where
// fields are asked for. `room` is how many containers there may be inside each other from here on.

function isTreeMessage(value: object): value is TreeMessage {
  const { type, session, ops, tree } = value as { readonly [name: string]: unknown };
  let fields = 2;
  if (session !== undefined) {
    if (typeof session !== "string") return false;
    fields += 1;
  }
  if (type === "snapshot") return hasFields(value, fields) && isNode(tree, MAX_NESTING - 1);
  if (type !== "patch" || !Array.isArray(ops) || !hasFields(value, fields)) return false;
  for (let index = 0; index < ops.length; index += 1) if (!isOp(ops[index], MAX_NESTING - 2)) return false;
  return true;
}

function isOp(value: unknown, room: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { op, path, index, node, props } = value as { readonly [name: string]: unknown };
  if (!isPath(path)) return false;
  switch (op) {
    case "update_props":
      return hasFields(value, 3) && isRecord(props, room - 1);
    case "insert_child":
      return hasFields(value, 4) && isIndex(index) && isNode(node, room - 1);
    case "remove_child":
      return hasFields(value, 3) && isIndex(index);
    case "replace_node":
      return hasFields(value, 3) && isNode(node, room - 1);
    default:
      return false;
  }
}

function isPath(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > MAX_PATCH_PATH) return false;
  for (let index = 0; index < value.length; index += 1) if (!isIndex(value[index])) return false;
  return true;
}

function isIndex(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isNode(value: unknown, room: number): boolean {
  // The children are a level too.
  if (typeof value !== "object" || value === null || room < 2) return false;
  const { id, type, props, children } = value as { readonly [name: string]: unknown };
  if (typeof id !== "string" || typeof type !== "string" || !Array.isArray(children)) return false;
  if (!hasFields(value, 4) || !isRecord(props, room - 1)) return false;
  for (let index = 0; index < children.length; index += 1) if (!isNode(children[index], room - 2)) return false;
  return true;
}

function isRecord(value: unknown, room: number): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value) || room < 1) return false;
  for (const key in value) {
    if (isReservedKey(key)) return false;
    if (!isValue((value as { readonly [name: string]: unknown })[key], room - 1)) return false;
  }
  return true;
}

function isValue(value: unknown, room: number): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      // Larger ones may be integers that were not exact, or not finite.
      return value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER;
    default:
      break;
  }
  if (value === null) return true;
  if (!Array.isArray(value)) return isRecord(value, room);
  if (room < 1) return false;
  for (let index = 0; index < value.length; index += 1) if (!isValue(value[index], room - 1)) return false;
  return true;
}

/** Whether there are just so many. Together with the names that were found, that leaves no room for others. */
function hasFields(value: object, count: number): boolean {
  let left = count;
  for (const _ in value) left -= 1;
  return left === 0;
}
