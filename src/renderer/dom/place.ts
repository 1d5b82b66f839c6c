/** Where overlays go. Pure: rectangles in, a position out. */

export type Side = "below" | "above" | "left" | "right";
export type Align = "start" | "center" | "end";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PlaceOptions {
  readonly side: Side;
  readonly align: Align;
  readonly gap?: number;
  readonly offset?: { readonly x: number; readonly y: number };
  /** Switch to the opposite side when the content overflows here and fits there. */
  readonly flip?: boolean;
  /** Keep the content inside the bounds. */
  readonly snap?: boolean;
}

const OPPOSITE: Record<Side, Side> = { below: "above", above: "below", left: "right", right: "left" };

/** Top left corner of content of `size` beside `anchor` within `bounds`, and the side it ended up on. */
export function place(
  anchor: Rect,
  size: { readonly width: number; readonly height: number },
  bounds: Rect,
  options: PlaceOptions,
): { readonly x: number; readonly y: number; readonly side: Side } {
  let side = options.side;
  let position = beside(anchor, size, side, options);
  if (options.flip === true && overflows(position, size, bounds, side)) {
    const other = beside(anchor, size, OPPOSITE[side], options);
    if (!overflows(other, size, bounds, OPPOSITE[side])) {
      side = OPPOSITE[side];
      position = other;
    }
  }
  if (options.snap === true) {
    position = {
      x: clampInto(position.x, size.width, bounds.x, bounds.width),
      y: clampInto(position.y, size.height, bounds.y, bounds.height),
    };
  }
  return { ...position, side };
}

function beside(
  anchor: Rect,
  size: { readonly width: number; readonly height: number },
  side: Side,
  options: PlaceOptions,
): { readonly x: number; readonly y: number } {
  const gap = options.gap ?? 0;
  const offset = options.offset ?? { x: 0, y: 0 };
  const isVertical = side === "below" || side === "above";
  const along = isVertical
    ? aligned(anchor.x, anchor.width, size.width, options.align)
    : aligned(anchor.y, anchor.height, size.height, options.align);
  let x = along;
  let y = along;
  if (side === "below") y = anchor.y + anchor.height + gap;
  else if (side === "above") y = anchor.y - gap - size.height;
  else if (side === "right") x = anchor.x + anchor.width + gap;
  else x = anchor.x - gap - size.width;
  return { x: x + offset.x, y: y + offset.y };
}

function aligned(start: number, length: number, size: number, align: Align): number {
  if (align === "start") return start;
  return align === "end" ? start + length - size : start + (length - size) / 2;
}

function overflows(
  position: { readonly x: number; readonly y: number },
  size: { readonly width: number; readonly height: number },
  bounds: Rect,
  side: Side,
): boolean {
  if (side === "below") return position.y + size.height > bounds.y + bounds.height;
  if (side === "above") return position.y < bounds.y;
  if (side === "right") return position.x + size.width > bounds.x + bounds.width;
  return position.x < bounds.x;
}

/** Content larger than the bounds shows its start. */
function clampInto(position: number, size: number, start: number, length: number): number {
  return Math.max(start, Math.min(position, start + length - size));
}
