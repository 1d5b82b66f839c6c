import type { WireProps, WireValue } from "../../../protocol/index.ts";
import type { WidgetOperation } from "../../surface.ts";
import { zoomOf } from "../canvas/zoom.ts";
import { tabbable } from "../focus-stops.ts";
import { moveInto } from "../move.ts";
import type { Rect } from "../place.ts";
import { readArray, readColor, readEnum, readRecord, readSize, readString } from "../props.ts";
import { addSheet } from "../style-sheet.ts";
import type { MountedNode, WidgetContext } from "../widget.ts";
import { describeTarget, directionOf, firstTarget, nextTarget, type PaneTarget, partOf } from "./pane-carry.ts";
import {
  closePane,
  edgeAt,
  movePane,
  type PaneTree,
  type PlacedSplit,
  paneIds,
  placePanes,
  reconcilePanes,
  regionAt,
  type SplitAxis,
  setRatio,
  splitPane,
  swapPanes,
} from "./pane-layout.ts";

const PICK_DISTANCE = 10;
const KEY_STEP = 16;
/** Further than any grid is long. */
const FAR = 100_000;
const MOVE_HINT = "Space picks the pane up";
const CARRY_HINT = "Arrow keys choose the place, Enter drops, Escape cancels.";

const css = `
.pl-pane[hidden],.pl-pane-preview[hidden]{display:none}
.pl-pane-title{flex:0 0 auto;width:100%;padding:0 6px;font-size:11px;line-height:18px;height:18px;color:var(--bg-weaker-text);background:var(--bg-weaker);cursor:grab;touch-action:none;overflow:hidden;text-overflow:ellipsis;white-space:pre}
.pl-pane-title:focus-visible{outline:2px solid var(--focus-ring);outline-offset:-2px}
.pl-pane:focus-visible::after{content:"";position:absolute;inset:0;z-index:1;border:2px solid var(--focus-ring);pointer-events:none}
.pl-pane-said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.pl-pane-title.pl-dragged{cursor:grabbing;background:var(--primary-weak);color:var(--primary-weak-text)}
.pl-divider{position:absolute;z-index:2;touch-action:none;outline:none}
.pl-divider::after{content:"";position:absolute;inset:0;margin:auto;background:transparent;transition:background-color .1s}
.pl-divider-vertical{cursor:col-resize}
.pl-divider-horizontal{cursor:row-resize}
.pl-divider-vertical::after{width:var(--divider-width)}
.pl-divider-horizontal::after{height:var(--divider-width)}
.pl-divider:is(:hover,:focus-visible)::after{background:var(--divider,var(--primary-base))}
.pl-divider:focus-visible::after{background:var(--focus-ring);box-shadow:0 0 0 1px var(--focus-ring)}
.pl-divider.pl-dragged::after{background:var(--divider,var(--primary-strong))}
.pl-pane-preview{position:absolute;z-index:3;pointer-events:none;border-radius:4px;background:color-mix(in srgb,var(--primary-base) 50%,transparent);box-shadow:inset 0 0 0 2px var(--primary-strong)}
@media (forced-colors:active){.pl-divider::after{forced-color-adjust:none;background:CanvasText}.pl-divider:is(:hover,:focus-visible,.pl-dragged)::after{background:Highlight}.pl-pane-title{border-bottom:1px solid}.pl-pane-preview{border:3px dashed Highlight}}
`;

/** The place of one pane. */
export interface Frame {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  title: HTMLElement | undefined;
}

/** Panes in rectangles that script computes; the tree of splits lives here and survives patches. */
export class PanesProgram {
  /** Parts of the grid are in front of it. */
  readonly preview: HTMLElement;
  readonly element: HTMLElement;
  readonly #context: WidgetContext;
  /** Made and removed by the view. */
  readonly #frames: ReadonlyMap<string, Frame>;
  readonly #dividers = new Map<number, HTMLElement>();
  readonly #observer: ResizeObserver;
  /** Tells where a pane goes that is moved by keys. */
  readonly #said: HTMLElement;
  /** Splits asked for before their pane exists. */
  readonly #announced = new Map<string, { readonly beside: string; readonly axis: SplitAxis }>();
  #tree: PaneTree | undefined;
  #children: readonly MountedNode[] = [];
  #splits: readonly PlacedSplit[] = [];
  #rects: ReadonlyMap<string, Rect> = new Map();
  #maximized: string | undefined;
  /** Where F6 was last. */
  #current: string | undefined;
  /** Picked up by keys. */
  #carried: { readonly pane: string; target: PaneTarget } | undefined;

  constructor(context: WidgetContext, element: HTMLElement, frames: ReadonlyMap<string, Frame>) {
    this.#context = context;
    this.element = element;
    this.#frames = frames;
    this.preview = context.document.createElement("div");
    this.preview.className = "pl-pane-preview";
    this.preview.hidden = true;
    this.#said = context.document.createElement("div");
    this.#said.className = "pl-pane-said";
    this.#said.setAttribute("aria-live", "assertive");
    element.append(this.preview, this.#said);
    addSheet(context.document, css);
    this.#observer = new ResizeObserver(() => this.#draw());
    this.#observer.observe(element);
  }

  /** Brings the splits in line with what is there by now. Nothing of it is seen before `show`. */
  arrange(children: readonly MountedNode[], props: WireProps): void {
    this.#children = children;
    const present = new Set(children.map((child) => child.id));
    const carried = this.#carried;
    const isLost = carried?.target.kind === "pane" && !present.has(carried.target.id);
    if (carried !== undefined && (isLost || !present.has(carried.pane))) this.#putDown(undefined);
    const listed = readArray(props["panes"])?.map((entry) => this.#resolve(entry));
    const order = listed?.filter((id) => id !== undefined) ?? [...present];
    for (const [name, split] of this.#announced) {
      const id = this.#resolve(name);
      if (id === undefined || this.#tree === undefined) continue;
      this.#announced.delete(name);
      if (!paneIds(this.#tree).includes(id)) this.#tree = splitPane(this.#tree, split.beside, split.axis, id, 0.5);
    }
    const axis = readEnum(props["split_axis"], ["horizontal", "vertical"]) ?? "vertical";
    this.#tree = reconcilePanes(this.#tree, order, axis);
    if (this.#maximized !== undefined && !order.includes(this.#maximized)) this.#maximized = undefined;
  }

  show(): void {
    const props = this.#context.props();
    const { style } = this.element;
    style.setProperty("--divider-width", `${readSize(props["divider_width"]) ?? 2}px`);
    const color = readColor(props["divider_color"]);
    if (color === undefined) style.removeProperty("--divider");
    else style.setProperty("--divider", color);
    for (const child of this.#children) {
      const frame = this.#frames.get(child.id);
      if (frame === undefined) continue;
      this.#title(child, frame);
      frame.element.setAttribute("aria-label", this.#nameOf(child.id));
    }
    this.#draw();
  }

  handle(event: Event): boolean {
    if (event instanceof PointerEvent && event.type === "pointerdown") {
      const pane = this.#paneOf(event.target);
      if (pane !== undefined) {
        this.#current = pane;
        this.#context.emit("pane_clicked", { pane });
      }
      return false;
    }
    return event instanceof KeyboardEvent && event.type === "keydown" && this.#key(event);
  }

  #key(event: KeyboardEvent): boolean {
    for (const [id, divider] of this.#dividers) if (divider === event.target) return this.#keyDivider(event, id);
    for (const [id, { title }] of this.#frames) {
      if (title === event.target && this.#keyTitle(event, id)) return true;
    }
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return false;
    const ids = paneIds(this.#tree);
    if (ids.length === 0) return false;
    event.preventDefault();
    const at = ids.indexOf(this.#paneOf(event.target) ?? this.#current ?? "");
    const step = event.shiftKey ? -1 : 1;
    const next = at < 0 ? 0 : (at + step + ids.length) % ids.length;
    this.#current = ids[next];
    if (this.#current === undefined) return true;
    this.#focusPane(this.#current);
    this.#context.emit("pane_focus_cycle", { pane: this.#current });
    return true;
  }

  perform(operation: WidgetOperation): void {
    const value = readRecord(operation.value) ?? {};
    const pane = this.#resolve(value["pane"]);
    switch (operation.name) {
      case "pane_split": {
        const added = readString(value["new_pane_id"]);
        if (this.#tree !== undefined && pane !== undefined && added !== undefined) {
          const axis = readEnum(value["axis"], ["horizontal", "vertical"]) ?? "vertical";
          // The pane's node may come with the next patch; its place is kept by the tree only once it exists.
          const id = this.#resolve(added);
          if (id !== undefined) this.#tree = splitPane(closePane(this.#tree, id) ?? this.#tree, pane, axis, id, 0.5);
          else this.#announced.set(added, { beside: pane, axis });
        }
        break;
      }
      case "pane_close":
        if (pane !== undefined) this.#tree = closePane(this.#tree, pane);
        break;
      case "pane_swap": {
        const [a, b] = [this.#resolve(value["a"]), this.#resolve(value["b"])];
        if (this.#tree !== undefined && a !== undefined && b !== undefined) this.#tree = swapPanes(this.#tree, a, b);
        break;
      }
      case "pane_maximize":
        this.#maximized = pane;
        break;
      case "pane_restore":
        this.#maximized = undefined;
        break;
    }
    this.#draw();
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  /** Commands and `panes` may use the local part of a scoped id. */
  #resolve(value: WireValue | undefined): string | undefined {
    const name = readString(value);
    if (name === undefined) return undefined;
    return this.#children.find((child) => child.id === name || localPart(child.id) === name)?.id;
  }

  #paneOf(target: EventTarget | null): string | undefined {
    if (!(target instanceof Node)) return undefined;
    for (const [id, frame] of this.#frames) if (frame.element.contains(target)) return id;
    return undefined;
  }

  #focusPane(id: string): void {
    const frame = this.#frames.get(id);
    if (frame === undefined) return;
    (tabbable(frame.body)[0] ?? frame.title ?? frame.element).focus({ preventScroll: true });
  }

  #nameOf(id: string): string {
    const at = this.#children.findIndex((child) => child.id === id);
    return readString(this.#children[at]?.props["title"]) ?? `Pane ${at + 1}`;
  }

  /** What the keyboard goes through is where it is seen: pane, divider, pane. */
  #order(): void {
    const parts: HTMLElement[] = [];
    const collect = (tree: PaneTree): void => {
      if (tree.kind === "pane") {
        const frame = this.#frames.get(tree.id);
        if (frame !== undefined) parts.push(frame.element);
        return;
      }
      collect(tree.first);
      const divider = this.#dividers.get(tree.id);
      if (divider !== undefined) {
        parts.push(divider);
        const [before, behind] = [paneIds(tree.first).at(-1) ?? "", paneIds(tree.second)[0] ?? ""];
        divider.setAttribute("aria-label", `Divider between ${this.#nameOf(before)} and ${this.#nameOf(behind)}`);
      }
      collect(tree.second);
    };
    if (this.#tree !== undefined) collect(this.#tree);
    let next: Element = this.preview;
    for (const part of parts.reverse()) {
      if (part.nextElementSibling !== next) moveInto(this.element, part, next);
      next = part;
    }
  }

  #title(child: MountedNode, frame: Frame): void {
    const text = readString(child.props["title"]);
    if (text === undefined) {
      frame.title?.remove();
      frame.title = undefined;
      return;
    }
    if (frame.title === undefined) {
      const title = this.#context.document.createElement("div");
      title.className = "pl-pane-title";
      title.tabIndex = 0;
      title.setAttribute("role", "button");
      title.setAttribute("aria-pressed", "false");
      title.setAttribute("aria-description", MOVE_HINT);
      title.addEventListener("pointerdown", (event) => this.#pick(event, child.id, title));
      title.addEventListener("blur", () => {
        if (this.#carried?.pane === child.id) this.#putDown(undefined);
      });
      frame.element.prepend(title);
      frame.title = title;
    }
    if (frame.title.textContent === text) return;
    frame.title.textContent = text;
    frame.title.setAttribute("aria-label", `Move ${text}`);
  }

  #numbers(): { readonly spacing: number; readonly minSize: number; readonly leeway: number } {
    const props = this.#context.props();
    return {
      spacing: readSize(props["spacing"]) ?? 2,
      minSize: Math.max(1, readSize(props["min_size"]) ?? 10),
      leeway: readSize(props["leeway"]) ?? 10,
    };
  }

  /** In fractions of pixels, so that the last pane ends where the grid does. */
  #area(): Rect {
    if (this.element.clientWidth === 0) return { x: 0, y: 0, width: 0, height: 0 };
    const { width, height } = getComputedStyle(this.element);
    return { x: 0, y: 0, width: Number.parseFloat(width) || 0, height: Number.parseFloat(height) || 0 };
  }

  #draw(): void {
    const { spacing, minSize, leeway } = this.#numbers();
    const area = this.#area();
    const placed = placePanes(this.#tree, area, spacing, minSize);
    this.#splits = this.#maximized === undefined ? placed.splits : [];
    this.#rects = placed.panes;
    for (const [id, frame] of this.#frames) {
      const rect = this.#maximized === id ? area : placed.panes.get(id);
      frame.element.hidden = rect === undefined || (this.#maximized !== undefined && this.#maximized !== id);
      if (rect !== undefined) writeRect(frame.element, rect);
    }
    const shown = new Set<number>();
    for (const split of this.#splits) {
      shown.add(split.id);
      this.#divider(split, leeway);
    }
    for (const [id, divider] of this.#dividers) {
      if (shown.has(id)) continue;
      divider.remove();
      this.#dividers.delete(id);
    }
    this.#order();
  }

  #divider(split: PlacedSplit, leeway: number): void {
    let divider = this.#dividers.get(split.id);
    if (divider === undefined) {
      const made = this.#context.document.createElement("div");
      made.tabIndex = 0;
      made.setAttribute("role", "separator");
      made.setAttribute("aria-valuemin", "0");
      made.setAttribute("aria-valuemax", "100");
      made.addEventListener("pointerdown", (event) => this.#dragDivider(event, split.id, made));
      this.#dividers.set(split.id, made);
      divider = made;
    }
    divider.className = `pl-divider pl-divider-${split.axis}${divider.classList.contains("pl-dragged") ? " pl-dragged" : ""}`;
    divider.setAttribute("aria-orientation", split.axis);
    divider.setAttribute("aria-valuenow", String(Math.round(split.ratio * 100)));
    const half = leeway / 2;
    const gap = split.gap;
    writeRect(
      divider,
      split.axis === "vertical"
        ? { ...gap, x: gap.x - half, width: gap.width + leeway }
        : { ...gap, y: gap.y - half, height: gap.height + leeway },
    );
  }

  #dragDivider(event: PointerEvent, id: number, divider: HTMLElement): void {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const start = this.#splits.find((split) => split.id === id);
    if (start === undefined) return;
    const isVertical = start.axis === "vertical";
    const origin = this.element.getBoundingClientRect();
    const zoom = zoomOf(this.element);
    const center = isVertical ? start.gap.x + start.gap.width / 2 : start.gap.y + start.gap.height / 2;
    const at = (next: PointerEvent): number =>
      isVertical ? (next.clientX - origin.x) / zoom : (next.clientY - origin.y) / zoom;
    const grip = at(event) - center;
    const follow = (next: PointerEvent): void => this.#resizeTo(id, at(next) - grip);
    const stop = (): void => {
      divider.removeEventListener("pointermove", follow);
      divider.removeEventListener("lostpointercapture", stop);
      divider.classList.remove("pl-dragged");
    };
    divider.setPointerCapture(event.pointerId);
    divider.classList.add("pl-dragged");
    divider.addEventListener("pointermove", follow);
    divider.addEventListener("lostpointercapture", stop);
  }

  #keyDivider(event: KeyboardEvent, id: number): boolean {
    const split = this.#splits.find((candidate) => candidate.id === id);
    if (split === undefined) return false;
    const isVertical = split.axis === "vertical";
    const [back, on] = isVertical ? (["ArrowLeft", "ArrowRight"] as const) : (["ArrowUp", "ArrowDown"] as const);
    const steps: Readonly<Record<string, number>> = { [back]: -KEY_STEP, [on]: KEY_STEP, Home: -FAR, End: FAR };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return false;
    event.preventDefault();
    const center = isVertical ? split.gap.x + split.gap.width / 2 : split.gap.y + split.gap.height / 2;
    this.#resizeTo(id, center + step);
    return true;
  }

  /** The way of a drag without a pointer: pick up, choose, drop. */
  #keyTitle(event: KeyboardEvent, pane: string): boolean {
    const carried = this.#carried;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      if (event.repeat) return true;
      if (carried === undefined) this.#pickUp(pane);
      else this.#putDown(carried.target);
      return true;
    }
    if (carried === undefined) return false;
    if (event.key === "Escape") {
      event.preventDefault();
      this.#putDown(undefined);
      return true;
    }
    const direction = directionOf(event.key);
    if (direction === undefined) return false;
    event.preventDefault();
    carried.target = nextTarget(carried.target, direction, pane, this.#rects, this.#area());
    this.#showTarget(carried.target);
    this.#say(describeTarget(carried.target, (id) => this.#nameOf(id)));
    return true;
  }

  #pickUp(pane: string): void {
    const target = this.#maximized === undefined ? firstTarget(this.#rects, pane) : undefined;
    if (target === undefined) return;
    this.#carried = { pane, target };
    this.#showCarried(pane, true);
    this.#context.emit("pane_dragged", { pane, action: "picked" });
    this.#showTarget(target);
    const where = describeTarget(target, (id) => this.#nameOf(id));
    this.#say(`Picked up ${this.#nameOf(pane)}. ${CARRY_HINT} ${where}`);
  }

  #putDown(target: PaneTarget | undefined): void {
    const carried = this.#carried;
    if (carried === undefined) return;
    this.#carried = undefined;
    this.#showCarried(carried.pane, false);
    this.#showTarget(undefined);
    this.#say(target === undefined ? "Canceled" : `Dropped: ${describeTarget(target, (id) => this.#nameOf(id))}`);
    this.#drop(carried.pane, target);
  }

  #showCarried(pane: string, isCarried: boolean): void {
    const title = this.#frames.get(pane)?.title;
    title?.classList.toggle("pl-dragged", isCarried);
    title?.setAttribute("aria-pressed", String(isCarried));
  }

  #say(text: string): void {
    this.#said.textContent = text;
  }

  /** Puts the middle of a gap at `position`, as far as the minimum sizes allow. */
  #resizeTo(id: number, position: number): void {
    const split = this.#splits.find((candidate) => candidate.id === id);
    if (split === undefined || this.#tree === undefined) return;
    const { spacing, minSize } = this.#numbers();
    const isVertical = split.axis === "vertical";
    const start = isVertical ? split.area.x : split.area.y;
    const length = isVertical ? split.area.width : split.area.height;
    if (length <= 0) return;
    const low = (minSize + spacing / 2) / length;
    const high = (length - minSize - spacing / 2) / length;
    const ratio = Math.min(Math.max(low, Math.min(high, (position - start) / length)), 1);
    if (ratio === split.ratio) return;
    this.#tree = setRatio(this.#tree, id, ratio);
    this.#draw();
    this.#context.emit("pane_resized", { split: `Split(${id})`, ratio }, { kind: "replace" });
  }

  #pick(event: PointerEvent, pane: string, title: HTMLElement): void {
    if (event.button !== 0) return;
    const { clientX, clientY, pointerId } = event;
    let isPicked = false;
    const follow = (next: PointerEvent): void => {
      if (!isPicked && Math.hypot(next.clientX - clientX, next.clientY - clientY) > PICK_DISTANCE) {
        isPicked = true;
        title.classList.add("pl-dragged");
        this.#context.emit("pane_dragged", { pane, action: "picked" });
      }
      if (isPicked) this.#showTarget(this.#targetAt(pane, next));
    };
    const stop = (next: PointerEvent): void => {
      title.removeEventListener("pointermove", follow);
      title.removeEventListener("pointerup", stop);
      title.removeEventListener("pointercancel", stop);
      title.classList.remove("pl-dragged");
      this.#showTarget(undefined);
      if (isPicked) this.#drop(pane, next.type === "pointercancel" ? undefined : this.#targetAt(pane, next));
    };
    title.setPointerCapture(pointerId);
    title.addEventListener("pointermove", follow);
    title.addEventListener("pointerup", stop);
    title.addEventListener("pointercancel", stop);
  }

  #targetAt(pane: string, event: PointerEvent): PaneTarget | undefined {
    const origin = this.element.getBoundingClientRect();
    const zoom = zoomOf(this.element);
    const x = (event.clientX - origin.x) / zoom;
    const y = (event.clientY - origin.y) / zoom;
    const area = this.#area();
    if (x < 0 || y < 0 || x > area.width || y > area.height) return undefined;
    const edge = edgeAt(area, x, y);
    if (edge !== undefined) return { kind: "edge", edge, rect: partOf(area, edge) };
    for (const [id, rect] of this.#rects) {
      if (x < rect.x || y < rect.y || x > rect.x + rect.width || y > rect.y + rect.height || id === pane) continue;
      const region = regionAt(rect, x, y);
      return { kind: "pane", id, region, rect: partOf(rect, region) };
    }
    return undefined;
  }

  #showTarget(target: PaneTarget | undefined): void {
    this.preview.hidden = target === undefined;
    if (target !== undefined) writeRect(this.preview, target.rect);
  }

  #drop(pane: string, target: PaneTarget | undefined): void {
    if (target === undefined || this.#tree === undefined) {
      this.#context.emit("pane_dragged", { pane, action: "canceled" });
      return;
    }
    if (target.kind === "edge") {
      this.#tree = movePane(this.#tree, pane, undefined, target.edge);
      this.#context.emit("pane_dragged", { pane, action: "dropped", edge: target.edge });
    } else {
      this.#tree = movePane(this.#tree, pane, target.id, target.region);
      this.#context.emit("pane_dragged", { pane, action: "dropped", target: target.id, region: target.region });
    }
    this.#draw();
  }
}

function writeRect(element: HTMLElement, rect: Rect): void {
  const style = element.style;
  style.left = `${rect.x}px`;
  style.top = `${rect.y}px`;
  style.width = `${rect.width}px`;
  style.height = `${rect.height}px`;
}

function localPart(id: string): string {
  return id.slice(Math.max(id.lastIndexOf("/"), id.lastIndexOf("#")) + 1);
}
