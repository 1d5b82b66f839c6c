import type { WireProps } from "../../../protocol/index.ts";
import type { WidgetOperation } from "../../surface.ts";
import { roleOf } from "../accessibility.ts";
import { elementIds, hasElements } from "../canvas/interactive.ts";
import type { CanvasProgram } from "../canvas/program.ts";
import type { DrawnNode } from "../drawn.ts";
import { readColor, readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

const css = `
.pl-canvas{position:relative;overflow:clip;overflow-clip-margin:4px;outline:none}
.pl-canvas-sheet{position:absolute;left:0;top:0;width:100%;height:100%;display:block;pointer-events:none}
.pl-canvas-mirror>*{position:absolute;opacity:0;pointer-events:none;overflow:clip}
.pl-canvas-ring{position:absolute;pointer-events:none;border:2px solid var(--focus-ring)}
.pl-canvas-tip{position:absolute;pointer-events:none;padding:6px;border-radius:4px;white-space:pre;font-size:13px;line-height:1.3;
background:rgba(38,38,38,.95);background:light-dark(rgba(38,38,38,.95),rgba(217,217,217,.95));color:#f2f2f2;color:light-dark(#f2f2f2,#1a1a1a)}
.pl-canvas>[hidden]{display:none}
`;

export const canvasModule: WidgetModule = {
  types: ["canvas"],
  layout: { flow: "leaf", width: "fill", height: 200 },
  css,
  drawsChildren: true,
  create: (context) => new CanvasView(context),
};

/** Nobody does more than that while a file is loaded. */
const MAX_WAITING = 64;
/** Keys that a canvas with the keyboard uses, besides Tab, which leads on. */
const KEYS: ReadonlySet<string> = new Set(
  "Enter, ,Escape,ArrowUp,ArrowDown,ArrowLeft,ArrowRight,Home,End,PageUp,PageDown".split(","),
);

/** The element of a canvas. What draws in it and reacts is loaded with the first one; until then everything waits in order. */
class CanvasView implements WidgetView {
  readonly element: HTMLElement;
  readonly focusTarget: HTMLElement;
  readonly #context: WidgetContext;
  #program: CanvasProgram | undefined;
  #waiting: ((program: CanvasProgram) => void)[] = [];
  #children: readonly DrawnNode[] = [];
  #isFocusable = false;
  #ids: ReadonlySet<string> | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-canvas pl-hit";
    this.focusTarget = this.element;
    // Focus events do not bubble; the way they came says at which end to begin.
    this.element.addEventListener("focus", ({ relatedTarget }) =>
      this.#do((program) => program.entered(relatedTarget)),
    );
    context.load(
      () => import("../canvas/program.ts"),
      ({ CanvasProgram }) => this.#begin(new CanvasProgram(context, this.element)),
    );
  }

  update(props: WireProps): void {
    this.element.style.backgroundColor = readColor(props["background"]) ?? "";
    this.#describe(props);
    this.#program?.propsChanged();
  }

  drawChildren(children: readonly DrawnNode[], changed: ReadonlySet<DrawnNode> | "all"): void {
    this.#children = children;
    this.#ids = undefined;
    const program = this.#program;
    if (program === undefined) this.#isFocusable = hasElements(children);
    else {
      program.draw(children, changed);
      this.#isFocusable = program.isFocusable;
    }
    this.#describe(this.#context.props());
  }

  settingsChanged(): void {
    this.#program?.settingsChanged();
  }

  focusChanged(isFocused: boolean): void {
    this.#do((program) => program.focusChanged(isFocused));
  }

  hoverChanged(isHovered: boolean): void {
    this.#do((program) => program.hoverChanged(isHovered));
  }

  handle(event: Event): boolean {
    if (this.#program !== undefined) return this.#program.handle(event);
    if (event instanceof KeyboardEvent) {
      if (!KEYS.has(event.key) || !this.element.contains(event.target as Node)) return false;
      event.preventDefault();
    } else if (!this.#isFocusable && !wantsPointer(this.#context.props())) return false;
    this.#do((program) => program.handle(event));
    return true;
  }

  perform(operation: WidgetOperation): boolean {
    if (operation.name !== "focus") return false;
    if (this.#program !== undefined) return this.#program.perform(operation);
    this.#do((program) => {
      if (!program.perform(operation)) this.element.focus();
    });
    return true;
  }

  holds(id: string): boolean {
    this.#ids ??= elementIds(this.#children);
    return this.#ids.has(id);
  }

  placeOf(id: string): { readonly x: number; readonly y: number } | undefined {
    return this.#program?.placeOf(id);
  }

  dispose(): void {
    this.#waiting = [];
    this.#program?.dispose();
  }

  #begin(program: CanvasProgram): void {
    this.#program = program;
    this.drawChildren(this.#children, "all");
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const work of waiting) work(program);
  }

  #do(work: (program: CanvasProgram) => void): void {
    if (this.#program !== undefined) work(this.#program);
    else if (this.#waiting.length < MAX_WAITING) this.#waiting.push(work);
  }

  #describe(props: WireProps): void {
    const { element } = this;
    const isInteractive = this.#isFocusable;
    // What is inside of an image does not exist for assistive technology.
    setAttribute(element, "role", roleOf(readString(props["role"])) ?? (isInteractive ? "group" : "img"));
    setAttribute(element, "aria-label", readString(props["alt"]));
    setAttribute(element, "aria-description", readString(props["description"]));
    setAttribute(element, "tabindex", isInteractive ? "0" : undefined);
    const isGesture = props["on_move"] === true || props["interactive"] === true;
    element.style.touchAction = isGesture || this.#program?.isDraggable === true ? "none" : "";
  }
}

function wantsPointer(props: WireProps): boolean {
  return ["interactive", "on_press", "on_release", "on_move", "on_scroll"].some((name) => props[name] === true);
}

function setAttribute(element: HTMLElement, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}
