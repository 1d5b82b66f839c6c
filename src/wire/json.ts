import { err, ok, type Result } from "../base/result.ts";
import { encodeBase64 } from "../protocol/base64.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import { describe, isPlainObject, isReservedKey } from "../protocol/schema.ts";
import { WireError } from "./wire-error.ts";

/** One plain value as JSON text on one line. Bytes become base64, numbers that are not finite `null`. */
export function encodeJson(value: unknown, maxNesting: number): Result<string, WireError> {
  try {
    const text = JSON.stringify(prepare(value, 0, maxNesting));
    return ok(text.includes(SURROGATE_ESCAPE) ? replaceLoneSurrogates(text) : text);
  } catch (thrown) {
    if (thrown instanceof WireError) return err(thrown);
    if (thrown instanceof RangeError) {
      return err(new WireError("encode-too-large", `a message is over the limit of ${MAX_FRAME_BYTES} bytes`));
    }
    return err(new WireError("encode-unsupported-value", "an object that cannot be read", { cause: thrown }));
  }
}

/** One value from JSON text. Never throws. */
export function decodeJson(text: string, maxNesting: number): Result<unknown, WireError> {
  const problem = scanJson(text, maxNesting);
  if (problem !== undefined) return err(problem);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's text quotes the input, which may be anybody's data.
    return err(new WireError("decode-invalid-json", `not JSON (${text.length} characters)`));
  }
  if (RESERVED_KEY_HINTS.some((hint) => text.includes(hint)) && hasReservedKey(value)) {
    return err(new WireError("decode-reserved-key", "a key that could reach a prototype"));
  }
  return ok(value);
}

const OPEN_ARRAY = 91;
const OPEN_OBJECT = 123;
const CLOSE_ARRAY = 93;
const CLOSE_OBJECT = 125;
const QUOTE = 34;
const BACKSLASH = 92;
const ZERO = 48;
const NINE = 57;
/** Integers with fewer digits are exact. */
const UNSAFE_DIGITS = 16;

/** Text without these cannot hold a reserved key; an escape could spell one. */
const RESERVED_KEY_HINTS = ['"__proto__"', '"constructor"', '"prototype"', "\\u"];
/** Only halves of pairs are escaped by `JSON.stringify`. */
const SURROGATE_ESCAPE = "\\ud";
const ESCAPES = /\\\\|\\ud[89a-f][0-9a-f]{2}/g;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/** Nesting and integers, before the parser makes anything of them. Empty containers count as leaves. */
function scanJson(text: string, maxNesting: number): WireError | undefined {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
    } else if (code === OPEN_ARRAY || code === OPEN_OBJECT) {
      depth += 1;
      if (depth > maxNesting && !isEmptyContainer(text, index)) {
        return new WireError("decode-too-deep", `a message is nested deeper than ${maxNesting} levels`);
      }
    } else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) {
      depth -= 1;
    } else if (code >= ZERO && code <= NINE) {
      NUMBER.lastIndex = index;
      const token = NUMBER.exec(text)?.[0] ?? "0";
      index += token.length - 1;
      if (token.length >= UNSAFE_DIGITS && !isExactInteger(token)) {
        return new WireError("decode-unsafe-integer", "an integer that a number cannot hold");
      }
    }
  }
  return undefined;
}

/** The index of the closing quote, or the end of the text. */
function endOfString(text: string, start: number): number {
  let quote = start;
  for (;;) {
    quote = text.indexOf('"', quote + 1);
    if (quote < 0) return text.length;
    let backslashes = 0;
    while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return quote;
  }
}

function isEmptyContainer(text: string, open: number): boolean {
  let index = open + 1;
  while (index < text.length && text.charCodeAt(index) <= 32) index += 1;
  const code = text.charCodeAt(index);
  return code === CLOSE_ARRAY || code === CLOSE_OBJECT;
}

/** Fractions and exponents are approximations by nature; a plain integer has to survive, or be the way we print it. */
function isExactInteger(token: string): boolean {
  if (/[.eE]/.test(token)) return true;
  const number = Number(token);
  return Number.isSafeInteger(number) || String(number) === token || BigInt(number) === BigInt(token);
}

function hasReservedKey(root: unknown): boolean {
  const open: unknown[] = [root];
  while (open.length > 0) {
    const value = open.pop();
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value) && Object.keys(value).some(isReservedKey)) return true;
    for (const item of Object.values(value)) if (typeof item === "object" && item !== null) open.push(item);
  }
  return false;
}

/** The value with bytes as base64, or itself when there are none. Refuses what is not plain data. */
function prepare(value: unknown, depth: number, maxNesting: number): unknown {
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    case "object":
      break;
    default:
      throw new WireError("encode-unsupported-value", `${describe(value)} is not plain data`);
  }
  if (value === null) return null;
  if (value instanceof Uint8Array) return encodeBase64(value);
  if (Array.isArray(value)) {
    if (value.length > 0) checkDepth(depth, maxNesting);
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const before: unknown = value[index];
      const after = prepare(before, depth + 1, maxNesting);
      if (after !== before && copy === undefined && !Number.isNaN(after)) copy = value.slice(0, index);
      copy?.push(after);
    }
    return copy ?? value;
  }
  if (!isPlainObject(value))
    throw new WireError("encode-unsupported-value", "an instance of a class is not plain data");
  let copy: { [key: string]: unknown } | undefined;
  let isEmpty = true;
  for (const key of Object.keys(value)) {
    const before = value[key];
    if (before === undefined) continue;
    if (isReservedKey(key)) throw new WireError("encode-reserved-key", "a key that could reach a prototype");
    if (isEmpty) {
      checkDepth(depth, maxNesting);
      isEmpty = false;
    }
    if (typeof before === "string" || typeof before === "boolean") continue;
    const after = prepare(before, depth + 1, maxNesting);
    if (after === before || Number.isNaN(after)) continue;
    copy ??= { ...value };
    copy[key] = after;
  }
  return copy ?? value;
}

function checkDepth(depth: number, maxNesting: number): void {
  if (depth >= maxNesting) {
    throw new WireError("encode-too-deep", `a message is nested deeper than ${maxNesting} levels`);
  }
}

/** Halves of surrogate pairs cannot be UTF-8; the other codec writes the replacement character, so this one does too. */
function replaceLoneSurrogates(text: string): string {
  return text.replace(ESCAPES, (found) => (found === "\\\\" ? found : "\ufffd"));
}
