import type { Child, Element } from "plushie";
import { fillPortion } from "plushie/ui";
import { type Model, ui } from "../model.ts";
import { caption, page, patched, section } from "../parts.ts";

const { button, column, container, grid, keyedColumn, paneGrid, pin, responsive, row, scrollable, space, stack, text } =
  ui;

const FILES = ["README.md", "package.json", "src", "test", "docs", "scripts", "LICENSE", "CHANGELOG.md"] as const;

function box(
  label: string,
  props: { readonly width?: number | "fill"; readonly height?: number } = {},
): Element<Model> {
  return container({ padding: [4, 8], style: "rounded_box", ...props }, [text(label, { size: 13 })]);
}

function frame(id: string, children: readonly Child<Model>[]): Element<Model> {
  return container(id, { width: "fill", style: "bordered_box", padding: 8 }, children);
}

export function layoutPage(model: Model): Element<Model> {
  const { size, scrolled, panes } = model.layout;
  return page(model, "Layout", [
    [
      section("rows", "Row and column", [
        frame("portions", [
          row({ width: "fill", spacing: 6 }, [
            container({ width: fillPortion(1), padding: [4, 8], style: "primary" }, [text("1", { size: 13 })]),
            container({ width: fillPortion(2), padding: [4, 8], style: "secondary" }, [text("2", { size: 13 })]),
            container({ width: fillPortion(3), padding: [4, 8], style: "success" }, [text("3", { size: 13 })]),
          ]),
        ]),
        frame("aligned", [
          row({ width: "fill", spacing: 6, alignY: "center" }, [
            box("left"),
            box("taller", { height: 44 }),
            space({ width: "fill" }),
            column({ spacing: 4, alignX: "right" }, [box("right"), box("of a column")]),
          ]),
        ]),
      ]),
      section("wrap", "Wrap", [
        frame("wrapped", [
          row({ width: "fill", spacing: 6, wrap: true }, [
            ...["Lines", "break", "where", "there", "is", "no more", "room", "for the", "next", "child"].map((word) =>
              box(word),
            ),
          ]),
        ]),
      ]),
      section("grid", "Grid", [
        frame("cells", [
          grid("grid", { numColumns: 4, spacing: 6, rowHeight: "shrink" }, [
            ...Array.from({ length: 8 }, (_, index) => box(`${index + 1}`, { width: "fill" })),
          ]),
        ]),
      ]),
      section("stack", "Stack and pin", [
        stack({ width: "fill" }, [
          container({ width: "fill", height: 90, style: "rounded_box" }),
          pin({ x: 16, y: 12 }, [
            container({ width: 110, height: 50, padding: 6, style: "primary" }, [text("x 16, y 12", { size: 13 })]),
          ]),
          pin({ x: 90, y: 38 }, [
            container({ width: 130, height: 42, padding: 6, style: "warning" }, [text("x 90, y 38", { size: 13 })]),
          ]),
        ]),
      ]),
    ],
    [
      section("responsive", "Responsive", [
        responsive(
          "measured",
          {
            height: 56,
            onResize: (now, event) =>
              patched(now, "layout", { size: `${Math.round(event.value.width)} × ${Math.round(event.value.height)}` }),
          },
          [
            container({ width: "fill", height: "fill", style: "bordered_box", alignX: "center", alignY: "center" }, [
              text("measured-size", size),
            ]),
          ],
        ),
      ]),
      section("scrolling", "Scrollable", [
        row({ width: "fill", spacing: 8 }, [
          scrollable(
            "files",
            {
              width: "fill",
              height: 110,
              spacing: 4,
              onScroll: (now, event) => patched(now, "layout", { scrolled: Math.round(event.value.relativeY * 100) }),
            },
            [
              keyedColumn({ width: "fill", spacing: 4, padding: 2 }, [
                ...FILES.map((name) =>
                  button(`file-${name}`, [text(name, { size: 13, width: "fill" })], {
                    width: "fill",
                    style: "subtle",
                    padding: [4, 8],
                  }),
                ),
              ]),
            ],
          ),
          scrollable("both", { width: "fill", height: 110, direction: "both" }, [
            container({ width: 420, height: 220, padding: 10, style: "bordered_box" }, [
              column({ spacing: 120 }, [
                text("Scrolls both ways", { size: 13 }),
                row([space({ width: 300 }), button("corner", "Corner", { style: "subtle" })]),
              ]),
            ]),
          ]),
        ]),
        caption(`Left: at ${scrolled} %`),
      ]),
      section("panes", "Pane grid", [
        paneGrid(
          "panes",
          {
            height: 170,
            spacing: 4,
            minSize: 60,
            onPaneClicked: (now, event) => patched(now, "layout", { panes: `Pressed ${event.value.pane}` }),
            onPaneResized: (now, event) => patched(now, "layout", { panes: `Ratio ${event.value.ratio.toFixed(2)}` }),
          },
          ["Files", "Editor", "Log"].map((name) =>
            container(
              `pane-${name.toLowerCase()}`,
              { width: "fill", height: "fill", padding: 8, style: "rounded_box" },
              [text(name, { size: 13 })],
            ),
          ),
        ),
        caption(panes),
      ]),
    ],
  ]);
}
