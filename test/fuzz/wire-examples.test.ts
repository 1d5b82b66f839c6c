import { describe, expect, test } from "vitest";
import { decodeDiagnostic } from "../../src/protocol/diagnostic.ts";
import { decode, decodeSettings, formatDecodeError, toEvent } from "../../src/protocol/index.ts";
import { fromRendererSchema, toRendererSchema } from "../../src/protocol/message.ts";
import type { Schema } from "../../src/protocol/schema.ts";
import { type CodecName, createCodec, type Direction, decodeMessage, encodeMessage } from "../../src/wire/index.ts";
import { loadExamples, mutants } from "./wire-examples.ts";

const examples = loadExamples();
const CODECS: readonly CodecName[] = ["json", "msgpack"];

function read(value: unknown, direction: Direction) {
  const schema: Schema<unknown> = direction === "to-renderer" ? toRendererSchema : fromRendererSchema;
  return decode(schema, value);
}

function readPayload(payload: string | Uint8Array, direction: Direction) {
  return direction === "to-renderer" ? decodeMessage(payload, direction) : decodeMessage(payload, direction);
}

test("the fixture has every message", () => {
  expect(examples.length).toBe(314);
});

describe.each(CODECS)("every example through %s", (codec) => {
  test("[R211] decodes, encodes and decodes again to the same message", () => {
    for (const { message, direction, note } of examples) {
      const payload = createCodec(codec).encode(message);
      if (!payload.ok) throw payload.error;
      const first = readPayload(payload.value, direction);
      if (!first.ok) throw new Error(`${note}: ${JSON.stringify(first.error)}`);
      const again = encodeMessage(first.value, codec);
      if (!again.ok) throw again.error;
      const second = readPayload(again.value, direction);
      expect(second, note).toEqual(first);
    }
  });
});

test("both codecs give the same message", () => {
  for (const { message, direction, note } of examples) {
    const [json, msgpack] = CODECS.map((codec) => {
      const payload = createCodec(codec).encode(message);
      if (!payload.ok) throw payload.error;
      return readPayload(payload.value, direction);
    });
    expect(json, note).toEqual(msgpack);
  }
});

test("[R086] every event and every answer of the fixture is an event for authors", () => {
  let count = 0;
  for (const { message, direction, note } of examples) {
    const decoded = read(message, direction);
    if (!decoded.ok || direction === "to-renderer") continue;
    const value = decodeFrom(decoded.value);
    if (value.type !== "event" && value.type !== "op_query_response") continue;
    const event = toEvent(value);
    if (!event.ok) throw new Error(`${note}: ${formatDecodeError(event.error)}`);
    const custom = event.value.kind === "widget" && event.value.type === "custom";
    expect(custom, note).toBe(/app-chosen|native widget/.test(note));
    count += 1;
  }
  expect(count).toBeGreaterThan(90);
});

test("every diagnostic of the fixture is a known one", () => {
  for (const { message, direction, note } of examples) {
    const decoded = read(message, direction);
    if (!decoded.ok) throw new Error(note);
    const value = direction === "from-renderer" ? decodeFrom(decoded.value) : undefined;
    if (value?.type !== "diagnostic") continue;
    const diagnostic = decodeDiagnostic(value.diagnostic);
    expect(diagnostic.ok && diagnostic.value.kind, note).toBe(value.diagnostic.kind);
  }
});

test("a changed message is refused with a place, or read the same way again", () => {
  let refused = 0;
  let accepted = 0;
  for (const { message, direction, note } of examples) {
    for (const mutant of mutants(message)) {
      const what = `${note}, ${mutant.path.join(".")} ${mutant.what}`;
      const first = read(mutant.message, direction);
      if (!first.ok) {
        expect(first.error.code, what).toBe("decode-failed");
        expect(first.error.path.length, what).toBeGreaterThan(0);
        expect(first.error.found, what).not.toBe("");
        refused += 1;
        continue;
      }
      accepted += 1;
      const second = read(first.value, direction);
      if (!second.ok) throw new Error(`${what}: ${formatDecodeError(second.error)}`);
      if (!isPatchWithSkipped(first.value)) expect(second.value, what).toEqual(first.value);
      expect(pollution(), what).toBe(false);
      readFurther(first.value);
    }
  }
  expect(refused).toBeGreaterThan(2000);
  expect(accepted).toBeGreaterThan(2000);
});

/** The readers behind a message: none of them may throw, whatever passed the message's own schema. */
function readFurther(value: unknown): void {
  const to = decode(toRendererSchema, value);
  if (to.ok && to.value.type === "settings") decodeSettings(to.value.settings);
  const from = decode(fromRendererSchema, value);
  if (!from.ok) return;
  if (from.value.type === "event" || from.value.type === "op_query_response") {
    const event = toEvent(from.value);
    if (!event.ok) expect(event.error.path.length).toBeGreaterThan(0);
  }
  if (from.value.type === "diagnostic") decodeDiagnostic(from.value.diagnostic);
}

function decodeFrom(value: unknown) {
  const decoded = decode(fromRendererSchema, value);
  if (!decoded.ok) throw new Error(formatDecodeError(decoded.error));
  return decoded.value;
}

function isPatchWithSkipped(value: unknown): boolean {
  return typeof value === "object" && value !== null && "skipped" in value;
}

function pollution(): boolean {
  return "polluted" in {};
}
