import type { WireProps } from "../../../protocol/node.ts";
import { ADAPTIVE_THEME, type CodeTheme, readCodeTheme } from "../editor/code-theme.ts";
import { readPictureSource } from "../pictures/picture-source.ts";
import { readColor, readSize, readString } from "../props.ts";
import type { WidgetContext } from "../widget.ts";
import { MarkdownDocument } from "./document.ts";

const CODE_COLORS = [
  "comment",
  "keyword",
  "string",
  "number",
  "constant",
  "function",
  "type",
  "property",
  "tag",
  "attribute",
  "operator",
] as const satisfies readonly (keyof CodeTheme)[];

/** What a Markdown widget shows, and what becomes of its links and pictures. */
export class MarkdownProgram {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  readonly #links = new WeakMap<Element, string>();
  readonly #shown: MarkdownDocument;
  #codeTheme: CodeTheme | undefined;

  constructor(context: WidgetContext, element: HTMLElement) {
    this.#context = context;
    this.element = element;
    this.#shown = new MarkdownDocument(element, {
      document: context.document,
      link: (link, address) => void this.#links.set(link, address),
      picture: (picture, source) => this.#showPicture(picture, source),
      highlight: (code, text, language) => this.#highlight(code, text, language),
    });
    this.update(context.props());
  }

  update(props: WireProps): void {
    this.showSizes();
    const { style } = this.element;
    style.setProperty("--md-link", readColor(props["link_color"]) ?? "");
    const theme = readCodeTheme(props["code_theme"]);
    if (theme !== this.#codeTheme) this.#showCodeTheme(theme);
    this.#shown.show(readString(props["content"]) ?? "");
  }

  handle(event: Event): boolean {
    if (event.type === "click") return this.#follow(event.target);
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.key !== "Enter") return false;
    if (!this.#follow(event.target)) return false;
    event.preventDefault();
    return true;
  }

  dispose(): void {
    this.#shown.dispose();
  }

  #follow(target: EventTarget | null): boolean {
    const element = target instanceof Element ? target.closest(".pl-link") : null;
    const link = element === null ? undefined : this.#links.get(element);
    if (link === undefined) return false;
    this.#context.emit("link_click", { link });
    return true;
  }

  /** Sizes that are not given follow the size of the text. */
  showSizes(): void {
    const props = this.#context.props();
    const text = readSize(props["text_size"]) ?? this.#context.settings.defaultTextSize;
    const put = (name: string, prop: string, factor: number): void => {
      const value = `${readSize(props[prop]) ?? text * factor}px`;
      if (this.element.style.getPropertyValue(name) !== value) this.element.style.setProperty(name, value);
    };
    put("--md-text", "text_size", 1);
    put("--md-h1", "h1_size", 2);
    put("--md-h2", "h2_size", 1.75);
    put("--md-h3", "h3_size", 1.5);
    put("--md-code", "code_size", 0.75);
    put("--md-gap", "spacing", 0.875);
  }

  /** Code has a dark box of its own unless a theme brings another one. */
  #showCodeTheme(theme: CodeTheme): void {
    this.#codeTheme = theme;
    const { style } = this.element;
    const isOwn = theme !== ADAPTIVE_THEME;
    style.setProperty("--md-code-bg", isOwn ? theme.background : "");
    style.setProperty("--md-code-fg", isOwn ? theme.text : "");
    for (const name of CODE_COLORS) style.setProperty(`--md-${name}`, theme[name]);
  }

  #highlight(element: HTMLElement, code: string, language: string): void {
    this.#context.load(
      () => import("./highlight.ts"),
      ({ showColored }) => showColored(element, code, language),
    );
  }

  /** `handle:name` is an uploaded picture, anything else a file of the app; what cannot be shown is its text. */
  #showPicture(element: HTMLImageElement, address: string): () => void {
    const handle = /^handle:(.+)$/.exec(address)?.[1];
    const source = readPictureSource(handle === undefined ? decoded(address) : { handle: decoded(handle) });
    const text = element.ownerDocument.createTextNode(element.alt);
    // Browsers would put an icon beside the text.
    const showText = (isShown: boolean): void => {
      element.hidden = true;
      if (isShown) element.after(text);
      else text.remove();
    };
    showText(true);
    if (source === undefined || source.kind === "data") return () => {};
    return this.#context.pictures.use(source, (state) => {
      showText(state.kind !== "ready");
      if (state.kind === "ready") {
        element.src = state.picture.address;
        element.hidden = false;
      } else element.removeAttribute("src");
    });
  }
}

/** The parser writes addresses with percent signs. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch (thrown) {
    if (thrown instanceof URIError) return address;
    throw thrown;
  }
}
