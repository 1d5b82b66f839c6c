import type { WidgetContext } from "../widget.ts";

/** Hover, press and focus of one control, and the status that follows from them. */
export interface Interaction {
  isDisabled: boolean;
  isHovered: boolean;
  isFocused: boolean;
  isPressed: boolean;
}

export function createInteraction(): Interaction {
  return { isDisabled: false, isHovered: false, isFocused: false, isPressed: false };
}

export function statusOf(state: Interaction): string {
  if (state.isDisabled) return "disabled";
  if (state.isPressed) return "pressed";
  if (state.isFocused) return "focused";
  return state.isHovered ? "hovered" : "active";
}

/** Reachable by keyboard and reported as enabled, or neither. */
export function setDisabled(element: HTMLElement, isDisabled: boolean): void {
  if (isDisabled) {
    element.setAttribute("aria-disabled", "true");
    // Who works by keyboard does not lose the place, as long as the focus stays.
    if (element.ownerDocument.activeElement === element) {
      element.tabIndex = -1;
      element.addEventListener("blur", leftDisabled, { once: true });
    } else element.removeAttribute("tabindex");
  } else {
    element.removeAttribute("aria-disabled");
    element.tabIndex = 0;
  }
}

function leftDisabled(event: Event): void {
  const element = event.currentTarget;
  if (element instanceof HTMLElement && element.tabIndex < 0) element.removeAttribute("tabindex");
}

/** Alt and the letter; `mnemonic` wins over its synonym. */
export function applyMnemonic(element: HTMLElement, mnemonic: unknown, accessKey: unknown): void {
  const letter = [mnemonic, accessKey].find((value) => typeof value === "string" && [...value].length === 1);
  if (typeof letter === "string") element.setAttribute("aria-keyshortcuts", `Alt+${letter.toUpperCase()}`);
  else element.removeAttribute("aria-keyshortcuts");
}

/** Primary button of a mouse or pen; touch is decided by the tap that may follow. */
export function isPrimaryPress(event: Event): event is PointerEvent {
  return (
    event instanceof PointerEvent && event.type === "pointerdown" && event.button === 0 && event.pointerType !== "touch"
  );
}

export function isPlainKey(event: Event, ...keys: readonly string[]): event is KeyboardEvent {
  if (!(event instanceof KeyboardEvent) || event.type !== "keydown" || event.isComposing) return false;
  return !event.ctrlKey && !event.altKey && !event.metaKey && keys.includes(event.key);
}

export function reportStatus(context: WidgetContext, state: Interaction): void {
  context.emitStatus(statusOf(state));
}
