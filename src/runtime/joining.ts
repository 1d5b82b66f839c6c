import type { Event } from "../protocol/index.ts";
import type { JoinRule } from "./inbox.ts";

/** Of these only the newest matters: they tell where something is, not that something was done. */
const LATEST_WIDGET: ReadonlySet<string> = new Set(["move", "resize", "scrolled", "slide", "pane_resized", "input"]);
/** These carry a distance besides the place; distances are added up. */
const SUMMED_WIDGET: ReadonlySet<string> = new Set(["scroll", "drag"]);

/**
 * Which events of one turn are joined before `update` sees them. Whatever was done once, a click, a key, a submit, a
 * tick, is delivered each time, and nothing is joined across it. All that a text field reports besides `input` is of that
 * kind, so a text is never joined with one from before a submit, a paste, a bound key or a change of focus.
 */
export const eventJoining: JoinRule<Event> = {
  keyOf(event) {
    switch (event.kind) {
      case "widget":
        return LATEST_WIDGET.has(event.type) || SUMMED_WIDGET.has(event.type)
          ? `${event.type} ${event.target}`
          : undefined;
      case "pointer":
        if (event.type === "move") return `pointer ${event.tag}`;
        // Lines and pixels cannot be added.
        if (event.type === "scroll") return `wheel ${event.unit} ${event.tag}`;
        return event.type === "touch_move" ? `touch ${event.finger} ${event.tag}` : undefined;
      case "window":
        return event.type === "moved" || event.type === "resized" || event.type === "rescaled"
          ? `window ${event.type} ${event.windowId} ${event.tag}`
          : undefined;
      case "animation":
        return `animation ${event.tag}`;
      default:
        return undefined;
    }
  },
  join(older, newer) {
    if (newer.kind === "pointer" && newer.type === "scroll" && older.kind === "pointer" && older.type === "scroll") {
      return { ...newer, deltaX: older.deltaX + newer.deltaX, deltaY: older.deltaY + newer.deltaY };
    }
    if (newer.kind !== "widget" || older.kind !== "widget") return newer;
    if (newer.type === "scroll" && older.type === "scroll")
      return { ...newer, value: addDeltas(older.value, newer.value) };
    if (newer.type === "drag" && older.type === "drag") return { ...newer, value: addDeltas(older.value, newer.value) };
    return newer;
  },
};

function addDeltas<Value extends { readonly deltaX: number; readonly deltaY: number }>(
  older: Value,
  newer: Value,
): Value {
  return { ...newer, deltaX: older.deltaX + newer.deltaX, deltaY: older.deltaY + newer.deltaY };
}
