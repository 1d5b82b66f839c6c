import { describe, expect, test } from "vitest";
import { MAX_IMAGE_BYTES, MAX_IMAGE_SIDE_PX, MAX_IMAGE_TOTAL_BYTES, MAX_IMAGES } from "../../protocol/index.ts";
import { createResourceBudget, ImageRegistry } from "./resources.ts";

const dot = { pixels: new Uint8Array(4), width: 1, height: 1 };
/** As many bytes as one image may have. Nothing is written into it, so it takes no memory. */
const huge = { pixels: new Uint8Array(MAX_IMAGE_BYTES), width: MAX_IMAGE_SIDE_PX, height: 4096 };

function png(width: number, height: number): Uint8Array {
  const data = new Uint8Array(32);
  data.set([0x89, 0x50, 0x4e, 0x47]);
  new DataView(data.buffer).setUint32(16, width);
  new DataView(data.buffer).setUint32(20, height);
  return data;
}

describe("one image", () => {
  test("may have 16384 px a side and 256 MiB, and no more", () => {
    const images = new ImageRegistry(createResourceBudget());
    expect(images.put({ handle: "largest", ...huge }).ok).toBe(true);
    const wider = { pixels: new Uint8Array(16_385 * 4), width: 16_385, height: 1 };
    expect(images.put({ handle: "wider", ...wider })).toEqual({
      ok: false,
      error: "image of 16385x1 pixels: each side must be 1 to 16384",
    });
    const larger = { pixels: huge.pixels, width: MAX_IMAGE_SIDE_PX, height: 4097 };
    expect(images.put({ handle: "larger", ...larger })).toEqual({
      ok: false,
      error: "image is larger than 268435456 bytes",
    });
    const file = new Uint8Array(MAX_IMAGE_BYTES + 1);
    expect(images.put({ handle: "file", data: file }).ok).toBe(false);
    expect(images.handles()).toEqual(["largest"]);
  });
});

test("an encoded image counts with the pixels it says it has", () => {
  const budget = createResourceBudget();
  const images = new ImageRegistry(budget);
  expect(images.put({ handle: "large", data: png(16_384, 4096) }).ok).toBe(true);
  expect(budget.imageBytes).toBe(MAX_IMAGE_BYTES);
  expect(images.put({ handle: "larger", data: png(16_384, 4097) })).toEqual({
    ok: false,
    error: "image is larger than 268435456 bytes",
  });
  expect(images.put({ handle: "wider", data: png(16_385, 1) }).ok).toBe(false);
});

describe("all images", () => {
  test("[R216] are 4096, and a refusal takes none of them away", () => {
    const images = new ImageRegistry(createResourceBudget());
    for (let count = 0; count < MAX_IMAGES; count += 1) images.put({ handle: `i${count}`, ...dot });
    expect(images.put({ handle: "one-more", ...dot })).toEqual({
      ok: false,
      error: "too many images: the limit is 4096",
    });
    expect(images.handles()).toHaveLength(4096);
    expect(images.put({ handle: "i0", ...dot }).ok).toBe(true);
    images.delete("i1");
    expect(images.put({ handle: "one-more", ...dot }).ok).toBe(true);
  });

  test("[R217] have 1 GiB together, to the byte, and a refusal takes none of them away", () => {
    const budget = createResourceBudget();
    const images = new ImageRegistry(budget);
    for (const handle of ["a", "b", "c", "d"]) expect(images.put({ handle, ...huge }).ok).toBe(true);
    expect(budget.imageBytes).toBe(MAX_IMAGE_TOTAL_BYTES);
    expect(images.put({ handle: "e", ...dot })).toEqual({
      ok: false,
      error: "images are too large together: the limit is 1073741824 bytes",
    });
    expect(images.handles()).toEqual(["a", "b", "c", "d"]);
    // What takes another one's place counts for what it adds.
    expect(images.put({ handle: "a", ...huge }).ok).toBe(true);
    expect(images.put({ handle: "a", ...dot }).ok).toBe(true);
    expect(images.put({ handle: "e", ...huge }).ok).toBe(false);
    images.delete("a");
    expect(images.put({ handle: "e", ...huge }).ok).toBe(true);
  });
});
