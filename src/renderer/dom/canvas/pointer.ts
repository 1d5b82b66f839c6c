import type { WireProps, WireValue } from "../../../protocol/index.ts";
import { readEnum, readNumber, readRecord } from "../props.ts";
import type { Point } from "./geometry.ts";
import { type CanvasElement, elementAt, type Scene } from "./scene.ts";

/** What an input did to an element. Raw events of the canvas are the caller's when nothing comes back. */
export interface ElementEvent {
  readonly family: "enter" | "exit" | "click" | "drag" | "drag_end";
  readonly id: string;
  readonly value?: WireProps;
}

export interface PointerOutcome {
  readonly events: readonly ElementEvent[];
  /** The input is used up: there is no raw event. */
  readonly isUsed: boolean;
}

interface Drag {
  readonly id: string;
  readonly last: Point;
}

const UNUSED: PointerOutcome = { events: [], isUsed: false };

/** What the pointer does to the elements of a canvas: hover, press, drag. Knows nothing of the page. */
export class CanvasPointer {
  #scene: Scene;
  #hovered: string | undefined;
  #pressed: string | undefined;
  #drag: Drag | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get hovered(): CanvasElement | undefined {
    return this.#find(this.#hovered);
  }
  /** The element held down, for its look. */
  get pressed(): CanvasElement | undefined {
    return this.#find(this.#pressed);
  }
  get isDragging(): boolean {
    return this.#drag !== undefined;
  }

  /** Something is pressed or dragged. */
  get isHolding(): boolean {
    return this.#pressed !== undefined || this.#drag !== undefined;
  }

  /** What is gone is forgotten without a word. */
  setScene(scene: Scene): void {
    this.#scene = scene;
    if (this.hovered === undefined) this.#hovered = undefined;
    if (this.pressed === undefined) this.#pressed = undefined;
    if (this.#find(this.#drag?.id) === undefined) this.#drag = undefined;
  }

  /** The left button or the first finger went down; the element there, if any. */
  press(at: Point): CanvasElement | undefined {
    const element = elementAt(this.#scene, at.x, at.y);
    this.#pressed = element?.id;
    this.#drag = element?.props["draggable"] === true ? { id: element.id, last: clamp(element, at) } : undefined;
    return element;
  }

  /** `canHover` is false for fingers. */
  move(at: Point, canHover: boolean): PointerOutcome {
    const dragged = this.#find(this.#drag?.id);
    if (this.#drag !== undefined && dragged !== undefined) return this.#dragged(this.#drag, dragged, at);
    if (!canHover) return UNUSED;
    const before = this.#hovered;
    const next = elementAt(this.#scene, at.x, at.y)?.id;
    if (before === next) return UNUSED;
    this.#hovered = next;
    const events: ElementEvent[] = [];
    if (before !== undefined) events.push({ family: "exit", id: before });
    if (next !== undefined) events.push({ family: "enter", id: next, value: { x: at.x, y: at.y } });
    return { events, isUsed: true };
  }

  release(at: Point): PointerOutcome {
    const pressed = this.pressed;
    const drag = this.#drag;
    this.#pressed = undefined;
    this.#drag = undefined;
    if (drag !== undefined) return dragEnd(drag.id, at);
    if (pressed?.props["on_click"] !== true || elementAt(this.#scene, at.x, at.y)?.id !== pressed.id) return UNUSED;
    return {
      events: [{ family: "click", id: pressed.id, value: { x: at.x, y: at.y, button: "left" } }],
      isUsed: true,
    };
  }

  /** The pointer left the canvas, or the system took it away. */
  leave(at: Point): PointerOutcome {
    const hovered = this.#hovered;
    const drag = this.#drag;
    this.#hovered = undefined;
    this.#pressed = undefined;
    this.#drag = undefined;
    if (drag !== undefined) return dragEnd(drag.id, at);
    if (hovered === undefined) return UNUSED;
    return { events: [{ family: "exit", id: hovered }], isUsed: true };
  }

  #dragged(drag: Drag, element: CanvasElement, pointer: Point): PointerOutcome {
    const at = clamp(element, pointer);
    const axis = readEnum(element.props["drag_axis"], ["both", "x", "y"]) ?? "both";
    this.#drag = { id: drag.id, last: at };
    const value = {
      x: at.x,
      y: at.y,
      delta_x: axis === "y" ? 0 : at.x - drag.last.x,
      delta_y: axis === "x" ? 0 : at.y - drag.last.y,
    };
    return { events: [{ family: "drag", id: drag.id, value }], isUsed: true };
  }

  #find(id: string | undefined): CanvasElement | undefined {
    return id === undefined ? undefined : this.#scene.find(id);
  }
}

function dragEnd(id: string, at: Point): PointerOutcome {
  return { events: [{ family: "drag_end", id, value: { x: at.x, y: at.y } }], isUsed: true };
}

/** The point within the element's `drag_bounds`. */
function clamp(element: CanvasElement, at: Point): Point {
  const bounds: Readonly<Record<string, WireValue>> = readRecord(element.props["drag_bounds"]) ?? {};
  return {
    x: within(at.x, readNumber(bounds["min_x"]), readNumber(bounds["max_x"])),
    y: within(at.y, readNumber(bounds["min_y"]), readNumber(bounds["max_y"])),
  };
}

function within(value: number, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): number {
  return Math.min(Math.max(low, high), Math.max(Math.min(low, high), value));
}
