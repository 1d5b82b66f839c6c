import { expect, test } from "vitest";
import { longestRise } from "./move.ts";

test.each([
  [
    [0, 1, 2],
    [0, 1, 2],
  ],
  [
    [2, 0, 1],
    [1, 2],
  ],
  [[3, 2, 1], [2]],
  [
    [-1, 0, -1, 1],
    [1, 3],
  ],
  [
    [4, 0, 5, 1, 2, 6, 3],
    [1, 3, 4, 6],
  ],
  [[], []],
])("of %j the positions %j stay", (values, expected) => {
  expect([...longestRise(values)].sort((one, other) => one - other)).toEqual(expected);
});
