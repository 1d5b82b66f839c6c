import type { WidgetEvent } from "../protocol/index.ts";

/**
 * Turns a widget's reported status into the events authors know: `focused` when it gains the focus, `blurred` when it
 * loses it. Renderers report the status of a widget, not the change.
 */
export class FocusTracker {
  readonly #focused = new Set<string>();

  /** The event that follows from a status, if any. */
  changed(event: WidgetEvent<"status">): WidgetEvent<"focused" | "blurred"> | undefined {
    const { target, value, id, scope, windowId } = event;
    const isFocused = value === "focused";
    if (isFocused === this.#focused.has(target)) return undefined;
    if (isFocused) this.#focused.add(target);
    else this.#focused.delete(target);
    return { kind: "widget", type: isFocused ? "focused" : "blurred", id, scope, windowId, target, value: null };
  }

  clear(): void {
    this.#focused.clear();
  }
}
