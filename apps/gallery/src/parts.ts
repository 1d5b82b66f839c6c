import type { Child, Element } from "plushie";
import { type Model, PAGES, ui } from "./model.ts";

// What all pages are made of: a title, columns of sections, and labelled examples.

const { column, container, row, text } = ui;

const SECTION_GAP = 16;
const COLUMN_GAP = 16;
const MOST_WIDTH = 1240;
/** A frame around what belongs together, on the page's own background. */
const CARD = { base: "bordered_box", background: "#00000000" } as const;

/** A page's heading, sections over its whole width, and sections side by side where there is room. */
export function page(
  model: Model,
  title: string,
  columns: readonly (readonly Child<Model>[])[],
  above: readonly Child<Model>[] = [],
): Element<Model> {
  const about = PAGES.find(([id]) => id === model.page)?.[2] ?? "";
  const heading = column({ width: "fill", spacing: 2 }, [
    text("page-title", title, { size: 24, font: { weight: "semi_bold" }, a11y: { role: "heading", level: 1 } }),
    text("page-about", about, { size: 14, width: "fill" }),
  ]);
  const body = !model.hasColumns
    ? column("sections", { width: "fill", spacing: SECTION_GAP }, columns.flat())
    : row(
        "sections",
        { width: "fill", spacing: COLUMN_GAP },
        columns.map((sections, index) => column(`column-${index}`, { width: "fill", spacing: SECTION_GAP }, sections)),
      );
  return column("page", { width: "fill", maxWidth: MOST_WIDTH, spacing: SECTION_GAP }, [heading, ...above, body]);
}

/** Examples of one widget under its name. */
export function section(id: string, title: string, children: readonly Child<Model>[]): Element<Model> {
  return container(id, { width: "fill", padding: [12, 16, 16, 16], style: CARD }, [
    column({ width: "fill", spacing: 10 }, [
      text("section-title", title, { size: 15, font: { weight: "semi_bold" }, a11y: { role: "heading", level: 2 } }),
      ...children,
    ]),
  ]);
}

/** Examples in a line, broken where it ends. */
export function line(children: readonly Child<Model>[], spacing = 8): Element<Model> {
  return row({ width: "fill", spacing, alignY: "center", wrap: true }, children);
}

/** A field under its label. Give the field `labelledBy` the label's id, `${id}-label`. */
export function labelled(id: string, label: string, field: Child<Model>): Element<Model> {
  return column({ width: "fill", spacing: 3 }, [text(`${id}-label`, label, { size: 13 }), field]);
}

/** What happened, told to screen readers as well. */
export function status(id: string, content: string): Element<Model> {
  return text(id, content, { size: 13, a11y: { role: "status", live: "polite" } });
}

export function caption(content: string): Element<Model> {
  return text(content, { size: 13 });
}

/** One member of the model replaced in part. */
export function patched<Key extends keyof Model>(model: Model, key: Key, changes: Partial<Model[Key]>): Model {
  return { ...model, [key]: Object.assign({}, model[key], changes) };
}

export const LONG = "A label that has more to say than there is room for in one line of this example";
export const HEBREW = "שלום עולם";
export const ARABIC = "مرحبا بالعالم";
