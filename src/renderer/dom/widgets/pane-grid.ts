import type { WireProps, WireValue } from "../../../protocol/index.ts";
import type { WidgetOperation } from "../../surface.ts";
import { zoomOf } from "../canvas/zoom.ts";
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
  setRatio,
  splitPane,
  swapPanes,
} from "../pane-layout.ts";
import type { Rect } from "../place.ts";
import { readArray, readColor, readEnum, readRecord, readSize, readString } from "../props.ts";
import type { MountedNode, WidgetContext, WidgetModule, WidgetView } from "../widget.ts";

const PICK_DISTANCE = 10;
const KEY_STEP = 16;
/** Further than any grid is long. */
const FAR = 100_000;

interface Frame {
  readonly element: HTMLElement;
  readonly body: HTMLElement;
  title: HTMLElement | undefined;
}

/** Panes in rectangles that script computes; the tree of splits lives here and survives patches. */
class PaneGridView implements WidgetView {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly #context: WidgetContext;
  readonly #frames = new Map<string, Frame>();
  readonly #dividers = new Map<number, HTMLElement>();
  readonly #observer: ResizeObserver;
  readonly #preview: HTMLElement;
  #tree: PaneTree | undefined;
  #children: readonly MountedNode[] = [];
  #splits: readonly PlacedSplit[] = [];
  #rects: ReadonlyMap<string, Rect> = new Map();
  #maximized: string | undefined;
  /** Where F6 was last. */
  #current: string | undefined;

  constructor(context: WidgetContext) {
    this.#context = context;
    this.element = context.document.createElement("div");
    this.element.className = "pl-panes";
    this.element.setAttribute("role", "group");
    this.content = this.element;
    this.#preview = context.document.createElement("div");
    this.#preview.className = "pl-pane-preview";
    this.#preview.hidden = true;
    this.element.append(this.#preview);
    this.#observer = new ResizeObserver(() => this.#draw());
    this.#observer.observe(this.element);
  }

  slot(child: MountedNode): HTMLElement {
    return this.#frame(child.id).body;
  }

  update(props: WireProps): void {
    const style = this.element.style;
    style.setProperty("--divider-width", `${readSize(props["divider_width"]) ?? 2}px`);
    const color = readColor(props["divider_color"]);
    if (color === undefined) style.removeProperty("--divider");
    else style.setProperty("--divider", color);
    this.#arrange();
  }

  childrenChanged(children: readonly MountedNode[]): void {
    this.#children = children;
    const present = new Set(children.map((child) => child.id));
    for (const [id, frame] of this.#frames) {
      if (present.has(id)) continue;
      frame.element.remove();
      this.#frames.delete(id);
    }
    this.#arrange();
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
    if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.key !== "F6") return false;
    if (event.ctrlKey || event.altKey || event.metaKey) return false;
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

  perform(operation: WidgetOperation): boolean {
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
      default:
        return false;
    }
    this.#draw();
    return true;
  }

  dispose(): void {
    this.#observer.disconnect();
  }

  /** Splits asked for before their pane exists. */
  readonly #announced = new Map<string, { readonly beside: string; readonly axis: "horizontal" | "vertical" }>();

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
    const stop = frame?.body.querySelector<HTMLElement>('[tabindex="0"], input, textarea');
    (stop ?? frame?.element)?.focus({ preventScroll: true });
  }

  #frame(id: string): Frame {
    const known = this.#frames.get(id);
    if (known !== undefined) return known;
    const element = this.#context.document.createElement("div");
    element.className = "pl-pane";
    element.tabIndex = -1;
    const body = this.#context.document.createElement("div");
    body.className = "pl-pane-body";
    element.append(body);
    const frame: Frame = { element, body, title: undefined };
    this.#frames.set(id, frame);
    this.element.append(element);
    return frame;
  }

  #arrange(): void {
    const props = this.#context.props();
    const listed = readArray(props["panes"])?.map((entry) => this.#resolve(entry));
    const order = listed?.filter((id) => id !== undefined) ?? this.#children.map((child) => child.id);
    for (const [name, split] of this.#announced) {
      const id = this.#resolve(name);
      if (id === undefined || this.#tree === undefined) continue;
      this.#announced.delete(name);
      if (!paneIds(this.#tree).includes(id)) this.#tree = splitPane(this.#tree, split.beside, split.axis, id, 0.5);
    }
    const axis = readEnum(props["split_axis"], ["horizontal", "vertical"]) ?? "vertical";
    this.#tree = reconcilePanes(this.#tree, order, axis);
    if (this.#maximized !== undefined && !order.includes(this.#maximized)) this.#maximized = undefined;
    for (const child of this.#children) this.#title(child);
    this.#draw();
  }

  #title(child: MountedNode): void {
    const frame = this.#frame(child.id);
    const text = readString(child.props["title"]);
    if (text === undefined) {
      frame.title?.remove();
      frame.title = undefined;
      return;
    }
    if (frame.title === undefined) {
      const title = this.#context.document.createElement("div");
      title.className = "pl-pane-title";
      title.addEventListener("pointerdown", (event) => this.#pick(event, child.id, title));
      frame.element.prepend(title);
      frame.title = title;
    }
    if (frame.title.textContent !== text) frame.title.textContent = text;
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
  }

  #divider(split: PlacedSplit, leeway: number): void {
    let divider = this.#dividers.get(split.id);
    if (divider === undefined) {
      const made = this.#context.document.createElement("div");
      made.tabIndex = 0;
      made.setAttribute("role", "separator");
      made.setAttribute("aria-label", "Divider");
      made.setAttribute("aria-valuemin", "0");
      made.setAttribute("aria-valuemax", "100");
      made.addEventListener("pointerdown", (event) => this.#dragDivider(event, split.id, made));
      made.addEventListener("keydown", (event) => this.#keyDivider(event, split.id));
      this.element.append(made);
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

  #keyDivider(event: KeyboardEvent, id: number): void {
    const split = this.#splits.find((candidate) => candidate.id === id);
    if (split === undefined) return;
    const isVertical = split.axis === "vertical";
    const [back, on] = isVertical ? (["ArrowLeft", "ArrowRight"] as const) : (["ArrowUp", "ArrowDown"] as const);
    const steps: Readonly<Record<string, number>> = { [back]: -KEY_STEP, [on]: KEY_STEP, Home: -FAR, End: FAR };
    const step = Object.hasOwn(steps, event.key) ? steps[event.key] : undefined;
    if (step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const center = isVertical ? split.gap.x + split.gap.width / 2 : split.gap.y + split.gap.height / 2;
    this.#resizeTo(id, center + step);
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
      if (isPicked) this.#showPreview(pane, next);
    };
    const stop = (next: PointerEvent): void => {
      title.removeEventListener("pointermove", follow);
      title.removeEventListener("pointerup", stop);
      title.removeEventListener("pointercancel", stop);
      title.classList.remove("pl-dragged");
      this.#preview.hidden = true;
      if (isPicked) this.#drop(pane, next);
    };
    title.setPointerCapture(pointerId);
    title.addEventListener("pointermove", follow);
    title.addEventListener("pointerup", stop);
    title.addEventListener("pointercancel", stop);
  }

  #targetAt(pane: string, event: PointerEvent): DropTarget | undefined {
    const origin = this.element.getBoundingClientRect();
    const zoom = zoomOf(this.element);
    const x = (event.clientX - origin.x) / zoom;
    const y = (event.clientY - origin.y) / zoom;
    const area = this.#area();
    if (x < 0 || y < 0 || x > area.width || y > area.height) return undefined;
    const edge = edgeAt(area, x, y);
    if (edge !== undefined) return { kind: "edge", edge, rect: part(area, edge) };
    for (const [id, rect] of this.#rects) {
      if (x < rect.x || y < rect.y || x > rect.x + rect.width || y > rect.y + rect.height || id === pane) continue;
      const region = regionAt(rect, x, y);
      return { kind: "pane", id, region, rect: part(rect, region) };
    }
    return undefined;
  }

  #showPreview(pane: string, event: PointerEvent): void {
    const target = this.#targetAt(pane, event);
    this.#preview.hidden = target === undefined;
    if (target !== undefined) writeRect(this.#preview, target.rect);
  }

  #drop(pane: string, event: PointerEvent): void {
    const target = event.type === "pointercancel" ? undefined : this.#targetAt(pane, event);
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

type DropTarget =
  | { readonly kind: "edge"; readonly edge: "left" | "right" | "top" | "bottom"; readonly rect: Rect }
  | { readonly kind: "pane"; readonly id: string; readonly region: ReturnType<typeof regionAt>; readonly rect: Rect };

/** The part of a rectangle that a drop would take. */
function part(rect: Rect, region: ReturnType<typeof regionAt>): Rect {
  const [halfWidth, halfHeight] = [rect.width / 2, rect.height / 2];
  if (region === "left") return { ...rect, width: halfWidth };
  if (region === "right") return { ...rect, x: rect.x + halfWidth, width: halfWidth };
  if (region === "top") return { ...rect, height: halfHeight };
  return region === "bottom" ? { ...rect, y: rect.y + halfHeight, height: halfHeight } : rect;
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

export const paneGridModule: WidgetModule = {
  types: ["pane_grid"],
  layout: { flow: "cell", width: "fill", height: "fill" },
  css: `
.pl-panes{position:relative;overflow:clip}
.pl-pane{position:absolute;display:flex;flex-direction:column;overflow:clip;outline:none}
.pl-pane[hidden],.pl-pane-preview[hidden]{display:none}
.pl-pane-body{flex:1 1 0px;width:100%;display:flex;align-items:flex-start}
.pl-pane-title{flex:0 0 auto;width:100%;padding:0 6px;font-size:11px;line-height:18px;height:18px;color:var(--bg-weaker-text);background:var(--bg-weaker);cursor:grab;touch-action:none;overflow:hidden;text-overflow:ellipsis;white-space:pre}
.pl-pane-title.pl-dragged{cursor:grabbing;background:var(--primary-weak);color:var(--primary-weak-text)}
.pl-divider{position:absolute;z-index:2;touch-action:none;outline:none}
.pl-divider::after{content:"";position:absolute;inset:0;margin:auto;background:transparent;transition:background-color .1s}
.pl-divider-vertical{cursor:col-resize}
.pl-divider-horizontal{cursor:row-resize}
.pl-divider-vertical::after{width:var(--divider-width)}
.pl-divider-horizontal::after{height:var(--divider-width)}
.pl-divider:is(:hover,:focus-visible)::after{background:var(--divider,var(--primary-base))}
.pl-divider:focus-visible::after{box-shadow:0 0 0 1px var(--focus-ring)}
.pl-divider.pl-dragged::after{background:var(--divider,var(--primary-strong))}
.pl-pane-preview{position:absolute;z-index:3;pointer-events:none;border-radius:4px;background:color-mix(in srgb,var(--primary-base) 50%,transparent);box-shadow:inset 0 0 0 2px var(--primary-strong)}
`,
  create: (context) => new PaneGridView(context),
};
