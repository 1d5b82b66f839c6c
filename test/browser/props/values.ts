import type { Entry } from "./rows.ts";

/** A color as it is sent, and as the browser says it. */
export const RED = "#ff0000";
export const SHOWN_RED = "rgb(255, 0, 0)";
export const GREEN = "#008000";
export const SHOWN_GREEN = "rgb(0, 128, 0)";

export const NOT_READ = "The reference never reads it, and it has no documented meaning.";
export const HOST_SIDE = "Of the host: it arrives as a field of `a11y`, and the renderer reads that only.";

/** Metrics of a text at `selector`. */
export function metrics(
  selector: string,
  { size = "text_size", wraps = true, shapes = true }: { size?: string; wraps?: boolean; shapes?: boolean } = {},
): Entry[] {
  const css = (name: string): string => `css ${selector} ${name}`;
  const wrap: Entry[] = [
    ["wrapping", "none", css("text-wrap-mode"), "nowrap"],
    ["wrapping", "glyph", css("word-break"), "break-all"],
    ["wrapping", "word_or_glyph", css("overflow-wrap"), "anywhere"],
  ];
  const shape: Entry[] = [["shaping", "basic", css("font-kerning"), "none"]];
  return [
    [size, 24, css("font-size"), "24px"],
    ["font", "monospace", css("font-family"), "var-mono"],
    ["font", { family: "serif", weight: "bold", style: "italic", stretch: "condensed" }, css("font-weight"), "700"],
    ["font", { family: "serif", style: "italic" }, css("font-style"), "italic"],
    ["line_height", 2, css("line-height"), "32px"],
    ["line_height", { relative: 2 }, css("line-height"), "32px"],
    ["line_height", { absolute: 30 }, css("line-height"), "30px"],
    ...(wraps ? wrap : []),
    ...(shapes ? shape : []),
  ];
}

export const MNEMONICS: Entry[] = [
  ["mnemonic", "x", "attr & aria-keyshortcuts", "Alt+X"],
  ["access_key", "y", "attr & aria-keyshortcuts", "Alt+Y"],
];
