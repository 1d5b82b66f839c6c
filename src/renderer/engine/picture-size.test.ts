import { expect, test } from "vitest";
import { pictureSize } from "./picture-size.ts";

/** 300 by 7 pixels, as far as the size needs it. */
const PICTURES: Readonly<Record<string, string>> = {
  PNG: "89504e470d0a1a0a0000000d494844520000012c00000007",
  // With other segments in front of the frame.
  JPEG: "ffd8 ffe000104a46494600010100000100010000 ffe2000600000000 ffdb000400 00 ffc000110800070 12c03012200021101031101",
  "progressive JPEG": "ffd8 ffe000104a46494600010100000100010000 ffff ffc20011080007012c03012200",
  "WebP with extras": "52494646 3e020000 57454250 56503858 0a000000 30000000 2b0100 060000",
  "WebP with loss": "52494646 3e020000 57454250 56503820 32000000 d00100 9d012a 2c01 0700",
  "WebP without loss": "52494646 3e020000 57454250 5650384c 32000000 2f 2b810100 0000000000",
  GIF: "474946383961 2c01 0700 f00000",
  BMP: "424d 00000000 00000000 36000000 28000000 2c010000 f9ffffff",
};

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.replaceAll(" ", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

test.each(Object.entries(PICTURES))("of a %s is read from its head", (_, hex) => {
  expect(pictureSize(bytesOf(hex))).toEqual({ width: 300, height: 7 });
});

test.each(Object.entries(PICTURES))("of a cut %s is unknown and no failure", (_, hex) => {
  const whole = bytesOf(hex);
  for (let length = 0; length < whole.length; length += 1) {
    const size = pictureSize(whole.subarray(0, length));
    if (size !== undefined) expect(size).toEqual({ width: 300, height: 7 });
  }
});

test("of something else is unknown", () => {
  expect(pictureSize(new TextEncoder().encode("<svg width='300' height='7'/>"))).toBeUndefined();
  expect(pictureSize(new Uint8Array())).toBeUndefined();
});
