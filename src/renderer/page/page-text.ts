import { err, messageOf, ok, type Result } from "../../base/index.ts";
import { decodeBase64, encodeBase64, isPlainObject, isReservedKey } from "../../protocol/index.ts";

/** The only key of an object that stands for bytes. An object that has it as data gets one more `$`. */
const BYTES_KEY = "$bytes";
const LIKE_BYTES_KEY = /^\$+bytes$/;
/** A tree of the most levels a message may have, and a value of the most levels below its deepest node. */
const MAX_DEPTH = 1_200;

/** A call or a report as JSON, with bytes as tagged base64. Fails only for what is too large for a text. */
export function encodePageText(message: object): Result<string, string> {
  try {
    return ok(JSON.stringify(tag(message)));
  } catch (thrown) {
    return err(messageOf(thrown));
  }
}

/** The value of a text. Never throws, whatever the text is. */
export function decodePageText(text: string): Result<unknown, string> {
  try {
    return ok(untag(JSON.parse(text), 0));
  } catch (thrown) {
    if (thrown instanceof BadText) return err(thrown.message);
    return err(`not JSON (${text.length} characters)`);
  }
}

class BadText extends Error {}

/** The value with bytes tagged, or itself when there are none. */
function tag(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { [BYTES_KEY]: encodeBase64(value) };
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (let index = 0; index < value.length; index += 1) {
      const before: unknown = value[index];
      const after = tag(before);
      if (copy === undefined && !Object.is(after, before)) copy = value.slice(0, index);
      copy?.push(after);
    }
    return copy ?? value;
  }
  return tagObject(value);
}

function tagObject(value: object): object {
  const entries = Object.entries(value);
  let copy: { [key: string]: unknown } | undefined;
  for (const [index, [key, before]] of entries.entries()) {
    const name = key.startsWith("$") && LIKE_BYTES_KEY.test(key) ? `$${key}` : key;
    const after = tag(before);
    if (copy === undefined && (name !== key || !Object.is(after, before))) {
      copy = Object.fromEntries(entries.slice(0, index));
    }
    if (copy !== undefined) copy[name] = after;
  }
  return copy ?? value;
}

function untag(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (depth >= MAX_DEPTH) throw new BadText(`nested deeper than ${MAX_DEPTH} levels`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const before: unknown = value[index];
      if (typeof before === "object" && before !== null) value[index] = untag(before, depth + 1);
    }
    return value;
  }
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? value[BYTES_KEY] : undefined;
  if (typeof only === "string") {
    const bytes = decodeBase64(only);
    if (bytes === undefined) throw new BadText("bytes that are not base64");
    return bytes;
  }
  return untagObject(value, keys, depth);
}

function untagObject(value: { readonly [key: string]: unknown }, keys: readonly string[], depth: number): object {
  const result: { [key: string]: unknown } = {};
  for (const key of keys) {
    if (isReservedKey(key)) throw new BadText("a key that could reach a prototype");
    const name = key.startsWith("$$") && LIKE_BYTES_KEY.test(key) ? key.slice(1) : key;
    result[name] = untag(value[key], depth + 1);
  }
  return result;
}
