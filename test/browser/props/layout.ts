import { block, each, node, type Table, table, words } from "./rows.ts";
import { GREEN, NOT_READ, RED, SHOWN_GREEN, SHOWN_RED } from "./values.ts";

const two = [block("a"), block("b")];
const one = [block("a")];
const tall = [block("a", 50, 300)];
const SIDES = { top: 1, right: 2, bottom: 3, left: 4 };
const GRADIENT = {
  type: "linear",
  start: [0, 0],
  end: [0, 1],
  stops: [
    [0, RED],
    [1, GREEN],
  ],
};
const drag = (from: readonly [number, number], to: readonly [number, number]) => ({
  act: async (page: import("playwright-core").Page) => {
    await page.mouse.move(...from);
    await page.mouse.down();
    await page.mouse.move(...to, { steps: 2 });
    await page.mouse.up();
  },
});
const panes = (props = {}) => [node("text", "a", { content: "a", ...props }), node("text", "b", { content: "b" })];
const scrolled = { children: [block("a", 300, 300)], with: { width: 100, height: 100 } };

export const layoutTables: readonly Table[] = [
  table("column", { children: two }, [
    ["spacing", 12, "box #b y", 32],
    ["padding", 12, "place #a", "12 12 50 20"],
    ["padding", SIDES, "place &", "0 0 56 44"],
    ["width", 120, "box & width", 120],
    ["width", "fill", "box & width", 800],
    ["width", { fill_portion: 2 }, "box & width", 800],
    ["height", 120, "box & height", 120],
    ["height", "fill", "box & height", 600],
    ["max_width", 90, "box & width", 90, { with: { width: "fill" } }],
    ...each("align_x", "box #a x", { center: 75, right: 150 }, { with: { width: 200 } }),
    ["clip", true, "css & overflow-x", "clip"],
    ["wrap", true, "place #b", "50 0 50 20", { with: { height: 30 } }],
  ]),
  table(
    "row",
    { children: two },
    [
      ["spacing", 12, "box #b x", 62],
      ["padding", 12, "place #a", "12 12 50 20"],
      ["padding", SIDES, "place &", "0 0 106 24"],
      ["width", 120, "box & width", 120],
      ["width", "fill", "box & width", 800],
      ["height", 120, "box & height", 120],
      ["height", "fill", "box & height", 600],
      ["max_width", 90, "box & width", 90, { with: { width: "fill" } }],
      ...each("align_x", "box & x", { center: 350, right: 700 }, { with: { max_width: 100, width: "fill" } }),
      ...each("align_y", "box #a y", { center: 40, bottom: 80 }, { with: { height: 100 } }),
      ["clip", true, "css & overflow-x", "clip"],
      ["wrap", true, "place #b", "0 20 50 20", { with: { width: 70 } }],
    ],
    { max_height: "The reference accepts it and does nothing with it; a container caps heights." },
  ),
  table("container", { children: one }, [
    ["padding", 12, "place #a", "12 12 50 20"],
    ["padding", SIDES, "place &", "0 0 56 24"],
    ["width", 120, "box & width", 120],
    ["width", "fill", "box & width", 800],
    ["height", 120, "box & height", 120],
    ["height", "fill", "box & height", 600],
    ["max_width", 90, "box & width", 90, { with: { width: "fill" } }],
    ["max_height", 90, "box & height", 90, { with: { height: "fill" } }],
    ["center", true, "place #a", "375 290 50 20"],
    ...each("align_x", "box #a x", { center: 75, right: 150 }, { with: { width: 200 } }),
    ...each("align_y", "box #a y", { center: 40, bottom: 80 }, { with: { height: 100 } }),
    ["clip", true, "css & overflow-x", "clip"],
    ["background", RED, "css & background-color", SHOWN_RED],
    ["background", GRADIENT, "css & background-image", `linear-gradient(90deg, ${SHOWN_RED} 0%, ${SHOWN_GREEN} 100%)`],
    ["color", RED, "css #a color", SHOWN_RED, { children: [words("a", "x")] }],
    [
      "border",
      { width: 3, color: RED, radius: 4 },
      "css & box-shadow",
      `${SHOWN_RED} 0px 0px 0px 3px inset, rgba(0, 0, 0, 0) 0px 0px 0px 0px`,
    ],
    ["border", { width: 3, color: RED, radius: { top_left: 7 } }, "css & border-top-left-radius", "7px"],
    [
      "shadow",
      { color: RED, offset: [1, 2], blur_radius: 3 },
      "css & box-shadow",
      `rgba(0, 0, 0, 0) 0px 0px 0px 0px inset, ${SHOWN_RED} 1px 2px 3px 0px`,
    ],
    ...each("style", "css & background-color", {
      rounded_box: "var --bg-weak",
      bordered_box: "var --bg-weakest",
      dark: "rgb(17, 17, 17)",
      primary: "var --primary-base",
      secondary: "var --secondary-base",
      success: "var --success-base",
      warning: "var --warning-base",
      danger: "var --danger-base",
    }),
    ["style", { background: RED }, "css & background-color", SHOWN_RED, { with: { background: GREEN } }],
    ["style", { text_color: RED }, "css #a color", SHOWN_RED, { children: [words("a", "x")] }],
  ]),
  table(
    "stack",
    { children: [block("a"), block("b", 80, 80)] },
    [
      ["width", 120, "box & width", 120],
      ["width", "fill", "box & width", 800],
      ["height", 120, "box & height", 120],
      ["height", "fill", "box & height", 600],
      ["clip", true, "css & overflow-x", "clip"],
    ],
    { padding: "The reference accepts it and does nothing with it; a container around the layers pads." },
  ),
  table("grid", { children: two }, [
    ["num_columns", 2, "place #b", "400 0 50 20"],
    ["spacing", 10, "box #b y", 30, { with: { row_height: "shrink" } }],
    ["width", 300, "box & width", 300],
    ["height", 300, "box #b y", 150],
    ["column_width", 200, "box & width", 200],
    ["row_height", "shrink", "box #b y", 20],
    ["fluid", 250, "place #b", "200 0 50 20", { late: true }],
  ]),
  table("keyed_column", { children: two }, [
    ["spacing", 12, "box #b y", 32],
    ["padding", 12, "place #a", "12 12 50 20"],
    ["width", 120, "box & width", 120],
    ["height", 120, "box & height", 120],
    ["max_width", 90, "box & width", 90, { with: { width: "fill" } }],
    ...each("align_x", "box #a x", { center: 75, right: 150 }, { with: { width: 200 } }),
  ]),
  table("pin", { children: one }, [
    ["x", 12, "place #a", "12 0 50 20"],
    ["y", 12, "place #a", "0 12 50 20"],
    ["width", 120, "box & width", 120],
    ["height", 120, "box & height", 120],
  ]),
  table("floating", { children: one }, [
    ["translate_x", 12, "place #a", "12 0 50 20"],
    ["translate_y", 12, "place #a", "0 12 50 20"],
    ["scale", 2, "place #a", "-25 -10 100 40"],
    ["width", 120, "box & width", 120],
    ["height", 120, "box & height", 120],
  ]),
  table("responsive", { children: one }, [
    ["width", 120, "box & width", 120],
    ["height", 120, "box & height", 120],
    ["width", 130, "events resize", ['resize w {"width":130,"height":600}'], { late: true }],
  ]),
  table("space", {}, [
    ["width", 120, "box & width", 120],
    ["height", 120, "box & height", 120],
  ]),
  table(
    "scrollable",
    { ...scrolled, late: true },
    [
      ["width", 120, "box & width", 120],
      ["width", "fill", "box & width", 800],
      ["height", 120, "box & height", 120],
      ["height", "fill", "box & height", 600],
      ["direction", "horizontal", "count .pl-rail-x", 1],
      ["direction", "both", "count .pl-rail", 2],
      ["spacing", 5, "box & .pl-scroll-port width", 85],
      ["scrollbar_width", 20, "box & .pl-rail-y width", 20],
      ["scrollbar_margin", 6, "place & .pl-rail-y", "84 2 10 96"],
      ["scroller_width", 4, "css & .pl-rail-y --thumb-width", "4px"],
      ["anchor", "end", "box #a y", -200],
      [
        "on_scroll",
        true,
        "events scrolled",
        [
          'scrolled w {"absolute_x":0,"absolute_y":40,"relative_x":0,"relative_y":0.2,"bounds_width":100,"bounds_height":100,"content_width":100,"content_height":300}',
        ],
        {
          children: tall,
          act: async (page) => {
            await page.mouse.move(50, 50);
            await page.mouse.wheel(0, 40);
            await page.waitForTimeout(60);
          },
        },
      ],
      [
        "auto_scroll",
        true,
        "count .pl-auto-mark",
        1,
        {
          act: async (page) => {
            await page.mouse.move(50, 50);
            await page.mouse.click(50, 50, { button: "middle" });
          },
        },
      ],
      ["scrollbar_color", RED, "css & .pl-rail-y background-color", SHOWN_RED],
      ["scroller_color", RED, "css & .pl-rail-y .pl-thumb::before background-color", SHOWN_RED],
    ],
    { style: NOT_READ },
  ),
  table("pane_grid", { children: panes(), late: true }, [
    ["panes", ["b", "a"], "box #a x", 401, { onlyAtFirst: true }],
    ["spacing", 20, "box #b x", 410],
    ["width", 300, "box & width", 300],
    ["height", 300, "box & height", 300],
    ["min_size", 200, "box #b x", 202, drag([400, 300], [50, 300])],
    ["leeway", 0, "box & .pl-divider width", 2],
    ["divider_color", RED, "css & --divider", RED],
    ["divider_width", 6, "css & .pl-divider::after width", "6px"],
    ["split_axis", "horizontal", "box #b y", 301, { onlyAtFirst: true }],
  ]),
];
