import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PipeFrames } from "./pipe-frames.ts";

const bytes = (text: string): Uint8Array => Buffer.from(text);

describe("messages on the debugging pipe", () => {
  test("several in one piece, one in several pieces", () => {
    const frames = new PipeFrames(100);
    expect(frames.push(bytes('{"id":1}\0{"id":2}\0{"i'))).toEqual(['{"id":1}', '{"id":2}']);
    expect(frames.push(bytes('d":'))).toEqual([]);
    expect(frames.push(bytes("3}\0"))).toEqual(['{"id":3}']);
  });

  test("a character cut in two is whole again", () => {
    const whole = bytes("grüße 🙂\0");
    const frames = new PipeFrames(100);
    const texts = [...whole].flatMap((byte) => frames.push(Uint8Array.of(byte)) ?? []);
    expect(texts).toEqual(["grüße 🙂"]);
  });

  test("more than allowed without an end is refused", () => {
    const frames = new PipeFrames(8);
    expect(frames.push(bytes("12345678"))).toEqual([]);
    expect(frames.push(bytes("9"))).toBeUndefined();
    expect(new PipeFrames(8).push(bytes("123456789\0"))).toBeUndefined();
  });

  test("however a stream is cut, the same messages come out", () => {
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }));
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"))),
        cuts,
        (texts, sizes) => {
          const stream = bytes(texts.map((text) => `${text}\0`).join(""));
          const frames = new PipeFrames(10_000);
          const out: string[] = [];
          let at = 0;
          for (let index = 0; at < stream.length; index += 1) {
            const size = sizes[index % Math.max(1, sizes.length)] ?? 3;
            out.push(...(frames.push(stream.subarray(at, at + size)) ?? []));
            at += size;
          }
          expect(out).toEqual(texts);
        },
      ),
    );
  });
});
