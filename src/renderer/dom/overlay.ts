import type { Align, Rect, Side } from "./place.ts";

/** What floats above a window: menus, tooltips, overlay content. One per window, found by the anchor. */
export interface OverlayLayer {
  /**
   * Shows `content` beside `anchor` and keeps it there while anything scrolls or changes size. The content gets the theme,
   * colour and font of `anchor`. Positioned in window coordinates after layout. Close it in `dispose` at the latest.
   */
  open(options: OverlayOptions): OverlayHandle;
  /** Calls `work` after what may have moved anything, `true` when it was scrolling alone, until the result is called. */
  follow(work: (isScroll: boolean) => void): () => void;
}

export interface OverlayOptions {
  readonly anchor: HTMLElement;
  readonly content: HTMLElement;
  readonly side: Side;
  /** Default `center`. */
  readonly align?: Align;
  readonly gap?: number;
  readonly offset?: { readonly x: number; readonly y: number };
  readonly flip?: boolean;
  /** Keep inside the window; default true. */
  readonly snap?: boolean;
  /** As wide as the anchor at least (menus). */
  readonly matchesWidth?: boolean;
  /** Px; the content never gets higher than this or the room there is. */
  readonly maxHeight?: number;
  /** Stands in for the anchor's rectangle, in client coordinates (tooltips that follow the pointer). */
  readonly rect?: () => Rect;
  /** The pointer goes through (tooltips). */
  readonly isPassive?: boolean;
  /** A press outside content and anchor, Escape is not covered. */
  readonly onPressOutside?: (event: PointerEvent) => void;
}

export interface OverlayHandle {
  /** Places again, for changes that no observer sees. */
  reposition(): void;
  close(): void;
}
