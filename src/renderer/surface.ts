import type { PatchOp, WireNode, WireProps, WireValue } from "../protocol/index.ts";

/**
 * What the engine draws on. The engine has checked everything it passes on; a surface never validates the protocol.
 * Calls arrive in order; a surface may draw later, but answers and events keep their order.
 */
export interface Surface {
  /** Replaces everything. What has the same id and type keeps its element and its state. `null`: nothing to show. */
  showTree(root: WireNode | null): void;
  /** Ops that were applied, in order, and the tree after them. */
  applyPatch(ops: readonly PatchOp[], root: WireNode): void;
  configure(settings: SurfaceSettings): void;
  /** Which subscription kinds have at least one entry, so that a surface listens to nothing else. */
  setWanted(kinds: ReadonlySet<string>): void;
  /** A widget operation: `focus`, `scroll_to`, `announce`, … with the normalized value. */
  perform(operation: WidgetOperation): void;
  performWindow(operation: WindowOperation): void;
  /** Answers a question about the screen; `null` when the surface cannot know. */
  query(question: SurfaceQuery): Promise<WireValue>;
  runEffect(effect: { readonly kind: string; readonly payload: WireProps }): Promise<EffectOutcome>;
  dispose(): void;
}

export interface SurfaceSettings {
  readonly defaultTextSize?: number;
  readonly defaultFont?: WireValue;
  readonly scaleFactor?: number;
}

export interface WidgetOperation {
  /** Wire id, absent for operations without a target. */
  readonly target?: string;
  readonly name: string;
  readonly value: WireValue;
}

export interface WindowOperation {
  readonly windowId: string;
  readonly name: string;
  readonly payload: WireProps;
}

export interface SurfaceQuery {
  readonly name: string;
  readonly windowId?: string;
}

export type EffectOutcome =
  | { readonly status: "ok"; readonly result: WireValue }
  | { readonly status: "error"; readonly error: string }
  | { readonly status: "cancelled" }
  | { readonly status: "unsupported" };

/** What a surface tells the engine. */
export interface SurfaceListener {
  /** Something happened at a widget. `hint` allows the engine to hold it back and merge it. */
  onWidgetEvent(event: {
    readonly family: string;
    readonly id: string;
    readonly value?: WireValue;
    readonly hint?: CoalesceHint;
  }): void;
  /** Something a subscription may want. The engine copies it to each matching entry. */
  onSubscriptionEvent(event: {
    readonly kind: string;
    readonly family: string;
    readonly windowId?: string;
    readonly value?: WireValue;
    readonly modifiers?: WireProps;
    readonly captured?: boolean;
    readonly hint?: CoalesceHint;
  }): void;
  onDiagnostic(diagnostic: { readonly level: "info" | "warn" | "error"; readonly diagnostic: WireProps }): void;
}

/** `replace`: the newest survives. `accumulate`: the named numbers are added up, the rest is taken from the newest. */
export type CoalesceHint = { readonly kind: "replace" } | { readonly kind: "accumulate"; readonly fields: readonly string[] };

/** Makes the surface for one session. */
export type SurfaceFactory = (listener: SurfaceListener) => Surface;
