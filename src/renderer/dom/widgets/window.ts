import type { WireProps, WireValue } from "../../../protocol/index.ts";
import { readNumber, readPadding, readString } from "../props.ts";
import type { WidgetContext, WidgetModule, WidgetView } from "../widget.ts";
import { depthOf, TITLE_BAR, type WindowFrame, type WindowState, type Windows } from "../windows.ts";

/** Sets the theme class of a window with this `theme` and everything that goes with it. */
export interface WindowThemes {
  apply(theme: WireValue | undefined, element: HTMLElement): void;
}

const DEFAULT_TITLE = "Plushie";
const KEY_STEP = 16;
/** Shown from the props at any time; an operation changes them as well. */
const CHANGEABLE: ReadonlySet<string> = new Set([
  "title",
  "theme",
  "scale_factor",
  "closeable",
  "exit_on_close_request",
]);

/** A window: the whole page, or a floating dialog that can be moved, resized and closed. */
export function windowModule(windows: Windows, themes: WindowThemes, globalScale: () => number): WidgetModule {
  return {
    types: ["window"],
    css: WINDOW_CSS,
    layout: { flow: "cell" },
    create: (context) => new WindowView(context, windows, themes, globalScale),
  };
}

class WindowView implements WidgetView, WindowFrame {
  readonly element: HTMLElement;
  readonly content: HTMLElement;
  readonly id: string;
  readonly isDetached = true;
  readonly #context: WidgetContext;
  readonly #windows: Windows;
  readonly #themes: WindowThemes;
  readonly #globalScale: () => number;
  #decoration: Decoration | undefined;
  #role: "page" | "dialog" | undefined;
  #overrides: WireProps = {};

  constructor(context: WidgetContext, windows: Windows, themes: WindowThemes, globalScale: () => number) {
    this.id = context.id;
    this.#context = context;
    this.#windows = windows;
    this.#themes = themes;
    this.#globalScale = globalScale;
    this.element = context.document.createElement("div");
    this.element.className = "pl-window";
    this.element.tabIndex = -1;
    this.content = context.document.createElement("div");
    this.content.className = "pl-window-content";
    this.element.append(this.content);
    windows.add(this);
  }

  props(): WireProps {
    return { ...this.#context.props(), ...this.#overrides };
  }

  override(settings: WireProps): void {
    const known = Object.entries(settings).filter(([name, value]) => CHANGEABLE.has(name) && value !== null);
    if (known.length === 0) return;
    this.#overrides = { ...this.#overrides, ...Object.fromEntries(known) };
    this.#show();
  }

  update(props: WireProps, previous: WireProps): void {
    const kept = Object.entries(this.#overrides).filter(([name]) => props[name] === previous[name]);
    this.#overrides = Object.fromEntries(kept);
    this.#show();
  }

  #show(): void {
    const props = this.props();
    this.content.style.padding = readPadding(props["padding"]) ?? "";
    const scale = readNumber(props["scale_factor"]) ?? this.#globalScale();
    this.content.style.zoom = scale > 0 && scale !== 1 ? String(scale) : "";
    this.#themes.apply(props["theme"], this.element);
    this.#showTitle();
  }

  settingsChanged(): void {
    this.#show();
  }

  setRole(role: "page" | "dialog"): void {
    if (this.#role === role) return;
    this.#role = role;
    const element = this.element;
    element.classList.toggle("pl-page", role === "page");
    element.classList.toggle("pl-dialog", role === "dialog");
    if (role === "dialog") {
      element.setAttribute("role", "dialog");
      this.#decoration ??= decorate(this, this.#windows, this.#context.document);
    } else {
      element.removeAttribute("role");
      element.style.cssText = "";
      this.#decoration?.remove();
      this.#decoration = undefined;
    }
    this.#showTitle();
  }

  place(state: WindowState): void {
    const { style, classList } = this.element;
    this.element.hidden = !state.isOpen || !state.isVisible;
    classList.toggle("pl-maximized", state.isMaximized);
    classList.toggle("pl-minimized", state.isMinimized);
    classList.toggle("pl-bare", !state.isDecorated);
    classList.toggle("pl-fixed-size", !state.isResizable);
    if (this.#role === "page") return;
    style.transform = `translate(${state.x}px,${state.y}px)`;
    style.width = `${state.width}px`;
    style.height = `${state.height}px`;
    style.zIndex = String(depthOf(state));
  }

  setActive(isActive: boolean): void {
    this.element.classList.toggle("pl-active", isActive);
  }

  dispose(): void {
    this.#windows.remove(this);
  }

  #showTitle(): void {
    // Control characters would upset the title of the browser's own window.
    const title = (readString(this.props()["title"]) ?? DEFAULT_TITLE).replace(/\p{Cc}/gu, "");
    if (this.#role === "page") {
      if (this.#context.document.title !== title) this.#context.document.title = title;
      this.element.removeAttribute("aria-label");
      return;
    }
    this.element.setAttribute("aria-label", title);
    this.#decoration?.setTitle(title);
    this.#decoration?.setCloseable(this.props()["closeable"] !== false);
  }
}

interface Decoration {
  setTitle(title: string): void;
  setCloseable(isCloseable: boolean): void;
  remove(): void;
}

const EDGES = ["n", "e", "s", "w", "ne", "nw", "se", "sw"] as const;

/** Title bar and grips of a floating window. */
function decorate(view: WindowView, windows: Windows, document: Document): Decoration {
  const { element, id } = view;
  const make = (className: string): HTMLElement => {
    const made = document.createElement("div");
    made.className = className;
    return made;
  };
  const bar = make("pl-titlebar");
  bar.tabIndex = 0;
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-roledescription", "title bar");
  bar.setAttribute("aria-description", "Arrow keys move the window, with Shift they resize it");
  const label = make("pl-titlebar-text");
  const close = make("pl-titlebar-close");
  close.tabIndex = 0;
  close.setAttribute("role", "button");
  close.setAttribute("aria-label", "Close window");
  bar.append(label, close);
  element.prepend(bar);
  const grips = EDGES.map((edge) => {
    const grip = make(`pl-grip pl-grip-${edge}`);
    drag(grip, () => {
      const start = windows.stateOf(id);
      if (start === undefined || !start.isResizable) return undefined;
      const { x, y, width, height } = start;
      return (dx, dy) => {
        const wide = edge.includes("e") ? width + dx : edge.includes("w") ? width - dx : width;
        const high = edge.includes("s") ? height + dy : edge.includes("n") ? height - dy : height;
        windows.resizeTo(id, wide, high);
        const now = windows.stateOf(id);
        if (now === undefined) return;
        const left = edge.includes("w") ? x + width - now.width : x;
        const top = edge.includes("n") ? y + height - now.height : y;
        windows.moveTo(id, left, top);
      };
    });
    return grip;
  });
  element.append(...grips);
  drag(bar, (event) => {
    const start = windows.stateOf(id);
    if (start === undefined || start.isMaximized || close.contains(event.target as Node)) return undefined;
    const { x, y } = start;
    return (dx, dy) => windows.moveTo(id, x + dx, y + dy);
  });
  bar.addEventListener("dblclick", (event) => {
    if (close.contains(event.target as Node)) return;
    if (windows.stateOf(id)?.isResizable === true) windows.toggleMaximized(id);
  });
  close.addEventListener("click", () => windows.requestClose(id));
  bar.addEventListener("keydown", (event) => {
    if (event.target === close && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      event.stopPropagation();
      windows.requestClose(id);
      return;
    }
    const arrow = ARROWS[event.key];
    const state = windows.stateOf(id);
    if (arrow === undefined || state === undefined || event.target !== bar) return;
    event.preventDefault();
    event.stopPropagation();
    const [dx, dy] = [arrow[0] * KEY_STEP, arrow[1] * KEY_STEP];
    if (!event.shiftKey) windows.moveTo(id, state.x + dx, state.y + dy);
    else if (state.isResizable) windows.resizeTo(id, state.width + dx, state.height + dy);
  });
  return {
    setTitle: (title) => {
      label.textContent = title;
      bar.setAttribute("aria-label", title);
    },
    setCloseable: (isCloseable) => {
      close.hidden = !isCloseable;
    },
    remove: () => {
      bar.remove();
      for (const grip of grips) grip.remove();
    },
  };
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Follows the pointer from a press on `handle`; `begin` returns what to do with each distance, or nothing to refuse. */
function drag(
  handle: HTMLElement,
  begin: (event: PointerEvent) => ((dx: number, dy: number) => void) | undefined,
): void {
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const move = begin(event);
    if (move === undefined) return;
    const { clientX, clientY, pointerId } = event;
    const follow = (next: PointerEvent): void => {
      if (next.pointerId === pointerId) move(next.clientX - clientX, next.clientY - clientY);
    };
    const stop = (next: PointerEvent): void => {
      if (next.pointerId !== pointerId) return;
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", stop);
      handle.removeEventListener("lostpointercapture", stop);
    };
    handle.setPointerCapture(pointerId);
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", stop);
    handle.addEventListener("lostpointercapture", stop);
  });
}

const WINDOW_CSS = `
.pl-window{position:absolute;left:0;top:0;display:flex;flex-direction:column;background:var(--bg-base);color:var(--bg-base-text);outline:none}
.pl-window[hidden]{display:none}
.pl-page{width:100%;height:100%;z-index:0}
.pl-window-content{display:flex;flex:1 1 0px;width:100%;min-height:0;align-items:flex-start;justify-content:flex-start;overflow:clip;position:relative;contain:layout}
.pl-dialog{border-radius:10px;box-shadow:0 0 0 1px var(--bg-strong),0 2px 6px var(--shade),0 12px 32px var(--shade)}
.pl-dialog.pl-active{box-shadow:0 0 0 1px var(--bg-strongest),0 4px 12px var(--shade),0 20px 52px var(--shade)}
.pl-dialog>.pl-window-content{border-radius:0 0 10px 10px}
.pl-dialog.pl-bare>.pl-window-content{border-radius:10px}
.pl-titlebar{flex:0 0 ${TITLE_BAR}px;width:100%;display:flex;align-items:center;justify-content:center;position:relative;padding:0 40px;font-size:13px;border-radius:10px 10px 0 0;background:var(--bg-weakest);color:var(--secondary-base);box-shadow:inset 0 -1px var(--bg-weak);cursor:default;touch-action:none;outline:none}
.pl-active>.pl-titlebar{color:var(--bg-base-text);background:var(--bg-weaker)}
.pl-titlebar:focus-visible{box-shadow:inset 0 0 0 2px var(--focus-ring)}
.pl-titlebar-text{overflow:hidden;text-overflow:ellipsis;white-space:pre;font-weight:600}
.pl-titlebar-close{position:absolute;right:7px;top:6px;width:22px;height:22px;border-radius:11px;outline:none;cursor:default}
.pl-titlebar-close[hidden]{display:none}
.pl-titlebar-close::before,.pl-titlebar-close::after{content:"";position:absolute;left:6px;top:10.25px;width:10px;height:1.5px;border-radius:1px;background:currentColor;transform:rotate(45deg)}
.pl-titlebar-close::after{transform:rotate(-45deg)}
.pl-titlebar-close:hover{background:var(--bg-strong)}
.pl-titlebar-close:active{background:var(--danger-base);color:var(--danger-base-text)}
.pl-titlebar-close:focus-visible{box-shadow:0 0 0 2px var(--focus-ring)}
.pl-bare>.pl-titlebar{display:none}
.pl-dialog.pl-maximized{transform:none!important;width:100%!important;height:100%!important;border-radius:0;box-shadow:none}
.pl-dialog.pl-minimized{height:${TITLE_BAR}px!important;overflow:clip}
.pl-dialog.pl-minimized>.pl-window-content{visibility:hidden}
.pl-grip{position:absolute;touch-action:none}
.pl-fixed-size>.pl-grip,.pl-maximized>.pl-grip,.pl-minimized>.pl-grip{display:none}
.pl-grip-n,.pl-grip-s{left:8px;right:8px;height:8px;cursor:ns-resize}
.pl-grip-e,.pl-grip-w{top:8px;bottom:8px;width:8px;cursor:ew-resize}
.pl-grip-n{top:-4px}.pl-grip-s{bottom:-4px}.pl-grip-e{right:-4px}.pl-grip-w{left:-4px}
.pl-grip-ne,.pl-grip-nw,.pl-grip-se,.pl-grip-sw{width:14px;height:14px}
.pl-grip-ne{right:-4px;top:-4px;cursor:nesw-resize}.pl-grip-sw{left:-4px;bottom:-4px;cursor:nesw-resize}
.pl-grip-nw{left:-4px;top:-4px;cursor:nwse-resize}.pl-grip-se{right:-4px;bottom:-4px;cursor:nwse-resize}
`;
