import type { WireProps } from "../../../protocol/node.ts";
import { isEditable } from "../focus.ts";
import { readLength } from "../layout.ts";
import { readArray, readColor, readEnum, readRecord, readSize } from "../props.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { isPlainKey } from "./button-press.ts";
import { cellText, columnTracks, readColumns, type TableColumn } from "./table-columns.ts";
import { COLUMN_CSS, createCell, createRow, placeCell, TableRow } from "./table-row.ts";
import { px } from "./text-look.ts";

const PADDING = "5px 10px";
const EMPTY_TEXT = "(empty table)";
const KEY_STEP = 16;
/** From here on rows that are out of sight are not drawn. */
const LONG_ROWS = 100;

const css = `
.pl-table{display:grid;align-content:start;grid-template-rows:max-content max-content;column-gap:var(--t-gx);row-gap:var(--t-gy);overflow:auto hidden;scrollbar-width:thin;scrollbar-color:var(--thumb) transparent;outline:none;--t-line:1px;--t-color:var(--bg-strong);--t-gx:var(--t-line);--t-gy:var(--t-line);--t-padding:${PADDING}}
.pl-table-bare{grid-template-rows:max-content}
.pl-table-scroll{grid-template-rows:max-content minmax(0,1fr);align-content:stretch}
.pl-table-scroll.pl-table-bare{grid-template-rows:minmax(0,1fr)}
.pl-tbody,.pl-tr{position:relative;display:grid;grid-template-columns:subgrid;grid-column:1/-1;grid-auto-rows:max-content;align-content:start}
.pl-tbody>.pl-tr,.pl-tr>.pl-td{max-height:none}
.pl-tbody{row-gap:var(--t-gy);outline:none}
.pl-table-scroll>.pl-tbody{overflow:hidden auto;scrollbar-width:thin;scrollbar-color:var(--thumb) var(--rail);overscroll-behavior:contain}
.pl-tbody>.pl-line:not(.pl-tr){display:none}
.pl-td,.pl-th{position:relative;grid-row:1}
.pl-td{padding:var(--t-padding)}
.pl-td.pl-text{display:block}
.pl-td[hidden],.pl-thead[hidden],.pl-tbody[hidden]{display:none}
.pl-td-text:empty::before{content:"\\200b"}
.pl-td-text{white-space:pre-wrap}
.pl-th{display:flex}
.pl-th-label{flex:1 1 auto;min-width:0;padding:var(--t-padding);white-space:pre;overflow:hidden;text-overflow:ellipsis;outline:none}
.pl-sort{cursor:pointer;touch-action:manipulation;border-radius:3px}
.pl-sort>span{pointer-events:none}
@media (hover:hover){.pl-sort:hover{color:color-mix(in srgb,currentcolor 80%,transparent)}}
.pl-sort:focus-visible{box-shadow:inset 0 0 0 2px var(--focus-ring),inset 0 0 6px var(--focus-glow-soft)}
.pl-td:not(.pl-last)::after,.pl-th:not(.pl-last)::after,.pl-thead::after,.pl-tbody>.pl-tr:not(:last-child)::after{content:"";position:absolute;background:var(--t-color);pointer-events:none}
.pl-td:not(.pl-last)::after,.pl-th:not(.pl-last)::after{top:0;bottom:0;right:calc((var(--t-gx) + var(--t-line))/-2);width:var(--t-line)}
.pl-thead::after,.pl-tbody>.pl-tr:not(:last-child)::after{left:0;right:0;bottom:calc((var(--t-gy) + var(--t-line))/-2);height:var(--t-line)}
${COLUMN_CSS}
.pl-table-long>.pl-tbody{display:block}
.pl-table-long>.pl-thead,.pl-table-long>.pl-tbody>.pl-tr{grid-template-columns:var(--t-tracks);column-gap:var(--t-gx)}
.pl-table-long>.pl-tbody>.pl-tr{content-visibility:auto;contain-intrinsic-height:auto calc(1.3em + 10px);overflow-clip-margin:16px}
.pl-table-long>.pl-tbody>.pl-tr:not(:last-child){margin-bottom:var(--t-gy)}
.pl-table-long.pl-table-scroll>.pl-thead,.pl-table-long.pl-table-scroll>.pl-tbody{scrollbar-gutter:stable}
.pl-table-long.pl-table-scroll>.pl-thead{overflow:hidden;scrollbar-width:thin}
.pl-table-long.pl-table-scroll>.pl-thead::after{content:none}
.pl-table-long.pl-table-scroll:not(.pl-table-bare)::after{content:"";position:relative;grid-row:1;grid-column:1/-1;align-self:end;height:var(--t-line);bottom:calc((var(--t-gy) + var(--t-line))/-2);background:var(--t-color);pointer-events:none}
.pl-table-none{grid-column:1/-1;grid-row:1}
@media (forced-colors:active){.pl-table{--t-color:CanvasText}.pl-sort:focus-visible{outline:2px solid;outline-offset:-2px}}
`;

/**
 * Rows below a header. Beyond what the toolkit draws, the documented meaning of some props counts: `min_width` of a column,
 * `separator_color`, `separator_thickness` (another name of `separator`), `cell_spacing` and `row_spacing` (room between
 * cells with the line in its middle), and `header: false` also where rows are nodes. With a `height` the header stays in
 * view while the rows scroll. Columns that need more room than the table has are scrolled sideways.
 */
export const tableModule: WidgetModule = {
  types: ["table"],
  layout: { flow: "cell-row", width: "fill" },
  css,
  create: (context) => new Table(context),
};

class Table implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #header: HTMLElement;
  readonly #headers: HeaderCell[] = [];
  #columns: readonly TableColumn[] = [];
  #tracks = "";
  #isLong = false;
  #rowSize = "";
  #empty: HTMLElement | undefined;
  /** Rows drawn from the `rows` prop, while no rows are nodes. */
  #drawn: readonly HTMLElement[] = [];

  constructor(context: WidgetContext) {
    this.#context = context;
    const { document } = context;
    this.element = document.createElement("div");
    this.element.className = "pl-table";
    this.element.setAttribute("role", "table");
    this.#header = this.element.appendChild(createRow(document));
    this.#header.classList.add("pl-thead");
    this.content = this.element.appendChild(document.createElement("div"));
    this.content.className = "pl-tbody";
    this.content.setAttribute("role", "rowgroup");
  }

  update(props: WireProps, previous: WireProps): void {
    const { element } = this;
    const { style } = element;
    this.#columns = readColumns(props["columns"]);
    const tracks = columnTracks(this.#columns);
    if (tracks !== this.#tracks) {
      this.#tracks = tracks;
      style.gridTemplateColumns = tracks;
      style.setProperty("--t-tracks", tracks);
    }
    const line = readSize(props["separator"]) ?? readSize(props["separator_thickness"]);
    setVariable(element, "--t-line", line === undefined ? undefined : `${line}px`);
    setVariable(element, "--t-color", readColor(props["separator_color"]));
    setVariable(element, "--t-gx", gap(props["cell_spacing"]));
    setVariable(element, "--t-gy", gap(props["row_spacing"]));
    setVariable(element, "--t-padding", cellPadding(props["padding"]));
    const height = readLength(props["height"]);
    const scrolls = height !== undefined && height.kind !== "shrink";
    element.classList.toggle("pl-table-scroll", scrolls);
    // Whether it is a tab stop depends on what is in it, and is not for the browser to say.
    if (!scrolls) this.content.removeAttribute("tabindex");
    else if (!this.content.hasAttribute("tabindex")) this.content.tabIndex = -1;
    const isHeaderHidden = props["header"] === false || this.#columns.length === 0;
    this.#header.hidden = isHeaderHidden;
    element.classList.toggle("pl-table-bare", isHeaderHidden);
    this.#header.style.fontSize = px(readSize(props["header_text_size"]));
    this.#showHeader(props);
    this.#showEmpty();
    const children = this.#context.node()?.children ?? [];
    if (children.length > 0) this.#adaptToLength(children.length);
    if (props["columns"] !== previous["columns"]) arrangeRows(children, this.#columns);
    if (props["columns"] !== previous["columns"] || props["rows"] !== previous["rows"]) this.#drawRows(children, props);
    if (this.#drawn.length > 0) this.#setRowSize(px(readSize(props["row_text_size"])));
  }

  childrenChanged(children: readonly MountedNode[], placed = children): void {
    this.#adaptToLength(children.length);
    // The others have been in line since the columns changed.
    arrangeRows(placed, this.#columns);
    this.#drawRows(children, this.#context.props());
  }

  /**
   * A row that is not drawn cannot take part in the widths of its columns, so each has the same tracks instead of the table's:
   * only where no column is as wide as its contents.
   */
  #adaptToLength(rows: number): void {
    const isLong = rows >= LONG_ROWS && this.#columns.every(({ width }) => width.kind !== "shrink");
    if (isLong === this.#isLong) return;
    this.#isLong = isLong;
    this.element.classList.toggle("pl-table-long", isLong);
  }

  handle(event: Event): boolean {
    const target = event.target instanceof Element ? event.target.closest(".pl-sort") : null;
    const index = this.#headers.findIndex(({ label }) => label === target);
    const column = this.#columns[index];
    if (column !== undefined) {
      if (event.type === "pointerdown") return true;
      const isKey = isPlainKey(event, "Enter", " ");
      if (isKey) event.preventDefault();
      if (event.type === "click" || isKey) {
        if (!(isKey && event.repeat)) this.#context.emit("sort", column.key);
        return true;
      }
    }
    return event instanceof KeyboardEvent && event.type === "keydown" && this.#scroll(event);
  }

  /** Keys that nothing inside used. */
  #scroll(event: KeyboardEvent): boolean {
    if (event.defaultPrevented) return false;
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isEditable(event.target)) return false;
    const body = this.content;
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      return moved(event, this.element, { left: event.key === "ArrowLeft" ? -KEY_STEP : KEY_STEP });
    }
    if (!this.element.classList.contains("pl-table-scroll")) return false;
    const deltas: Readonly<Record<string, number>> = {
      ArrowUp: -KEY_STEP,
      ArrowDown: KEY_STEP,
      PageUp: -body.clientHeight,
      PageDown: body.clientHeight,
      Home: -body.scrollHeight,
      End: body.scrollHeight,
    };
    const delta = Object.hasOwn(deltas, event.key) ? deltas[event.key] : undefined;
    if (delta === undefined) return false;
    return moved(event, body, { top: delta });
  }

  /** In place, so that the header somebody just used keeps the focus. */
  #showHeader(props: WireProps): void {
    const { document } = this.#context;
    while (this.#headers.length > this.#columns.length) this.#headers.pop()?.cell.remove();
    const order = readEnum(props["sort_order"], ["asc", "desc"] as const);
    for (const [index, column] of this.#columns.entries()) {
      let header = this.#headers[index];
      if (header === undefined) {
        header = createHeader(document);
        this.#headers.push(header);
        this.#header.append(header.cell);
      }
      placeCell(header.cell, index, this.#columns.length);
      const sorted = props["sort_by"] === column.key ? order : undefined;
      showHeader(header, column, sorted);
    }
  }

  #showEmpty(): void {
    const isEmpty = this.#columns.length === 0;
    this.content.hidden = isEmpty;
    if (isEmpty === (this.#empty !== undefined)) return;
    this.#empty?.remove();
    this.#empty = undefined;
    if (!isEmpty) return;
    const { document } = this.#context;
    this.#empty = this.element.appendChild(document.createElement("div"));
    this.#empty.className = "pl-table-none";
    // A table that is announced without any row would be broken.
    this.#empty.setAttribute("role", "row");
    const cell = this.#empty.appendChild(document.createElement("div"));
    cell.setAttribute("role", "cell");
    cell.textContent = EMPTY_TEXT;
  }

  #drawRows(children: readonly MountedNode[], props: WireProps): void {
    for (const row of this.#drawn) row.remove();
    const hasNodes = children.some((child) => child.type === "table_row");
    const rows = hasNodes ? [] : (readArray(props["rows"]) ?? []);
    this.#drawn = rows.flatMap((entry) => {
      const record = readRecord(entry);
      return record === undefined ? [] : [this.#drawRow(record)];
    });
    if (this.#drawn.length > 0) this.content.append(...this.#drawn);
    this.#setRowSize(hasNodes ? "" : px(readSize(props["row_text_size"])));
  }

  #setRowSize(size: string): void {
    if (size === this.#rowSize) return;
    this.#rowSize = size;
    this.content.style.fontSize = size;
  }

  #drawRow(record: WireProps): HTMLElement {
    const { document } = this.#context;
    const row = createRow(document);
    for (const [index, column] of this.#columns.entries()) {
      const cell = row.appendChild(createCell(document));
      cell.classList.add("pl-td-text");
      cell.style.textAlign = column.align;
      cell.textContent = Object.hasOwn(record, column.key) ? cellText(record[column.key]) : "";
      placeCell(cell, index, this.#columns.length);
    }
    return row;
  }
}

interface HeaderCell {
  readonly cell: HTMLElement;
  readonly label: HTMLElement;
  readonly text: HTMLElement;
  readonly arrow: HTMLElement;
}

function createHeader(document: Document): HeaderCell {
  const cell = createCell(document, "columnheader");
  const label = cell.appendChild(document.createElement("div"));
  label.className = "pl-th-label";
  const text = label.appendChild(document.createElement("span"));
  const arrow = label.appendChild(document.createElement("span"));
  // `aria-sort` says it.
  arrow.ariaHidden = "true";
  return { cell, label, text, arrow };
}

function showHeader(header: HeaderCell, column: TableColumn, sorted: "asc" | "desc" | undefined): void {
  const { cell, label, text, arrow } = header;
  if (text.textContent !== column.label) text.textContent = column.label;
  const mark = sorted === undefined ? "" : sorted === "asc" ? " ▲" : " ▼";
  if (arrow.textContent !== mark) arrow.textContent = mark;
  label.style.textAlign = column.align;
  if (sorted !== undefined) cell.setAttribute("aria-sort", sorted === "asc" ? "ascending" : "descending");
  else if (column.isSortable) cell.setAttribute("aria-sort", "none");
  else cell.removeAttribute("aria-sort");
  label.classList.toggle("pl-sort", column.isSortable);
  if (column.isSortable) {
    label.setAttribute("role", "button");
    label.tabIndex = 0;
  } else {
    label.removeAttribute("role");
    label.removeAttribute("tabindex");
  }
}

function arrangeRows(children: readonly MountedNode[], columns: readonly TableColumn[]): void {
  for (const { view } of children) if (view instanceof TableRow) view.arrange(false, columns);
}

/** Scrolls, and says whether there was anything to scroll. */
function moved(
  event: KeyboardEvent,
  port: HTMLElement,
  by: { readonly left?: number; readonly top?: number },
): boolean {
  const [left, top] = [port.scrollLeft, port.scrollTop];
  port.scrollBy({ ...by, behavior: "instant" });
  if (port.scrollLeft === left && port.scrollTop === top) return false;
  event.preventDefault();
  return true;
}

/** The toolkit reads one value for each axis. */
function cellPadding(value: WireProps[string] | undefined): string | undefined {
  const all = readSize(value);
  if (all !== undefined) return `${all}px`;
  const sides = readRecord(value);
  return sides === undefined ? undefined : `${readSize(sides["top"]) ?? 0}px ${readSize(sides["left"]) ?? 0}px`;
}

/** Never narrower than the line in its middle. */
function gap(value: WireProps[string] | undefined): string | undefined {
  const size = readSize(value);
  return size === undefined ? undefined : `max(${size}px,var(--t-line))`;
}

function setVariable(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.style.removeProperty(name);
  else element.style.setProperty(name, value);
}
