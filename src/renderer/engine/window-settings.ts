import {
  MAX_WINDOW_POSITION_PX,
  MAX_WINDOW_SIDE_PX,
  MIN_WINDOW_SIDE_PX,
  type WireProps,
  type WireValue,
} from "../../protocol/index.ts";
import { field, isRecord } from "./record.ts";

/** One number that was put back into its range. */
export interface Clamped {
  readonly prop: string;
  readonly raw: number;
  readonly clamped: number;
}

/** The settings of a window; whatever else a window node or an operation carries is left out of an `open`. */
const SETTINGS: ReadonlySet<string> = new Set([
  "title",
  "width",
  "height",
  "size",
  "position",
  "min_size",
  "max_size",
  "maximized",
  "fullscreen",
  "transparent",
  "blur",
  "visible",
  "resizable",
  "closeable",
  "minimizable",
  "decorations",
  "exit_on_close_request",
  "level",
  "scale_factor",
  "theme",
]);

/**
 * Puts sizes into 1..16384 and positions into ±32768. Sizes and positions may be objects or pairs; the object form comes
 * back. Values of other types stay as they are.
 */
export function clampWindow(props: WireProps): { readonly props: WireProps; readonly clamped: readonly Clamped[] } {
  const clamped: Clamped[] = [];
  const limit = (prop: string, raw: number, min: number, max: number): number => {
    const value = Math.min(max, Math.max(min, raw));
    if (value !== raw) clamped.push({ prop, raw, clamped: value });
    return value;
  };
  const next: Record<string, WireValue> = { ...props };
  for (const prop of ["width", "height"]) {
    const value = field(props, prop);
    if (typeof value === "number") next[prop] = limit(prop, value, MIN_WINDOW_SIDE_PX, MAX_WINDOW_SIDE_PX);
  }
  for (const prop of ["size", "min_size", "max_size"]) {
    const pair = pairOf(field(props, prop), "width", "height");
    if (pair !== undefined) {
      next[prop] = {
        width: limit(`${prop}.width`, pair[0], MIN_WINDOW_SIDE_PX, MAX_WINDOW_SIDE_PX),
        height: limit(`${prop}.height`, pair[1], MIN_WINDOW_SIDE_PX, MAX_WINDOW_SIDE_PX),
      };
    }
  }
  const position = pairOf(field(props, "position"), "x", "y");
  if (position !== undefined) {
    next["position"] = {
      x: limit("position.x", position[0], -MAX_WINDOW_POSITION_PX, MAX_WINDOW_POSITION_PX),
      y: limit("position.y", position[1], -MAX_WINDOW_POSITION_PX, MAX_WINDOW_POSITION_PX),
    };
  }
  return { props: next, clamped };
}

/** What `open` gets for a window node: its settings, with `size` spread to `width` and `height` where those are absent. */
export function openSettings(props: WireProps): WireProps {
  const settings: Record<string, WireValue> = {};
  for (const [name, value] of Object.entries(clampWindow(props).props)) {
    if (SETTINGS.has(name) && value !== null) settings[name] = value;
  }
  const size = settings["size"];
  if (isRecord(size)) {
    for (const side of ["width", "height"]) {
      const value = size[side];
      if (typeof settings[side] !== "number" && typeof value === "number") settings[side] = value;
    }
    delete settings["size"];
  }
  return settings;
}

/** Two numbers written as `{a, b}` or `[a, b]`. */
function pairOf(value: WireValue | undefined, first: string, second: string): readonly [number, number] | undefined {
  const [left, right] = Array.isArray(value) ? value : [field(value, first), field(value, second)];
  return typeof left === "number" && typeof right === "number" ? [left, right] : undefined;
}
