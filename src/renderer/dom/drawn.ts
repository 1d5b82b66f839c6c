import type { PatchOp, WireNode, WireProps } from "../../protocol/index.ts";
import type { Animator, MotionTarget } from "../motion/index.ts";

/** A node below a widget that draws its children itself: no module, no element. The object stays the same while the node does. */
export interface DrawnNode {
  readonly id: string;
  readonly type: string;
  /** Animation descriptors are replaced by what they show now. */
  readonly props: WireProps;
  readonly children: readonly DrawnNode[];
  /** Another one after every change of the node and of anything below it. */
  readonly version: number;
  /** What the widget keeps with the node. */
  memo: unknown;
}

let lastVersion = 0;

class Kept implements DrawnNode, MotionTarget {
  readonly id: string;
  readonly type: string;
  wireProps: WireProps;
  props: WireProps;
  children: Kept[];
  parent: Kept | undefined;
  version: number;
  memo: unknown;
  readonly #onMoved: (node: Kept) => void;

  constructor(node: WireNode, props: WireProps, onMoved: (node: Kept) => void) {
    this.id = node.id;
    this.type = node.type;
    this.wireProps = node.props;
    this.props = props;
    this.children = [];
    this.parent = undefined;
    lastVersion += 1;
    this.version = lastVersion;
    this.memo = undefined;
    this.#onMoved = onMoved;
  }

  changed(): void {
    lastVersion += 1;
    this.version = lastVersion;
  }

  redraw(props: WireProps): void {
    this.props = props;
    this.#onMoved(this);
  }
}

/** The children of such a widget. Patches are followed here and told once at the end of a call. */
export class DrawnTree {
  readonly #animator: Animator;
  readonly #onMoved: () => void;
  readonly #moved = (node: Kept): void => {
    let top = node;
    top.changed();
    while (top.parent !== undefined) {
      top = top.parent;
      top.changed();
    }
    if (this.#changed !== "all") this.#changed.add(top);
    this.#onMoved();
  };
  #children: Kept[];
  #changed: Set<DrawnNode> | "all" = "all";

  /** `onMoved`: an animation changed something, so that `takeChanged` has news. */
  constructor(children: readonly WireNode[], animator: Animator, onMoved: () => void) {
    this.#animator = animator;
    this.#onMoved = onMoved;
    this.#children = children.map((child) => this.#keep(child, undefined));
  }

  get children(): readonly DrawnNode[] {
    return this.#children;
  }

  replace(children: readonly WireNode[]): void {
    const before = this.#animatedIn(this.#children);
    this.#children = children.map((child) => this.#keep(child, undefined, before));
    this.#release(before);
    this.#changed = "all";
  }

  dispose(): void {
    this.#release(this.#animatedIn(this.#children));
  }

  /** Applies one op whose path starts at the widget itself. Ops that lead nowhere are ignored. */
  apply(op: PatchOp, path: readonly number[], mergeProps: (props: WireProps, change: WireProps) => WireProps): void {
    let list = this.#children;
    let holder: Kept[] = list;
    let target: Kept | undefined;
    for (const index of path) {
      target = list[index];
      if (target === undefined) return;
      target.changed();
      holder = list;
      list = target.children;
    }
    const top = path[0] === undefined ? undefined : this.#children[path[0]];
    switch (op.op) {
      case "insert_child":
        list.splice(op.index, 0, this.#keep(op.node, target));
        break;
      case "remove_child":
        this.#release(this.#animatedIn(list.splice(op.index, 1)));
        break;
      case "replace_node": {
        if (target === undefined) return;
        const before = this.#animatedIn([target]);
        holder[holder.indexOf(target)] = this.#keep(op.node, target.parent, before);
        this.#release(before);
        if (path.length === 1) this.#changed = "all";
        break;
      }
      case "update_props":
        if (target === undefined) return;
        target.wireProps = mergeProps(target.wireProps, op.props);
        target.props = this.#animator.resolve(target, target.wireProps, target.props);
    }
    if (top === undefined) this.#changed = "all";
    else if (this.#changed !== "all") this.#changed.add(top);
  }

  /** Direct children that changed, or have something below them that did, since the last call. */
  takeChanged(): ReadonlySet<DrawnNode> | "all" {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** `before`: what is replaced; the animations of nodes that come back go on. */
  #keep(node: WireNode, parent: Kept | undefined, before?: Map<string, Kept>): Kept {
    const kept = new Kept(node, node.props, this.#moved);
    kept.parent = parent;
    const known = before === undefined || before.size === 0 ? undefined : before.get(node.id);
    const isBack = known?.type === node.type;
    if (known !== undefined && isBack) {
      before?.delete(node.id);
      this.#animator.transfer(known, kept);
    }
    kept.props = this.#animator.resolve(kept, node.props, isBack ? known?.props : undefined);
    // Most nodes of a drawing are shapes, which have none.
    for (const child of node.children) kept.children.push(this.#keep(child, kept, before));
    return kept;
  }

  /** Nodes with animations, by id, from here down, before they go. Of two with one id the first may come back. */
  #animatedIn(nodes: readonly Kept[], found = new Map<string, Kept>()): Map<string, Kept> {
    if (this.#animator.isEmpty) return found;
    for (const node of nodes) {
      const isAnimated = this.#animator.isAnimated(node);
      if (isAnimated && !found.has(node.id)) found.set(node.id, node);
      else if (isAnimated) this.#animator.release(node);
      this.#animatedIn(node.children, found);
    }
    return found;
  }

  #release(nodes: ReadonlyMap<string, Kept>): void {
    for (const node of nodes.values()) this.#animator.release(node);
  }
}
