/** The rules of one surface: static ones set once, and generated classes shared by equal content. No `<style>` element, so it works under a strict CSP. */
export class StyleSheets {
  readonly #document: Document;
  readonly #static: CSSStyleSheet;
  readonly #generated: CSSStyleSheet;
  readonly #prefix: string;
  readonly #classes = new Map<string, string>();
  #count = 0;

  constructor(document: Document, prefix: string, css: string) {
    const view = document.defaultView;
    if (view === null) throw new Error("The DOM surface needs a document that is shown in a window.");
    this.#document = document;
    this.#prefix = prefix;
    this.#static = new view.CSSStyleSheet();
    this.#static.replaceSync(css);
    this.#generated = new view.CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, this.#static, this.#generated];
  }

  /** The class for `key`; `rules` makes its text from a selector when it is needed for the first time. */
  generate(key: string, rules: (selector: string) => readonly string[]): string {
    const known = this.#classes.get(key);
    if (known !== undefined) return known;
    if (this.#classes.size >= MAX_GENERATED) this.#sweep();
    this.#count += 1;
    const name = `${this.#prefix}${this.#count}`;
    this.#classes.set(key, name);
    // Repeated, so that it wins over every static rule of a preset whatever statuses that names.
    const selector = `.${name}`.repeat(6);
    for (const rule of rules(selector)) this.#generated.insertRule(rule, this.#generated.cssRules.length);
    return name;
  }

  dispose(): void {
    this.#document.adoptedStyleSheets = this.#document.adoptedStyleSheets.filter(
      (sheet) => sheet !== this.#static && sheet !== this.#generated,
    );
  }

  /** Drops the older half of the classes, as far as nothing on the page carries them. */
  #sweep(): void {
    const dropped = new Set<string>();
    let seen = 0;
    for (const [key, name] of this.#classes) {
      seen += 1;
      if (seen > MAX_GENERATED / 2) break;
      if (this.#document.getElementsByClassName(name).length > 0) continue;
      dropped.add(name);
      this.#classes.delete(key);
    }
    for (let index = this.#generated.cssRules.length - 1; index >= 0; index -= 1) {
      const name = CLASS_NAME.exec(this.#generated.cssRules[index]?.cssText ?? "")?.[1];
      if (name !== undefined && dropped.has(name)) this.#generated.deleteRule(index);
    }
  }
}

/** An app that computes a fresh color per frame must not grow the sheet for ever. */
const MAX_GENERATED = 1024;

const CLASS_NAME = /\.([\w-]+)/;

const late = new WeakMap<Document, Set<string>>();

/** Adds the rules of a part that was loaded late to a page, once. They stay: whatever uses them may come again. */
export function addSheet(document: Document, css: string): void {
  const added = late.get(document) ?? new Set();
  const view = document.defaultView;
  if (view === null || added.has(css)) return;
  late.set(document, added.add(css));
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
