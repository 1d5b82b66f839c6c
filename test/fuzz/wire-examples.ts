import { readFileSync } from "node:fs";
import type { Direction } from "../../src/wire/index.ts";

export interface Example {
  readonly direction: Direction;
  readonly note: string;
  readonly message: { readonly [field: string]: unknown };
}

/** One composed message for everything that can be said, in both directions. */
export function loadExamples(): readonly Example[] {
  const text = readFileSync(new URL("../fixtures/wire/examples.jsonl", import.meta.url), "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const { direction, note, message } = JSON.parse(line);
      return { direction: direction === "to_renderer" ? "to-renderer" : "from-renderer", note, message };
    });
}

export interface Mutant {
  readonly path: readonly (string | number)[];
  readonly what: string;
  readonly message: unknown;
}

const WRONG_VALUES: readonly (readonly [string, unknown])[] = [
  ["null", null],
  ["a boolean", true],
  ["a number", -1.5],
  ["text", "\u0000 ~"],
  ["an array", [[]]],
  ["an object", { unexpected: 1 }],
];

/** Every field removed once and given every wrong type once, every object with a reserved key, everything too deep. */
export function* mutants(message: unknown): Generator<Mutant> {
  for (const path of fieldPaths(message, [])) {
    yield { path, what: "removed", message: changed(message, path, undefined) };
    for (const [what, value] of WRONG_VALUES) yield { path, what, message: changed(message, path, () => value) };
    yield { path, what: "too deep", message: changed(message, path, () => nested(200)) };
    yield {
      path,
      what: "reserved key",
      message: changed(message, path, () => JSON.parse('{"__proto__":{"polluted":true}}')),
    };
    yield { path, what: "long text", message: changed(message, path, () => "x".repeat(70_000)) };
  }
}

export function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

function* fieldPaths(value: unknown, path: readonly (string | number)[]): Generator<readonly (string | number)[]> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    yield at;
    yield* fieldPaths(item, at);
  }
}

function changed(value: unknown, path: readonly (string | number)[], make: (() => unknown) | undefined): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return make?.();
  if (Array.isArray(value)) {
    const copy = [...value];
    if (rest.length === 0 && make === undefined) copy.splice(Number(key), 1);
    else copy[Number(key)] = changed(copy[Number(key)], rest, make);
    return copy;
  }
  const copy: { [key: string]: unknown } = { ...(value as object) };
  if (rest.length === 0 && make === undefined) delete copy[key];
  else copy[key] = changed(copy[key], rest, make);
  return copy;
}
