import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { toOklch } from "../motion/color.ts";
import { BUILTIN_THEMES } from "./builtin-themes.ts";
import { BLACK, type Color, contrast, parseColor } from "./color.ts";
import { PART_CONTRAST, STRONG_TEXT_CONTRAST, TEXT_CONTRAST } from "./palette.ts";
import { themeLook } from "./theme.ts";

interface Pair {
  readonly name: string;
  /** A variable. */
  readonly text: string;
  /** A variable or a color. */
  readonly fill: string;
}

const FAMILIES = ["primary", "secondary", "success", "warning", "danger"] as const;
/** What windows and containers paint behind texts. */
const SURFACES = ["base", "weakest", "weaker", "weak"] as const;
const SHADES = ["base", "weakest", "weaker", "weak", "neutral", "strong", "stronger", "strongest"] as const;

/** Every text on every fill that a built-in style draws, by status. What is disabled is exempt. */
const TEXTS: readonly Pair[] = [
  ...FAMILIES.flatMap((family) => [
    { name: `button ${family}, container ${family}`, text: `--${family}-base-text`, fill: `--${family}-base` },
    { name: `button ${family}, hovered`, text: `--${family}-strong-text`, fill: `--${family}-strong` },
    { name: `${family} weak`, text: `--${family}-weak-text`, fill: `--${family}-weak` },
  ]),
  ...SHADES.map((shade) => ({
    name: `text on background ${shade}`,
    text: `--bg-${shade}-text`,
    fill: `--bg-${shade}`,
  })),
  { name: "button text, hovered", text: "--bg-base-text-dim", fill: "--bg-base" },
  { name: "button subtle, hovered", text: "--bg-weaker-text", fill: "--bg-weaker" },
  { name: "button background, pressed", text: "--bg-strong-text", fill: "--bg-strong" },
  { name: "field", text: "--bg-base-text", fill: "--bg-base" },
  { name: "field, focused", text: "--cursor", fill: "--bg-base" },
  { name: "field, placeholder", text: "--placeholder", fill: "--bg-base" },
  { name: "field, icon", text: "--bg-weak-text", fill: "--bg-base" },
  { name: "field, selection", text: "--primary-weak-text", fill: "--sel" },
  { name: "pick list", text: "--bg-weak-text", fill: "--bg-weak" },
  { name: "pick list, placeholder", text: "--placeholder-on-bg-weak", fill: "--bg-weak" },
  { name: "menu", text: "--bg-weak-text", fill: "--bg-weak" },
  { name: "menu, highlighted", text: "--primary-strong-text", fill: "--primary-strong" },
  { name: "link", text: "--link", fill: "--bg-base" },
  ...SURFACES.map((shade) => ({ name: `link in box ${shade}`, text: "--link-on-box", fill: `--bg-${shade}` })),
];

const STYLED_TEXTS: readonly Pair[] = [
  { name: "text primary", text: "--seed-primary", fill: "--bg-base" },
  { name: "text secondary", text: "--secondary-base", fill: "--bg-base" },
  { name: "text success", text: "--seed-success", fill: "--bg-base" },
  { name: "text warning", text: "--seed-warning", fill: "--bg-base" },
  { name: "text danger", text: "--seed-danger", fill: "--bg-base" },
];

/** Marks, dots, knobs and rings: parts that tell a state. */
const PARTS: readonly Pair[] = [
  ...["primary", "success", "danger"].map((family) => ({
    name: `check mark ${family}`,
    text: `--${family}-base-text`,
    fill: `--${family}-base`,
  })),
  { name: "check mark secondary", text: "--bg-base-text", fill: "--bg-strong" },
  { name: "knob of a toggler that is on", text: "--primary-base-text", fill: "--primary-base" },
  ...SURFACES.map((shade) => ({
    name: `focus ring on ${shade}`,
    text: "--focus-ring",
    fill: `--bg-${shade}`,
  })),
  ...["bg-base", "bg-weak", "bg-strong"].map((fill) => ({
    name: `focus border in ${fill}`,
    text: `--focus-ring-on-${fill}`,
    fill: `--${fill}`,
  })),
  { name: "focus ring in a dark box", text: "--focus-ring-on-dark", fill: "#111111" },
  ...FAMILIES.map((family) => ({
    name: `focus border in ${family}`,
    text: `--focus-ring-on-${family}`,
    fill: `--${family}-base`,
  })),
];

/**
 * Texts below AA, with their contrast. One cause for all: the catalog gives the named styles of `text` the theme's own colors
 * (`secondary`: the middle between page and text), and their authors chose some of them for accents, not for reading.
 * Apps that need more use `color`, or a theme of their own.
 */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "text primary":
    "dark 2.99, solarized_light 2.93, gruvbox_light 3.73, gruvbox_dark 3.48, catppuccin_latte 4.34, " +
    "tokyo_night_light 4.48, kanagawa_dragon 1.39",
  "text secondary":
    "light 2.96, dark 4.03, dracula 4.45, nord 4.00, solarized_light 2.42, " +
    "solarized_dark 2.84, gruvbox_light 2.90, gruvbox_dark 4.37, catppuccin_latte 2.72, catppuccin_frappe 3.46, " +
    "catppuccin_macchiato 3.75, catppuccin_mocha 3.96, tokyo_night 3.06, tokyo_night_storm 2.96, tokyo_night_light 2.61, " +
    "kanagawa_wave 3.96, kanagawa_dragon 3.71, kanagawa_lotus 2.66, moonfly 3.49, nightfly 3.63, " +
    "oxocarbon 3.77, ferra 3.79",
  "text success": "dark 2.00, solarized_light 2.97, gruvbox_light 2.73, catppuccin_latte 2.96, kanagawa_lotus 3.26",
  "text warning":
    "light 3.47, solarized_light 2.98, gruvbox_light 2.19, catppuccin_latte 2.31, tokyo_night_light 3.83, " +
    "kanagawa_lotus 2.16",
  "text danger":
    "dark 2.74, nord 3.05, solarized_light 4.29, solarized_dark 3.25, gruvbox_dark 2.69, " +
    "kanagawa_wave 3.22, kanagawa_lotus 4.06, oxocarbon 3.97, ferra 4.48",
};

/** The same styles, and links, where the system asks for more contrast. */
const CLEAR_TEXTS: readonly Pair[] = FAMILIES.flatMap((family) =>
  SURFACES.map((shade) => ({
    name: `text ${family} on background ${shade}`,
    text: `--clear-${family}`,
    fill: `--bg-${shade}`,
  })),
);

/** What a color with opacity looks like in front of another. */
function paint(color: Color | undefined, behind: Color): Color | undefined {
  if (color === undefined) return undefined;
  const over = (front: number, back: number): number => front * color.a + back * (1 - color.a);
  return { r: over(color.r, behind.r), g: over(color.g, behind.g), b: over(color.b, behind.b), a: 1 };
}

/** Contrast of a pair by theme, of those below the limit. */
function below(pair: Pair, limit: number): string {
  const found = [...BUILTIN_THEMES.keys()].flatMap((theme) => {
    const variables = themeLook(theme, false)?.variables ?? {};
    const fill = parseColor(variables[pair.fill] ?? pair.fill);
    const text = fill === undefined ? undefined : paint(parseColor(variables[pair.text]), fill);
    const ratio = fill === undefined || text === undefined ? 0 : contrast(fill, text);
    return ratio < limit ? [`${theme} ${ratio.toFixed(2)}`] : [];
  });
  return found.join(", ");
}

describe("contrast in all built-in themes", () => {
  test.each(TEXTS.map((pair) => [pair.name, pair] as const))("text: %s", (_, pair) => {
    expect(below(pair, TEXT_CONTRAST)).toBe("");
  });

  test.each(STYLED_TEXTS.map((pair) => [pair.name, pair] as const))("%s, but for the listed themes", (name, pair) => {
    expect(below(pair, TEXT_CONTRAST)).toBe(EXCEPTIONS[name] ?? "");
  });

  test("the exceptions are the ones in the documentation", () => {
    const page = readFileSync(new URL("../../../docs/reference/themes.md", import.meta.url), "utf8");
    for (const [name, exceptions] of Object.entries(EXCEPTIONS)) {
      expect(page).toContain(`| \`${name.replace("text ", "")}\` | ${exceptions} |`);
    }
  });

  test.each(CLEAR_TEXTS.map((pair) => [pair.name, pair] as const))("%s, with more contrast", (_, pair) => {
    expect(below(pair, STRONG_TEXT_CONTRAST)).toBe("");
  });

  test("a link keeps the accent where it can be read, and its hue where it cannot", () => {
    const link = (theme: string): string => themeLook(theme, false)?.variables["--link"] ?? "";
    expect(link("dracula")).toBe("#bd93f9");
    const seed = toOklch(parseColor("#5865f2") ?? BLACK);
    const moved = toOklch(parseColor(link("dark")) ?? BLACK);
    expect(link("dark")).not.toBe("#5865f2");
    expect(Math.abs(moved.h - seed.h)).toBeLessThan(0.2);
  });

  test.each(PARTS.map((pair) => [pair.name, pair] as const))("part: %s", (_, pair) => {
    expect(below(pair, PART_CONTRAST)).toBe("");
  });

  test("a text color that the app gives stays as it is", () => {
    const look = themeLook({ base: "light", primary_base: "#808080", primary_base_text: "#7f7f7f" }, false);
    expect(look?.variables["--primary-base-text"]).toBe("#7f7f7f");
  });
});
