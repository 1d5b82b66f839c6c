/**
 * Descriptions of plain data from which both the TypeScript type and the check at run time follow.
 *
 * A check returns the very same object when nothing had to be changed, so that a clean message is never copied. It
 * reads own keys only, drops unknown fields of objects, refuses keys that could reach a prototype, and is bounded in
 * depth and in the number of values. `decode` never throws.
 */
import { err, ok, type Result } from "../base/result.ts";
import { decodeBase64 } from "./base64.ts";
import type { WireNode, WireProps, WireValue } from "./node.ts";

/** Why a value was refused. Names types and places, never the value itself. */
export interface DecodeError {
  readonly code: "decode-failed";
  /** Field names and indices from the outside in; empty when the value as a whole is wrong. */
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly found: string;
}

export interface Schema<out Value> {
  /** What a reader is told was expected here. */
  readonly expected: string;
  /** The checked value, or `INVALID` after having called `context.fail`. */
  readonly read: (value: unknown, context: DecodeContext) => Value | typeof INVALID;
}

/** A field that may be left out. Only `object` gives it meaning. */
export interface OptionalSchema<out Value> extends Schema<Value> {
  readonly presence: "optional";
  /** `null` is read as left out. */
  readonly isNullAbsent: boolean;
}

/** The type a schema describes. */
export type Infer<S> = S extends Schema<infer Value> ? Value : never;

export interface Fields {
  readonly [name: string]: Schema<unknown>;
}

export type InferFields<F> = Flatten<
  { readonly [K in keyof F as F[K] extends OptionalSchema<unknown> ? never : K]: Infer<F[K]> } & {
    readonly [K in keyof F as F[K] extends OptionalSchema<unknown> ? K : never]?: Infer<F[K]>;
  }
>;

export interface ObjectSchema<F extends Fields> extends Schema<InferFields<F>> {
  readonly fields: F;
}

type Flatten<T> = { [K in keyof T]: T[K] } & {};

export const INVALID: unique symbol = Symbol("invalid");

/** Containers inside containers a value may have. Codecs stop at 128; this bounds what arrives without a codec. */
const MAX_VALUE_DEPTH = 128;
/** Tree levels a node may have: above the 256 that are shown, so that a deep tree is cut and reported, not refused. */
const MAX_NODE_DEPTH = 512;
/** Values in one message. 64 MiB of the smallest values is more than any tree that can be shown. */
const MAX_VALUES = 8_000_000;

export class DecodeContext {
  /** From the inside out; turned around once at the end. */
  readonly path: (string | number)[] = [];
  expected = "";
  found = "";
  depth = 0;
  #budget = MAX_VALUES;

  fail(expected: string, found: string): typeof INVALID {
    this.path.length = 0;
    this.expected = expected;
    this.found = found;
    return INVALID;
  }

  /** Adds the place where the failing value stands, called while unwinding. */
  at(key: string | number): typeof INVALID {
    this.path.push(key);
    return INVALID;
  }

  /** Counts values; false when there are too many. */
  spend(count: number): boolean {
    this.#budget -= count;
    return this.#budget >= 0;
  }

  /** The error so far, for a reader that goes on after it. */
  takeError(outer: readonly (string | number)[]): DecodeError {
    const error = this.toError();
    this.depth = 0;
    this.path.length = 0;
    return { ...error, path: [...outer, ...error.path] };
  }

  toError(): DecodeError {
    return {
      code: "decode-failed",
      path: [...this.path].reverse(),
      expected: this.expected,
      found: this.found,
    };
  }
}

/** Checks any value. Never throws, also not for proxies and getters that do. */
export function decode<Value>(schema: Schema<Value>, value: unknown): Result<Value, DecodeError> {
  const context = new DecodeContext();
  try {
    const read = schema.read(value, context);
    return read === INVALID ? err(context.toError()) : ok(read);
  } catch {
    // Only an object that runs code when it is looked at gets here; what it threw is not ours to show.
    return err({ code: "decode-failed", path: [], expected: schema.expected, found: "an object that cannot be read" });
  }
}

/** `expected string at "tree.children.0.id", found number`. */
export function formatDecodeError(error: DecodeError): string {
  const where = error.path.length === 0 ? "" : ` at "${error.path.map(shorten).join(".")}"`;
  return `expected ${error.expected}${where}, found ${error.found}`;
}

export const string: Schema<string> = {
  expected: "string",
  read: (value, context) => (typeof value === "string" ? value : context.fail("string", describe(value))),
};

export const boolean: Schema<boolean> = {
  expected: "boolean",
  read: (value, context) => (typeof value === "boolean" ? value : context.fail("boolean", describe(value))),
};

/** A finite number. */
export const number: Schema<number> = {
  expected: "number",
  read: (value, context) =>
    typeof value === "number" && Number.isFinite(value) ? value : context.fail("number", describe(value)),
};

/** A number; `null` stands for one that is not finite and is read as 0. */
export const numberOrNull: Schema<number> = {
  expected: "number",
  read: (value, context) => (value === null ? 0 : number.read(value, context)),
};

/** A whole number in the range that is exact. */
export const integer: Schema<number> = {
  expected: "integer",
  read: (value, context) =>
    typeof value === "number" && Number.isSafeInteger(value) ? value : context.fail("integer", describe(value)),
};

/** A whole number that is not negative. */
export const unsigned: Schema<number> = {
  expected: "non-negative integer",
  read: (value, context) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0
      ? value
      : context.fail("non-negative integer", describe(value)),
};

/** Exactly this value. */
export function literal<const Value extends string | number | boolean | null>(wanted: Value): Schema<Value> {
  const expected = JSON.stringify(wanted);
  return { expected, read: (value, context) => (value === wanted ? wanted : context.fail(expected, describe(value))) };
}

/** One of these strings. */
export function oneOf<const Values extends readonly string[]>(values: Values): Schema<Values[number]> {
  const known = new Set<unknown>(values);
  const isKnown = (value: unknown): value is Values[number] => known.has(value);
  const expected = `one of ${values.join(", ")}`;
  return { expected, read: (value, context) => (isKnown(value) ? value : context.fail(expected, describe(value))) };
}

export function array<Value>(items: Schema<Value>): Schema<readonly Value[]> {
  const expected = `array of ${items.expected}`;
  return {
    expected,
    read(value, context) {
      if (!Array.isArray(value)) return context.fail(expected, describe(value));
      if (!context.spend(value.length)) return context.fail("fewer values", "too many values");
      let copy: Value[] | undefined;
      for (let index = 0; index < value.length; index += 1) {
        const before: unknown = value[index];
        const after = items.read(before, context);
        if (after === INVALID) return context.at(index);
        if (copy === undefined && !Object.is(after, before)) copy = value.slice(0, index);
        copy?.push(after);
      }
      return copy ?? value;
    },
  };
}

/** A field that may be left out. `null` is a value of its own here. */
export function optional<Value>(schema: Schema<Value>): OptionalSchema<Value> {
  return { ...schema, presence: "optional", isNullAbsent: false };
}

/** A field that may be left out, where some senders write `null` for that. */
export function optionalOrNull<Value>(schema: Schema<Value>): OptionalSchema<Value> {
  return { ...schema, presence: "optional", isNullAbsent: true };
}

export function nullable<Value>(schema: Schema<Value>): Schema<Value | null> {
  return {
    expected: `${schema.expected} or null`,
    read: (value, context) => (value === null ? null : schema.read(value, context)),
  };
}

/** A field that is always there after decoding; absent and `null` give `fallback`. */
export function withDefault<Value>(schema: Schema<Value>, fallback: Value): Schema<Value> {
  return {
    expected: schema.expected,
    read: (value, context) => (value === undefined || value === null ? fallback : schema.read(value, context)),
  };
}

/** Rewrites older spellings before the check. `change` gets a plain object and returns it or a new one. */
export function normalized<Value>(schema: Schema<Value>, change: (value: PlainObject) => PlainObject): Schema<Value> {
  return {
    expected: schema.expected,
    read: (value, context) => schema.read(isPlainObject(value) ? change(value) : value, context),
  };
}

/** The first that accepts. For a union with a common tag use `tagged`: it is faster and its errors are exact. */
export function anyOf<const Options extends readonly Schema<unknown>[]>(
  ...options: Options
): Schema<Infer<Options[number]>>;
export function anyOf(...options: readonly Schema<unknown>[]): Schema<unknown> {
  const expected = options.map((option) => option.expected).join(" or ");
  return {
    expected,
    read(value, context) {
      const depth = context.depth;
      for (const option of options) {
        const read = option.read(value, context);
        if (read !== INVALID) return read;
        context.depth = depth;
      }
      return context.fail(expected, describe(value));
    },
  };
}

export function object<const F extends Fields>(fields: F): ObjectSchema<F>;
export function object(fields: Fields): ObjectSchema<Fields> {
  const entries = Object.entries(fields).map(([name, schema]) => ({
    name,
    schema,
    isOptional: isOptional(schema),
    isNullAbsent: isOptional(schema) && schema.isNullAbsent,
  }));
  return {
    expected: "object",
    fields,
    read(value, context) {
      if (!isPlainObject(value)) return context.fail("object", describe(value));
      if (!context.spend(entries.length)) return context.fail("fewer values", "too many values");
      const result: { [name: string]: unknown } = {};
      let size = 0;
      let isClean = true;
      for (const { name, schema, isOptional, isNullAbsent } of entries) {
        const before = Object.hasOwn(value, name) ? value[name] : undefined;
        if (isOptional && (before === undefined || (isNullAbsent && before === null))) continue;
        const after = schema.read(before, context);
        if (after === INVALID) return context.at(name);
        if (!Object.is(after, before)) isClean = false;
        result[name] = after;
        size += 1;
      }
      return isClean && Object.keys(value).length === size ? value : result;
    },
  };
}

/** A union of objects told apart by the string field `tag`. */
export function tagged<const Variants extends { readonly [tag: string]: Schema<unknown> }>(
  tag: string,
  variants: Variants,
): Schema<Infer<Variants[keyof Variants]>>;
export function tagged(tag: string, variants: { readonly [tag: string]: Schema<unknown> }): Schema<unknown> {
  const byTag = new Map(Object.entries(variants));
  return {
    expected: "object",
    read(value, context) {
      if (!isPlainObject(value)) return context.fail("object", describe(value));
      const name = Object.hasOwn(value, tag) ? value[tag] : undefined;
      if (typeof name !== "string") {
        context.fail("string", describe(name));
        return context.at(tag);
      }
      const variant = byTag.get(name);
      if (variant === undefined) {
        context.fail(`one of ${byTag.size} known names`, `unknown name (${name.length} characters)`);
        return context.at(tag);
      }
      return variant.read(value, context);
    },
  };
}

/** An object with any keys and values of one kind. */
export function record<Value>(values: Schema<Value>): Schema<{ readonly [key: string]: Value }> {
  return {
    expected: "object",
    read(value, context) {
      if (!isPlainObject(value)) return context.fail("object", describe(value));
      const keys = Object.keys(value);
      if (!context.spend(keys.length)) return context.fail("fewer values", "too many values");
      const result: { [key: string]: Value } = {};
      let isClean = true;
      for (const key of keys) {
        if (isReservedKey(key)) return refuseKey(key, context);
        const before = value[key];
        if (before === undefined) {
          isClean = false;
          continue;
        }
        const after = values.read(before, context);
        if (after === INVALID) return context.at(key);
        if (!Object.is(after, before)) isClean = false;
        result[key] = after;
      }
      // The entries were all checked to be what `values` gives, so the object is what it was asked to be.
      return isClean ? (value as { readonly [key: string]: Value }) : result;
    },
  };
}

/** Anything both codecs carry. */
export const wireValue: Schema<WireValue> = { expected: "value", read: readWireValue };

/** An object of such values. */
export const wireProps: Schema<WireProps> = {
  expected: "object",
  read(value, context) {
    if (!isPlainObject(value)) return context.fail("object", describe(value));
    return readWireObject(value, context);
  },
};

/** Bytes, as such or as base64 text or as an array of byte values. */
export const bytes: Schema<Uint8Array> = {
  expected: "bytes",
  read(value, context) {
    if (value instanceof Uint8Array) return value;
    if (typeof value === "string") return decodeBase64(value) ?? context.fail("base64", "text that is not base64");
    if (!Array.isArray(value)) return context.fail("bytes", describe(value));
    if (!context.spend(value.length)) return context.fail("fewer values", "too many values");
    const result = new Uint8Array(value.length);
    for (let index = 0; index < value.length; index += 1) {
      const byte: unknown = value[index];
      if (typeof byte !== "number" || !Number.isInteger(byte) || byte < 0 || byte > 255) {
        context.fail("byte", describe(byte));
        return context.at(index);
      }
      result[index] = byte;
    }
    return result;
  },
};

/** A node with everything below it. `props` and `children` may be left out on the wire. */
export const node: Schema<WireNode> = { expected: "node", read: readNode };

export interface PlainObject {
  readonly [key: string]: unknown;
}

/** An object literal, or what a parser makes. No array, no bytes, no instance of a class. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Keys that could reach a prototype when somebody copies objects carelessly. */
export function isReservedKey(key: string): boolean {
  return key === "__proto__" || key === "constructor" || key === "prototype";
}

/** The type and size of a value, in words, without its content. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (value === null) return "null";
  if (typeof value === "string") return `string (${value.length} characters)`;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return "a number that is not finite";
    return Number.isInteger(value) ? (value < 0 ? "negative integer" : "integer") : "fraction";
  }
  if (Array.isArray(value)) return `array (${value.length} items)`;
  if (value instanceof Uint8Array) return `bytes (${value.length})`;
  return typeof value;
}

function readWireValue(value: unknown, context: DecodeContext): WireValue | typeof INVALID {
  switch (typeof value) {
    case "string":
    case "boolean":
      return value;
    case "number":
      // Neither codec has these; they become null on the way, so they become null here too.
      return Number.isFinite(value) ? value : null;
    case "object":
      if (value === null) return null;
      if (Array.isArray(value)) return readWireArray(value, context);
      if (isPlainObject(value)) return readWireObject(value, context);
      if (value instanceof Uint8Array) return value;
      return context.fail("plain value", "instance of a class");
    default:
      return context.fail("plain value", describe(value));
  }
}

function readWireArray(value: readonly unknown[], context: DecodeContext): readonly WireValue[] | typeof INVALID {
  if (!context.spend(value.length)) return context.fail("fewer values", "too many values");
  if (context.depth >= MAX_VALUE_DEPTH) return context.fail("less nesting", `more than ${MAX_VALUE_DEPTH} levels`);
  context.depth += 1;
  let copy: WireValue[] | undefined;
  for (let index = 0; index < value.length; index += 1) {
    const before = value[index];
    const after = readWireValue(before, context);
    if (after === INVALID) return context.at(index);
    if (copy === undefined && !Object.is(after, before)) copy = value.slice(0, index) as WireValue[];
    copy?.push(after);
  }
  context.depth -= 1;
  // Each item was checked and found unchanged.
  return copy ?? (value as readonly WireValue[]);
}

function readWireObject(value: PlainObject, context: DecodeContext): WireProps | typeof INVALID {
  if (context.depth >= MAX_VALUE_DEPTH) return context.fail("less nesting", `more than ${MAX_VALUE_DEPTH} levels`);
  const keys = Object.keys(value);
  if (!context.spend(keys.length + 1)) return context.fail("fewer values", "too many values");
  context.depth += 1;
  let copy: { [key: string]: WireValue } | undefined;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] ?? "";
    if (isReservedKey(key)) return refuseKey(key, context);
    const before = value[key];
    let after: WireValue | undefined | typeof INVALID;
    if (typeof before === "string" || typeof before === "boolean") after = before;
    else if (before !== undefined) after = readWireValue(before, context);
    if (after === INVALID) return context.at(key);
    // Reading the members a second time for the copy would double the work with every level.
    if (copy === undefined && (after === undefined || !Object.is(after, before))) copy = firstOf(value, keys, index);
    if (copy !== undefined && after !== undefined) copy[key] = after;
  }
  context.depth -= 1;
  // Each member was checked and found unchanged.
  return copy ?? (value as WireProps);
}

/** The first `count` members, all of which have been checked. */
function firstOf(value: PlainObject, keys: readonly string[], count: number): { [key: string]: WireValue } {
  const copy: { [key: string]: WireValue } = {};
  for (const key of keys.slice(0, count)) copy[key] = value[key] as WireValue;
  return copy;
}

const NO_PROPS: WireProps = Object.freeze({});
const NO_CHILDREN: readonly WireNode[] = Object.freeze([]);

function readNode(value: unknown, context: DecodeContext): WireNode | typeof INVALID {
  if (!isPlainObject(value)) return context.fail("node", describe(value));
  if (context.depth >= MAX_NODE_DEPTH) return context.fail("less nesting", `more than ${MAX_NODE_DEPTH} levels`);
  if (!context.spend(1)) return context.fail("fewer values", "too many values");
  let known = 0;
  let hasProps = false;
  let hasChildren = false;
  for (const key in value) {
    if (!Object.hasOwn(value, key)) continue;
    if (key === "props") hasProps = true;
    else if (key === "children") hasChildren = true;
    else if (key !== "id" && key !== "type") known += 1;
  }
  const id = Object.hasOwn(value, "id") ? value["id"] : undefined;
  if (typeof id !== "string") {
    context.fail("string", describe(id));
    return context.at("id");
  }
  const type = Object.hasOwn(value, "type") ? value["type"] : undefined;
  if (typeof type !== "string") {
    context.fail("string", describe(type));
    return context.at("type");
  }
  const levels = context.depth;
  let props = NO_PROPS;
  if (hasProps) {
    context.depth = 0;
    const read = wireProps.read(value["props"], context);
    context.depth = levels;
    if (read === INVALID) return context.at("props");
    props = read;
  }
  let children = NO_CHILDREN;
  if (hasChildren) {
    context.depth = levels + 1;
    const read = nodes.read(value["children"], context);
    context.depth = levels;
    if (read === INVALID) return context.at("children");
    children = read;
  }
  const isClean = known === 0 && hasProps && hasChildren && props === value["props"] && children === value["children"];
  return isClean ? (value as unknown as WireNode) : { id, type, props, children };
}

const nodes = array(node);

function refuseKey(key: string, context: DecodeContext): typeof INVALID {
  context.fail("another key", "reserved key");
  return context.at(key);
}

function isOptional(schema: Schema<unknown>): schema is OptionalSchema<unknown> {
  return "presence" in schema;
}

function shorten(segment: string | number): string {
  const text = String(segment);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
