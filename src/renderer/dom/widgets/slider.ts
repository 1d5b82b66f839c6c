import type { WireProps } from "../../../protocol/node.ts";
import { readColor, readNumber, readString } from "../props.ts";
import type { StyleOptions, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { applyMnemonic, createInteraction, statusOf } from "./button-press.ts";
import {
  clampTo,
  ratioOf,
  readLooseNumber,
  readScale,
  type SliderScale,
  stepped,
  valueAfterKey,
  valueAt,
} from "./slider-value.ts";

const STYLES: StyleOptions = { presets: ["default"], fallback: "default", statuses: ["hovered"] };
const THICKNESS = 16;
const HANDLE_RADIUS = 7;
const CIRCULAR_RADIUS = 8;
/** Px a finger goes before it slides, and before it no longer taps. */
const TOUCH_SLOP = 4;
const TAP_SLOP = 10;
/** How long the app's answer may take after a change before its value counts as a refusal. */
const PATIENCE = { unknown: 1_000, least: 200, factor: 3 } as const;

const css = `
.pl-slider{position:relative;cursor:pointer;user-select:none;-webkit-user-select:none;touch-action:pan-y pinch-zoom;outline:none;--l-color:var(--primary-base);--l-rest:var(--bg-strong);--l-at:0;--l-r:${HANDLE_RADIUS}px;--l-rail:4px;--l-place:calc(var(--l-at)*(100% - 2*var(--l-r)))}
.pl-slider-vertical{touch-action:pan-x pinch-zoom}
.pl-slider>span{position:absolute;pointer-events:none}
.pl-slider-rail{inset:calc(50% - var(--l-rail)/2) 0;border-radius:2px;background:var(--l-own,var(--l-rest))}
.pl-slider-fill{inset:calc(50% - var(--l-rail)/2) auto calc(50% - var(--l-rail)/2) 0;width:calc(var(--l-place) + var(--l-r));border-radius:2px 0 0 2px;background:var(--l-own,var(--l-color))}
.pl-slider-handle{left:var(--l-place);top:calc(50% - var(--l-r));width:calc(2*var(--l-r));height:calc(2*var(--l-r));border-radius:50%;background:var(--s-bg,var(--l-color));box-shadow:inset 0 0 0 var(--s-border-width,0) var(--s-border-color,transparent)}
.pl-slider-vertical>.pl-slider-rail{inset:0 calc(50% - var(--l-rail)/2)}
.pl-slider-vertical>.pl-slider-fill{inset:auto calc(50% - var(--l-rail)/2) 0;width:auto;height:calc(var(--l-place) + var(--l-r));border-radius:0 0 2px 2px}
.pl-slider-vertical>.pl-slider-handle{left:calc(50% - var(--l-r));top:auto;bottom:var(--l-place)}
@media (hover:hover){.pl-slider:hover{--l-color:var(--primary-strong)}}
.pl-slider:focus-visible{--l-color:var(--primary-strong)}
.pl-slider.pl-dragged{cursor:grabbing;--l-color:var(--primary-weak)}
.pl-slider:focus-visible>.pl-slider-handle{box-shadow:inset 0 0 0 2px var(--focus-ring-on-primary),0 0 0 2px var(--focus-ring),0 0 10px var(--focus-glow)}
@media (pointer:coarse){.pl-slider::before{content:"";position:absolute;inset:-6px 0}.pl-slider-vertical::before{inset:0 -6px}}
@media (forced-colors:active){.pl-slider-rail{forced-color-adjust:none;background:GrayText}.pl-slider-fill,.pl-slider-handle{forced-color-adjust:none;background:CanvasText}.pl-slider:focus-visible{outline:2px solid}}
`;

export const sliderModule: WidgetModule = {
  types: ["slider"],
  layout: { flow: "leaf", width: "fill", height: THICKNESS },
  css,
  create: (context) => new Slider(context, false),
};

/** Has no round handle of its own size: the catalog gives `circular_handle` and `handle_radius` to `slider` only. */
export const verticalSliderModule: WidgetModule = {
  types: ["vertical_slider"],
  layout: { flow: "leaf", width: THICKNESS, height: "fill" },
  create: (context) => new Slider(context, true),
};

class Slider implements WidgetView {
  readonly element: HTMLElement;
  readonly focusTarget: HTMLElement;
  readonly #context: WidgetContext;
  readonly #isVertical: boolean;
  readonly #state = createInteraction();
  #scale: SliderScale = readScale({});
  /** What the person chose, until the app's answer. */
  #chosen: number | undefined;
  #pointer: number | undefined;
  /** Where a finger went down that may still turn out to scroll. */
  #touched: { readonly x: number; readonly y: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sentAt: number | undefined;
  #slowestAnswer: number | undefined;

  constructor(context: WidgetContext, isVertical: boolean) {
    this.#context = context;
    this.#isVertical = isVertical;
    const element = context.document.createElement("div");
    element.className = isVertical ? "pl-slider pl-slider-vertical" : "pl-slider";
    element.setAttribute("role", "slider");
    element.setAttribute("aria-orientation", isVertical ? "vertical" : "horizontal");
    element.tabIndex = 0;
    for (const part of ["rail", "fill", "handle"]) {
      const span = context.document.createElement("span");
      span.className = `pl-slider-${part}`;
      element.append(span);
    }
    context.styles.apply(element, undefined, STYLES);
    // Not passive: turning the wheel with Ctrl would zoom the page.
    element.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.element = element;
    this.focusTarget = element;
  }

  get #radius(): number {
    const props = this.#context.props();
    if (this.#isVertical || props["circular_handle"] !== true) return HANDLE_RADIUS;
    return Math.max(0, readLooseNumber(props["handle_radius"]) ?? CIRCULAR_RADIUS);
  }

  /** The app's value. */
  get #given(): number {
    return clampTo(this.#scale, readNumber(this.#context.props()["value"]) ?? this.#scale.min);
  }

  get #shown(): number {
    return this.#chosen ?? this.#given;
  }

  update(props: WireProps, previous: WireProps, named?: WireProps): void {
    this.#scale = readScale(props);
    const isRound = !this.#isVertical && props["circular_handle"] === true;
    const wasRound = !this.#isVertical && previous["circular_handle"] === true;
    if (props["style"] !== previous["style"] || isRound !== wasRound) {
      // A handle with a radius of its own is drawn without the style.
      this.#context.styles.apply(this.element, isRound ? undefined : props["style"], STYLES);
    }
    const rail = readLooseNumber(props["rail_width"]);
    setVariable(this.element, "--l-rail", rail === undefined || rail < 0 ? undefined : `${rail}px`);
    setVariable(this.element, "--l-own", readColor(props["rail_color"]));
    setVariable(this.element, "--l-r", isRound ? `${this.#radius}px` : undefined);
    if (props["label"] !== previous["label"]) {
      const label = readString(props["label"]);
      if (label === undefined) this.element.removeAttribute("aria-label");
      else this.element.setAttribute("aria-label", label);
    }
    applyMnemonic(this.element, props["mnemonic"], props["access_key"]);
    if (props["value"] !== previous["value"]) this.#answered();
    // The app says its value again on purpose: it refused the new one.
    else if (this.#pointer === undefined && named?.["value"] !== undefined) this.#settle();
    this.element.setAttribute("aria-valuemin", String(this.#scale.min));
    this.element.setAttribute("aria-valuemax", String(this.#scale.max));
    this.#draw();
    this.#report();
  }

  handle(event: Event): boolean {
    if (event instanceof PointerEvent) {
      switch (event.type) {
        case "pointerdown":
          return this.#press(event);
        case "pointermove":
          return this.#move(event);
        case "pointerup":
          return this.#lift(event);
        case "pointercancel":
        case "lostpointercapture":
          return this.#lose(event);
      }
    }
    if (event.type === "dblclick" && event instanceof MouseEvent && event.button === 0) return this.#restore(true);
    if (event instanceof KeyboardEvent) return event.type === "keydown" && this.#key(event);
    // The press has said it all.
    return event.type === "click";
  }

  hoverChanged(isHovered: boolean): void {
    this.#state.isHovered = isHovered;
    this.#report();
  }

  focusChanged(isFocused: boolean): void {
    this.#state.isFocused = isFocused;
    this.#report();
  }

  hostLost(): void {
    this.#settle();
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #press(event: PointerEvent): boolean {
    if (event.button !== 0 || this.#pointer !== undefined) return true;
    if ((event.ctrlKey || event.metaKey) && this.#restore(false)) return true;
    this.element.setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    if (event.pointerType === "touch") {
      this.#touched = { x: event.clientX, y: event.clientY };
      return true;
    }
    this.#setDragged(true);
    this.#choose(this.#valueUnder(event));
    return true;
  }

  #move(event: PointerEvent): boolean {
    if (event.pointerId !== this.#pointer) return false;
    if (this.#touched !== undefined) {
      const { along, across } = this.#way(this.#touched, event);
      if (along < TOUCH_SLOP || along <= across) return true;
      this.#touched = undefined;
    }
    this.#setDragged(true);
    this.#choose(this.#valueUnder(event));
    return true;
  }

  #lift(event: PointerEvent): boolean {
    if (event.pointerId !== this.#pointer) return false;
    if (this.#touched !== undefined) {
      const { along, across } = this.#way(this.#touched, event);
      this.#touched = undefined;
      // Across the slider: the finger meant to scroll, and nothing did.
      if (Math.max(along, across) > TAP_SLOP) {
        this.#pointer = undefined;
        return true;
      }
      this.#choose(this.#valueUnder(event));
    }
    this.#release();
    return true;
  }

  /** Taken away by scrolling, another window or the system: what was chosen so far stays chosen. */
  #lose(event: PointerEvent): boolean {
    if (event.pointerId !== this.#pointer) return false;
    if (this.#touched === undefined) this.#release();
    this.#touched = undefined;
    this.#pointer = undefined;
    return true;
  }

  /** How far a finger has gone. */
  #way(from: { readonly x: number; readonly y: number }, to: PointerEvent): { along: number; across: number } {
    const x = Math.abs(to.clientX - from.x);
    const y = Math.abs(to.clientY - from.y);
    return this.#isVertical ? { along: y, across: x } : { along: x, across: y };
  }

  #release(): void {
    this.#pointer = undefined;
    this.#setDragged(false);
    this.#context.emit("slide_release", this.#shown);
    this.#awaitAnswer();
  }

  #key(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    const value = valueAfterKey(this.#scale, this.#shown, event.key, event.shiftKey);
    if (value === undefined) return false;
    event.preventDefault();
    this.#choose(value);
    return true;
  }

  #wheel(event: WheelEvent): void {
    const delta = event.deltaY === 0 ? event.deltaX : event.deltaY;
    if (!event.ctrlKey || delta === 0) return;
    event.preventDefault();
    this.#choose(stepped(this.#scale, this.#shown, delta < 0 ? 1 : -1, event.shiftKey));
  }

  /**
   * Back to `default`, if there is one. After a double click the last release spoke of another value, so that one is
   * taken back too.
   */
  #restore(wasReleased: boolean): boolean {
    const value = readNumber(this.#context.props()["default"]);
    if (value === undefined) return false;
    this.#choose(clampTo(this.#scale, value));
    if (wasReleased) this.#context.emit("slide_release", this.#shown);
    return true;
  }

  #choose(value: number): void {
    if (value === this.#shown) return;
    this.#chosen = value;
    this.#sentAt ??= performance.now();
    this.#draw();
    this.#context.emit("slide", value, { kind: "replace" });
    this.#awaitAnswer();
  }

  #valueUnder(event: PointerEvent): number {
    const rect = this.element.getBoundingClientRect();
    const length = this.#isVertical ? rect.height : rect.width;
    const laidOut = this.#isVertical ? this.element.offsetHeight : this.element.offsetWidth;
    // The window may be scaled.
    const radius = laidOut === 0 ? this.#radius : (this.#radius * length) / laidOut;
    const from = this.#isVertical ? rect.bottom - event.clientY : event.clientX - rect.left;
    const room = length - 2 * radius;
    const ratio = room <= 0 ? from / Math.max(1, length) : (from - radius) / room;
    return valueAt(this.#scale, ratio, event.shiftKey);
  }

  /** A value from the app: the one that was chosen, one on the way to it, or the app's own. */
  #answered(): void {
    if (this.#chosen === undefined) return;
    if (this.#sentAt !== undefined) {
      this.#slowestAnswer = Math.max(this.#slowestAnswer ?? 0, performance.now() - this.#sentAt);
      this.#sentAt = undefined;
    }
    if (this.#pointer === undefined && this.#given === this.#chosen) this.#settle();
    else this.#awaitAnswer();
  }

  /** Not while dragging: the handle stays under the pointer whatever the app says. */
  #awaitAnswer(): void {
    clearTimeout(this.#timer);
    if (this.#pointer !== undefined || this.#chosen === undefined) return;
    if (this.#given === this.#chosen) {
      this.#settle();
      return;
    }
    const known = this.#slowestAnswer;
    const patience = known === undefined ? PATIENCE.unknown : Math.max(PATIENCE.least, known * PATIENCE.factor);
    this.#timer = setTimeout(() => {
      this.#settle();
      this.#draw();
    }, patience);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#chosen = undefined;
    this.#sentAt = undefined;
  }

  #draw(): void {
    const value = this.#shown;
    this.element.style.setProperty("--l-at", String(ratioOf(this.#scale, value)));
    this.element.setAttribute("aria-valuenow", String(value));
  }

  #setDragged(isDragged: boolean): void {
    if (this.#state.isPressed === isDragged) return;
    this.#state.isPressed = isDragged;
    this.element.classList.toggle("pl-dragged", isDragged);
    if (isDragged) this.element.setAttribute("aria-busy", "true");
    else this.element.removeAttribute("aria-busy");
    this.#report();
  }

  #report(): void {
    this.#context.emitStatus(this.#state.isPressed ? "dragged" : statusOf(this.#state));
  }
}

function setVariable(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.style.removeProperty(name);
  else element.style.setProperty(name, value);
}
