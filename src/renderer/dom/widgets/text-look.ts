import type { WireProps, WireValue } from "../../../protocol/node.ts";
import { applyFont, readColor, readEnum, readFont, readLineHeight, readSize } from "../props.ts";

/** Metrics that all widgets with text share. What an app did not set is inherited from the window. */
export interface TextLookOptions {
  /** The prop that holds the size. */
  readonly size: "size" | "text_size";
}

export const WRAPPINGS = ["none", "word", "glyph", "word_or_glyph"] as const;

export const TEXT_LOOK_CSS = `
.pl-wrap-word{white-space:pre-wrap;overflow-wrap:normal}
.pl-wrap-none{white-space:pre}
.pl-wrap-glyph{white-space:pre-wrap;word-break:break-all}
.pl-wrap-word_or_glyph{white-space:pre-wrap;overflow-wrap:anywhere}
.pl-basic-shaping{font-kerning:none;font-variant-ligatures:none}
`;

/** Size, line height, font and shaping. Writes only what changed. */
export function applyTextLook(
  element: HTMLElement,
  props: WireProps,
  previous: WireProps,
  options: TextLookOptions = { size: "size" },
): void {
  if (props[options.size] !== previous[options.size]) element.style.fontSize = px(readSize(props[options.size]));
  if (props["line_height"] !== previous["line_height"]) {
    element.style.lineHeight = readLineHeight(props["line_height"]) ?? "";
  }
  if (props["font"] !== previous["font"]) applyFont(element.style, readFont(props["font"]));
  if (props["shaping"] !== previous["shaping"]) {
    element.classList.toggle("pl-basic-shaping", props["shaping"] === "basic");
  }
}

/** One `pl-wrap-…` class; `word` unless the app says otherwise. */
export function applyWrapping(element: HTMLElement, value: WireValue | undefined): void {
  const wanted = readEnum(value, WRAPPINGS) ?? "word";
  for (const name of WRAPPINGS) element.classList.toggle(`pl-wrap-${name}`, name === wanted);
}

/** Inline text color; absent inherits or follows the style. */
export function applyColor(element: HTMLElement, value: WireValue | undefined): void {
  element.style.color = readColor(value) ?? "";
}

/** Shows a text; an empty last line counts. A text that is there already is changed, which costs half of a new one. */
export function setText(element: HTMLElement, text: string): void {
  const shown = text.endsWith("\n") ? `${text}\u200b` : text;
  const inner = element.firstChild;
  if (inner instanceof Text && inner.nextSibling === null && shown !== "") inner.data = shown;
  else element.textContent = shown;
}

export function isText(value: WireValue): boolean {
  return typeof value === "string";
}

/** A text without anything that is written from right to left: it begins at the left of a box, however wide that is. */
export function isLeftToRight(value: WireValue): boolean {
  return typeof value === "string" && !RIGHT_TO_LEFT.test(value);
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ud802\ud803\ud83a\ud83b\ufb1d-\ufdff\ufe70-\ufefe]/;

/** For copies that differ in their text. */
export function setAnyText(element: HTMLElement, value: WireValue): void {
  if (typeof value === "string") setText(element, value);
}

/**
 * Whether an update that left this prop as it was named it all the same. The app says its value again on purpose, to say
 * that it refused a text; a node that was moved or sent again with other things says nothing of that kind.
 */
export function isRepetition(prop: string, named: WireProps | undefined): boolean {
  return named !== undefined && Object.hasOwn(named, prop);
}

export function px(size: number | undefined): string {
  return size === undefined ? "" : `${size}px`;
}

/** The first character of an icon's `code_point`, which some apps send as a number. */
export function readCodePoint(value: WireValue | undefined): string | undefined {
  if (typeof value === "string") return [...value][0];
  const isScalar = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0x10ffff;
  return isScalar && !(value >= 0xd800 && value <= 0xdfff) ? String.fromCodePoint(value) : undefined;
}
