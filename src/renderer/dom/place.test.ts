import { expect, test } from "vitest";
import { place } from "./place.ts";

const BOUNDS = { x: 0, y: 0, width: 300, height: 200 };
const ANCHOR = { x: 100, y: 80, width: 60, height: 20 };
const SIZE = { width: 40, height: 30 };

test.each([
  ["below", "center", { x: 110, y: 104 }],
  ["above", "start", { x: 100, y: 46 }],
  ["right", "end", { x: 164, y: 70 }],
  ["left", "center", { x: 56, y: 75 }],
] as const)("%s, %s", (side, align, expected) => {
  expect(place(ANCHOR, SIZE, BOUNDS, { side, align, gap: 4 })).toEqual({ ...expected, side });
});

test("flips when it does not fit here but fits there", () => {
  const low = { ...ANCHOR, y: 175 };
  expect(place(low, SIZE, BOUNDS, { side: "below", align: "start", flip: true })).toEqual({
    x: 100,
    y: 145,
    side: "above",
  });
  expect(place(low, SIZE, BOUNDS, { side: "below", align: "start" }).side).toBe("below");
  const tall = { width: 40, height: 190 };
  expect(place(low, tall, BOUNDS, { side: "below", align: "start", flip: true }).side).toBe("below");
});

test("snaps into the bounds, content that is too large shows its start", () => {
  const corner = { x: 290, y: 190, width: 10, height: 10 };
  expect(place(corner, SIZE, BOUNDS, { side: "right", align: "start", snap: true })).toMatchObject({ x: 260, y: 170 });
  const huge = { width: 400, height: 300 };
  expect(place(corner, huge, BOUNDS, { side: "below", align: "center", snap: true })).toMatchObject({ x: 0, y: 0 });
});

test("offsets are added", () => {
  const at = place(ANCHOR, SIZE, BOUNDS, { side: "below", align: "start", offset: { x: 5, y: -3 } });
  expect(at).toMatchObject({ x: 105, y: 97 });
});
