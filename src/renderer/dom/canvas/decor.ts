import { readSize, readString } from "../props.ts";
import type { Point } from "./geometry.ts";
import type { CanvasElement } from "./scene.ts";

/** What lies over the drawing: focus ring and tooltip. Elements, so that neither needs a repaint. */
export class Decor {
  readonly #host: HTMLElement;
  readonly #ring: HTMLElement;
  readonly #tip: HTMLElement;

  /** Adds its elements at the end of `host`. */
  constructor(host: HTMLElement) {
    this.#host = host;
    this.#ring = host.ownerDocument.createElement("div");
    this.#ring.className = "pl-canvas-ring";
    this.#tip = host.ownerDocument.createElement("div");
    this.#tip.className = "pl-canvas-tip";
    for (const element of [this.#ring, this.#tip]) {
      element.hidden = true;
      element.setAttribute("aria-hidden", "true");
    }
    host.append(this.#ring, this.#tip);
  }

  /** Around what is seen of the element, following its transforms. */
  showRing(element: CanvasElement | undefined): void {
    const frame = element?.props["show_focus_ring"] === false ? undefined : element?.frame;
    this.#ring.hidden = frame === undefined;
    if (element === undefined || frame === undefined) return;
    const { style } = this.#ring;
    style.left = `${frame.left - GROWTH}px`;
    style.top = `${frame.top - GROWTH}px`;
    style.width = `${frame.right - frame.left + 2 * GROWTH}px`;
    style.height = `${frame.bottom - frame.top + 2 * GROWTH}px`;
    style.borderRadius = `${readSize(element.props["focus_ring_radius"]) ?? 3}px`;
    // Transforms turn around the canvas's own corner, wherever the ring is.
    style.transformOrigin = `${GROWTH - frame.left}px ${GROWTH - frame.top}px`;
    style.transform = `matrix(${element.matrix.join(",")})`;
  }

  /** The element under the pointer may have another text; a finger's has none. */
  updateTip(element: CanvasElement | undefined, at: Point): void {
    if (element !== undefined) this.showTip(element, at);
  }

  /** At the pointer, on the other side of it near an edge, never beyond the canvas. */
  showTip(element: CanvasElement | undefined, at: Point): void {
    const text = readString(element?.props["tooltip"]) ?? "";
    this.#tip.hidden = text === "";
    if (text === "") return;
    if (this.#tip.textContent !== text) this.#tip.textContent = text;
    const width = this.#tip.offsetWidth;
    const height = this.#tip.offsetHeight;
    const right = this.#host.clientWidth - width;
    const bottom = this.#host.clientHeight - height;
    const x = at.x + 12 <= right ? at.x + 12 : at.x - 4 - width;
    const y = at.y - 4 - height >= 0 ? at.y - 4 - height : at.y + 20;
    this.#tip.style.left = `${Math.max(0, Math.min(x, right))}px`;
    this.#tip.style.top = `${Math.max(0, Math.min(y, bottom))}px`;
  }
}

/** Px between the element and the outside of the ring. */
const GROWTH = 2;
