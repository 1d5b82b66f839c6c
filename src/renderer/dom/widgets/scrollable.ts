import type { WireProps, WireValue } from "../../../protocol/index.ts";
import type { WidgetOperation } from "../../surface.ts";
import { isEditable } from "../focus.ts";
import { readColor, readNumber, readRecord, readSize } from "../props.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import type { AutoScroll } from "./auto-scroll.ts";

const KEY_STEP = 16;
const MIN_THUMB = 24;
const DEFAULT_RAIL = 10;
/** What ends scrolling that goes on by itself, and forestalls it. */
const ENDING: ReadonlySet<string> = new Set(["pointerdown", "wheel", "keydown"]);

/** A view onto content that may be larger. The browser scrolls; the bars are drawn here, over the content or in a lane of their own. */
class ScrollableView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  /** What the keyboard stops at has the name. */
  readonly accessible: HTMLElement;
  readonly #context: WidgetContext;
  readonly #observer: ResizeObserver;
  /** Loaded with the first press that asks for it. */
  #autoScroll: AutoScroll | undefined;
  /** The press that scrolling is to set out from, until something ends it. */
  #press: PointerEvent | undefined;
  readonly #bars: { readonly x: Bar; readonly y: Bar };
  #observed: Element | undefined;
  /** A share to keep while the content changes size, until the person scrolls. */
  #kept: { readonly x?: number; readonly y?: number } | undefined;
  /** Scroll offsets that this view set itself. */
  #expected: string | undefined;
  #isHovered = false;
  #reported = "";

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-scroll";
    this.content = context.document.createElement("div");
    this.content.className = "pl-scroll-port";
    this.accessible = this.content;
    // The browser would make a tab stop of it otherwise.
    this.content.tabIndex = -1;
    this.element.append(this.content);
    // Native auto-scroll starts with the mouse event, not with the pointer event.
    this.element.addEventListener("mousedown", (event) => {
      if (event.button === 1 && this.#press !== undefined) event.preventDefault();
    });
    this.#bars = { x: new Bar(this, context.document, "x"), y: new Bar(this, context.document, "y") };
    this.content.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#observer = new ResizeObserver(() => this.#resized());
    this.#observer.observe(this.content);
    context.emitStatus("active");
  }

  get #isFromEnd(): boolean {
    return this.#context.props()["anchor"] === "end";
  }

  update(props: WireProps): void {
    const direction = props["direction"];
    const isBoth = direction === "both";
    const { classList, style } = this.element;
    classList.toggle("pl-scroll-x", isBoth || direction === "horizontal");
    classList.toggle("pl-scroll-y", direction !== "horizontal");
    classList.toggle("pl-scroll-end", props["anchor"] === "end");
    const spacing = isBoth ? undefined : readSize(props["spacing"]);
    classList.toggle("pl-scroll-lane", spacing !== undefined);
    const width = readSize(props["scrollbar_width"]);
    const margin = readSize(props["scrollbar_margin"]) ?? 0;
    set(style, "--rail-width", `${width ?? DEFAULT_RAIL}px`);
    set(style, "--rail-margin", margin === 0 ? undefined : `${margin}px`);
    set(
      style,
      "--rail-lane",
      spacing === undefined ? undefined : `${(width ?? DEFAULT_RAIL) + 2 * margin + spacing}px`,
    );
    const thumb = readSize(props["scroller_width"]);
    set(style, "--thumb-width", thumb === undefined ? undefined : `${thumb}px`);
    set(style, "--own-rail", readColor(props["scrollbar_color"]));
    set(style, "--own-thumb", readColor(props["scroller_color"]));
    this.#context.beforePaint(this.#resized);
  }

  childrenChanged(children: readonly MountedNode[]): void {
    const inner = children[0]?.view.element;
    if (inner === this.#observed) return;
    if (this.#observed !== undefined) this.#observer.unobserve(this.#observed);
    this.#observed = inner;
    if (inner !== undefined) this.#observer.observe(inner);
  }

  hoverChanged(isHovered: boolean): void {
    this.#isHovered = isHovered;
    this.reportStatus(false);
  }

  reportStatus(isDragged: boolean): void {
    this.element.classList.toggle("pl-dragged", isDragged);
    this.#context.emitStatus(isDragged ? "dragged" : this.#isHovered ? "hovered" : "active");
  }

  handle(event: Event): boolean {
    if (ENDING.has(event.type)) this.#press = undefined;
    if (event instanceof PointerEvent && event.type === "pointerdown") return this.#startAutoScroll(event);
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.defaultPrevented) return false;
    if (event.ctrlKey || event.altKey || event.metaKey || isEditable(event.target)) return false;
    const delta = this.#keyDelta(event);
    if (delta === undefined) return false;
    const port = this.content;
    const [left, top] = [port.scrollLeft, port.scrollTop];
    port.scrollBy({ left: delta[0], top: delta[1], behavior: "instant" });
    if (port.scrollLeft === left && port.scrollTop === top) return false;
    event.preventDefault();
    return true;
  }

  perform(operation: WidgetOperation): boolean {
    const value = readRecord(operation.value) ?? {};
    const x = readNumber(value["x"] ?? value["offset_x"]);
    const y = readNumber(value["y"] ?? value["offset_y"]);
    const sign = this.#isFromEnd ? -1 : 1;
    const port = this.content;
    switch (operation.name) {
      case "scroll_to":
        this.#kept = undefined;
        this.#move(x ?? 0, sign * (y ?? 0));
        return true;
      case "scroll_by":
        this.#kept = undefined;
        this.#move(port.scrollLeft + (x ?? 0), port.scrollTop + sign * (y ?? 0));
        return true;
      case "snap_to":
        this.#snap({ ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) });
        return true;
      case "snap_to_end":
        this.#snap({ x: 1, y: 1 });
        return true;
      default:
        return false;
    }
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#autoScroll?.stop();
  }

  #startAutoScroll(event: PointerEvent): boolean {
    if (event.button !== 1 || event.pointerType === "touch" || this.#context.props()["auto_scroll"] !== true)
      return false;
    const { x, y } = this.#limits();
    if (x === 0 && y === 0) return false;
    // Browsers have scrolling or pasting of their own behind this button.
    event.preventDefault();
    this.#press = event;
    this.#context.load(
      () => import("./auto-scroll.ts"),
      ({ AutoScroll }) => {
        if (this.#press !== event) return;
        this.#autoScroll ??= new AutoScroll(this.element, this.content);
        this.#autoScroll.start(event, { x: x > 0, y: y > 0 });
      },
    );
    return true;
  }

  /** Furthest offsets. */
  #limits(): { readonly x: number; readonly y: number } {
    const port = this.content;
    const direction = this.#context.props()["direction"];
    // What is cut across the direction could be scrolled by script alone.
    return {
      x: direction === "horizontal" || direction === "both" ? Math.max(0, port.scrollWidth - port.clientWidth) : 0,
      y: direction === "horizontal" ? 0 : Math.max(0, port.scrollHeight - port.clientHeight),
    };
  }

  #keyDelta(event: KeyboardEvent): readonly [number, number] | undefined {
    const port = this.content;
    const isTurned = event.shiftKey || this.#context.props()["direction"] === "horizontal";
    const along = (amount: number): readonly [number, number] => (isTurned ? [amount, 0] : [0, amount]);
    const page = isTurned ? port.clientWidth : port.clientHeight;
    const far = isTurned ? port.scrollWidth : port.scrollHeight;
    switch (event.key) {
      case "ArrowDown":
        return along(KEY_STEP);
      case "ArrowUp":
        return along(-KEY_STEP);
      case "ArrowRight":
        return [KEY_STEP, 0];
      case "ArrowLeft":
        return [-KEY_STEP, 0];
      case "PageDown":
        return along(page);
      case "PageUp":
        return along(-page);
      case "End":
        return along(far);
      case "Home":
        return along(-far);
      default:
        return undefined;
    }
  }

  #snap(share: { readonly x?: number; readonly y?: number }): void {
    this.#kept = { ...this.#kept, ...share };
    this.#keepShare();
  }

  #keepShare(): void {
    if (this.#kept === undefined) return;
    const limits = this.#limits();
    const { x, y } = this.#kept;
    const sign = this.#isFromEnd ? -1 : 1;
    this.#move(
      x === undefined ? this.content.scrollLeft : x * limits.x,
      y === undefined ? this.content.scrollTop : sign * y * limits.y,
    );
  }

  #move(left: number, top: number): void {
    this.content.scrollTo({ left, top, behavior: "instant" });
    this.#expected = this.#offsets();
  }

  #offsets(): string {
    return `${this.content.scrollLeft} ${this.content.scrollTop}`;
  }

  readonly #resized = (): void => {
    if (this.#kept !== undefined) this.#keepShare();
    this.#bars.x.show();
    this.#bars.y.show();
  };

  #scrolled(): void {
    if (this.#offsets() !== this.#expected) this.#kept = undefined;
    this.#expected = undefined;
    this.#bars.x.show();
    this.#bars.y.show();
    if (this.#context.props()["on_scroll"] === true) this.#context.beforePaint(this.#report);
  }

  readonly #report = (): void => {
    const port = this.content;
    const limits = this.#limits();
    const absoluteX = port.scrollLeft;
    const absoluteY = Math.abs(port.scrollTop);
    const value: Record<string, WireValue> = {
      absolute_x: absoluteX,
      absolute_y: absoluteY,
      relative_x: limits.x === 0 ? 0 : absoluteX / limits.x,
      relative_y: limits.y === 0 ? 0 : absoluteY / limits.y,
      bounds_width: port.clientWidth,
      bounds_height: port.clientHeight,
      content_width: port.scrollWidth,
      content_height: port.scrollHeight,
    };
    const key = JSON.stringify(value);
    if (key === this.#reported) return;
    this.#reported = key;
    this.#context.emit("scrolled", value, { kind: "replace" });
  };
}

/** One scrollbar; made when there is something to scroll for the first time. */
class Bar {
  readonly #view: ScrollableView;
  readonly #document: Document;
  readonly #axis: "x" | "y";
  #rail: HTMLElement | undefined;
  #thumb: HTMLElement | undefined;

  constructor(view: ScrollableView, document: Document, axis: "x" | "y") {
    this.#view = view;
    this.#document = document;
    this.#axis = axis;
  }

  show(): void {
    const port = this.#view.content;
    const isX = this.#axis === "x";
    const view = isX ? port.clientWidth : port.clientHeight;
    const content = isX ? port.scrollWidth : port.scrollHeight;
    const isAllowed = this.#view.element.classList.contains(`pl-scroll-${this.#axis}`);
    const isNeeded = isAllowed && content > view + 0.5;
    this.#view.element.classList.toggle(`pl-has-${this.#axis}`, isNeeded);
    if (!isNeeded) {
      if (this.#rail !== undefined) this.#rail.hidden = true;
      return;
    }
    const { rail, thumb } = this.#parts();
    rail.hidden = false;
    const room = isX ? rail.clientWidth : rail.clientHeight;
    const length = Math.min(room, Math.max(MIN_THUMB, (room * view) / content));
    const raw = isX ? port.scrollLeft : port.scrollTop;
    const limit = content - view;
    const offset = raw < 0 || this.#isFromEnd() ? limit + raw : raw;
    const at = ((room - length) * Math.min(limit, Math.max(0, offset))) / limit;
    thumb.style[isX ? "width" : "height"] = `${length}px`;
    thumb.style.transform = isX ? `translateX(${at}px)` : `translateY(${at}px)`;
  }

  #isFromEnd(): boolean {
    return this.#axis === "y" && this.#view.element.classList.contains("pl-scroll-end");
  }

  #parts(): { readonly rail: HTMLElement; readonly thumb: HTMLElement } {
    if (this.#rail !== undefined && this.#thumb !== undefined) return { rail: this.#rail, thumb: this.#thumb };
    const rail = this.#document.createElement("div");
    const thumb = this.#document.createElement("div");
    rail.className = `pl-rail pl-rail-${this.#axis} pl-hit`;
    thumb.className = "pl-thumb";
    rail.setAttribute("aria-hidden", "true");
    rail.append(thumb);
    rail.addEventListener("pointerdown", (event) => this.#press(event, rail, thumb));
    // The same order whichever is made first.
    if (this.#axis === "x") this.#view.content.after(rail);
    else this.#view.element.append(rail);
    this.#rail = rail;
    this.#thumb = thumb;
    return { rail, thumb };
  }

  /** A press beside the thumb jumps there; both go on as a drag. */
  #press(event: PointerEvent, rail: HTMLElement, thumb: HTMLElement): void {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const isX = this.#axis === "x";
    const port = this.#view.content;
    const box = rail.getBoundingClientRect();
    const knob = thumb.getBoundingClientRect();
    const length = isX ? knob.width : knob.height;
    const pressed = isX ? event.clientX - knob.x : event.clientY - knob.y;
    const grip = event.target === thumb ? pressed : length / 2;
    const room = (isX ? box.width : box.height) - length;
    const limit = isX ? port.scrollWidth - port.clientWidth : port.scrollHeight - port.clientHeight;
    const follow = (next: PointerEvent): void => {
      const along = (isX ? next.clientX - box.x : next.clientY - box.y) - grip;
      const share = room <= 0 ? 0 : Math.min(1, Math.max(0, along / room));
      const offset = share * limit - (this.#isFromEnd() ? limit : 0);
      if (isX) port.scrollLeft = offset;
      else port.scrollTop = offset;
    };
    const stop = (): void => {
      rail.removeEventListener("pointermove", follow);
      rail.removeEventListener("lostpointercapture", stop);
      rail.classList.remove("pl-dragged");
      this.#view.reportStatus(false);
    };
    rail.setPointerCapture(event.pointerId);
    rail.addEventListener("pointermove", follow);
    rail.addEventListener("lostpointercapture", stop);
    rail.classList.add("pl-dragged");
    this.#view.reportStatus(true);
    follow(event);
  }
}

function set(style: CSSStyleDeclaration, name: string, value: string | undefined): void {
  if (value === undefined) style.removeProperty(name);
  else style.setProperty(name, value);
}

/** Of definite height, while nothing in it follows its siblings: its port is just as high, but not definite, so that content is laid out once. */
const UNTIED_END = ".pl-scroll-end:not(.pl-scroll-tied):is(.pl-h-full,.pl-grow:not(.pl-h-fit,.pl-h-follow))";

export const scrollableModule: WidgetModule = {
  types: ["scrollable"],
  layout: { flow: "scroll" },
  css: `
.pl-scroll{position:relative;display:flex;flex-direction:column;--rail-margin:0px;--thumb-width:initial;--own-rail:initial;--own-thumb:initial}
.pl-scroll-port{flex:1 1 auto;width:100%;overflow:hidden;scrollbar-width:none;outline:none;border-radius:inherit}
.pl-scroll-y>.pl-scroll-port{overflow-y:auto}
.pl-scroll-x>.pl-scroll-port{overflow-x:auto}
:is(.pl-scroll-tied,.pl-scroll-end)>.pl-scroll-port{display:flex;flex-direction:column;align-items:flex-start}
.pl-scroll-end>.pl-scroll-port{flex-direction:column-reverse}
${UNTIED_END}{display:block}
${UNTIED_END}>.pl-scroll-port{min-height:100%;max-height:100%}
.pl-scroll-lane.pl-has-y{padding-right:var(--rail-lane)}
.pl-scroll-lane.pl-has-x{padding-bottom:var(--rail-lane)}
.pl-rail{position:absolute;z-index:1;touch-action:none;border-radius:calc(var(--rail-width)/2);background:var(--own-rail,var(--rail))}
.pl-rail[hidden]{display:none}
.pl-rail-y{right:var(--rail-margin);top:2px;bottom:2px;width:var(--rail-width)}
.pl-rail-x{bottom:var(--rail-margin);left:2px;right:2px;height:var(--rail-width)}
.pl-has-x.pl-has-y>.pl-rail-y{bottom:calc(2px + var(--rail-width))}
.pl-has-x.pl-has-y>.pl-rail-x{right:calc(2px + var(--rail-width))}
.pl-thumb{position:absolute;top:0;left:0;width:100%;height:100%;display:flex}
.pl-thumb::before{content:"";position:absolute;inset:0;margin:auto;border-radius:99px;background:var(--own-thumb,var(--thumb));transition:width .1s,height .1s}
.pl-rail-y>.pl-thumb::before{width:var(--thumb-width,min(6px,60%));height:100%;max-width:100%}
.pl-rail-x>.pl-thumb::before{height:var(--thumb-width,min(6px,60%));width:100%;max-height:100%}
.pl-rail:hover>.pl-thumb::before{background:var(--primary-strong)}
.pl-rail-y:is(:hover,.pl-dragged)>.pl-thumb::before{width:var(--thumb-width,80%)}
.pl-rail-x:is(:hover,.pl-dragged)>.pl-thumb::before{height:var(--thumb-width,80%)}
.pl-rail.pl-dragged>.pl-thumb::before{background:var(--primary-base)}
`,
  create: (context) => new ScrollableView(context),
};
