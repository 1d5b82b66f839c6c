import type { AnyElement } from "../../src/tree/index.ts";

/** One row of an app's model. Never mutated: a change makes a new row and a new list. */
export interface Row {
  readonly id: string;
  readonly label: string;
  readonly value: number;
  readonly isDone: boolean;
}

export type Model = readonly Row[];

/** An app as its builders would make it: a view per row, and how many nodes one row has. */
export interface Shape {
  readonly name: string;
  readonly nodesPerRow: number;
  readonly row: (row: Row) => AnyElement;
  readonly view: (rows: readonly AnyElement[]) => AnyElement;
}

const toggle = (): void => {};

const todo: Shape = {
  name: "todo list",
  nodesPerRow: 4,
  row: (row) => ({
    type: "row",
    id: row.id,
    props: { spacing: 8, padding: [2, 4] },
    children: [
      { type: "checkbox", id: "done", props: { checked: row.isDone, onToggle: () => toggle() } },
      { type: "text", id: "label", props: { content: `${row.label} ${row.value}` } },
      { type: "button", id: "delete", props: { label: "Delete", style: "danger", onClick: () => toggle() } },
    ],
  }),
  view: (rows) =>
    window("todo", [{ type: "column", id: "list", props: { spacing: 4, width: "fill" }, children: rows }]),
};

const table: Shape = {
  name: "table",
  nodesPerRow: 5,
  row: (row) => ({
    type: "table_row",
    id: row.id,
    props: {},
    children: [
      { type: "table_cell", id: "id", props: { column: "id" }, children: [] },
      { type: "text", id: "name", props: { content: row.label, size: 14 } },
      { type: "text", id: "value", props: { content: String(row.value), size: 14 } },
      { type: "text", id: "state", props: { content: row.isDone ? "done" : "open", color: "#336699" } },
    ],
  }),
  view: (rows) => window("table", [{ type: "column", id: "rows", props: { width: "fill" }, children: rows }]),
};

const dashboard: Shape = {
  name: "dashboard",
  nodesPerRow: 6,
  row: (row) => ({
    type: "container",
    id: row.id,
    props: { padding: 12, width: { fillPortion: 1 }, style: { background: "white", border: { radius: 4, width: 1 } } },
    children: [
      {
        type: "column",
        props: { spacing: 6 },
        children: [
          { type: "text", props: { content: row.label, size: 12 } },
          { type: "text", id: "value", props: { content: String(row.value), size: 28 } },
          { type: "progress_bar", id: "progress", props: { value: row.value, range: [0, 100] } },
          { type: "rule" },
        ],
      },
    ],
  }),
  view: (cards) =>
    window("dashboard", [{ type: "grid", id: "cards", props: { numColumns: 4, spacing: 12 }, children: cards }]),
};

export const SHAPES: readonly Shape[] = [todo, table, dashboard];

export function rowsOf(count: number): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `row-${i}`,
    label: `Item number ${i}`,
    value: (i * 37) % 100,
    isDone: i % 3 === 0,
  }));
}

/** A row's element as long as the row is the same object. */
export function memoizedRow(row: Shape["row"]): Shape["row"] {
  const made = new WeakMap<Row, AnyElement>();
  return (model) => {
    const known = made.get(model);
    if (known !== undefined) return known;
    const element = row(model);
    made.set(model, element);
    return element;
  };
}

function window(id: string, children: readonly AnyElement[]): AnyElement {
  return { type: "window", id, props: { title: "Benchmark", size: [800, 600] }, children };
}
