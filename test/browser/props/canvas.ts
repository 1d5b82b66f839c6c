import type { Page } from "playwright-core";
import { type Entry, each, node, type RowOptions, type Table, table } from "./rows.ts";
import { GREEN, NOT_READ, RED, SHOWN_RED } from "./values.ts";

const ON_CANVAS = "ff0000ff";
const GREEN_POINT = "008000ff";
const NOTHING = "00000000";
const HALF = "ff000080";
const SAME_OUTLINE = "One outline that does not cross itself: both rules fill the same.";
const rect = (id: string, x = 10, fill = RED) => node("rect", id, { x, y: 10, w: 20, h: 20, fill });
const onCanvas: RowOptions = {
  late: true,
  around: (shape) => node("canvas", "around", { width: 200, height: 100 }, [shape]),
};
/** Nothing is drawn. */
const QUICK: RowOptions = { late: false, children: [] };
const group: RowOptions = { ...onCanvas, children: [rect("r")] };
const act = (...steps: ((page: Page) => Promise<void>)[]): RowOptions => ({
  act: async (page) => {
    for (const step of steps) await step(page);
  },
});
const move = (x: number, y: number) => async (page: Page) => page.mouse.move(x, y);
const down = async (page: Page): Promise<void> => page.mouse.down();
const up = async (page: Page): Promise<void> => page.mouse.up();
const key = (name: string) => async (page: Page) => page.keyboard.press(name);
const wait = async (page: Page): Promise<void> => page.waitForTimeout(50);
const wheel = async (page: Page): Promise<void> => page.mouse.wheel(0, 40);
const KEYS = '"modifiers":{"shift":false,"ctrl":false,"alt":false,"logo":false,"command":false}';
const at = (family: string): string => `${family} w {"x":20,"y":20,"button":"left","pointer":"mouse",${KEYS}}`;
const drags = act(move(20, 20), down, move(30, 50), up);
const withDrag = { ...drags, with: { draggable: true } };
const elements = ["a", "b"].map((id, index) =>
  node("group", id, { on_click: true, a11y: { label: id } }, [rect(`${id}1`, 10 + index * 40)]),
);
const inOrder: RowOptions = { children: elements, ...act(key("Tab"), key("ArrowLeft")) };
const CURSORS =
  "grab grabbing crosshair move text not_allowed not-allowed no_drop no-drop help progress wait cell copy alias " +
  "zoom_in zoom-in zoom_out zoom-out col_resize col-resize row_resize row-resize";
const SAME_ROLES =
  "alert button dialog document group heading link list menu meter navigation region search separator slider status " +
  "switch tab table toolbar tooltip tree";
const ROLES = {
  ...Object.fromEntries(SAME_ROLES.split(" ").map((name) => [name, name])),
  alert_dialog: "alertdialog",
  check_box: "checkbox",
  table_cell: "cell",
  column_header: "columnheader",
  combo_box: "combobox",
  list_item: "listitem",
  menu_bar: "menubar",
  menu_item: "menuitem",
  multiline_text_input: "textbox",
  progress_indicator: "progressbar",
  radio_button: "radio",
  radio_group: "radiogroup",
  table_row: "row",
  scroll_bar: "scrollbar",
  tab_list: "tablist",
  tab_panel: "tabpanel",
  text_input: "textbox",
  tree_item: "treeitem",
};
const NO_ROLE = "There is no such role in ARIA; the native one stays.";
const SQUARE = [["move_to", 10, 10], ["line_to", 50, 10], ["line_to", 50, 50], ["line_to", 10, 50], "close"];
const HOLE = [["move_to", 20, 20], ["line_to", 40, 20], ["line_to", 40, 40], ["line_to", 20, 40], "close"];

function paints(x: number, y: number): Entry[] {
  return [
    ["fill", GREEN, `pixel ${x} ${y}`, GREEN_POINT],
    ["opacity", 0.5, `pixel ${x} ${y}`, HALF],
  ];
}

export const canvasTables: readonly Table[] = [
  table(
    "canvas",
    { with: { height: 100 }, children: [rect("r")], late: true },
    [
      ["width", 120, "box & width", 120],
      ["height", 120, "box & height", 120],
      ["background", RED, "css & background-color", SHOWN_RED],
      ["on_press", true, "events press", [at("press")], act(move(20, 20), down)],
      ["on_release", true, "events release", [at("release")], act(move(20, 20), down, up)],
      ["on_move", true, "events move", [`move w {"x":20,"y":20,"pointer":"mouse",${KEYS}}`], act(move(20, 20))],
      [
        "on_scroll",
        true,
        "events scroll",
        [`scroll w {"x":20,"y":20,"delta_x":0,"delta_y":-40,"pointer":"mouse",${KEYS}}`],
        act(move(20, 20), wheel, wait),
      ],
      ["interactive", true, "events press", [at("press")], act(move(20, 20), down)],
      ["interactive", true, "events release", [at("release")], act(move(20, 20), down, up)],
      ["alt", "A square", "attr & aria-label", "A square"],
      ["description", "In red", "attr & aria-description", "In red"],
      ...each("role", "attr & role", ROLES, QUICK),
      ["arrow_mode", "clamp", "events focused", ["focused w", "focused a"], inOrder],
      ["arrow_mode", "linear", "events focused", ["focused w", "focused a"], inOrder],
      ["arrow_mode", "none", "events key_press", [`key_press a {"key":"ArrowLeft",${KEYS}}`], inOrder],
    ],
    {
      "role=canvas": "The role it has.",
      "role=image": "The role it has.",
      "role=generic_container": NO_ROLE,
      "role=label": NO_ROLE,
      "role=static_text": NO_ROLE,
      "role=scroll_view": NO_ROLE,
      "role=window": NO_ROLE,
      layers: `Legacy: children are used instead. ${NOT_READ}`,
      shapes: `Legacy: children are used instead. ${NOT_READ}`,
    },
  ),
  table("canvas/__layer__", { ...onCanvas, children: [rect("r")] }, [
    [
      "name",
      "a",
      "pixel 15 15",
      GREEN_POINT,
      {
        with: { name: "z" },
        around: (layer) =>
          node("canvas", "around", { height: 100 }, [
            layer,
            node("__layer__", "l", { name: "m" }, [rect("s", 10, GREEN)]),
          ]),
      },
    ],
  ]),
  table(
    "canvas/rect",
    { ...onCanvas, with: { x: 10, y: 10, w: 20, h: 20, fill: RED } },
    [
      ["x", 50, "pixel 55 15", ON_CANVAS],
      ["y", 50, "pixel 15 55", ON_CANVAS],
      ["w", 60, "pixel 65 15", ON_CANVAS],
      ["h", 60, "pixel 15 65", ON_CANVAS],
      ["radius", 10, "pixel 10 10", NOTHING],
      ...paints(15, 15),
      ["stroke", { color: GREEN, width: 4 }, "pixel 10 20", GREEN_POINT],
    ],
    { fill_rule: SAME_OUTLINE },
  ),
  table(
    "canvas/circle",
    { ...onCanvas, with: { x: 40, y: 40, r: 20, fill: RED } },
    [
      ["x", 100, "pixel 100 40", ON_CANVAS],
      ["y", 80, "pixel 40 80", ON_CANVAS],
      ["r", 35, "pixel 70 40", ON_CANVAS],
      ...paints(40, 40),
      ["stroke", { color: GREEN, width: 4 }, "pixel 60 40", GREEN_POINT],
    ],
    { fill_rule: SAME_OUTLINE },
  ),
  table("canvas/line", { ...onCanvas, with: { x1: 10, y1: 10, x2: 90, y2: 10, stroke: { color: RED, width: 4 } } }, [
    ["x1", 0, "pixel 5 10", ON_CANVAS],
    ["y1", 50, "pixel 50 30", ON_CANVAS],
    ["x2", 120, "pixel 110 10", ON_CANVAS],
    ["y2", 50, "pixel 50 30", ON_CANVAS],
    ["stroke", { color: GREEN, width: 4 }, "pixel 50 10", GREEN_POINT],
    ["opacity", 0.5, "pixel 50 10", HALF],
  ]),
  table("canvas/path", { ...onCanvas, with: { commands: SQUARE, fill: RED } }, [
    ["commands", [["rounded_rect", 100, 10, 40, 40, 4]], "pixel 120 30", ON_CANVAS],
    ...paints(30, 30),
    ["stroke", { color: GREEN, width: 4 }, "pixel 10 30", GREEN_POINT],
    ["fill_rule", "even_odd", "pixel 30 30", NOTHING, { with: { commands: [...SQUARE, ...HOLE] } }],
  ]),
  table("canvas/text", { ...onCanvas, with: { x: 100, y: 50, content: "Hi" } }, [
    ["x", 10, "side x", "start"],
    ["y", 10, "side y", "start"],
    ["content", "A text that is much longer", "side x", "middle", { with: { x: 60 } }],
    ["fill", RED, "ink-color", "ff0000"],
    ["size", 60, "side x", "middle", { with: { x: 80 } }],
    ["font", "monospace", "side x", "middle", { with: { x: 50, content: "iiiiiiiiii" } }],
    ...each("align_x", "side x", { center: "middle", right: "start" }),
    ...each("align_y", "side y", { center: "middle", bottom: "start" }),
    ["opacity", 0.5, "ink-alpha", "80"],
  ]),
  table("canvas/image", { ...onCanvas, with: { source: { handle: "dot" }, x: 10, y: 10, w: 40, h: 20 } }, [
    ["source", { handle: "dot" }, "pixel 15 20", ON_CANVAS, { with: { source: null } }],
    ["source", "dot.png", "pixel 15 20", ON_CANVAS, { with: { source: null } }],
    ["x", 100, "pixel 105 20", ON_CANVAS],
    ["y", 50, "pixel 15 60", ON_CANVAS],
    ["w", 80, "pixel 85 20", GREEN_POINT],
    ["h", 80, "pixel 15 85", ON_CANVAS],
    ["rotation", 180, "pixel 15 20", GREEN_POINT],
    ["opacity", 0.5, "pixel 15 20", HALF],
  ]),
  table("canvas/svg", { ...onCanvas, with: { source: "dot.svg", x: 10, y: 10, w: 40, h: 20 } }, [
    ["source", "dot.svg", "pixel 15 20", "0000ffff", { with: { source: null } }],
    ["x", 100, "pixel 105 20", "0000ffff"],
    ["y", 50, "pixel 15 60", "0000ffff"],
    ["w", 80, "pixel 85 20", "0000ffff"],
    ["h", 80, "pixel 15 85", "0000ffff"],
  ]),
  table(
    "canvas/group",
    group,
    [
      ["transforms", [{ type: "translate", x: 50, y: 0 }], "pixel 65 15", ON_CANVAS],
      ["transforms", [{ type: "scale", factor: 2 }], "pixel 50 50", ON_CANVAS],
      ["clip", { x: 10, y: 10, w: 5, h: 20 }, "pixel 25 15", NOTHING],
      ["on_click", true, "events click", ['click w {"x":20,"y":20,"button":"left"}'], act(move(20, 20), down, up)],
      ["on_hover", true, "events enter", ['enter w {"x":20,"y":20}'], act(move(20, 20))],
      [
        "draggable",
        true,
        "events drag",
        ['drag w {"x":30,"y":50,"delta_x":10,"delta_y":30}', 'drag_end w {"x":30,"y":50}'],
        drags,
      ],
      ["drag_axis", "x", "events drag ", ['drag w {"x":30,"y":50,"delta_x":10,"delta_y":0}'], withDrag],
      ["drag_axis", "y", "events drag ", ['drag w {"x":30,"y":50,"delta_x":0,"delta_y":30}'], withDrag],
      ["drag_bounds", { max_y: 40 }, "events drag ", ['drag w {"x":30,"y":40,"delta_x":10,"delta_y":20}'], withDrag],
      ...each(
        "cursor",
        "css #around cursor",
        Object.fromEntries(CURSORS.split(" ").map((name) => [name, name.replaceAll("_", "-")])),
        { with: { on_click: true }, ...act(move(20, 20)) },
      ),
      [
        "hit_rect",
        { x: 100, y: 50, w: 20, h: 20 },
        "events click",
        ['click w {"x":110,"y":60,"button":"left"}'],
        {
          with: { on_click: true },
          ...act(move(110, 60), down, up),
        },
      ],
      ["tooltip", "A square", "text .pl-canvas-tip", "A square", { with: { on_hover: true }, ...act(move(20, 20)) }],
      ["hover_style", { fill: GREEN }, "pixel 15 15", GREEN_POINT, { with: { on_hover: true }, ...act(move(20, 20)) }],
      [
        "pressed_style",
        { fill: GREEN },
        "pixel 15 15",
        GREEN_POINT,
        { with: { on_click: true }, ...act(move(20, 20), down) },
      ],
      ["focus_style", { fill: GREEN }, "pixel 15 15", GREEN_POINT, { with: { on_click: true }, ...act(key("Tab")) }],
      ["show_focus_ring", false, "count .pl-canvas-ring", 0, { with: { on_click: true }, ...act(key("Tab")) }],
      [
        "focus_ring_radius",
        9,
        "css .pl-canvas-ring border-top-left-radius",
        "9px",
        { with: { on_click: true }, ...act(key("Tab")) },
      ],
      ["focusable", true, "events focused", ["focused around", "focused w"], act(key("Tab"))],
    ],
    {
      x: "The reference does not read it; `transforms` moves a group.",
      y: "The reference does not read it; `transforms` moves a group.",
    },
  ),
];
