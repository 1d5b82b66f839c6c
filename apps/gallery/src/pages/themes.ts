import type { Element } from "plushie";
import type { Theme } from "plushie/ui";
import { CUSTOM_THEME, type Model, THEMES, type ThemeChoice, ui } from "../model.ts";
import { line, page, section } from "../parts.ts";

const {
  button,
  checkbox,
  column,
  container,
  grid,
  pickList,
  progressBar,
  row,
  rule,
  slider,
  text,
  textInput,
  themer,
  toggler,
} = ui;

const BOXES = ["rounded_box", "bordered_box", "dark", "primary", "secondary", "success", "warning", "danger"] as const;
const BUTTONS = ["primary", "secondary", "success", "warning", "danger", "text", "background", "subtle"] as const;

/** A card of a theme: chooses it. */
function card(model: Model, choice: ThemeChoice, label: string, theme: Theme): Element<Model> {
  return themer(`theme-${choice}`, { theme }, [
    button(
      "choose",
      [
        column({ width: "fill", spacing: 6 }, [
          text(label, { size: 13, width: "fill", ellipsis: "end", wrapping: "none" }),
          row({ width: "fill", spacing: 4 }, [
            ...(["primary", "secondary", "success", "warning", "danger"] as const).map((style) =>
              container({ width: "fill", height: 12, style }),
            ),
          ]),
        ]),
      ],
      {
        style: {
          base: "background",
          border: {
            radius: 6,
            width: model.theme === choice ? 3 : 1,
            color: model.theme === choice ? "#5865f2" : "#80808080",
          },
        },
        width: "fill",
        padding: 8,
        a11y: { label: model.theme === choice ? `${label}, chosen` : label },
        onClick: (now) => ({ ...now, theme: choice }),
      },
    ),
  ]);
}

export function themesPage(model: Model): Element<Model> {
  const all = section("all", "All themes: press one", [
    grid("themes", { fluid: 170, spacing: 8, rowHeight: "shrink" }, [
      ...THEMES.map((name) => card(model, name, name.replaceAll("_", " "), name)),
      card(model, "custom", "Plum (custom)", CUSTOM_THEME),
    ]),
  ]);
  return page(
    model,
    "Theme",
    [
      [
        section("boxes", "Container styles", [
          line(
            BOXES.map((style) => container({ padding: [5, 10], style }, [text(style.replace("_", " "), { size: 14 })])),
          ),
        ]),
        section("statuses", "Styles and statuses", [
          row({ spacing: 8, width: "fill" }, [
            column({ spacing: 6, width: "fill" }, [
              text("as it is", { size: 13 }),
              ...BUTTONS.map((style) => button(`on-${style}`, style, { style, width: "fill" })),
            ]),
            column({ spacing: 6, width: "fill" }, [
              text("disabled", { size: 13 }),
              ...BUTTONS.map((style) => button(`off-${style}`, style, { style, width: "fill", disabled: true })),
            ]),
          ]),
          text("Hovered, pressed and focused: point at them, or press Tab.", { size: 13, width: "fill" }),
        ]),
      ],
      [
        section("part", "Another theme for a part", [
          themer("part", { theme: model.theme === "dracula" ? "light" : "dracula" }, [
            container({ width: "fill", padding: 10, style: "bordered_box" }, [
              column({ width: "fill", spacing: 8 }, [
                row({ width: "fill", spacing: 8, alignY: "center" }, [
                  checkbox("part-check", true, { label: "Checked", disabled: false }),
                  toggler("part-toggle", true, { label: "On" }),
                ]),
                rule({ style: "weak" }),
                textInput("part-field", "A field", { a11y: { label: "A field" } }),
                row({ width: "fill", spacing: 8, alignY: "center" }, [
                  pickList("part-list", ["One", "Two"], { selected: "One", a11y: { label: "A list" } }),
                  slider("part-slider", 60, { range: [0, 100], label: "A slider" }),
                ]),
                progressBar("part-bar", 60, { height: 10, label: "A bar" }),
              ]),
            ]),
          ]),
        ]),
      ],
    ],
    [all],
  );
}
