import type { WireNode, WireValue } from "../protocol/node.ts";
import { sha256Hex } from "./sha256.ts";

/**
 * The tree hash: SHA-256 in lower-case hex over the canonical text. The hash of no tree is `""`.
 *
 * Whether a number arrived as `1` or as `1.0` is not visible in JavaScript; whole numbers are taken as integers. So two
 * ends that both use this function agree, but a renderer that remembers floats may report another hash for a tree
 * with a whole-valued float in it.
 */
export function hash(tree: WireNode | null): string {
  return tree === null ? "" : sha256Hex(new TextEncoder().encode(canonicalText(tree)));
}

/** Compact JSON with sorted keys, the text that is hashed. */
export function canonicalText(tree: WireNode): string {
  let children = "";
  for (const child of tree.children) children += `${children === "" ? "" : ","}${canonicalText(child)}`;
  return `{"children":[${children}],"id":${JSON.stringify(tree.id)},"props":${canonicalValue(tree.props)},"type":${JSON.stringify(tree.type)}}`;
}

function canonicalValue(value: WireValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof Uint8Array) return JSON.stringify(base64(value));
  if (isList(value)) return `[${value.map(canonicalValue).join(",")}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort(compareByBytes)) {
    const member = value[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalValue(member)}`);
  }
  return `{${members.join(",")}}`;
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}

/** Exponent form starts at other sizes than JavaScript's: below 1e-5 and from 1e16 up, without a plus sign. */
function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) return "null";
  if (Number.isSafeInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-5) return value.toExponential().replace("e+", "e");
  const text = String(value);
  // A whole number beyond the safe integers, still written without exponent.
  return text.includes(".") ? text : `${text}.0`;
}

/** Order of the UTF-8 bytes, which differs from the order of UTF-16 units above the basic plane. */
function compareByBytes(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

function rank(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return isSurrogate ? unit + 0x10000 : unit;
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Bytes take part as the text that a JSON frame carries for them. */
function base64(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += BASE64.charAt(group >> 18) + BASE64.charAt((group >> 12) & 63);
    text += left > 1 ? BASE64.charAt((group >> 6) & 63) : "=";
    text += left > 2 ? BASE64.charAt(group & 63) : "=";
  }
  return text;
}
