import { describe, expect, test } from "vitest";
import { cropWithin, fittedSize, readCrop } from "./fit.ts";
import { pictureType, readPictureSource } from "./picture-source.ts";

const PICTURE = { width: 100, height: 50 };

describe("size of a picture in a box", () => {
  test.each([
    ["contain", { width: 200, height: 200 }, { width: 200, height: 100 }],
    ["contain", { width: 50, height: 200 }, { width: 50, height: 25 }],
    ["cover", { width: 200, height: 200 }, { width: 400, height: 200 }],
    ["fill", { width: 30, height: 90 }, { width: 30, height: 90 }],
    ["none", { width: 30, height: 90 }, PICTURE],
    ["scale_down", { width: 400, height: 400 }, PICTURE],
    ["scale_down", { width: 50, height: 400 }, { width: 50, height: 25 }],
  ] as const)("%s in %j", (fit, box, expected) => {
    expect(fittedSize(fit, PICTURE, box)).toEqual(expected);
  });

  test("a picture without extent stays without", () => {
    expect(fittedSize("contain", { width: 0, height: 0 }, PICTURE)).toEqual({ width: 0, height: 0 });
  });
});

describe("crop", () => {
  test("needs four numbers that are not negative", () => {
    expect(readCrop({ crop: { x: 1, y: 2, width: 3, height: 4 } })).toEqual({ x: 1, y: 2, width: 3, height: 4 });
    expect(readCrop({ crop: { x: -1, y: 2, width: 3, height: 4 } })).toBeUndefined();
    expect(readCrop({ crop: { x: 1, y: 2, width: 3 } })).toBeUndefined();
    expect(readCrop({})).toBeUndefined();
  });

  test("is cut at the edges of the picture", () => {
    expect(cropWithin({ x: 90, y: 0, width: 50, height: 500 }, PICTURE)).toEqual({
      x: 90,
      y: 0,
      width: 10,
      height: 50,
    });
    expect(cropWithin({ x: 100, y: 0, width: 5, height: 5 }, PICTURE)).toBeUndefined();
    expect(cropWithin({ x: 0, y: 0, width: 0, height: 5 }, PICTURE)).toBeUndefined();
  });
});

test("sources are handles, paths or data", () => {
  expect(readPictureSource({ handle: "logo" })).toEqual({ kind: "handle", name: "logo" });
  expect(readPictureSource("icons/a.png")).toEqual({ kind: "path", name: "icons/a.png" });
  expect(readPictureSource("data:image/png;base64,AA==")).toMatchObject({ kind: "data" });
  expect(readPictureSource("data:text/html,hi")).toMatchObject({ kind: "path" });
  for (const nothing of ["", { handle: "" }, null, 3, undefined]) expect(readPictureSource(nothing)).toBeUndefined();
});

test("the type of a picture is read from its first bytes", () => {
  expect(pictureType(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0]))).toBe("image/png");
  expect(pictureType(new Uint8Array([0xff, 0xd8, 0xff]))).toBe("image/jpeg");
  expect(pictureType(new TextEncoder().encode("<svg/>"))).toBe("image/svg+xml");
  expect(pictureType(new Uint8Array([1, 2, 3]))).toBe("");
});
