import { mnemonicOf } from "./accessibility.ts";
import type { MountTree } from "./mount-tree.ts";
import type { Mounted } from "./mounted.ts";
import { readRecord } from "./props.ts";
import type { Windows } from "./windows.ts";

/** Moving the keyboard focus: by key, by operation, by mnemonic. */
export class FocusControl {
  readonly #root: HTMLElement;
  readonly #tree: MountTree;
  readonly #windows: Windows;

  constructor(root: HTMLElement, tree: MountTree, windows: Windows) {
    this.#root = root;
    this.#tree = tree;
    this.#windows = windows;
  }

  /** Wire id of the widget that has the keyboard focus. */
  focusedId(): string | undefined {
    let element = this.#root.ownerDocument.activeElement;
    while (element !== null && this.#root.contains(element)) {
      const node = this.#tree.ofElement(element);
      if (node !== undefined) return node.type === "window" ? undefined : node.id;
      element = element.parentElement;
    }
    return undefined;
  }

  focus(node: Mounted): boolean {
    const target = node.view.focusTarget ?? tabbable(node.view.element)[0];
    if (target === undefined) return false;
    focusVisibly(target);
    return true;
  }

  /** The next or previous stop in `scope`, going round; the window with the focus when no scope is given. */
  move(step: 1 | -1, scope?: Element): void {
    const within = scope ?? this.#scope();
    const stops = tabbable(within);
    if (stops.length === 0) return;
    const active = this.#root.ownerDocument.activeElement;
    const at = active instanceof HTMLElement ? stops.indexOf(active) : -1;
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : (at + step + stops.length) % stops.length;
    const target = stops[next];
    if (target !== undefined) focusVisibly(target);
  }

  /** Keys that no widget used. True when it meant something. */
  handleKey(event: KeyboardEvent): boolean {
    if (event.key === "Tab") return this.#tab(event);
    if (event.key === "Escape" && !event.isComposing) return this.#unfocus();
    if (event.key === "F6" && event.ctrlKey) return this.#nextWindow(event);
    if (event.altKey && !event.ctrlKey && !event.metaKey && /^Key[A-Z]$/.test(event.code)) {
      return this.#mnemonic(event);
    }
    return false;
  }

  /** The browser's own order is right as long as there is one window and nothing modal. */
  #tab(event: KeyboardEvent): boolean {
    if (event.altKey || event.metaKey) return false;
    const scope = this.#scope();
    const isConfined =
      event.ctrlKey || this.#windows.inOrder().length > 1 || scope.getAttribute("aria-modal") === "true";
    if (!isConfined) return false;
    event.preventDefault();
    this.move(event.shiftKey ? -1 : 1, scope);
    return true;
  }

  #unfocus(): boolean {
    const active = this.#root.ownerDocument.activeElement;
    if (!(active instanceof HTMLElement) || !this.#root.contains(active) || active.classList.contains("pl-window")) {
      return false;
    }
    active.blur();
    return true;
  }

  #nextWindow(event: KeyboardEvent): boolean {
    const next = this.#windows.inOrder().find((frame) => frame.id !== this.#windows.active);
    if (next === undefined) return false;
    event.preventDefault();
    this.#windows.activate(next.id, true);
    return true;
  }

  #mnemonic(event: KeyboardEvent): boolean {
    const letter = event.code.slice(3).toLowerCase();
    const active = this.#windows.active;
    const from = active === undefined ? this.#tree.root : this.#tree.find(active);
    for (const node of this.#tree.all(from)) {
      const mnemonic = mnemonicOf(readRecord(node.props["a11y"])?.["mnemonic"] ?? node.props["mnemonic"]);
      if (mnemonic?.toLowerCase() !== letter) continue;
      event.preventDefault();
      this.focus(node);
      (node.view.focusTarget ?? node.view.element).click();
      return true;
    }
    return false;
  }

  /** What Tab stays in: the nearest modal part, else the window in front. */
  #scope(): Element {
    const active = this.#root.ownerDocument.activeElement;
    const modal = active !== null && this.#root.contains(active) ? active.closest('[aria-modal="true"]') : null;
    if (modal !== null) return modal;
    const modals = [...this.#root.querySelectorAll('[aria-modal="true"]')].filter(isShown);
    const windowId = this.#windows.active;
    const frame = windowId === undefined ? undefined : this.#tree.find(windowId)?.view.element;
    return modals.at(-1) ?? frame ?? this.#root;
  }
}

const STOPS = '[tabindex="0"], input:not([tabindex="-1"]), textarea:not([tabindex="-1"]), [contenteditable="true"]';

/** Elements the keyboard stops at, in order. */
function tabbable(scope: Element): HTMLElement[] {
  const found: HTMLElement[] = [];
  for (const element of scope.querySelectorAll(STOPS)) {
    if (element instanceof HTMLElement && !isDisabled(element) && isShown(element)) found.push(element);
  }
  return found;
}

function isDisabled(element: HTMLElement): boolean {
  return element.getAttribute("aria-disabled") === "true" || element.hasAttribute("disabled");
}

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
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
