import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { readColumns, type TableColumn } from "./table-columns.ts";

const ALIGNMENTS = { left: "", center: "center", right: "flex-end" } as const;

/** Puts its cells below their columns; columns without a cell get an empty one, so that every row has all of them. */
export const tableRowModule: WidgetModule = {
  types: ["table_row"],
  layout: { flow: "cell-row", width: "fill" },
  create: (context) => new TableRow(context),
};

/** Contents of one cell, one below the other. */
export const tableCellModule: WidgetModule = {
  types: ["table_cell"],
  layout: { flow: "column", width: "fill" },
  create(context) {
    const element = createCell(context.document);
    element.classList.add("pl-column");
    return {
      element,
      content: element,
      update(props, previous) {
        const row = context.node()?.parent?.view;
        if (props["column"] !== previous["column"] && row instanceof TableRow) row.arrange(true);
      },
    };
  },
};

export class TableRow implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #blanks = new Map<number, HTMLElement>();
  #columns: readonly TableColumn[] | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = createRow(context.document);
    this.content = this.element;
  }

  /** Nothing of its own to show. */
  update(): void {}

  childrenChanged(): void {
    this.arrange(true);
  }

  /** Brings the cells in line with the table's columns; does nothing when neither changed. */
  arrange(haveCellsChanged = false): void {
    const node = this.#context.node();
    const columns = readColumns(node?.parent?.props["columns"]);
    if (columns === this.#columns && !haveCellsChanged) return;
    this.#columns = columns;
    const places = new Map<string, number>();
    for (const [index, { key }] of columns.entries()) if (!places.has(key)) places.set(key, index);
    const filled = new Set<number>();
    for (const cell of node?.children ?? []) {
      const index = cell.type === "table_cell" ? placeOf(cell, places) : undefined;
      const column = index === undefined || filled.has(index) ? undefined : columns[index];
      const { element } = cell.view;
      // A cell of no column, or a second one, has no place.
      element.hidden = column === undefined;
      if (index === undefined || column === undefined) continue;
      filled.add(index);
      placeCell(element, index, columns.length);
      element.style.alignItems = ALIGNMENTS[column.align];
    }
    for (const [index, blank] of this.#blanks) {
      if (index < columns.length && !filled.has(index)) continue;
      blank.remove();
      this.#blanks.delete(index);
    }
    for (const index of columns.keys()) {
      if (filled.has(index)) continue;
      const blank = this.#blanks.get(index) ?? this.element.appendChild(createCell(this.#context.document));
      this.#blanks.set(index, blank);
      placeCell(blank, index, columns.length);
    }
  }
}

function placeOf(cell: MountedNode, places: ReadonlyMap<string, number>): number | undefined {
  const key = cell.props["column"] ?? "";
  return typeof key === "string" ? places.get(key) : undefined;
}

export function createRow(document: Document): HTMLElement {
  const row = document.createElement("div");
  row.className = "pl-tr";
  row.setAttribute("role", "row");
  return row;
}

export function createCell(document: Document, role: "cell" | "columnheader" = "cell"): HTMLElement {
  const cell = document.createElement("div");
  cell.className = role === "cell" ? "pl-td" : "pl-th";
  cell.setAttribute("role", role);
  return cell;
}

/** The order of cells in the document need not be that of the columns. */
export function placeCell(cell: HTMLElement, index: number, count: number): void {
  cell.style.gridColumn = String(index + 1);
  cell.setAttribute("aria-colindex", String(index + 1));
  cell.classList.toggle("pl-last", index === count - 1);
}
