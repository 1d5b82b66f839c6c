const ROOT_ID = "plushie";

/** The element the app is drawn into: the page's own, or a new one. */
export function pageRoot(document: Document): HTMLElement {
  const found = document.getElementById(ROOT_ID);
  if (found !== null) return found;
  const root = document.createElement("main");
  root.id = ROOT_ID;
  document.body.prepend(root);
  return root;
}
