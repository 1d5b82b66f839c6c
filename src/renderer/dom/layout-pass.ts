import type { WireNode, WireProps } from "../../protocol/index.ts";
import { hasDescriptors } from "../motion/index.ts";
import {
  dependsOnPlace,
  FILL,
  type Flow,
  type ItemLayout,
  type ItemLengths,
  isVoid,
  type LayoutScope,
  lengthOf,
  MAX_SHRINK_STEP,
  ROOT_SCOPE,
  resolveItem,
  SHRINK,
  sameItem,
  scopeOf,
  type WidgetLayout,
} from "./layout.ts";
import type { Mounted } from "./mounted.ts";
import { readEnum, readSize } from "./props.ts";

/** Writes size classes. Collects what changed and resolves only that and what depends on it. */
export class LayoutPass {
  readonly #dirty = new Set<Mounted>();
  readonly #dirtyChildren = new Set<Mounted>();

  /** Type, lengths or other layout props of a node changed, or it is new in its place. */
  mark(node: Mounted): void {
    this.#dirty.add(topOf(node));
  }

  /** The list of children changed; the children that are new are marked themselves. */
  markChildren(node: Mounted): void {
    this.#dirtyChildren.add(node);
    if (passesLengthUp(node.layout.flow)) this.mark(node);
  }

  run(): void {
    for (const node of this.#dirtyChildren) if (!node.isDisposed) this.#firstChildren(node);
    for (const node of this.#dirty) if (!node.isDisposed) this.#node(node, indexOf(node));
    this.#dirty.clear();
    this.#dirtyChildren.clear();
  }

  /** Only the first few have a place of their own in the order of giving way. */
  #firstChildren(parent: Mounted): void {
    const scope = parent.scope;
    if (scope === undefined || !dependsOnPlace(scope)) return;
    let index = 0;
    for (const child of parent.children) {
      if (index > MAX_SHRINK_STEP) return;
      if (child.place !== index || child.item === undefined) this.#node(child, index, child.lengths);
      if (child.lengths === undefined || !isVoid(scope, child.lengths)) index += 1;
    }
  }

  /**
   * Lays out a node that is new before its children are made, so that they see its scope. `children`: what they will be.
   * What cannot be told from that comes with the next run, with everything below.
   */
  fresh(node: Mounted, index: number, children: readonly WireNode[], find: FindLayout): void {
    const { parent } = node;
    if (parent !== undefined && parent.scope === undefined && parent.layout.flow !== "leaf") return;
    const lengths = expectedLengths(node.layout, node.props, children, parent?.scope ?? ROOT_SCOPE, find);
    if (lengths === undefined) this.mark(node);
    else this.#write(node, lengths, index);
  }

  /** A copy that stands where its original did not. */
  placed(node: Mounted, index: number): void {
    if (node.lengths !== undefined) this.#write(node, node.lengths, index);
  }

  #node(node: Mounted, index: number, lengths = effectiveLengths(node, node.parent?.scope ?? ROOT_SCOPE)): void {
    if (!this.#write(node, lengths, index)) return;
    const { scope } = node;
    if (scope === undefined) return;
    let childIndex = 0;
    for (const child of node.children) {
      this.#node(child, childIndex);
      if (child.lengths === undefined || !isVoid(scope, child.lengths)) childIndex += 1;
    }
  }

  /** True when the children have to follow. */
  #write(node: Mounted, lengths: ItemLengths, index: number): boolean {
    const parentScope = node.parent?.scope ?? ROOT_SCOPE;
    node.lengths = lengths;
    node.place = Math.min(index, MAX_SHRINK_STEP);
    const item = resolveItem(parentScope, lengths, index);
    const previous = node.item;
    if (node.view.isDetached === true) {
      node.item = item;
    } else if (previous === undefined) {
      const { element } = node.view;
      // One write is cheaper than a list of classes.
      element.className += ` ${item.classes}`;
      writeInline(element, NO_INLINE, item);
      node.item = item;
    } else if (previous !== item && !sameItem(previous, item)) {
      const { element } = node.view;
      if (previous.classes !== item.classes) {
        swapClasses(element, previous.classes.split(" "), item.classes.split(" "));
      }
      writeInline(element, previous, item);
      node.item = item;
    }
    if (node.layout.hasCaps === true) writeCaps(node, parentScope);
    if (item.height === "follow" || node.isTied) tie(node);
    if (node.layout.flow === "leaf") return false;
    const scope = scopeOf({
      flow: flowOf(node.layout, node.props),
      lengths,
      item,
      wraps: node.props["wrap"] === true,
      direction: readEnum(node.props["direction"], DIRECTIONS) ?? "vertical",
      keepsVoid: node.layout.keepsVoid === true,
    });
    if (node.scope === scope) return false;
    node.scope = scope;
    // Copies of what was laid out before would look as if nothing had changed.
    node.patterns = undefined;
    return true;
  }
}

const DIRECTIONS = ["vertical", "horizontal", "both"] as const;

/** Props that the resolver reads. */
export const LAYOUT_PROPS: ReadonlySet<string> = new Set([
  "width",
  "height",
  "max_width",
  "max_height",
  "wrap",
  "center",
  "direction",
  "vertical",
  "thickness",
  "row_height",
  "column_width",
]);

/** What follows the height of its siblings needs one that is definite all the way up: see `.pl-scroll-tied`. */
function tie(node: Mounted): void {
  node.isTied = true;
  for (let above = node.parent; above !== undefined && !above.isTied; above = above.parent) {
    above.isTied = true;
    if (above.layout.flow === "scroll") above.view.element.classList.add("pl-scroll-tied");
  }
}

/** Only the place is another one in most cases: one class. */
function swapClasses({ classList }: HTMLElement, before: readonly string[], after: readonly string[]): void {
  for (const name of before) if (!after.includes(name)) classList.remove(name);
  for (const name of after) if (!before.includes(name)) classList.add(name);
}

type Inline = Pick<ItemLayout, "inlineWidth" | "inlineHeight" | "inlineFlex">;

const NO_INLINE: Inline = { inlineWidth: "", inlineHeight: "", inlineFlex: "" };

/** Only asks for the element's style, which makes an object, when something has to be written. */
function writeInline(element: HTMLElement, previous: Inline, item: Inline): void {
  if (previous.inlineWidth !== item.inlineWidth) element.style.width = item.inlineWidth;
  if (previous.inlineHeight !== item.inlineHeight) element.style.height = item.inlineHeight;
  if (previous.inlineFlex !== item.inlineFlex) element.style.flex = item.inlineFlex;
}

function writeCaps(node: Mounted, scope: LayoutScope): void {
  const { max_width: maxWidth, max_height: maxHeight } = node.props;
  if (maxWidth === undefined && maxHeight === undefined && !node.hasCaps) return;
  node.hasCaps = true;
  const style = node.view.element.style;
  const write = (axis: "width" | "height"): string => {
    const cap = readSize(node.props[`max_${axis}`]);
    if (cap === undefined) return "";
    // A percentage of a parent that shrinks would go round in a circle.
    return scope.compressed[axis] || node.item?.[axis] === "grow" ? `${cap}px` : `min(100%, ${cap}px)`;
  };
  const width = write("width");
  const height = write("height");
  if (style.maxWidth !== width) style.maxWidth = width;
  if (style.maxHeight !== height) style.maxHeight = height;
  // What follows its siblings does so through its least size, which would win over a cap.
  const least = (axis: "width" | "height"): string => {
    const cap = readSize(node.props[`max_${axis}`]);
    return cap === undefined || node.item?.[axis] !== "follow" ? "" : `min(100%, ${cap}px)`;
  };
  const leastWidth = least("width");
  const leastHeight = least("height");
  if (style.minWidth !== leastWidth) style.minWidth = leastWidth;
  if (style.minHeight !== leastHeight) style.minHeight = leastHeight;
}

function flowOf(layout: WidgetLayout, props: WireProps): Flow {
  return layout.flowOf?.(props) ?? layout.flow;
}

/** The layout traits of a type. */
export type FindLayout = (type: string) => WidgetLayout;

function effectiveLengths(node: Mounted, scope: LayoutScope): ItemLengths {
  const own = ownLengths(node.layout, node.props);
  const child = passesLengthUp(node.layout.flow) || node.layout.flowOf !== undefined ? node.children[0] : undefined;
  return passedUp(node.layout, node.props, own, scope, child && effectiveLengths(child, scope));
}

/** The same for a node whose children are not there yet. `undefined` while the one that counts is animated. */
function expectedLengths(
  layout: WidgetLayout,
  props: WireProps,
  children: readonly WireNode[],
  scope: LayoutScope,
  find: FindLayout,
): ItemLengths | undefined {
  const own = ownLengths(layout, props);
  const child = passesLengthUp(flowOf(layout, props)) ? children[0] : undefined;
  if (child === undefined) return passedUp(layout, props, own, scope, undefined);
  if (hasDescriptors(child.props)) return undefined;
  const inner = expectedLengths(find(child.type), child.props, child.children, scope, find);
  return inner && passedUp(layout, props, own, scope, inner);
}

function ownLengths(layout: WidgetLayout, props: WireProps): ItemLengths {
  const width = lengthOf(layout, props, "width");
  const height = lengthOf(layout, props, "height");
  if (width === SHRINK && height === SHRINK) return SHRINKING;
  return width === FILL && height === SHRINK ? FILLING : { width, height };
}

/** Wrappers have their child's lengths; a scrollable that shrinks across its scroll axis is as wide as a child that fills. */
function passedUp(
  layout: WidgetLayout,
  props: WireProps,
  own: ItemLengths,
  scope: LayoutScope,
  inner: ItemLengths | undefined,
): ItemLengths {
  if (flowOf(layout, props) === "wrapper") return inner ?? SHRINKING;
  if (layout.flow !== "scroll" || inner === undefined) return own;
  const direction = props["direction"];
  if (direction === "both") return own;
  const axis = direction === "horizontal" ? "height" : "width";
  const isWidened = own[axis].kind === "shrink" && inner[axis].kind === "fill" && !scope.compressed[axis];
  return isWidened ? { ...own, [axis]: inner[axis] } : own;
}

const SHRINKING: ItemLengths = { width: SHRINK, height: SHRINK };
const FILLING: ItemLengths = { width: FILL, height: SHRINK };

function passesLengthUp(flow: Flow): boolean {
  return flow === "wrapper" || flow === "scroll";
}

/** The outermost node whose own lengths depend on this one's. */
function topOf(node: Mounted): Mounted {
  let top = node;
  while (top.parent !== undefined && passesLengthUp(top.parent.layout.flow)) top = top.parent;
  return top;
}

function indexOf(node: Mounted): number {
  const parent = node.parent;
  if (parent?.scope === undefined) return 0;
  let index = 0;
  for (const child of parent.children) {
    if (child === node || index >= MAX_SHRINK_STEP) return index;
    if (child.lengths === undefined || !isVoid(parent.scope, child.lengths)) index += 1;
  }
  return index;
}
