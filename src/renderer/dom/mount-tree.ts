import type { PatchOp, Path, WireNode, WireProps } from "../../protocol/index.ts";
import { Accessibility } from "./accessibility.ts";
import { DrawnTree } from "./drawn.ts";
import { LAYOUT_PROPS, LayoutPass } from "./layout-pass.ts";
import { Mounted, type MountHost, NO_PROPS } from "./mounted.ts";
import { longestRise, moveInto } from "./move.ts";
import type { WidgetModule } from "./widget.ts";

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
  readonly #accessibility: Accessibility;
  readonly #parked = new Set<Mounted>();
  readonly #changed = new Set<Mounted>();
  readonly #tombstones = new Map<Mounted, WireNode>();
  /** Nodes that move below an element that is not on the page yet; a direct move would cost them focus and scroll offset. */
  readonly #late: Mounted[] = [];
  /** Children whose element is not where it belongs, and their parents. They are placed at the end, with their classes. */
  readonly #misplaced = new Set<Mounted>();
  readonly #unordered = new Set<Mounted>();
  /** Nodes that `place` puts on the screen at the end. */
  readonly #apart = new Set<Mounted>();
  /** An element that is on the page moves: its old surroundings must stay until then. */
  #hasMoves = false;
  #root: Mounted | undefined;
  /** The tree being shown is the first of a new host, so every prop in it counts as said. */
  #isFirstOfHost = false;

  /** `place` puts the root, and nodes that open their own place, on the screen. `fallback` draws types nobody knows. */
  constructor(host: MountHost, fallback: WidgetModule, place: (node: Mounted) => void) {
    this.#host = host;
    this.#accessibility = new Accessibility(host);
    this.#fallback = fallback;
    this.#place = place;
  }

  get root(): Mounted | undefined {
    return this.#root;
  }

  /** Nodes that confine the keyboard to themselves, the latest last. */
  get modals(): ReadonlySet<Mounted> {
    return this.#accessibility.modals;
  }

  find(id: string): Mounted | undefined {
    return this.#byId.get(id);
  }

  /** The node drawn by this element itself, not by one around it. */
  ofElement(element: Element): Mounted | undefined {
    return (element as DrawnElement)[NODE];
  }

  /** All nodes from the root down, parents first. */
  *all(from: Mounted | undefined = this.#root): Generator<Mounted> {
    if (from === undefined) return;
    yield from;
    for (const child of from.children) yield* this.all(child);
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
      this.#setRoot(this.#obtain(node, undefined));
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
    const { target, below } = this.#at(op.path);
    if (target === undefined) return;
    const isInside = below.length > 0 || op.op === "insert_child" || op.op === "remove_child";
    if (target.drawn !== undefined && isInside) {
      target.drawn.apply(op, below, mergeProps);
      this.#changed.add(target);
      return;
    }
    switch (op.op) {
      case "update_props":
        this.#setProps(target, mergeProps(target.wireProps, op.props), op.props);
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
        const child = this.#obtain(op.node, target);
        target.children.splice(index, 0, child);
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
    const child = this.#obtain(node, parent);
    if (parent === undefined) {
      this.#setRoot(child);
      return;
    }
    const index = parent.children.indexOf(target);
    parent.children[index] = child;
    this.#changed.add(parent);
    this.#misplace(parent, child);
  }

  /** The node at a path, or the one around it that draws its children itself with the rest of the path. */
  #at(path: Path): { readonly target: Mounted | undefined; readonly below: Path } {
    let node = this.#root;
    for (let depth = 0; depth < path.length; depth += 1) {
      if (node?.drawn !== undefined) return { target: node, below: path.slice(depth) };
      node = node?.children[path[depth] ?? -1];
    }
    return { target: node, below: [] };
  }

  /** A node for this place: the one that has the id already, brought up to date, or a new one. */
  #obtain(node: WireNode, parent: Mounted | undefined): Mounted {
    const known = this.#byId.get(node.id);
    if (known !== undefined && fits(known, node) && !known.contains(parent) && this.#take(known)) {
      if (known.parent !== parent) {
        known.parent = parent;
        this.#layout.mark(known);
      }
      known.isParked = false;
      this.#reconcile(known, node);
      return known;
    }
    return this.#create(node, parent);
  }

  /** Frees a node from where it is. A node in its place in the tree leaves a tombstone. */
  #take(node: Mounted): boolean {
    if (this.#tombstones.has(node)) return false;
    if (this.#parked.delete(node)) return true;
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

  #create(node: WireNode, parent: Mounted | undefined): Mounted {
    const module = this.#host.find(node.type) ?? this.#fallback;
    const created = new Mounted(node, module, this.#host);
    created.parent = parent;
    this.#byId.set(node.id, created);
    const { element, content } = created.view;
    (element as DrawnElement)[NODE] = created;
    // For people who look at the page, and for tests; generated ids would say nothing.
    if (!node.id.includes("auto:")) element.setAttribute("data-id", node.id);
    this.#host.appeared(created);
    this.#accessibility.appeared(node.id);
    if (module.drawsChildren === true) {
      created.drawn = new DrawnTree(node.children, this.#host.animator, () => this.#changed.add(created));
      created.view.drawChildren?.(created.drawn.children, created.drawn.takeChanged());
    }
    for (const child of created.drawn === undefined ? node.children : NO_NODES) {
      const inner = this.#obtain(child, created);
      created.children.push(inner);
      const { view } = inner;
      if (view.isDetached === true) this.#apart.add(inner);
      else if (view.element.isConnected) {
        this.#late.push(inner);
        this.#hasMoves = true;
      } else (created.view.slot?.(inner) ?? content)?.appendChild(view.element);
    }
    if (created.children.length > 0) created.view.childrenChanged?.(created.children);
    if (node.props["a11y"] !== undefined) this.#accessibility.apply(created);
    // The layout of a new parent reaches its children by itself.
    if (parent === undefined || parent.item !== undefined || parent.layout.flow === "leaf") this.#layout.mark(created);
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
    const before = target.children;
    if (before.length === 0 && node.children.length === 0) return;
    const positions = new Map<Mounted, number>();
    for (const [index, child] of before.entries()) positions.set(child, index);
    // Out of the way first: `#obtain` takes what it needs, and what is left over was removed.
    for (const child of before) this.#park(child);
    target.children = [];
    const order: number[] = [];
    for (const child of node.children) {
      const inner = this.#obtain(child, target);
      order.push(positions.get(inner) ?? -1);
      target.children.push(inner);
    }
    const isSame = order.length === before.length && order.every((position, index) => position === index);
    if (isSame) return;
    this.#changed.add(target);
    const kept = longestRise(order);
    for (const [index, child] of target.children.entries()) if (!kept.has(index)) this.#misplace(target, child);
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
    this.#misplaced.add(child);
    this.#unordered.add(parent);
    if (child.view.element.isConnected) this.#hasMoves = true;
  }

  /** Brings the elements of misplaced children where they belong; neighbors that are new go there together. */
  #order(parent: Mounted): void {
    const { content } = parent.view;
    let before: Element | null = null;
    let run: Element[] = [];
    const insertRun = (): void => {
      if (content === undefined || run.length === 0) return;
      if (run.length === 1) content.insertBefore(run[0] as Element, before);
      else {
        const fragment = content.ownerDocument.createDocumentFragment();
        for (let at = run.length - 1; at >= 0; at -= 1) fragment.appendChild(run[at] as Element);
        content.insertBefore(fragment, before);
      }
      before = run[run.length - 1] as Element;
      run = [];
    };
    for (let index = parent.children.length - 1; index >= 0; index -= 1) {
      const child = parent.children[index];
      if (child === undefined) continue;
      const { element } = child.view;
      if (!this.#misplaced.has(child)) {
        // A tombstone's element is nowhere, and one in a slot no landmark.
        if (element.parentNode !== content) continue;
        insertRun();
        before = element;
        continue;
      }
      const slot = parent.view.slot?.(child);
      if (slot !== undefined) moveInto(slot, element, null);
      else if (content === undefined) continue;
      else if (!element.isConnected) run.push(element);
      else {
        insertRun();
        moveInto(content, element, before);
        before = element;
      }
    }
    insertRun();
  }

  #setRoot(node: Mounted): void {
    this.#root = node;
    this.#apart.add(node);
  }

  #park(node: Mounted): void {
    if (this.#tombstones.delete(node)) return;
    node.isParked = true;
    this.#parked.add(node);
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
      node.view.childrenChanged?.(node.children);
    }
    this.#changed.clear();
    this.#accessibility.settle();
  }

  /** Classes first: on an element that is not on the page yet they cost next to nothing. */
  #placeAll(): void {
    for (const node of this.#changed) if (!node.isDisposed && node.drawn === undefined) this.#layout.markChildren(node);
    this.#layout.run();
    for (const node of this.#apart) if (!node.isDisposed && !node.isParked) this.#place(node);
    this.#apart.clear();
    for (const node of this.#unordered) if (!node.isDisposed) this.#order(node);
    this.#unordered.clear();
    this.#misplaced.clear();
    if (this.#late.length === 0) return;
    for (const node of this.#late) {
      const { parent } = node;
      if (parent === undefined) continue;
      this.#misplaced.add(node);
      this.#order(parent);
      this.#misplaced.clear();
      this.#changed.add(parent);
      this.#layout.markChildren(parent);
    }
    this.#late.length = 0;
    this.#layout.run();
  }

  #discard(): void {
    const emptied = new Map<Node, number>();
    for (const { view } of this.#parked) {
      const place = view.element.parentNode;
      if (place !== null) emptied.set(place, (emptied.get(place) ?? 0) + 1);
    }
    for (const [place, count] of emptied) {
      // All at once is several times as fast as one by one.
      if (count > 1 && place.childNodes.length === count) place.textContent = "";
    }
    for (const node of this.#parked) {
      node.view.element.remove();
      this.#disposeNode(node);
    }
    this.#parked.clear();
  }

  /** A tombstone that nobody removed: two nodes share an id. The place gets a node of its own. */
  #bury(stone: Mounted, node: WireNode): void {
    const parent = stone.parent;
    const index = parent?.children.indexOf(stone) ?? -1;
    if (parent === undefined || index < 0) return;
    const replacement = this.#create(node, parent);
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
    for (const child of node.children) this.#disposeNode(child);
    if (node.view.isDetached === true) node.view.element.remove();
    node.view.dispose?.();
  }
}

/** A property of the element is several times as fast as a map that holds a hundred thousand of them weakly. */
const NODE = Symbol("node");

/** What `NODE` is set on. */
interface DrawnElement extends Element {
  [NODE]?: Mounted;
}

const NO_NODES: readonly WireNode[] = [];

/** Props after an update: `null` deletes. */
export function mergeProps(props: WireProps, change: WireProps): WireProps {
  const merged: Record<string, WireProps[string]> = { ...props };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}

function fits(mounted: Mounted, node: WireNode): boolean {
  return mounted.id === node.id && mounted.type === node.type;
}

const TOMBSTONE: WidgetModule = {
  types: [],
  create: (context) => ({ element: context.document.createElement("div"), update: () => {} }),
};
