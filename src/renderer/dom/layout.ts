import type { WireProps, WireValue } from "../../protocol/index.ts";
import { readPadding, readRecord, readSize } from "./props.ts";

export type Axis = "width" | "height";

/** Length as the resolver sees it. */
export type Length =
  | { readonly kind: "fixed"; readonly size: number }
  | { readonly kind: "shrink" }
  | { readonly kind: "fill"; readonly portion: number };

/**
 * How a node lays out its children.
 *
 * - `leaf`: none of them take part in layout;
 * - `row`, `column`: one after another (`wrap: true` lets lines break);
 * - `box`: one child in a flex box with padding and alignment;
 * - `scroll`: one child, unbounded on the scroll axes of its `direction`;
 * - `stack`: the first child is in flow, the others lie on top with its size;
 * - `wrapper`: no size of its own: takes the child's lengths and passes everything through. A second child stands elsewhere;
 * - `cell`: children are placed into rectangles made by the widget, definite on both axes;
 * - `cell-row`: definite width, shrinking height.
 */
export type Flow = "leaf" | "row" | "column" | "box" | "scroll" | "stack" | "wrapper" | "cell" | "cell-row";

/** A module's part in layout. */
export interface WidgetLayout {
  readonly flow: Flow;
  /** Length when the prop is absent; shrink unless said otherwise. */
  readonly width?: "fill" | "shrink" | number;
  readonly height?: "fill" | "shrink" | number;
  /** For widgets whose lengths do not come from `width` and `height` alone (center, vertical direction, a cell's own shape). */
  readonly length?: (props: WireProps, axis: Axis) => Length | undefined;
  /** Flow that depends on props. */
  readonly flowOf?: (props: WireProps) => Flow;
  /** Honors `max_width` and `max_height`. */
  readonly hasCaps?: boolean;
  /** Children of size zero keep their place. */
  readonly keepsVoid?: boolean;
}

export const SHRINK: Length = { kind: "shrink" };
export const FILL: Length = { kind: "fill", portion: 1 };

const MAX_PORTION = 65_535;

/** Reads a Length; `undefined` when absent or malformed. */
export function readLength(value: WireValue | undefined): Length | undefined {
  if (typeof value === "number")
    return Number.isFinite(value) && value >= 0 ? { kind: "fixed", size: value } : undefined;
  if (value === "fill") return FILL;
  if (value === "shrink") return SHRINK;
  if (typeof value === "object" && value !== null && "fill_portion" in value) {
    const portion = value["fill_portion"];
    if (typeof portion !== "number" || !Number.isInteger(portion) || portion < 1) return undefined;
    return { kind: "fill", portion: Math.min(portion, MAX_PORTION) };
  }
  return undefined;
}

/** The length a node asks for on an axis. */
export function lengthOf(layout: WidgetLayout, props: WireProps, axis: Axis): Length {
  return layout.length?.(props, axis) ?? readLength(props[axis]) ?? readLength(layout[axis]) ?? SHRINK;
}

/**
 * CSS `padding` of a box: what does not fit into a fixed size is taken away, at the end first. (CSS would enlarge the box.)
 */
export function fittedPadding(props: WireProps): string | undefined {
  const wanted = props["padding"];
  const css = readPadding(wanted);
  const width = readSize(props["width"]);
  const height = readSize(props["height"]);
  if (css === undefined || (width === undefined && height === undefined)) return css;
  const side = (name: string): number => readSize(wanted) ?? readSize(readRecord(wanted)?.[name]) ?? 0;
  const shared = (start: number, end: number, room: number | undefined): readonly [number, number] => {
    if (room === undefined || start + end <= room) return [start, end];
    return [Math.min(start, room), Math.max(0, room - start)];
  };
  const [top, bottom] = shared(side("top"), side("bottom"), height);
  const [left, right] = shared(side("left"), side("right"), width);
  return `${top}px ${right}px ${bottom}px ${left}px`;
}

/*
 * The axis resolver: one pass from the top that needs no measuring. "Compressed" means that nobody above has fixed the
 * size of an axis, so that `fill` has nothing to fill:
 *
 *   mode    for                                       CSS
 *   fixed   a number                                  that size
 *   grow    fill on the main axis                     flex-grow by portion from zero
 *   auto    shrink, or fill where it is compressed    content
 *   full    fill across, or in a box                  100 %
 *   follow  fill across in a shrinking row or column  as large as the largest sibling that does not follow
 */

export type Mode = "fixed" | "grow" | "auto" | "full" | "follow";

/** What children see of their parent. */
export interface LayoutScope {
  readonly flow: Flow;
  readonly compressed: { readonly width: boolean; readonly height: boolean };
  readonly wraps: boolean;
  /** Children with a zero size vanish with their share of spacing. */
  readonly dropsVoid: boolean;
  readonly scrolls: { readonly width: boolean; readonly height: boolean };
}

export interface ItemLengths {
  readonly width: Length;
  readonly height: Length;
}

/** How a node is drawn in its parent. */
export interface ItemLayout {
  readonly width: Mode;
  readonly height: Mode;
  /** Class names, separated by blanks. */
  readonly classes: string;
  /** Px sizes and CSS `flex` to write to the element's style; empty string for none. */
  readonly inlineWidth: string;
  readonly inlineHeight: string;
  readonly inlineFlex: string;
}

const NOT_SCROLLING = { width: false, height: false };

/** The scope of a window's or pane's content: definite on both axes. */
export const ROOT_SCOPE: LayoutScope = {
  flow: "box",
  compressed: { width: false, height: false },
  wraps: false,
  dropsVoid: false,
  scrolls: NOT_SCROLLING,
};

/** How an item of these lengths is drawn. `index` counts the siblings before it that take room. */
export function resolveItem(scope: LayoutScope, lengths: ItemLengths, index: number): ItemLayout {
  const width = modeOf(scope, lengths.width, "width", index);
  const height = modeOf(scope, lengths.height, "height", index);
  const main = mainAxis(scope.flow);
  const length = main === undefined ? undefined : lengths[main];
  const grows = width === "grow" || height === "grow";
  const plain = plainItem(scope, width, height, Math.min(index, MAX_SHRINK_STEP), isVoid(scope, lengths));
  const inlineWidth = width === "fixed" && lengths.width.kind === "fixed" ? `${lengths.width.size}px` : "";
  const inlineHeight = height === "fixed" && lengths.height.kind === "fixed" ? `${lengths.height.size}px` : "";
  const inlineFlex = grows && length?.kind === "fill" && length.portion !== 1 ? growth(length.portion) : "";
  if (inlineWidth === "" && inlineHeight === "" && inlineFlex === "") return plain;
  return { ...plain, inlineWidth, inlineHeight, inlineFlex };
}

/** There are few different ones, and each of thousands of nodes asks. */
const knownItems = new Map<number, ItemLayout>();
const knownScopes = new Map<number, LayoutScope>();
const FLOWS: readonly Flow[] = ["leaf", "row", "column", "box", "scroll", "stack", "wrapper", "cell", "cell-row"];
const MODES: readonly Mode[] = ["fixed", "grow", "auto", "full", "follow"];

/** An item without sizes of its own. */
function plainItem(scope: LayoutScope, width: Mode, height: Mode, index: number, isGone: boolean): ItemLayout {
  let key = FLOWS.indexOf(scope.flow) * MODES.length + MODES.indexOf(width);
  key = (key * MODES.length + MODES.indexOf(height)) * (MAX_SHRINK_STEP + 1) + index;
  key = key * 8 + (scope.scrolls.width ? 4 : 0) + (scope.scrolls.height ? 2 : 0) + (isGone ? 1 : 0);
  let item = knownItems.get(key);
  if (item === undefined) {
    const classes = composeClasses(scope, width, height, index, isGone);
    item = { width, height, classes, inlineWidth: "", inlineHeight: "", inlineFlex: "" };
    knownItems.set(key, item);
  }
  return item;
}

function composeClasses(scope: LayoutScope, width: Mode, height: Mode, index: number, isGone: boolean): string {
  const main = mainAxis(scope.flow);
  const classes: string[] = [];
  if (isGone) classes.push("pl-void");
  if (scope.flow === "stack" && index > 0) classes.push("pl-layer");
  if (main !== undefined) {
    const mode = main === "width" ? width : height;
    classes.push(mode === "grow" ? "pl-grow" : `pl-k${index}`);
    classes.push(crossClass(main === "width" ? height : width, main === "width" ? "h" : "w"));
  } else {
    // Rows of a table have a name of their own: items are looked for among all siblings when one comes or goes.
    classes.push(scope.flow === "scroll" ? "pl-content" : scope.flow === "cell-row" ? "pl-line" : "pl-item");
    classes.push(scope.scrolls.width ? (width === "auto" ? "pl-w-max" : "") : crossClass(width, "w"));
    if (!scope.scrolls.height) classes.push(crossClass(height, "h"));
  }
  return classes.filter((name) => name !== "").join(" ");
}

/** True for a child of fixed size zero where such a child is not drawn at all. */
export function isVoid(scope: LayoutScope, lengths: ItemLengths): boolean {
  return scope.dropsVoid && (isZero(lengths.width) || isZero(lengths.height));
}

export interface ScopeInputs {
  readonly flow: Flow;
  readonly lengths: ItemLengths;
  readonly item: ItemLayout;
  readonly wraps: boolean;
  readonly direction: "vertical" | "horizontal" | "both";
  readonly keepsVoid: boolean;
}

/** What the children of a node see. Equal scopes are the same object. */
export function scopeOf(inputs: ScopeInputs): LayoutScope {
  const { flow, lengths, item, direction } = inputs;
  const dropsVoid = (flow === "row" || flow === "column" || flow === "stack") && !inputs.keepsVoid;
  const isScroll = flow === "scroll";
  const scrolls = isScroll ? { width: direction !== "vertical", height: direction !== "horizontal" } : NOT_SCROLLING;
  const compressed = (axis: Axis): boolean => {
    if (flow === "cell") return false;
    if (flow === "cell-row") return axis === "height";
    if (isScroll) return scrolls[axis];
    const length = lengths[axis];
    if (length.kind === "fixed") return false;
    if (length.kind === "shrink") return true;
    return item[axis] === "auto";
  };
  const width = compressed("width");
  const height = compressed("height");
  const wraps = inputs.wraps && (flow === "row" || flow === "column");
  let key = FLOWS.indexOf(flow) * 4 + (width ? 2 : 0) + (height ? 1 : 0);
  key = key * 4 + (wraps ? 2 : 0) + (dropsVoid ? 1 : 0);
  key = key * 4 + (scrolls.width ? 2 : 0) + (scrolls.height ? 1 : 0);
  let scope = knownScopes.get(key);
  if (scope === undefined) {
    scope = { flow, compressed: { width, height }, wraps, dropsVoid, scrolls };
    knownScopes.set(key, scope);
  }
  return scope;
}

export function sameItem(one: ItemLayout, other: ItemLayout): boolean {
  return (
    one.classes === other.classes &&
    one.inlineWidth === other.inlineWidth &&
    one.inlineHeight === other.inlineHeight &&
    one.inlineFlex === other.inlineFlex &&
    one.width === other.width &&
    one.height === other.height
  );
}

/** Whether children differ by the place they have among their siblings. */
export function dependsOnPlace({ flow, dropsVoid }: LayoutScope): boolean {
  return dropsVoid || mainAxis(flow) !== undefined || flow === "stack" || flow === "wrapper";
}

/** From here on all siblings give way alike: each step multiplies by 10 000 and CSS takes no more than about 10^38. */
export const MAX_SHRINK_STEP = 7;

function modeOf(scope: LayoutScope, length: Length, axis: Axis, index: number): Mode {
  // A second child stands elsewhere (overlay content), with nothing to fill.
  if (scope.flow === "wrapper" && index > 0) return length.kind === "fixed" ? "fixed" : "auto";
  // The wrapper itself has the child's fixed size already.
  if (length.kind === "fixed") return scope.flow === "wrapper" ? "full" : "fixed";
  if (length.kind === "shrink") return "auto";
  const compressed = scope.compressed[axis];
  const main = mainAxis(scope.flow);
  if (main !== undefined) {
    if (main === axis) return compressed || scope.wraps ? "auto" : "grow";
    if (scope.wraps) return "auto";
    return compressed ? "follow" : "full";
  }
  if (scope.flow === "stack" && index > 0) return "full";
  return compressed ? "auto" : "full";
}

function mainAxis(flow: Flow): Axis | undefined {
  if (flow === "row") return "width";
  return flow === "column" ? "height" : undefined;
}

function crossClass(mode: Mode, axis: "w" | "h"): string {
  if (mode === "full") return `pl-${axis}-full`;
  if (mode === "follow") return `pl-${axis}-follow`;
  return `pl-${axis}-fit`;
}

function isZero(length: Length): boolean {
  return length.kind === "fixed" && length.size === 0;
}

/**
 * CSS `flex` of a portion. A box cannot start smaller than its padding, and with a start of zero those with padding would get
 * more than their share. So all start in proportion to their portions, from a size that few paddings exceed, and where
 * that is too much they give way before anything else does.
 */
function growth(portion: number): string {
  return `${portion} 1e33 ${GROW_FROM * portion}px`;
}

const GROW_FROM = 64;

function shrinkRules(): string {
  // Earlier siblings take what they want: each one gives way 10 000 times less than the next.
  return Array.from({ length: MAX_SHRINK_STEP + 1 }, (_, step) => `.pl-k${step}{flex-shrink:1e${4 * step}}`).join("\n");
}

/**
 * The rules behind the classes of `resolveItem`, and the boxes they lie in. Boxes are columns, because the height that is left
 * reaches a child of a shrinking box only along the main axis; widths do so along both.
 */
export const LAYOUT_CSS = `
.pl-row{display:flex;flex-direction:row;align-items:flex-start}
.pl-column{display:flex;flex-direction:column;align-items:flex-start}
.pl-wrap{flex-wrap:wrap;align-content:flex-start}
.pl-box{display:flex;flex-direction:column;align-items:flex-start;justify-content:flex-start}
.pl-stack{display:flex;flex-direction:column;align-items:flex-start;position:relative;isolation:isolate}
.pl-clip{overflow:clip}
${shrinkRules()}
.pl-grow{flex:${growth(1)}}
.pl-item,.pl-line{flex:0 1 auto}
.pl-content{flex:0 0 auto}
:where(.pl-content){width:fit-content}
.pl-w-full{width:100%}
.pl-h-full{height:100%}
.pl-w-follow{width:0;min-width:100%}
.pl-h-follow{height:0;min-height:100%}
.pl-w-max{width:max-content}
.pl-w-fit{max-width:100%}
.pl-h-fit{max-height:100%}
.pl-w-full:is(.pl-item,.pl-line){max-width:100%}
.pl-h-full:is(.pl-item,.pl-line){max-height:100%}
.pl-layer{position:absolute!important;left:0;top:0;pointer-events:none}
.pl-void,:is(.pl-box,.pl-window-content)>.pl-item~.pl-item{display:none!important}
`;
