import { each, type Table, table } from "./rows.ts";
import { GREEN, metrics, NOT_READ, RED, SHOWN_GREEN, SHOWN_RED } from "./values.ts";

const TEXT = { with: { content: "Some words" } };
const SPANS = { with: { spans: [{ text: "Some words" }] } };
const SHORT = { with: { content: "A rather long line of words", width: 80 } };
const SHORT_SPANS = { with: { spans: [{ text: "A rather long line of words" }], width: 80 } };
const PICTURE = { with: { source: { handle: "dot" } }, late: true } as const;
const DRAWING = { with: { source: "dot.svg" }, late: true } as const;
const MARKDOWN =
  "# One\n\n## Two\n\n### Three\n\nText `code` [link](https://example.org)\n\n```rust\nfn main() {}\n```\n";
const MD = { with: { content: MARKDOWN }, late: true } as const;
const PRESETS = {
  primary: "--seed-primary",
  secondary: "--secondary-base",
  success: "--seed-success",
  warning: "--seed-warning",
  danger: "--seed-danger",
};
const FAMILIES = { secondary: "secondary", success: "success", warning: "warning", danger: "danger" };
const FITS = { cover: "cover", fill: "fill", none: "none", scale_down: "scale-down" };

export const displayTables: readonly Table[] = [
  table(
    "text",
    TEXT,
    [
      ["content", "Others", "text &", "Others"],
      ...metrics("&", { size: "size" }),
      ["color", RED, "css & color", SHOWN_RED],
      ["color", RED, "css & color", SHOWN_RED, { with: { style: "primary" } }],
      ["width", 120, "box & width", 120],
      ["width", "fill", "box & width", 800],
      ["height", 120, "box & height", 120],
      ["height", "fill", "box & height", 600],
      ...each("align_x", "css & text-align", {
        left: "left",
        center: "center",
        right: "right",
        end: "right",
        justified: "justify",
      }),
      ["align_x", "start", "css & text-align", "left", { with: { text_direction: "ltr" } }],
      ...each("align_y", "ink & y", { center: "middle", bottom: "end" }, { with: { height: 100 } }),
      ["text_direction", "rtl", "css & text-align", "left", { with: { align_x: "end" } }],
      ["text_direction", "ltr", "css & text-align", "left", { with: { align_x: "start" } }],
      ...each("ellipsis", "box & height", { start: 20.8, middle: 20.8, end: 20.8 }, SHORT),
      ...Object.entries(PRESETS).map(([name, variable]) => ["style", name, "css & color", `var ${variable}`] as const),
      ["style", { text_color: RED }, "css & color", SHOWN_RED],
    ],
    { "shaping=advanced": "Browsers always shape in full; only `basic` takes something away." },
  ),
  table("rich_text", SPANS, [
    ["spans", [{ text: "Others" }], "text &", "Others"],
    ["spans", [{ text: "a", color: RED }], "css & span color", SHOWN_RED],
    ["spans", [{ text: "a", size: 30 }], "css & span font-size", "30px"],
    [
      "spans",
      [{ text: "a", underline: true, strikethrough: true }],
      "css & span text-decoration-line",
      "underline line-through",
    ],
    ["spans", [{ text: "a", highlight: { background: RED } }], "css & span background-color", SHOWN_RED],
    ["spans", [{ text: "a", link: "there" }], "attr & span role", "link"],
    ...metrics("&", { size: "size", shapes: false }),
    ["color", RED, "css & color", SHOWN_RED],
    ["width", 120, "box & width", 120],
    ["width", "fill", "box & width", 800],
    ["height", 120, "box & height", 120],
    ["height", "fill", "box & height", 600],
    ...each("ellipsis", "box & height", { start: 20.8, middle: 20.8, end: 20.8 }, SHORT_SPANS),
    ...Object.entries(PRESETS).map(([name, variable]) => ["style", name, "css & color", `var ${variable}`] as const),
    ["style", { text_color: RED }, "css & color", SHOWN_RED],
  ]),
  table("rule", {}, [
    ["direction", "vertical", "place &", "0 0 1 600"],
    ["width", 5, "box & width", 5, { with: { direction: "vertical" } }],
    ["height", 5, "box & height", 5],
    ["thickness", 4, "box & height", 4],
    ["style", "weak", "css & background-color", "var --bg-weak"],
    ["style", { background: RED }, "css & background-color", SHOWN_RED],
    ["style", { border: { radius: 3 } }, "css & border-top-left-radius", "3px"],
  ]),
  table("progress_bar", { with: { value: 25 } }, [
    ["range", [0, 50], "attr & aria-valuemax", "50"],
    ["range", [20, 30], "box & div width", 400],
    ["value", 50, "box & div width", 400],
    ["width", 120, "box & width", 120],
    ["height", 120, "box & height", 120],
    ["vertical", true, "place & div", "0 450 30 150"],
    ["label", "Loading", "attr & aria-label", "Loading"],
    ...Object.entries(FAMILIES).map(
      ([name, family]) => ["style", name, "css & div background-color", `var --${family}-base`] as const,
    ),
    ["style", { background: RED, text_color: GREEN }, "css & background-color", SHOWN_RED],
    ["style", { background: RED, text_color: GREEN }, "css & div background-color", SHOWN_GREEN],
  ]),
  table("image", PICTURE, [
    ["source", { handle: "dot" }, "natural &", "40 20", { with: { source: null } }],
    ["source", "dot.png", "natural &", "40 20", { with: { source: null } }],
    ["width", 80, "place &", "0 0 80 40"],
    ["width", "fill", "box & width", 800],
    ["height", 60, "place &", "0 0 120 60"],
    ["height", "fill", "box & height", 600],
    ...each("content_fit", "css & object-fit", FITS),
    ["filter_method", "nearest", "css & image-rendering", "pixelated"],
    ["rotation", 90, "place &", "10 -10 20 40"],
    ["opacity", 0.5, "css & opacity", "0.5"],
    ["border_radius", 5, "css & clip-path", "inset(0px round 5px)"],
    ["expand", true, "box & width", 800],
    ["scale", 2, "place &", "-20 -10 80 40"],
    ["crop", { x: 0, y: 0, width: 10, height: 15 }, "natural &", "10 15"],
    ["alt", "A dot", "attr & aria-label", "A dot"],
    ["description", "Of two colors", "attr & aria-description", "Of two colors"],
    ["decorative", true, "attr & aria-hidden", "true"],
  ]),
  table("svg", DRAWING, [
    ["source", "dot.svg", "natural &", "40 20", { with: { source: null } }],
    ["width", 80, "place &", "0 0 80 40"],
    ["height", 60, "place &", "0 0 120 60"],
    ...each("content_fit", "css & object-fit", FITS),
    ["rotation", 90, "place &", "10 -10 20 40"],
    ["opacity", 0.5, "css & opacity", "0.5"],
    ["color", RED, "css & background-color", SHOWN_RED],
    ["alt", "A dot", "attr & aria-label", "A dot"],
    ["description", "Of one color", "attr & aria-description", "Of one color"],
    ["decorative", true, "attr & aria-hidden", "true"],
  ]),
  table(
    "markdown",
    MD,
    [
      ["content", "Others", "text &", "Others"],
      ["width", 120, "box & width", 120],
      ["text_size", 20, "css & p font-size", "20px"],
      ["text_size", 20, "css & h1 font-size", "40px"],
      ["h1_size", 50, "css & h1 font-size", "50px"],
      ["h2_size", 50, "css & h2 font-size", "50px"],
      ["h3_size", 50, "css & h3 font-size", "50px"],
      ["code_size", 20, "css & p code font-size", "20px"],
      ["spacing", 40, "css & --md-gap", "40px"],
      ["link_color", RED, "css & .pl-link color", SHOWN_RED],
      ...each("code_theme", "css & pre background-color", {
        base16_mocha: "rgb(59, 50, 40)",
        base16_ocean: "rgb(43, 48, 59)",
        base16_eighties: "rgb(45, 45, 45)",
        solarized_dark: "rgb(0, 43, 54)",
        inspired_github: "rgb(255, 255, 255)",
      }),
    ],
    { style: NOT_READ },
  ),
  table(
    "qr_code",
    { with: { data: "hello" }, late: true },
    [
      ["data", "a longer text that needs a larger code", "box & width", 116],
      ["cell_size", 10, "box & width", 210],
      ["total_size", 300, "box & width", 300],
      ...each("error_correction", "box & width", { low: 84, high: 116 }, { with: { data: "fifteen letters" } }),
      ["error_correction", "quartile", "box & width", 116, { with: { data: "a text of 25 characters.." } }],
      ["cell_color", RED, "pixel 1 1", "ff0000ff"],
      ["background", RED, "pixel 6 6", "ff0000ff"],
      ["alt", "The address", "attr & aria-label", "The address"],
      ["description", "Of the page", "attr & aria-description", "Of the page"],
    ],
    { style: NOT_READ },
  ),
];
