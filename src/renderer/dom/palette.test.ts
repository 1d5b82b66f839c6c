import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { BUILTIN_THEMES } from "./builtin-themes.ts";
import { contrast, parseColor } from "./color.ts";
import { focusRing, generatePalette, ringOn } from "./palette.ts";
import { themeLook } from "./theme.ts";

interface CatalogTheme {
  readonly name: string;
  readonly is_dark: boolean;
  readonly seed: Readonly<Record<string, string>>;
  readonly palette: Readonly<Record<string, string>>;
}

// The catalog is checked by its own validator; here only the themes are read.
const catalog = JSON.parse(readFileSync(new URL("../../protocol/catalog/widgets.json", import.meta.url), "utf8")) as {
  readonly themes: { readonly builtin: readonly CatalogTheme[] };
};

/** The largest difference of a channel, in steps of 1/255. */
function distance(one: string, other: string): number {
  const [a, b] = [parseColor(one), parseColor(other)];
  if (a === undefined || b === undefined) return 255;
  return Math.round(Math.max(Math.abs(a.r - b.r), Math.abs(a.g - b.g), Math.abs(a.b - b.b)) * 255);
}

describe.each(catalog.themes.builtin)("theme $name", (theme) => {
  test("has the seeds of the catalog", () => {
    expect(BUILTIN_THEMES.get(theme.name)).toEqual({ isDark: theme.is_dark, seed: theme.seed });
  });

  test("grows the palette of the catalog, up to rounding", () => {
    const built = BUILTIN_THEMES.get(theme.name);
    const palette = built === undefined ? {} : generatePalette(built.seed);
    expect(Object.keys(palette).sort()).toEqual(Object.keys(theme.palette).sort());
    for (const [name, color] of Object.entries(theme.palette)) {
      expect(distance(palette[name] ?? "", color), name).toBeLessThanOrEqual(1);
    }
  });

  test("has a focus ring that stands out from the page", () => {
    const page = parseColor(theme.palette["background_base"]);
    const ring = parseColor(focusRing(theme.palette).ring);
    expect(page !== undefined && ring !== undefined ? contrast(page, ring) : 0).toBeGreaterThanOrEqual(3);
  });
});

test("knows no theme that the catalog has not", () => {
  expect([...BUILTIN_THEMES.keys()]).toEqual(catalog.themes.builtin.map((theme) => theme.name));
});

test("moves the ring away from a fill of the same color", () => {
  expect(ringOn("#5865f2", "#5865f2")).not.toBe("#5865f2");
  expect(ringOn("#5865f200", "#5865f2")).toBe("#5865f2");
  expect(ringOn("#000000", "#ffffff")).toBe("#ffffff");
});

describe("theme values", () => {
  test("[R144] system follows the system", () => {
    expect(themeLook("system", true)?.variables["--bg-base"]).toBe("#ffffff");
    expect(themeLook("System", false)?.variables["--bg-base"]).toBe("#2b2d31");
  });

  test("names are found in any case, unknown ones say nothing", () => {
    expect(themeLook("Nord", false)?.variables["--bg-base"]).toBe("#2e3440");
    expect(themeLook("gruvbox", false)).toBeUndefined();
    expect(themeLook(7, false)).toBeUndefined();
  });

  test("a seed regenerates, a shade replaces one entry, bad colors are dropped one by one", () => {
    const look = themeLook(
      { base: "light", primary: "#00ff00", success_base: "#112233", danger_base_text: "#445566", background: "red" },
      false,
    );
    expect(look?.variables["--primary-base"]).toBe("#00ff00");
    expect(look?.variables["--success-base"]).toBe("#112233");
    expect(look?.variables["--success-base-text"]).toBe(themeLook("light", false)?.variables["--success-base-text"]);
    expect(look?.variables["--danger-base-text"]).toBe("#445566");
    expect(look?.variables["--bg-base"]).toBe("#ffffff");
    expect(look?.isDark).toBe(false);
  });

  test("chrome colors reach the scrollbar and the cursor", () => {
    const look = themeLook({ scroller_color: "#aabbcc", scrollbar_color: "#ddeeff80", cursor_color: "#010203" }, false);
    expect(look?.variables["--thumb"]).toBe("#aabbcc");
    expect(look?.variables["--rail"]).toBe("#ddeeff80");
    expect(look?.variables["--cursor"]).toBe("#010203");
  });
});
