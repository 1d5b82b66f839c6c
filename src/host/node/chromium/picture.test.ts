import { createHash } from "node:crypto";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { decodePicture, pictureSize } from "./picture.ts";

describe("pictures", () => {
  test("the size is 1024x768 unless one is asked for, each side on its own", () => {
    expect(pictureSize(undefined, undefined)).toEqual({ width: 1024, height: 768 });
    expect(pictureSize(640, undefined)).toEqual({ width: 640, height: 768 });
  });

  test("sides are clamped into 1 to 16384", () => {
    expect(pictureSize(0, 10)).toEqual({ width: 1, height: 10 });
    expect(pictureSize(10, 1e9)).toEqual({ width: 10, height: 16_384 });
  });

  test("what no message holds is refused before it is drawn", () => {
    expect(() => pictureSize(4096, 4096)).toThrow("4096x4096");
    expect(pictureSize(4096, 4095).height).toBe(4095);
  });

  test("a PNG becomes its pixels and their SHA-256", async () => {
    const png = new PNG({ width: 2, height: 1 });
    png.data.set([1, 2, 3, 255, 4, 5, 6, 128]);
    const picture = await decodePicture(PNG.sync.write(png).toString("base64"));
    expect([...picture.rgba]).toEqual([1, 2, 3, 255, 4, 5, 6, 128]);
    expect([picture.width, picture.height]).toEqual([2, 1]);
    expect(picture.hash).toBe(createHash("sha256").update(picture.rgba).digest("hex"));
  });

  test.each([
    ["no text", 7],
    ["no PNG", "AAAA"],
  ])("%s is an error", async (_, data) => {
    await expect(decodePicture(data)).rejects.toMatchObject({ code: "picture-unreadable" });
  });
});
