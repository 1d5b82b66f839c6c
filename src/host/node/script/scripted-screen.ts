import type { WireValue } from "../../../protocol/index.ts";
import type { KeyInput } from "../../../renderer/engine/keys.ts";
import { field, isRecord, numberField, textField } from "../../../renderer/engine/record.ts";
import type { Surface } from "../../../renderer/index.ts";

export type PointerButton = "left" | "right" | "middle" | "back" | "forward";

export interface ScreenPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * What of a widget is looked for; the widget itself when left out. `point` is in the widget's own pixels, `option` a line of a
 * list that is open, `column` the header of a table's column, `value` the place of a slider's handle at that value, `handle`
 * where the handle is now.
 */
export type LocatePart =
  | { readonly kind: "point"; readonly x: number; readonly y: number }
  | { readonly kind: "option"; readonly text: string }
  | { readonly kind: "column"; readonly key: string }
  | { readonly kind: "value"; readonly value: number }
  | { readonly kind: "handle" };

/** Where a widget, or a part of it, is on the screen. Finding it brings it into view. */
export interface Located {
  /** The middle of what is seen of it, in the screen's pixels. Absent: it has no place on the screen. */
  readonly point?: ScreenPoint;
  readonly isDisabled: boolean;
  /** The keyboard is at it or at something inside it. */
  readonly isFocused: boolean;
  /** What lies over `point`: the id of a widget, or empty when it is none. Absent: nothing does. */
  readonly coveredBy?: string;
  /** What a slider stands at. */
  readonly value?: number;
}

/** A screen that a script can use as a person would. Coordinates are the screen's own pixels. */
export interface ScriptedScreen {
  locate(id: string, part?: LocatePart): Promise<Located>;
  pointer(action: "move" | "press" | "release", x: number, y: number, button?: PointerButton): Promise<void>;
  /** At the place where the pointer is. Positive: the content goes left and up. */
  wheel(deltaX: number, deltaY: number): Promise<void>;
  key(action: "press" | "release", key: KeyInput): Promise<void>;
  /** What no key writes. */
  insertText(text: string): Promise<void>;
  /** The clipboard's text comes to what has the keyboard. */
  paste(text: string): Promise<void>;
  /** Takes the hands away: no button is held, and the pointer is over nothing. */
  rest(): Promise<void>;
  /** Resolves when what the input has caused was reported to the surface's listener. Never takes long. */
  settled(settling: Settling): Promise<void>;
}

/** `reported`: what was said at once has arrived. `drawn`: and what layout and drawing have said about it. */
export type Settling = "reported" | "drawn";

/** A surface whose screen takes scripted input. */
export interface ScriptedSurface extends Surface {
  readonly screen: ScriptedScreen;
}

export function isScriptedSurface(surface: Surface | undefined): surface is ScriptedSurface {
  return surface !== undefined && "screen" in surface;
}

/** What the page's surface says about `locate`. Anything else means that there is no such widget on the screen. */
export function readLocated(answer: WireValue): Located {
  if (!isRecord(answer)) return { isDisabled: false, isFocused: false };
  const x = numberField(answer, "x");
  const y = numberField(answer, "y");
  const value = numberField(answer, "value");
  const coveredBy = textField(answer, "covered_by");
  return {
    isDisabled: field(answer, "is_disabled") === true,
    isFocused: field(answer, "is_focused") === true,
    ...(x === undefined || y === undefined ? {} : { point: { x, y } }),
    ...(coveredBy === undefined ? {} : { coveredBy }),
    ...(value === undefined ? {} : { value }),
  };
}
