import type { WireProps, WireValue } from "../../protocol/index.ts";
import type { SurfaceListener, WindowOperation } from "../surface.ts";
import { readNumber, readRecord, readSize } from "./props.ts";
import { isForFloating, settingsWithoutCounterpart } from "./window-limits.ts";

/** What the manager needs of a window's view. */
export interface WindowFrame {
  readonly id: string;
  readonly element: HTMLElement;
  props(): WireProps;
  /** Settings that an operation changed; they count until the node itself says something else. */
  override(settings: WireProps): void;
  /** `page`: fills the surface. `dialog`: floats with a title bar. */
  setRole(role: "page" | "dialog"): void;
  /** Position, size and visibility as they are now. */
  place(state: WindowState): void;
  setActive(isActive: boolean): void;
}

export interface WindowState {
  x: number;
  y: number;
  width: number;
  height: number;
  isOpen: boolean;
  isVisible: boolean;
  isMaximized: boolean;
  isMinimized: boolean;
  isDecorated: boolean;
  isResizable: boolean;
  level: WindowLevel;
  minWidth: number;
  minHeight: number;
  maxWidth: number;
  maxHeight: number;
  z: number;
}

/** Among the floating windows; a page knows nothing of other programs. */
export type WindowLevel = "normal" | "always_on_top" | "always_on_bottom";

interface Managed {
  readonly frame: WindowFrame;
  readonly state: WindowState;
  /** Focus comes back to it when the window closes. */
  readonly returnTo: Element | null;
  /** Had the focus last among what is in the window. */
  lastFocus: Element | undefined;
  isAnnounced: boolean;
  reported: string;
  /** Settings that were reported as ignored. */
  readonly ignored: Set<string>;
}

const DEFAULT_WIDTH = 800;
const DEFAULT_HEIGHT = 600;
const MAX_SIZE = 16_384;
/** So much of a title bar always stays on the page, so that every window can be caught again. */
const CATCHABLE = 48;
const CASCADE = 28;
export const TITLE_BAR = 34;
const LEVELS: Readonly<Record<WindowLevel, number>> = { always_on_bottom: 0, normal: 1, always_on_top: 2 };
/** More than windows are ever raised within one level. */
const LEVEL_STEP = 1_000_000;

/** Where a floating window is in the pile. */
export function depthOf({ level, z }: Pick<WindowState, "level" | "z">): number {
  return LEVELS[level] * LEVEL_STEP + z;
}

/**
 * The windows of one surface. In a page the first window of the tree fills the surface, the others float above it.
 * Numbers in `width` and `height` are the first size of a floating window; the page window has the size of the surface.
 */
export class Windows {
  readonly #listener: SurfaceListener;
  readonly #area: HTMLElement;
  readonly #windows = new Map<string, Managed>();
  readonly #observer: ResizeObserver;
  #active: Managed | undefined;
  #page: Managed | undefined;
  #top = 1;
  #opened = 0;
  #isStale = false;
  /** Kept from the observer: reading it after a change of the tree would lay out the whole page twice. */
  #areaSize: { readonly width: number; readonly height: number } | undefined;

  constructor(listener: SurfaceListener, area: HTMLElement) {
    this.#listener = listener;
    this.#area = area;
    this.#observer = new ResizeObserver((entries) => {
      for (const entry of entries) {
        if (entry.target === this.#area) {
          this.#areaSize = sizeOf(this.#area);
          this.#keepCatchable();
        }
        for (const managed of this.#windows.values())
          if (managed.frame.element === entry.target) this.#reportSize(managed);
      }
    });
    this.#observer.observe(area);
  }

  get page(): string | undefined {
    return this.#page?.frame.id;
  }

  get active(): string | undefined {
    return this.#active?.frame.id;
  }

  get count(): number {
    return this.#windows.size;
  }

  /** Windows that are open, the one in front last. */
  inOrder(): readonly WindowFrame[] {
    return [...this.#windows.values()]
      .filter((managed) => managed.state.isOpen)
      .sort((one, other) => depthOf(one.state) - depthOf(other.state))
      .map((managed) => managed.frame);
  }

  /** A window came, went or changed its place in the tree since the last call of `settle`. */
  get isStale(): boolean {
    return this.#isStale;
  }

  markStale(): void {
    this.#isStale = true;
  }

  add(frame: WindowFrame): void {
    this.#isStale = true;
    this.#areaSize ??= sizeOf(this.#area);
    const props = frame.props();
    const size = readSides(props);
    const width = clampSize(size.width ?? DEFAULT_WIDTH);
    const height = clampSize(size.height ?? DEFAULT_HEIGHT);
    const state: WindowState = {
      ...this.#firstPosition(props, width, height),
      isOpen: true,
      isVisible: true,
      isMaximized: props["maximized"] === true || props["fullscreen"] === true,
      isMinimized: false,
      isDecorated: true,
      isResizable: true,
      level: "normal",
      minWidth: 120,
      minHeight: 80,
      maxWidth: MAX_SIZE,
      maxHeight: MAX_SIZE,
      z: 0,
    };
    applySettings(state, props);
    const returnTo = frame.element.ownerDocument.activeElement;
    const nothingYet = { lastFocus: undefined, isAnnounced: false, reported: "", ignored: new Set<string>() };
    this.#windows.set(frame.id, { frame, state, returnTo, ...nothingYet });
    this.#observer.observe(frame.element);
  }

  remove(frame: WindowFrame): void {
    const managed = this.#windows.get(frame.id);
    if (managed?.frame !== frame) return;
    this.#windows.delete(frame.id);
    this.#isStale = true;
    this.#observer.unobserve(frame.element);
    if (managed.isAnnounced && managed.state.isOpen) this.#emit("on_window_event", "window_closed", managed, {});
    this.#afterClosing(managed);
  }

  /** After a change of the tree: `order` has the ids of all windows in tree order. */
  settle(order: readonly string[]): void {
    this.#isStale = false;
    const page = order.map((id) => this.#windows.get(id)).find((managed) => managed?.state.isOpen === true);
    const isFirst = this.#page === undefined;
    this.#page = page;
    for (const managed of this.#windows.values()) {
      managed.frame.setRole(managed === page ? "page" : "dialog");
      const isNew = !managed.isAnnounced && managed.state.isOpen;
      if (isNew && managed !== page) this.#raise(managed);
      managed.frame.place(managed.state);
      if (managed.state.isOpen) this.#tellIgnored(managed, managed.frame.props());
      if (!isNew) continue;
      managed.isAnnounced = true;
      this.#announceOpened(managed);
      if (managed !== page && !isFirst) this.activate(managed.frame.id, true);
    }
    if (this.#active === undefined && page !== undefined) this.activate(page.frame.id, false);
  }

  /** Brings a window to the front. `takesFocus` moves the keyboard focus into it. */
  activate(id: string, takesFocus: boolean): void {
    const managed = this.#windows.get(id);
    if (managed === undefined || !managed.state.isOpen) return;
    if (managed !== this.#page && managed.state.z !== this.#top) {
      this.#raise(managed);
      managed.frame.place(managed.state);
    }
    if (takesFocus && !managed.frame.element.contains(managed.frame.element.ownerDocument.activeElement)) {
      const { lastFocus } = managed;
      const isThere = lastFocus instanceof HTMLElement && managed.frame.element.contains(lastFocus);
      (isThere ? lastFocus : managed.frame.element).focus({ preventScroll: true });
    }
    if (this.#active === managed) return;
    const previous = this.#active;
    this.#active = managed;
    if (previous !== undefined) {
      previous.frame.setActive(false);
      this.#emit("on_window_unfocus", "window_unfocused", previous, {});
    }
    managed.frame.setActive(true);
    this.#emit("on_window_focus", "window_focused", managed, {});
  }

  /** The window before or after the one in front, in the order in which they came. */
  beside(step: 1 | -1): string | undefined {
    const open = [...this.#windows.values()].filter(({ state }) => state.isOpen && state.isVisible);
    if (open.length < 2) return undefined;
    const at = this.#active === undefined ? -1 : open.indexOf(this.#active);
    return open[(at + step + open.length) % open.length]?.frame.id;
  }

  /** Where the focus goes when the keyboard comes back to a window. */
  remember(id: string, focused: Element): void {
    const managed = this.#windows.get(id);
    if (managed !== undefined && focused !== managed.frame.element) managed.lastFocus = focused;
  }

  /** The person wants the window closed. */
  requestClose(id: string): void {
    const managed = this.#windows.get(id);
    if (managed === undefined) return;
    if (managed.frame.props()["exit_on_close_request"] === false) {
      this.#emit("on_window_close", "window_close_requested", managed, {});
    } else {
      this.#close(managed);
    }
  }

  moveTo(id: string, x: number, y: number): void {
    const managed = this.#windows.get(id);
    if (managed === undefined || managed === this.#page) return;
    const bounds = this.#area.getBoundingClientRect();
    const state = managed.state;
    const left = Math.min(bounds.width - CATCHABLE, Math.max(CATCHABLE - state.width, x));
    const top = Math.min(Math.max(0, bounds.height - TITLE_BAR), Math.max(0, y));
    if (state.x === left && state.y === top) return;
    state.x = left;
    state.y = top;
    managed.frame.place(state);
    this.#emit("on_window_move", "window_moved", managed, { x: left, y: top }, true);
  }

  resizeTo(id: string, width: number, height: number): void {
    const managed = this.#windows.get(id);
    if (managed === undefined) return;
    const state = managed.state;
    state.width = Math.round(Math.min(state.maxWidth, Math.max(state.minWidth, width)));
    state.height = Math.round(Math.min(state.maxHeight, Math.max(state.minHeight, height)));
    managed.frame.place(state);
  }

  stateOf(id: string): Readonly<WindowState> | undefined {
    return this.#windows.get(id)?.state;
  }

  toggleMaximized(id: string): void {
    const managed = this.#windows.get(id);
    if (managed === undefined) return;
    managed.state.isMaximized = !managed.state.isMaximized;
    managed.frame.place(managed.state);
  }

  /** `false`: there is nothing like this in a page. It is remembered for a window that may float later. */
  perform(operation: WindowOperation): boolean {
    const managed = this.#windows.get(operation.windowId);
    if (managed === undefined) return operation.name === "open" || operation.name === "close";
    return this.#performOn(managed, operation) && !(managed === this.#page && isForFloating(operation.name));
  }

  #performOn(managed: Managed, operation: WindowOperation): boolean {
    const { state, frame } = managed;
    const payload = operation.payload;
    const { width, height } = readSides(payload);
    switch (operation.name) {
      case "open":
        this.#reopen(managed, payload);
        return true;
      case "close":
        this.#close(managed);
        return true;
      case "update":
        applySettings(state, payload);
        frame.override(payload);
        this.#tellIgnored(managed, payload);
        if (width !== undefined || height !== undefined) {
          this.resizeTo(frame.id, width ?? DEFAULT_WIDTH, height ?? DEFAULT_HEIGHT);
        }
        break;
      case "resize":
        if (width !== undefined && height !== undefined) this.resizeTo(frame.id, width, height);
        return true;
      case "move": {
        const x = readNumber(payload["x"]);
        const y = readNumber(payload["y"]);
        if (x !== undefined && y !== undefined) this.moveTo(frame.id, x, y);
        return true;
      }
      case "maximize":
        state.isMaximized = payload["maximized"] !== false;
        break;
      case "minimize":
        state.isMinimized = payload["minimized"] !== false;
        break;
      case "set_mode":
        state.isVisible = payload["mode"] !== "hidden";
        if (managed !== this.#page) state.isMaximized = payload["mode"] === "fullscreen";
        else if (!this.#setFullscreen(payload["mode"] === "fullscreen")) return false;
        break;
      case "toggle_maximize":
        state.isMaximized = !state.isMaximized;
        break;
      case "toggle_decorations":
        state.isDecorated = !state.isDecorated;
        break;
      case "gain_focus":
        state.isMinimized = false;
        this.activate(frame.id, true);
        break;
      case "set_level":
        applySettings(state, payload);
        break;
      case "set_resizable":
        state.isResizable = payload["resizable"] !== false;
        break;
      case "set_min_size":
      case "set_max_size":
        applySettings(state, { [operation.name === "set_min_size" ? "min_size" : "max_size"]: payload });
        this.resizeTo(frame.id, state.width, state.height);
        break;
      default:
        return false;
    }
    frame.place(state);
    return true;
  }

  /** What a window query asks; `null` when a page cannot know. */
  query(name: string, windowId: string): WireValue {
    const managed = this.#windows.get(windowId);
    if (managed === undefined) return null;
    const view = this.#area.ownerDocument.defaultView;
    const { state } = managed;
    const isPage = managed === this.#page;
    switch (name) {
      case "get_size":
        return this.#sizeOf(managed);
      case "get_position":
        return isPage ? { x: view?.screenX ?? 0, y: view?.screenY ?? 0 } : { x: state.x, y: state.y };
      case "is_maximized":
        return { maximized: !isPage && state.isMaximized };
      case "is_minimized":
        return { minimized: isPage ? null : state.isMinimized };
      case "get_mode": {
        const isFull = isPage && this.#area.ownerDocument.fullscreenElement !== null;
        return { mode: isFull ? "fullscreen" : state.isOpen && state.isVisible ? "windowed" : "hidden" };
      }
      case "get_scale_factor":
        return { scale_factor: view?.devicePixelRatio ?? 1 };
      case "monitor_size":
        return view === null ? {} : { width: view.screen.width, height: view.screen.height };
      default:
        return null;
    }
  }

  dispose(): void {
    this.#observer.disconnect();
    this.#windows.clear();
  }

  #reopen(managed: Managed, settings: WireProps): void {
    if (managed.state.isOpen) return;
    applySettings(managed.state, settings);
    managed.state.isOpen = true;
    managed.isAnnounced = false;
    this.settle([...this.#windows.keys()]);
  }

  #close(managed: Managed): void {
    if (!managed.state.isOpen) return;
    managed.state.isOpen = false;
    managed.frame.place(managed.state);
    this.#emit("on_window_event", "window_closed", managed, {});
    this.#afterClosing(managed);
    this.settle([...this.#windows.keys()]);
  }

  #afterClosing(managed: Managed): void {
    if (this.#page === managed) this.#page = undefined;
    if (this.#active !== managed) return;
    this.#active = undefined;
    if (managed.returnTo instanceof HTMLElement && managed.returnTo.isConnected) {
      managed.returnTo.focus({ preventScroll: true });
    }
    const next = this.inOrder().at(-1);
    if (next !== undefined) this.activate(next.id, false);
  }

  #raise(managed: Managed): void {
    this.#top += 1;
    managed.state.z = this.#top;
  }

  #firstPosition(props: WireProps, width: number, height: number): Pick<WindowState, "x" | "y" | "width" | "height"> {
    const bounds = this.#area.getBoundingClientRect();
    const pair = Array.isArray(props["position"]) ? props["position"] : undefined;
    const record = readRecord(props["position"]);
    const x = readNumber(pair?.[0]) ?? readNumber(record?.["x"]);
    const y = readNumber(pair?.[1]) ?? readNumber(record?.["y"]);
    const fitting = {
      width: Math.min(width, Math.max(160, bounds.width - 32)),
      height: Math.min(height, Math.max(120, bounds.height - 32)),
    };
    if (x !== undefined && y !== undefined) {
      // The title bar can be caught from the start.
      const left = Math.min(bounds.width - CATCHABLE, Math.max(CATCHABLE - fitting.width, x));
      return { x: left, y: Math.min(Math.max(0, bounds.height - TITLE_BAR), Math.max(0, y)), ...fitting };
    }
    const step = props["position"] === "centered" ? 0 : (this.#opened % 6) * CASCADE;
    this.#opened += 1;
    return {
      x: Math.max(0, Math.round((bounds.width - fitting.width) / 2) + step),
      y: Math.max(0, Math.round((bounds.height - fitting.height) / 3) + step),
      ...fitting,
    };
  }

  #keepCatchable(): void {
    for (const { frame, state } of this.#windows.values()) this.moveTo(frame.id, state.x, state.y);
  }

  #setFullscreen(isWanted: boolean): boolean {
    const document = this.#area.ownerDocument;
    const done = isWanted ? document.documentElement.requestFullscreen() : document.exitFullscreen();
    done.catch((thrown: unknown) => {
      const message = `The browser refused to change full screen: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
      this.#listener.onDiagnostic({ level: "info", diagnostic: { kind: "fullscreen_refused", detail: message } });
    });
    return true;
  }

  #announceOpened(managed: Managed): void {
    const size = this.#sizeOf(managed);
    managed.reported = JSON.stringify(size);
    const scale = this.#area.ownerDocument.defaultView?.devicePixelRatio ?? 1;
    const position = managed === this.#page ? {} : { x: managed.state.x, y: managed.state.y };
    this.#emit("on_window_open", "window_opened", managed, { ...size, scale_factor: scale, ...position });
  }

  #sizeOf(managed: Managed): { readonly width: number; readonly height: number } {
    if (managed === this.#page || managed.state.isMaximized) return this.#areaSize ?? sizeOf(this.#area);
    return { width: managed.state.width, height: managed.state.height };
  }

  #reportSize(managed: Managed): void {
    if (!managed.isAnnounced || !managed.state.isOpen) return;
    const size = sizeOf(managed.frame.element);
    const key = JSON.stringify(size);
    if (key === managed.reported || size["width"] === 0) return;
    managed.reported = key;
    this.#emit("on_window_resize", "window_resized", managed, size, true);
  }

  /** Once for each window and setting. */
  #tellIgnored(managed: Managed, settings: WireProps): void {
    const isPage = managed === this.#page;
    for (const prop of settingsWithoutCounterpart(settings, isPage)) {
      if (managed.ignored.has(prop)) continue;
      managed.ignored.add(prop);
      const where = isPage ? "the window that fills the page" : "a window within a page";
      const detail = `The window prop "${prop}" means nothing to ${where}.`;
      const diagnostic = { kind: "window_prop_ignored", id: managed.frame.id, prop, detail };
      this.#listener.onDiagnostic({ level: "info", diagnostic });
    }
  }

  #emit(kind: string, family: string, managed: Managed, value: WireProps, isReplaceable = false): void {
    const windowId = managed.frame.id;
    this.#listener.onSubscriptionEvent({
      kind,
      family,
      windowId,
      value: { window_id: windowId, ...value },
      ...(isReplaceable ? { hint: { kind: "replace" } } : {}),
    });
  }
}

function applySettings(state: WindowState, props: WireProps): void {
  const flag = (name: string, current: boolean): boolean => {
    const value = props[name];
    return typeof value === "boolean" ? value : current;
  };
  state.isVisible = flag("visible", state.isVisible);
  state.isResizable = flag("resizable", state.isResizable);
  state.isDecorated = flag("decorations", state.isDecorated);
  state.isMaximized = flag("maximized", flag("fullscreen", state.isMaximized));
  const { level } = props;
  if (level === "normal" || level === "always_on_top" || level === "always_on_bottom") state.level = level;
  const least = readPair(props["min_size"]);
  const most = readPair(props["max_size"]);
  if (least !== undefined) [state.minWidth, state.minHeight] = [Math.max(80, least[0]), Math.max(60, least[1])];
  if (most !== undefined) [state.maxWidth, state.maxHeight] = [most[0] || MAX_SIZE, most[1] || MAX_SIZE];
  state.width = Math.min(state.maxWidth, Math.max(state.minWidth, state.width));
  state.height = Math.min(state.maxHeight, Math.max(state.minHeight, state.height));
}

/** `width` and `height` win over `size`. */
function readSides(props: WireProps): { readonly width: number | undefined; readonly height: number | undefined } {
  const [width, height] = readPair(props["size"]) ?? [];
  return { width: readSize(props["width"]) ?? width, height: readSize(props["height"]) ?? height };
}

/** `[w, h]` or `{width, height}`. */
function readPair(value: WireValue | undefined): readonly [number, number] | undefined {
  const record = readRecord(value);
  const list = Array.isArray(value) ? value : undefined;
  const width = readSize(list?.[0]) ?? readSize(record?.["width"]);
  const height = readSize(list?.[1]) ?? readSize(record?.["height"]);
  return width === undefined || height === undefined ? undefined : [width, height];
}

function clampSize(size: number): number {
  return Math.min(MAX_SIZE, Math.max(1, size));
}

function sizeOf(element: HTMLElement): { readonly width: number; readonly height: number } {
  return { width: element.clientWidth, height: element.clientHeight };
}
