import { isWindowQuery, type PatchOp, type WireNode, type WireProps, type WireValue } from "../protocol/index.ts";
import { TreeMotion } from "./motion/index.ts";
import type {
  EffectOutcome,
  Surface,
  SurfaceFactory,
  SurfaceListener,
  WidgetOperation,
  WindowOperation,
} from "./surface.ts";

interface ImaginedWindow {
  width: number;
  height: number;
  x: number;
  y: number;
  isMaximized: boolean;
  isMinimized: boolean;
  mode: string;
  readonly scaleFactor: number;
}

/** What the protocol says about a window that sets no size. */
const DEFAULT_WIDTH = 800;
const DEFAULT_HEIGHT = 600;

/**
 * A surface without a screen, for tests and scripts: widgets do nothing, windows have the size they ask for, the clipboard
 * is a variable, animations end when `advance_frame` says so, notifications are swallowed, and dialogs are not supported because nobody could answer them.
 */
export function createNoSurface(): SurfaceFactory {
  return (listener) => new NoSurface(listener);
}

class NoSurface implements Surface {
  readonly #motion: TreeMotion;
  readonly #windows = new Map<string, ImaginedWindow>();
  #clipboard = { text: "", html: "" };
  #primary = "";

  constructor(listener: SurfaceListener) {
    this.#motion = new TreeMotion({
      completed: (id, prop, tag) => listener.onWidgetEvent({ family: "transition_complete", id, value: { tag, prop } }),
      invalid: (id, prop) =>
        listener.onDiagnostic({ level: "warn", diagnostic: { kind: "animation_descriptor_invalid", id, prop } }),
    });
  }

  showTree(root: WireNode | null): void {
    this.#motion.show(root);
  }

  applyPatch(_ops: readonly PatchOp[], root: WireNode): void {
    this.#motion.patched(root);
  }

  configure(): void {}
  setWanted(): void {}

  perform({ name, value }: WidgetOperation): void {
    if (name === "advance_frame" && typeof value === "number") this.#motion.advanceTo(value);
  }

  performWindow({ windowId, name, payload }: WindowOperation): void {
    if (name === "open") this.#windows.set(windowId, imaginedWindow(payload));
    else if (name === "close") this.#windows.delete(windowId);
    else {
      const window = this.#windows.get(windowId);
      if (window !== undefined) change(window, name, payload);
    }
  }

  async query(question: { readonly name: string; readonly windowId?: string }): Promise<WireValue> {
    const window = this.#windows.get(question.windowId ?? "");
    return window === undefined || !isWindowQuery(question.name) ? null : answer(window, question.name);
  }

  async runEffect({ kind, payload }: { readonly kind: string; readonly payload: WireProps }): Promise<EffectOutcome> {
    const text = (name: string): string => (typeof payload[name] === "string" ? payload[name] : "");
    const ok = (result: WireValue): EffectOutcome => ({ status: "ok", result });
    switch (kind) {
      case "clipboard_read":
        return ok({ text: this.#clipboard.text });
      case "clipboard_write":
        this.#clipboard = { text: text("text"), html: "" };
        return ok(null);
      case "clipboard_read_html":
        return ok({ html: this.#clipboard.html });
      case "clipboard_write_html":
        this.#clipboard = { text: text("alt_text"), html: text("html") };
        return ok(null);
      case "clipboard_clear":
        this.#clipboard = { text: "", html: "" };
        return ok(null);
      case "clipboard_read_primary":
        return ok({ text: this.#primary });
      case "clipboard_write_primary":
        this.#primary = text("text");
        return ok(null);
      case "notification":
        return ok(null);
      default:
        return { status: "unsupported" };
    }
  }

  dispose(): void {
    this.#motion.show(null);
    this.#windows.clear();
  }
}

function imaginedWindow(settings: WireProps): ImaginedWindow {
  const window: ImaginedWindow = {
    width: DEFAULT_WIDTH,
    height: DEFAULT_HEIGHT,
    x: 0,
    y: 0,
    isMaximized: false,
    isMinimized: false,
    mode: "windowed",
    scaleFactor: numberOr(settings["scale_factor"], 1),
  };
  change(window, "update", settings);
  return window;
}

function change(window: ImaginedWindow, name: string, payload: WireProps): void {
  switch (name) {
    case "update": {
      window.width = numberOr(payload["width"], window.width);
      window.height = numberOr(payload["height"], window.height);
      window.isMaximized = booleanOr(payload["maximized"], window.isMaximized);
      const { fullscreen } = payload;
      if (typeof fullscreen === "boolean") window.mode = fullscreen ? "fullscreen" : "windowed";
      return;
    }
    case "resize":
      window.width = numberOr(payload["width"], window.width);
      window.height = numberOr(payload["height"], window.height);
      return;
    case "move":
      window.x = numberOr(payload["x"], window.x);
      window.y = numberOr(payload["y"], window.y);
      return;
    case "maximize":
      window.isMaximized = booleanOr(payload["maximized"], true);
      return;
    case "toggle_maximize":
      window.isMaximized = !window.isMaximized;
      return;
    case "minimize":
      window.isMinimized = booleanOr(payload["minimized"], true);
      return;
    case "set_mode":
      if (typeof payload["mode"] === "string") window.mode = payload["mode"];
      return;
  }
}

function answer(window: ImaginedWindow, name: string): WireValue {
  switch (name) {
    case "get_size":
      return { width: window.width, height: window.height };
    case "get_position":
      return { x: window.x, y: window.y };
    case "is_maximized":
      return { maximized: window.isMaximized };
    case "is_minimized":
      return { minimized: window.isMinimized };
    case "get_mode":
      return { mode: window.mode };
    case "get_scale_factor":
      return { scale_factor: window.scaleFactor };
    default:
      return null;
  }
}

function numberOr(value: WireValue | undefined, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function booleanOr(value: WireValue | undefined, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}
