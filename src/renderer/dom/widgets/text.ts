import type { WireProps, WireValue } from "../../../protocol/node.ts";
import { readColor, readEnum, readRecord, readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { styleHole } from "./style-hole.ts";
import {
  applyTextLook,
  applyWrapping,
  isLeftToRight,
  isText,
  setAnyText,
  setText,
  TEXT_LOOK_CSS,
} from "./text-look.ts";

export const TEXT_STYLES = ["primary", "secondary", "success", "warning", "danger"] as const;
const ELLIPSES = ["none", "start", "middle", "end"] as const;
/** How much of the end a text shortened in the middle keeps. */
export const TAIL_CHARS = 8;

const css = `
${TEXT_LOOK_CSS}
.pl-text{text-align:start;unicode-bidi:plaintext;color:var(--s-fg,inherit)}
.pl-text[data-style="primary"]{--s-fg:var(--seed-primary)}
.pl-text[data-style="secondary"]{--s-fg:var(--secondary-base)}
.pl-text[data-style="success"]{--s-fg:var(--seed-success)}
.pl-text[data-style="warning"]{--s-fg:var(--seed-warning)}
.pl-text[data-style="danger"]{--s-fg:var(--seed-danger)}
@media (prefers-contrast:more){${TEXT_STYLES.map((name) => `.pl-text[data-style="${name}"]{--s-fg:var(--clear-${name})}`).join("")}}
.pl-text-mid,.pl-text-low{display:flex;flex-direction:column;justify-content:center}
.pl-text-low{justify-content:flex-end}
.pl-ellipsis-end,.pl-ellipsis-start{overflow:hidden;text-overflow:ellipsis;white-space:pre}
.pl-ellipsis-start{direction:rtl;unicode-bidi:normal;text-align:left}
.pl-ellipsis-start>bdi{unicode-bidi:isolate}
.pl-ellipsis-middle{display:flex;overflow:hidden;white-space:pre}
.pl-ellipsis-middle>span:first-child{flex:0 1 auto;min-width:0;overflow:hidden;text-overflow:ellipsis}
.pl-ellipsis-middle>span:last-child{flex:none}
`;

export const textModule: WidgetModule = {
  types: ["text"],
  layout: { flow: "leaf" },
  css,
  copies: {
    // The class of a StyleMap is looked after by element.
    accepts: ({ ellipsis, style }) => ellipsis === undefined && readRecord(style) === undefined,
    holes: {
      content: { accepts: isText, acceptsCarried: isLeftToRight, write: setAnyText, blank: "" },
      style: styleHole({ presets: TEXT_STYLES, fallback: "default" }),
    },
    // Anything else is about a box of its own.
    carried: (props) => Object.keys(props).every((name) => name === "content" || name === "style"),
    adopt: (context, _props, element) => new TextView(context, element),
  },
  create(context) {
    const element = context.document.createElement("div");
    element.className = "pl-text pl-wrap-word";
    return new TextView(context, element);
  },
};

/** A class, because there are more texts than anything else. */
class TextView implements WidgetView {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;

  constructor(context: WidgetContext, element: HTMLElement) {
    this.#context = context;
    this.element = element;
  }

  update(props: WireProps, previous: WireProps): void {
    const { element } = this;
    const { content, ellipsis } = props;
    if (ellipsis !== undefined || previous["ellipsis"] !== undefined) {
      if (content !== previous["content"] || ellipsis !== previous["ellipsis"]) {
        showShortened(this.#context.document, element, readString(content) ?? "", ellipsis);
      }
    } else if (content !== previous["content"]) setText(element, readString(content) ?? "");
    if (props["wrapping"] !== previous["wrapping"]) applyWrapping(element, props["wrapping"]);
    applyTextLook(element, props, previous);
    if (props["style"] !== previous["style"]) applyTextStyle(this.#context, element, props);
    if (props["color"] !== previous["color"]) element.style.color = readColor(props["color"]) ?? "";
    if (props["align_x"] !== previous["align_x"] || props["text_direction"] !== previous["text_direction"]) {
      element.style.textAlign = textAlign(props);
    }
    if (props["align_y"] !== previous["align_y"]) {
      element.classList.toggle("pl-text-mid", props["align_y"] === "center");
      element.classList.toggle("pl-text-low", props["align_y"] === "bottom");
    }
  }
}

export function applyTextStyle(context: WidgetContext, element: HTMLElement, props: WireProps): void {
  context.styles.apply(element, props["style"], { presets: TEXT_STYLES, fallback: "default", statuses: [] });
}

/** A text on one line that is shortened at the place `ellipsis` says, or shown as it is. */
export function showShortened(
  document: Document,
  element: HTMLElement,
  content: string,
  ellipsis: WireValue | undefined,
): void {
  const place = readEnum(ellipsis, ELLIPSES) ?? "none";
  for (const name of ELLIPSES) element.classList.toggle(`pl-ellipsis-${name}`, name !== "none" && name === place);
  if (place === "none" || place === "end") {
    setText(element, content);
    return;
  }
  if (place === "start") {
    const inner = document.createElement("bdi");
    inner.textContent = content;
    element.replaceChildren(inner);
    return;
  }
  const characters = [...content];
  const tail = Math.min(TAIL_CHARS, Math.floor(characters.length / 2));
  const head = document.createElement("span");
  const end = document.createElement("span");
  head.textContent = characters.slice(0, characters.length - tail).join("");
  end.textContent = characters.slice(characters.length - tail).join("");
  element.replaceChildren(head, end);
}

/** `start` and `end` follow `text_direction`; the default follows the text itself. */
function textAlign(props: WireProps): string {
  const direction = props["text_direction"];
  switch (props["align_x"]) {
    case "left":
    case "center":
    case "right":
      return props["align_x"];
    case "justified":
      return "justify";
    case "start":
      return direction === "ltr" ? "left" : direction === "rtl" ? "right" : "";
    case "end":
      return direction === "rtl" ? "left" : "right";
    default:
      return "";
  }
}
