import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeFromRenderer, decodeToRenderer } from "../../src/protocol/index.ts";
import { type CodecName, createCodec, type Frame, FrameReader } from "../../src/wire/index.ts";
import { loadExamples } from "./wire-examples.ts";

const CODECS: readonly CodecName[] = ["json", "msgpack"];
const examples = loadExamples();

function isReserved(key: string): boolean {
  return key === "__proto__" || key === "constructor" || key === "prototype";
}

const plainValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, depthIdentifier: "value" },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: "grapheme" }),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.array(tie("value"), { maxLength: 20 }),
    fc.dictionary(
      fc.string({ unit: "grapheme" }).filter((key) => !isReserved(key)),
      tie("value"),
      { maxKeys: 20, noNullPrototype: true },
    ),
  ),
})).value;

describe.each(CODECS)("%s", (codec) => {
  const { encode, decode } = createCodec(codec);

  test("any plain value comes back as it was", () => {
    fc.assert(
      fc.property(plainValue, (value) => {
        const payload = encode(value);
        if (!payload.ok) throw payload.error;
        expect(decode(payload.value)).toEqual({ ok: true, value });
      }),
      { seed: 11, numRuns: 600 },
    );
  });

  test("messages with changed bytes give an error or a value, never an exception", () => {
    const payloads = examples.map(({ message }) => {
      const payload = encode(message);
      if (!payload.ok) throw payload.error;
      return typeof payload.value === "string" ? new TextEncoder().encode(payload.value) : payload.value;
    });
    let refused = 0;
    fc.assert(
      fc.property(
        fc.nat(payloads.length - 1),
        fc.array(fc.tuple(fc.nat(100_000), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        (which, changes, cut) => {
          const bytes = Uint8Array.from(payloads[which] ?? []);
          for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
          const decoded = decode(cut === 0 ? bytes.subarray(0, bytes.length >> 1) : bytes);
          if (!decoded.ok) {
            refused += 1;
            return;
          }
          decodeToRenderer(decoded.value);
          decodeFromRenderer(decoded.value);
        },
      ),
      { seed: 13, numRuns: 4000 },
    );
    expect(refused).toBeGreaterThan(500);
  });

  test("random bytes give an error or a value, never an exception", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const decoded = decode(bytes);
        if (!decoded.ok) expect(decoded.error.code).toMatch(/^decode-/);
      }),
      { seed: 17, numRuns: 4000 },
    );
  });

  test("random bytes in random pieces leave a reader either going or ended for good", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 12 }), (chunks) => {
        const reader = new FrameReader(codec === "json" ? "lines" : "length", { maxBytes: 64 });
        let failed = false;
        for (const chunk of chunks) {
          const { frames, error } = reader.push(chunk);
          if (failed) expect(frames).toEqual([]);
          failed ||= error !== undefined;
          expect(reader.pendingBytes).toBeLessThanOrEqual(64 + 4);
          for (const frame of frames) decode(frame satisfies Frame);
        }
        if (failed) expect(reader.end().error).toBeDefined();
      }),
      { seed: 19, numRuns: 1500 },
    );
  });
});

test("random structures never make the message schemas throw, nor reach a prototype", () => {
  const types = examples.map(({ message }) => String(message["type"]));
  const fields = fc.dictionary(
    fc.constantFrom(
      "op",
      "id",
      "kind",
      "payload",
      "value",
      "tree",
      "ops",
      "events",
      "window_id",
      "data",
      "family",
      "tag",
    ),
    fc.anything({ withBigInt: true, withDate: true, withMap: true, withTypedArray: true, withNullPrototype: true }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...types), fields, (type, rest) => {
      for (const decode of [decodeToRenderer, decodeFromRenderer]) {
        const first = decode({ ...rest, type });
        if (!first.ok) continue;
        const again = decode(first.value);
        if (!("skipped" in first.value)) expect(again).toEqual(first);
      }
      expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    }),
    { seed: 23, numRuns: 3000 },
  );
});
