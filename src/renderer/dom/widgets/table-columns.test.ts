import { describe, expect, test } from "vitest";
import { cellText, columnTracks, readColumns } from "./table-columns.ts";

describe("columns of a table", () => {
  test("have defaults, and entries that are no objects are left out", () => {
    const fill = { kind: "fill", portion: 1 };
    const plain = { align: "left", width: fill, minWidth: 0, isSortable: false };
    expect(readColumns([{ key: "name" }, 7, { label: "No key", align: "middle", sortable: "yes" }])).toEqual([
      { key: "name", label: "name", ...plain },
      { key: "", label: "No key", ...plain },
    ]);
    expect(readColumns("name")).toEqual([]);
  });

  test("become tracks: fixed, as wide as the content, or a share of the rest", () => {
    const widths = [120, "shrink", "fill", { fill_portion: 3 }, "120"];
    expect(columnTracks(readColumns(widths.map((width) => ({ width }))))).toBe(
      "120px max-content minmax(48px,1fr) minmax(48px,3fr) minmax(48px,1fr)",
    );
    expect(columnTracks(readColumns(["fill", "shrink", 40].map((width) => ({ width, min_width: 80 }))))).toBe(
      "minmax(80px,1fr) minmax(80px,max-content) 80px",
    );
  });

  test("are read once per list", () => {
    const list = [{ key: "a" }];
    expect(readColumns(list)).toBe(readColumns(list));
  });
});

test("values that are no text are shown as JSON", () => {
  const values = ["a", "", 1.5, true, null, undefined, { a: [1, "b"] }];
  expect(values.map(cellText)).toEqual(["a", "", "1.5", "true", "", "", '{"a":[1,"b"]}']);
});
