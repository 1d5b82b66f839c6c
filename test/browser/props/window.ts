import type { WireNode } from "../../../src/protocol/index.ts";
import { block, node, type RowOptions, type Table, table } from "./rows.ts";
import { RED } from "./values.ts";

const FRAME = "A page draws its own frame around floating windows and cannot change the browser's.";
const two: RowOptions = {
  around: (widget: WireNode) =>
    node("windows", "root", {}, [node("window", "main", { theme: "light" }, [block("m")]), widget]),
  with: { theme: "light", width: 300, height: 200, position: { x: 100, y: 50 } },
  children: [block("a")],
};
const alone: RowOptions = { around: (widget) => widget, with: { theme: "light" }, children: [block("a")] };
/** Read when the window opens; later changes come as `update` of the window, which the host sends. */
const opening = { onlyAtFirst: true, updates: true } as const;
const close: RowOptions = { act: async (page) => page.mouse.click(382, 67) };

export const windowTables: readonly Table[] = [
  table(
    "window",
    two,
    [
      ["title", "Others", "title", "Others", alone],
      ["title", "Others", "attr & aria-label", "Others"],
      ["width", 400, "box & width", 400, opening],
      ["height", 300, "box & height", 300, opening],
      ["position", { x: 200, y: 150 }, "place &", "200 150 300 200", { onlyAtFirst: true }],
      ["position", [200, 150], "place &", "200 150 300 200", { onlyAtFirst: true }],
      ["position", "centered", "place &", "250 133 300 200", { onlyAtFirst: true }],
      ["min_size", { width: 350, height: 250 }, "place &", "100 50 350 250", opening],
      ["min_size", [350, 250], "place &", "100 50 350 250", opening],
      ["max_size", { width: 250, height: 150 }, "place &", "100 50 250 150", opening],
      ["max_size", [250, 150], "place &", "100 50 250 150", opening],
      ["maximized", true, "place &", "0 0 800 600", opening],
      ["fullscreen", true, "place &", "0 0 800 600", opening],
      ["visible", false, "count &", 0, opening],
      ["resizable", false, "count & .pl-grip", 0, opening],
      ["decorations", false, "count & .pl-titlebar", 0, opening],
      ["closeable", false, "count & .pl-titlebar-close", 0],
      ["level", "always_on_top", "on-top &", true, opening],
      ["exit_on_close_request", false, "events window_close", ["window_close_requested w"], close],
      ["scale_factor", 2, "box #a width", 100],
      ["padding", 12, "box #a x", 112],
      ["theme", { base: "light", background: RED }, "css & background-color", "rgb(255, 0, 0)"],
    ],
    {
      size: "A form of the SDKs: hosts split it into `width` and `height`.",
      minimizable: `${FRAME} Floating windows have no button for it; \`minimize\` works.`,
      transparent: FRAME,
      blur: FRAME,
      "level=always_on_bottom": "Nothing lies below the page; the window stays where it is.",
    },
  ),
];
