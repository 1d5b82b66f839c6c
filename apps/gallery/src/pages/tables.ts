import type { Element } from "plushie";
import type { TableColumn } from "plushie/ui";
import { type Model, type SortKey, ui } from "../model.ts";
import { HEBREW, page, patched, section } from "../parts.ts";

const { button, container, progressBar, table, tableCell, tableRow, text } = ui;

/** Where there is no room for them, the table scrolls sideways. */
const EXTRA_COLUMNS: readonly TableColumn[] = [
  { key: "size", label: "Beside Jupiter", align: "center", width: 140 },
  { key: "action", label: "Note", width: "shrink" },
];

interface Planet {
  readonly name: string;
  readonly radius: number;
  readonly moons: number;
}

const PLANETS: readonly Planet[] = [
  { name: "Mercury", radius: 2440, moons: 0 },
  { name: "Venus", radius: 6052, moons: 0 },
  { name: "Earth", radius: 6371, moons: 1 },
  { name: "Mars", radius: 3390, moons: 2 },
  { name: "Jupiter", radius: 69911, moons: 95 },
  { name: "Saturn", radius: 58232, moons: 146 },
];

const GREETINGS = [
  { language: "English", hello: "Hello, world" },
  { language: "German", hello: "Hallo Welt" },
  { language: "Hebrew", hello: HEBREW },
  {
    language: "Long",
    hello:
      "A cell whose text is longer than its column wraps into further lines, and the row grows with it, as high as its tallest cell",
  },
  { language: "Finnish", hello: "Hei maailma" },
  { language: "Greek", hello: "Γειά σου Κόσμε" },
  { language: "Japanese", hello: "こんにちは世界" },
];

function greetingsIn(order: "asc" | "desc") {
  const sign = order === "asc" ? 1 : -1;
  return [...GREETINGS].sort((a, b) => sign * a.language.localeCompare(b.language, "en"));
}

function isSortKey(key: string): key is SortKey {
  return key === "name" || key === "radius" || key === "moons";
}

function sortedBy(model: Model, key: string): Model {
  if (!isSortKey(key)) return model;
  const { by, order } = model.tables;
  return patched(model, "tables", { by: key, order: by === key && order === "asc" ? "desc" : "asc" });
}

export function sorted(by: SortKey, order: "asc" | "desc"): readonly Planet[] {
  const sign = order === "asc" ? 1 : -1;
  return [...PLANETS].sort((a, b) =>
    by === "name" ? sign * a.name.localeCompare(b.name, "en") : sign * (a[by] - b[by]),
  );
}

export function tablesPage(model: Model): Element<Model> {
  const { by, order, greetings } = model.tables;
  return page(model, "Tables", [
    [
      section("sortable", "Sorted by its headers", [
        table(
          "planets",
          {
            columns: [
              { key: "name", label: "Planet", width: model.hasColumns ? "fill" : 110, sortable: true },
              { key: "radius", label: "Radius (km)", align: "right", width: 135, sortable: true },
              { key: "moons", label: "Moons", align: "right", width: 100, sortable: true },
              ...EXTRA_COLUMNS,
            ],
            sortBy: by,
            sortOrder: order,
            a11y: { label: "Planets" },
            onSort: (now, event) => sortedBy(now, event.value),
          },
          sorted(by, order).map((planet) =>
            tableRow(`planet-${planet.name}`, [
              tableCell("name", { column: "name" }, [text(planet.name)]),
              tableCell("radius", { column: "radius" }, [text(planet.radius.toLocaleString("en"))]),
              tableCell("moons", { column: "moons" }, [text(`${planet.moons}`)]),
              tableCell("size", { column: "size" }, [
                container({ height: 21, alignY: "center" }, [
                  progressBar("share", planet.radius, {
                    range: [0, 69911],
                    height: 10,
                    width: 110,
                    label: `${planet.name} beside Jupiter`,
                  }),
                ]),
              ]),
              tableCell("action", { column: "action" }, [
                button("note", planet.name === "Earth" ? "Home" : "Far", {
                  style: "subtle",
                  padding: [0, 8],
                  disabled: planet.name === "Earth",
                  a11y: { label: `${planet.name === "Earth" ? "Home" : "Far"}: ${planet.name}` },
                }),
              ]),
            ]),
          ),
        ),
      ]),
      section("plain", "Rows as data, without lines, scrolling in its height", [
        table("words", {
          columns: [
            { key: "language", label: "Language", width: 140, sortable: true },
            { key: "hello", label: "Hello" },
          ],
          rows: greetingsIn(greetings),
          sortBy: "language",
          sortOrder: greetings,
          onSort: (now) => patched(now, "tables", { greetings: now.tables.greetings === "asc" ? "desc" : "asc" }),
          height: 170,
          separator: 0,
          headerTextSize: 14,
          rowTextSize: 14,
          a11y: { label: "Greetings" },
        }),
      ]),
      section("empty", "Without columns", [table("nothing", { columns: [], a11y: { label: "Nothing" } })]),
    ],
  ]);
}
