import { around, type Box, boxOf, union } from "./geometry.ts";
import { type Look, type LookOverride, overrideLook } from "./look.ts";
import { pathBox } from "./path.ts";
import type { PathShape, Shape, TextShape } from "./shape.ts";

/** Where the glyphs of a text are; what only the browser knows. */
export type TextInk = (shape: TextShape) => Box;

export const EVERYWHERE: Box = {
  left: Number.NEGATIVE_INFINITY,
  top: Number.NEGATIVE_INFINITY,
  right: Number.POSITIVE_INFINITY,
  bottom: Number.POSITIVE_INFINITY,
};

/** The 2D API lets the point of a sharp corner reach that far, as a multiple of half the width. */
const MITER_LIMIT = 10;

const boxes = new WeakMap<PathShape, Box | undefined>();

/**
 * A box around everything that painting a shape can touch, in the coordinates of the shape; stroke included, smoothed edges not.
 * `undefined`: it paints nothing. Never too small.
 */
export function inkOf(shape: Shape, over: LookOverride | undefined, textInk: TextInk): Box | undefined {
  switch (shape.kind) {
    case "rect":
      return grown(boxOf(shape.x, shape.y, shape.width, shape.height), strokeOf(shape.look, over, true));
    case "circle":
      return grown(around(shape.x, shape.y, shape.radius), strokeOf(shape.look, over, true) / 2);
    case "line": {
      // Square ends reach out diagonally.
      const reach = strokeOf(shape.look, over, false);
      return {
        left: Math.min(shape.x1, shape.x2) - reach,
        top: Math.min(shape.y1, shape.y2) - reach,
        right: Math.max(shape.x1, shape.x2) + reach,
        bottom: Math.max(shape.y1, shape.y2) + reach,
      };
    }
    case "path": {
      const box = boxOfPath(shape);
      const width = strokeOf(shape.look, over, true);
      return box === undefined
        ? undefined
        : grown(box, hasPoints(shape.look, over) ? (width * MITER_LIMIT) / 2 : width);
    }
    case "text":
      return shape.size === 0 ? undefined : textInk(shape);
    case "bitmap": {
      const { x, y, width, height } = shape;
      if (shape.rotation === 0) return boxOf(x, y, width, height);
      return around(x + width / 2, y + height / 2, Math.hypot(width, height) / 2);
    }
  }
}

function strokeOf(look: Look, over: LookOverride | undefined, hasInside: boolean): number {
  return overrideLook(look, over, hasInside).stroke?.width ?? 0;
}

function hasPoints(look: Look, over: LookOverride | undefined): boolean {
  return overrideLook(look, over, true).stroke?.join === "miter";
}

function boxOfPath(shape: PathShape): Box | undefined {
  if (boxes.has(shape)) return boxes.get(shape);
  // Where an `arc_to` touches its lines can be far beyond the points it names.
  const isOpen = shape.steps.some(([name]) => name === "arc_to");
  const box = isOpen ? EVERYWHERE : union(pathBox(shape.steps), undefined);
  boxes.set(shape, box);
  return box;
}

function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}
