import type { WireValue } from "../../../protocol/node.ts";

/** Colors of highlighted code. Those without background follow the field's own look. */
export interface CodeTheme {
  readonly name: string;
  readonly isDark: boolean | null;
  readonly background: string;
  readonly text: string;
  readonly selection: string;
  readonly comment: string;
  readonly keyword: string;
  readonly string: string;
  readonly number: string;
  readonly constant: string;
  readonly function: string;
  readonly type: string;
  readonly property: string;
  readonly tag: string;
  readonly attribute: string;
  readonly operator: string;
  readonly invalid: string;
}

interface Base16 {
  readonly name: string;
  readonly background: string;
  readonly selection: string;
  readonly comment: string;
  readonly text: string;
  readonly red: string;
  readonly orange: string;
  readonly yellow: string;
  readonly green: string;
  readonly cyan: string;
  readonly blue: string;
  readonly purple: string;
}

function base16(colors: Base16): CodeTheme {
  return {
    name: colors.name,
    isDark: true,
    background: colors.background,
    text: colors.text,
    selection: colors.selection,
    comment: colors.comment,
    keyword: colors.purple,
    string: colors.green,
    number: colors.orange,
    constant: colors.orange,
    function: colors.blue,
    type: colors.yellow,
    property: colors.blue,
    tag: colors.red,
    attribute: colors.orange,
    operator: colors.text,
    invalid: colors.red,
  };
}

const solarized = {
  comment: "#6c7c80",
  keyword: "#859900",
  string: "#2aa198",
  number: "#d33682",
  constant: "#cb4b16",
  function: "#268bd2",
  type: "#b58900",
  property: "#268bd2",
  tag: "#268bd2",
  attribute: "#b58900",
  operator: "#859900",
  invalid: "#dc322f",
};

/** Without `highlight_theme`: colors that read on light and dark alike, on the field's own background. */
export const ADAPTIVE_THEME: CodeTheme = {
  ...solarized,
  name: "adaptive",
  isDark: null,
  background: "transparent",
  text: "inherit",
  selection: "",
  comment: "color-mix(in srgb, currentColor 62%, transparent)",
  keyword: "light-dark(#a626a4, #c792ea)",
  string: "light-dark(#2e7d32, #9ccc65)",
  number: "light-dark(#b45309, #f0a45d)",
  constant: "light-dark(#b45309, #f0a45d)",
  function: "light-dark(#1d5fd1, #82aaff)",
  type: "light-dark(#946200, #e5c07b)",
  property: "light-dark(#0b6e8a, #7fd3e8)",
  tag: "light-dark(#c0392b, #ff8a80)",
  attribute: "light-dark(#946200, #e5c07b)",
  operator: "inherit",
  invalid: "light-dark(#c3423f, #ff6b6b)",
};

const THEMES: readonly CodeTheme[] = [
  base16({
    name: "base16_mocha",
    background: "#3b3228",
    selection: "#645240",
    comment: "#9c8a72",
    text: "#d0c8c6",
    red: "#cb6077",
    orange: "#d28b71",
    yellow: "#f4bc87",
    green: "#beb55b",
    cyan: "#7bbda4",
    blue: "#8ab3b5",
    purple: "#a89bb9",
  }),
  base16({
    name: "base16_ocean",
    background: "#2b303b",
    selection: "#4f5b66",
    comment: "#8a94a1",
    text: "#c0c5ce",
    red: "#bf616a",
    orange: "#d08770",
    yellow: "#ebcb8b",
    green: "#a3be8c",
    cyan: "#96b5b4",
    blue: "#8fa1b3",
    purple: "#b48ead",
  }),
  base16({
    name: "base16_eighties",
    background: "#2d2d2d",
    selection: "#515151",
    comment: "#999999",
    text: "#d3d0c8",
    red: "#f2777a",
    orange: "#f99157",
    yellow: "#ffcc66",
    green: "#99cc99",
    cyan: "#66cccc",
    blue: "#6699cc",
    purple: "#cc99cc",
  }),
  { ...solarized, name: "solarized_dark", isDark: true, background: "#002b36", text: "#93a1a1", selection: "#0f4452" },
  {
    name: "inspired_github",
    isDark: false,
    background: "#ffffff",
    text: "#323232",
    selection: "#c8daf8",
    comment: "#707070",
    keyword: "#a71d5d",
    string: "#183691",
    number: "#0074a0",
    constant: "#0074a0",
    function: "#795da3",
    type: "#4f8a4f",
    property: "#323232",
    tag: "#4f8a4f",
    attribute: "#795da3",
    operator: "#a71d5d",
    invalid: "#b52a1d",
  },
];

export function readCodeTheme(value: WireValue | undefined): CodeTheme {
  return THEMES.find((theme) => theme.name === value) ?? ADAPTIVE_THEME;
}
