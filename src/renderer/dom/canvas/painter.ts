import { toRadians } from "./geometry.ts";
import { type CanvasGradientLook, type Look, type LookOverride, overrideLook, type Stroke } from "./look.ts";
import { trace } from "./path.ts";
import type { Layer } from "./scene.ts";
import {
  type BitmapShape,
  type BitmapSource,
  LINE_HEIGHT,
  type PathShape,
  type Shape,
  type TextShape,
} from "./shape.ts";

/** What painting needs besides the layer itself. */
export interface PaintTools {
  /** What the state of an element puts over the shapes directly in it. */
  overrideOf(elementId: string): LookOverride | undefined;
  /** CSS family list for a shape's font. */
  fontFamily(font: string | undefined): string;
  /** The decoded picture, when there is one. */
  bitmap(source: BitmapSource): CanvasImageSource | undefined;
}

/** What one call of `paintLayer` works with. */
interface Pass {
  readonly tools: PaintTools;
  readonly metrics: Map<string, LineMetrics>;
}

interface LineMetrics {
  readonly ascent: number;
  readonly descent: number;
}

// Shapes are made once for the same props, so what was traced stays valid.
const outlines = new WeakMap<PathShape, Path2D>();

/** Paints a layer on a context whose unit is a canvas pixel. */
export function paintLayer(context: CanvasRenderingContext2D, layer: Layer, tools: PaintTools): void {
  // Measuring costs more than drawing. Kept for one call only, because a font may come in late.
  const pass: Pass = { tools, metrics: new Map() };
  for (const op of layer.ops) {
    if (op.kind === "push") {
      context.save();
      context.transform(...op.matrix);
      if (op.clip !== undefined) clipTo(context, op.clip);
    } else if (op.kind === "pop") {
      context.restore();
    } else {
      const over = op.element === undefined ? undefined : tools.overrideOf(op.element);
      paintShape(context, op.shape, op.opacity, over, pass);
    }
  }
}

function clipTo(
  context: CanvasRenderingContext2D,
  box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number },
): void {
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
}

function paintShape(
  context: CanvasRenderingContext2D,
  shape: Shape,
  opacity: number,
  over: LookOverride | undefined,
  { tools, metrics }: Pass,
): void {
  if (shape.kind === "text") {
    context.globalAlpha = opacity * (over?.opacity ?? shape.opacity);
    paintText(context, shape, tools.fontFamily(shape.font), metrics);
    return;
  }
  if (shape.kind === "bitmap") {
    context.globalAlpha = opacity * (over?.opacity ?? shape.opacity);
    const bitmap = tools.bitmap(shape.source);
    if (bitmap !== undefined) paintBitmap(context, shape, bitmap);
    return;
  }
  const look = overrideLook(shape.look, over, shape.kind !== "line");
  context.globalAlpha = opacity * look.opacity;
  if (context.globalAlpha === 0) return;
  switch (shape.kind) {
    case "rect":
      if (setFill(context, look)) context.fillRect(shape.x, shape.y, shape.width, shape.height);
      if (setStroke(context, look.stroke)) context.strokeRect(shape.x, shape.y, shape.width, shape.height);
      return;
    case "circle":
      context.beginPath();
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      if (setFill(context, look)) context.fill(look.rule);
      if (setStroke(context, look.stroke)) context.stroke();
      return;
    case "line":
      if (!setStroke(context, look.stroke)) return;
      context.beginPath();
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
      context.stroke();
      return;
    case "path": {
      const outline = outlineOf(shape);
      if (setFill(context, look)) context.fill(outline, look.rule);
      if (setStroke(context, look.stroke)) context.stroke(outline);
    }
  }
}

function outlineOf(shape: PathShape): Path2D {
  let outline = outlines.get(shape);
  if (outline === undefined) {
    outline = new Path2D();
    trace(outline, shape.steps);
    outlines.set(shape, outline);
  }
  return outline;
}

function setFill(context: CanvasRenderingContext2D, { fill }: Look): boolean {
  if (fill === undefined) return false;
  context.fillStyle = typeof fill === "string" ? fill : gradientOf(context, fill);
  return true;
}

function gradientOf(context: CanvasRenderingContext2D, look: CanvasGradientLook): CanvasGradient | string {
  const [x0, y0] = look.from;
  const [x1, y1] = look.to;
  // A line without length has only its far end.
  if (x0 === x1 && y0 === y1) return look.stops.at(-1)?.[1] ?? "transparent";
  const gradient = context.createLinearGradient(x0, y0, x1, y1);
  for (const [offset, color] of look.stops) gradient.addColorStop(offset, color);
  return gradient;
}

function setStroke(context: CanvasRenderingContext2D, stroke: Stroke | undefined): boolean {
  if (stroke === undefined || stroke.width === 0) return false;
  context.strokeStyle = stroke.color;
  context.lineWidth = stroke.width;
  context.lineCap = stroke.cap;
  context.lineJoin = stroke.join;
  context.setLineDash(stroke.dash === undefined ? [] : [...stroke.dash.segments]);
  context.lineDashOffset = stroke.dash?.offset ?? 0;
  return true;
}

/** The boxes of the lines, not the glyphs, are aligned to the anchor. */
function paintText(
  context: CanvasRenderingContext2D,
  shape: TextShape,
  family: string,
  metrics: Map<string, LineMetrics>,
): void {
  if (shape.size === 0) return;
  const font = `${shape.size}px ${family}`;
  context.font = font;
  context.fillStyle = shape.color;
  context.textAlign = shape.alignX;
  context.textBaseline = "alphabetic";
  let line = metrics.get(font);
  if (line === undefined) {
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = context.measureText("x");
    line = { ascent, descent };
    metrics.set(font, line);
  }
  const { ascent, descent } = line;
  const lineHeight = shape.size * LINE_HEIGHT;
  const height = lineHeight * shape.lines.length;
  const top = shape.y - (shape.alignY === "top" ? 0 : shape.alignY === "center" ? height / 2 : height);
  const baseline = top + (lineHeight - ascent - descent) / 2 + ascent;
  for (const [index, text] of shape.lines.entries()) context.fillText(text, shape.x, baseline + index * lineHeight);
}

function paintBitmap(context: CanvasRenderingContext2D, shape: BitmapShape, bitmap: CanvasImageSource): void {
  const { x, y, width, height, rotation } = shape;
  if (width === 0 || height === 0) return;
  context.save();
  context.translate(x + width / 2, y + height / 2);
  context.rotate(toRadians(rotation));
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
  context.restore();
}
