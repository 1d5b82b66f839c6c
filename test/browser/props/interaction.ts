import type { Page } from "playwright-core";
import type { PropsPage } from "./page.ts";
import { block, each, node, type RowOptions, type Table, table, words } from "./rows.ts";
import { GREEN, RED, SHOWN_RED } from "./values.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly props: PropsPage };

const area = { children: [block("a", 100, 50)] };
const press = (button: "left" | "right" | "middle"): RowOptions => ({
  act: async (page) => page.mouse.click(30, 20, { button }),
});
const moves = (...points: readonly (readonly [number, number])[]): RowOptions => ({
  act: async (page) => {
    for (const point of points) await page.mouse.move(...point);
  },
});
const at = (family: string, button: string): readonly string[] => [
  `${family} w {"x":30,"y":20,"button":"${button}","pointer":"mouse","modifiers":{"shift":false,"ctrl":false,"alt":false,"logo":false,"command":false}}`,
];
const CURSORS = {
  ...Object.fromEntries(
    "pointer grab grabbing crosshair text move not_allowed progress wait help cell copy alias no_drop all_scroll zoom_in zoom_out context_menu"
      .split(" ")
      .map((name) => [name, name.replaceAll("_", "-")]),
  ),
  resizing_horizontally: "ew-resize",
  resizing_vertically: "ns-resize",
  resizing_diagonally_up: "nesw-resize",
  resizing_diagonally_down: "nwse-resize",
  resizing_column: "col-resize",
  resizing_row: "row-resize",
};

const hover = {
  act: async (page: Page): Promise<void> => {
    await page.mouse.move(300, 300);
    await page.mouse.move(410, 305);
  },
};
const inMiddle: RowOptions = {
  children: [block("a", 100, 20)],
  with: { tip: "Tip" },
  around: (widget) => node("pin", "around", { x: 400, y: 300 }, [widget]),
};
const anchored: RowOptions = {
  children: [block("a", 100, 20), block("b", 40, 10)],
  around: (widget) => node("pin", "around", { x: 400, y: 300 }, [widget]),
  late: true,
};
const COLUMNS = [
  { key: "k", label: "K", sortable: true },
  { key: "l", label: "L" },
];
const rows = {
  with: {
    columns: COLUMNS,
    rows: [
      { k: "1", l: "2" },
      { k: "3", l: "4" },
    ],
  },
};
export const interactionTables: readonly Table[] = [
  table("pointer_area", area, [
    ...each("cursor", "css & cursor", CURSORS),
    ["on_press", "picked", "events picked", ["picked w"], press("left")],
    ["on_press", true, "events press", at("press", "left"), press("left")],
    ["on_release", "dropped", "events dropped", ["dropped w"], press("left")],
    ["on_release", true, "events release", at("release", "left"), press("left")],
    ["on_right_press", true, "events press", at("press", "right"), press("right")],
    ["on_right_release", true, "events release", at("release", "right"), press("right")],
    ["on_middle_press", true, "events press", at("press", "middle"), press("middle")],
    ["on_middle_release", true, "events release", at("release", "middle"), press("middle")],
    [
      "on_double_click",
      true,
      "events double_click",
      [
        'double_click w {"x":30,"y":20,"pointer":"mouse","modifiers":{"shift":false,"ctrl":false,"alt":false,"logo":false,"command":false}}',
      ],
      { act: async (page) => page.mouse.dblclick(30, 20) },
    ],
    ["on_enter", true, "events enter", ["enter w"], moves([30, 20])],
    ["on_exit", true, "events exit", ["exit w"], moves([30, 20], [300, 300])],
    ["on_move", true, "events move", ['move w {"x":30,"y":20}', 'move w {"x":31,"y":22}'], moves([30, 20], [31, 22])],
    [
      "on_scroll",
      true,
      "events scroll",
      ['scroll w {"delta_x":0,"delta_y":-40,"x":30,"y":20}'],
      {
        act: async (page) => {
          await page.mouse.move(30, 20);
          await page.mouse.wheel(0, 40);
          await page.waitForTimeout(60);
        },
      },
    ],
  ]),
  table("sensor", { with: { on_resize: true } }, [
    [
      "on_resize",
      true,
      "events resize",
      ['resize w {"width":50,"height":40}'],
      { with: { on_resize: null }, children: [block("a")], act: async (page) => grow(page) },
    ],
    ["delay", 60_000, "events resize", [], { children: [block("a")], act: async (page) => grow(page) }],
    [
      "anticipate",
      400,
      "events resize",
      ['resize w {"width":50,"height":40}'],
      {
        children: [block("a")],
        around: (widget) => node("pin", "around", { x: 0, y: 800 }, [widget]),
        act: async (page) => grow(page),
      },
    ],
  ]),
  table("tooltip", { ...inMiddle, ...hover }, [
    ["tip", "Others", "text .pl-tip", "Others"],
    ...each("position", "place .pl-tip", {
      bottom: "435 320 30.91 28.19",
      left: "369 296 30.91 28.19",
      right: "500 296 30.91 28.19",
      follow: "410 321 30.91 28.19",
      follow_cursor: "410 321 30.91 28.19",
    }),
    ["gap", 10, "box .pl-tip y", 262],
    ["padding", 20, "box .pl-tip height", 58.19],
    [
      "snap_within_viewport",
      false,
      "box .pl-tip x",
      -71,
      {
        with: { tip: "A long tip that is wide" },
        around: (widget) => widget,
        children: [block("a", 20, 20)],
        act: async (page) => page.mouse.move(10, 10),
      },
    ],
    ["delay", 60_000, "count .pl-tip", 0],
    ...each("style", "css .pl-tip background-color", {
      rounded_box: "var --bg-weak",
      bordered_box: "var --bg-weakest",
      dark: "rgb(17, 17, 17)",
      primary: "var --primary-base",
      secondary: "var --secondary-base",
      success: "var --success-base",
      warning: "var --warning-base",
      danger: "var --danger-base",
    }),
    ["style", { background: RED }, "css .pl-tip background-color", SHOWN_RED],
  ]),
  table(
    "overlay",
    anchored,
    [
      ...each("position", "place #b", { above: "430 290 40 10", left: "360 305 40 10", right: "500 305 40 10" }),
      ["gap", 5, "place #b", "430 325 40 10"],
      ["offset_x", 7, "place #b", "437 320 40 10"],
      ["offset_y", 7, "place #b", "430 327 40 10"],
      [
        "flip",
        true,
        "place #b",
        "430 280 40 20",
        {
          children: [block("a", 100, 290), block("b", 40, 20)],
        },
      ],
      ...each("align", "place #b", { start: "400 320 40 10", end: "460 320 40 10" }),
    ],
    { width: "The content has its own width; the reference accepts the prop and does nothing with it." },
  ),
  table("themer", { children: [node("button", "a", { label: "x" })] }, [
    ["theme", "dracula", "css #a background-color", "rgb(189, 147, 249)"],
    ["theme", { base: "light", primary: RED }, "css #a background-color", SHOWN_RED],
  ]),
  table("table", rows, [
    ["columns", [{ key: "k", label: "Others" }], "text & .pl-thead", "Others"],
    ["columns", [{ key: "k", label: "K", align: "right" }], "css & .pl-td text-align", "right"],
    ["columns", [{ key: "k", label: "K", width: 100 }], "box & .pl-td width", 100],
    ["rows", [{ k: "Others" }], "text & .pl-td", "Others"],
    ["header", false, "count & .pl-thead", 0],
    ["width", 300, "box & width", 300],
    ["height", 60, "box & height", 60],
    ["padding", 20, "css & .pl-td padding-left", "20px"],
    ["sort_by", "k", "attr & .pl-th aria-sort", "ascending", { with: { sort_order: "asc" } }],
    ...each(
      "sort_order",
      "attr & .pl-th aria-sort",
      { asc: "ascending", desc: "descending" },
      { with: { sort_by: "k" } },
    ),
    ["header_text_size", 30, "css & .pl-th font-size", "30px"],
    ["row_text_size", 30, "css & .pl-td font-size", "30px"],
    ["separator", 5, "css & .pl-td::after width", "5px"],
    ["separator_thickness", 5, "css & .pl-td::after width", "5px"],
    ["separator_color", GREEN, "css & .pl-td::after background-color", "rgb(0, 128, 0)"],
    ["cell_spacing", 20, "css & column-gap", "20px"],
    ["row_spacing", 20, "css & .pl-tbody row-gap", "20px"],
  ]),
  table("table_cell", {}, [
    [
      "column",
      "l",
      "css & grid-column-start",
      "2",
      {
        with: { column: "k" },
        around: (widget) => node("table", "around", { columns: COLUMNS }, [node("table_row", "r", {}, [widget])]),
        children: [words("y", "1")],
      },
    ],
  ]),
];

/** Makes what is inside the sensor higher, once it had the time to be seen. */
async function grow(page: Page): Promise<void> {
  await page.waitForTimeout(60);
  await page.evaluate(() => window.props.patchNode("a", { height: 40 }));
  await page.waitForTimeout(60);
}
