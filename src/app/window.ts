import type { WindowAnswers } from "../protocol/event.ts";
import type { Length, Padding, Point, Size, Theme } from "./values.ts";

export type WindowLevel = "normal" | "always_on_top" | "always_on_bottom";
export type WindowMode = "windowed" | "fullscreen";
export type WindowSize = Size;

/** Questions about a window, by their wire name. */
export type WindowQuery = keyof WindowAnswers;

/** Props that `windowConfig` may give to windows that do not set them themselves. The window node wins. */
export interface WindowConfig {
  readonly title?: string | undefined;
  readonly width?: Length | undefined;
  readonly height?: Length | undefined;
  readonly size?: Size | undefined;
  readonly position?: "centered" | Point | undefined;
  readonly minSize?: Size | undefined;
  readonly maxSize?: Size | undefined;
  readonly maximized?: boolean | undefined;
  readonly fullscreen?: boolean | undefined;
  readonly visible?: boolean | undefined;
  readonly resizable?: boolean | undefined;
  readonly closeable?: boolean | undefined;
  readonly minimizable?: boolean | undefined;
  readonly decorations?: boolean | undefined;
  readonly transparent?: boolean | undefined;
  readonly blur?: boolean | undefined;
  readonly level?: WindowLevel | undefined;
  /** `true` lets the close button close the window at once, without a `close_requested` event. */
  readonly exitOnCloseRequest?: boolean | undefined;
  /** Wins over the scale factor of the settings. */
  readonly scaleFactor?: number | undefined;
  readonly padding?: Padding | undefined;
  readonly theme?: Theme | undefined;
}
