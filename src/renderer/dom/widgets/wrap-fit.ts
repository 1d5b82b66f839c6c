import type { WidgetContext } from "../widget.ts";

export type WrapAxis = "width" | "height";

/**
 * Makes a shrinking box with broken lines as large as its longest line; CSS leaves it as large as the room that made the lines
 * break. Measured again when the children, the parent or the window change their sizes.
 */
export class WrapFit {
  readonly #context: WidgetContext;
  readonly #element: HTMLElement;
  readonly #axes: readonly WrapAxis[];
  readonly #observer: ResizeObserver;
  readonly #observed = new Set<Element>();

  constructor(context: WidgetContext, element: HTMLElement, axes: readonly WrapAxis[]) {
    this.#context = context;
    this.#element = element;
    this.#axes = axes;
    this.#observer = new ResizeObserver(this.#fit);
    this.changed();
  }

  /** Children or something about their places changed. */
  changed(): void {
    this.#context.beforePaint(this.#start);
  }

  dispose(): void {
    this.#observer.disconnect();
    for (const axis of this.#axes) this.#element.style[axis] = "";
  }

  readonly #start = (): void => {
    const around = [this.#element.parentElement, this.#element.closest(".pl-window-content")];
    const wanted = new Set([...around.filter((one) => one !== null), ...this.#element.children]);
    for (const one of this.#observed) {
      if (wanted.has(one)) continue;
      this.#observed.delete(one);
      this.#observer.unobserve(one);
    }
    for (const one of wanted) {
      if (this.#observed.has(one)) continue;
      this.#observed.add(one);
      this.#observer.observe(one);
    }
    this.#fit();
  };

  readonly #fit = (): void => {
    const { style } = this.#element;
    for (const axis of this.#axes) style[axis] = "";
    if (!this.#element.isConnected) return;
    const align = style.justifyContent;
    // How long a line is shows where it begins at the start.
    style.justifyContent = "";
    this.#measure();
    style.justifyContent = align;
  };

  #measure(): void {
    const { style } = this.#element;
    const box = this.#element.getBoundingClientRect();
    // Rectangles are as large as on the screen, sizes are not.
    const zoom = this.#element.offsetWidth === 0 ? 1 : box.width / this.#element.offsetWidth;
    const padding = getComputedStyle(this.#element);
    let [right, bottom] = [0, 0];
    for (const child of this.#element.children) {
      const rect = child.getBoundingClientRect();
      right = Math.max(right, rect.right - box.x);
      bottom = Math.max(bottom, rect.bottom - box.y);
    }
    const ends = { width: right, height: bottom };
    const after = { width: padding.paddingRight, height: padding.paddingBottom };
    for (const axis of this.#axes) {
      if (ends[axis] === 0) continue;
      // Up to the next 64th, the grain of layout, so that the longest line still fits.
      const size = ends[axis] / zoom + (Number.parseFloat(after[axis]) || 0);
      style[axis] = `${Math.ceil(size * 64 - 0.01) / 64}px`;
    }
  }
}
