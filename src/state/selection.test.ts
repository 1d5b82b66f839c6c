import { describe, expect, test } from "vitest";
import {
  clearSelection,
  createSelection,
  extendSelection,
  keepSelected,
  selectAll,
  selectedIn,
  selectOnly,
  toggleSelected,
} from "./index.ts";

const order = ["a", "b", "c", "d", "e"];

describe("selection", () => {
  test("a click chooses one alone; with Control it is added and given up", () => {
    const one = selectOnly(createSelection(), "b");
    expect(one.ids).toEqual(["b"]);
    expect(selectOnly(one, "b")).toBe(one);
    const two = toggleSelected(one, "d");
    expect(two.ids).toEqual(["b", "d"]);
    expect(toggleSelected(two, "b").ids).toEqual(["d"]);
  });

  test("Shift goes from the anchor in both directions and keeps the anchor", () => {
    const one = selectOnly(createSelection(), "c");
    const down = extendSelection(one, "e", order);
    expect(down.ids).toEqual(["c", "d", "e"]);
    expect(extendSelection(down, "a", order).ids).toEqual(["a", "b", "c"]);
  });

  test("Shift without an anchor in the list is a plain click", () => {
    expect(extendSelection(createSelection(), "b", order)).toEqual(selectOnly(createSelection(), "b"));
    const gone = selectOnly(createSelection(), "x");
    expect(extendSelection(gone, "b", order).ids).toEqual(["b"]);
  });

  test("a single selection never has two", () => {
    const one = selectOnly(createSelection("single"), "a");
    expect(toggleSelected(one, "b").ids).toEqual(["b"]);
    expect(toggleSelected(one, "a").ids).toEqual([]);
    expect(extendSelection(one, "c", order).ids).toEqual(["c"]);
    expect(selectAll(one, order)).toBe(one);
  });

  test("what is out of sight is not chosen any more", () => {
    const all = selectAll(createSelection(), order);
    const left = keepSelected(all, ["b", "e", "z"]);
    expect(left.ids).toEqual(["b", "e"]);
    expect(keepSelected(left, order)).toBe(left);
    expect(keepSelected(selectOnly(createSelection(), "a"), [])).toEqual(createSelection());
  });

  test("clearing an empty selection changes nothing", () => {
    const none = createSelection();
    expect(clearSelection(none)).toBe(none);
    expect(clearSelection(selectOnly(none, "a"))).toEqual(none);
  });

  test("a view asks by id", () => {
    const isChosen = selectedIn(selectAll(createSelection(), ["a", "c"]));
    expect(order.filter(isChosen)).toEqual(["a", "c"]);
  });
});
