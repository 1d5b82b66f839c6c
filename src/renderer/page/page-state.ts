import type { WireNode, WireValue } from "../../protocol/index.ts";
import { nodesOf } from "../../tree/index.ts";
import type { SurfaceSettings, WidgetOperation, WindowOperation } from "../surface.ts";
import type { PageCall } from "./page-messages.ts";

/** Operations that undo themselves when they come twice. */
const TOGGLES: ReadonlySet<string> = new Set(["toggle_maximize", "toggle_decorations"]);
/** Operations that set something; a later one of the same name replaces an earlier one. */
const SETTERS: ReadonlySet<string> = new Set([
  "resize",
  "move",
  "maximize",
  "minimize",
  "set_mode",
  "set_level",
  "set_resizable",
  "set_min_size",
  "set_max_size",
  "set_icon",
]);

/** More are looked through for those that have left the tree. */
const MAX_CLOSED = 256;

interface OpenWindow {
  readonly settings: WindowOperation["payload"];
  readonly operations: Map<string, WindowOperation>;
  /** A window among others on the page, and not the one that fills it. */
  isFloating: boolean;
}

/** What people do to windows, and the operation that does the same. */
const MOVED_BY_HAND: Readonly<Record<string, string>> = { window_moved: "move", window_resized: "resize" };

/** What a page has to be told that comes new: everything that was said and still holds. */
export class PageState {
  root: WireNode | null = null;
  #isHostLost = false;
  #settings: SurfaceSettings | undefined;
  #wanted: readonly string[] | undefined;
  readonly #fonts: WidgetOperation[] = [];
  readonly #images = new Map<string, WidgetOperation>();
  readonly #windows = new Map<string, OpenWindow>();
  /** Closed while they may still be in the tree. */
  readonly #closed = new Set<string>();

  get openWindows(): readonly string[] {
    return [...this.#windows.keys()];
  }

  /** The windows of the tree, open or not. */
  windowsInTree(): readonly string[] {
    if (this.root === null) return [];
    return [...nodesOf(this.root)].filter(({ type }) => type === "window").map(({ id }) => id);
  }

  /** Takes a call in. False for one that is over when it has been done. */
  keep(call: PageCall): boolean {
    switch (call.call) {
      case "showTree":
        this.root = call.root;
        this.#isHostLost = false;
        return true;
      case "applyPatch":
        return true;
      case "hostLost":
        this.#isHostLost = true;
        return true;
      case "configure":
        this.#settings = call.settings;
        return true;
      case "setWanted":
        this.#wanted = call.kinds;
        return true;
      case "perform":
        return this.#keepOperation(call.operation);
      case "performWindow":
        return this.#keepWindow(call.operation);
      case "query":
      case "runEffect":
      case "asset":
      case "assetFailure":
      case "dispose":
        return false;
    }
  }

  /** The window is gone, without having been told to close. */
  forgetWindow(windowId: string): void {
    this.#windows.delete(windowId);
    this.#closed.add(windowId);
    if (this.#closed.size <= MAX_CLOSED) return;
    const inTree = new Set(this.windowsInTree());
    for (const closed of this.#closed) if (!inTree.has(closed)) this.#closed.delete(closed);
  }

  /** What the page says of a window: where people put it, a new page puts it, too. */
  heard(windowId: string, family: string, value: WireValue | undefined): void {
    const window = this.#windows.get(windowId);
    if (window === undefined || typeof value !== "object" || value === null) return;
    // Only a window that floats has a place on the page.
    if (family === "window_opened") window.isFloating = "x" in value;
    const name = MOVED_BY_HAND[family];
    if (name === undefined || !window.isFloating) return;
    const payload: Record<string, WireValue> = {};
    for (const side of ["x", "y", "width", "height"]) {
      const number: unknown = Reflect.get(value, side);
      if (typeof number === "number") payload[side] = number;
    }
    this.#keepWindow({ windowId, name, payload });
  }

  isClosed(windowId: string): boolean {
    return this.#closed.has(windowId);
  }

  /** Calls that bring a new page to where the old one was. */
  *replay(): Generator<PageCall> {
    if (this.#settings !== undefined) yield { call: "configure", settings: this.#settings };
    if (this.#wanted !== undefined) yield { call: "setWanted", kinds: this.#wanted };
    for (const operation of this.#fonts) yield { call: "perform", operation };
    for (const operation of this.#images.values()) yield { call: "perform", operation };
    yield { call: "showTree", root: this.root };
    for (const [windowId, { settings, operations }] of this.#windows) {
      yield { call: "performWindow", operation: { windowId, name: "open", payload: settings } };
      for (const operation of operations.values()) yield { call: "performWindow", operation };
    }
    const inTree = new Set(this.windowsInTree());
    for (const windowId of this.#closed) {
      if (inTree.has(windowId)) yield { call: "performWindow", operation: { windowId, name: "close", payload: {} } };
      else this.#closed.delete(windowId);
    }
    if (this.#isHostLost) yield { call: "hostLost" };
  }

  #keepOperation(operation: WidgetOperation): boolean {
    switch (operation.name) {
      case "load_font":
        this.#fonts.push(operation);
        return true;
      case "set_image":
        this.#images.set(handleOf(operation), operation);
        return true;
      case "delete_image":
        this.#images.delete(handleOf(operation));
        return true;
      case "clear_images":
        this.#images.clear();
        return true;
      default:
        return false;
    }
  }

  #keepWindow(operation: WindowOperation): boolean {
    const { windowId, name, payload } = operation;
    if (name === "open") {
      this.#closed.delete(windowId);
      this.#windows.set(windowId, { settings: payload, operations: new Map(), isFloating: false });
      return true;
    }
    if (name === "close") {
      this.forgetWindow(windowId);
      return true;
    }
    const window = this.#windows.get(windowId);
    if (window === undefined) return false;
    // In the order in which they came last, because some of them undo others.
    const before = window.operations.get(name);
    window.operations.delete(name);
    if (name === "update") {
      window.operations.set(name, { ...operation, payload: { ...before?.payload, ...payload } });
    } else if (SETTERS.has(name) || (TOGGLES.has(name) && before === undefined)) {
      window.operations.set(name, operation);
    } else return before !== undefined;
    return true;
  }
}

function handleOf({ value }: WidgetOperation): string {
  if (typeof value !== "object" || value === null || !("handle" in value)) return "";
  return typeof value["handle"] === "string" ? value["handle"] : "";
}
