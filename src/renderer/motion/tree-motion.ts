import type { WireNode, WireProps } from "../../protocol/index.ts";
import { Animator, type MotionTarget } from "./animator.ts";
import { hasDescriptors } from "./node-motion.ts";

export interface TreeMotionListener {
  completed(id: string, prop: string, tag: string): void;
  invalid(id: string, prop: string): void;
}

/**
 * The animations of a tree that nobody sees, for surfaces without a screen: time is what `advanceTo` says, and only what ends
 * is told.
 */
export class TreeMotion {
  readonly #animator: Animator;
  #targets = new Map<string, Unseen>();
  /** Nodes that animate something, per subtree: what a patch left alone is the same object as before. */
  #animated = new WeakMap<WireNode, readonly WireNode[]>();
  #root: WireNode | null = null;
  #lastMs: number | undefined;

  constructor(listener: TreeMotionListener) {
    this.#animator = new Animator({ ...listener, wake: () => {} });
  }

  show(root: WireNode | null): void {
    this.#animator.dropRunning();
    // A tree after none begins with a base of time of its own.
    if (root === null) this.#lastMs = undefined;
    this.#take(root, true);
  }

  patched(root: WireNode): void {
    this.#take(root, false);
  }

  #take(root: WireNode | null, isWhole: boolean): void {
    const previous = this.#root;
    this.#root = root;
    const animated = root === null ? NO_NODES : this.#below(root);
    if (animated.length === 0 && this.#targets.size === 0) return;
    const targets = new Map<string, Unseen>();
    let before: ReadonlyMap<string, WireNode> | undefined;
    for (const node of animated) {
      const key = keyOf(node);
      // Two nodes of one id: the first counts.
      if (targets.has(key)) continue;
      let target = this.#targets.get(key);
      if (target === undefined) {
        before ??= indexOf(previous);
        target = new Unseen(node.id, before.get(key)?.props);
      }
      targets.set(key, target);
      if (target.wireProps === node.props && !isWhole) continue;
      target.wireProps = node.props;
      target.props = this.#animator.resolve(target, node.props, target.props);
    }
    for (const [key, target] of this.#targets) if (!targets.has(key)) this.#animator.release(target);
    this.#targets = targets;
  }

  /** The first call says where time begins. A time before the last one is a new beginning. */
  advanceTo(timestampMs: number): void {
    const byMs = Math.max(0, timestampMs - (this.#lastMs ?? timestampMs));
    this.#lastMs = timestampMs;
    this.#animator.advance(byMs);
    this.#animator.report();
  }

  #below(node: WireNode): readonly WireNode[] {
    const known = this.#animated.get(node);
    if (known !== undefined) return known;
    let found: WireNode[] | undefined;
    if (hasDescriptors(node.props)) found = [node];
    for (const child of node.children) {
      const inner = this.#below(child);
      if (inner.length === 0) continue;
      found ??= [];
      for (const each of inner) found.push(each);
    }
    const animated = found ?? NO_NODES;
    this.#animated.set(node, animated);
    return animated;
  }
}

class Unseen implements MotionTarget {
  readonly id: string;
  props: WireProps;
  wireProps: WireProps | undefined;

  constructor(id: string, props: WireProps = {}) {
    this.id = id;
    this.props = props;
  }

  redraw(props: WireProps): void {
    this.props = props;
  }
}

const NO_NODES: readonly WireNode[] = [];

function keyOf({ id, type }: WireNode): string {
  return `${type}\n${id}`;
}

function indexOf(root: WireNode | null): ReadonlyMap<string, WireNode> {
  const index = new Map<string, WireNode>();
  const visit = (node: WireNode): void => {
    if (!index.has(keyOf(node))) index.set(keyOf(node), node);
    for (const child of node.children) visit(child);
  };
  if (root !== null) visit(root);
  return index;
}
