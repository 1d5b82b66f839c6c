// Writes the compact forms of src/protocol/catalog/widgets.json into src/protocol/generated/. The catalog itself is for
// people and tools; what is shipped holds only what code looks up. `--check` compares instead of writing.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "src/protocol/catalog/widgets.json");
const target = join(root, "src/protocol/generated");

const HEADER = "// Generated from ../catalog/widgets.json by scripts/generate-catalog.mjs. Do not edit.\n";

/** File name to content. */
export function generateCatalog(catalog = JSON.parse(readFileSync(source, "utf8"))) {
  return {
    "catalog-rows.ts": rowsModule(catalog),
    "enums.ts": enumsModule(catalog),
    "themes.ts": themesModule(catalog),
    "widget-names.ts": namesModule(catalog),
  };
}

function rowsModule(catalog) {
  const wireTypes = [];
  const valueLists = [];
  const indexIn = (list, item) => {
    const found = list.findIndex((other) => JSON.stringify(other) === JSON.stringify(item));
    return found >= 0 ? found : list.push(item) - 1;
  };
  const propRow = (prop) => {
    const row = [prop.name, indexIn(wireTypes, prop.wire_type)];
    if (prop.default !== null || prop.values !== undefined) row.push(prop.default);
    if (prop.values !== undefined) row.push(indexIn(valueLists, prop.values));
    return row;
  };
  const rows = catalog.widgets.map((widget) => [
    widget.type,
    widget.category,
    widget.children,
    widget.auto_id ? 1 : 0,
    widget.scope === undefined ? 0 : 1,
    widget.a11y_role,
    widget.aliases ?? [],
    widget.events.map((event) => event.family),
    widget.props.map(propRow),
  ]);
  const universal = catalog.universal_props.map(propRow);
  return `${HEADER}
/** Name, index into WIRE_TYPES, default (absent: null), index into VALUE_LISTS. */
export type PropRow = readonly [name: string, wireType: number, fallback?: unknown, values?: number];

export type WidgetRow = readonly [
  type: string,
  category: string,
  children: string,
  hasAutoId: number,
  isShape: number,
  role: string,
  aliases: readonly string[],
  families: readonly string[],
  props: readonly PropRow[],
];

export const WIRE_TYPES: readonly string[] = ${lines(wireTypes)};

export const VALUE_LISTS: readonly (readonly string[])[] = ${lines(valueLists)};

export const UNIVERSAL_PROPS: readonly PropRow[] = ${lines(universal)};

export const WIDGET_ROWS: readonly WidgetRow[] = ${lines(rows)};
`;
}

function enumsModule(catalog) {
  const constants = Object.entries(catalog.enums).map(
    ([name, values]) => `export const ${name.toUpperCase()} = ${JSON.stringify(values)} as const;\n`,
  );
  return `${HEADER}\n${constants.join("")}\nexport const A11Y_KEYS = ${JSON.stringify(catalog.a11y_keys)} as const;\n`;
}

function themesModule(catalog) {
  const { builtin, custom_seed_keys, custom_shade_keys, custom_chrome_keys, default: fallback } = catalog.themes;
  const shades = Object.keys(builtin[0].palette);
  for (const theme of builtin) {
    const keys = Object.keys(theme.palette);
    if (keys.length !== shades.length || shades.some((shade) => theme.palette[shade] === undefined)) {
      throw new Error(`theme ${theme.name} has other shades than ${builtin[0].name}`);
    }
  }
  const digits = (color) => {
    if (!/^#[0-9a-f]{6}$/.test(color)) throw new Error(`"${color}" is no color of six hex digits`);
    return color.slice(1);
  };
  const rows = builtin.map((theme) => [
    theme.name,
    theme.is_dark ? 1 : 0,
    custom_seed_keys.map((key) => digits(theme.seed[key])).join(""),
    shades.map((shade) => digits(theme.palette[shade])).join(""),
  ]);
  return `${HEADER}
export const DEFAULT_THEME = ${JSON.stringify(fallback)};

/** Colors an author gives for a theme; the shades follow from them. */
export const SEED_KEYS = ${JSON.stringify(custom_seed_keys)} as const;
/** Shades, in the order of the palettes below. */
export const SHADE_KEYS = ${JSON.stringify(shades)} as const;
/** Keys of custom themes besides seeds and shades. */
export const CHROME_KEYS = ${JSON.stringify(custom_chrome_keys)} as const;
/** Shades that a custom theme may set. */
export const CUSTOM_SHADE_KEYS = ${JSON.stringify(custom_shade_keys)} as const;

/** Name, is dark, seed colors and shades as six hex digits each without separator. */
export type ThemeRow = readonly [name: string, isDark: number, seed: string, palette: string];

export const THEME_ROWS: readonly ThemeRow[] = ${lines(rows)};
`;
}

function namesModule(catalog) {
  const names = catalog.widgets
    .filter((widget) => widget.scope === undefined && !widget.type.startsWith("__"))
    .flatMap((widget) => [widget.type, ...(widget.aliases ?? [])]);
  const sorted = [...new Set(names)].sort();
  return `${HEADER}
/** Every widget type that stands for itself, aliases included, sorted. */
export const WIDGET_NAMES: readonly string[] = ${JSON.stringify(sorted)};
`;
}

/** One item per line, so that a change of the catalog is a readable change here. */
function lines(items) {
  return `[\n${items.map((item) => `${JSON.stringify(item)},\n`).join("")}]`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isCheck = process.argv.includes("--check");
  mkdirSync(target, { recursive: true });
  for (const [name, content] of Object.entries(generateCatalog())) {
    const file = join(target, name);
    if (!isCheck) {
      writeFileSync(file, content);
    } else if (readFileSync(file, "utf8") !== content) {
      console.error(`${name} is out of date: run node scripts/generate-catalog.mjs`);
      process.exitCode = 1;
    }
  }
}
