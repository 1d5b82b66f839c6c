const ROOT_ID = "plushie";

/** The element the app is drawn into: the page's own, laid out by the page, or a new one that fills the window. */
export function pageRoot(document: Document): HTMLElement {
  const found = document.getElementById(ROOT_ID);
  if (found !== null) return found;
  const root = document.createElement("main");
  root.id = ROOT_ID;
  root.style.position = "fixed";
  root.style.inset = "0";
  document.body.prepend(root);
  return root;
}
