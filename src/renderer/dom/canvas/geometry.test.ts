import { describe, expect, test } from "vitest";
import { Coordinates } from "./coordinates.ts";
import { invert, mapBox, mapPoint, multiply, readBox, readTransforms } from "./geometry.ts";

const coordinates = new Coordinates();

describe("transforms", () => {
  test("are applied in the order of the list", () => {
    const matrix = readTransforms(
      [
        { type: "translate", x: 10, y: 20 },
        { type: "scale", factor: 2 },
      ],
      coordinates,
    );
    expect(mapPoint(matrix, 1, 1)).toEqual({ x: 12, y: 22 });
  });

  test("a positive angle turns clockwise on the screen", () => {
    const at = mapPoint(readTransforms([{ type: "rotate", angle: 90 }], coordinates), 1, 0);
    expect(at.x).toBeCloseTo(0);
    expect(at.y).toBeCloseTo(1);
  });

  test("scale takes one factor or one for each axis", () => {
    expect(mapPoint(readTransforms([{ type: "scale", x: 3, y: 4 }], coordinates), 1, 1)).toEqual({ x: 3, y: 4 });
  });

  test("entries nobody knows do nothing", () => {
    expect(readTransforms(["x", { type: "skew", angle: 3 }, null], coordinates)).toEqual([1, 0, 0, 1, 0, 0]);
  });

  test("an inverse undoes its matrix, and a flat one has none", () => {
    const matrix = readTransforms(
      [
        { type: "translate", x: 5, y: -3 },
        { type: "rotate", angle: 30 },
        { type: "scale", x: 2, y: 3 },
      ],
      coordinates,
    );
    const inverse = invert(matrix);
    expect(inverse).toBeDefined();
    if (inverse === undefined) return;
    const product = multiply(matrix, inverse);
    for (const [index, value] of [1, 0, 0, 1, 0, 0].entries()) expect(product[index]).toBeCloseTo(value);
    expect(invert(readTransforms([{ type: "scale", factor: 0 }], coordinates))).toBeUndefined();
  });
});

describe("boxes", () => {
  test("the box of a turned box is upright", () => {
    const box = mapBox(readTransforms([{ type: "rotate", angle: 90 }], coordinates), {
      left: 0,
      top: 0,
      right: 10,
      bottom: 4,
    });
    expect(box.left).toBeCloseTo(-4);
    expect(box.bottom).toBeCloseTo(10);
  });

  test("need both sizes and reach to the other side when one is negative", () => {
    expect(readBox({ x: 1, y: 2, w: 3 }, "clip", coordinates)).toBeUndefined();
    expect(readBox({ w: -3, h: 4 }, "clip", coordinates)).toEqual({ left: -3, top: 0, right: 0, bottom: 4 });
  });
});
