import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePackets, encodeFrame, encodePacket, type Frame, FrameReader, type Framing } from "./framing.ts";

const utf8 = new TextEncoder();

function bytesOf(framing: Framing, messages: readonly string[]): Uint8Array {
  const parts = messages.map((message) => {
    const frame = encodeFrame(framing === "lines" ? message : utf8.encode(message));
    if (!frame.ok) throw frame.error;
    return frame.value;
  });
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function textOf(frame: Frame): string {
  return typeof frame === "string" ? frame : new TextDecoder().decode(frame);
}

function readAll(reader: FrameReader, chunks: readonly Uint8Array[]): string[] {
  return chunks.flatMap((chunk) => reader.push(chunk).frames.map(textOf));
}

function split(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}

describe.each(["lines", "length"] as const)("framing by %s", (framing) => {
  test("gives the same messages however the bytes are cut", () => {
    const message = fc.string({ unit: "grapheme", minLength: 1 }).map((text) => JSON.stringify({ text }));
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), fc.array(fc.nat(4000), { maxLength: 12 }), (messages, cuts) => {
        const reader = new FrameReader(framing);
        expect(readAll(reader, split(bytesOf(framing, messages), cuts))).toEqual(messages);
        expect(reader.pendingBytes).toBe(0);
        expect(reader.end()).toEqual({ frames: [] });
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  test("gives the same messages when chunks are small and large by turns", () => {
    const messages = Array.from({ length: 40 }, (_, index) => `"${"é".repeat(index * 97)}"`);
    const bytes = bytesOf(framing, messages);
    const cuts: number[] = [];
    for (let at = 0, step = 1; at < bytes.length; at += step) {
      cuts.push(at);
      step = step > 5000 ? 1 : step * 3;
    }
    expect(readAll(new FrameReader(framing), split(bytes, cuts))).toEqual(messages);
  });

  test("refuses a message over the limit and stays refused", () => {
    const reader = new FrameReader(framing, { maxBytes: 10 });
    const good = reader.push(bytesOf(framing, ['"12345678"', '"123456789"', '"a"']));
    expect(good.frames.map(textOf)).toEqual(['"12345678"']);
    expect(good.error?.code).toBe("frame-too-large");
    expect(reader.push(bytesOf(framing, ['"a"']))).toEqual({ frames: [], error: good.error });
  });

  test("takes a message of 32 MiB in pieces of 64 KiB in good time", () => {
    const size = 32 * 1024 * 1024;
    const payload = new Uint8Array(size).fill(97);
    const source = framing === "length" ? encodePacket(payload) : withNewline(payload);
    const reader = new FrameReader(framing);
    const started = performance.now();
    let received = 0;
    for (let at = 0; at < source.length; at += 65_536) {
      for (const frame of reader.push(source.subarray(at, at + 65_536)).frames) received += frame.length;
    }
    expect(received).toBe(size);
    // Measured at about 40 ms; the bound leaves room for a busy machine and still fails for anything quadratic.
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

describe("JSON lines", () => {
  test("[R242] ends a message with a newline, with or without carriage return, and skips blank lines", () => {
    const reader = new FrameReader("lines");
    expect(reader.push(utf8.encode('{"a":1}\r\n\n  \n{"b":2}\n')).frames).toEqual(['{"a":1}', '{"b":2}']);
  });

  test("[R243] accumulates a line of 200 000 bytes, characters cut in the middle included", () => {
    const line = JSON.stringify("aé漢😀".repeat(20_000));
    const bytes = utf8.encode(`${line}\n`);
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += 65_537) chunks.push(bytes.subarray(at, at + 65_537));
    expect(readAll(new FrameReader("lines"), chunks)).toEqual([line]);
  });

  test("processes the last line without newline at the end", () => {
    const reader = new FrameReader("lines");
    expect(reader.push(utf8.encode('{"a":1}')).frames).toEqual([]);
    expect(reader.end().frames).toEqual(['{"a":1}']);
  });

  test("ends with an error when a line is not UTF-8, after the lines before it", () => {
    const result = new FrameReader("lines").push(Uint8Array.from([49, 10, 0xff, 0xfe, 10, 50, 10]));
    expect(result.frames).toEqual(["1"]);
    expect(result.error?.code).toBe("frame-invalid-utf8");
  });

  test("refuses a character that is cut off by the end of the line", () => {
    expect(new FrameReader("lines").push(Uint8Array.from([0xc3, 10])).error?.code).toBe("frame-invalid-utf8");
  });

  test("writes one line per message", () => {
    expect(encodeFrame('{"a":1}')).toEqual({ ok: true, value: utf8.encode('{"a":1}\n') });
    expect(encodeFrame('{"a":\n1}').ok).toBe(false);
  });
});

describe("length prefix", () => {
  test("[R241] is four bytes, big end first", () => {
    expect([...encodePacket(Uint8Array.of(0x80))]).toEqual([0, 0, 0, 1, 0x80]);
    expect([...encodePacket(new Uint8Array(0x010203)).subarray(0, 4)]).toEqual([0, 1, 2, 3]);
  });

  test("[R241] is read one byte at a time, and twice in one chunk", () => {
    const bytes = bytesOf("length", ["first", "second"]);
    expect(readAll(new FrameReader("length"), [bytes])).toEqual(["first", "second"]);
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(readAll(new FrameReader("length"), single)).toEqual(["first", "second"]);
  });

  test("makes a message within one chunk a view of it", () => {
    const bytes = bytesOf("length", ["first"]);
    const [frame] = new FrameReader("length").push(bytes).frames;
    expect(frame instanceof Uint8Array && frame.buffer === bytes.buffer).toBe(true);
  });

  test("refuses an empty frame", () => {
    expect(new FrameReader("length").push(new Uint8Array(4)).error?.code).toBe("frame-empty");
    expect(encodeFrame(new Uint8Array(0)).ok).toBe(false);
  });

  test("reports an unfinished frame at the end", () => {
    const reader = new FrameReader("length");
    reader.push(Uint8Array.of(0, 0, 0, 9, 1));
    expect(reader.end().error?.code).toBe("frame-truncated");
  });

  test("[R236] decodePackets gives the complete packets and the untouched rest", () => {
    const bytes = Uint8Array.of(...encodePacket(Uint8Array.of(1)), ...encodePacket(Uint8Array.of(2, 3)), 0, 0, 0, 5, 9);
    expect(decodePackets(bytes)).toEqual({
      packets: [Uint8Array.of(1), Uint8Array.of(2, 3)],
      rest: Uint8Array.of(0, 0, 0, 5, 9),
    });
    expect(decodePackets(Uint8Array.of(0, 0))).toEqual({ packets: [], rest: Uint8Array.of(0, 0) });
    expect(decodePackets(Uint8Array.of(0, 0, 0, 0, 1)).error?.code).toBe("frame-empty");
    expect(decodePackets(Uint8Array.of(5, 0, 0, 0)).error?.code).toBe("frame-too-large");
  });
});

function withNewline(payload: Uint8Array): Uint8Array {
  const line = new Uint8Array(payload.length + 1);
  line.set(payload);
  line[payload.length] = 10;
  return line;
}
