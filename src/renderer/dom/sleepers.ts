import type { WireNode } from "../../protocol/index.ts";
import type { Mounted } from "./mounted.ts";

/** Gives a copy its children. */
export function wake(node: Mounted): void {
  node.pattern?.wake(node);
}

/** Finds nodes that are asleep: they are not known by their ids. */
export class Sleepers {
  readonly #awake: ReadonlyMap<string, Mounted>;
  /** The copies they are in; made when somebody looks for one in vain. */
  #index: Map<string, Mounted> | undefined;
  #areThere = false;

  /** `awake`: all nodes that are known. */
  constructor(awake: ReadonlyMap<string, Mounted>) {
    this.#awake = awake;
  }

  /** Whether there may be any. */
  get areThere(): boolean {
    return this.#areThere;
  }

  /** A copy that sleeps from now on. */
  add(top: Mounted): void {
    this.#areThere = true;
    if (this.#index !== undefined) collect(this.#index, top, top.dormant ?? []);
  }

  /** Nobody is likely to look for more of them soon. */
  forgetIndex(): void {
    this.#index = undefined;
  }

  /** The copy that the node with this id sleeps in. */
  around(id: string): Mounted | undefined {
    if (!this.#areThere) return undefined;
    // Ids mostly say where a node is; where they don't, all that sleep are gone through.
    for (let end = id.lastIndexOf("/"); end > 0; end = id.lastIndexOf("/", end - 1)) {
      const top = this.#awake.get(id.slice(0, end));
      if (top?.dormant !== undefined && holds(top.dormant, id)) return top;
      if (top !== undefined) break;
    }
    this.#index ??= this.#makeIndex();
    const top = this.#index.get(id);
    return top?.isDormant === true && !top.isDisposed ? top : undefined;
  }

  #makeIndex(): Map<string, Mounted> {
    const index = new Map<string, Mounted>();
    for (const node of this.#awake.values()) if (node.dormant !== undefined) collect(index, node, node.dormant);
    return index;
  }
}

function collect(index: Map<string, Mounted>, top: Mounted, nodes: readonly WireNode[]): void {
  for (const node of nodes) {
    index.set(node.id, top);
    collect(index, top, node.children);
  }
}

function holds(nodes: readonly WireNode[], id: string): boolean {
  return nodes.some((node) => node.id === id || holds(node.children, id));
}
