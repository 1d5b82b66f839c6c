import { DisposableStore } from "../../base/index.ts";
import type { WireProps, WireValue } from "../../protocol/index.ts";
import type { CoalesceHint, SurfaceListener } from "../surface.ts";
import { type FocusControl, isEditable } from "./focus.ts";
import { keyPressValue, keyReleaseValue, modifiersValue } from "./keys.ts";
import type { MountTree } from "./mount-tree.ts";
import type { Mounted } from "./mounted.ts";
import { DELEGATED_EVENTS } from "./widget.ts";
import type { Windows } from "./windows.ts";

export interface InputOptions {
  readonly root: HTMLElement;
  readonly tree: MountTree;
  readonly windows: Windows;
  readonly focus: FocusControl;
  readonly listener: SurfaceListener;
  /** Overlay content to the anchor whose widget owns it. */
  readonly owners: WeakMap<Element, Element>;
  readonly isApple: boolean;
}

const BUTTONS = ["left", "middle", "right", "back", "forward"] as const;
const REPLACE: CoalesceHint = { kind: "replace" };
const KEYBOARD: ReadonlySet<string> = new Set(["keydown", "keyup"]);
const CAPTURED_POINTER: ReadonlySet<string> = new Set(["pointerdown", "pointerup", "wheel"]);

/**
 * With Ctrl or Cmd: what a browser would do to the page as a document (save, open, print, bookmark, source, downloads,
 * history, search in the page's address). What belongs to the text, the tab or the window is left to the browser.
 */
const PAGE_SHORTCUTS: ReadonlySet<string> = new Set(["s", "o", "p", "d", "u", "j", "h", "k", "e", "g"]);

/**
 * One set of listeners for everything below the root: events go to the innermost view first and outward until one uses
 * them up, then to the subscriptions that want them.
 */
export class Input {
  readonly #options: InputOptions;
  readonly #cleanups = new DisposableStore();
  #wanted: ReadonlySet<string> = new Set();
  #hovered: Mounted[] = [];
  #focused: Mounted[] = [];
  #pointed: Element | undefined;
  #used: Event | undefined;
  #modifiers = "";
  #frames: number | undefined;
  #keepsUndo = false;

  constructor(options: InputOptions) {
    this.#options = options;
    const { root } = options;
    const view = root.ownerDocument.defaultView;
    for (const type of DELEGATED_EVENTS) {
      // Keys that nobody focused go to the body, so they are taken from the window.
      if (KEYBOARD.has(type)) this.#listen(view, type, (event) => this.#key(event as KeyboardEvent));
      else this.#listen(root, type, (event) => this.#dispatch(event), type === "wheel" ? { passive: false } : {});
    }
    this.#listen(root, "focusin", (event) => this.#keepUndo(event.target));
    this.#listen(root, "pointerover", (event) => this.#over(event as PointerEvent));
    this.#listen(root, "pointerout", (event) => this.#out(event as PointerEvent));
    this.#listen(root, "focusin", (event) => this.#focusMoved(event.target));
    this.#listen(root, "focusout", (event) => this.#focusMoved((event as FocusEvent).relatedTarget));
    this.#listen(root, "contextmenu", (event) => {
      if (!isEditable(event.target)) event.preventDefault();
    });
    this.#listen(root, "dragstart", (event) => event.preventDefault());
    this.#listen(root, "pointerdown", (event) => this.#activateWindow(event.target), { capture: true });
    this.#listen(root, "focusin", (event) => {
      const id = this.#activateWindow(event.target);
      if (id !== undefined && event.target instanceof Element) this.#options.windows.remember(id, event.target);
    });
    for (const type of ["pointerdown", "pointermove", "pointerup", "pointercancel", "wheel"]) {
      this.#listen(root, type, (event) => this.#pointer(event as PointerEvent), { passive: true });
    }
    for (const type of ["compositionstart", "compositionupdate", "compositionend"]) {
      this.#listen(root, type, (event) => this.#composition(event as CompositionEvent));
    }
    for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
      this.#listen(root, type, (event) => this.#file(event as DragEvent));
    }
  }

  setWanted(kinds: ReadonlySet<string>): void {
    this.#wanted = kinds;
    const view = this.#options.root.ownerDocument.defaultView;
    if (this.#wants("on_animation_frame")) this.#startFrames(view);
    else if (this.#frames !== undefined) {
      view?.cancelAnimationFrame(this.#frames);
      this.#frames = undefined;
    }
  }

  dispose(): void {
    this.setWanted(new Set());
    this.#cleanups.dispose();
  }

  #listen(
    target: EventTarget | null,
    type: string,
    handler: (event: Event) => void,
    options: AddEventListenerOptions = {},
  ): void {
    target?.addEventListener(type, handler, options);
    this.#cleanups.add(() => target?.removeEventListener(type, handler, options));
  }

  /** Loaded with the first field that somebody enters. */
  #keepUndo(target: EventTarget | null): void {
    if (this.#keepsUndo || !isEditable(target)) return;
    this.#keepsUndo = true;
    import("./field-undo.ts").then(
      ({ keepFieldUndo }) => this.#cleanups.add(keepFieldUndo(this.#options.root)),
      () => {
        // Without it the browser's own undo is left, which forgets fields that move.
        this.#keepsUndo = false;
      },
    );
  }

  #wants(kind: string): boolean {
    return this.#wanted.has(kind) || this.#wanted.has("on_event");
  }

  /** Nodes around an element, innermost first; overlay content belongs to the widget that opened it. */
  #chain(start: Element | null): Mounted[] {
    const { root, tree, owners } = this.#options;
    const found: Mounted[] = [];
    let element = start;
    while (element !== null && element !== root) {
      const node = tree.ofElement(element);
      if (node !== undefined && !node.isDisposed) found.push(node);
      element = owners.get(element) ?? element.parentElement;
    }
    return found;
  }

  #dispatch(event: Event, start: EventTarget | null = event.target): void {
    if (!(start instanceof Element)) return;
    for (const node of this.#chain(start)) {
      if (node.view.handle?.(event) === true) {
        this.#used = event;
        return;
      }
    }
  }

  #key(event: KeyboardEvent): void {
    const { root, focus } = this.#options;
    const target = event.target;
    const isInside = target instanceof Node && root.contains(target);
    const isNowhere = target === root.ownerDocument.body || target === root.ownerDocument.documentElement;
    // Another part of the page has the keyboard.
    if (!isInside && !isNowhere) return;
    const pointed = this.#pointed?.isConnected === true ? this.#pointed : null;
    const isIdle = isNowhere || (target instanceof Element && target.classList.contains("pl-window"));
    if (focus.isLeftOver(event)) {
      event.preventDefault();
      this.#used = event;
    } else if (event.type === "keydown" && !event.defaultPrevented && focus.stepInGroup(event)) this.#used = event;
    else this.#dispatch(event, isIdle ? pointed : target);
    if (isIdle && event.type === "keydown" && this.#used !== event && !event.defaultPrevented) {
      this.#dispatch(event, focus.idleTarget() ?? null);
    }
    const isTyping = isEditable(target) && event.type === "keydown";
    if (event.type === "keydown" && this.#used !== event && !event.defaultPrevented && focus.handleKey(event)) {
      this.#used = event;
    }
    this.#keySubscriptions(event, this.#used === event || isTyping);
  }

  #keySubscriptions(event: KeyboardEvent, captured: boolean): void {
    const modifiers = modifiersValue(event, this.#options.isApple);
    const windowId = this.#options.windows.active;
    if (event.type === "keydown" && this.#wants("on_key_press")) {
      // An app that listens to keys has its own idea of saving or opening; the browser's dialog would cover it.
      if ((event.ctrlKey || event.metaKey) && !event.altKey && PAGE_SHORTCUTS.has(event.key.toLowerCase())) {
        event.preventDefault();
      }
      this.#emit("on_key_press", "key_press", { windowId, captured, modifiers, value: keyPressValue(event) });
    } else if (event.type === "keyup" && this.#wants("on_key_release")) {
      this.#emit("on_key_release", "key_release", { windowId, captured, modifiers, value: keyReleaseValue(event) });
    }
    const state = JSON.stringify(modifiers);
    if (state === this.#modifiers) return;
    this.#modifiers = state;
    if (!this.#wants("on_modifiers_changed")) return;
    this.#emit("on_modifiers_changed", "modifiers_changed", { windowId, captured, modifiers, hint: REPLACE });
  }

  #pointer(event: PointerEvent | WheelEvent): void {
    const captured = CAPTURED_POINTER.has(event.type) && this.#used === event;
    const windowId = this.#windowAt(event.target);
    const position = (): WireProps => this.#positionIn(windowId, event);
    if (event instanceof WheelEvent) {
      if (!this.#wants("on_pointer_scroll")) return;
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? "lines" : "pixels";
      // The toolkit counts the way the content goes, the browser the way the view goes.
      const value = { delta_x: -event.deltaX || 0, delta_y: -event.deltaY || 0, unit };
      const hint: CoalesceHint = { kind: "accumulate", fields: ["delta_x", "delta_y"] };
      this.#emit("on_pointer_scroll", "wheel_scrolled", { windowId, captured, value, hint });
    } else if (event.pointerType === "touch") {
      const family = FINGERS[event.type];
      if (family === undefined || !this.#wants("on_pointer_touch")) return;
      const value = { id: event.pointerId, ...position() };
      const hint = event.type === "pointermove" ? { hint: REPLACE } : {};
      this.#emit("on_pointer_touch", family, { windowId, captured, value, ...hint });
    } else if (event.type === "pointermove") {
      if (!this.#wants("on_pointer_move")) return;
      this.#emit("on_pointer_move", "cursor_moved", { windowId, captured: false, value: position(), hint: REPLACE });
    } else if (event.type !== "pointercancel" && this.#wants("on_pointer_button")) {
      const family = event.type === "pointerdown" ? "button_pressed" : "button_released";
      const value = BUTTONS[event.button] ?? `other_${event.button}`;
      this.#emit("on_pointer_button", family, { windowId, captured, value });
    }
  }

  /** Nothing is shown any more: what was under the pointer is gone, and no event tells so. The next tree is entered anew. */
  forgetPointer(): void {
    this.#pointed = undefined;
    this.#hovered = [];
  }

  #over(event: PointerEvent): void {
    if (event.pointerType === "touch" || !(event.target instanceof Element)) return;
    if (this.#pointed === undefined && this.#wants("on_pointer_move")) {
      this.#emit("on_pointer_move", "cursor_entered", { windowId: this.#windowAt(event.target), captured: false });
    }
    this.#pointed = event.target;
    this.#hovered = moveChain(this.#hovered, this.#chain(event.target), (node, isIn) => node.view.hoverChanged?.(isIn));
  }

  #out(event: PointerEvent): void {
    const next = event.relatedTarget;
    if (event.pointerType === "touch" || (next instanceof Node && this.#options.root.contains(next))) return;
    if (this.#wants("on_pointer_move")) {
      this.#emit("on_pointer_move", "cursor_left", { windowId: this.#windowAt(event.target), captured: false });
    }
    this.#pointed = undefined;
    this.#hovered = moveChain(this.#hovered, [], (node, isIn) => node.view.hoverChanged?.(isIn));
  }

  #focusMoved(target: EventTarget | null): void {
    const isInside = target instanceof Element && this.#options.root.contains(target);
    const chain = isInside ? this.#chain(target) : [];
    this.#focused = moveChain(this.#focused, chain, (node, isIn) => node.view.focusChanged?.(isIn));
  }

  #activateWindow(target: EventTarget | null): string | undefined {
    const id = this.#windowAt(target);
    if (id !== undefined) this.#options.windows.activate(id, false);
    return id;
  }

  #windowAt(target: EventTarget | null): string | undefined {
    if (!(target instanceof Element)) return undefined;
    return this.#chain(target).find((node) => node.type === "window")?.id;
  }

  /** In the window's own pixels. */
  #positionIn(windowId: string | undefined, event: MouseEvent): WireProps {
    const { tree, root } = this.#options;
    const content = windowId === undefined ? undefined : tree.find(windowId)?.view.content;
    const frame = content ?? root;
    const rect = frame.getBoundingClientRect();
    const zoom = Number(frame.style.zoom) || 1;
    return { x: (event.clientX - rect.x) / zoom, y: (event.clientY - rect.y) / zoom };
  }

  #composition(event: CompositionEvent): void {
    if (!this.#wants("on_ime")) return;
    const context = { windowId: this.#windowAt(event.target), captured: true };
    if (event.type === "compositionstart") this.#emit("on_ime", "ime_opened", context);
    else if (event.type === "compositionupdate") {
      this.#emit("on_ime", "ime_preedit", { ...context, value: { text: event.data, cursor: null } });
    } else {
      this.#emit("on_ime", "ime_commit", { ...context, value: { text: event.data } });
      this.#emit("on_ime", "ime_closed", context);
    }
  }

  /** A page learns the names of files, not their paths. */
  #file(event: DragEvent): void {
    const transfer = event.dataTransfer;
    if (transfer === null || !transfer.types.includes("Files")) return;
    // Without this the browser would leave the page and show the file.
    event.preventDefault();
    if (!this.#wants("on_file_drop") || event.type === "dragover") return;
    const windowId = this.#windowAt(event.target) ?? this.#options.windows.active;
    const context = { windowId, captured: false };
    const value = (path: string): WireProps => ({ window_id: windowId ?? "", path });
    if (event.type === "drop") {
      for (const file of transfer.files)
        this.#emit("on_file_drop", "file_dropped", { ...context, value: value(file.name) });
    } else if (!(event.relatedTarget instanceof Node && this.#options.root.contains(event.relatedTarget))) {
      const isLeaving = event.type === "dragleave";
      const left = { window_id: windowId ?? "" };
      if (isLeaving) this.#emit("on_file_drop", "files_hovered_left", { ...context, value: left });
      else this.#emit("on_file_drop", "file_hovered", { ...context, value: value("") });
    }
  }

  #startFrames(view: Window | null): void {
    if (this.#frames !== undefined || view === null) return;
    let first: number | undefined;
    const frame = (now: number): void => {
      this.#frames = view.requestAnimationFrame(frame);
      first ??= now;
      const value = { timestamp: Math.round(now - first) };
      this.#options.listener.onSubscriptionEvent({
        kind: "on_animation_frame",
        family: "animation_frame",
        value,
        hint: REPLACE,
      });
    };
    this.#frames = view.requestAnimationFrame(frame);
  }

  #emit(
    kind: string,
    family: string,
    event: {
      readonly windowId: string | undefined;
      readonly captured: boolean;
      readonly value?: WireValue;
      readonly modifiers?: WireProps;
      readonly hint?: CoalesceHint;
    },
  ): void {
    const { windowId, ...rest } = event;
    this.#options.listener.onSubscriptionEvent({
      kind,
      family,
      ...(windowId === undefined ? {} : { windowId }),
      ...rest,
    });
  }
}

const FINGERS: Readonly<Record<string, string>> = {
  pointerdown: "finger_pressed",
  pointermove: "finger_moved",
  pointerup: "finger_lifted",
  pointercancel: "finger_lost",
};

/** Tells who is no longer in the chain and who is new in it. */
function moveChain(before: Mounted[], after: Mounted[], tell: (node: Mounted, isIn: boolean) => void): Mounted[] {
  for (const node of before) if (!node.isDisposed && !after.includes(node)) tell(node, false);
  for (const node of after) if (!before.includes(node)) tell(node, true);
  return after;
}
