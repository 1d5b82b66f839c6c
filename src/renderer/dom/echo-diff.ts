/**
 * Differences between two versions of a text, small enough to run on every answer of an app.
 * What both versions share at the ends is skipped; the rest is aligned character by character as long as it is short.
 */

/** Replaces `[start, end)` of a text by `insert`. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

export interface TextSelection {
  readonly start: number;
  readonly end: number;
}

/** Aligning costs the product of both lengths: at most a quarter of a million steps, below a millisecond. */
const MAX_ALIGNED_CHARS = 512;
/** An app drops characters easily but does not guess those typed: one added outweighs any number dropped in a run of keys. */
const ADDED_COST = 256;
const DROPPED_COST = 1;

/** The smallest single replacement that turns `from` into `to`. `caret` (in `to`) settles where equal characters were typed. */
export function diffText(from: string, to: string, caret = to.length): TextEdit {
  const shortest = Math.min(from.length, to.length);
  // What stands after the caret was there before; without this, typing "a" before "a" would be seen behind it.
  const fixedTail = Math.max(0, to.length - caret);
  const fixed = commonEnd(from, to, Math.min(shortest, fixedTail));
  const prefix = commonStart(from, to, shortest - fixed);
  const suffix =
    fixed + commonEnd(from.slice(0, from.length - fixed), to.slice(0, to.length - fixed), shortest - prefix - fixed);
  return wholePairs(from, to, prefix, suffix);
}

function wholePairs(from: string, to: string, start: number, end: number): TextEdit {
  const prefix = splitsPair(from, start) || splitsPair(to, start) ? start - 1 : start;
  const isSplit = splitsPair(from, from.length - end) || splitsPair(to, to.length - end);
  const suffix = isSplit ? end - 1 : end;
  return { start: prefix, end: from.length - suffix, insert: to.slice(prefix, to.length - suffix) };
}

export function applyEdit(text: string, edit: TextEdit): string {
  return text.slice(0, edit.start) + edit.insert + text.slice(edit.end);
}

/**
 * Where a caret or selection in `from` belongs in `to`: it stays with the characters around it. A caret at a place where
 * something was added ends up behind it; a selection does not grow.
 */
export function mapSelection(from: string, to: string, start: number, end: number): TextSelection {
  const map = positionMap(from, to);
  if (start === end) {
    const caret = map(start, "after");
    return { start: caret, end: caret };
  }
  const mappedStart = map(start, "after");
  return { start: mappedStart, end: Math.max(mappedStart, map(end, "before")) };
}

/** The same edit made to another version of its text. */
export function moveEdit(edit: TextEdit, from: string, to: string): TextEdit {
  const { start, end } = mapSelection(from, to, edit.start, edit.end);
  return { start, end, insert: edit.insert };
}

/** How far `answer` is from being made out of `text`, and how many of its characters are from there. */
export function likeness(text: string, answer: string): { readonly cost: number; readonly kept: number } {
  const a = text.toLowerCase();
  const b = answer.toLowerCase();
  const edit = diffText(a, b);
  const middle = alignment(a.slice(edit.start, edit.end), edit.insert);
  const matched = middle === null ? 0 : middle.reduce((sum, at) => sum + (at >= 0 ? 1 : 0), 0);
  const dropped = edit.end - edit.start - matched;
  const added = edit.insert.length - matched;
  return { cost: dropped * DROPPED_COST + added * ADDED_COST, kept: b.length - added };
}

function positionMap(from: string, to: string): (position: number, side: "before" | "after") => number {
  const { start, end, insert } = diffText(from, to);
  const newEnd = start + insert.length;
  const shift = newEnd - end;
  const matches = alignment(from.slice(start, end), insert);
  const target = (index: number): number => {
    if (index < start) return index;
    if (index >= end) return index + shift;
    const at = matches?.[index - start] ?? -1;
    return at < 0 ? -1 : start + at;
  };
  return (position, side) => {
    const left = position === 0 ? 0 : shifted(target(position - 1), 1);
    const right = position >= from.length ? to.length : target(position);
    if (left >= 0 && right >= 0) return side === "after" ? right : left;
    if (left >= 0) return left;
    if (right >= 0) return right;
    let near = position - 1;
    while (near >= 0 && target(near) < 0) near--;
    let far = position;
    while (far < from.length && target(far) < 0) far++;
    const low = near < 0 ? 0 : target(near) + 1;
    const high = far >= from.length ? to.length : target(far);
    return Math.min(high, low + (position - near - 1));
  };
}

function shifted(index: number, by: number): number {
  return index < 0 ? -1 : index + by;
}

/** For each character of `a` its partner in `b` or -1, as many as possible and in order; letter case does not count. `null`: too long. */
function alignment(a: string, b: string): Int32Array | null {
  const partners = new Int32Array(a.length).fill(-1);
  if (a.length === 0 || b.length === 0) return partners;
  if (a.length === b.length && a.toLowerCase() === b.toLowerCase()) return partners.map((_, index) => index);
  if (a.length > MAX_ALIGNED_CHARS || b.length > MAX_ALIGNED_CHARS) return null;
  const left = foldCase(a);
  const right = foldCase(b);
  const width = b.length + 1;
  const best = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      best[i * width + j] =
        left[i] === right[j]
          ? (best[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
    }
  }
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (left[i] === right[j]) partners[i++] = j++;
    else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return partners;
}

/** Code unit by code unit, so that lengths stay as they are. */
function foldCase(text: string): readonly string[] {
  return text.split("").map((unit) => unit.toLowerCase());
}

/** Block by block first: comparing slices is many times faster than comparing characters. */
const BLOCK_CHARS = 1024;

function commonStart(a: string, b: string, limit: number): number {
  let length = 0;
  while (
    length + BLOCK_CHARS <= limit &&
    a.slice(length, length + BLOCK_CHARS) === b.slice(length, length + BLOCK_CHARS)
  ) {
    length += BLOCK_CHARS;
  }
  while (length < limit && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  return length;
}

function commonEnd(a: string, b: string, limit: number): number {
  let length = 0;
  const block = (text: string): string => text.slice(text.length - length - BLOCK_CHARS, text.length - length);
  while (length + BLOCK_CHARS <= limit && block(a) === block(b)) length += BLOCK_CHARS;
  while (length < limit && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length)) length++;
  return length;
}

/** A position between the halves of a surrogate pair. */
export function splitsPair(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return false;
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
