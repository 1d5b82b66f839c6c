import type { WireProps } from "../../../protocol/node.ts";
import {
  applyFont,
  readArray,
  readBackground,
  readBorder,
  readColor,
  readEnum,
  readFont,
  readNumber,
  readPadding,
  readRecord,
  readSize,
  readString,
} from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { applyTextStyle, TAIL_CHARS } from "./text.ts";
import { applyTextLook, applyWrapping, px } from "./text-look.ts";

const css = `
.pl-rich-text>span{white-space:inherit}
.pl-rich-text .pl-marked{box-decoration-break:clone;-webkit-box-decoration-break:clone}
.pl-rich-text .pl-link{cursor:pointer;border-radius:3px;outline:none}
@media (hover:hover){.pl-rich-text .pl-link:hover{text-decoration-line:underline}}
.pl-rich-text .pl-link:focus-visible{text-decoration-line:underline;box-shadow:0 0 0 2px var(--focus-ring),0 0 6px var(--focus-glow-soft)}
`;

export const richTextModule: WidgetModule = {
  types: ["rich_text", "rich"],
  layout: { flow: "leaf" },
  css,
  create: createRichText,
};

function createRichText(context: WidgetContext): WidgetView {
  const element = context.document.createElement("div");
  element.className = "pl-text pl-rich-text pl-wrap-word";
  const links = new WeakMap<Element, string>();

  const follow = (target: EventTarget | null): boolean => {
    const span = target instanceof Element ? target.closest(".pl-link") : null;
    const link = span === null ? undefined : links.get(span);
    if (link === undefined) return false;
    context.emit("link_click", { link });
    return true;
  };

  return {
    element,
    update(props, previous) {
      if (props["ellipsis"] !== previous["ellipsis"]) {
        const place = readEnum(props["ellipsis"], ["start", "middle", "end"] as const);
        for (const name of ["start", "middle", "end"]) element.classList.toggle(`pl-ellipsis-${name}`, name === place);
        element.replaceChildren();
      }
      if (props["spans"] !== previous["spans"] || props["ellipsis"] !== previous["ellipsis"]) {
        showParts(context.document, element, props, links);
      }
      if (props["wrapping"] !== previous["wrapping"]) applyWrapping(element, props["wrapping"]);
      applyTextLook(element, props, previous);
      if (props["style"] !== previous["style"]) applyTextStyle(context, element, props);
      if (props["color"] !== previous["color"]) element.style.color = readColor(props["color"]) ?? "";
    },
    handle(event) {
      // A click arrives only when press and release happened on the same span.
      if (event.type === "click") return follow(event.target);
      if (event instanceof KeyboardEvent && event.type === "keydown" && event.key === "Enter") {
        if (!follow(event.target)) return false;
        event.preventDefault();
        return true;
      }
      return false;
    },
  };
}

/** The spans, in one piece or in the pieces that shortening at the start or in the middle needs. */
function showParts(document: Document, element: HTMLElement, props: WireProps, links: WeakMap<Element, string>): void {
  const spans = (readArray(props["spans"]) ?? []).map(readRecord).filter((span) => span !== undefined);
  if (props["ellipsis"] === "start") {
    showSpans(document, pieceOf(document, element, 0, "bdi"), spans, links);
  } else if (props["ellipsis"] === "middle") {
    const [head, tail] = splitBeforeEnd(spans, TAIL_CHARS);
    showSpans(document, pieceOf(document, element, 0, "span"), head, links);
    showSpans(document, pieceOf(document, element, 1, "span"), tail, links);
  } else showSpans(document, element, spans, links);
}

function pieceOf(document: Document, element: HTMLElement, index: number, tag: "bdi" | "span"): HTMLElement {
  const existing = element.children[index];
  return existing instanceof HTMLElement ? existing : element.appendChild(document.createElement(tag));
}

/** Spans before and within the last characters, at most half of all; a span across the border is in both. */
function splitBeforeEnd(
  spans: readonly WireProps[],
  count: number,
): readonly [readonly WireProps[], readonly WireProps[]] {
  const head = [...spans];
  const tail: WireProps[] = [];
  const total = spans.reduce((sum, span) => sum + [...(readString(span["text"]) ?? "")].length, 0);
  let left = Math.min(count, Math.floor(total / 2));
  while (left > 0) {
    const last = head.pop();
    if (last === undefined) break;
    const characters = [...(readString(last["text"]) ?? "")];
    const cut = Math.max(0, characters.length - left);
    tail.unshift({ ...last, text: characters.slice(cut).join("") });
    if (cut > 0) head.push({ ...last, text: characters.slice(0, cut).join("") });
    left -= characters.length - cut;
  }
  return [head, tail];
}

/** One element per span, re-used by position. */
function showSpans(
  document: Document,
  element: HTMLElement,
  spans: readonly WireProps[],
  links: WeakMap<Element, string>,
): void {
  while (element.children.length > spans.length) element.lastElementChild?.remove();
  for (const [index, span] of spans.entries()) {
    const part = pieceOf(document, element, index, "span");
    const link = showSpan(part, span, index === spans.length - 1);
    if (link === undefined) links.delete(part);
    else links.set(part, link);
  }
}

function showSpan(part: HTMLElement, span: WireProps, isLast: boolean): string | undefined {
  const text = readString(span["text"]) ?? "";
  const shown = isLast && text.endsWith("\n") ? `${text}\u200b` : text;
  if (part.textContent !== shown) part.textContent = shown;
  part.removeAttribute("style");
  const { style } = part;
  style.fontSize = px(readSize(span["size"]));
  style.color = readColor(span["color"]) ?? "";
  if (span["font"] !== undefined) applyFont(style, readFont(span["font"]));
  const lineHeight = readNumber(span["line_height"]);
  if (lineHeight !== undefined && lineHeight > 0) style.lineHeight = String(lineHeight);
  const lines = [
    ...(span["underline"] === true ? ["underline"] : []),
    ...(span["strikethrough"] === true ? ["line-through"] : []),
  ];
  if (lines.length > 0) style.textDecorationLine = lines.join(" ");
  showHighlight(part, span);

  const link = readString(span["link"]);
  part.classList.toggle("pl-link", link !== undefined);
  if (link === undefined) {
    part.removeAttribute("role");
    part.removeAttribute("tabindex");
  } else {
    part.setAttribute("role", "link");
    part.tabIndex = 0;
  }
  return link;
}

/** Painted around the glyphs without moving them: the padding is taken back by a margin of the same size. */
function showHighlight(part: HTMLElement, span: WireProps): void {
  const highlight = readRecord(span["highlight"]);
  const background = readBackground(highlight?.["background"]);
  part.classList.toggle("pl-marked", background !== undefined);
  if (background === undefined) return;
  part.style.background = background;
  const border = readBorder(highlight?.["border"]);
  if (border !== undefined) {
    part.style.borderRadius = border.radius;
    part.style.boxShadow = `inset 0 0 0 ${border.width} ${border.color}`;
  }
  const padding = readPadding(span["padding"]);
  if (padding === undefined) return;
  part.style.padding = padding;
  part.style.marginLeft = `-${part.style.paddingLeft}`;
  part.style.marginRight = `-${part.style.paddingRight}`;
}
