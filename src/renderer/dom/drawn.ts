import type { PatchOp, WireNode, WireProps } from "../../protocol/index.ts";
import { settleProps } from "./animation.ts";

/** A node below a widget that draws its children itself: no module, no element. The object stays the same while the node does. */
export interface DrawnNode {
  readonly id: string;
  readonly type: string;
  /** Animation descriptors are replaced by their end values. */
  readonly props: WireProps;
  readonly children: readonly DrawnNode[];
}

class Kept implements DrawnNode {
  readonly id: string;
  readonly type: string;
  wireProps: WireProps;
  props: WireProps;
  children: Kept[];

  constructor(node: WireNode) {
    this.id = node.id;
    this.type = node.type;
    this.wireProps = node.props;
    this.props = settleProps(node.props).props;
    this.children = node.children.map((child) => new Kept(child));
  }
}

/** The children of such a widget. Patches are followed here and told once at the end of a call. */
export class DrawnTree {
  #children: Kept[];
  #changed: Set<DrawnNode> | "all" = "all";

  constructor(children: readonly WireNode[]) {
    this.#children = children.map((child) => new Kept(child));
  }

  get children(): readonly DrawnNode[] {
    return this.#children;
  }

  replace(children: readonly WireNode[]): void {
    this.#children = children.map((child) => new Kept(child));
    this.#changed = "all";
  }

  /** Applies one op whose path starts at the widget itself. Ops that lead nowhere are ignored. */
  apply(op: PatchOp, path: readonly number[], mergeProps: (props: WireProps, change: WireProps) => WireProps): void {
    let list = this.#children;
    let holder: Kept[] = list;
    let target: Kept | undefined;
    for (const index of path) {
      target = list[index];
      if (target === undefined) return;
      holder = list;
      list = target.children;
    }
    const top = path[0] === undefined ? undefined : this.#children[path[0]];
    switch (op.op) {
      case "insert_child":
        list.splice(op.index, 0, new Kept(op.node));
        break;
      case "remove_child":
        list.splice(op.index, 1);
        break;
      case "replace_node": {
        if (target === undefined) return;
        holder[holder.indexOf(target)] = new Kept(op.node);
        if (path.length === 1) this.#changed = "all";
        break;
      }
      case "update_props":
        if (target === undefined) return;
        target.wireProps = mergeProps(target.wireProps, op.props);
        target.props = settleProps(target.wireProps).props;
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
}
