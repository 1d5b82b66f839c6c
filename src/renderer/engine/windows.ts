import type { PatchOp, WireNode, WireProps } from "../../protocol/index.ts";
import type { Surface } from "../surface.ts";
import { openSettings } from "./window-settings.ts";

/** What became of the windows. */
export interface WindowListener {
  onClosed(windowId: string): void;
  /** The last one is gone while there is a tree. */
  onAllClosed(): void;
}

/**
 * Which windows are open. They follow the tree: a window node that appears opens one, a node that disappears closes it.
 * Operations of the app may come before or after that; each window is opened and closed once. A window that was closed while
 * its node stayed opens again when the node comes anew or by an operation.
 */
export class WindowTracker {
  readonly #surface: Surface;
  readonly #listener: WindowListener;
  #inTree: ReadonlySet<string> = new Set();
  readonly #open = new Set<string>();
  /** Windows that went while the surface was drawing; `undefined` when it is not. */
  #goneWhileDrawing: Set<string> | undefined;
  /** Of the deepest window node; the root is 0. Changes further down cannot remove a window. */
  #maxDepth = -1;

  constructor(surface: Surface, listener: WindowListener) {
    this.#surface = surface;
    this.#listener = listener;
  }

  isOpen(windowId: string): boolean {
    return this.#open.has(windowId);
  }

  /** The first open window in tree order. */
  first(): string | undefined {
    return [...this.#inTree].find((id) => this.#open.has(id));
  }

  /**
   * Lets the surface draw. What it reports as closed meanwhile is told after `sync`, once the windows that come instead are
   * open; otherwise the app would hear that there is none left.
   */
  whileDrawing<Drawn>(draw: () => Drawn, sync: (drawn: Drawn) => void): void {
    const gone = new Set<string>();
    this.#goneWhileDrawing = gone;
    try {
      sync(draw());
    } finally {
      this.#goneWhileDrawing = undefined;
      for (const windowId of gone) this.forget(windowId);
    }
  }

  /** After a snapshot. */
  syncTree(root: WireNode): void {
    const nodes = new Map<string, WireNode>();
    this.#maxDepth = collectWindows(root, 0, nodes);
    const before = this.#inTree;
    this.#inTree = new Set(nodes.keys());
    for (const [id, node] of nodes) if (!before.has(id)) this.open(id, openSettings(node.props));
    for (const id of before) if (!nodes.has(id)) this.close(id);
  }

  /** After a patch: looks at the whole tree only when the ops may have touched a window. `hasNew`: there is one in them. */
  syncPatch(ops: readonly PatchOp[], root: WireNode, hasNew: boolean): void {
    let isTouched = hasNew;
    for (let index = 0; index < ops.length && !isTouched; index += 1) isTouched = this.#mayTouchWindow(ops[index]);
    if (isTouched) this.syncTree(root);
  }

  open(windowId: string, settings: WireProps): void {
    if (this.#open.has(windowId)) return;
    this.#open.add(windowId);
    this.#surface.performWindow({ windowId, name: "open", payload: settings });
  }

  close(windowId: string): void {
    if (!this.#open.has(windowId)) return;
    const isGone = this.#goneWhileDrawing?.delete(windowId) ?? false;
    if (!isGone) this.#surface.performWindow({ windowId, name: "close", payload: {} });
    this.#closed(windowId);
  }

  /** The window is gone already. */
  forget(windowId: string): void {
    if (this.#goneWhileDrawing !== undefined) this.#goneWhileDrawing.add(windowId);
    else if (this.#open.has(windowId)) this.#closed(windowId);
  }

  /** Closes all without telling anybody. */
  reset(): void {
    for (const windowId of this.#open) this.#surface.performWindow({ windowId, name: "close", payload: {} });
    this.#open.clear();
    this.#inTree = new Set();
    this.#maxDepth = -1;
  }

  #closed(windowId: string): void {
    this.#open.delete(windowId);
    this.#listener.onClosed(windowId);
    if (this.#open.size === 0) this.#listener.onAllClosed();
  }

  /** Whether an op takes away a level in which there are windows. */
  #mayTouchWindow(op: PatchOp | undefined): boolean {
    if (op?.op === "remove_child") return op.path.length + 1 <= this.#maxDepth;
    return op?.op === "replace_node" && op.path.length <= this.#maxDepth;
  }
}

/** The first node of each id in tree order; returns the depth of the deepest one, -1 without any. */
function collectWindows(node: WireNode, depth: number, found: Map<string, WireNode>): number {
  let deepest = -1;
  if (node.type === "window") {
    if (!found.has(node.id)) found.set(node.id, node);
    deepest = depth;
  }
  for (const child of node.children) deepest = Math.max(deepest, collectWindows(child, depth + 1, found));
  return deepest;
}
