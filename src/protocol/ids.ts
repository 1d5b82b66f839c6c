import { MAX_ID_BYTES } from "./limits.ts";

/** Start of generated ids. They add no scope. */
export const AUTO_ID_PREFIX = "auto:";
/** Id of the node that holds several windows. */
export const AUTO_ROOT_ID = "auto:root";

/** A wire id taken apart: `main#form/address/zip` is `zip` in `["address", "form"]` in window `main`. */
export interface ScopedId {
  /** The local id. */
  readonly id: string;
  /** Local ids of the ancestors, nearest first. */
  readonly scope: readonly string[];
  /** Empty when the wire id names no window. */
  readonly windowId: string;
}

const NO_SCOPE: readonly string[] = Object.freeze([]);

export function parseWireId(wireId: string): ScopedId {
  const hash = wireId.indexOf("#");
  const windowId = hash > 0 ? wireId.slice(0, hash) : "";
  const path = hash > 0 ? wireId.slice(hash + 1) : wireId;
  if (isAutoId(path) || !path.includes("/")) return { id: path, scope: NO_SCOPE, windowId };
  const segments = path.split("/");
  const id = segments.pop() ?? "";
  return { id, scope: segments.reverse(), windowId };
}

export function formatWireId({ id, scope, windowId }: ScopedId): string {
  const path = [...scope].reverse().concat(id).join("/");
  return windowId === "" ? path : `${windowId}#${path}`;
}

export function isAutoId(id: string): boolean {
  return id.startsWith(AUTO_ID_PREFIX);
}

export type IdProblem = "empty" | "too_long" | "reserved_char" | "reserved_prefix" | "not_printable";

/** What is wrong with an id that an author wrote; nothing when it is fine. */
export function checkId(id: string): IdProblem | undefined {
  if (isPlain(id)) return undefined;
  if (id === "") return "empty";
  // One character is at most three bytes, so that only long ids have to be counted.
  if (id.length > MAX_ID_BYTES || (id.length * 3 > MAX_ID_BYTES && encoder.encode(id).length > MAX_ID_BYTES)) {
    return "too_long";
  }
  if (id.includes("/") || id.includes("#")) return "reserved_char";
  if (isAutoId(id)) return "reserved_prefix";
  return UNPRINTABLE.test(id) ? "not_printable" : undefined;
}

/** Nearly every id: a few ASCII letters, digits, `-`, `_` and `.`, told without a regular expression. */
function isPlain(id: string): boolean {
  if (id.length > MAX_ID_BYTES || id.length === 0) return false;
  for (let i = 0; i < id.length; i += 1) {
    const code = id.charCodeAt(i);
    const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
    const isDigit = code >= 0x30 && code <= 0x39;
    if (!isLetter && !isDigit && code !== 0x2d && code !== 0x5f && code !== 0x2e) return false;
  }
  return true;
}

const encoder = new TextEncoder();
/** Spaces, control and format characters, lone surrogates. Letters of every script are fine. */
const UNPRINTABLE = /[\s\p{Cc}\p{Cf}\p{Cs}]/u;
