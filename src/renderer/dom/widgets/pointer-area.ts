import type { WireProps, WireValue } from "../../../protocol/index.ts";
import { roleOf } from "../accessibility.ts";
import { readRecord, readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { isPlainKey } from "./button-press.ts";

const BUTTONS = ["left", "middle", "right"] as const;
const NO_MODIFIERS = { shift: false, ctrl: false, alt: false, logo: false, command: false };

const DOUBLE_TAP_MS = 500;
const DOUBLE_TAP_PX = 30;

/** Cursor names whose CSS name is not the same with dashes. */
const CURSORS: Readonly<Record<string, string>> = {
  resizing_horizontally: "ew-resize",
  resizing_vertically: "ns-resize",
  resizing_diagonally_up: "nesw-resize",
  resizing_diagonally_down: "nwse-resize",
  resizing_column: "col-resize",
  resizing_row: "row-resize",
};

/** Reports what the pointer does over its child, as far as the child does not use it itself. */
class PointerAreaView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  #isEntering = false;
  /** The last tap, which another one may make a double one. */
  #tapped: { readonly at: number; readonly x: number; readonly y: number } | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-box pl-hit pl-pointer-area";
    this.content = this.element;
  }

  update(props: WireProps): void {
    const cursor = readString(props["cursor"]);
    const css = cursor === undefined ? "" : (CURSORS[cursor] ?? cursor.replaceAll("_", "-"));
    if (this.element.style.cursor !== css) this.element.style.cursor = css;
    if (isControl(props)) this.element.tabIndex = 0;
    else this.element.removeAttribute("tabindex");
  }

  hoverChanged(isHovered: boolean): void {
    this.#isEntering = isHovered;
    const family = isHovered ? "enter" : "exit";
    if (this.#context.props()[`on_${family}`] === true) this.#context.emit(family);
  }

  handle(event: Event): boolean | undefined {
    const props = this.#context.props();
    if (isControl(props) && event.target === this.element) {
      const isKey = isPlainKey(event, "Enter", " ");
      // Assistive technology clicks without pressing.
      if (isKey || (event instanceof PointerEvent && event.type === "click" && event.pointerId < 0)) {
        event.preventDefault();
        if (!(event instanceof KeyboardEvent && event.repeat)) this.#activate(props);
        return true;
      }
    }
    if (event instanceof WheelEvent) {
      if (props["on_scroll"] !== true) return undefined;
      const value = { delta_x: -event.deltaX || 0, delta_y: -event.deltaY || 0, ...this.#at(event) };
      this.#context.emit("scroll", value, { kind: "accumulate", fields: ["delta_x", "delta_y"] });
    } else if (event.type === "dblclick" && event instanceof MouseEvent) {
      // Not every browser makes one of two taps, so that those are counted here.
      if (this.#tapped === undefined) this.#doubleClicked(event, props);
    } else if (event instanceof PointerEvent) {
      if (event.type === "pointerdown") this.#button(event, "press", props);
      else if (event.type === "pointerup") {
        this.#button(event, "release", props);
        this.#countTaps(event, props);
      } else if (event.type === "pointermove") this.#moved(event, props);
    }
    return undefined;
  }

  /** What a press and a release in the middle report. */
  #activate(props: WireProps): void {
    const at = { x: this.element.offsetWidth / 2, y: this.element.offsetHeight / 2 };
    for (const family of ["press", "release"] as const) {
      const wanted = props[`on_${family}`];
      if (typeof wanted === "string") this.#context.emit(wanted);
      else if (wanted === true) {
        this.#context.emit(family, { ...at, button: "left", pointer: "mouse", modifiers: NO_MODIFIERS });
      }
    }
  }

  #doubleClicked(event: MouseEvent, props: WireProps): void {
    if (props["on_double_click"] !== true) return;
    const pointer = pointerKind(event);
    this.#context.emit("double_click", { ...this.#at(event), pointer, modifiers: NO_MODIFIERS });
  }

  #countTaps(event: PointerEvent, props: WireProps): void {
    if (event.pointerType !== "touch") {
      this.#tapped = undefined;
      return;
    }
    const { timeStamp, clientX, clientY } = event;
    const before = this.#tapped;
    const isNear = before !== undefined && Math.hypot(clientX - before.x, clientY - before.y) < DOUBLE_TAP_PX;
    const isDouble = isNear && timeStamp - before.at < DOUBLE_TAP_MS;
    if (isDouble) this.#doubleClicked(event, props);
    // A third tap starts anew.
    this.#tapped = { at: isDouble ? Number.NEGATIVE_INFINITY : timeStamp, x: clientX, y: clientY };
  }

  #moved(event: PointerEvent, props: WireProps): void {
    // The move that comes with entering is told by `enter` alone.
    const isFirst = this.#isEntering && props["on_enter"] === true;
    this.#isEntering = false;
    if (props["on_move"] === true && !isFirst) this.#context.emit("move", this.#at(event), { kind: "replace" });
  }

  #button(event: PointerEvent, family: "press" | "release", props: WireProps): void {
    const button = BUTTONS[event.button];
    if (button === undefined) return;
    const wanted: WireValue | undefined = props[button === "left" ? `on_${family}` : `on_${button}_${family}`];
    // The left button's prop may name the family of a plain event.
    if (typeof wanted === "string" && button === "left") this.#context.emit(wanted);
    else if (wanted === true) {
      this.#context.emit(family, {
        ...this.#at(event),
        button,
        pointer: pointerKind(event),
        modifiers: NO_MODIFIERS,
      });
    }
  }

  #at(event: MouseEvent): { readonly x: number; readonly y: number } {
    const rect = this.element.getBoundingClientRect();
    const zoom = rect.width / Math.max(1, this.element.offsetWidth) || 1;
    return { x: (event.clientX - rect.x) / zoom, y: (event.clientY - rect.y) / zoom };
  }
}

function pointerKind(event: MouseEvent): "mouse" | "touch" | "pen" {
  const kind = event instanceof PointerEvent ? event.pointerType : "";
  return kind === "touch" || kind === "pen" ? kind : "mouse";
}

/** An area that the app calls a control is one for the keyboard too. */
function isControl(props: WireProps): boolean {
  const isPressable = [props["on_press"], props["on_release"]].some(
    (wanted) => wanted === true || typeof wanted === "string",
  );
  const fields = readRecord(props["a11y"]);
  const role = roleOf(readString(fields?.["role"]));
  return isPressable && role !== undefined && CONTROLS.has(role) && fields?.["disabled"] !== true;
}

const CONTROLS: ReadonlySet<string> = new Set(
  "button link checkbox switch radio tab menuitem treeitem listitem".split(" "),
);

export const pointerAreaModule: WidgetModule = {
  types: ["pointer_area"],
  layout: { flow: "wrapper" },
  css: ".pl-pointer-area{outline:none}.pl-pointer-area:focus-visible{outline:2px solid var(--focus-ring);outline-offset:1px}",
  create: (context) => new PointerAreaView(context),
};
