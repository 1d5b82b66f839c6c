import type { WireProps } from "../../../protocol/index.ts";
import { readNumber } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

/** Reports a size when it differs from the last one by more than rounding. */
function sizeReporter(context: WidgetContext, element: HTMLElement): () => void {
  let reported = "";
  return () => {
    const round = (value: number): number => Math.round(value * 100) / 100;
    // Not the rectangle on the page, which a window's scale factor would enlarge.
    const style = getComputedStyle(element);
    const size = { width: round(Number.parseFloat(style.width)), height: round(Number.parseFloat(style.height)) };
    const key = JSON.stringify(size);
    if (key === reported || !Number.isFinite(size.width) || !Number.isFinite(size.height)) return;
    reported = key;
    context.emit("resize", size, { kind: "replace" });
  };
}

/** Fills, and tells its size at first and whenever it changes. */
export const responsiveModule: WidgetModule = {
  types: ["responsive"],
  layout: { flow: "box", width: "fill", height: "fill" },
  create: (context) => {
    const element = context.document.createElement("div");
    element.className = "pl-box";
    const observer = new ResizeObserver(sizeReporter(context, element));
    observer.observe(element);
    return { element, content: element, update: () => {}, dispose: () => observer.disconnect() };
  },
};

/** Tells size changes of its child once that has come into view; the first appearance is silent. */
class SensorView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  #visibility: IntersectionObserver | undefined;
  #sizes: ResizeObserver | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-box";
    this.content = this.element;
  }

  update(props: WireProps, previous: WireProps): void {
    if (this.#visibility !== undefined && props["anticipate"] === previous["anticipate"]) return;
    this.#context.beforePaint(this.#look);
  }

  /** A margin counts at the edges of what cuts the element off, not at those of the page. */
  readonly #look = (): void => {
    this.#visibility?.disconnect();
    const margin = Math.max(0, readNumber(this.#context.props()["anticipate"]) ?? 0);
    const root = margin === 0 ? null : this.element.closest(".pl-scroll-port,.pl-window-content");
    const seen = (entries: readonly IntersectionObserverEntry[]): void =>
      this.#seen(entries.at(-1)?.isIntersecting === true);
    this.#visibility = new IntersectionObserver(seen, { root, rootMargin: `${margin}px` });
    this.#visibility.observe(this.element);
  };

  dispose(): void {
    this.#visibility?.disconnect();
    this.#sizes?.disconnect();
    clearTimeout(this.#timer);
  }

  #seen(isVisible: boolean): void {
    clearTimeout(this.#timer);
    if (!isVisible || this.#sizes !== undefined) return;
    this.#timer = setTimeout(() => this.#watch(), Math.max(0, readNumber(this.#context.props()["delay"]) ?? 0));
  }

  #watch(): void {
    const report = sizeReporter(this.#context, this.element);
    let isFirst = true;
    this.#sizes = new ResizeObserver(() => {
      if (isFirst) {
        isFirst = false;
        return;
      }
      if (this.#context.props()["on_resize"] === true) report();
    });
    this.#sizes.observe(this.element);
  }
}

export const sensorModule: WidgetModule = {
  types: ["sensor"],
  layout: { flow: "wrapper" },
  create: (context) => new SensorView(context),
};
