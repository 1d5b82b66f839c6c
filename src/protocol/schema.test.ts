import { describe, expect, test } from "vitest";
import type { WireNode } from "./node.ts";
import {
  anyOf,
  array,
  boolean,
  bytes,
  decode,
  formatDecodeError,
  type Infer,
  integer,
  literal,
  node,
  nullable,
  number,
  object,
  oneOf,
  optional,
  optionalOrNull,
  record,
  type Schema,
  string,
  tagged,
  unsigned,
  wireProps,
  wireValue,
  withDefault,
} from "./schema.ts";

function accepts(schema: Schema<unknown>, value: unknown): boolean {
  return decode(schema, value).ok;
}

function failure(schema: Schema<unknown>, value: unknown): string {
  const read = decode(schema, value);
  return read.ok ? "accepted" : formatDecodeError(read.error);
}

const person = object({
  name: string,
  age: optional(unsigned),
  note: optionalOrNull(string),
  tags: withDefault(array(string), []),
});

describe("an object", () => {
  test("has the type its schema says", () => {
    const value: Infer<typeof person> = { name: "Ada", tags: [] };
    expect(decode(person, value)).toEqual({ ok: true, value });
  });

  test("is returned as it is when nothing had to be changed", () => {
    const value = { name: "Ada", age: 36, tags: ["x"] };
    const read = decode(person, value);
    expect(read.ok && read.value).toBe(value);
  });

  test("loses unknown fields without the input being changed", () => {
    const value = Object.freeze({ name: "Ada", tags: [], extra: 1 });
    expect(decode(person, value)).toEqual({ ok: true, value: { name: "Ada", tags: [] } });
  });

  test("takes null for left out only where that is said", () => {
    expect(decode(person, { name: "Ada", note: null })).toEqual({ ok: true, value: { name: "Ada", tags: [] } });
    expect(failure(person, { name: "Ada", age: null })).toBe('expected non-negative integer at "age", found null');
  });

  test("takes own fields only", () => {
    expect(accepts(person, Object.create({ name: "Ada" }))).toBe(false);
    class Impostor {
      name = "Ada";
    }
    expect(accepts(person, new Impostor())).toBe(false);
    expect(accepts(object({ toString: string }), {})).toBe(false);
  });

  test("ignores keys that could reach a prototype", () => {
    const read = decode(person, JSON.parse('{"name":"Ada","__proto__":{"admin":true},"constructor":1}'));
    expect(read).toEqual({ ok: true, value: { name: "Ada", tags: [] } });
    expect(read.ok && "admin" in read.value).toBe(false);
  });
});

describe("an error", () => {
  test("names the place and the types, never the value", () => {
    const read = decode(object({ people: array(person) }), { people: [{ name: "Ada" }, { name: ["secret"] }] });
    expect(read).toEqual({
      ok: false,
      error: { code: "decode-failed", path: ["people", 1, "name"], expected: "string", found: "array (1 items)" },
    });
  });

  test("does not repeat unknown names of any length", () => {
    const schema = tagged("type", { a: object({ type: literal("a") }) });
    const text = failure(schema, { type: "secret".repeat(1000) });
    expect(text).toBe('expected one of 1 known names at "type", found unknown name (6000 characters)');
  });
});

test("simple schemas accept their kind of value only", () => {
  expect([1, 1.5, Number.NaN, "1", null].map((value) => accepts(number, value))).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([1, -1, 1.5, 2 ** 53].map((value) => accepts(integer, value))).toEqual([true, true, false, false]);
  expect([0, 1, -1, 1.5].map((value) => accepts(unsigned, value))).toEqual([true, true, false, false]);
  expect([true, 0].map((value) => accepts(boolean, value))).toEqual([true, false]);
  expect(["a", "c"].map((value) => accepts(oneOf(["a", "b"]), value))).toEqual([true, false]);
  expect([null, "a", 1].map((value) => accepts(nullable(string), value))).toEqual([true, true, false]);
  expect(["a", 1, true].map((value) => accepts(anyOf(string, number), value))).toEqual([true, true, false]);
});

describe("bytes", () => {
  test.each([[Uint8Array.of(1, 2)], ["AQI="], [[1, 2]]])("are read from %j", (value) => {
    expect(decode(bytes, value)).toEqual({ ok: true, value: Uint8Array.of(1, 2) });
  });

  test.each([["AQI"], ["A==="], ["AQ=I"], ["AQJ="], ["äöüß"], [[256]], [[1.5]], [{}], [null]])(
    "are not read from %j",
    (value) => {
      expect(accepts(bytes, value)).toBe(false);
    },
  );
});

describe("a wire value", () => {
  test("refuses what neither codec carries", () => {
    for (const value of [() => 1, Symbol("x"), 1n, new Date(0), new Map(), [undefined]]) {
      expect(accepts(wireValue, value)).toBe(false);
    }
  });

  test("loses what is undefined and turns what is not finite into null", () => {
    expect(decode(wireProps, { a: undefined, b: [Number.NaN, 1], c: "x" })).toEqual({
      ok: true,
      value: { b: [null, 1], c: "x" },
    });
  });

  test("refuses keys that could reach a prototype", () => {
    const value = JSON.parse('{"a":{"__proto__":{}}}');
    expect(failure(wireValue, value)).toBe('expected another key at "a.__proto__", found reserved key');
    expect(failure(record(number), { constructor: 1 })).toContain("reserved key");
  });

  test("is read once on every level, also when something deep inside has to be changed", () => {
    let value: unknown = { first: 1, changed: Number.POSITIVE_INFINITY, last: 2 };
    let expected: unknown = { first: 1, changed: null, last: 2 };
    for (let level = 0; level < 120; level += 1) {
      value = { inner: value };
      expected = { inner: expected };
    }
    expect(decode(wireValue, value)).toEqual({ ok: true, value: expected });
  });

  test("is bounded in depth, also when it contains itself", () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(failure(wireValue, circle)).toContain("more than 128 levels");
  });
});

describe("hostile objects", () => {
  test.each([
    ["a getter that throws", Object.defineProperty({}, "name", { enumerable: true, get: thrower })],
    ["a proxy that throws", new Proxy({}, { getPrototypeOf: thrower })],
    ["a revoked proxy", revoked()],
  ])("%s gives an error", (_, value) => {
    expect(accepts(person, value)).toBe(false);
    expect(accepts(wireValue, { value })).toBe(false);
    expect(accepts(node, value)).toBe(false);
  });
});

describe("a node", () => {
  const button: WireNode = { id: "main#a", type: "button", props: { label: "A", size: [1, 2] }, children: [] };

  test("is returned as it is, with everything below it", () => {
    const tree = { id: "main", type: "window", props: {}, children: [button] };
    const read = decode(node, tree);
    expect(read.ok && read.value).toBe(tree);
  });

  test("may leave out props and children", () => {
    expect(decode(node, { id: "a", type: "b" })).toEqual({
      ok: true,
      value: { id: "a", type: "b", props: {}, children: [] },
    });
  });

  test("is refused when props or children are null, at any level", () => {
    const tree = { id: "main", type: "window", props: {}, children: [{ ...button, props: null }] };
    expect(failure(node, tree)).toBe('expected object at "children.0.props", found null');
    expect(failure(node, { ...button, children: null })).toBe('expected array of node at "children", found null');
    expect(failure(node, { type: "b" })).toBe('expected string at "id", found nothing');
  });

  test("[R222] may have 300 levels; a depth that no tree has is refused", () => {
    expect(accepts(node, deepTree(300))).toBe(true);
    expect(failure(node, deepTree(5000))).toContain("more than 512 levels");
  });

  test("is checked in good time for 10 000 nodes", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => ({ ...button, id: `main#${index}` }));
    const tree = { id: "main", type: "window", props: {}, children: rows };
    decode(node, tree);
    const started = performance.now();
    expect(decode(node, tree).ok).toBe(true);
    // Measured at about 3 ms; the bound only fails when the cost grows with the square.
    expect(performance.now() - started).toBeLessThan(300);
  });
});

function deepTree(levels: number): unknown {
  let tree: unknown = { id: "leaf", type: "text" };
  for (let level = 1; level < levels; level += 1) tree = { id: `n${level}`, type: "column", children: [tree] };
  return tree;
}

function thrower(): never {
  throw new Error("no");
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
