// Host values of props: what an author writes. The tree's normalize turns them into wire values.

/** Pixels, all there is, as little as needed, or a share of what is left. */
export type Length = number | "fill" | "shrink" | FillPortion;

export interface FillPortion {
  readonly fillPortion: number;
}

/** One number for all sides, `[vertical, horizontal]`, `[top, right, bottom, left]`, or named sides. */
export type Padding =
  | number
  | readonly [vertical: number, horizontal: number]
  | readonly [top: number, right: number, bottom: number, left: number]
  | PaddingSides;

export interface PaddingSides {
  readonly top?: number;
  readonly right?: number;
  readonly bottom?: number;
  readonly left?: number;
}

/** `[width, height]` or `{ width, height }`. */
export type Size = readonly [width: number, height: number] | { readonly width: number; readonly height: number };

/** `[x, y]` or `{ x, y }`. */
export type Point = readonly [x: number, y: number] | { readonly x: number; readonly y: number };

/** `#rgb`, `#rgba`, `#rrggbb`, `#rrggbbaa`, a CSS color name, or channels from 0 to 1. */
export type Color = string | RgbaColor;

export interface RgbaColor {
  readonly r: number;
  readonly g: number;
  readonly b: number;
  readonly a?: number;
}

export interface Gradient {
  readonly type: "linear";
  readonly start: readonly [x: number, y: number];
  readonly end: readonly [x: number, y: number];
  readonly stops: readonly (readonly [offset: number, color: Color])[];
}

export type Background = Color | Gradient;

export type Radius =
  | number
  | {
      readonly topLeft?: number;
      readonly topRight?: number;
      readonly bottomRight?: number;
      readonly bottomLeft?: number;
    };

export interface Border {
  readonly color?: Color;
  readonly width?: number;
  readonly radius?: Radius;
}

export interface Shadow {
  readonly color?: Color;
  readonly offset?: Point;
  readonly blurRadius?: number;
}

export type FontWeight =
  | "thin"
  | "extra_light"
  | "light"
  | "normal"
  | "medium"
  | "semi_bold"
  | "bold"
  | "extra_bold"
  | "black";

export type FontStretch =
  | "ultra_condensed"
  | "extra_condensed"
  | "condensed"
  | "semi_condensed"
  | "normal"
  | "semi_expanded"
  | "expanded"
  | "extra_expanded"
  | "ultra_expanded";

export interface FontSpec {
  readonly family?: string;
  readonly weight?: FontWeight;
  readonly style?: "normal" | "italic" | "oblique";
  readonly stretch?: FontStretch;
}

/** `"default"`, `"monospace"`, the name of a family, or a description. */
export type Font = string | FontSpec;

/** A multiple of the text size, or pixels. */
export type LineHeight = number | { readonly relative: number } | { readonly absolute: number };

export type BuiltinTheme =
  | "light"
  | "dark"
  | "dracula"
  | "nord"
  | "solarized_light"
  | "solarized_dark"
  | "gruvbox_light"
  | "gruvbox_dark"
  | "catppuccin_latte"
  | "catppuccin_frappe"
  | "catppuccin_macchiato"
  | "catppuccin_mocha"
  | "tokyo_night"
  | "tokyo_night_storm"
  | "tokyo_night_light"
  | "kanagawa_wave"
  | "kanagawa_dragon"
  | "kanagawa_lotus"
  | "moonfly"
  | "nightfly"
  | "oxocarbon"
  | "ferra";

/** A built-in theme changed in some colors, or one built from seed colors. Further keys name single shades. */
export interface CustomTheme {
  readonly name?: string;
  readonly base?: BuiltinTheme;
  readonly background?: Color;
  readonly text?: Color;
  readonly primary?: Color;
  readonly success?: Color;
  readonly warning?: Color;
  readonly danger?: Color;
  readonly [shade: string]: Color | undefined;
}

/** `"system"` follows the light or dark preference of the operating system. */
export type Theme = "system" | BuiltinTheme | CustomTheme;
