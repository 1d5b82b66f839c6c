import type { WireValue } from "../../../protocol/node.ts";
import { FILL, type Length, readLength } from "../layout.ts";
import { readArray, readEnum, readRecord, readSize, readString } from "../props.ts";

/** One entry of a table's `columns`. */
export interface TableColumn {
  readonly key: string;
  readonly label: string;
  readonly align: "left" | "center" | "right";
  readonly width: Length;
  readonly minWidth: number;
  readonly isSortable: boolean;
}

/** A share of nothing could not be read; from here on the table scrolls. */
const LEAST_SHARE = 48;

const NONE: readonly TableColumn[] = [];
/** Every row of a table asks for the same list. */
const known = new WeakMap<readonly WireValue[], readonly TableColumn[]>();

/** A list that was sent again is the same as before, so that nothing has to be arranged anew. */
const equal = new Map<string, readonly TableColumn[]>();
const MAX_EQUAL = 64;

/** Entries that are no objects are left out. Equal lists give the same columns. */
export function readColumns(value: WireValue | undefined): readonly TableColumn[] {
  const list = readArray(value);
  if (list === undefined) return NONE;
  let columns = known.get(list);
  if (columns === undefined) {
    const text = JSON.stringify(list);
    columns = equal.get(text) ?? parse(list);
    if (equal.size >= MAX_EQUAL) equal.clear();
    equal.set(text, columns);
    known.set(list, columns);
  }
  return columns;
}

function parse(list: readonly WireValue[]): readonly TableColumn[] {
  return list.flatMap((entry) => {
    const column = readRecord(entry);
    if (column === undefined) return [];
    const key = readString(column["key"]) ?? "";
    return {
      key,
      label: readString(column["label"]) ?? key,
      align: readEnum(column["align"], ["left", "center", "right"] as const) ?? "left",
      width: readLength(column["width"]) ?? FILL,
      minWidth: readSize(column["min_width"]) ?? 0,
      isSortable: column["sortable"] === true,
    };
  });
}

/** CSS `grid-template-columns`: what is fixed or shrinks comes first, the rest is shared by portions. */
export function columnTracks(columns: readonly TableColumn[]): string {
  return columns
    .map(({ width, minWidth }) => {
      if (width.kind === "fixed") return `${Math.max(width.size, minWidth)}px`;
      if (width.kind === "fill") return `minmax(${Math.max(minWidth, LEAST_SHARE)}px,${width.portion}fr)`;
      return minWidth === 0 ? "max-content" : `minmax(${minWidth}px,max-content)`;
    })
    .join(" ");
}

/** What a value looks like in a cell: text as it is, nothing for nothing, everything else as JSON. */
export function cellText(value: WireValue | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}
