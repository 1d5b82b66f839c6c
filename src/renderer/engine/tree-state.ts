import type { PatchOp, ToRendererMessage, WireNode, WireValue } from "../../protocol/index.ts";
import { apply } from "../../tree/index.ts";
import type { Surface } from "../surface.ts";
import { admitOps, admitTree, duplicateIds, type IntakeListener } from "./intake.ts";
import type { Outlet } from "./outlet.ts";
import { clip, isRecord, textField } from "./record.ts";
import { nodeById } from "./select.ts";

type PatchMessage = ToRendererMessage<"patch">;

/** Texts for the host, by the rule that was broken. */
const ORDER_TEXTS = {
  remove_after_change: "removes must precede updates, replaces and inserts for the same parent",
  remove_not_decreasing: "remove indices must strictly decrease for the same parent",
  change_after_insert: "updates and replaces must precede inserts for the same parent",
  insert_decreasing: "insert indices must not decrease for the same parent",
} as const;

/** The retained tree: what the host sent, cut to the limits, and shown. */
export class TreeState {
  #root: WireNode | null = null;
  readonly #surface: Surface;
  readonly #outlet: Outlet;
  readonly #intake: IntakeListener = {
    cut: (diagnostic) => this.#outlet.diagnostic("warn", diagnostic),
    rateSeen: () => {
      this.hasRates = true;
    },
    windowSeen: () => {
      this.hasNewWindow = true;
    },
  };
  /** Some node has, or had, an event rate of its own. */
  hasRates = false;
  /** The last message had a window in it. */
  hasNewWindow = false;

  constructor(surface: Surface, outlet: Outlet) {
    this.#surface = surface;
    this.#outlet = outlet;
  }

  get root(): WireNode | null {
    return this.#root;
  }

  replace(tree: WireNode): WireNode {
    this.hasRates = false;
    const root = admitTree(tree, this.#intake);
    this.#root = root;
    const duplicates = duplicateIds(root);
    if (duplicates.length > 0) {
      const value = { error: "snapshot contains duplicate node IDs", duplicates };
      this.#outlet.event({ family: "error", id: "duplicate_node_ids", value });
    }
    this.#surface.showTree(root);
    return root;
  }

  /** The ops that took effect; nothing when the patch was refused or there is no tree yet. */
  patch(message: PatchMessage): readonly PatchOp[] {
    if (this.#root === null) return [];
    this.hasNewWindow = false;
    const ops = admitOps(this.#root, message.ops, this.#intake);
    const result = apply(this.#root, ops);
    if (result.kind === "rejected") {
      const value = { error: ORDER_TEXTS[result.violation.rule] };
      this.#outlet.event({ family: "error", id: "patch_order", value });
      return [];
    }
    this.#reportSkipped(message);
    for (const skipped of result.skipped) {
      this.#warn(`patch op ${skipped.index} (${clip(skipped.op)}) skipped: ${skipped.reason}`);
    }
    this.#root = result.root;
    if (result.applied.length > 0 && result.root !== null) this.#surface.applyPatch(result.applied, result.root);
    return result.applied;
  }

  /** Whether the person's close button closes the window at once, without asking the app. */
  closesOnRequest(windowId: string): boolean {
    return nodeById(this.#root, windowId)?.node.props["exit_on_close_request"] !== false;
  }

  clear(): void {
    this.#root = null;
    this.#surface.showTree(null);
  }

  /** Ops that were put aside when the message was decoded. */
  #reportSkipped(message: PatchMessage): void {
    for (const { index, op, isUnknown, error, payload } of message.skipped ?? []) {
      if (isUnknown)
        this.#outlet.diagnostic("error", { kind: "unknown_patch_op", op: clip(op), payload: brief(payload) });
      else this.#warn(`patch op ${index} (${clip(op)}) skipped: expected ${error.expected}, found ${error.found}`);
    }
  }

  #warn(detail: string): void {
    this.#outlet.diagnostic("warn", { kind: "wire_input_error", detail });
  }
}

/** What a renderer without a system preference reports as theme. */
export function themeName(root: WireNode | null): string | undefined {
  const theme = root?.props["theme"];
  if (theme === undefined || theme === null) return undefined;
  const name = typeof theme === "string" ? theme : (textField(theme, "name") ?? "");
  return name.toLowerCase() === "light" ? "light" : "dark";
}

/** Enough of an unknown op to recognize it: its scalar fields and its path, not whole trees. */
function brief(payload: WireValue): WireValue {
  if (!isRecord(payload)) return null;
  const fields: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(payload).slice(0, 16)) {
    if (typeof value === "string") fields[clip(name)] = clip(value);
    else if (typeof value !== "object" || value === null || name === "path") fields[clip(name)] = value;
  }
  return fields;
}
