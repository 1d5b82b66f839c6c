import { describe, expect, test } from "vitest";
import { filterOptions } from "./combo-box-filter.ts";

const options = ["New York", "Newcastle upon Tyne", "York", "Århus", "São Paulo", "Area 51"];

describe("the options a text leaves", () => {
  test.each([
    ["", options],
    ["  -", options],
    ["york", ["New York", "York"]],
    ["YORK new", ["New York"]],
    ["ne.ty", ["Newcastle upon Tyne"]],
    ["århus", ["Århus"]],
    ["são", ["São Paulo"]],
    ["51", ["Area 51"]],
    ["zz", []],
  ])("%j", (typed, expected) => {
    expect(filterOptions(options, typed)).toEqual(expected);
  });
});
