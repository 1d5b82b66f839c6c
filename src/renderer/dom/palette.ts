import {
  BLACK,
  type Color,
  contrast,
  darken,
  deviate,
  formatColor,
  isDark,
  lighten,
  mix,
  parseColor,
  readable,
  WHITE,
  withAlpha,
} from "./color.ts";

/** The six colors a palette grows from, as `#rrggbb`. */
export interface PaletteSeed {
  readonly background: string;
  readonly text: string;
  readonly primary: string;
  readonly success: string;
  readonly warning: string;
  readonly danger: string;
}

/** Entries such as `background_weak` and `background_weak_text`, as `#rrggbb`. */
export type Palette = Readonly<Record<string, string>>;

/** How far each background shade lies from the background. */
const BACKGROUND_SHADES: Readonly<Record<string, number>> = {
  base: 0,
  weakest: 0.03,
  weaker: 0.07,
  weak: 0.1,
  neutral: 0.125,
  strong: 0.15,
  stronger: 0.175,
  strongest: 0.2,
};

export const SEED_KEYS = ["background", "text", "primary", "success", "warning", "danger"] as const;

/** All shades of a theme with their text colors. */
export function generatePalette(seed: PaletteSeed): Palette {
  const background = parseColor(seed.background) ?? BLACK;
  const text = parseColor(seed.text) ?? WHITE;
  const palette: Record<string, string> = {};
  const put = (name: string, color: Color): void => {
    palette[name] = formatColor(color);
    palette[`${name}_text`] = formatColor(readable(color, text));
  };
  for (const [shade, amount] of Object.entries(BACKGROUND_SHADES)) {
    put(`background_${shade}`, amount === 0 ? background : deviate(background, amount));
  }
  for (const family of ["primary", "success", "warning", "danger"] as const) {
    const base = parseColor(seed[family]) ?? background;
    put(`${family}_base`, base);
    put(`${family}_weak`, mix(base, background, 0.4));
    put(`${family}_strong`, deviate(base, 0.1));
  }
  const factor = isDark(background) ? 0.2 : 0.4;
  put("secondary_base", mix(deviate(background, 0.2), text, factor));
  put("secondary_weak", mix(deviate(background, 0.1), text, factor));
  put("secondary_strong", mix(deviate(background, 0.3), text, factor));
  return palette;
}

/** WCAG AA for text of any size, and for the parts of controls that have to be seen. */
export const TEXT_CONTRAST = 4.5;
export const PART_CONTRAST = 3;
/** WCAG AAA, for people whose system asks for more contrast. */
export const STRONG_TEXT_CONTRAST = 7;

/** What containers and windows paint behind controls. */
const SURFACES = ["background_base", "background_weakest", "background_weaker", "background_weak"] as const;

/**
 * The ring's color: the accent, moved away from the surfaces of this theme until it stands out from all of them, and white or
 * black where that leads nowhere.
 */
export function focusRing(palette: Palette): {
  readonly ring: string;
  readonly glow: string;
  readonly softGlow: string;
} {
  const ring = standingOut(parseColor(palette["primary_strong"]) ?? WHITE, surfacesOf(palette), PART_CONTRAST);
  return {
    ring: formatColor(ring),
    glow: formatColor(withAlpha(ring, 0.85)),
    softGlow: formatColor(withAlpha(ring, 0.75)),
  };
}

/** An accent as text on any of this theme's surfaces: moved away from them, in its own hue, just as far as reading needs. */
export function accentText(palette: Palette, accent: string, least: number): string {
  const color = parseColor(accent);
  return color === undefined ? accent : formatColor(standingOut(color, surfacesOf(palette), least));
}

function surfacesOf(palette: Palette): readonly Color[] {
  return SURFACES.map((name) => parseColor(palette[name])).filter((color) => color !== undefined);
}

/** The border color of a focused widget filled with `background`: the ring, or another one when they are too near. */
export function ringOn(background: string, ring: string): string {
  const fill = parseColor(background);
  const color = parseColor(ring);
  if (fill === undefined || color === undefined || fill.a < 0.1 || contrast(fill, color) >= PART_CONTRAST) return ring;
  const moved = deviate(color, 0.3);
  return formatColor(contrast(fill, moved) >= PART_CONTRAST ? moved : extremeOn(fill));
}

/** The palette's text color for a fill; plain white or black where the palette's own cannot be read well enough. */
export function textOn(background: string, text: string): string {
  const fill = parseColor(background);
  const color = parseColor(text);
  if (fill === undefined || color === undefined || contrast(fill, color) >= TEXT_CONTRAST) return text;
  return formatColor(extremeOn(fill));
}

/** A muted color or an accent as text on a fill: moved away from it just as far as reading needs. */
export function mutedOn(background: string, muted: string): string {
  const fill = parseColor(background);
  const color = parseColor(muted);
  return fill === undefined || color === undefined ? muted : formatColor(standingOut(color, [fill], TEXT_CONTRAST));
}

/** A text color with the opacity of a hovered text button, or as much more as reading needs on this fill. */
export function dimmedOn(background: string, text: string): string {
  const fill = parseColor(background);
  const color = parseColor(text);
  if (fill === undefined || color === undefined) return text;
  const shown = (opacity: number): Color => {
    const over = (front: number, back: number): number => front * opacity + back * (1 - opacity);
    return { r: over(color.r, fill.r), g: over(color.g, fill.g), b: over(color.b, fill.b), a: 1 };
  };
  const opacity = DIMMED.find((each) => contrast(fill, shown(each)) >= TEXT_CONTRAST + 0.05) ?? 1;
  return formatColor(withAlpha(color, opacity));
}

const DIMMED = [0.8, 0.85, 0.9, 0.95];

const STEP = 0.02;

function standingOut(color: Color, fills: readonly Color[], least: number): Color {
  const [first] = fills;
  if (first === undefined) return color;
  const away = isDark(first) ? lighten : darken;
  for (let amount = 0; amount < 1; amount += STEP) {
    const candidate = amount === 0 ? color : away(color, amount);
    // As it will be written, in whole steps of each channel.
    const written = parseColor(formatColor(candidate)) ?? candidate;
    if (fills.every((fill) => contrast(fill, written) >= least)) return written;
  }
  return extremeOn(first);
}

function extremeOn(fill: Color): Color {
  return contrast(fill, WHITE) > contrast(fill, BLACK) ? WHITE : BLACK;
}
