import type { WireValue } from "../protocol/node.ts";
import type { Font, Theme } from "./values.ts";

/** Application-level settings, sent to every new renderer. What is absent is left to the renderer. */
export interface Settings {
  readonly defaultFont?: Font | undefined;
  /** In pixels. */
  readonly defaultTextSize?: number | undefined;
  readonly antialiasing?: boolean | undefined;
  /** Paths of font files, or their bytes. */
  readonly fonts?: readonly (string | { readonly data: Uint8Array })[] | undefined;
  readonly vsync?: boolean | undefined;
  /** Applies to all windows that do not have their own. */
  readonly scaleFactor?: number | undefined;
  /** Absent: follows the system. */
  readonly theme?: Theme | undefined;
  /** Events per second for sources whose events may be merged. Absent: no limit. */
  readonly defaultEventRate?: number | undefined;
  /** Sections for native widgets, by name. */
  readonly extensionConfig?: { readonly [section: string]: WireValue } | undefined;
  /** Lets the renderer report props it does not understand. */
  readonly validateProps?: boolean | undefined;
}

/** A complete record to copy with changes. Without `settings` nothing is sent, and the renderer's own values are these. */
export function defaultSettings(): Settings {
  return {
    defaultTextSize: 16,
    antialiasing: true,
    fonts: [],
    vsync: true,
    scaleFactor: 1,
  };
}
