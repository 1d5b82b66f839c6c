import type { WireNode } from "../../protocol/index.ts";
import type { Mounted } from "./mounted.ts";

/** Gives a copy its children. */
export function wake(node: Mounted): void {
  node.pattern?.wake(node);
}

/** Finds nodes that are asleep: they are not known by their ids. */
export class Sleepers {
  readonly #awake: ReadonlyMap<string, Mounted>;
  /** The copies they are in; made when somebody looks for one in vain, and of no use after a change. */
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

  /** One more, or another below it. */
  changed(): void {
    this.#areThere = true;
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
    const collect = (top: Mounted, nodes: readonly WireNode[]): void => {
      for (const node of nodes) {
        index.set(node.id, top);
        collect(top, node.children);
      }
    };
    for (const node of this.#awake.values()) if (node.dormant !== undefined) collect(node, node.dormant);
    return index;
  }
}

function holds(nodes: readonly WireNode[], id: string): boolean {
  return nodes.some((node) => node.id === id || holds(node.children, id));
}
