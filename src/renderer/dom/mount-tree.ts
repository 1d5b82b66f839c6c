import type { PatchOp, Path, WireNode, WireProps } from "../../protocol/index.ts";
import { Accessibility } from "./accessibility.ts";
import { DrawnTree } from "./drawn.ts";
import { nodeOf, setNode } from "./element-node.ts";
import { isVoid, MAX_SHRINK_STEP, type WidgetLayout } from "./layout.ts";
import { type FindLayout, LAYOUT_PROPS, LayoutPass } from "./layout-pass.ts";
import { mergeProps } from "./merge-props.ts";
import { Mounted, type MountHost, NO_PROPS } from "./mounted.ts";
import { longestRise } from "./move.ts";
import { emptyPlaces, orderChildren } from "./order.ts";
import { isSame, markId, type PatternHost, Patterns } from "./pattern.ts";
import { Sleepers, wake } from "./sleepers.ts";
import type { WidgetModule } from "./widget.ts";

export interface MountTreeOptions {
  /** Draws types nobody knows. */
  readonly fallback: WidgetModule;
  /** Puts the root, and nodes that open their own place, on the screen. */
  readonly place: (node: Mounted) => void;
  /** Elements carry the wire ids of their nodes, for tests and for people who look at the page. */
  readonly marksIds: boolean;
}

/**
 * The shadow tree and the operations on it. Ids make nodes: what comes back under the same id and type within one call
 * is the same node, wherever it was before. Removed nodes are parked until the end of the call; a node that is
 * inserted before the op that removes it is taken from its old place, where a tombstone keeps the indices right.
 */
export class MountTree {
  readonly #host: MountHost;
  readonly #fallback: WidgetModule;
  readonly #place: (node: Mounted) => void;
  readonly #byId = new Map<string, Mounted>();
  readonly #layout = new LayoutPass();
  readonly #findLayout: FindLayout;
  readonly #accessibility: Accessibility;
  readonly #patternHost: PatternHost;
  readonly #marksIds: boolean;
  /** Removed so far, and not all of them for good: `isParked` tells. */
  #parked: Mounted[] = [];
  readonly #changed = new Set<Mounted>();
  readonly #tombstones = new Map<Mounted, WireNode>();
  /** Nodes that move below an element that is not on the page yet; a direct move would cost them focus and scroll offset. */
  readonly #late: Mounted[] = [];
  /** Parents with the children that came or moved. */
  readonly #unordered = new Map<Mounted, Mounted[]>();
  /** Nodes that `place` puts on the screen at the end. */
  readonly #apart = new Set<Mounted>();
  /** An element that is on the page moves: its old surroundings must stay until then. */
  #hasMoves = false;
  #root: Mounted | undefined;
  readonly #sleepers = new Sleepers(this.#byId);
  /** The tree being shown is the first of a new host, so every prop in it counts as said. */
  #isFirstOfHost = false;

  /** `place` puts the root, and nodes that open their own place, on the screen. */
  constructor(host: MountHost, { fallback, place, marksIds }: MountTreeOptions) {
    this.#host = host;
    this.#accessibility = new Accessibility(host);
    this.#fallback = fallback;
    this.#place = place;
    this.#marksIds = marksIds;
    this.#findLayout = (type) => (host.find(type) ?? fallback).layout ?? LEAF;
    this.#patternHost = { host, adopt: (...copied) => this.#adopt(...copied) };
  }

  get root(): Mounted | undefined {
    return this.#root;
  }

  /** Nodes that confine the keyboard to themselves, the latest last. */
  get modals(): ReadonlySet<Mounted> {
    return this.#accessibility.modals;
  }

  find(id: string): Mounted | undefined {
    const found = this.#byId.get(id);
    if (found !== undefined) return found;
    const top = this.#sleepers.around(id);
    if (top === undefined) return undefined;
    wake(top);
    return this.#byId.get(id);
  }

  /** The node drawn by this element itself, not by one around it. */
  ofElement(element: Element): Mounted | undefined {
    const own = nodeOf(element);
    if (own !== undefined || !this.#sleepers.areThere) return own;
    let around = element.parentElement;
    while (around !== null && nodeOf(around) === undefined) around = around.parentElement;
    const top = around === null ? undefined : nodeOf(around);
    if (top?.isDormant !== true) return undefined;
    wake(top);
    return nodeOf(element);
  }

  /** All nodes from the root down, parents first, but for those asleep: plain ones that nothing has happened to. */
  *all(from: Mounted | undefined = this.#root): Generator<Mounted> {
    if (from === undefined) return;
    yield from;
    for (const child of from.wakeChildren) yield* this.all(child);
  }

  show(node: WireNode | null, isFirstOfHost = false): void {
    this.#isFirstOfHost = isFirstOfHost;
    const previous = this.#root;
    if (node === null) {
      this.#root = undefined;
      if (previous !== undefined) this.#park(previous);
    } else if (previous !== undefined && fits(previous, node)) {
      this.#reconcile(previous, node);
    } else {
      if (previous !== undefined) this.#park(previous);
      this.#setRoot(this.#obtain(node, undefined, 0));
    }
    this.#isFirstOfHost = false;
    this.#finish();
  }

  patch(ops: readonly PatchOp[]): void {
    for (const op of ops) this.#apply(op);
    this.#finish();
  }

  /** Draws props that came from an animation. `endFrame` belongs after all of a frame. */
  redraw(target: Mounted, props: WireProps): void {
    const previous = target.props;
    target.props = props;
    this.#draw(target, previous);
  }

  /** Lays out what moved and has it drawn. */
  endFrame(): void {
    this.#finish();
  }

  dispose(): void {
    this.show(null);
  }

  #apply(op: PatchOp): void {
    const { target, below } = this.#at(op);
    if (target === undefined) return;
    const isInside = below.length > 0 || op.op === "insert_child" || op.op === "remove_child";
    if (target.drawn !== undefined && isInside) {
      target.drawn.apply(op, below, mergeProps);
      this.#changed.add(target);
      return;
    }
    switch (op.op) {
      case "update_props":
        if (below.length === 0) this.#setProps(target, mergeProps(target.wireProps, op.props), op.props);
        return;
      case "remove_child": {
        const child = target.children[op.index];
        if (child === undefined) return;
        target.children.splice(op.index, 1);
        this.#changed.add(target);
        this.#park(child);
        return;
      }
      case "insert_child": {
        const index = Math.min(op.index, target.children.length);
        const child = this.#obtain(op.node, target, index);
        target.insertChild(index, child);
        if (index < MAX_SHRINK_STEP) this.#giveWay(target.children[MAX_SHRINK_STEP]);
        this.#changed.add(target);
        this.#misplace(target, child);
        return;
      }
      case "replace_node":
        this.#replace(target, op.node);
    }
  }

  #replace(target: Mounted, node: WireNode): void {
    if (fits(target, node) && !this.#tombstones.has(target)) {
      this.#reconcile(target, node);
      return;
    }
    const parent = target.parent;
    this.#park(target);
    const index = parent?.children.indexOf(target) ?? 0;
    const child = this.#obtain(node, parent, index);
    if (parent === undefined) {
      this.#setRoot(child);
      return;
    }
    parent.children[index] = child;
    this.#changed.add(parent);
    this.#misplace(parent, child);
  }

  /**
   * The node an op is for, or the one around it that draws its children itself with the rest of the path. Also one that
   * sleeps and has done what was asked.
   */
  #at(op: PatchOp): { readonly target: Mounted | undefined; readonly below: Path } {
    const { path } = op;
    let node = this.#root;
    for (let depth = 0; depth < path.length; depth += 1) {
      if (node?.drawn !== undefined) return { target: node, below: path.slice(depth) };
      if (node?.dormant !== undefined && op.op === "update_props") {
        const below = path.slice(depth);
        if (node.pattern?.update(node, below, op.props) === true) return { target: node, below };
      }
      node = node?.children[path[depth] ?? -1];
    }
    return { target: node, below: NO_PATH };
  }

  /** A node for this place: the one that has the id already, brought up to date, or a new one. */
  #obtain(node: WireNode, parent: Mounted | undefined, index: number): Mounted {
    const known = this.#byId.get(node.id);
    if (known === undefined) return this.#copy(node, parent, index) ?? this.#create(node, parent, index);
    if (fits(known, node) && !known.contains(parent) && this.#take(known)) {
      if (known.parent !== parent) {
        known.parent = parent;
        this.#layout.mark(known);
      }
      this.#reconcile(known, node);
      return known;
    }
    return this.#create(node, parent, index);
  }

  /** Frees a node from where it is. A node in its place in the tree leaves a tombstone. */
  #take(node: Mounted): boolean {
    if (this.#tombstones.has(node)) return false;
    if (node.isParked) {
      node.isParked = false;
      return true;
    }
    const parent = node.parent;
    if (parent === undefined) return node !== this.#root;
    const index = parent.children.indexOf(node);
    if (index < 0) return true;
    const stone = new Mounted({ id: node.id, type: "", props: NO_PROPS, children: [] }, TOMBSTONE, this.#host);
    stone.parent = parent;
    parent.children[index] = stone;
    this.#tombstones.set(stone, { id: node.id, type: node.type, props: node.wireProps, children: [] });
    return true;
  }

  /** A copy of a sibling that is like the node. `index` counts the siblings before it that take room. */
  #copy(node: WireNode, parent: Mounted | undefined, index: number): Mounted | undefined {
    const pattern = parent?.patterns?.find(node);
    if (pattern === undefined || parent === undefined) return undefined;
    const copied = this.#adopt(node, pattern.module, pattern.copy(node), parent);
    pattern.settle(copied, node);
    if (index < MAX_SHRINK_STEP) this.#layout.placed(copied, index);
    if (!copied.isDormant) return copied;
    this.#sleepers.add(copied);
    if ((this.#host.hasReferences || this.#accessibility.isWaiting) && this.#isReferredIn(node.children)) wake(copied);
    return copied;
  }

  #isReferredIn(nodes: readonly WireNode[]): boolean {
    return nodes.some(
      ({ id, children }) =>
        this.#host.isReferred(id) || this.#accessibility.isAwaited(id) || this.#isReferredIn(children),
    );
  }

  #adopt(node: WireNode, module: WidgetModule, element: HTMLElement, parent: Mounted): Mounted {
    const mounted = new Mounted(node, module, this.#host, { element, parent });
    const other = this.#byId.get(node.id);
    this.#register(mounted);
    // It took the place of one that slept.
    if (other !== undefined) this.#byId.set(node.id, other);
    return mounted;
  }

  #register(node: Mounted): void {
    this.#byId.set(node.id, node);
    setNode(node.view.element, node);
    this.#host.appeared(node);
    this.#accessibility.appeared(node.id);
  }

  #create(node: WireNode, parent: Mounted | undefined, index: number): Mounted {
    const module = this.#host.find(node.type) ?? this.#fallback;
    const created = new Mounted(node, module, this.#host);
    created.parent = parent;
    const { element, content } = created.view;
    if (this.#marksIds) markId(element, node);
    this.#register(created);
    if (module.drawsChildren === true) {
      created.drawn = new DrawnTree(node.children, this.#host.animator, () => this.#changed.add(created));
      created.view.drawChildren?.(created.drawn.children, created.drawn.takeChanged());
    }
    const nodes = created.drawn === undefined ? node.children : NO_NODES;
    this.#layout.fresh(created, index, nodes, this.#findLayout);
    if (nodes.length > 0) {
      const children: Mounted[] = [];
      created.children = children;
      let room = 0;
      for (const child of nodes) {
        const inner = this.#obtain(child, created, room);
        children.push(inner);
        if (takesRoom(created, inner)) room += 1;
        const { view } = inner;
        if (view.isDetached === true) this.#apart.add(inner);
        else if (view.element.isConnected) {
          this.#late.push(inner);
          this.#hasMoves = true;
        } else {
          inner.isMisplaced = false;
          (created.view.slot?.(inner) ?? content)?.appendChild(view.element);
        }
      }
      created.view.childrenChanged?.(children);
    }
    if (node.props["a11y"] !== undefined) this.#accessibility.apply(created);
    // The first few differ from each other, and short lists are not worth it.
    if (parent !== undefined && index >= MAX_SHRINK_STEP && module.copies !== undefined) {
      parent.patterns ??= new Patterns();
      parent.patterns.learn(created, this.#patternHost, this.#marksIds);
    }
    return created;
  }

  /** Brings a node of the same id and type up to date with all of its children. */
  #reconcile(target: Mounted, node: WireNode): void {
    this.#setProps(target, node.props, this.#isFirstOfHost ? node.props : undefined);
    if (target.drawn !== undefined) {
      target.drawn.replace(node.children);
      this.#changed.add(target);
      return;
    }
    if (target.isDormant && target.pattern?.renew(target, node) === true) return;
    const before = target.children;
    if (before.length === 0 && node.children.length === 0) return;
    // Out of the way first: `#obtain` takes what it needs, and what is left over was removed.
    for (const child of before) this.#park(child);
    const children: Mounted[] = [];
    target.children = children;
    let isSame = node.children.length === before.length;
    let room = 0;
    for (const child of node.children) {
      const inner = this.#obtain(child, target, room);
      if (inner !== before[children.length]) isSame = false;
      children.push(inner);
      if (room > MAX_SHRINK_STEP) this.#giveWay(inner);
      if (takesRoom(target, inner)) room += 1;
    }
    if (isSame) return;
    this.#changed.add(target);
    this.#unorder(target, before);
  }

  /** Only those children move that are not in a longest run of the old order. */
  #unorder(target: Mounted, before: readonly Mounted[]): void {
    const { children } = target;
    const positions = new Map<Mounted, number>();
    for (const [index, child] of before.entries()) if (!child.isParked) positions.set(child, index);
    const kept = positions.size === 0 ? NONE : longestRise(children.map((child) => positions.get(child) ?? -1));
    for (const [index, child] of children.entries()) if (!kept.has(index)) this.#misplace(target, child);
  }

  #setProps(target: Mounted, wireProps: WireProps, named: WireProps | undefined): void {
    if (this.#tombstones.has(target)) {
      target.wireProps = wireProps;
      return;
    }
    const isSame = target.wireProps === wireProps && named === undefined;
    if (isSame && !this.#host.animator.isAnimated(target)) return;
    const { previous } = target.setProps(wireProps);
    this.#draw(target, previous, named);
  }

  #draw(target: Mounted, previous: WireProps, named?: WireProps): void {
    const { props } = target;
    target.view.update(props, previous, named);
    // What children look like may depend on it.
    if (target.patterns !== undefined && !isSame(props, previous)) target.patterns = undefined;
    if (props["a11y"] !== undefined || previous["a11y"] !== undefined) this.#accessibility.apply(target);
    for (const name of LAYOUT_PROPS) {
      if (props[name] !== previous[name]) {
        this.#layout.mark(target);
        break;
      }
    }
  }

  #misplace(parent: Mounted, child: Mounted): void {
    if (child.view.isDetached === true) {
      this.#apart.add(child);
      return;
    }
    child.isMisplaced = true;
    this.#giveWay(child);
    const others = this.#unordered.get(parent);
    if (others === undefined) this.#unordered.set(parent, [child]);
    else others.push(child);
    if (child.view.element.isConnected) this.#hasMoves = true;
  }

  /** One of the first children may be behind others by now, and then it gives way like all the rest. */
  #giveWay(child: Mounted | undefined): void {
    if (child !== undefined && child.place < MAX_SHRINK_STEP) this.#layout.mark(child);
  }

  #setRoot(node: Mounted): void {
    this.#root = node;
    this.#apart.add(node);
  }

  #park(node: Mounted): void {
    if (this.#tombstones.delete(node)) return;
    node.isParked = true;
    this.#parked.push(node);
  }

  /** What is still parked goes; what changed is laid out, put on the page and told. */
  #finish(): void {
    if (!this.#hasMoves) this.#discard();
    this.#placeAll();
    if (this.#hasMoves) this.#discard();
    this.#hasMoves = false;
    if (this.#tombstones.size > 0) {
      for (const [stone, node] of this.#tombstones) if (stone.parent?.isDisposed === false) this.#bury(stone, node);
      this.#tombstones.clear();
      this.#placeAll();
    }
    for (const node of this.#changed) {
      if (node.isDisposed) continue;
      if (node.drawn !== undefined) {
        node.view.drawChildren?.(node.drawn.children, node.drawn.takeChanged());
        // What the view wrote may depend on its children; explicit fields stay on top.
        if (node.props["a11y"] !== undefined) this.#accessibility.apply(node);
        continue;
      }
      node.view.childrenChanged?.(node.children, this.#unordered.get(node) ?? NO_MOUNTED);
    }
    this.#changed.clear();
    this.#unordered.clear();
    this.#accessibility.settle();
    this.#sleepers.forgetIndex();
  }

  /** Classes first: on an element that is not on the page yet they cost next to nothing. */
  #placeAll(): void {
    for (const node of this.#changed) if (!node.isDisposed && node.drawn === undefined) this.#layout.markChildren(node);
    this.#layout.run();
    for (const node of this.#apart) if (!node.isDisposed && !node.isParked) this.#place(node);
    this.#apart.clear();
    for (const [node, children] of this.#unordered) if (!node.isDisposed) orderChildren(node, children);
    if (this.#late.length === 0) return;
    for (const node of this.#late) {
      const { parent } = node;
      if (parent === undefined) continue;
      node.isMisplaced = true;
      orderChildren(parent, [node]);
      this.#changed.add(parent);
      this.#layout.markChildren(parent);
    }
    this.#late.length = 0;
    this.#layout.run();
  }

  #discard(): void {
    if (this.#parked.length === 0) return;
    const gone: Mounted[] = [];
    for (const node of this.#parked) {
      // What came back and went again is in the list twice.
      if (node.isParked && !node.isDisposed) gone.push(node);
      node.isParked = false;
    }
    this.#parked = [];
    if (gone.length > 1) emptyPlaces(gone);
    for (const node of gone) {
      node.view.element.remove();
      this.#disposeNode(node);
    }
  }

  /** A tombstone that nobody removed: two nodes share an id. The place gets a node of its own. */
  #bury(stone: Mounted, node: WireNode): void {
    const parent = stone.parent;
    const index = parent?.children.indexOf(stone) ?? -1;
    if (parent === undefined || index < 0) return;
    const replacement = this.#create(node, parent, index);
    parent.children[index] = replacement;
    this.#changed.add(parent);
    this.#misplace(parent, replacement);
  }

  #disposeNode(node: Mounted): void {
    if (node.isDisposed) return;
    node.isDisposed = true;
    if (this.#byId.get(node.id) === node) this.#byId.delete(node.id);
    this.#host.animator.release(node);
    this.#accessibility.release(node);
    node.drawn?.dispose();
    for (const child of node.wakeChildren) this.#disposeNode(child);
    if (node.view.isDetached === true) node.view.element.remove();
    node.view.dispose?.();
  }
}

const NO_NODES: readonly WireNode[] = [];
const NO_MOUNTED: readonly Mounted[] = [];
const NO_PATH: Path = [];
const NONE: ReadonlySet<number> = new Set();
const LEAF: WidgetLayout = { flow: "leaf" };

function takesRoom(parent: Mounted, child: Mounted): boolean {
  return parent.scope === undefined || child.lengths === undefined || !isVoid(parent.scope, child.lengths);
}

function fits(mounted: Mounted, node: WireNode): boolean {
  return mounted.id === node.id && mounted.type === node.type;
}

const TOMBSTONE: WidgetModule = {
  types: [],
  create: (context) => ({ element: context.document.createElement("div"), update: () => {} }),
};
