import type { Token } from "markdown-it";
import { isLinkAllowed } from "./parse.ts";

/** What the widget does for the elements of a document. */
export interface BuildContext {
  readonly document: Document;
  /** Remembers where an element leads. */
  link(element: HTMLElement, address: string): void;
  /** Shows a picture in an element, once there is one. */
  picture(element: HTMLImageElement, source: string): void;
  /** Colors code of this language in an element that shows it plainly. */
  highlight(element: HTMLElement, code: string, language: string): void;
}

/** Elements that carry nothing but their name. Everything else has a rule of its own below, or is left out. */
const PLAIN_TAGS: ReadonlySet<string> = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li blockquote table thead tbody tr th td em strong s".split(" "),
);

/** The element of one block, made from tokens one by one: no markup is ever parsed by the browser. */
export function buildBlock(context: BuildContext, tokens: readonly Token[]): HTMLElement {
  const root = context.document.createElement("div");
  root.className = "pl-md-block";
  append(context, root, tokens);
  return root;
}

function append(context: BuildContext, root: HTMLElement, tokens: readonly Token[]): void {
  const { document } = context;
  let parent = root;
  const open: HTMLElement[] = [];
  for (const token of tokens) {
    if (token.nesting === 1) {
      open.push(parent);
      const element = opened(context, token, parent);
      if (element !== parent) parent.append(element);
      parent = element;
    } else if (token.nesting === -1) {
      parent = open.pop() ?? root;
    } else if (token.type === "inline") {
      append(context, parent, taskless(document, parent, token.children ?? []));
    } else {
      const made = single(context, token);
      if (made !== undefined) parent.append(made);
    }
  }
}

function opened(context: BuildContext, token: Token, parent: HTMLElement): HTMLElement {
  const { document } = context;
  // The paragraphs of a tight list are not shown as such.
  if (token.hidden) return parent;
  if (token.type === "link_open") {
    const element = document.createElement("span");
    const address = attribute(token, "href");
    if (!isLinkAllowed(address)) return element;
    element.className = "pl-link";
    element.setAttribute("role", "link");
    element.tabIndex = 0;
    const title = attribute(token, "title");
    if (title !== "") element.title = title;
    context.link(element, address);
    return element;
  }
  if (!PLAIN_TAGS.has(token.tag)) return document.createElement("span");
  const element = document.createElement(token.tag);
  if (element instanceof HTMLOListElement) element.start = Number(attribute(token, "start") || "1");
  const align = /text-align:(left|center|right)/.exec(attribute(token, "style"))?.[1];
  if (align !== undefined) element.className = `pl-md-${align}`;
  if (token.tag === "th") element.setAttribute("scope", "col");
  if (token.tag !== "table") return element;
  // A wide table scrolls for itself.
  const frame = document.createElement("div");
  frame.className = "pl-md-table";
  parent.append(frame);
  frame.append(element);
  return element;
}

function single(context: BuildContext, token: Token): Node | undefined {
  const { document } = context;
  switch (token.type) {
    case "text":
    case "text_special":
      return token.content === "" ? undefined : document.createTextNode(token.content);
    case "softbreak":
      return document.createTextNode(" ");
    case "hardbreak":
      return document.createElement("br");
    case "hr":
      return document.createElement("hr");
    case "code_inline": {
      const code = document.createElement("code");
      code.textContent = token.content;
      return code;
    }
    case "fence":
    case "code_block":
      return codeBlock(context, token);
    case "image": {
      const image = document.createElement("img");
      image.alt = token.content;
      image.draggable = false;
      // With a parent from the start, so that something can stand beside it.
      const place = document.createDocumentFragment();
      place.append(image);
      context.picture(image, attribute(token, "src"));
      return place;
    }
    default:
      return token.content === "" ? undefined : document.createTextNode(token.content);
  }
}

function codeBlock(context: BuildContext, token: Token): HTMLElement {
  const frame = context.document.createElement("pre");
  const code = frame.appendChild(context.document.createElement("code"));
  const text = token.content.replace(/\n$/, "");
  code.textContent = text;
  const language = token.info.trim().split(/\s+/)[0] ?? "";
  if (language !== "") context.highlight(code, text, language);
  return frame;
}

/** A list item that begins with `[ ]` or `[x]` gets a box for it. */
function taskless(document: Document, parent: HTMLElement, children: readonly Token[]): readonly Token[] {
  const item = parent.tagName === "P" ? parent.parentElement : parent;
  const [first, ...rest] = children;
  if (item?.tagName !== "LI" || item.classList.contains("pl-md-task") || first?.type !== "text") return children;
  // Only at the very start of the item.
  if (parent !== item ? item.firstChild !== parent || parent.hasChildNodes() : item.hasChildNodes()) return children;
  const mark = /^\[([ xX])\] /.exec(first.content);
  if (mark === null) return children;
  const isDone = mark[1] !== " ";
  const box = document.createElement("span");
  box.className = "pl-md-box";
  box.setAttribute("role", "checkbox");
  box.setAttribute("aria-checked", String(isDone));
  box.setAttribute("aria-disabled", "true");
  box.setAttribute("aria-label", first.content.slice(mark[0].length));
  item.classList.add("pl-md-task");
  parent.append(box, document.createTextNode(first.content.slice(mark[0].length)));
  return rest;
}

function attribute(token: Token, name: string): string {
  return String(token.attrs?.find(([key]) => key === name)?.[1] ?? "");
}
