import type { WireProps } from "../../../protocol/node.ts";
import { zoomOf } from "../canvas/zoom.ts";
import { readLength } from "../layout.ts";
import { readNumber } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { type Area, clipAround, isWithin } from "./clip-around.ts";

const css = `
.pl-float{display:contents}
.pl-float.pl-lifted{display:flex;position:fixed;left:0;top:0;z-index:500}
`;

/**
 * Moves and enlarges its child without moving anything else. What would be cut off there is lifted out of the boxes around
 * it, as far as the window reaches: the node keeps its place, and what is in it stands fixed above.
 */
class FloatingView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  #x = 0;
  #y = 0;
  #scale = 1;
  #isLifted = false;
  #stopFollowing: (() => void) | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-box";
    this.content = this.element.appendChild(context.document.createElement("div"));
    this.content.className = "pl-box pl-float";
  }

  update(props: WireProps): void {
    this.#x = readNumber(props["translate_x"]) ?? 0;
    this.#y = readNumber(props["translate_y"]) ?? 0;
    this.#scale = readNumber(props["scale"]) ?? 1;
    if (!this.#isMoved) {
      this.#stopFollowing?.();
      this.#stopFollowing = undefined;
      this.#putBack();
      this.#showInPlace();
      return;
    }
    if (!this.#isLifted) this.#showInPlace();
    this.#stopFollowing ??= this.#context.overlay.follow(this.#follow);
  }

  dispose(): void {
    this.#stopFollowing?.();
  }

  get #isMoved(): boolean {
    return this.#x !== 0 || this.#y !== 0 || this.#scale > 1;
  }

  get #transform(): string {
    return `translate(${this.#x}px,${this.#y}px) scale(${this.#scale})`;
  }

  #showInPlace(): void {
    const { style } = this.element;
    const isMoved = this.#isMoved;
    style.transform = isMoved ? this.#transform : "";
    style.zIndex = isMoved ? "500" : "";
    style.position = isMoved ? "relative" : "";
  }

  readonly #follow = (isScroll: boolean): void => {
    // Scrolling changes no sizes.
    if (isScroll) this.#place();
    else this.#placeAnew();
  };

  #placeAnew(): void {
    if (this.#isLifted) {
      this.#putBack();
      this.#showInPlace();
    }
    this.#place();
  }

  #place(): void {
    if (!this.element.isConnected || !this.#isMoved) return;
    const zoom = zoomOf(this.element);
    const home = this.#home(zoom);
    const clip = clipAround(this.element);
    const isCut = !isWithin(this.#moved(home, zoom), clip.all);
    // What is scrolled out of sight takes what floats there along.
    const isLifted = isCut && isWithin(home, clip.scrolled);
    if (isLifted) this.#lift(home, zoom);
    else if (this.#isLifted) {
      this.#putBack();
      this.#showInPlace();
    }
  }

  /** Where it would be without being moved, in client coordinates. */
  #home(zoom: number): Area {
    const { left, top, right, bottom } = this.element.getBoundingClientRect();
    if (this.#isLifted) return { left, top, right, bottom };
    const [x, y] = [(left + right) / 2 - this.#x * zoom, (top + bottom) / 2 - this.#y * zoom];
    const [width, height] = [(right - left) / this.#scale / 2, (bottom - top) / this.#scale / 2];
    return { left: x - width, top: y - height, right: x + width, bottom: y + height };
  }

  #moved(home: Area, zoom: number): Area {
    const [x, y] = [(home.left + home.right) / 2 + this.#x * zoom, (home.top + home.bottom) / 2 + this.#y * zoom];
    const width = ((home.right - home.left) / 2) * this.#scale;
    const height = ((home.bottom - home.top) / 2) * this.#scale;
    return { left: x - width, top: y - height, right: x + width, bottom: y + height };
  }

  #lift(home: Area, zoom: number): void {
    const width = `${(home.right - home.left) / zoom}px`;
    const height = `${(home.bottom - home.top) / zoom}px`;
    const place = this.element.style;
    const { style } = this.content;
    if (!this.#isLifted) {
      this.#isLifted = true;
      place.transform = "";
      place.zIndex = "";
      place.position = "";
      // Nothing is in it now that would give it a size.
      place.minWidth = width;
      place.minHeight = height;
      this.content.classList.add("pl-lifted");
    }
    style.width = width;
    style.height = height;
    style.transform = "";
    // Measured, as what it is fixed to need not be the page.
    const from = this.content.getBoundingClientRect();
    const [x, y] = [(home.left - from.left) / zoom + this.#x, (home.top - from.top) / zoom + this.#y];
    style.transform = `translate(${x}px,${y}px) scale(${this.#scale})`;
  }

  #putBack(): void {
    if (!this.#isLifted) return;
    this.#isLifted = false;
    this.element.style.minWidth = "";
    this.element.style.minHeight = "";
    this.content.classList.remove("pl-lifted");
    const { style } = this.content;
    style.width = "";
    style.height = "";
    style.transform = "";
  }
}

export const floatingModule: WidgetModule = {
  types: ["floating", "float"],
  css,
  // Without a size of its own it is not there as far as layout is concerned.
  layout: {
    flow: "wrapper",
    flowOf: ({ width, height }) =>
      readLength(width) === undefined && readLength(height) === undefined ? "wrapper" : "box",
  },
  create: (context) => new FloatingView(context),
};
