import type { WireProps, WireValue } from "../../../protocol/node.ts";
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
import { applyTextStyle } from "./text.ts";
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
  let links: readonly (string | undefined)[] = [];

  const follow = (target: EventTarget | null): boolean => {
    const span = target instanceof Element ? target.closest(".pl-link") : null;
    const link = span === null ? undefined : links[Array.prototype.indexOf.call(element.children, span)];
    if (link === undefined) return false;
    context.emit("link_click", { link });
    return true;
  };

  return {
    element,
    update(props, previous) {
      if (props["spans"] !== previous["spans"]) links = showSpans(context.document, element, props["spans"]);
      if (props["wrapping"] !== previous["wrapping"]) applyWrapping(element, props["wrapping"]);
      if (props["ellipsis"] !== previous["ellipsis"]) {
        // Spans can only be cut at the end of the line, so the other places fall back to that.
        const cuts = readEnum(props["ellipsis"], ["start", "middle", "end"] as const) !== undefined;
        element.classList.toggle("pl-ellipsis-end", cuts);
      }
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

/** One element per span, re-used by position; the links by index. */
function showSpans(document: Document, element: HTMLElement, value: WireValue | undefined): (string | undefined)[] {
  const spans = (readArray(value) ?? []).map(readRecord).filter((span) => span !== undefined);
  while (element.children.length > spans.length) element.lastElementChild?.remove();
  return spans.map((span, index) => {
    const existing = element.children[index];
    const part = existing instanceof HTMLElement ? existing : element.appendChild(document.createElement("span"));
    return showSpan(part, span, index === spans.length - 1);
  });
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
