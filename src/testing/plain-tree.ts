import { encodeBase64, type WireNode, type WireValue } from "../protocol/index.ts";

/** A tree as JSON can hold it: for snapshots, and to compare. */
export interface PlainNode {
  readonly id: string;
  readonly type: string;
  readonly props: { readonly [name: string]: PlainValue };
  readonly children: readonly PlainNode[];
}

export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [name: string]: PlainValue };

/** Props in alphabetical order, bytes as base64: equal trees give equal text. */
export function plainTree(node: WireNode): PlainNode {
  return { id: node.id, type: node.type, props: plainRecord(node.props), children: node.children.map(plainTree) };
}

/** Where two trees first differ, in words; `undefined` when they are equal. */
export function treeDifference(actual: PlainNode, expected: PlainNode): string | undefined {
  return treeDifferences(actual, expected, 1)[0];
}

const MAX_DIFFERENCES = 10;

/** Where two trees differ, in words, each with the id of the place; at most `limit`. Empty when they are equal. */
export function treeDifferences(actual: PlainNode, expected: PlainNode, limit = MAX_DIFFERENCES): readonly string[] {
  const found: string[] = [];
  for (const difference of differencesOf(actual, expected)) {
    if (found.length === limit) return limit === 1 ? found : [...found, "and more"];
    found.push(difference);
  }
  return found;
}

function* differencesOf(actual: PlainNode, expected: PlainNode): Generator<string> {
  const place = `"${actual.id}"`;
  // Below another widget everything differs.
  if (actual.id !== expected.id) return yield `the id is "${actual.id}", expected "${expected.id}"`;
  if (actual.type !== expected.type) return yield `${place} is a ${actual.type}, expected a ${expected.type}`;
  for (const name of [...new Set([...Object.keys(expected.props), ...Object.keys(actual.props)])].sort()) {
    const [found, wanted] = [textOf(actual.props[name]), textOf(expected.props[name])];
    if (found !== wanted) yield `the prop ${name} of ${place} is ${found}, expected ${wanted}`;
  }
  for (const [index, child] of actual.children.entries()) {
    const other = expected.children[index];
    if (other === undefined) return yield `${place} has "${child.id}" in place ${index}, expected no more children`;
    yield* differencesOf(child, other);
    // What follows is only moved.
    if (child.id !== other.id) return;
  }
  const left = expected.children[actual.children.length];
  if (left !== undefined) yield `${place} ends after ${actual.children.length} children, expected "${left.id}"`;
}

function textOf(value: PlainValue | undefined): string {
  return value === undefined ? "absent" : JSON.stringify(plainValue(value));
}

function plainValue(value: WireValue): PlainValue {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Uint8Array) return encodeBase64(value);
  return isList(value) ? value.map(plainValue) : plainRecord(value);
}

function plainRecord(record: { readonly [name: string]: WireValue }): { readonly [name: string]: PlainValue } {
  const names = Object.keys(record).sort();
  return Object.fromEntries(names.map((name) => [name, plainValue(record[name] ?? null)]));
}

function isList(value: WireValue): value is readonly WireValue[] {
  return Array.isArray(value);
}
