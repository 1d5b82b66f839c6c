import { MARKDOWN_CSS } from "./markdown-css.ts";

const styled = new WeakSet<Document>();

/** Adds the rules of documents to a page, once. They are loaded with the first document and stay. */
export function addSheet(document: Document): void {
  const view = document.defaultView;
  if (view === null || styled.has(document)) return;
  styled.add(document);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(MARKDOWN_CSS);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
