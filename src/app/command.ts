import type { EffectKind } from "../protocol/effect.ts";
import type { WireValue } from "../protocol/node.ts";
import type { WindowOp } from "../protocol/window.ts";
import { brand, COMMAND, hasBrand } from "./brand.ts";
import type { Event } from "./event.ts";
import type { TypedTag } from "./tag.ts";
import type { WindowLevel, WindowMode, WindowQuery, WindowSize } from "./window.ts";

/**
 * What the runtime should do next. Plain frozen data without ids: building one does nothing, the same value may be
 * returned as often as needed, and two equal calls give equal values.
 *
 * `Out` is what `dispatch` and `after` may put into `update`: events and the app's own values in the app form, messages in
 * the application form.
 */
export type Command<Out = Event> = NoneCommand | BatchCommand<Out> | SingleCommand<Out>;

/** A command that is one action: what is left when batches are flattened and `none` is dropped. */
export type SingleCommand<Out = Event> =
  | AsyncCommand
  | StreamCommand
  | CancelCommand
  | AfterCommand<Out>
  | DispatchCommand<Out>
  | ExitCommand
  | ShareCommand
  | FocusCommand
  | FocusMoveCommand
  | WidgetCommand
  | AnnounceCommand
  | WindowCommand
  | WindowQueryCommand
  | SystemCommand
  | QueryCommand
  | ImageCommand
  | LoadFontCommand
  | EffectCommand;

interface Branded {
  readonly [COMMAND]: true;
}

export interface NoneCommand extends Branded {
  readonly kind: "none";
}

export interface BatchCommand<Out = Event> extends Branded {
  readonly kind: "batch";
  readonly commands: readonly Command<Out>[];
}

/** Runs `run` off the update path; one event of kind `async` follows. A newer one with the same tag cancels the older. */
export interface AsyncCommand extends Branded {
  readonly kind: "async";
  readonly tag: string;
  readonly run: (signal: AbortSignal) => unknown;
}

/** Like `async`, but each item is an event of kind `stream`. */
export interface StreamCommand extends Branded {
  readonly kind: "stream";
  readonly tag: string;
  readonly run: StreamRun<unknown>;
}

/** Either yields items (an async generator) or hands them to `emit` and resolves when there are no more. */
export type StreamRun<Item> = (
  signal: AbortSignal,
  emit: (item: Item) => void,
) => AsyncIterable<Item> | PromiseLike<unknown> | undefined;

/** Aborts the task, stream or waiting `after` with this tag. No event follows from it any more. */
export interface CancelCommand extends Branded {
  readonly kind: "cancel";
  readonly tag: string;
}

export interface AfterCommand<Out = Event> extends Branded {
  readonly kind: "after";
  readonly ms: number;
  readonly event: Out;
  readonly tag: string | undefined;
}

export interface DispatchCommand<Out = Event> extends Branded {
  readonly kind: "dispatch";
  readonly event: Out;
}

/** Ends the app as if its primary window had been closed for good. */
export interface ExitCommand extends Branded {
  readonly kind: "exit";
}

/** Hands an action to the room this app takes part in. */
export interface ShareCommand extends Branded {
  readonly kind: "share";
  readonly action: unknown;
}

export interface FocusCommand extends Branded {
  readonly kind: "focus";
  readonly target: string;
}

export interface FocusMoveCommand extends Branded {
  readonly kind: "focus_move";
  readonly direction: "next" | "previous";
  /** Only inside this widget, wrapping around. */
  readonly within: string | undefined;
}

/** An operation a widget performs; `value` is what goes over the wire. */
export interface WidgetCommand extends Branded {
  readonly kind: "widget";
  readonly target: string;
  readonly family: string;
  readonly value: WireValue;
}

export interface AnnounceCommand extends Branded {
  readonly kind: "announce";
  readonly text: string;
  readonly politeness: "polite" | "assertive";
}

export interface WindowCommand extends Branded {
  readonly kind: "window";
  readonly op: WindowOperation;
  readonly windowId: string;
  readonly payload: { readonly [key: string]: WireValue };
}

/** What can be done to a window. Opening one is not among it: that is what the view is for. */
export type WindowOperation = Exclude<WindowOp, "open" | WindowQuery>;

/** The answer is an event of kind `system` with this tag. */
export interface WindowQueryCommand extends Branded {
  readonly kind: "window_query";
  readonly op: WindowQuery;
  readonly windowId: string;
  readonly tag: string;
}

export interface SystemCommand extends Branded {
  readonly kind: "system";
  readonly op: "allow_automatic_tabbing";
  readonly payload: { readonly enabled: boolean };
}

/** A question to the renderer; the answer is an event of kind `system` with this tag. */
export interface QueryCommand extends Branded {
  readonly kind: "query";
  readonly op: "get_system_theme" | "get_system_info" | "list_images" | "find_focused" | "tree_hash";
  readonly tag: string;
}

export interface ImageCommand extends Branded {
  readonly kind: "image";
  readonly op: "create_image" | "update_image" | "delete_image" | "clear";
  readonly payload: { readonly [key: string]: WireValue };
}

export interface LoadFontCommand extends Branded {
  readonly kind: "load_font";
  readonly family: string;
  readonly data: Uint8Array;
}

/** A request to the renderer's platform; one event of kind `effect` with this tag follows. */
export interface EffectCommand extends Branded {
  readonly kind: "effect";
  readonly effect: EffectKind;
  readonly payload: { readonly [key: string]: WireValue };
  readonly tag: string;
}

/** Axes are in pixels; an absent one is 0. */
export interface ScrollOffset {
  readonly x?: number;
  readonly y?: number;
}

/** Where an image comes from: an encoded file, or raw RGBA bytes with their size. */
export type ImageData =
  | { readonly data: Uint8Array }
  | { readonly pixels: Uint8Array; readonly width: number; readonly height: number };

export type ResizeDirection =
  | "north"
  | "south"
  | "east"
  | "west"
  | "north_east"
  | "north_west"
  | "south_east"
  | "south_west";

const NONE: NoneCommand = brand(COMMAND, { kind: "none" });
const EXIT: ExitCommand = brand(COMMAND, { kind: "exit" });
const NOTHING = Object.freeze({});

/** True for values made by `Command` and `Effect`. */
export function isCommand(value: unknown): value is Command<unknown> {
  return hasBrand(value, COMMAND);
}

/**
 * Makes commands. There is no command that opens a window: put a window node into the view instead.
 *
 * Widget targets are the ids of the view: `"save"`, `"form/save"`, or with the window, `"main#form/save"`.
 */
export const Command = Object.freeze({
  /** Does nothing. For code that always returns a pair. */
  none: (): NoneCommand => NONE,

  /** Performs the commands in order. */
  batch: <Out>(commands: readonly Command<Out>[]): BatchCommand<Out> =>
    brand(COMMAND, { kind: "batch", commands: Object.freeze([...commands]) }),

  /**
   * Runs a function; its result arrives as an event `{ kind: "async", type: "done", tag, value }`, what it throws as
   * `type: "failed"`. With a `task` instead of a plain tag the value is typed in `update`.
   */
  async: <Value>(
    run: (signal: AbortSignal) => Value | PromiseLike<Value>,
    tag: string | TypedTag<Value>,
  ): AsyncCommand =>
    brand(COMMAND, { kind: "async", tag: tagOf(tag, "Command.async"), run: checkFunction(run, "Command.async") }),

  /** Runs a function that gives many values, each an event `{ kind: "stream", type: "item", tag, value }`. */
  stream: <Item>(run: StreamRun<Item>, tag: string | TypedTag<Item>): StreamCommand =>
    brand(COMMAND, { kind: "stream", tag: tagOf(tag, "Command.stream"), run: checkFunction(run, "Command.stream") }),

  /** Aborts the task, stream or waiting `after` with this tag. */
  cancel: (tag: string | { readonly tag: string }): CancelCommand =>
    brand(COMMAND, { kind: "cancel", tag: tagOf(tag, "Command.cancel") }),

  /** Puts `event` into `update` after `ms` milliseconds. A tag makes it cancellable. */
  after: <Out>(ms: number, event: Out, options: { readonly tag?: string } = {}): AfterCommand<Out> =>
    brand(COMMAND, { kind: "after", ms: checkDelay(ms), event, tag: options.tag }),

  /** Puts `event` into `update`, by identity, after everything that is already waiting. */
  dispatch: <Out>(event: Out): DispatchCommand<Out> => brand(COMMAND, { kind: "dispatch", event }),

  /** Ends the app. */
  exit: (): ExitCommand => EXIT,

  /** Hands an action to the room. Without a room it is reported as a fault. */
  share: (action: unknown): ShareCommand => brand(COMMAND, { kind: "share", action }),

  focus: (target: string): FocusCommand => brand(COMMAND, { kind: "focus", target }),
  focusNext: (): FocusMoveCommand => focusMove("next", undefined),
  focusPrevious: (): FocusMoveCommand => focusMove("previous", undefined),
  focusNextWithin: (scope: string): FocusMoveCommand => focusMove("next", scope),
  focusPreviousWithin: (scope: string): FocusMoveCommand => focusMove("previous", scope),

  scrollTo: (target: string, offset: ScrollOffset): WidgetCommand => widget(target, "scroll_to", scrollValue(offset)),
  scrollBy: (target: string, offset: ScrollOffset): WidgetCommand => widget(target, "scroll_by", scrollValue(offset)),
  /** Scrolls to a share of the way, 0 to 1. An absent axis stays as it is. */
  snapTo: (target: string, offset: ScrollOffset): WidgetCommand => widget(target, "snap_to", present({ ...offset })),
  snapToEnd: (target: string): WidgetCommand => widget(target, "snap_to_end", null),

  selectAll: (target: string): WidgetCommand => widget(target, "select_all", null),
  moveCursorToFront: (target: string): WidgetCommand => widget(target, "move_cursor_to_front", null),
  moveCursorToEnd: (target: string): WidgetCommand => widget(target, "move_cursor_to_end", null),
  moveCursorTo: (target: string, position: number): WidgetCommand => widget(target, "move_cursor_to", position),
  selectRange: (target: string, start: number, end: number): WidgetCommand =>
    widget(target, "select_range", { start_pos: start, end_pos: end }),

  paneSplit: (
    target: string,
    pane: { readonly pane: string; readonly axis?: "horizontal" | "vertical"; readonly newPaneId: string },
  ): WidgetCommand =>
    widget(target, "pane_split", { pane: pane.pane, axis: pane.axis ?? "vertical", new_pane_id: pane.newPaneId }),
  paneClose: (target: string, pane: string): WidgetCommand => widget(target, "pane_close", { pane }),
  paneSwap: (target: string, a: string, b: string): WidgetCommand => widget(target, "pane_swap", { a, b }),
  paneMaximize: (target: string, pane: string): WidgetCommand => widget(target, "pane_maximize", { pane }),
  paneRestore: (target: string): WidgetCommand => widget(target, "pane_restore", null),

  /** Any operation a native widget knows. */
  widgetCommand: (target: string, family: string, value: WireValue = null): WidgetCommand =>
    widget(target, family, value),

  /** Lets a screen reader say `text`. */
  announce: (text: string, politeness: "polite" | "assertive" = "polite"): AnnounceCommand =>
    brand(COMMAND, { kind: "announce", text, politeness }),

  /** Closes a window until `view` leaves it out and brings it back. Leaving it out of `view` is the usual way. */
  closeWindow: (windowId: string): WindowCommand => windowCommand("close", windowId),
  resizeWindow: (windowId: string, size: WindowSize): WindowCommand =>
    windowCommand("resize", windowId, sizeValue(size)),
  moveWindow: (windowId: string, position: { readonly x: number; readonly y: number }): WindowCommand =>
    windowCommand("move", windowId, { x: position.x, y: position.y }),
  maximizeWindow: (windowId: string, maximized = true): WindowCommand =>
    windowCommand("maximize", windowId, { maximized }),
  minimizeWindow: (windowId: string, minimized = true): WindowCommand =>
    windowCommand("minimize", windowId, { minimized }),
  toggleMaximize: (windowId: string): WindowCommand => windowCommand("toggle_maximize", windowId),
  toggleDecorations: (windowId: string): WindowCommand => windowCommand("toggle_decorations", windowId),
  setWindowMode: (windowId: string, mode: WindowMode): WindowCommand => windowCommand("set_mode", windowId, { mode }),
  setWindowLevel: (windowId: string, level: WindowLevel): WindowCommand =>
    windowCommand("set_level", windowId, { level }),
  setWindowTitle: (windowId: string, title: string): WindowCommand => windowCommand("update", windowId, { title }),
  setDecorations: (windowId: string, decorations: boolean): WindowCommand =>
    windowCommand("update", windowId, { decorations }),
  setVisible: (windowId: string, visible: boolean): WindowCommand => windowCommand("update", windowId, { visible }),
  setScaleFactor: (windowId: string, scaleFactor: number): WindowCommand =>
    windowCommand("update", windowId, { scale_factor: scaleFactor }),
  setResizable: (windowId: string, resizable: boolean): WindowCommand =>
    windowCommand("set_resizable", windowId, { resizable }),
  setMinSize: (windowId: string, size: WindowSize): WindowCommand =>
    windowCommand("set_min_size", windowId, sizeValue(size)),
  setMaxSize: (windowId: string, size: WindowSize): WindowCommand =>
    windowCommand("set_max_size", windowId, sizeValue(size)),
  setResizeIncrements: (windowId: string, size: WindowSize): WindowCommand =>
    windowCommand("set_resize_increments", windowId, sizeValue(size)),
  setMousePassthrough: (windowId: string, enabled: boolean): WindowCommand =>
    windowCommand("mouse_passthrough", windowId, { enabled }),
  /** The icon as raw RGBA bytes. */
  setWindowIcon: (
    windowId: string,
    icon: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  ): WindowCommand => windowCommand("set_icon", windowId, { data: icon.data, width: icon.width, height: icon.height }),
  focusWindow: (windowId: string): WindowCommand => windowCommand("gain_focus", windowId),
  requestAttention: (windowId: string, urgency: "low" | "normal" | "critical" = "normal"): WindowCommand =>
    windowCommand("request_attention", windowId, { urgency }),
  dragWindow: (windowId: string): WindowCommand => windowCommand("drag", windowId),
  dragResizeWindow: (windowId: string, direction: ResizeDirection): WindowCommand =>
    windowCommand("drag_resize", windowId, { direction }),
  showSystemMenu: (windowId: string): WindowCommand => windowCommand("show_system_menu", windowId),
  /** A picture of the window; arrives as an event of kind `system` with this tag. */
  screenshotWindow: (windowId: string, tag: string): WindowCommand => windowCommand("screenshot", windowId, { tag }),

  windowSize: (windowId: string, tag: string): WindowQueryCommand => windowQuery("get_size", windowId, tag),
  windowPosition: (windowId: string, tag: string): WindowQueryCommand => windowQuery("get_position", windowId, tag),
  isMaximized: (windowId: string, tag: string): WindowQueryCommand => windowQuery("is_maximized", windowId, tag),
  isMinimized: (windowId: string, tag: string): WindowQueryCommand => windowQuery("is_minimized", windowId, tag),
  windowMode: (windowId: string, tag: string): WindowQueryCommand => windowQuery("get_mode", windowId, tag),
  windowScaleFactor: (windowId: string, tag: string): WindowQueryCommand =>
    windowQuery("get_scale_factor", windowId, tag),
  monitorSize: (windowId: string, tag: string): WindowQueryCommand => windowQuery("monitor_size", windowId, tag),
  windowRawId: (windowId: string, tag: string): WindowQueryCommand => windowQuery("raw_id", windowId, tag),

  allowAutomaticTabbing: (enabled: boolean): SystemCommand =>
    brand(COMMAND, { kind: "system", op: "allow_automatic_tabbing", payload: Object.freeze({ enabled }) }),
  systemTheme: (tag: string): QueryCommand => query("get_system_theme", tag),
  systemInfo: (tag: string): QueryCommand => query("get_system_info", tag),
  findFocused: (tag: string): QueryCommand => query("find_focused", tag),
  treeHash: (tag: string): QueryCommand => query("tree_hash", tag),
  listImages: (tag: string): QueryCommand => query("list_images", tag),

  /** Uploads an image under a name; an `image` widget shows it with `source: { handle }`. */
  createImage: (handle: string, image: ImageData): ImageCommand => imageCommand("create_image", { handle, ...image }),
  updateImage: (handle: string, image: ImageData): ImageCommand => imageCommand("update_image", { handle, ...image }),
  deleteImage: (handle: string): ImageCommand => imageCommand("delete_image", { handle }),
  clearImages: (): ImageCommand => imageCommand("clear", {}),

  loadFont: (family: string, data: Uint8Array): LoadFontCommand => brand(COMMAND, { kind: "load_font", family, data }),
});

function widget(target: string, family: string, value: WireValue): WidgetCommand {
  return brand(COMMAND, { kind: "widget", target, family, value: freezeShallow(value) });
}

function focusMove(direction: "next" | "previous", within: string | undefined): FocusMoveCommand {
  return brand(COMMAND, { kind: "focus_move", direction, within });
}

function windowCommand(
  op: WindowOperation,
  windowId: string,
  payload: { readonly [key: string]: WireValue } = NOTHING,
): WindowCommand {
  return brand(COMMAND, { kind: "window", op, windowId, payload: Object.freeze(payload) });
}

function windowQuery(op: WindowQuery, windowId: string, tag: string): WindowQueryCommand {
  return brand(COMMAND, { kind: "window_query", op, windowId, tag });
}

function query(op: QueryCommand["op"], tag: string): QueryCommand {
  return brand(COMMAND, { kind: "query", op, tag });
}

function imageCommand(op: ImageCommand["op"], payload: { readonly [key: string]: WireValue }): ImageCommand {
  return brand(COMMAND, { kind: "image", op, payload: Object.freeze(payload) });
}

function scrollValue(offset: ScrollOffset): WireValue {
  return { x: offset.x ?? 0, y: offset.y ?? 0 };
}

function sizeValue(size: WindowSize): { readonly width: number; readonly height: number } {
  return "width" in size ? { width: size.width, height: size.height } : { width: size[0], height: size[1] };
}

/** Leaves out members that are undefined: absent is absent. */
export function present(record: { readonly [key: string]: WireValue | undefined }): { [key: string]: WireValue } {
  const out: { [key: string]: WireValue } = {};
  for (const [key, value] of Object.entries(record)) if (value !== undefined) out[key] = value;
  return out;
}

function freezeShallow(value: WireValue): WireValue {
  // Typed arrays with elements cannot be frozen.
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array) ? Object.freeze(value) : value;
}

function tagOf(tag: string | { readonly tag: string }, where: string): string {
  const text = typeof tag === "string" ? tag : tag?.tag;
  if (typeof text === "string" && text !== "") return text;
  throw new TypeError(`${where} needs a tag: a non-empty string, or a value made by task("name")`);
}

function checkFunction<Run>(run: Run, where: string): Run {
  if (typeof run === "function") return run;
  throw new TypeError(`${where} needs a function as its first argument, got ${run === null ? "null" : typeof run}`);
}

function checkDelay(ms: number): number {
  if (typeof ms === "number" && ms >= 0 && Number.isFinite(ms)) return ms;
  throw new TypeError(`Command.after needs a number of milliseconds from 0 up, got ${String(ms)}`);
}
