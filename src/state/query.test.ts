import { describe, expect, test } from "vitest";
import { groupBy, nextSort, queryData, type SortRule } from "./index.ts";

interface File {
  readonly name: string;
  readonly owner: string | null;
  readonly size: number | null;
  readonly tags: readonly string[];
}

const file = (name: string, size: number | null = 0, owner: string | null = null): File => ({
  name,
  size,
  owner,
  tags: [],
});
const files = [file("Item 10", 3, "Zoë"), file("item 9", null, "anna"), file("Ärger", 1), file("zebra", 2, "Anna")];
const names = (list: readonly File[]) => list.map(({ name }) => name);

describe("data query", () => {
  test("finds words in any order, without case and accents, in any of the fields", () => {
    const search = (text: string) => names(queryData(files, { search: { text, in: ["name", "owner"] } }).items);
    expect(search("10 item")).toEqual(["Item 10"]);
    expect(search("arger")).toEqual(["Ärger"]);
    expect(search("zoe")).toEqual(["Item 10"]);
    expect(search("ANNA")).toEqual(["item 9", "zebra"]);
    expect(search("  ")).toHaveLength(4);
    expect(search("null")).toEqual([]);
  });

  test("sorts as people do, numbers in names by value", () => {
    const sorted = (direction: "asc" | "desc") =>
      names(queryData(files, { sort: [{ by: "name", direction }] }, "de").items);
    expect(sorted("asc")).toEqual(["Ärger", "item 9", "Item 10", "zebra"]);
    expect(sorted("desc")).toEqual(["zebra", "Item 10", "item 9", "Ärger"]);
  });

  test("what is missing comes last in both directions", () => {
    const sizes = (direction: "asc" | "desc") =>
      queryData(files, { sort: [{ by: "size", direction }] }).items.map(({ size }) => size);
    expect(sizes("asc")).toEqual([1, 2, 3, null]);
    expect(sizes("desc")).toEqual([3, 2, 1, null]);
    const odd = [file("a", Number.NaN), file("b", 5)];
    expect(names(queryData(odd, { sort: [{ by: "size" }] }).items)).toEqual(["b", "a"]);
  });

  test("further rules decide among equals, and then the order that was there", () => {
    const list = [file("b", 1, "x"), file("a", 1, "x"), file("c", 0, "x"), file("d", 1, "x")];
    const bySize: SortRule<File> = { by: "size" };
    expect(names(queryData(list, { sort: [bySize, { by: "name" }] }).items)).toEqual(["c", "a", "b", "d"]);
    expect(names(queryData(list, { sort: [bySize] }).items)).toEqual(["c", "b", "a", "d"]);
  });

  test("pages are counted from 1 and brought into range", () => {
    const page = (number: number, size = 3) => queryData(files, { page: { number, size } });
    expect(page(1)).toMatchObject({ total: 4, page: 1, pages: 2 });
    expect(names(page(2).items)).toEqual(["zebra"]);
    expect(page(0).page).toBe(1);
    expect(page(99).page).toBe(2);
    expect(page(Number.NaN).page).toBe(1);
    expect(page(2, 0)).toMatchObject({ page: 2, pages: 4 });
    expect(queryData([], { page: { number: 1, size: 10 } })).toEqual({ items: [], total: 0, page: 1, pages: 1 });
  });

  test("filters before it counts, and leaves the list as it was", () => {
    const before = [...files];
    const result = queryData(files, { where: ({ size }) => size !== null, sort: [{ by: "size", direction: "desc" }] });
    expect(result.total).toBe(3);
    expect(files).toEqual(before);
  });

  test("a column is sorted up, down, and not at all", () => {
    const up = nextSort<File>([], "name");
    const down = nextSort(up, "name");
    expect([up, down, nextSort(down, "name")]).toEqual([
      [{ by: "name", direction: "asc" }],
      [{ by: "name", direction: "desc" }],
      [],
    ]);
    expect(nextSort(down, "size")).toEqual([{ by: "size", direction: "asc" }]);
  });

  test("groups keep the order of their first item", () => {
    const groups = groupBy(files, ({ owner }) => owner?.toLowerCase() ?? "nobody");
    expect([...groups].map(([key, list]) => [key, names(list)])).toEqual([
      ["zoë", ["Item 10"]],
      ["anna", ["item 9", "zebra"]],
      ["nobody", ["Ärger"]],
    ]);
  });

  test("only fields that have text or an order are taken", () => {
    // @ts-expect-error a list of tags is no text
    queryData(files, { search: { text: "", in: ["tags"] } });
    // @ts-expect-error a list of tags has no order
    queryData(files, { sort: [{ by: "tags" }] });
  });
});
