import { expect, test } from "vitest";
import { autoScrollSpeed } from "./auto-scroll.ts";

test.each([
  [0, 0],
  [19, 0],
  [-19, 0],
  [25, 125],
  [-25, -125],
  [100, 1000],
])("a pointer %i px away scrolls %i px per second", (distance, speed) => {
  expect(autoScrollSpeed(distance)).toBeCloseTo(speed, 6);
});
