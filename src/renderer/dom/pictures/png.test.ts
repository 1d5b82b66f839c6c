import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { encodePng } from "./png.ts";

describe("PNG of pixels", () => {
  test.each([
    [1, 1],
    [3, 2],
    [200, 150],
  ])("%i by %i pixels come out as they went in", (width, height) => {
    const pixels = Uint8Array.from({ length: width * height * 4 }, (_, index) => (index * 31 + (index >> 8)) & 0xff);
    const read = PNG.sync.read(Buffer.from(encodePng(pixels, width, height)));
    expect([read.width, read.height]).toEqual([width, height]);
    expect(new Uint8Array(read.data)).toEqual(pixels);
  });
});
