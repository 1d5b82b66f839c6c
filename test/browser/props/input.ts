import type { Page } from "playwright-core";
import { type Entry, each, type Table, table } from "./rows.ts";
import { GREEN, HOST_SIDE, MNEMONICS, metrics, RED, SHOWN_GREEN, SHOWN_RED } from "./values.ts";

const SHAPES = { "shaping=advanced": "Browsers always shape in full; only `basic` takes something away." };
const KEYBOARDS = "Pages cannot ask for such a keyboard.";
const PURPOSES = {
  "input_purpose=secure": `${KEYBOARDS} \`secure\` hides what is typed.`,
  "input_purpose=terminal": KEYBOARDS,
  "ime_purpose=normal": "The default.",
  "ime_purpose=secure": KEYBOARDS,
  "ime_purpose=terminal": KEYBOARDS,
};
const MODES = { number: "numeric", decimal: "decimal", phone: "tel", email: "email", url: "url", search: "search" };
const SIDES = { top: 1, right: 2, bottom: 3, left: 4 };
const PADDED = { top: 11, right: 12, bottom: 13, left: 14 };
const MENU = "[role=listbox]";
const MENU_STYLE = { background: RED, text_color: GREEN, border: { width: 2, color: RED, radius: 5 } };
const ICON = { code_point: "x", size: 20 };

const click = (selector: string) => ({
  act: async (page: Page): Promise<void> => page.click(selector.replaceAll("&", '[data-id="w"]'), { timeout: 2000 }),
});
const keys = (...names: readonly string[]) => ({
  act: async (page: Page): Promise<void> => {
    for (const name of names) await page.keyboard.press(name);
  },
});
/** Puts the keyboard into the field and types. */
const typed = (...names: readonly string[]) => keys("Tab", ...names);
const opened = click("&");

const pasted = typed("Control+a", "Control+c", "ArrowRight", "Control+v");

function fieldRows(field: string, { padding = true }: { padding?: boolean } = {}): Entry[] {
  return [
    ["placeholder", "Name", `placeholder & ${field}`, "Name"],
    ["padding", 20, "css & padding-left", "20px"],
    ...(padding ? ([["padding", SIDES, "css & padding-left", "4px"]] as const) : []),
    ["placeholder_color", RED, "css & --f-placeholder-own", RED],
    ["selection_color", RED, "css & --f-sel", RED],
    ["style", { background: RED }, "css & background-color", SHOWN_RED],
    ["style", { text_color: RED }, "css & color", SHOWN_RED],
    ["style", { border: { width: 3, color: RED } }, "css &::after border-top-width", "3px"],
    ["disabled", true, "attr & aria-disabled", "true"],
  ];
}

/** Rows of a box or knob with a label beside it. */
function toggleRows(control: string, preset: Entry[]): Entry[] {
  return [
    ["label", "Others", "text & .pl-toggle-label", "Others"],
    ["spacing", 20, "css & column-gap", "20px"],
    ["size", 32, `box & ${control} height`, 32],
    ["width", 200, "box & width", 200],
    ["width", "fill", "box & width", 800],
    ...metrics("& .pl-toggle-label"),
    ...preset,
    ["style", { background: RED }, `css & ${control} background-color`, SHOWN_RED],
    ["style", { text_color: RED }, "css & .pl-toggle-label color", SHOWN_RED],
    ["style", { border: { width: 2, color: RED, radius: 5 } }, `css & ${control} border-top-left-radius`, "5px"],
    ...MNEMONICS,
  ];
}

function sliderRows(): Entry[] {
  return [
    ["range", [0, 50], "attr & aria-valuemax", "50"],
    ["range", [50, 0], "attr & aria-valuemax", "50"],
    ["value", 50, "attr & aria-valuenow", "50"],
    ["step", 5, "events slide", ["slide w 5"], typed("ArrowRight")],
    ["keyboard_step", 7, "events slide", ["slide w 7"], typed("ArrowRight")],
    ["shift_step", 9, "events slide", ["slide w 9"], typed("Shift+ArrowRight")],
    [
      "default",
      40,
      "events slide",
      ["slide w 40"],
      {
        act: async (page) => {
          await page.keyboard.down("Control");
          await page.mouse.click(7, 7);
          await page.keyboard.up("Control");
        },
      },
    ],
    ["rail_color", RED, "css & .pl-slider-rail background-color", SHOWN_RED],
    ["label", "Volume", "attr & aria-label", "Volume"],
    ["style", { background: RED }, "css & .pl-slider-handle background-color", SHOWN_RED],
    ...MNEMONICS,
  ];
}

function menuRows(size: string): Entry[] {
  return [
    ["menu_style", MENU_STYLE, `css ${MENU} background-color`, SHOWN_RED, opened],
    ["menu_style", MENU_STYLE, `css ${MENU} [role=option]:not([aria-selected=true]) color`, SHOWN_GREEN, opened],
    ["menu_height", 40, `box ${MENU} height`, 40, opened],
    [size, 24, `css ${MENU} [role=option] font-size`, "24px", opened],
    ["on_open", true, "events open", ["open w"], opened],
    [
      "on_close",
      true,
      "events close",
      ["close w"],
      {
        act: async (page) => {
          await page.click('[data-id="w"]');
          await page.mouse.click(700, 500);
        },
      },
    ],
  ];
}

const OPTIONS = { options: ["Apple", "Banana", "Cherry"] };
const PRESETS = { secondary: "secondary", success: "success", warning: "warning", danger: "danger" };

export const inputTables: readonly Table[] = [
  table(
    "button",
    { with: { label: "Save" } },
    [
      ["label", "Others", "text &", "Others"],
      ["content", "Others", "text &", "Others", { with: { label: null } }],
      ["width", 200, "box & width", 200],
      ["width", "fill", "box & width", 800],
      ["height", 100, "box & height", 100],
      ["height", "fill", "box & height", 600],
      ["padding", 20, "css & padding-left", "20px"],
      ["padding", SIDES, "css & padding-left", "4px"],
      ["clip", true, "css & overflow-x", "clip"],
      ...each(
        "style",
        "css & background-color",
        Object.fromEntries(Object.entries(PRESETS).map(([name, family]) => [name, `var --${family}-base`])),
      ),
      ["style", "text", "css & background-color", "rgba(0, 0, 0, 0)"],
      ["style", "background", "css & background-color", "var --bg-base"],
      ["style", "subtle", "css & background-color", "var --bg-weakest"],
      ["style", { background: RED }, "css & background-color", SHOWN_RED],
      [
        "style",
        { shadow: { color: RED, offset: [1, 2], blur_radius: 3 } },
        "css & box-shadow",
        `${SHOWN_RED} 1px 2px 3px 0px`,
      ],
      ["disabled", true, "attr & aria-disabled", "true"],
      ["disabled", true, "events click", [], { act: async (page) => page.mouse.click(15, 15) }],
      ["enabled", false, "attr & aria-disabled", "true"],
      ...MNEMONICS,
    ],
    { "style=default": "The default, which is `primary`." },
  ),
  table(
    "text_input",
    { with: { value: "words" } },
    [
      ["value", "Others", "value & input", "Others"],
      ...fieldRows("input"),
      ["width", 200, "box & width", 200],
      ...metrics("&", { size: "size", wraps: false, shapes: false }),
      ...each("align_x", "css & input text-align", { center: "center", right: "right" }),
      ...each("text_direction", "css & input direction", { rtl: "rtl" }),
      ["text_direction", "ltr", "attr & input dir", "ltr"],
      ["icon", ICON, "text & .pl-field-icon", "x"],
      ["icon", { ...ICON, side: "right", spacing: 9 }, "css & .pl-field-icon margin-left", "9px"],
      ["on_submit", true, "events submit", ['submit w "words"'], typed("Enter")],
      ["on_paste", true, "events paste", ['paste w "wordswords"'], pasted],
      ["secure", true, "attr & input type", "password"],
      ...each("input_purpose", "attr & input inputmode", MODES),
      ...each("ime_purpose", "attr & input inputmode", MODES),
    ],
    {
      ...PURPOSES,
      id: "Another name of the node for focus operations of the toolkit; here they go by the node's own id.",
      required: HOST_SIDE,
      validation: HOST_SIDE,
    },
  ),
  table(
    "text_editor",
    { with: { content: "words" } },
    [
      ["content", "Others", "value & textarea", "Others"],
      ...fieldRows("textarea", { padding: false }),
      ["width", 200, "box & width", 200],
      ["height", 100, "box & height", 100],
      ["height", "fill", "box & height", 600],
      ["min_height", 80, "box & height", 80],
      ["max_height", 60, "box & height", 60, { with: { content: "1\n2\n3\n4\n5\n6\n7\n8" } }],
      ...metrics("&", { size: "size", shapes: false }),
      ...each("text_direction", "css & textarea direction", { rtl: "rtl" }),
      ["text_direction", "ltr", "attr & textarea dir", "ltr"],
      ...each("input_purpose", "attr & textarea inputmode", MODES),
      ...each("ime_purpose", "attr & textarea inputmode", MODES),
      ["highlight_syntax", "rs", "count & .cm-content", 1, { late: true, with: { content: "fn main() {}" } }],
      ...each(
        "highlight_theme",
        "css & background-color",
        {
          base16_mocha: "rgb(59, 50, 40)",
          base16_ocean: "rgb(43, 48, 59)",
          base16_eighties: "rgb(45, 45, 45)",
        },
        { late: true, with: { content: "fn main() {}", highlight_syntax: "rs" } },
      ),
      [
        "highlight_theme",
        "inspired_github",
        "css & .cm-line span color",
        "rgb(167, 29, 93)",
        { late: true, with: { content: "const one = 1", highlight_syntax: "js" } },
      ],
      [
        "key_bindings",
        [{ key: "k", modifiers: ["ctrl"], binding: { custom: "kept" } }],
        "events key_binding",
        ['key_binding w "kept"'],
        typed("Control+k"),
      ],
      ["on_paste", true, "events paste", ['paste w "words"'], pasted],
      ["sync", { revision: 3 }, "events input", [], typed("x")],
    ],
    { ...PURPOSES, required: HOST_SIDE, validation: HOST_SIDE },
  ),
  table(
    "checkbox",
    { with: { label: "Agree" } },
    [
      ["checked", true, "attr & aria-checked", "true"],
      ["disabled", true, "attr & aria-disabled", "true"],
      ...toggleRows(".pl-check-box", [
        ["style", "secondary", "css & .pl-check-box background-color", "var --bg-strong", { with: { checked: true } }],
        ["style", "success", "css & .pl-check-box background-color", "var --success-base", { with: { checked: true } }],
        ["style", "danger", "css & .pl-check-box background-color", "var --danger-base", { with: { checked: true } }],
      ]),
      ["icon", { code_point: "y", size: 9, line_height: 2 }, "text & .pl-check-box", "y"],
    ],
    { ...SHAPES, required: HOST_SIDE, validation: HOST_SIDE },
  ),
  table(
    "toggler",
    { with: { label: "Agree" } },
    [
      ["is_toggled", true, "attr & aria-checked", "true"],
      ["disabled", true, "attr & aria-disabled", "true"],
      ...toggleRows(".pl-toggler-track", []),
      ...each("text_alignment", "css & .pl-toggle-label text-align", { center: "center", right: "right" }),
    ],
    SHAPES,
  ),
  table(
    "radio",
    { with: { value: "one", label: "Agree" } },
    [
      ["value", "two", "events select", ['select w "two"'], opened],
      ["value", "two", "text & .pl-toggle-label", "two", { with: { label: null } }],
      ["selected", "one", "attr & aria-checked", "true"],
      ["group", "choice", "events select", ['select choice "one"'], opened],
      ...toggleRows(".pl-radio-disc", []).filter(
        ([, value]) => JSON.stringify(value) !== JSON.stringify({ border: { width: 2, color: RED, radius: 5 } }),
      ),
    ],
    SHAPES,
  ),
  table("slider", {}, [
    ...sliderRows(),
    ["width", 200, "box & width", 200],
    ["height", 40, "box & height", 40],
    ["rail_width", 8, "box & .pl-slider-rail height", 8],
    ["circular_handle", true, "box & .pl-slider-handle width", 16],
    ["handle_radius", 12, "box & .pl-slider-handle width", 24, { with: { circular_handle: true } }],
  ]),
  table("vertical_slider", { with: { height: 200 } }, [
    ...sliderRows(),
    ["width", 40, "box & width", 40],
    ["height", 300, "box & height", 300],
    ["rail_width", 8, "box & .pl-slider-rail width", 8],
  ]),
  table(
    "pick_list",
    { with: { ...OPTIONS, selected: "Apple" } },
    [
      ["options", ["One"], `text ${MENU}`, "One", opened],
      ["selected", "Banana", "text & .pl-pick-value", "Banana"],
      ["placeholder", "Choose", "text & .pl-pick-value", "Choose", { with: { selected: null } }],
      ["width", 300, "box & width", 300],
      ["width", "fill", "box & width", 800],
      ["padding", PADDED, "css & padding-left", "14px"],
      ["padding", 20, "css & padding-left", "20px"],
      ...metrics("&", { wraps: false }),
      ["handle", { type: "none" }, "count & .pl-pick-handle", 0],
      ["handle", { type: "arrow", size: 40 }, "css & .pl-pick-handle font-size", "40px"],
      ["handle", { type: "static", icon: ICON }, "text & .pl-pick-handle", "x"],
      ["handle", { type: "dynamic", closed: ICON, open: { code_point: "y" } }, "text & .pl-pick-handle", "x"],
      ["handle", { type: "dynamic", closed: ICON, open: { code_point: "y" } }, "text & .pl-pick-handle", "y", opened],
      ...each("ellipsis", "css & .pl-pick-value text-overflow", { end: "ellipsis" }),
      ["ellipsis", "start", "count & .pl-ellipsis-start", 1],
      ["ellipsis", "middle", "count & .pl-ellipsis-middle", 1],
      ...menuRows("text_size"),
      ["style", { background: RED }, "css & background-color", SHOWN_RED],
      ["style", { text_color: RED }, "css & color", SHOWN_RED],
      ["disabled", true, "attr & aria-disabled", "true"],
    ],
    { ...SHAPES, required: HOST_SIDE, validation: HOST_SIDE },
  ),
  table(
    "combo_box",
    { with: OPTIONS },
    [
      ["options", ["One"], `text ${MENU}`, "One", opened],
      ["selected", "Banana", "value & input", "Banana"],
      ["width", 300, "box & width", 300],
      ...fieldRows("input").filter(([prop]) => !["placeholder_color", "selection_color"].includes(prop)),
      ...metrics("&", { size: "size", wraps: false }),
      ["icon", ICON, "text & .pl-field-icon", "x"],
      ["ellipsis", "end", "css & input text-overflow", "ellipsis"],
      ["ellipsis", "start", "count & .pl-combo-short", 1, { with: { selected: "Banana" } }],
      ["ellipsis", "middle", "count & .pl-combo-short", 1, { with: { selected: "Banana" } }],
      ...menuRows("size"),
      ["on_option_hovered", true, "events option_hovered", ['option_hovered w "Apple"'], typed("ArrowDown")],
    ],
    {
      ...SHAPES,
      on_submit: "There is no such event: Enter accepts the highlighted option.",
      required: HOST_SIDE,
      validation: HOST_SIDE,
    },
  ),
];
