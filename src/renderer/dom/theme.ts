import type { WireProps, WireValue } from "../../protocol/index.ts";
import { BUILTIN_THEMES, type BuiltinTheme, DEFAULT_THEME } from "./builtin-themes.ts";
import { formatColor, parseColor } from "./color.ts";
import {
  accentText,
  dimmedOn,
  focusRing,
  generatePalette,
  mutedOn,
  type Palette,
  type PaletteSeed,
  ringOn,
  SEED_KEYS,
  STRONG_TEXT_CONTRAST,
  TEXT_CONTRAST,
  textOn,
} from "./palette.ts";
import { readRecord, readString } from "./props.ts";
import type { StyleSheets } from "./style-sheet.ts";

/*
 * Variables of a theme scope (a window, a themer):
 *
 *   --bg-base --bg-weakest --bg-weaker --bg-weak --bg-neutral --bg-strong --bg-stronger --bg-strongest
 *   --primary-base --primary-weak --primary-strong, the same for secondary, success, warning, danger
 *   each of these with its text color: --bg-weak-text, --primary-base-text, …
 *   --seed-background --seed-text --seed-primary --seed-success --seed-warning --seed-danger
 *   --focus-ring (2 px border of what has keyboard focus), --focus-glow (strong), --focus-glow-soft (shadow colors),
 *   --focus-ring-on-<fill> for the fills bg-base, bg-weak, bg-strong, primary, secondary, success, warning, danger, dark
 *   --bg-base-text-dim (hovered text buttons), --placeholder, --placeholder-on-bg-weak (hints in fields and pick lists)
 *   --link, --link-on-box (links in Markdown on the page and in boxes),
 *   --clear-primary, --clear-secondary, … (named texts and links where more contrast is asked for)
 *   --cursor (text and caret of a focused field), --sel (selection), --rail, --thumb (scrollbars), --shade (soft shadow color)
 */

export interface ThemeLook {
  readonly isDark: boolean;
  readonly variables: Readonly<Record<string, string>>;
}

/** Fill of boxes in the style `dark`. */
const DARK_BOX = "#111111";

/** A theme value as variables; `undefined` when it says nothing valid, so that the next outer theme stays. */
export function themeLook(value: WireValue | undefined, systemIsLight: boolean): ThemeLook | undefined {
  if (typeof value === "string") {
    const name = value.toLowerCase();
    const theme = BUILTIN_THEMES.get(name === "system" ? (systemIsLight ? "light" : "dark") : name);
    return theme === undefined ? undefined : lookOf(theme, {});
  }
  const custom = readRecord(value);
  if (custom === undefined) return undefined;
  const base =
    BUILTIN_THEMES.get((readString(custom["base"]) ?? "").toLowerCase()) ?? BUILTIN_THEMES.get(DEFAULT_THEME);
  return base === undefined ? undefined : lookOf(base, custom);
}

/** Themes as classes; equal themes share one. */
export class Themes {
  readonly #sheets: StyleSheets;
  readonly #media: MediaQueryList | undefined;

  constructor(document: Document, sheets: StyleSheets) {
    this.#sheets = sheets;
    this.#media = document.defaultView?.matchMedia("(prefers-color-scheme: light)");
  }

  get systemIsLight(): boolean {
    return this.#media?.matches === true;
  }

  /** Calls back when the system changes between light and dark; returns the function that stops it. */
  onSystemChange(listener: () => void): () => void {
    this.#media?.addEventListener("change", listener);
    return () => this.#media?.removeEventListener("change", listener);
  }

  /** The class that makes its element a scope of this theme. */
  classFor(value: WireValue | undefined): string | undefined {
    const isSystem = typeof value === "string" && value.toLowerCase() === "system";
    const named = isSystem ? (this.systemIsLight ? "light" : "dark") : value;
    const look = themeLook(named, this.systemIsLight);
    if (look === undefined) return undefined;
    const key = `theme ${JSON.stringify(typeof named === "string" ? named.toLowerCase() : named)}`;
    return this.#sheets.generate(key, (selector) => {
      const block = Object.entries(look.variables).map(([name, color]) => `${name}:${color}`);
      const scheme = look.isDark ? "dark" : "light";
      return [`${selector}{${block.join(";")};color-scheme:${scheme};color:var(--bg-base-text)}`];
    });
  }
}

function lookOf(base: BuiltinTheme, custom: WireProps): ThemeLook {
  const seed: Record<keyof PaletteSeed, string> = { ...base.seed };
  for (const key of SEED_KEYS) seed[key] = colorAt(custom, key) ?? seed[key];
  const palette: Palette = { ...generatePalette(seed), ...overrides(custom) };
  const isDark = custom["background"] === undefined ? base.isDark : isDarkPage(palette);
  return { isDark, variables: variablesOf(palette, seed, custom, isDark) };
}

/** Colors that replace single entries of the generated palette. */
function overrides(custom: WireProps): Palette {
  const found: Record<string, string> = {};
  for (const key of Object.keys(custom)) {
    if (!SHADE_KEY.test(key)) continue;
    const color = colorAt(custom, key);
    if (color !== undefined) found[key] = color;
  }
  return found;
}

const SHADE_KEY =
  /^(?:(?:primary|secondary|success|warning|danger)_(?:base|weak|strong)|background_(?:base|weakest|weaker|weak|neutral|strong|stronger|strongest))(?:_text)?$/;

function variablesOf(
  palette: Palette,
  seed: PaletteSeed,
  custom: WireProps,
  isDark: boolean,
): Readonly<Record<string, string>> {
  const variables: Record<string, string> = {};
  for (const [name, color] of Object.entries(palette)) {
    // What the app says itself is left as it is.
    const fill =
      name.endsWith("_text") && !Object.hasOwn(custom, name) ? palette[name.slice(0, -"_text".length)] : undefined;
    variables[variableName(name)] = fill === undefined ? color : textOn(fill, color);
  }
  variables["--bg-base-text-dim"] = dimmedOn(palette["background_base"] ?? "", variables["--bg-base-text"] ?? "");
  const muted = palette["secondary_base"] ?? "";
  variables["--placeholder"] = mutedOn(palette["background_base"] ?? "", muted);
  variables["--placeholder-on-bg-weak"] = mutedOn(palette["background_weak"] ?? "", muted);
  for (const key of SEED_KEYS) variables[`--seed-${key}`] = seed[key];
  variables["--link"] = mutedOn(palette["background_base"] ?? "", seed.primary);
  variables["--link-on-box"] = accentText(palette, seed.primary, TEXT_CONTRAST);
  variables["--clear-secondary"] = accentText(palette, muted, STRONG_TEXT_CONTRAST);
  for (const key of ["primary", "success", "warning", "danger"] as const) {
    variables[`--clear-${key}`] = accentText(palette, seed[key], STRONG_TEXT_CONTRAST);
  }
  const focus = focusRing(palette);
  variables["--focus-ring"] = focus.ring;
  variables["--focus-glow"] = focus.glow;
  variables["--focus-glow-soft"] = focus.softGlow;
  for (const fill of ["background_base", "background_weak", "background_strong"]) {
    variables[`--focus-ring-on-${fill.replace("background_", "bg-")}`] = ringOn(palette[fill] ?? "", focus.ring);
  }
  variables["--focus-ring-on-dark"] = ringOn(DARK_BOX, focus.ring);
  for (const family of ["primary", "secondary", "success", "warning", "danger"]) {
    variables[`--focus-ring-on-${family}`] = ringOn(palette[`${family}_base`] ?? "", focus.ring);
  }
  variables["--cursor"] = colorAt(custom, "cursor_color") ?? palette["background_base_text"] ?? "";
  variables["--rail"] = colorAt(custom, "scrollbar_color") ?? "transparent";
  variables["--thumb"] = colorAt(custom, "scroller_color") ?? palette["background_strongest"] ?? "";
  variables["--sel"] = palette["primary_weak"] ?? "";
  variables["--shade"] = isDark ? "#00000073" : "#0000002e";
  return variables;
}

function variableName(entry: string): string {
  return `--${entry.replace(/^background_/, "bg_").replaceAll("_", "-")}`;
}

function colorAt(record: WireProps, key: string): string | undefined {
  const color = Object.hasOwn(record, key) ? parseColor(record[key]) : undefined;
  return color === undefined ? undefined : formatColor(color);
}

function isDarkPage(palette: Palette): boolean {
  const page = parseColor(palette["background_base"]);
  return page === undefined || 0.299 * page.r + 0.587 * page.g + 0.114 * page.b < 0.5;
}
