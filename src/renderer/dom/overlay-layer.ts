import { withoutStops } from "./focus-stops.ts";
import type { OverlayHandle, OverlayLayer, OverlayOptions } from "./overlay.ts";
import { type PlaceOptions, place, type Rect } from "./place.ts";

/** Space kept between a menu and the edge of the window. */
const EDGE = 4;

/** The layer above all windows of a surface, so that menus of a small window may reach beyond it. */
export class SurfaceOverlay implements OverlayLayer {
  readonly element: HTMLElement;
  readonly #open = new Set<OpenOverlay>();
  readonly #followers = new Set<(isScroll: boolean) => void>();
  readonly #frame: HTMLElement;
  readonly #owners: WeakMap<Element, Element>;
  #observer: ResizeObserver | undefined;

  /** `frame` is what the content may cover; `owners` learns whom events in overlay content belong to. */
  constructor(frame: HTMLElement, owners: WeakMap<Element, Element>) {
    this.#frame = frame;
    this.#owners = owners;
    this.element = frame.ownerDocument.createElement("div");
    this.element.className = "pl-overlays";
  }

  open(options: OverlayOptions): OverlayHandle {
    const { anchor, content } = options;
    const box = this.element.ownerDocument.createElement("div");
    box.className = options.isPassive === true ? "pl-overlay pl-passive" : "pl-overlay";
    box.append(content);
    this.#owners.set(box, anchor);
    box.style.direction = getComputedStyle(anchor).direction;
    this.element.append(box);
    const overlay: OpenOverlay = { options, box };
    this.#listen();
    this.#open.add(overlay);
    this.#observer?.observe(anchor);
    this.#observer?.observe(content);
    this.#position(overlay);
    return {
      reposition: () => this.#position(overlay),
      close: () => this.#close(overlay),
    };
  }

  follow(work: (isScroll: boolean) => void): () => void {
    this.#listen();
    this.#followers.add(work);
    return () => {
      if (this.#followers.delete(work)) this.#unlisten();
    };
  }

  get hasOpen(): boolean {
    return this.#open.size > 0 || this.#followers.size > 0;
  }

  /** After changes that may have moved what something is open beside. */
  readonly moved = (): void => this.#placeAll(false);

  dispose(): void {
    for (const overlay of [...this.#open]) this.#close(overlay);
    this.#followers.clear();
    this.#unlisten();
  }

  #close(overlay: OpenOverlay): void {
    if (!this.#open.delete(overlay)) return;
    overlay.box.remove();
    overlay.uncover?.();
    this.#observer?.unobserve(overlay.options.anchor);
    this.#observer?.unobserve(overlay.options.content);
    this.#unlisten();
  }

  #position(overlay: OpenOverlay): void {
    const { options, box } = overlay;
    wearTheme(box, options.anchor);
    cover(overlay);
    // Everything below is measured in the zoomed pixels that the box itself uses.
    const zoom = zoomOf(options.anchor);
    box.style.zoom = zoom === 1 ? "" : String(zoom);
    const bounds = scaled(this.#frame.getBoundingClientRect(), zoom);
    const anchor = scaled(options.rect?.() ?? options.anchor.getBoundingClientRect(), zoom);
    const style = box.style;
    style.minWidth = options.matchesWidth === true ? `${anchor.width}px` : "";
    style.maxWidth = `${bounds.width}px`;
    const edge = EDGE + (options.gap ?? 0);
    const below = bounds.y + bounds.height - (anchor.y + anchor.height) - edge;
    const above = anchor.y - bounds.y - edge;
    const isStacked = options.side === "below" || options.side === "above";
    const room = isStacked && options.maxHeight !== undefined ? Math.max(below, above) : bounds.height;
    style.maxHeight = `${Math.max(0, Math.min(options.maxHeight ?? bounds.height, room))}px`;
    const size = { width: box.offsetWidth, height: box.offsetHeight };
    const at = place(anchor, size, bounds, placeOptions(options));
    style.transform = `translate(${Math.round(at.x - bounds.x)}px,${Math.round(at.y - bounds.y)}px)`;
    box.dataset["side"] = at.side;
  }

  readonly #scrolled = (): void => this.#placeAll(true);

  #placeAll(isScroll: boolean): void {
    // First, as overlays may be beside something in them.
    for (const work of [...this.#followers]) work(isScroll);
    for (const overlay of this.#open) {
      if (overlay.options.anchor.isConnected) this.#position(overlay);
    }
  }

  readonly #pressed = (event: PointerEvent): void => {
    const target = event.target;
    for (const { options, box } of [...this.#open]) {
      if (options.onPressOutside === undefined || !(target instanceof Node)) continue;
      if (!box.contains(target) && !options.anchor.contains(target)) options.onPressOutside(event);
    }
  };

  #listen(): void {
    if (this.#observer !== undefined) return;
    const view = this.element.ownerDocument.defaultView;
    this.#observer = new ResizeObserver(this.moved);
    this.#observer.observe(this.#frame);
    view?.addEventListener("scroll", this.#scrolled, { capture: true, passive: true });
    view?.addEventListener("resize", this.moved);
    view?.addEventListener("pointerdown", this.#pressed, { capture: true });
  }

  #unlisten(): void {
    if (this.hasOpen) return;
    const view = this.element.ownerDocument.defaultView;
    this.#observer?.disconnect();
    this.#observer = undefined;
    view?.removeEventListener("scroll", this.#scrolled, { capture: true });
    view?.removeEventListener("resize", this.moved);
    view?.removeEventListener("pointerdown", this.#pressed, { capture: true });
  }
}

interface OpenOverlay {
  readonly options: OverlayOptions;
  readonly box: HTMLElement;
  /** Gives the keyboard back to what is hidden with its anchor. */
  uncover?: (() => void) | undefined;
}

/** What is beside something hidden from assistive technology is hidden with it. */
function cover(overlay: OpenOverlay): void {
  const { box, options, uncover } = overlay;
  const isHidden = options.anchor.closest('[aria-hidden="true"]') !== null;
  if (isHidden === (uncover !== undefined)) return;
  uncover?.();
  overlay.uncover = isHidden ? withoutStops(box) : undefined;
  box.ariaHidden = isHidden ? "true" : null;
}

/** The theme around the anchor, which may be another one by now. */
function wearTheme(box: HTMLElement, anchor: Element): void {
  const theme = anchor.closest<HTMLElement>("[data-theme-class]")?.dataset["themeClass"];
  const before = box.dataset["worn"];
  if (theme === before) return;
  if (before !== undefined) box.classList.remove(before);
  if (theme === undefined) delete box.dataset["worn"];
  else {
    box.classList.add(theme);
    box.dataset["worn"] = theme;
  }
}

/** The scale factor of the window around an element. Not in every engine yet, so looked up by name. */
function zoomOf(element: Element): number {
  const zoom: unknown = Reflect.get(element, "currentCSSZoom");
  return typeof zoom === "number" && zoom > 0 ? zoom : 1;
}

function placeOptions(options: OverlayOptions): PlaceOptions {
  return {
    side: options.side,
    align: options.align ?? "center",
    gap: options.gap ?? 0,
    offset: options.offset ?? { x: 0, y: 0 },
    flip: options.flip === true,
    snap: options.snap !== false,
  };
}

function scaled(rect: Rect, zoom: number): Rect {
  return { x: rect.x / zoom, y: rect.y / zoom, width: rect.width / zoom, height: rect.height / zoom };
}

export const OVERLAY_CSS = `
.pl-overlays{position:absolute;inset:0;pointer-events:none;z-index:2000000000;overflow:clip}
.pl-overlays:empty{display:none}
.pl-overlay{position:absolute;left:0;top:0;width:max-content;display:flex;pointer-events:auto}
.pl-overlay.pl-passive{pointer-events:none}
.pl-overlay>*{flex:1 1 auto}
`;
