/** How much larger the page shows an element than its own pixels say, by CSS `zoom` above it. */
export function zoomOf(element: HTMLElement): number {
  if ("currentCSSZoom" in element) return element.currentCSSZoom;
  return measuredZoom(element);
}

/** For engines that do not tell. `offsetWidth` is rounded, so what is nearly one is one. */
function measuredZoom(element: HTMLElement): number {
  const ratio = element.getBoundingClientRect().width / Math.max(1, element.offsetWidth) || 1;
  return Math.abs(ratio - 1) < 0.01 ? 1 : ratio;
}
