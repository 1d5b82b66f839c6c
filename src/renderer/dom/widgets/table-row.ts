import type { WireProps } from "../../../protocol/index.ts";
import { Template } from "../template.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { readColumns, type TableColumn } from "./table-columns.ts";

const ALIGNMENTS = { left: "", center: "center", right: "flex-end" } as const;

/** Puts its cells below their columns; columns without a cell get an empty one, so that every row has all of them. */
export const tableRowModule: WidgetModule = {
  types: ["table_row"],
  layout: { flow: "cell-row", width: "fill" },
  create: (context) => new TableRow(context, createRow(context.document)),
  copies: {
    accepts: (_props, view) => view instanceof TableRow && view.isComplete,
    adopt(context, _props, element) {
      const row = new TableRow(context, element);
      row.adopted();
      return row;
    },
  },
};

/** Contents of one cell, one below the other. */
export const tableCellModule: WidgetModule = {
  types: ["table_cell"],
  layout: { flow: "column", width: "fill" },
  create(context) {
    return new TableCell(context, NODE_CELL.copy(context.document));
  },
  copies: {
    accepts: (_props, { element }) => !element.hidden,
    // What is centered or at the right needs a box to be so.
    carries: (element) => !element.hasAttribute("style"),
    adopt: (context, _props, element) => new TableCell(context, element),
  },
};

class TableCell implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;

  constructor(context: WidgetContext, element: HTMLElement) {
    this.#context = context;
    this.element = element;
    this.content = element;
  }

  update(props: WireProps, previous: WireProps): void {
    const row = this.#context.node()?.parent?.view;
    if (props["column"] !== previous["column"] && row instanceof TableRow) row.arrange(true);
  }
}

export class TableRow implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  /** Empty cells by column. */
  #blanks: Map<number, HTMLElement> | undefined;
  #columns: readonly TableColumn[] | undefined;

  constructor(context: WidgetContext, element: HTMLElement) {
    this.#context = context;
    this.element = element;
    this.content = element;
  }

  /** Every column has a cell of the app. */
  get isComplete(): boolean {
    return this.#blanks === undefined || this.#blanks.size === 0;
  }

  /** The cells are in line with the columns already. */
  adopted(): void {
    this.#columns = readColumns(this.#context.node()?.parent?.props["columns"]);
  }

  /** Nothing of its own to show. */
  update(): void {}

  childrenChanged(): void {
    this.arrange(true);
  }

  /** Brings the cells in line with the table's columns; does nothing when neither changed. */
  arrange(haveCellsChanged = false, known?: readonly TableColumn[]): void {
    if (known !== undefined && known === this.#columns && !haveCellsChanged) return;
    const node = this.#context.node();
    const columns = known ?? readColumns(node?.parent?.props["columns"]);
    const previous = this.#columns;
    this.#columns = columns;
    if (!haveCellsChanged && previous !== undefined && haveSameCells(previous, columns)) return;
    const places = new Map<string, number>();
    for (const [index, { key }] of columns.entries()) if (!places.has(key)) places.set(key, index);
    const filled = new Set<number>();
    for (const cell of node?.children ?? []) {
      const index = cell.type === "table_cell" ? placeOf(cell, places) : undefined;
      const column = index === undefined || filled.has(index) ? undefined : columns[index];
      const { element } = cell.view;
      // A cell of no column, or a second one, has no place.
      if (element.hidden !== (column === undefined)) element.hidden = column === undefined;
      if (index === undefined || column === undefined) continue;
      filled.add(index);
      placeCell(element, index, columns.length);
      // Most columns start at the left, and then nothing is asked of the style.
      if (column.align !== "left" || element.hasAttribute("style")) {
        element.style.alignItems = ALIGNMENTS[column.align];
      }
    }
    this.#fillUp(columns, filled);
  }

  #fillUp(columns: readonly TableColumn[], filled: ReadonlySet<number>): void {
    for (const [index, blank] of this.#blanks ?? []) {
      if (index < columns.length && !filled.has(index)) continue;
      blank.remove();
      this.#blanks?.delete(index);
    }
    for (const index of columns.keys()) {
      if (filled.has(index)) continue;
      this.#blanks ??= new Map();
      const blank = this.#blanks.get(index) ?? this.element.appendChild(createCell(this.#context.document));
      this.#blanks.set(index, blank);
      placeCell(blank, index, columns.length);
    }
  }
}

/** What a row depends on; widths and names are the table's own business. */
function haveSameCells(one: readonly TableColumn[], other: readonly TableColumn[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ key, align }, index) => key === other[index]?.key && align === other[index]?.align)
  );
}

function placeOf(cell: MountedNode, places: ReadonlyMap<string, number>): number | undefined {
  const key = cell.props["column"] ?? "";
  return typeof key === "string" ? places.get(key) : undefined;
}

const CLASSED_COLUMNS = 16;

/** Where cells stand. */
export const COLUMN_CSS = Array.from(
  { length: CLASSED_COLUMNS },
  (_, index) => `.pl-c${index + 1}{grid-column:${index + 1}}`,
).join("\n");

const part = (className: string, role: string): Template =>
  new Template((document) => {
    const element = document.createElement("div");
    element.className = className;
    element.setAttribute("role", role);
    return element;
  });

const ROW = part("pl-tr", "row");
const CELL = part("pl-td", "cell");
const NODE_CELL = part("pl-td pl-column", "cell");
const HEADER = part("pl-th", "columnheader");

export function createRow(document: Document): HTMLElement {
  return ROW.copy(document);
}

export function createCell(document: Document, role: "cell" | "columnheader" = "cell"): HTMLElement {
  return (role === "cell" ? CELL : HEADER).copy(document);
}

/** The order of cells in the document need not be that of the columns. */
export function placeCell(cell: HTMLElement, index: number, count: number): void {
  const place = String(index + 1);
  const previous = cell.getAttribute("aria-colindex");
  const isLast = index === count - 1;
  // Classes for all but very wide tables: an inline style would be an object of its own for each cell.
  const isClassed = index < CLASSED_COLUMNS;
  if (previous === null) {
    cell.setAttribute("aria-colindex", place);
    if (isClassed || isLast) cell.className += `${isClassed ? ` pl-c${place}` : ""}${isLast ? " pl-last" : ""}`;
    if (!isClassed) cell.style.gridColumn = place;
    return;
  }
  cell.classList.toggle("pl-last", isLast);
  if (previous === place) return;
  cell.setAttribute("aria-colindex", place);
  cell.classList.remove(`pl-c${previous}`);
  if (isClassed) cell.classList.add(`pl-c${place}`);
  cell.style.gridColumn = isClassed ? "" : place;
}
