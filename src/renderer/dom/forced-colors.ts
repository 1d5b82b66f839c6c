/** Rules for systems that replace colors are loaded where that is so. Returns what takes them away again. */
export function followForcedColors(document: Document): () => void {
  const query = document.defaultView?.matchMedia("(forced-colors: active)");
  let sheet: CSSStyleSheet | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    if (query?.matches !== true) return;
    const { FORCED_COLORS_CSS } = await import("./forced-colors-css.ts");
    const { defaultView } = document;
    if (isOver || sheet !== undefined || defaultView === null) return;
    sheet = new defaultView.CSSStyleSheet();
    sheet.replaceSync(FORCED_COLORS_CSS);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  };
  const changed = (): void => void look();
  query?.addEventListener("change", changed);
  changed();
  return () => {
    isOver = true;
    query?.removeEventListener("change", changed);
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  };
}
