import type { Element } from "plushie";
import { type Model, ui } from "../model.ts";
import { ARABIC, HEBREW, LONG, page, patched, section, status } from "../parts.ts";

const { column, container, richText, row, rule, text } = ui;

const SIZES = [12, 14, 16, 20, 28] as const;
const WEIGHTS = ["light", "normal", "medium", "semi_bold", "bold", "black"] as const;
const STYLES = ["primary", "secondary", "success", "warning", "danger"] as const;
const ENDS = ["start", "middle", "end"] as const;

export function textPage(model: Model): Element<Model> {
  return page(model, "Text & rich text", [
    [
      section("sizes", "Sizes", [
        row({ spacing: 12, alignY: "bottom", width: "fill", wrap: true }, [
          ...SIZES.map((size) => text(`size-${size}`, `Size ${size}`, { size })),
        ]),
      ]),
      section("weights", "Weights and families", [
        row({ spacing: 12, width: "fill", wrap: true }, [
          ...WEIGHTS.map((weight) => text(`weight-${weight}`, weight.replace("_", " "), { font: { weight } })),
          text("italic", "italic", { font: { style: "italic" } }),
          text("monospace", "monospace 0O1l", { font: "monospace" }),
        ]),
      ]),
      section("styles", "Styles and colors", [
        row({ spacing: 12, width: "fill", wrap: true }, [
          ...STYLES.map((style) => text(`style-${style}`, style, { style })),
          container({ padding: [1, 6], background: "#fff3bf" }, [text("own-color", "own color", { color: "#7a1f3d" })]),
        ]),
      ]),
      section("rules", "Rule", [rule(), rule({ style: "weak" }), rule({ height: 4, style: "default" })]),
      section("rich", "Rich text", [
        richText(
          "spans",
          [
            { text: "Spans may be " },
            { text: "bold", font: { weight: "bold" } },
            { text: ", " },
            { text: "italic", font: { style: "italic" } },
            { text: ", " },
            { text: "underlined", underline: true },
            { text: ", " },
            { text: "struck out", strikethrough: true },
            { text: ", " },
            {
              text: "marked",
              color: "#1c1c1c",
              highlight: { background: "#ffe066", border: { radius: 3 } },
              padding: [0, 3],
            },
            { text: "\u2009, " },
            { text: "larger", size: 22 },
            { text: ", " },
            { text: "code()", font: "monospace" },
            { text: " or " },
            { text: "a link", link: "gallery:first", underline: true },
            { text: " that the app hears of." },
          ],
          { width: "fill", onLinkClick: (now, event) => patched(now, "text", { link: event.value.link }) },
        ),
        status("link", model.text.link === "" ? "No link followed yet" : `Followed ${model.text.link}`),
      ]),
    ],
    [
      section("alignment", "Alignment", [
        ...(["left", "center", "right"] as const).map((alignX) =>
          container({ width: "fill", style: "bordered_box", padding: [4, 8] }, [
            text(`align-${alignX}`, alignX, { width: "fill", alignX }),
          ]),
        ),
        container({ width: "fill", style: "bordered_box", padding: [4, 8] }, [
          text(
            "justified",
            "Justified text fills its lines from edge to edge, except for the last one of a paragraph.",
            {
              width: "fill",
              alignX: "justified",
            },
          ),
        ]),
      ]),
      section("long", "Long text", [
        text("wrapped", `${LONG}. It wraps between words.`, { width: "fill" }),
        ...ENDS.map((ellipsis) =>
          text(`ellipsis-${ellipsis}`, `${ellipsis}: ${LONG}`, { width: "fill", ellipsis, wrapping: "none" }),
        ),
        text("glyphs", "Abreakanywhereevenwithinonelongwordthathasnospacesatallinitsomewhere", {
          width: "fill",
          wrapping: "glyph",
        }),
      ]),
      section("directions", "Right to left", [
        column({ width: "fill", spacing: 4 }, [
          text("hebrew", `${HEBREW}, 123 (abc).`, { width: "fill" }),
          text("arabic", `${ARABIC}, 123 (abc).`, { width: "fill" }),
          text("end", "End of an English line", { width: "fill", alignX: "end" }),
          text("mixed", `English, then ${HEBREW}, then English.`, { width: "fill" }),
        ]),
      ]),
    ],
  ]);
}
