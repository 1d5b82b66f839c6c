import { mnemonicOf } from "./accessibility.ts";
import { stepInGroup } from "./focus-groups.ts";
import { type FocusPlace, placeOf, stopNear, stopOf } from "./focus-place.ts";
import { isDisabled, isShown, openPorts, overflows, SCROLLERS, tabbable } from "./focus-stops.ts";
import type { MountTree } from "./mount-tree.ts";
import type { Mounted } from "./mounted.ts";
import { readRecord } from "./props.ts";
import type { Windows } from "./windows.ts";

interface ModalPart {
  readonly node: Mounted;
  /** Had the focus before. */
  readonly returnTo: Element | null;
  readonly place: FocusPlace | undefined;
}

/** What has the focus before a change of the tree. */
interface Held {
  readonly element: HTMLElement;
  readonly isVisible: boolean;
  readonly isHidden: boolean;
  readonly place: FocusPlace;
}

const HIDDEN = '[aria-hidden="true"]';
const LOOK_TIMEOUT_MS = 500;

/** Moving the keyboard focus: by key, by operation, by mnemonic, into modal parts and out of them. */
export class FocusControl {
  readonly #root: HTMLElement;
  readonly #tree: MountTree;
  readonly #windows: Windows;
  readonly #owners: WeakMap<Element, Element>;
  /** Modal parts that took the focus, the innermost last. */
  #modals: readonly ModalPart[] = [];
  #held: Held | undefined;
  /** The focus went on by itself while a key was down. */
  #hasGoneOn = false;
  readonly #observer: ResizeObserver;
  #cancelLook: (() => void) | undefined;

  /** `owners`: overlay content to the anchor whose widget owns it. */
  constructor(root: HTMLElement, tree: MountTree, windows: Windows, owners: WeakMap<Element, Element>) {
    this.#root = root;
    this.#tree = tree;
    this.#windows = windows;
    this.#owners = owners;
    // Pictures that arrive make things scroll, and so does a smaller window.
    this.#observer = new ResizeObserver(this.lookOver);
    this.#observer.observe(root);
    root.addEventListener("load", this.lookOver, { capture: true });
  }

  dispose(): void {
    this.#cancelLook?.();
    // Nothing is looked over any more.
    this.#cancelLook = () => {};
    this.#observer.disconnect();
    this.#root.removeEventListener("load", this.lookOver, { capture: true });
  }

  /** Wire id of the widget that has the keyboard focus. */
  focusedId(): string | undefined {
    const node = this.#nodeAt(this.#active());
    return node === undefined || node.type === "window" ? undefined : node.id;
  }

  /** After changes: what scrolls may have to be a stop of the keyboard now, or no longer. Done when there is time. */
  readonly lookOver = (): void => {
    const view = this.#root.ownerDocument.defaultView;
    if (this.#cancelLook !== undefined || view === null) return;
    this.#cancelLook = whenIdle(view, () => {
      this.#cancelLook = undefined;
      openPorts(this.#root);
    });
  };

  /** Before a change of the tree. */
  hold(): void {
    const element = this.#active();
    const node = element instanceof HTMLElement ? this.#nodeAt(element) : undefined;
    if (!(element instanceof HTMLElement) || node === undefined || node.type === "window") {
      this.#held = undefined;
      return;
    }
    this.#held = {
      element,
      isVisible: element.matches(":focus-visible"),
      isHidden: element.closest(HIDDEN) !== null,
      place: placeOf(node),
    };
  }

  /**
   * After a change of the tree: when the focused node is gone, a node of the same id gets the focus. Without one it goes to
   * what is near, for people who use the keyboard; elsewhere a field would open the keyboard of a screen, or a menu.
   */
  goOn(): void {
    const held = this.#held;
    this.#held = undefined;
    if (held === undefined) return;
    const { element, place } = held;
    const isGone = !this.#root.contains(element);
    if (!isGone && (held.isHidden || element.closest(HIDDEN) === null)) return;
    const active = this.#active();
    if (isGone && active !== null && this.#root.contains(active) && !active.classList.contains("pl-window")) return;
    const same = isGone ? this.#tree.find(place.node.id) : undefined;
    const again = same === undefined ? undefined : stopOf(same);
    if (again !== undefined) {
      again.focus({ preventScroll: true });
      return;
    }
    // What was in a modal part goes back to where it came from.
    const inside = new Set([place.node, ...place.steps.map(({ parent }) => parent)]);
    if (!held.isVisible || this.#modals.some(({ node }) => node.isDisposed && inside.has(node))) return;
    this.#goNear(place);
  }

  /** True for a key that is still down from before the focus went on: it was not meant for what has the focus now. */
  isLeftOver(event: KeyboardEvent): boolean {
    if (event.type !== "keydown") return false;
    if (!event.repeat) this.#hasGoneOn = false;
    return this.#hasGoneOn;
  }

  /** Arrow keys in menus, lists of tabs, toolbars and trees, before anything else sees them. */
  stepInGroup(event: KeyboardEvent): boolean {
    const active = this.#active();
    if (!(active instanceof HTMLElement) || !this.#root.contains(active)) return false;
    const next = stepInGroup(event, active, tabbable);
    if (next === undefined) return false;
    event.preventDefault();
    focusVisibly(next);
    return true;
  }

  focus(node: Mounted): boolean {
    const { element, focusTarget } = node.view;
    const target = focusTarget ?? (element.tabIndex === 0 ? element : tabbable(element)[0]);
    if (target === undefined) return false;
    focusVisibly(target);
    return true;
  }

  /** The next or previous stop in `scope`, going round; the window with the focus when no scope is given. */
  move(step: 1 | -1, scope: Element = this.#scope()): void {
    const stops = this.#stops(scope);
    if (stops.length === 0) return;
    const active = this.#active();
    const at = active instanceof HTMLElement ? stops.indexOf(active) : -1;
    const next = at < 0 ? nearest(stops, active, scope, step) : (at + step + stops.length) % stops.length;
    const target = stops[next];
    if (target !== undefined) focusVisibly(target);
  }

  /** Keys that no widget used. True when it meant something. */
  handleKey(event: KeyboardEvent): boolean {
    if (event.key === "Tab") return this.#tab(event);
    if (event.key === "Escape" && !event.isComposing) return this.#unfocus();
    if (event.key === "F6" && event.ctrlKey) return this.#nextWindow(event);
    if (event.altKey && !event.ctrlKey && !event.metaKey && !event.isComposing) return this.#mnemonic(event);
    return false;
  }

  /** What keys go to that nobody has: the first thing in the window in front that scrolls, else its first pane grid. */
  idleTarget(): Element | undefined {
    const scope = this.#scope();
    for (const port of scope.querySelectorAll(SCROLLERS)) if (isShown(port) && overflows(port)) return port;
    return scope.querySelector(".pl-panes") ?? undefined;
  }

  /** A modal part takes the focus when it comes, and gives it back when it goes. For calls after changes were drawn. */
  followModals(): void {
    const present = [...this.#tree.modals].filter(({ view }) => isShown(view.element));
    const gone = this.#modals.filter(({ node }) => !present.includes(node));
    this.#modals = this.#modals.filter(({ node }) => present.includes(node));
    const active = this.#active();
    const isLost = active === null || !this.#root.contains(active) || active.classList.contains("pl-window");
    const wasInside = active !== null && gone.some(({ node }) => node.view.element.contains(active));
    const back = gone[0]?.returnTo;
    if (isLost || wasInside) {
      if (back instanceof HTMLElement && back.isConnected) back.focus({ preventScroll: true });
      else if (gone[0]?.place !== undefined) this.#goNear(gone[0].place);
    }
    for (const node of present) {
      if (this.#modals.some((known) => known.node === node)) continue;
      const { element } = node.view;
      const before = this.#active();
      const from = this.#nodeAt(before);
      this.#modals = [...this.#modals, { node, returnTo: before, place: from && placeOf(from) }];
      if (element.contains(before) || this.#frameOf(element) !== this.#frame()) continue;
      const first = this.#stops(element)[0];
      if (first === undefined && !element.hasAttribute("tabindex")) element.tabIndex = -1;
      (first ?? element).focus();
    }
  }

  /** True when something is modal or was a moment ago. */
  get hasModals(): boolean {
    return this.#modals.length > 0 || this.#tree.modals.size > 0;
  }

  /** The browser's own order is right as long as there is one window, nothing modal and nothing to stop at in overlays. */
  #tab(event: KeyboardEvent): boolean {
    if (event.altKey || event.metaKey) return false;
    const scope = this.#scope();
    openPorts(scope);
    const isConfined =
      event.ctrlKey ||
      this.#windows.inOrder().length > 1 ||
      this.#isModal(scope) ||
      this.#boxes().some((box) => tabbable(box).length > 0);
    if (!isConfined) return false;
    event.preventDefault();
    this.move(event.shiftKey ? -1 : 1, scope);
    return true;
  }

  #unfocus(): boolean {
    const active = this.#active();
    if (!(active instanceof HTMLElement) || !this.#root.contains(active) || active.classList.contains("pl-window")) {
      return false;
    }
    active.blur();
    return true;
  }

  #nextWindow(event: KeyboardEvent): boolean {
    const next = this.#windows.beside(event.shiftKey ? -1 : 1);
    if (next === undefined) return false;
    event.preventDefault();
    this.#windows.activate(next, true);
    return true;
  }

  #mnemonic(event: KeyboardEvent): boolean {
    // What the key types, or what it would type without Alt where Alt makes other characters.
    const typed = /^\p{L}$/u.test(event.key) ? event.key.toLowerCase() : undefined;
    const physical = /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : undefined;
    const scope = this.#scope();
    for (const letter of new Set([typed, physical])) {
      const node = letter === undefined ? undefined : this.#withMnemonic(letter, scope);
      if (node === undefined) continue;
      event.preventDefault();
      this.focus(node);
      (node.view.focusTarget ?? node.view.element).click();
      return true;
    }
    return false;
  }

  #withMnemonic(letter: string, scope: Element): Mounted | undefined {
    const active = this.#windows.active;
    const from = active === undefined ? this.#tree.root : this.#tree.find(active);
    const isModal = this.#isModal(scope);
    for (const node of this.#tree.all(from)) {
      const { props, view } = node;
      const mnemonic =
        mnemonicOf(readRecord(props["a11y"])?.["mnemonic"]) ??
        mnemonicOf(props["mnemonic"]) ??
        mnemonicOf(props["access_key"]);
      if (mnemonic?.toLowerCase() !== letter || isDisabled(view.element) || !isShown(view.element)) continue;
      if (!isModal || scope.contains(view.element)) return node;
    }
    return undefined;
  }

  #goNear(place: FocusPlace): void {
    const stop = stopNear(this.#tree, place);
    if (stop === undefined) return;
    this.#hasGoneOn = true;
    stop.focus();
  }

  #nodeAt(start: Element | null): Mounted | undefined {
    for (let element = start; element !== null && this.#root.contains(element); element = element.parentElement) {
      const node = this.#tree.ofElement(element);
      if (node !== undefined) return node;
    }
    return undefined;
  }

  #isModal(scope: Element): boolean {
    return scope !== this.#root && !scope.classList.contains("pl-window");
  }

  #active(): Element | null {
    return this.#root.ownerDocument.activeElement;
  }

  /** What Tab stays in: the nearest modal part, else the latest one of the window in front, else that window. */
  #scope(): Element {
    const active = this.#active();
    const modal = active !== null && this.#root.contains(active) ? active.closest('[aria-modal="true"]') : null;
    if (modal !== null) return modal;
    const frame = this.#frame();
    const modals = [...this.#tree.modals].map(({ view }) => view.element);
    return (
      modals.filter((element) => isShown(element) && this.#frameOf(element) === frame).at(-1) ?? frame ?? this.#root
    );
  }

  /** The window in front. */
  #frame(): Element | undefined {
    const windowId = this.#windows.active;
    return windowId === undefined ? undefined : this.#tree.find(windowId)?.view.element;
  }

  /** The window around an element; overlay content belongs to the window of its anchor. */
  #frameOf(start: Element): Element | undefined {
    let element: Element | null = start;
    while (element !== null && element !== this.#root) {
      if (element.classList.contains("pl-window")) return element;
      element = this.#owners.get(element) ?? element.parentElement;
    }
    return undefined;
  }

  /** Overlays that the keyboard can go to. */
  #boxes(): readonly Element[] {
    return [...this.#root.querySelectorAll(":scope > .pl-overlays > .pl-overlay:not(.pl-passive)")];
  }

  /** Elements the keyboard stops at, in order; overlay content comes right after its anchor. */
  #stops(scope: Element): HTMLElement[] {
    const found = tabbable(scope).filter((stop) => scope !== this.#root || stop.closest(".pl-overlays") === null);
    let parts: readonly Element[] = [scope];
    for (const box of this.#boxes()) {
      const anchor = this.#owners.get(box);
      const around = anchor === undefined ? undefined : parts.find((part) => part.contains(anchor));
      if (
        anchor === undefined ||
        around === undefined ||
        parts.some((part) => part !== this.#root && part.contains(box))
      ) {
        continue;
      }
      parts = [...parts, box];
      const at = found.findLastIndex((stop) => around.contains(stop) && !isAfter(stop, anchor));
      found.splice(at + 1, 0, ...tabbable(box));
    }
    return found;
  }
}

/** The stop after or before an element that is none itself. */
function nearest(stops: readonly HTMLElement[], active: Element | null, scope: Element, step: 1 | -1): number {
  const isInside = active !== null && active !== scope && scope.contains(active);
  if (!isInside) return step > 0 ? 0 : stops.length - 1;
  const after = stops.findIndex((stop) => isAfter(stop, active));
  if (step > 0) return Math.max(0, after);
  return after < 0 ? stops.length - 1 : (after - 1 + stops.length) % stops.length;
}

/** Behind an element in the document, and not inside of it. */
function isAfter(element: Element, other: Element): boolean {
  const place = other.compareDocumentPosition(element);
  return (place & Node.DOCUMENT_POSITION_FOLLOWING) !== 0 && (place & Node.DOCUMENT_POSITION_CONTAINED_BY) === 0;
}

/** Not every engine can tell when it is idle. Returns what takes the work back. */
function whenIdle(view: Window, work: () => void): () => void {
  if (typeof Reflect.get(view, "requestIdleCallback") !== "function") {
    const timer = view.setTimeout(work, LOOK_TIMEOUT_MS);
    return () => view.clearTimeout(timer);
  }
  const handle = view.requestIdleCallback(work, { timeout: LOOK_TIMEOUT_MS });
  return () => view.cancelIdleCallback(handle);
}

function focusVisibly(target: HTMLElement): void {
  // `focusVisible` is newer than the type of the options; engines without it ignore it.
  const options: FocusOptions & { readonly focusVisible: boolean } = { focusVisible: true };
  target.focus(options);
}

/** A place where characters are typed. */
export function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target.isContentEditable;
}
