import type { WireNode, WireProps, WireValue } from "../../../src/protocol/index.ts";
import { createDomSurface } from "../../../src/renderer/dom/index.ts";
import type { SurfaceSettings } from "../../../src/renderer/surface.ts";
import { decodeBytes, PNG_BASE64, SVG } from "./picture.ts";

/** Runs in the page: what can be seen of a tree, as text. */
export interface PropsPage {
  /** Every element with its attributes, box, style and content. Two equal pictures have equal prints. */
  print(): string;
  /** One thing that can be seen, see `Row.see`. */
  look(see: string): WireValue;
  show(root: WireNode | null): void;
  patch(path: readonly number[], props: WireProps): void;
  updateWindow(props: WireProps): void;
  /** Changes props of another node of the tree shown last. */
  patchNode(id: string, props: WireProps): void;
  /** Waits until what is loaded late has come and two frames have been drawn. */
  settle(): Promise<void>;
  /** A color or font of the theme, as a computed style. */
  variable(name: string): string;
  uploadPicture(): void;
  configure(settings: SurfaceSettings): void;
}

declare global {
  interface Window {
    props: PropsPage;
  }
}

const STYLE: readonly string[] = [
  ..."display visibility position opacity color background-color background-image box-shadow cursor transform zoom".split(
    " ",
  ),
  ..."font-family font-size font-weight font-style font-stretch line-height text-align direction unicode-bidi".split(
    " ",
  ),
  ..."white-space-collapse text-wrap-mode overflow-wrap word-break text-overflow overflow-x overflow-y".split(" "),
  ..."text-decoration-line padding-top padding-right padding-bottom padding-left row-gap column-gap".split(" "),
  ..."border-top-width border-top-color border-top-left-radius outline-style outline-color outline-width".split(" "),
  ..."object-fit image-rendering max-width max-height min-width min-height pointer-events".split(" "),
  ..."font-optical-sizing font-kerning font-variant-ligatures text-rendering caret-color -webkit-text-security".split(
    " ",
  ),
];
const NOT_PRINTED = new Set(["class", "style", "id", "data-theme-class", "data-worn", "data-style"]);
const REFERENCES = new Set([
  "aria-describedby",
  "aria-labelledby",
  "aria-errormessage",
  "aria-activedescendant",
  "aria-controls",
  "aria-owns",
]);

let seen: string[] = [];

const files: Readonly<Record<string, () => Uint8Array>> = {
  "dot.png": () => decodeBytes(PNG_BASE64),
  "dot.svg": () => new TextEncoder().encode(SVG),
};

const surface = createDomSurface({
  document,
  root: document.body,
  marksIds: true,
  assets: (path) => {
    const file = files[path];
    return file === undefined ? Promise.reject(new Error("no such file")) : Promise.resolve(file());
  },
})({
  onWidgetEvent: ({ family, id, value }) => {
    seen.push(`${family} ${id}${value === undefined ? "" : ` ${JSON.stringify(value)}`}`);
  },
  onSubscriptionEvent: ({ family, windowId }) => {
    seen.push(`${family} ${windowId ?? ""}`.trim());
  },
  onDiagnostic: ({ diagnostic }) => {
    seen.push(`diagnostic ${JSON.stringify(diagnostic)}`);
  },
});

function selector(text: string): string {
  return text.replaceAll("&", '[data-id="w"]').replace(/#(\w+)/g, '[data-id="$1"]');
}

class NothingFound extends Error {}

function find(text: string): Element {
  const found = document.querySelector(selector(text));
  if (found === null) throw new NothingFound(`nothing is ${text}`);
  return found;
}

const round = (value: number): number => Math.round(value * 100) / 100;

function styleOf(element: Element, pseudo?: string): string {
  const style = getComputedStyle(element, pseudo);
  if (pseudo !== undefined && style.content === "none") return "";
  return STYLE.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
}

function checksum(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return sum;
}

/** Which element, or what text, a reference by id leads to. */
function target(ids: string): string {
  const names = ids.split(" ").map((id) => {
    const found = document.getElementById(id);
    return found === null ? "nothing" : `${found.tagName} ${found.dataset["id"] ?? ""} ${found.textContent}`;
  });
  return names.join(" and ");
}

/** What makes a tab stop of something that scrolls; it comes when the page has time. */
function isLate(element: Element, name: string, value: string): boolean {
  if (name === "tabindex") return element.matches(".pl-scroll-port,.pl-tbody");
  if (name === "role") return element.hasAttribute("data-port");
  return name === "data-port" || (name === "aria-label" && value === "Scrollable content");
}

function printElement(element: Element, indent: string, lines: string[]): void {
  // What is not there for anybody; what refers to it prints its text.
  if (getComputedStyle(element).display === "none") return;
  const attributes = [...element.attributes]
    .filter(({ name, value }) => !NOT_PRINTED.has(name) && !(name === "placeholder" && value === ""))
    .filter(({ name, value }) => !isLate(element, name, value))
    .map(({ name, value }) => `${name}=${REFERENCES.has(name) ? target(value) : value.replace(/^blob:.*/, "blob")}`)
    .sort();
  const { x, y, width, height } = element.getBoundingClientRect();
  const more: (string | number)[] = [];
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) more.push(element.value);
  if (element instanceof HTMLCanvasElement) more.push(checksum(element.toDataURL()));
  if (element.scrollTop !== 0 || element.scrollLeft !== 0) more.push(element.scrollLeft, element.scrollTop);
  const box = [x, y, width, height].map(round).join(",");
  lines.push(
    `${indent}${element.tagName.toLowerCase()} [${attributes.join("|")}] ${box} ${more.join(" ")} {${styleOf(element)}}`,
  );
  for (const pseudo of ["::before", "::after"]) {
    const style = styleOf(element, pseudo);
    if (style !== "") lines.push(`${indent} ${pseudo} {${style}}`);
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) printElement(child, `${indent} `, lines);
    else if (child.textContent !== "") lines.push(`${indent} "${child.textContent}"`);
  }
}

/** On which side of the middle something is drawn, or its color or alpha where it is strongest. */
function inkOf(canvas: HTMLCanvasElement, what: string): WireValue {
  const { width, height } = canvas;
  const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
  let [first, final, alpha, color] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, ""];
  for (let at = 0; at < width * height; at += 1) {
    const opacity = data[at * 4 + 3] ?? 0;
    if (opacity === 0) continue;
    const place = what === "x" ? at % width : Math.floor(at / width);
    first = Math.min(first, place);
    final = Math.max(final, place);
    if (opacity <= alpha) continue;
    alpha = opacity;
    color = [0, 1, 2].map((part) => (data[at * 4 + part] ?? 0).toString(16).padStart(2, "0")).join("");
  }
  if (what === "ink-color") return color;
  if (what === "ink-alpha") return alpha.toString(16);
  const middle = (what === "x" ? width : height) / 2;
  if (final < middle) return "start";
  return first >= middle ? "end" : "middle";
}

function lookAt(see: string): WireValue {
  const words = see.split(" ");
  const kind = words[0] ?? "";
  const last = words.at(-1) ?? "";
  const css = words.slice(1, -1).join(" ");
  const all = words.slice(1).join(" ");
  switch (kind) {
    case "css": {
      const [plain = "", pseudo] = css.split("::");
      const style = getComputedStyle(find(plain), pseudo === undefined ? undefined : `::${pseudo}`);
      return style.getPropertyValue(last);
    }
    case "box": {
      const box = find(css).getBoundingClientRect();
      const names: Readonly<Record<string, number>> = { x: box.x, y: box.y, width: box.width, height: box.height };
      return round(names[last] ?? Number.NaN);
    }
    // Where it starts and how long it is.
    case "place": {
      const { x, y, width, height } = find(all).getBoundingClientRect();
      return [x, y, width, height].map(round).join(" ");
    }
    // Where its text is drawn, which the box does not tell.
    case "ink": {
      const range = document.createRange();
      range.selectNodeContents(find(css));
      const ink = range.getBoundingClientRect();
      const box = find(css).getBoundingClientRect();
      const before = last === "y" ? ink.top - box.top : ink.left - box.left;
      const after = last === "y" ? box.bottom - ink.bottom : box.right - ink.right;
      if (Math.abs(before - after) < 3) return "middle";
      return before < after ? "start" : "end";
    }
    case "lines": {
      const range = document.createRange();
      range.selectNodeContents(find(all));
      return new Set([...range.getClientRects()].map((one) => Math.round(one.top))).size;
    }
    case "overflows": {
      const element = find(all);
      return element.scrollWidth > element.clientWidth;
    }
    case "attr":
      return find(css).getAttribute(last);
    case "describes":
    case "labels":
    case "errs": {
      const name = { describes: "aria-describedby", labels: "aria-labelledby", errs: "aria-errormessage" }[kind];
      const ids = find(all).getAttribute(name);
      return ids === null
        ? null
        : ids
            .split(" ")
            .map((id) => document.getElementById(id)?.textContent ?? null)
            .join(" ");
    }
    case "text":
      return find(all).textContent;
    case "placeholder":
      return (find(all) as HTMLInputElement).placeholder;
    case "value":
      return (find(all) as HTMLInputElement).value;
    case "count":
      return [...document.querySelectorAll(selector(all))].filter((one) => one.getClientRects().length > 0).length;
    case "hits":
      return (
        document.elementFromPoint(Number(words[1]), Number(words[2]))?.closest("[data-id]")?.getAttribute("data-id") ??
        null
      );
    case "pixel": {
      const [x = 0, y = 0] = words.slice(1).map(Number);
      // One sheet per layer, the topmost last.
      const points = [...document.querySelectorAll("canvas")].map(
        (canvas) => canvas.getContext("2d")?.getImageData(x, y, 1, 1).data ?? new Uint8ClampedArray(4),
      );
      const top = points.findLast((data) => data[3] !== 0) ?? points[0] ?? [];
      return [...top].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    }
    case "side":
    case "ink-color":
    case "ink-alpha":
      return inkOf(find("canvas") as HTMLCanvasElement, kind === "side" ? last : kind);
    case "scroll":
      return round(last === "x" ? find(css).scrollLeft : find(css).scrollTop);
    case "natural": {
      const picture = find("& ") as HTMLImageElement;
      return `${picture.naturalWidth} ${picture.naturalHeight}`;
    }
    case "on-top":
      // Normal windows are a level below, with room for as many as there are.
      return Number(getComputedStyle(find(all)).zIndex) >= 2_000_000;
    case "title":
      return document.title;
    case "focus":
      return document.activeElement?.closest("[data-id]")?.getAttribute("data-id") ?? null;
    case "selection": {
      const field = find("& input") as HTMLInputElement;
      return `${field.selectionStart} ${field.selectionEnd}`;
    }
    case "events":
      return seen.filter((event) => all === "" || event.startsWith(all));
    default:
      throw new Error(`no such look: ${see}`);
  }
}

let shown: WireNode | null = null;

function pathTo(root: WireNode, id: string): readonly number[] | undefined {
  if (root.id === id) return [];
  for (const [index, child] of root.children.entries()) {
    const below = pathTo(child, id);
    if (below !== undefined) return [index, ...below];
  }
  return undefined;
}

window.props = {
  print: () => {
    const lines: string[] = [`title ${document.title}`];
    for (const child of document.body.children) if (child.tagName !== "SCRIPT") printElement(child, "", lines);
    return lines.join("\n");
  },
  look: (see) => {
    try {
      return lookAt(see);
    } catch (thrown) {
      if (thrown instanceof NothingFound) return null;
      throw thrown;
    }
  },
  updateWindow: (payload) => surface.performWindow({ name: "update", windowId: "w", payload }),
  patchNode: (id, props) => {
    const path = shown === null ? undefined : pathTo(shown, id);
    if (path === undefined) throw new Error(`no node ${id}`);
    surface.applyPatch([{ op: "update_props", path, props }], { id: "", type: "", props: {}, children: [] });
  },
  show: (root) => {
    shown = root;
    surface.showTree(root);
    seen = [];
  },
  patch: (path, props) => {
    seen = [];
    surface.applyPatch([{ op: "update_props", path, props }], { id: "", type: "", props: {}, children: [] });
  },
  settle: async () => {
    await surface.query({ name: "settled", payload: { frames: 2 } });
  },
  variable: (name) => {
    const probe = document.querySelector(".pl-window-content")?.appendChild(document.createElement("span"));
    if (probe === undefined) throw new Error("no window");
    if (name.includes("font")) probe.style.fontFamily = `var(${name})`;
    else probe.style.color = `var(${name})`;
    const style = getComputedStyle(probe);
    const value = name.includes("font") ? style.fontFamily : style.color;
    probe.remove();
    return value;
  },
  uploadPicture: () => {
    surface.perform({ name: "set_image", value: { handle: "dot", data: decodeBytes(PNG_BASE64) } });
  },
  configure: (settings) => surface.configure(settings),
};
