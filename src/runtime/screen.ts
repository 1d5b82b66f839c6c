import type { View } from "../app/index.ts";
import { AUTO_ROOT_ID, type PatchOp, type ToRenderer, type WireNode } from "../protocol/index.ts";
import type { Tree, TreeDiagnostic } from "../tree/index.ts";
import type { Report } from "./diagnostic.ts";
import type { WindowChange, WindowOperation, Windows } from "./windows.ts";

/** What a renderer gets when the view shows nothing: the protocol has no empty tree. */
const EMPTY_ROOT: WireNode = { id: AUTO_ROOT_ID, type: "container", props: {}, children: [] };

export interface ScreenPorts {
  readonly tree: Tree;
  readonly windows: Windows;
  readonly send: (message: ToRenderer) => void;
  readonly report: Report;
}

/**
 *   mode        messages                                          tree
 *   ---------   -----------------------------------------------   ------------------------
 *   away        go to the port, which knows what to keep          rendered, not sent
 *   preparing   dropped: the new renderer is told everything      rendered, not sent
 *   shown       sent                                              sent as patches
 *   answering   held back until the tree has been sent            sent as one snapshot
 */
type Mode = "away" | "preparing" | "shown" | "answering";

/** Keeps the renderer's tree and windows as the view wants them, with the least that has to be said. */
export class Screen {
  readonly #ports: ScreenPorts;
  #mode: Mode = "away";
  #held: ToRenderer[] = [];

  constructor(ports: ScreenPorts) {
    this.#ports = ports;
  }

  /** All messages to the renderer pass here, so that they keep their order around a snapshot. */
  send(message: ToRenderer): void {
    if (this.#mode === "preparing") return;
    if (this.#mode === "answering") this.#held.push(message);
    else this.#ports.send(message);
  }

  /** Renders and sends what changed, as `complete` makes it; nothing when nothing did. */
  show(view: View<never>, complete: (ops: readonly PatchOp[]) => readonly PatchOp[]): WindowChange {
    const { tree, windows } = this.#ports;
    const result = tree.render(windows.prepare(view));
    for (const diagnostic of result.diagnostics) this.#ports.report(treeWarning(diagnostic));
    if (this.#mode === "shown" && result.kind === "patch") {
      this.#ports.send({ type: "patch", ops: complete(result.ops) });
    }
    if (this.#mode === "shown" && result.kind === "snapshot") this.#sendSnapshot();
    const change = windows.sync(tree.windows());
    this.#sendOperations(change.operations);
    return change;
  }

  /** Says values again that no render changed. A renderer that gets a whole tree is told them with it. */
  repeat(ops: readonly PatchOp[]): void {
    if (this.#mode === "shown" && ops.length > 0) this.#ports.send({ type: "patch", ops });
  }

  /** Tells a new renderer everything: the tree, then what `announce` sends, then the windows. */
  begin(render: () => void, announce: () => void): void {
    this.#mode = "preparing";
    render();
    this.#mode = "shown";
    this.#sendSnapshot();
    announce();
    this.#sendOperations(this.#ports.windows.openAll());
  }

  /** The renderer waits: whatever `flush` brings, the tree comes first and as a whole, also when it is the same. */
  answerStep(flush: () => void): void {
    if (this.#mode !== "shown") {
      flush();
      return;
    }
    this.#mode = "answering";
    try {
      flush();
    } finally {
      const held = this.#held;
      this.#held = [];
      this.#mode = "shown";
      this.#sendSnapshot();
      for (const message of held) this.#ports.send(message);
    }
  }

  /** The renderer is gone. */
  forget(): void {
    this.#mode = "away";
  }

  #sendSnapshot(): void {
    this.#ports.send({ type: "snapshot", tree: this.#ports.tree.root() ?? EMPTY_ROOT });
  }

  #sendOperations(operations: readonly WindowOperation[]): void {
    for (const operation of operations) {
      const payload = operation.op === "close" ? {} : operation.payload;
      this.send({ type: "window_op", op: operation.op, window_id: operation.windowId, payload });
    }
  }
}

function treeWarning({ code, message, id, type }: TreeDiagnostic): Parameters<Report>[0] {
  return {
    code: "tree-warning",
    attribution: "app",
    level: "warn",
    message,
    fields: { kind: code, id, type },
  };
}
