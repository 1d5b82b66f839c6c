import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeToRenderer } from "../../src/protocol/index.ts";
import { createCodec } from "../../src/wire/index.ts";
import { readTreeMessage } from "../../src/wire/json-trees.ts";
import { loadExamples, mutants } from "./wire-examples.ts";

const { decode } = createCodec("json");

/** True when the quick reader took it; then the codec and the schemas must give the same. */
function agrees(text: string): boolean {
  const quick = readTreeMessage(text);
  if (quick === undefined) return false;
  const value = decode(text);
  if (!value.ok) throw new Error(`taken, but ${value.error.code}: ${text.slice(0, 300)}`);
  expect(decodeToRenderer(value.value)).toEqual({ ok: true, value: quick });
  return true;
}

const trees = loadExamples()
  .map(({ message }) => message)
  .filter(({ type }) => type === "snapshot" || type === "patch");

test("the quick reader of trees takes no message that the schemas would change or refuse", () => {
  let taken = 0;
  let left = 0;
  for (const message of trees) {
    for (const { message: mutant } of mutants(message)) {
      if (agrees(JSON.stringify(mutant))) taken += 1;
      else left += 1;
    }
  }
  expect(taken).toBeGreaterThan(100);
  expect(left).toBeGreaterThan(500);
});

test("the quick reader of trees takes no text with changed bytes that the schemas would change or refuse", () => {
  const texts = trees.map((message) => JSON.stringify(message));
  let taken = 0;
  fc.assert(
    fc.property(
      fc.nat(texts.length - 1),
      fc.array(fc.tuple(fc.nat(10_000), fc.integer({ min: 32, max: 126 })), { minLength: 1, maxLength: 3 }),
      (which, changes) => {
        const units = [...(texts[which] ?? "")];
        for (const [at, code] of changes) units[at % units.length] = String.fromCharCode(code);
        if (agrees(units.join(""))) taken += 1;
      },
    ),
    { seed: 29, numRuns: 8000 },
  );
  expect(taken).toBeGreaterThan(500);
});

test("any props that the codec carries and the schemas keep are taken", () => {
  const number = fc.oneof(fc.maxSafeInteger(), fc.double({ noNaN: true, min: -1e15, max: 1e15 }));
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthIdentifier: "value" },
      fc.constant(null),
      fc.boolean(),
      fc.string({ unit: "binary" }),
      number,
      fc.array(tie("value"), { maxLength: 8 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 8 }),
    ),
  })).value;
  let taken = 0;
  fc.assert(
    fc.property(fc.dictionary(fc.string(), value, { maxKeys: 8 }), (props) => {
      const text = JSON.stringify({ type: "snapshot", tree: { id: "a", type: "b", props, children: [] } });
      if (agrees(text)) taken += 1;
      else expect(decode(text).ok).toBe(false);
    }),
    { seed: 31, numRuns: 2000 },
  );
  expect(taken).toBeGreaterThan(1900);
});
