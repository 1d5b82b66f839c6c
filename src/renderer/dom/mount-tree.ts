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
  readonly #byElement = new WeakMap<Element, Mounted>();
  readonly #layout = new LayoutPass();
  readonly #accessibility: Accessibility;
  readonly #parked = new Set<Mounted>();
  readonly #changed = new Set<Mounted>();
  readonly #tombstones = new Map<Mounted, WireNode>();
  /** Nodes that move below an element that is not on the page yet; a direct move would cost them focus and scroll offset. */
  readonly #late: Mounted[] = [];
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
    return this.#byElement.get(element);
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
        this.#insertElement(target, child, index);
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
    this.#insertElement(parent, child, index);
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
    this.#byElement.set(created.view.element, created);
    // For people who look at the page, and for tests; generated ids would say nothing.
    if (!node.id.includes("auto:")) created.view.element.dataset["id"] = node.id;
    this.#host.appeared(created);
    this.#accessibility.appeared(node.id);
    if (module.drawsChildren === true) {
      created.drawn = new DrawnTree(node.children, this.#host.animator, () => this.#changed.add(created));
      created.view.drawChildren?.(created.drawn.children, created.drawn.takeChanged());
    }
    for (const child of created.drawn === undefined ? node.children : []) {
      const inner = this.#obtain(child, created);
      created.children.push(inner);
      if (inner.view.isDetached === true) this.#place(inner);
      else if (inner.view.element.isConnected) this.#late.push(inner);
      else (created.view.slot?.(inner) ?? created.view.content)?.append(inner.view.element);
    }
    if (created.children.length > 0) created.view.childrenChanged?.(created.children);
    if (node.props["a11y"] !== undefined) this.#accessibility.apply(created);
    this.#layout.mark(created);
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
    for (let index = target.children.length - 1; index >= 0; index -= 1) {
      const child = target.children[index];
      if (child !== undefined && !kept.has(index)) this.#insertElement(target, child, index);
    }
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

  #insertElement(parent: Mounted, child: Mounted, index: number): void {
    if (child.view.isDetached === true) {
      this.#place(child);
      return;
    }
    const slot = parent.view.slot?.(child);
    if (slot !== undefined) {
      moveInto(slot, child.view.element, null);
      return;
    }
    const content = parent.view.content;
    if (content === undefined) return;
    let before: Element | null = null;
    for (let at = index + 1; before === null && at < parent.children.length; at += 1) {
      const sibling = parent.children[at];
      // A tombstone's element is nowhere.
      if (sibling?.view.element.parentNode === content) before = sibling.view.element;
    }
    moveInto(content, child.view.element, before);
  }

  #setRoot(node: Mounted): void {
    this.#root = node;
    this.#place(node);
  }

  #park(node: Mounted): void {
    if (this.#tombstones.delete(node)) return;
    node.isParked = true;
    this.#parked.add(node);
  }

  /** What is still parked goes; what changed is told and laid out. */
  #finish(): void {
    for (const node of this.#late) {
      const parent = node.parent;
      if (parent === undefined) continue;
      this.#insertElement(parent, node, parent.children.indexOf(node));
      this.#changed.add(parent);
    }
    this.#late.length = 0;
    for (const node of this.#parked) {
      node.view.element.remove();
      this.#disposeNode(node);
    }
    this.#parked.clear();
    for (const [stone, node] of this.#tombstones) if (stone.parent?.isDisposed === false) this.#bury(stone, node);
    this.#tombstones.clear();
    for (const node of this.#changed) {
      if (node.isDisposed) continue;
      if (node.drawn !== undefined) {
        node.view.drawChildren?.(node.drawn.children, node.drawn.takeChanged());
        // What the view wrote may depend on its children; explicit fields stay on top.
        if (node.props["a11y"] !== undefined) this.#accessibility.apply(node);
        continue;
      }
      node.view.childrenChanged?.(node.children);
      this.#layout.markChildren(node);
    }
    this.#changed.clear();
    this.#accessibility.settle();
    this.#layout.run();
  }

  /** A tombstone that nobody removed: two nodes share an id. The place gets a node of its own. */
  #bury(stone: Mounted, node: WireNode): void {
    const parent = stone.parent;
    const index = parent?.children.indexOf(stone) ?? -1;
    if (parent === undefined || index < 0) return;
    const replacement = this.#create(node, parent);
    parent.children[index] = replacement;
    this.#changed.add(parent);
    this.#insertElement(parent, replacement, index);
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
