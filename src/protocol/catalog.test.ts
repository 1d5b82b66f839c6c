import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { generateCatalog } from "../../scripts/generate-catalog.mjs";
import { findProp, findShape, findWidget, toHostName, toWireName, WIDGETS } from "./catalog.ts";
import { SEED_KEYS, SHADE_KEYS, THEME_ROWS } from "./generated/themes.ts";
import { isWidgetFamily } from "./widget-event.ts";

function readCatalog(): {
  readonly widgets: readonly {
    readonly type: string;
    readonly scope?: string;
    readonly props: readonly { readonly name: string; readonly wire_type: string; readonly values?: string[] }[];
    readonly events: readonly { readonly family: string }[];
  }[];
  readonly themes: { readonly builtin: readonly { readonly palette: { readonly [shade: string]: string } }[] };
} {
  return JSON.parse(readFileSync(new URL("./catalog/widgets.json", import.meta.url), "utf8"));
}

describe("generated files", () => {
  test.each(Object.entries(generateCatalog()))("%s is up to date", (name, content) => {
    const file = readFileSync(new URL(`./generated/${name}`, import.meta.url), "utf8");
    // A formatter or an edit by hand shows here; `node scripts/generate-catalog.mjs` writes it again.
    expect(file === content).toBe(true);
  });

  test("are much smaller than the catalog", () => {
    const size = generateCatalog()["catalog-rows.ts"].length;
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThan(24_000);
  });
});

describe("the compact catalog", () => {
  test("has every widget, prop, wire type and list of values of the full one", () => {
    for (const widget of readCatalog().widgets) {
      const spec = widget.scope === undefined ? findWidget(widget.type) : findShape(widget.type);
      for (const prop of widget.props) {
        expect(spec?.props.get(prop.name), `${widget.type}.${prop.name}`).toMatchObject({
          wireType: prop.wire_type,
          values: prop.values,
        });
      }
      expect(spec?.families).toEqual(widget.events.map((event) => event.family));
    }
  });

  test("finds by alias, knows universal props and nothing else", () => {
    expect(findWidget("rich")).toBe(findWidget("rich_text"));
    expect(findProp("button", "a11y")?.wireType).toBe("A11y");
    expect(findProp("button", "colour")).toBeUndefined();
    expect(findWidget("rect")).toBeUndefined();
    expect(findWidget("constructor")).toBeUndefined();
  });

  test("names no event family that events do not know", () => {
    const families = WIDGETS.flatMap((widget) => widget.families).filter((family) => /^[a-z_]+$/.test(family));
    expect(families.length).toBeGreaterThan(50);
    expect(families.filter((family) => !isWidgetFamily(family))).toEqual([]);
  });
});

test("names change between both cases without loss", () => {
  const names = WIDGETS.flatMap((widget) => [...widget.props.keys()]);
  expect(names.filter((name) => toWireName(toHostName(name)) !== name)).toEqual([]);
  expect(toHostName("on_right_press")).toBe("onRightPress");
  expect(toWireName("on_right_press")).toBe("on_right_press");
});

test("theme rows hold the palettes of the catalog", () => {
  const themes = readCatalog().themes.builtin;
  expect(THEME_ROWS).toHaveLength(themes.length);
  THEME_ROWS.forEach(([name, , seed, palette], index) => {
    expect(seed, name).toHaveLength(SEED_KEYS.length * 6);
    const colors = SHADE_KEYS.map((shade, at) => [shade, `#${palette.slice(at * 6, at * 6 + 6)}`]);
    expect(Object.fromEntries(colors), name).toEqual(themes[index]?.palette);
  });
});
