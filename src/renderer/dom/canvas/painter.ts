import { Brush } from "./brush.ts";
import { type Box, boxOf, IDENTITY, type Matrix, multiply, toRadians, union } from "./geometry.ts";
import type { TextInk } from "./ink.ts";
import { type Look, type LookOverride, overrideLook } from "./look.ts";
import { trace } from "./path.ts";
import type { Drawing, Plan } from "./plan.ts";
import {
  type BitmapShape,
  type BitmapSource,
  LINE_HEIGHT,
  type PathShape,
  type Shape,
  type TextShape,
} from "./shape.ts";

/** What painting needs besides the drawing itself. */
export interface PaintTools {
  /** CSS family list for a shape's font. */
  fontFamily(font: string | undefined): string;
  /** The decoded picture, when there is one. */
  bitmap(source: BitmapSource): CanvasImageSource | undefined;
}

/** What one call of `paintDrawing` works with. */
interface Pass {
  readonly brush: Brush;
  readonly context: CanvasRenderingContext2D;
  readonly tools: PaintTools;
  /** Of each family and size. */
  readonly metrics: Map<string, LineMetrics>;
  /** Of the text before: neighbours have the same font as a rule. */
  last?: { readonly name: string | undefined; readonly size: number; readonly metrics: LineMetrics };
}

interface LineMetrics {
  readonly font: string;
  readonly ascent: number;
  readonly descent: number;
}

/** A part of a sheet, in whole device pixels. */
export interface Part {
  readonly plan: Plan;
  readonly box: Box;
}

/** As many as a layer can have. */
const MAX_MEASURED_TEXTS = 10_000;

// Shapes are made once for the same props, so what was traced stays valid.
const outlines = new WeakMap<PathShape, Path2D>();

/** Paints all of a sheet, or everything that a part of it shows. Nothing of what was there before stays. */
export function paintDrawing(
  context: CanvasRenderingContext2D,
  drawing: Drawing,
  tools: PaintTools,
  { width, height, scale }: { readonly width: number; readonly height: number; readonly scale: number },
  part?: Part,
): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  if (part !== undefined) {
    context.save();
    clipTo(context, part.box);
  }
  context.clearRect(0, 0, width, height);
  paintOps(context, drawing, tools, scale === 1 ? IDENTITY : [scale, 0, 0, scale, 0, 0], part);
  if (part !== undefined) context.restore();
}

function paintOps(
  context: CanvasRenderingContext2D,
  { ops, overrides }: Drawing,
  tools: PaintTools,
  base: Matrix,
  part: Part | undefined,
): void {
  const brush = new Brush(context);
  // Measuring costs more than drawing. Kept for one call only, because a font may come in late.
  const pass: Pass = { brush, context, tools, metrics: new Map() };
  let matrix = base;
  const outer: { readonly matrix: Matrix; readonly isClipped: boolean }[] = [];
  context.setTransform(...matrix);
  for (let index = 0; index < ops.length; index += 1) {
    if (part?.plan.isOutside(index, part.box) === true) {
      index = part.plan.endOf(index);
      continue;
    }
    const op = ops[index];
    if (op === undefined) continue;
    if (op.kind === "shape") {
      const over = op.element === undefined ? undefined : overrides.get(op.element);
      paintShape(pass, op.shape, op.opacity, over);
    } else if (op.kind === "push") {
      outer.push({ matrix, isClipped: op.clip !== undefined });
      // Only a clip cannot be taken back without going back to a state that was kept.
      if (op.clip !== undefined) context.save();
      matrix = multiply(matrix, op.matrix);
      context.setTransform(...matrix);
      if (op.clip !== undefined) clipTo(context, op.clip);
    } else {
      const before = outer.pop();
      if (before === undefined) continue;
      matrix = before.matrix;
      if (before.isClipped) {
        context.restore();
        brush.forget();
      } else context.setTransform(...matrix);
    }
  }
}

function clipTo(context: CanvasRenderingContext2D, box: Box): void {
  context.beginPath();
  context.rect(box.left, box.top, box.right - box.left, box.bottom - box.top);
  context.clip();
}

function paintShape(pass: Pass, shape: Shape, opacity: number, over: LookOverride | undefined): void {
  const { brush, context } = pass;
  if (shape.kind === "text" || shape.kind === "bitmap") {
    const alpha = opacity * (over?.opacity ?? shape.opacity);
    if (alpha === 0) return;
    brush.alpha(alpha);
    if (shape.kind === "text") paintText(pass, shape);
    else paintBitmap(pass, shape);
    return;
  }
  const look = over === undefined ? shape.look : overrideLook(shape.look, over, shape.kind !== "line");
  const { fill, stroke } = look;
  const alpha = opacity * look.opacity;
  if (alpha === 0) return;
  brush.alpha(alpha);
  if (fill !== undefined) brush.fill(fill);
  const hasStroke = stroke !== undefined && brush.stroke(stroke);
  switch (shape.kind) {
    case "rect":
      if (fill !== undefined) context.fillRect(shape.x, shape.y, shape.width, shape.height);
      if (hasStroke) context.strokeRect(shape.x, shape.y, shape.width, shape.height);
      return;
    case "circle":
      context.beginPath();
      context.arc(shape.x, shape.y, shape.radius, 0, 2 * Math.PI);
      if (fill !== undefined) context.fill();
      if (hasStroke) context.stroke();
      return;
    case "line":
      if (!hasStroke) return;
      context.beginPath();
      context.moveTo(shape.x1, shape.y1);
      context.lineTo(shape.x2, shape.y2);
      context.stroke();
      return;
    case "path":
      paintPath(context, shape, look, hasStroke);
  }
}

function paintPath(context: CanvasRenderingContext2D, shape: PathShape, look: Look, hasStroke: boolean): void {
  const outline = outlineOf(shape);
  if (look.fill !== undefined) context.fill(outline, look.rule);
  if (hasStroke) context.stroke(outline);
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

function paintText(pass: Pass, shape: TextShape): void {
  if (shape.size === 0) return;
  let baseline = firstBaseline(pass, shape);
  const { brush, context } = pass;
  brush.fill(shape.color);
  for (const [index, text] of shape.lines.entries()) {
    brush.direction(shape.directions[index] ?? "ltr");
    context.fillText(text, shape.x, baseline);
    baseline += shape.size * LINE_HEIGHT;
  }
}

/** Sets the font. The boxes of the lines, not the glyphs, are aligned to the anchor. */
function firstBaseline(pass: Pass, shape: TextShape): number {
  const { ascent, descent, font } = metricsOf(pass, shape);
  pass.brush.text(font, shape.alignX);
  const lineHeight = shape.size * LINE_HEIGHT;
  const height = lineHeight * shape.lines.length;
  const top = shape.y - (shape.alignY === "top" ? 0 : shape.alignY === "center" ? height / 2 : height);
  return top + (lineHeight - ascent - descent) / 2 + ascent;
}

/** Measures texts as they are painted on the context, and remembers. To be made anew when fonts change. */
export function textInkOf(context: CanvasRenderingContext2D, tools: PaintTools): TextInk {
  const byShape = new WeakMap<TextShape, Box>();
  // Equal texts at other places are most of what comes new.
  const byText = new Map<string, Box>();
  return (shape) => {
    const before = byShape.get(shape);
    if (before !== undefined) return before;
    const { alignX, alignY, font, size, x, y } = shape;
    const key = JSON.stringify([shape.lines, alignX, alignY, size, font]);
    let ink = byText.get(key);
    if (ink === undefined) {
      ink = measured({ brush: new Brush(context), context, tools, metrics: new Map() }, { ...shape, x: 0, y: 0 });
      if (byText.size >= MAX_MEASURED_TEXTS) byText.clear();
      byText.set(key, ink);
    }
    const box = { left: ink.left + x, top: ink.top + y, right: ink.right + x, bottom: ink.bottom + y };
    byShape.set(shape, box);
    return box;
  };
}

function measured(pass: Pass, shape: TextShape): Box {
  let baseline = firstBaseline(pass, shape);
  let box = boxOf(0, 0, 0, 0);
  for (const [index, text] of shape.lines.entries()) {
    pass.brush.direction(shape.directions[index] ?? "ltr");
    const ink = pass.context.measureText(text);
    const line = {
      left: -ink.actualBoundingBoxLeft,
      top: baseline - ink.actualBoundingBoxAscent,
      right: ink.actualBoundingBoxRight,
      bottom: baseline + ink.actualBoundingBoxDescent,
    };
    box = union(box, line) ?? box;
    baseline += shape.size * LINE_HEIGHT;
  }
  return box;
}

function metricsOf(pass: Pass, { font: name, size }: TextShape): LineMetrics {
  const { last } = pass;
  if (last !== undefined && last.name === name && last.size === size) return last.metrics;
  const font = `${size}px ${pass.tools.fontFamily(name)}`;
  let metrics = pass.metrics.get(font);
  if (metrics === undefined) {
    pass.brush.text(font, "left");
    const { fontBoundingBoxAscent: ascent, fontBoundingBoxDescent: descent } = pass.context.measureText("x");
    metrics = { font, ascent, descent };
    pass.metrics.set(font, metrics);
  }
  pass.last = { name, size, metrics };
  return metrics;
}

function paintBitmap({ context, tools }: Pass, shape: BitmapShape): void {
  const { x, y, width, height, rotation } = shape;
  if (width === 0 || height === 0) return;
  const bitmap = tools.bitmap(shape.source);
  if (bitmap === undefined) return;
  // The same state comes back, so the brush stays right.
  context.save();
  context.translate(x + width / 2, y + height / 2);
  context.rotate(toRadians(rotation));
  context.drawImage(bitmap, -width / 2, -height / 2, width, height);
  context.restore();
}
