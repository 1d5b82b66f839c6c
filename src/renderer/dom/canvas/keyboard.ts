import type { CanvasElement, Scene } from "./scene.ts";

export type ArrowMode = "wrap" | "clamp" | "linear" | "none";

/** Where the keyboard is in a canvas. */
export interface CanvasFocus {
  readonly element: CanvasElement;
  /** The focusable group whose children the arrow keys go through. */
  readonly group: CanvasElement | undefined;
}

const PAGE = 5;

/** Keys that move among elements. */
export const NAVIGATION_KEYS: ReadonlySet<string> = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
]);

/** Where Tab goes; `undefined`: out of the canvas. */
export function nextStop(scene: Scene, current: CanvasElement | undefined, step: 1 | -1): CanvasFocus | undefined {
  const stops = topLevel(scene);
  const at = current === undefined ? -1 : stops.findIndex((stop) => stop.id === outermost(current).id);
  const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : at + step;
  const stop = stops[next];
  if (stop === undefined) return undefined;
  const inner = isGroup(stop) ? childrenOf(scene, stop) : [];
  const element = step > 0 ? inner[0] : inner.at(-1);
  return element === undefined ? { element: stop, group: undefined } : { element, group: stop };
}

/** Where an arrow key, Home, End or a page key goes. `undefined`: it stays. */
export function arrowTarget(
  scene: Scene,
  focus: CanvasFocus | undefined,
  key: string,
  mode: ArrowMode,
): CanvasFocus | undefined {
  const list = arrowList(scene, focus);
  if (list.length === 0) return undefined;
  const at = focus === undefined ? -1 : list.findIndex((element) => element.id === focus.element.id);
  const element = list[targetIndex(at, list.length, key, mode)];
  return element === undefined ? undefined : { element, group: focus?.group };
}

function targetIndex(at: number, count: number, key: string, mode: ArrowMode): number {
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  const isForward = key === "ArrowRight" || key === "ArrowDown" || key === "PageDown";
  if (at < 0) return isForward ? 0 : count - 1;
  const distance = key.startsWith("Page") ? PAGE : 1;
  const next = at + (isForward ? distance : -distance);
  return mode === "wrap" ? ((next % count) + count) % count : Math.min(count - 1, Math.max(0, next));
}

/** Where Escape goes: from a child to its group, then nowhere. */
export function escapeTarget(focus: CanvasFocus): CanvasFocus | undefined {
  return focus.group === undefined ? undefined : { element: focus.group, group: undefined };
}

/** The place of an element that is focused by the pointer or by a command. */
export function focusOn(element: CanvasElement): CanvasFocus {
  const top = outermost(element);
  return { element, group: top !== element && isGroup(top) ? top : undefined };
}

/** The same place after the scene has changed; `undefined` when the element is gone. */
export function keepFocus(scene: Scene, focus: CanvasFocus): CanvasFocus | undefined {
  const element = scene.find(focus.element.id);
  if (element === undefined) return undefined;
  const group = focus.group === undefined ? undefined : scene.find(focus.group.id);
  return { element, group };
}

function arrowList(scene: Scene, focus: CanvasFocus | undefined): readonly CanvasElement[] {
  if (focus?.group !== undefined) return childrenOf(scene, focus.group);
  const stops = topLevel(scene);
  return stops.some((stop) => isGroup(stop)) ? stops : scene.elements;
}

function topLevel(scene: Scene): readonly CanvasElement[] {
  return scene.elements.filter((element) => element.parent === undefined);
}

function childrenOf(scene: Scene, group: CanvasElement): readonly CanvasElement[] {
  return scene.elements.filter((element) => element.id !== group.id && outermost(element).id === group.id);
}

/** A focusable element with elements inside is a group of stops. */
function isGroup(element: CanvasElement): boolean {
  return element.props["focusable"] === true && element.hasInner;
}

function outermost(element: CanvasElement): CanvasElement {
  let outer = element;
  while (outer.parent !== undefined) outer = outer.parent;
  return outer;
}
