import { describe, expect, test } from "vitest";
import { moveHighlight, typeahead } from "./pick-list-keys.ts";

describe("moving the highlight", () => {
  test("single steps wrap around at both ends", () => {
    expect(moveHighlight(3, 2, "down", 2)).toBe(0);
    expect(moveHighlight(3, 0, "up", 2)).toBe(2);
    expect(moveHighlight(3, -1, "down", 2)).toBe(0);
    expect(moveHighlight(3, -1, "up", 2)).toBe(2);
  });

  test("pages stop at the ends", () => {
    expect(moveHighlight(10, 1, "page_up", 4)).toBe(0);
    expect(moveHighlight(10, 1, "page_down", 4)).toBe(5);
    expect(moveHighlight(10, 8, "page_down", 4)).toBe(9);
  });

  test("an empty menu has nothing to highlight", () => {
    expect(moveHighlight(0, -1, "down", 4)).toBe(-1);
  });
});

describe("typing in a menu", () => {
  const options = ["apple", "apricot", "banana", "Avocado"];
  test("a letter goes to the next option with it, again and again", () => {
    expect(typeahead(options, -1, "a")).toBe(0);
    expect(typeahead(options, 0, "aa")).toBe(1);
    expect(typeahead(options, 1, "aaa")).toBe(3);
    expect(typeahead(options, 3, "a")).toBe(0);
  });

  test("more letters narrow down", () => {
    expect(typeahead(options, 0, "ap")).toBe(0);
    expect(typeahead(options, 0, "apr")).toBe(1);
  });

  test("without a match the highlight stays", () => {
    expect(typeahead(options, 2, "z")).toBe(2);
  });
});
