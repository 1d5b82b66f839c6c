import type { Element, View, WindowConfig } from "../app/index.ts";
import type { WireProps, WireValue } from "../protocol/index.ts";
import type { TreeWindow } from "../tree/index.ts";

/** What has to be said to the renderer about windows after a render. */
export type WindowOperation =
  | { readonly op: "open"; readonly windowId: string; readonly payload: WireProps }
  | { readonly op: "update"; readonly windowId: string; readonly payload: WireProps }
  | { readonly op: "close"; readonly windowId: string };

export interface WindowChange {
  readonly operations: readonly WindowOperation[];
  /** The primary window is gone and no new window took its place. */
  readonly isPrimaryClosed: boolean;
  /** The last window is gone. */
  readonly isLastClosed: boolean;
}

const NO_CHANGE: WindowChange = Object.freeze({ operations: [], isPrimaryClosed: false, isLastClosed: false });

const WINDOW_TYPE = "window";

/** A group that was written by hand; the function for it gives an array. */
const GROUP_TYPES: ReadonlySet<unknown> = new Set(["window_group", "windowGroup"]);

/** Props of a window node that describe the window itself and not what is in it. */
const WINDOW_SETTINGS: ReadonlySet<string> = new Set([
  "title",
  "width",
  "height",
  "position",
  "min_size",
  "max_size",
  "maximized",
  "fullscreen",
  "visible",
  "resizable",
  "closeable",
  "minimizable",
  "decorations",
  "transparent",
  "blur",
  "level",
  "exit_on_close_request",
  "scale_factor",
  "theme",
]);

/** Which of the node's props a default must give way to; a size is one thing in two spellings. */
const SAME_PROP: Readonly<Record<string, readonly string[]>> = {
  width: ["width", "size"],
  height: ["height", "size"],
};

/** One prop that a window has unless its element says otherwise, under any of the spellings. */
interface Default {
  readonly name: string;
  readonly value: unknown;
  readonly spellings: readonly string[];
}

interface Prepared {
  readonly defaults: readonly Default[];
  readonly element: Element<never>;
}

type ElementDefaults = Readonly<Record<string, unknown>>;

/**
 * Knows the app's windows: gives them their defaults, notices which come and go, and says when the primary one is gone.
 *
 * A window that was closed while `view` still has it stays closed until `view` leaves it out once; so neither a patch
 * nor a restart of the renderer brings it back by itself.
 */
export class Windows {
  readonly #appName: string;
  readonly #askConfig: () => WindowConfig | undefined;
  /** Defaults of the windows in the last view, asked when each first appeared. */
  #defaults = new Map<string, readonly Default[]>();
  /** The windows of the last render. */
  #last: readonly TreeWindow[] = [];
  /** Settings last sent, by window, in the order of the view. */
  #open = new Map<string, WireProps>();
  /** Closed by somebody else than `view`. */
  readonly #closed = new Set<string>();
  #primary: string | undefined;
  /** Elements with defaults merged in, so that the same element gives the same element again. */
  #prepared = new WeakMap<object, Prepared>();

  constructor(appName: string, askConfig: () => WindowConfig | undefined) {
    this.#appName = appName;
    this.#askConfig = askConfig;
  }

  get openIds(): readonly string[] {
    return [...this.#open.keys()];
  }

  get primary(): string | undefined {
    return this.#primary;
  }

  isOpen(windowId: string): boolean {
    return this.#open.has(windowId);
  }

  /** Forgets the defaults, so that they are asked again: for a new renderer. */
  forgetDefaults(): void {
    this.#defaults.clear();
  }

  /** Notes that a window was closed by the person or by a command. False when it was not open. */
  markClosed(windowId: string): boolean {
    if (!this.#open.has(windowId) || this.#closed.has(windowId)) return false;
    this.#closed.add(windowId);
    return true;
  }

  /** The view with defaults merged under the props of its windows, and without windows that were closed. */
  prepare(view: View<never>): View<never> {
    const entries = flatten(view);
    const present = new Set<string>();
    const prepared: Element<never>[] = [];
    for (const element of entries) {
      if (element.type !== WINDOW_TYPE || typeof element.id !== "string") {
        prepared.push(element);
        continue;
      }
      present.add(element.id);
      if (!this.#closed.has(element.id)) prepared.push(this.#withDefaults(element, element.id));
    }
    for (const id of this.#closed) if (!present.has(id)) this.#closed.delete(id);
    for (const id of this.#defaults.keys()) if (!present.has(id) || this.#closed.has(id)) this.#defaults.delete(id);
    const [only] = prepared;
    return prepared.length === 1 && only !== undefined ? only : prepared.length === 0 ? null : prepared;
  }

  /** Compares the windows of a rendered tree, in the order of the view, with those that are open. */
  sync(windows: readonly TreeWindow[]): WindowChange {
    if (areSame(this.#last, windows)) return NO_CHANGE;
    this.#last = windows;
    const operations: WindowOperation[] = [];
    const next = new Map<string, WireProps>();
    let isFirstNew = false;
    for (const { id, props } of windows) {
      const settings = settingsOf(props);
      const before = this.#open.get(id);
      const scaleFactor = settings["scale_factor"];
      if (next.size === 0) isFirstNew = before === undefined;
      next.set(id, settings);
      if (before === undefined) operations.push({ op: "open", windowId: id, payload: settings });
      else if (scaleFactor !== undefined && before["scale_factor"] !== scaleFactor) {
        operations.push({ op: "update", windowId: id, payload: { scale_factor: scaleFactor } });
      }
    }
    for (const id of this.#open.keys()) {
      if (!next.has(id) && !this.#closed.has(id)) operations.push({ op: "close", windowId: id });
    }
    const hadWindows = this.#open.size > 0;
    const isPrimaryGone = this.#primary !== undefined && !next.has(this.#primary);
    this.#open = next;
    this.#primary = next.keys().next().value;
    return {
      operations,
      isPrimaryClosed: isPrimaryGone && !isFirstNew,
      isLastClosed: hadWindows && next.size === 0,
    };
  }

  /** Everything a new renderer has to be told. */
  openAll(): readonly WindowOperation[] {
    return [...this.#open].map(([windowId, payload]) => ({ op: "open", windowId, payload }));
  }

  #withDefaults(element: Element<never>, id: string): Element<never> {
    let defaults = this.#defaults.get(id);
    if (defaults === undefined) {
      // The close button asks the app first, unless the app says otherwise.
      defaults = defaultsOf({
        title: this.#appName,
        exitOnCloseRequest: false,
        ...expandSize(this.#askConfig() ?? {}),
      });
      this.#defaults.set(id, defaults);
    }
    const known = this.#prepared.get(element);
    if (known !== undefined && known.defaults === defaults) return known.element;
    const merged: Element<never> = { ...element, props: mergeProps(defaults, element.props ?? {}) };
    this.#prepared.set(element, { defaults, element: merged });
    return merged;
  }
}

/** The top of a view without gaps, groups opened. What is no element stays, for the tree to report. */
function flatten(view: unknown): readonly Element<never>[] {
  if (Array.isArray(view)) return view.flatMap(flatten);
  if (view === null || view === undefined || view === false) return [];
  // The entries of a view are elements by their type; others go through untouched.
  const element = view as Element<never>;
  return GROUP_TYPES.has(element.type) ? flatten(element.children) : [element];
}

function settingsOf(props: WireProps): WireProps {
  const settings: { [name: string]: WireValue } = {};
  for (const [name, value] of Object.entries(props)) {
    if (!WINDOW_SETTINGS.has(name)) continue;
    // As a length such as "fill" it sizes what is inside, not the window.
    if ((name === "width" || name === "height") && typeof value !== "number") continue;
    settings[name] = value;
  }
  return settings;
}

function areSame(before: readonly TreeWindow[], now: readonly TreeWindow[]): boolean {
  return (
    before.length === now.length && before.every(({ id, props }, i) => id === now[i]?.id && props === now[i]?.props)
  );
}

function defaultsOf(config: ElementDefaults): readonly Default[] {
  const defaults: Default[] = [];
  for (const [name, value] of Object.entries(config)) {
    const names = SAME_PROP[name] ?? [name];
    if (value !== undefined)
      defaults.push({ name, value, spellings: [...new Set([...names, ...names.map(snakeCase)])] });
  }
  return defaults;
}

/** Props of the node win; one that is `undefined` is absent. */
function mergeProps(defaults: readonly Default[], props: ElementDefaults): ElementDefaults {
  // Not spread by hand: elements may keep things under symbols.
  const merged: Record<string, unknown> = Object.assign({}, props);
  for (const { name, value, spellings } of defaults) {
    if (!spellings.some((spelling) => props[spelling] !== undefined)) merged[name] = value;
  }
  return merged;
}

function expandSize(config: WindowConfig): ElementDefaults {
  const { size, ...rest } = config;
  if (size === undefined) return rest;
  const [width, height] = "width" in size ? [size.width, size.height] : size;
  return { ...rest, width: config.width ?? width, height: config.height ?? height };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
