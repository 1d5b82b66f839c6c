import type { WireValue } from "../../protocol/node.ts";
import type { EncodeContext } from "./context.ts";

/** Deeper values would not fit into a frame together with the nodes around them. */
export const MAX_VALUE_DEPTH = 32;

export type HostObject = Readonly<Record<string, unknown>>;

/** What to do with a member of a record, by its wire name. */
export type MemberEncoder = (context: EncodeContext, path: string, value: unknown) => WireValue | undefined;

/** The members of a record that are more than data; all others are encoded as records themselves. */
export interface Members {
  get(name: string): MemberEncoder | undefined;
}

/** An object literal, of any realm. Instances of classes are not. */
export function isPlainObject(value: unknown): value is HostObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (typeof prototype === "object" && Object.getPrototypeOf(prototype) === null);
}

/** A value of a class of the author's that knows its own form: the result of its `toWire` or `encode` method. */
export function unwrap(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  if ("toWire" in value && typeof value.toWire === "function") return value.toWire();
  if ("encode" in value && typeof value.encode === "function") return value.encode();
  return value;
}

/** Data as it is: keys keep their names. `undefined` when there is something in it that cannot go over the wire. */
export function encodePlain(context: EncodeContext, path: string, value: unknown): WireValue | undefined {
  return encodeAny(context, path, value, undefined, []);
}

/** A described value such as a style or a span: keys become snake case, members with a known meaning are encoded. */
export function encodeRecord(
  context: EncodeContext,
  path: string,
  value: unknown,
  members: Members,
): WireValue | undefined {
  return encodeAny(context, path, value, members, []);
}

function encodeAny(
  context: EncodeContext,
  path: string,
  given: unknown,
  members: Members | undefined,
  enclosing: readonly unknown[],
): WireValue | undefined {
  if (typeof given === "string" || typeof given === "boolean" || given === null) return given;
  if (typeof given === "number") {
    if (!Number.isFinite(given)) return context.reject(path, "a finite number", given);
    // Negative zero is not kept by both codecs.
    return given + 0;
  }
  if (given instanceof Uint8Array) return given;
  const value = unwrap(given);
  if (value !== given) return encodeNested(context, path, value, members, enclosing, given);
  if (Array.isArray(value)) {
    if (!canEnter(context, path, value, enclosing)) return undefined;
    const list: WireValue[] = [];
    const inside = [...enclosing, value];
    for (let i = 0; i < value.length; i++) {
      const member = encodeAny(context, `${path}[${i}]`, value[i] ?? null, members, inside);
      if (member === undefined) return undefined;
      list.push(member);
    }
    return list;
  }
  if (!isPlainObject(value)) return context.reject(path, "plain data, or a value with a toWire() method", value);
  if (!canEnter(context, path, value, enclosing)) return undefined;
  const record: Record<string, WireValue> = {};
  const inside = [...enclosing, value];
  for (const key of Object.keys(value)) {
    const given = value[key];
    if (given === undefined) continue;
    const name = members === undefined ? key : snakeCase(key);
    if (name === "__proto__") return context.reject(`${path}.${key}`, "another key", given);
    const encode = members?.get(name);
    const member =
      encode === undefined
        ? encodeAny(context, `${path}.${key}`, given, members, inside)
        : encode(context, `${path}.${key}`, given);
    if (member === undefined) return undefined;
    record[name] = member;
  }
  return record;
}

/** Goes on with what a hook returned; a hook that returns itself in a new shape forever is stopped by the depth. */
function encodeNested(
  context: EncodeContext,
  path: string,
  value: unknown,
  members: Members | undefined,
  enclosing: readonly unknown[],
  owner: unknown,
): WireValue | undefined {
  if (!canEnter(context, path, owner, enclosing)) return undefined;
  if (value === undefined) return context.reject(path, "data from toWire()", value);
  return encodeAny(context, path, value, members, [...enclosing, owner]);
}

function canEnter(context: EncodeContext, path: string, value: unknown, enclosing: readonly unknown[]): boolean {
  if (enclosing.includes(value)) {
    context.reject(path, "data without cycles", value);
    return false;
  }
  if (enclosing.length >= MAX_VALUE_DEPTH) {
    context.reject(path, `data nested at most ${MAX_VALUE_DEPTH} deep`, value);
    return false;
  }
  return true;
}

/** `lineHeight` and `line_height` give `line_height`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
