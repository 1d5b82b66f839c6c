import type { CanvasGradientLook, Dash, Fill, Stroke } from "./look.ts";

/** Sets what a context paints with, and only what differs from the last time: each setting crosses into the browser. */
export class Brush {
  readonly context: CanvasRenderingContext2D;
  #alpha: number | undefined;
  #fill: Fill | undefined;
  #stroke: Stroke | undefined;
  #font: string | undefined;
  #alignX: CanvasTextAlign | undefined;
  #direction: CanvasDirection | undefined;

  constructor(context: CanvasRenderingContext2D) {
    this.context = context;
    context.textBaseline = "alphabetic";
  }

  /** The context was set by someone else, or went back to what it was. */
  forget(): void {
    this.#alpha = undefined;
    this.#fill = undefined;
    this.#stroke = undefined;
    this.#font = undefined;
    this.#alignX = undefined;
    this.#direction = undefined;
  }

  alpha(alpha: number): void {
    if (this.#alpha === alpha) return;
    this.#alpha = alpha;
    this.context.globalAlpha = alpha;
  }

  fill(fill: Fill): void {
    if (this.#fill === fill) return;
    this.#fill = fill;
    this.context.fillStyle = typeof fill === "string" ? fill : gradientOf(this.context, fill);
  }

  /** False for a stroke that draws nothing. */
  stroke(stroke: Stroke): boolean {
    if (stroke.width === 0) return false;
    const before = this.#stroke;
    if (before === stroke) return true;
    const { context } = this;
    this.#stroke = stroke;
    if (before?.color !== stroke.color) context.strokeStyle = stroke.color;
    if (before?.width !== stroke.width) context.lineWidth = stroke.width;
    if (before?.cap !== stroke.cap) context.lineCap = stroke.cap;
    if (before?.join !== stroke.join) context.lineJoin = stroke.join;
    if (before === undefined || !isSameDash(before.dash, stroke.dash)) {
      context.setLineDash(stroke.dash === undefined ? [] : [...stroke.dash.segments]);
      context.lineDashOffset = stroke.dash?.offset ?? 0;
    }
    return true;
  }

  direction(direction: CanvasDirection): void {
    if (this.#direction === direction) return;
    this.#direction = direction;
    this.context.direction = direction;
  }

  text(font: string, alignX: CanvasTextAlign): void {
    if (this.#font !== font) {
      this.#font = font;
      this.context.font = font;
    }
    if (this.#alignX === alignX) return;
    this.#alignX = alignX;
    this.context.textAlign = alignX;
  }
}

/** Many shapes have equal dashes; setting one again costs more than comparing. */
function isSameDash(one: Dash | undefined, other: Dash | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || one.offset !== other.offset) return false;
  return (
    one.segments.length === other.segments.length && one.segments.every((length, at) => length === other.segments[at])
  );
}

const gradients = new WeakMap<CanvasGradientLook, CanvasGradient | string>();

function gradientOf(context: CanvasRenderingContext2D, look: CanvasGradientLook): CanvasGradient | string {
  let gradient = gradients.get(look);
  if (gradient === undefined) {
    gradient = createGradient(context, look);
    gradients.set(look, gradient);
  }
  return gradient;
}

function createGradient(context: CanvasRenderingContext2D, look: CanvasGradientLook): CanvasGradient | string {
  const [x0, y0] = look.from;
  const [x1, y1] = look.to;
  // A line without length has only its far end.
  if (x0 === x1 && y0 === y1) return look.stops.at(-1)?.[1] ?? "transparent";
  const gradient = context.createLinearGradient(x0, y0, x1, y1);
  for (const [offset, color] of look.stops) gradient.addColorStop(offset, color);
  return gradient;
}
