import { type App, app, isClick, isInput, memo } from "../../src/index.ts";
import {
  button,
  checkbox,
  column,
  row,
  scrollable,
  table,
  tableCell,
  tableRow,
  text,
  textInput,
  window,
} from "../../src/ui/index.ts";
import { initialState, OPERATIONS, operate, type Row, type Scene, type State, statusOf, type } from "./model.ts";

const COLUMNS = [
  { key: "id", label: "Id", width: 80 },
  { key: "label", label: "Label" },
  { key: "value", label: "Value" },
];

/** Elements are values: what never changes is made once. */
const BAR = row(
  "bar",
  { spacing: 4 },
  OPERATIONS.map((name) => button(`op-${name}`, name, { padding: 2 })),
);

/** The screen that is measured, as an app of this kind would be written: the rows, and each of them, in `memo`. */
export function createBenchApp(scene: Scene, start = initialState(scene)): App<State> {
  return app<State>({
    name: "Bench",
    init: () => start,
    update(model, event) {
      if (isInput(event, "typed")) return type(model, event.value);
      for (const operation of OPERATIONS) if (isClick(event, `op-${operation}`)) return operate(model, operation);
      return model;
    },
    view: (model) =>
      window("main", { title: "Bench" }, [
        column({ width: "fill", height: "fill", spacing: 8 }, [
          BAR,
          textInput("typed", model.typed),
          text("status", statusOf(model)),
          model.scene === "table" ? tableOf(model.rows, model.selected) : listOf(model.rows, model.selected),
        ]),
      ]),
  });
}

const tableOf = memo((rows: readonly Row[], selected: string) =>
  table(
    "table",
    { columns: COLUMNS, height: "fill" },
    rows.map((item) => tableLine(item, item.id === selected)),
  ),
);

const tableLine = memo((item: Row, isSelected: boolean) =>
  tableRow(item.id, [
    tableCell("id", { column: "id" }, [text("text", item.id)]),
    tableCell("label", { column: "label" }, [text("text", item.label, isSelected ? { style: "primary" } : {})]),
    tableCell("value", { column: "value" }, [text("text", String(item.value))]),
  ]),
);

const listOf = memo((rows: readonly Row[], selected: string) =>
  scrollable("list", { width: "fill", height: "fill" }, [
    column(
      "rows",
      { width: "fill", spacing: 4 },
      rows.map((item) => listLine(item, item.id === selected)),
    ),
  ]),
);

const listLine = memo((item: Row, isSelected: boolean) =>
  row(item.id, { width: "fill", spacing: 8, alignY: "center" }, [
    text("label", item.label, { width: "fill" }),
    button("pick", "Pick", { style: isSelected ? "primary" : "secondary" }),
    checkbox("done", item.isDone, { label: "done" }),
  ]),
);
