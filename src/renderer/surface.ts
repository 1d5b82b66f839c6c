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
  /** The connection to the app is gone, with all answers it owed. The tree stays; the next `showTree` is another connection's. */
  hostLost?(): void;
  configure(settings: SurfaceSettings): void;
  /** Which subscription kinds have at least one entry, so that a surface listens to nothing else. */
  setWanted(kinds: ReadonlySet<string>): void;
  /** A widget operation, see `WidgetOperation`. A name the surface does not know is ignored. */
  perform(operation: WidgetOperation): void;
  /** `open` and `close` follow the tree (after it is shown) and the app's own operations, once each per window. */
  performWindow(operation: WindowOperation): void;
  /** Answers a question about the screen, see `SurfaceQuery`; `null` when the surface cannot know. */
  query(question: SurfaceQuery): Promise<WireValue>;
  runEffect(effect: { readonly kind: string; readonly payload: WireProps }): Promise<EffectOutcome>;
  dispose(): void;
}

export interface SurfaceSettings {
  readonly defaultTextSize?: number;
  readonly defaultFont?: WireValue;
  readonly scaleFactor?: number;
}

/**
 * The names and their values, in one form whatever the sender used:
 *
 * - `focus`: `null`, or `{ element }` for an element inside the canvas `target`; `focus_next`, `focus_previous`: `null`;
 *   `focus_next_within`, `focus_previous_within`: `{ scope }`
 * - `scroll_to`, `scroll_by`: `{ x, y }`; `snap_to`: `{ x?, y? }` in 0..1; `snap_to_end`: `null`
 * - `select_all`, `move_cursor_to_front`, `move_cursor_to_end`: `null`; `move_cursor_to`: the position;
 *   `select_range`: `{ start_pos, end_pos }`
 * - `pane_split`, `pane_close`, `pane_swap`, `pane_maximize`, `pane_restore` and every other widget family: as sent
 * - without target: `announce`: `{ text, politeness }`; `advance_frame`: the timestamp;
 *   `set_image`: `{ handle, data }` or `{ handle, pixels, width, height }` with bytes; `delete_image`: `{ handle }`; `clear_images`: `null`;
 *   `load_font`: `{ family, data }` with bytes, or `{ path }` of a file in the app's asset folders
 */
export interface WidgetOperation {
  /** Wire id, absent for operations without a target. */
  readonly target?: string;
  readonly name: string;
  readonly value: WireValue;
}

/** An action of the protocol's `window_op`: `open` and `update` with clamped window settings, `close`, `resize`, `move`, … */
export interface WindowOperation {
  readonly windowId: string;
  readonly name: string;
  readonly payload: WireProps;
}

/**
 * Of a window: `get_size` `{ width, height }`, `get_position` `{ x, y }`, `is_maximized`, `is_minimized`, `get_mode`,
 * `get_scale_factor`, `monitor_size`, `raw_id`, `screenshot`: the answer's fields as an object, without `op` and `window_id`.
 * A picture is `{ width, height, rgba }` with bytes, and their SHA-256 as `hash` where it is known; of the size in `payload`, as far as
 * the screen can change its own. An empty `windowId` is the screen.
 * Of the platform: `get_system_theme` (`"light"`, `"dark"`), `get_system_info` (an object).
 * `find_focused`: the wire id of the focused widget.
 * For scripts: `locate` where the widget `target`, or the part of it that `payload` names, is on the screen;
 * `paste` brings `payload.text` to what has the keyboard and says whether it took it; `settled` is answered when every part of a widget
 * that is loaded late has come and, if `payload.frames` is not 0, fonts and pictures too, after that many frames that show them.
 */
export interface SurfaceQuery {
  readonly name: string;
  readonly windowId?: string;
  readonly target?: string;
  readonly payload?: WireProps;
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
  /**
   * Something a subscription may want. The engine copies it to each matching entry; `kind` is the most specific one
   * (`on_window_resize`, `on_pointer_move`, …), empty when only `on_window_event` and `on_event` have it.
   * Closing: report `window_close_requested` for every close the person asks for. The engine decides from the tree
   * whether the app is asked or the window closes, calls `performWindow` with `close`, and reports `window_closed` itself.
   * Report `window_closed` only for a window that is gone without having been asked.
   */
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
export type CoalesceHint =
  | { readonly kind: "replace" }
  | { readonly kind: "accumulate"; readonly fields: readonly string[] };

/** Makes the surface for one session. */
export type SurfaceFactory = (listener: SurfaceListener) => Surface;
