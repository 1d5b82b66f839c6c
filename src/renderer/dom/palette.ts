import {
  BLACK,
  type Color,
  contrast,
  deviate,
  formatColor,
  isDark,
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

/** The ring's color on this page: the accent if it stands out, else white or black. */
export function focusRing(palette: Palette): {
  readonly ring: string;
  readonly glow: string;
  readonly softGlow: string;
} {
  const page = parseColor(palette["background_base"]) ?? BLACK;
  const accent = parseColor(palette["primary_strong"]) ?? WHITE;
  const ring = contrast(page, accent) >= 3 ? accent : isDark(page) ? WHITE : BLACK;
  return {
    ring: formatColor(ring),
    glow: formatColor(withAlpha(ring, 0.85)),
    softGlow: formatColor(withAlpha(ring, 0.75)),
  };
}

/** The border color of a focused widget filled with `background`: the ring, moved away from it when they are too near. */
export function ringOn(background: string, ring: string): string {
  const fill = parseColor(background);
  const color = parseColor(ring);
  if (fill === undefined || color === undefined || fill.a < 0.1 || contrast(fill, color) >= 3) return ring;
  return formatColor(deviate(color, 0.3));
}
