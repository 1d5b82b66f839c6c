import { MAX_CANVAS_SHAPES, MAX_DASH_SEGMENTS, type WireProps, type WireValue } from "../../../protocol/index.ts";
import type { CoalesceHint, WidgetOperation } from "../../surface.ts";
import type { DrawnNode } from "../drawn.ts";
import { keyName, modifiersValue } from "../keys.ts";
import { readEnum, readFont, readRecord, readString } from "../props.ts";
import type { WidgetContext } from "../widget.ts";
import { adviceFor } from "./advice.ts";
import { Bitmaps } from "./bitmaps.ts";
import { Decor } from "./decor.ts";
import type { Point } from "./geometry.ts";
import {
  type ArrowMode,
  arrowTarget,
  type CanvasFocus,
  escapeTarget,
  focusOn,
  keepFocus,
  NAVIGATION_KEYS,
  nextStop,
} from "./keyboard.ts";
import { type LookOverride, mergeOverrides, readOverride } from "./look.ts";
import { Mirror } from "./mirror.ts";
import { CanvasPointer, type PointerOutcome } from "./pointer.ts";
import {
  type CanvasElement,
  centerOf,
  EMPTY_SCENE,
  elementAt,
  type Layer,
  middleOf,
  type Scene,
  SceneBuilder,
} from "./scene.ts";
import { Stage } from "./stage.ts";
import { zoomOf } from "./zoom.ts";

const BUTTONS = ["left", "middle", "right", "back", "forward"] as const;
/** The bit of each button in `PointerEvent.buttons`. */
const BUTTON_BITS = [1, 4, 2, 8, 16] as const;
/** There are no more codes than this. */
const MAX_REPORTS = 10;
const REPLACE: CoalesceHint = { kind: "replace" };
const SUM: CoalesceHint = { kind: "accumulate", fields: ["delta_x", "delta_y"] };
const CURSORS: ReadonlySet<string> = new Set(
  (
    "pointer grab grabbing crosshair move text not-allowed no-drop help progress wait cell copy alias zoom-in zoom-out " +
    "col-resize row-resize"
  ).split(" "),
);

/** A drawing with elements in it: brings together what is drawn, the pointer, the keyboard and the accessibility tree. */
export class CanvasProgram {
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  readonly #isApple: boolean;
  readonly #builder = new SceneBuilder();
  readonly #bitmaps: Bitmaps;
  readonly #stage: Stage;
  readonly #mirror: Mirror;
  readonly #decor: Decor;
  readonly #pointer = new CanvasPointer(EMPTY_SCENE);
  readonly #families = new Map<string, string>();
  readonly #reported = new Set<string>();
  readonly #checked = new WeakSet<Layer>();
  readonly #flush = (): void => this.#stage.flush();
  readonly #fontsLoaded = (): void => this.#stage.invalidate();
  #scene: Scene = EMPTY_SCENE;
  #focus: CanvasFocus | undefined;
  /** The focus came by key or command, so it is shown. */
  #hasRing = false;
  #hasFocus = false;
  /** The next focus of the canvas is meant for this place, or for none. */
  #isPlacing = false;
  /** The keyboard is coming in from before (1) or behind (-1). */
  #entry: 1 | -1 | undefined;
  #last: Point = { x: 0, y: 0 };
  #overrides = new Map<string, LookOverride | undefined>();

  constructor(context: WidgetContext, element: HTMLElement) {
    this.#context = context;
    const { document } = context;
    this.#isApple = /Mac|iPhone|iPad/.test(document.defaultView?.navigator.platform ?? "");
    this.element = element;
    this.#mirror = new Mirror(document, context);
    this.element.append(this.#mirror.element);
    this.#decor = new Decor(this.element);
    this.#bitmaps = new Bitmaps(context.pictures, {
      onChanged: () => this.#stage.invalidate(),
      onFailed: (name, reason) => this.#report("canvas_image_missing", `The picture "${name}" is not drawn: ${reason}`),
    });
    this.#stage = new Stage(this.element, () => context.beforePaint(this.#flush), {
      overrides: () => this.#overrides,
      fontFamily: (font) => this.#family(font),
      bitmap: (source) => this.#bitmaps.find(source),
    });
    document.fonts.addEventListener("loadingdone", this.#fontsLoaded);
  }

  get isFocusable(): boolean {
    return this.#scene.elements.length > 0;
  }

  get isDraggable(): boolean {
    return this.#scene.elements.some((each) => each.props["draggable"] === true);
  }

  /** The keyboard came to the canvas from there. */
  entered(from: EventTarget | null): void {
    if (this.#isPlacing) return;
    this.#entry = from instanceof Node && isBehind(from, this.element) ? -1 : 1;
    this.#enter();
  }

  propsChanged(): void {
    this.#showCursor();
  }

  draw(children: readonly DrawnNode[], changed: ReadonlySet<DrawnNode> | "all"): void {
    this.#scene = this.#builder.build(children, changed);
    this.#pointer.setScene(this.#scene);
    this.#focus = this.#focus === undefined ? undefined : keepFocus(this.#scene, this.#focus);
    this.#mirror.setScene(this.#scene);
    this.#overrides = this.#readOverrides();
    this.#stage.setScene(this.#scene);
    this.#reportScene();
    this.#stateChanged();
    if (!this.#pointer.isDragging) this.#decor.updateTip(this.#pointer.hovered, this.#last);
  }

  settingsChanged(): void {
    this.#families.clear();
    this.#stage.invalidate();
    this.#stage.measure();
  }

  focusChanged(isFocused: boolean): void {
    if (this.#hasFocus === isFocused) return;
    this.#hasFocus = isFocused;
    if (!isFocused) {
      this.#entry = undefined;
      this.#setFocus(undefined, false);
    }
    this.#context.emit(isFocused ? "focused" : "blurred");
    this.#enter();
  }

  hoverChanged(isHovered: boolean): void {
    if (isHovered) return;
    this.#tell(this.#pointer.leave(this.#last));
  }

  handle(event: Event): boolean {
    if (event instanceof WheelEvent) return this.#wheel(event);
    if (event instanceof PointerEvent && event.type !== "click") return this.#pointed(event);
    if (event instanceof KeyboardEvent) return this.#key(event);
    return event.type === "click" && this.#activated(event.target);
  }

  perform(operation: WidgetOperation): boolean {
    if (operation.name !== "focus") return false;
    const id = readString(readRecord(operation.value)?.["element"]);
    const element = id === undefined ? undefined : this.#scene.find(id);
    if (element === undefined) return false;
    this.#takeKeyboard();
    this.#setFocus(focusOn(element), true);
    return true;
  }

  placeOf(id: string): Point | undefined {
    const element = this.#scene.find(id);
    return element === undefined ? undefined : middleOf(element);
  }

  dispose(): void {
    this.#context.document.fonts.removeEventListener("loadingdone", this.#fontsLoaded);
    this.#stage.dispose();
    this.#bitmaps.dispose();
  }

  // Pointer

  #pointed(event: PointerEvent): boolean {
    if (event.type === "lostpointercapture") {
      // After a release nothing is held any more. The event itself does not say where it was.
      if (event.isPrimary && this.#pointer.isHolding) this.#tell(this.#pointer.leave(this.#last));
      return false;
    }
    const at = this.#at(event);
    this.#last = at;
    switch (event.type) {
      case "pointerdown":
        return this.#pressed(event, at, event.button);
      case "pointerup":
        return this.#released(event, at, event.button);
      case "pointercancel":
        return event.isPrimary && this.#tell(this.#pointer.leave(at));
      case "pointermove": {
        // Further buttons of a mouse come as moves.
        const bit = BUTTON_BITS[event.button];
        if (event.button < 0) return this.#moved(event, at);
        const isDown = bit !== undefined && (event.buttons & bit) !== 0;
        return isDown ? this.#pressed(event, at, event.button) : this.#released(event, at, event.button);
      }
      default:
        return false;
    }
  }

  #pressed(event: PointerEvent, at: Point, button: number): boolean {
    if (button === 0 && event.isPrimary) {
      const hit = elementAt(this.#scene, at.x, at.y);
      const isMoving = hit?.id !== this.#focus?.element.id;
      // The browser would focus the canvas after this event; the app hears of the canvas before its element.
      if (this.isFocusable) this.#takeKeyboard();
      this.#pointer.press(at);
      this.#setFocus(hit === undefined ? undefined : focusOn(hit), false);
      this.#stateChanged();
      if (isMoving) return true;
    }
    return this.#raw("press", event, at, button);
  }

  #released(event: PointerEvent, at: Point, button: number): boolean {
    if (button === 0 && event.isPrimary && this.#tell(this.#pointer.release(at))) return true;
    return this.#raw("release", event, at, button);
  }

  #moved(event: PointerEvent, at: Point): boolean {
    if (event.isPrimary) {
      const { clientWidth, clientHeight } = this.element;
      const isOut = at.x < 0 || at.y < 0 || at.x > clientWidth || at.y > clientHeight;
      // A finger keeps the canvas wherever it goes; a drag ends at the edge all the same.
      if (isOut && this.#pointer.isDragging) return this.#tell(this.#pointer.leave(at));
      const isUsed = this.#tell(this.#pointer.move(at, event.pointerType !== "touch" && !isOut));
      this.#decor.showTip(this.#pointer.isDragging ? undefined : this.#pointer.hovered, at);
      if (isUsed) return true;
    }
    return this.#raw("move", event, at);
  }

  #wheel(event: WheelEvent): boolean {
    const props = this.#context.props();
    if (props["on_scroll"] !== true && props["interactive"] !== true) return false;
    event.preventDefault();
    const at = this.#at(event);
    const modifiers = modifiersValue(event, this.#isApple);
    // The toolkit counts the way the content goes, the browser the way the view goes.
    const deltas = { delta_x: -event.deltaX || 0, delta_y: -event.deltaY || 0 };
    this.#context.emit("scroll", { ...at, ...deltas, pointer: "mouse", modifiers }, SUM);
    return true;
  }

  /** An event of the canvas itself. */
  #raw(family: "press" | "release" | "move", event: PointerEvent, at: Point, button?: number): boolean {
    const props = this.#context.props();
    const isWanted = props[`on_${family}`] === true || props["interactive"] === true;
    if (!isWanted && this.#scene.elements.length === 0) return false;
    const isTouch = event.pointerType === "touch";
    const value: WireValue = {
      ...at,
      ...(button === undefined ? {} : { button: BUTTONS[button] ?? `other_${button}` }),
      pointer: isTouch ? "touch" : event.pointerType === "pen" ? "pen" : "mouse",
      modifiers: modifiersValue(event, this.#isApple),
      ...(isTouch ? { finger: event.pointerId } : {}),
    };
    this.#context.emit(family, value, family === "move" ? REPLACE : undefined);
    return true;
  }

  #tell(outcome: PointerOutcome): boolean {
    for (const { family, id, value } of outcome.events) {
      this.#context.emit(family, value, family === "drag" ? SUM : undefined, id);
    }
    this.#stateChanged();
    return outcome.isUsed;
  }

  #at(event: MouseEvent): Point {
    const rect = this.element.getBoundingClientRect();
    const zoom = zoomOf(this.element);
    return { x: (event.clientX - rect.x) / zoom, y: (event.clientY - rect.y) / zoom };
  }

  // Keyboard

  #key(event: KeyboardEvent): boolean {
    // Keys that nobody has come to what is under the pointer.
    if (!this.#hasFocus || event.isComposing) return false;
    const isUsed = event.type === "keydown" ? this.#keyDown(event) : this.#keyUp(event);
    if (isUsed) event.preventDefault();
    return isUsed;
  }

  #keyDown(event: KeyboardEvent): boolean {
    if (this.#pointer.isDragging) return true;
    const { key } = event;
    if (NAVIGATION_KEYS.has(key)) return this.#navigate(event);
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
    if (key === "Tab") {
      const next = nextStop(this.#scene, this.#focus?.element, event.shiftKey ? -1 : 1);
      if (next === undefined) return false;
      this.#setFocus(next, true);
      return true;
    }
    if (this.#focus === undefined) return false;
    if (key === "Escape") {
      this.#setFocus(escapeTarget(this.#focus), true);
      return true;
    }
    if (key !== "Enter" && key !== " ") return false;
    if (!event.repeat) this.#click(this.#focus.element);
    return true;
  }

  #keyUp(event: KeyboardEvent): boolean {
    if (this.#pointer.isDragging) return true;
    if (this.#focus === undefined || this.#arrowMode() !== "none" || !NAVIGATION_KEYS.has(event.key)) return false;
    this.#emitKey("key_release", event, this.#focus.element.id);
    return true;
  }

  #navigate(event: KeyboardEvent): boolean {
    const mode = this.#arrowMode();
    if (mode === "none") {
      if (this.#focus === undefined) return false;
      this.#emitKey("key_press", event, this.#focus.element.id);
      return true;
    }
    // They belong to the browser.
    if (event.altKey || event.metaKey) return false;
    const target = arrowTarget(this.#scene, this.#focus, event.key, mode);
    if (target === undefined) return false;
    this.#setFocus(target, true);
    return true;
  }

  #emitKey(family: "key_press" | "key_release", event: KeyboardEvent, id: string): void {
    const value = { key: keyName(event.key), modifiers: modifiersValue(event, this.#isApple) };
    this.#context.emit(family, value, undefined, id);
  }

  #click(element: CanvasElement): boolean {
    if (element.props["on_click"] !== true) return false;
    this.#context.emit("click", { ...centerOf(element), button: "keyboard" }, undefined, element.id);
    return true;
  }

  /** A screen reader pressed one of the nodes that stand for the elements. */
  #activated(target: EventTarget | null): boolean {
    const id = this.#mirror.idOf(target);
    const element = id === undefined ? undefined : this.#scene.find(id);
    return element !== undefined && this.#click(element);
  }

  #arrowMode(): ArrowMode {
    return readEnum(this.#context.props()["arrow_mode"], ["wrap", "clamp", "linear", "none"]) ?? "wrap";
  }

  // Focus

  /** The keyboard comes to the canvas without going to an end of it. */
  #takeKeyboard(): void {
    this.#isPlacing = true;
    this.element.focus({ preventScroll: true });
    this.#isPlacing = false;
  }

  /** Goes to the near end of the canvas once both have come: the focus itself and the news of it for the core. */
  #enter(): void {
    const step = this.#entry;
    if (step === undefined || !this.#hasFocus) return;
    this.#entry = undefined;
    if (this.#focus === undefined) this.#setFocus(nextStop(this.#scene, undefined, step), true);
  }

  #setFocus(place: CanvasFocus | undefined, hasRing: boolean): void {
    const before = this.#focus?.element.id;
    const after = place?.element.id;
    this.#focus = place;
    this.#hasRing = hasRing;
    if (before !== after) {
      if (before !== undefined) this.#context.emit("blurred", undefined, undefined, before);
      if (after !== undefined) this.#context.emit("focused", undefined, undefined, after);
    }
    this.#stateChanged();
  }

  // Looks

  /** Brings everything that depends on hover, press and focus up to date. */
  #stateChanged(): void {
    this.#decor.showRing(this.#hasRing ? this.#focus?.element : undefined);
    if (this.#pointer.hovered === undefined || this.#pointer.isDragging) this.#decor.showTip(undefined, this.#last);
    this.#showActive();
    this.#showCursor();
    this.#restyle();
  }

  #showActive(): void {
    const explicit = readRecord(this.#context.props()["a11y"])?.["active_descendant"];
    // What the app says on purpose stays.
    if (typeof explicit === "string" && this.element.hasAttribute("aria-activedescendant")) return;
    const active = this.#focus === undefined ? undefined : this.#mirror.domIdOf(this.#focus.element.id);
    if (active === undefined) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", active);
  }

  /** Repaints the layers whose elements look different now. */
  #restyle(): void {
    const before = this.#overrides;
    const after = this.#readOverrides();
    this.#overrides = after;
    for (const id of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(id) === after.get(id)) continue;
      const element = this.#scene.find(id);
      if (element !== undefined) this.#stage.restyle(element.home);
    }
  }

  #readOverrides(): Map<string, LookOverride | undefined> {
    const found = new Map<string, LookOverride | undefined>();
    const add = (element: CanvasElement | undefined, style: string): void => {
      const override = readKnownOverride(element?.props[style]);
      if (element === undefined || override === undefined) return;
      const under = found.get(element.id);
      found.set(element.id, under === undefined ? override : mergeOverrides(under, override));
    };
    add(this.#focus?.element, "focus_style");
    add(this.#pointer.hovered, "hover_style");
    add(this.#pointer.pressed, "pressed_style");
    return found;
  }

  #showCursor(): void {
    const cursor = this.#cursor();
    if (this.element.style.cursor !== cursor) this.element.style.cursor = cursor;
  }

  #cursor(): string {
    if (this.#pointer.isDragging) return "grabbing";
    const hovered = this.#pointer.hovered;
    if (hovered !== undefined) {
      const name = (readString(hovered.props["cursor"]) ?? "").replaceAll("_", "-");
      return CURSORS.has(name) ? name : "pointer";
    }
    return this.#scene.elements.length > 0 || wantsPointer(this.#context.node()?.props ?? {}) ? "crosshair" : "";
  }

  #family(font: string | undefined): string {
    const key = font ?? "default";
    let family = this.#families.get(key);
    if (family === undefined) {
      const style = this.element.ownerDocument.defaultView?.getComputedStyle(this.element);
      const resolve = (name: string): string => style?.getPropertyValue(name).trim() || "sans-serif";
      // The 2D API knows no variables.
      family = (readFont(key)?.family ?? "var(--font-default)").replace(/var\((--font-\w+)\)/g, (_, name: string) =>
        resolve(name),
      );
      this.#families.set(key, family);
    }
    return family;
  }

  // Diagnostics

  #reportScene(): void {
    for (const layer of this.#scene.layers) {
      if (this.#checked.has(layer)) continue;
      this.#checked.add(layer);
      if (layer.isCut) {
        const message = `The layer "${layer.name}" has too many shapes; the last ones are left out.`;
        this.#report("canvas_shapes_cap_exceeded", message, "warn", { max: MAX_CANVAS_SHAPES });
      }
      const { fault } = layer;
      if (fault !== undefined) {
        const { id, type, prop, raw, clamped } = fault;
        const message = `A number of "${id}" is out of range; it counts as ${clamped}.`;
        // The wire has the number as text.
        const fields = { type_name: "canvas", prop: `${type}.${prop}`, raw: String(raw), clamped, non_finite: false };
        this.#report("prop_range_exceeded", message, "warn", fields);
      }
      if (layer.ops.some((op) => op.kind === "shape" && "look" in op.shape && op.shape.look.stroke?.dash?.isCut)) {
        const message = "A dash pattern has more segments than are drawn.";
        this.#report("dash_segments_cap_exceeded", message, "info", { max: MAX_DASH_SEGMENTS });
      }
      for (const element of layer.elements) {
        const advice = this.#reported.size < MAX_REPORTS ? adviceFor(element) : undefined;
        if (advice !== undefined) this.#report(advice.code, advice.message, "info");
      }
    }
  }

  /** Each code once. */
  #report(code: string, message: string, level: "info" | "warn" = "warn", fields: WireProps = {}): void {
    if (this.#reported.has(code)) return;
    this.#reported.add(code);
    this.#context.diagnose(level, code, message, fields);
  }
}

// Equal objects give the same override, so that "nothing has changed" can be seen.
const overrides = new WeakMap<object, LookOverride>();

function readKnownOverride(value: WireValue | undefined): LookOverride | undefined {
  const style = readRecord(value);
  if (style === undefined) return undefined;
  const known = overrides.get(style);
  if (known !== undefined) return known;
  const read = readOverride(style);
  if (read !== undefined) overrides.set(style, read);
  return read;
}

function isBehind(node: Node, element: Element): boolean {
  return (element.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

function wantsPointer(props: WireProps): boolean {
  return ["interactive", "on_press", "on_release", "on_move", "on_scroll"].some((name) => props[name] === true);
}
