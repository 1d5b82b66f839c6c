import { canvasTables } from "./canvas.ts";
import { displayTables } from "./display.ts";
import { inputTables } from "./input.ts";
import { interactionTables } from "./interaction.ts";
import { layoutTables } from "./layout.ts";
import type { Table } from "./rows.ts";
import { windowTables } from "./window.ts";

/** All tables, in the order of the catalog. */
export const tables: readonly Table[] = [
  ...windowTables,
  ...layoutTables,
  ...displayTables,
  ...inputTables,
  ...interactionTables,
  ...canvasTables,
];
