import type { Theme } from "plushie/ui";
import { createUi } from "plushie/ui";

/** In the order of the navigation: id, title, what there is to see, and further words to find it by. */
export const PAGES = [
  [
    "buttons",
    "Buttons & toggles",
    "What is pressed, checked, switched and chosen.",
    "checkbox toggler radio style disabled",
  ],
  ["fields", "Fields", "What is typed, written and picked.", "text input editor password search pick list combo box"],
  ["numbers", "Numbers", "Values between two ends.", "slider vertical progress bar spin box"],
  [
    "text",
    "Text & rich text",
    "Sizes, weights, alignment, and what happens to long lines.",
    "font rule link ellipsis rtl",
  ],
  ["tables", "Tables", "Rows below headers that sort and scroll.", "table row cell sort header"],
  ["pictures", "Pictures", "Images, drawings, codes, and documents in Markdown.", "image svg qr code markdown"],
  ["canvas", "Canvas", "Shapes in layers, and elements among them that people use.", "shape path chart drag layer"],
  [
    "layout",
    "Layout",
    "How widgets share the room there is.",
    "row column grid stack pin wrap scrollable pane responsive",
  ],
  ["overlays", "Menus & overlays", "What lies above everything else.", "tooltip menu dialog floating toast"],
  ["windows", "Windows", "Several windows with one model.", "window dialog"],
  [
    "animation",
    "Animation",
    "Props on their way from one value to the next.",
    "transition spring sequence loop easing color",
  ],
  [
    "pointer",
    "Pointer & sensors",
    "Areas that tell what the pointer does, and sizes that change.",
    "mouse cursor sensor wheel",
  ],
  ["composites", "Composite widgets", "Widgets made of others, with a state of their own.", "stepper rating stopwatch"],
  ["themes", "Theme", "All the colors, and every style in them.", "theme color dark light container style themer"],
] as const;

/** Where a group of pages begins in the navigation. */
export const GROUPS: ReadonlyMap<string, string> = new Map([
  ["buttons", "Controls"],
  ["text", "Content"],
  ["layout", "Arrangement"],
  ["animation", "Behavior & looks"],
]);

export type PageId = (typeof PAGES)[number][0];

export const THEMES = [
  "light",
  "dark",
  "dracula",
  "nord",
  "solarized_light",
  "solarized_dark",
  "gruvbox_light",
  "gruvbox_dark",
  "catppuccin_latte",
  "catppuccin_frappe",
  "catppuccin_macchiato",
  "catppuccin_mocha",
  "tokyo_night",
  "tokyo_night_storm",
  "tokyo_night_light",
  "kanagawa_wave",
  "kanagawa_dragon",
  "kanagawa_lotus",
  "moonfly",
  "nightfly",
  "oxocarbon",
  "ferra",
] as const;

export type ThemeName = (typeof THEMES)[number];
export type ThemeChoice = "system" | "custom" | ThemeName;

export const ZOOMS = [100, 150, 200] as const;
export type Zoom = (typeof ZOOMS)[number];

export type SortKey = "name" | "radius" | "moons";

export interface Model {
  readonly page: PageId;
  /** What the navigation is searched for. */
  readonly find: string;
  readonly theme: ThemeChoice;
  readonly zoom: Zoom;
  /** Too little room for navigation at the side; told by the responsive widget around everything. */
  readonly isNarrow: boolean;
  /** Room for two columns of sections. */
  readonly hasColumns: boolean;
  readonly buttons: {
    readonly clicks: number;
    readonly checked: readonly string[];
    readonly isOnline: boolean;
    readonly size: string;
  };
  readonly text: { readonly link: string };
  readonly fields: {
    readonly name: string;
    readonly search: string;
    readonly password: string;
    readonly age: string;
    readonly greeting: string;
    readonly note: string;
    readonly code: string;
    readonly color: string | null;
    readonly fruit: string | null;
  };
  readonly numbers: {
    readonly volume: number;
    readonly balance: number;
    readonly level: number;
    readonly guests: number;
  };
  readonly layout: { readonly size: string; readonly scrolled: number; readonly panes: string };
  readonly tables: {
    readonly by: SortKey;
    readonly order: "asc" | "desc";
    readonly greetings: "asc" | "desc";
  };
  readonly overlays: { readonly isMenuOpen: boolean; readonly isDialogOpen: boolean; readonly chosen: string };
  readonly pictures: { readonly rotation: number; readonly link: string };
  readonly canvas: {
    readonly selected: string;
    readonly knob: { readonly x: number; readonly y: number };
    readonly moved: string;
  };
  readonly animation: { readonly isAway: boolean; readonly isLooping: boolean; readonly done: string };
  readonly pointer: {
    readonly last: string;
    readonly inside: boolean;
    readonly width: number;
    readonly sensed: string;
  };
  readonly composites: { readonly amount: number; readonly stars: number };
  readonly windows: { readonly isOpen: boolean; readonly note: string };
}

/** The builders of all pages, so that their handlers know the model. */
export const ui = createUi<Model>();

export const CUSTOM_THEME: Theme = {
  name: "Plum",
  base: "light",
  background: "#fdf7fb",
  text: "#2b1024",
  primary: "#8e2f6f",
  success: "#2f6f4f",
  warning: "#a0620a",
  danger: "#b3261e",
};

export function themeOf(choice: ThemeChoice): Theme {
  return choice === "custom" ? CUSTOM_THEME : choice;
}
