import type { PaletteSeed } from "./palette.ts";

/** A page carries the seeds only; palettes are grown when a theme is first used, which is smaller and as fast. */
export interface BuiltinTheme {
  readonly isDark: boolean;
  readonly seed: PaletteSeed;
}

export const DEFAULT_THEME = "dark";

export const BUILTIN_THEMES: ReadonlyMap<string, BuiltinTheme> = new Map(
  [
    ["light", false, "#ffffff #000000 #5865f2 #12664f #b77e33 #c3423f"],
    ["dark", true, "#2b2d31 #e6e6e6 #5865f2 #12664f #ffc14e #c3423f"],
    ["dracula", true, "#282a36 #f8f8f2 #bd93f9 #50fa7b #f1fa8c #ff5555"],
    ["nord", true, "#2e3440 #eceff4 #8fbcbb #a3be8c #ebcb8b #bf616a"],
    ["solarized_light", false, "#fdf6e3 #657b83 #2aa198 #859900 #b58900 #dc322f"],
    ["solarized_dark", true, "#002b36 #839496 #2aa198 #859900 #b58900 #dc322f"],
    ["gruvbox_light", false, "#fbf1c7 #282828 #458588 #98971a #d79921 #cc241d"],
    ["gruvbox_dark", true, "#282828 #fbf1c7 #458588 #98971a #d79921 #cc241d"],
    ["catppuccin_latte", false, "#eff1f5 #4c4f69 #1e66f5 #40a02b #df8e1d #d20f39"],
    ["catppuccin_frappe", true, "#303446 #c6d0f5 #8caaee #a6d189 #e5c890 #e78284"],
    ["catppuccin_macchiato", true, "#24273a #cad3f5 #8aadf4 #a6da95 #eed49f #ed8796"],
    ["catppuccin_mocha", true, "#1e1e2e #cdd6f4 #89b4fa #a6e3a1 #f9e2af #f38ba8"],
    ["tokyo_night", true, "#1a1b26 #9aa5ce #2ac3de #9ece6a #e0af68 #f7768e"],
    ["tokyo_night_storm", true, "#24283b #9aa5ce #2ac3de #9ece6a #e0af68 #f7768e"],
    ["tokyo_night_light", false, "#d5d6db #565a6e #166775 #485e30 #8f5e15 #8c4351"],
    ["kanagawa_wave", true, "#1f1f28 #dcd7ba #7fb4ca #76946a #ff9e3b #c34043"],
    ["kanagawa_dragon", true, "#181616 #c5c9c5 #223249 #8a9a7b #ff9e3b #c4746e"],
    ["kanagawa_lotus", false, "#f2ecbc #545464 #4d699b #6f894e #e98a00 #c84053"],
    ["moonfly", true, "#080808 #bdbdbd #80a0ff #8cc85f #e3c78a #ff5454"],
    ["nightfly", true, "#011627 #bdc1c6 #82aaff #a1cd5e #e3d18a #fc514e"],
    ["oxocarbon", true, "#232323 #d0d0d0 #00b4ff #00c15a #be95ff #f62d0f"],
    ["ferra", true, "#2b292d #fecdb2 #d1d1e0 #b1b695 #f5d76e #e06b75"],
  ].map(([name, dark, colors]) => [String(name), { isDark: dark === true, seed: seedOf(String(colors)) }]),
);

function seedOf(colors: string): PaletteSeed {
  const [background = "", text = "", primary = "", success = "", warning = "", danger = ""] = colors.split(" ");
  return { background, text, primary, success, warning, danger };
}
