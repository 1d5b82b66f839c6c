import { damagedParts, difference } from "./damage.ts";
import { type Box, IDENTITY, type Matrix } from "./geometry.ts";
import type { TextInk } from "./ink.ts";
import { type PaintTools, paintDrawing, textInkOf } from "./painter.ts";
import { type Drawing, Plan } from "./plan.ts";

export interface SheetSize {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  /** Device pixels for each pixel of the canvas. */
  readonly scale: number;
}

interface Painted {
  readonly drawing: Drawing;
  readonly size: SheetSize;
  /** Made when the first part is painted. */
  readonly plan: Plan | undefined;
}

/** Paints one sheet again and again: only what differs from the last time where that is less work. */
export class Repainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #tools: PaintTools;
  #textInk: TextInk;
  #last: Painted | undefined;

  constructor(context: CanvasRenderingContext2D, tools: PaintTools) {
    this.#context = context;
    this.#tools = tools;
    this.#textInk = textInkOf(context, tools);
  }

  /** What the pixels show is not what was painted last, or no longer what the drawing means. */
  forget(): void {
    this.#last = undefined;
    this.#textInk = textInkOf(this.#context, this.#tools);
  }

  paint(drawing: Drawing, size: SheetSize): void {
    const { canvas } = this.#context;
    const last = this.#last;
    const isResized = canvas.width !== size.width || canvas.height !== size.height;
    if (isResized || last === undefined || last.size.scale !== size.scale || !this.#paintParts(last, drawing, size)) {
      if (isResized) {
        canvas.width = size.width;
        canvas.height = size.height;
      }
      paintDrawing(this.#context, drawing, this.#tools, size);
      this.#last = { drawing, size, plan: undefined };
    }
  }

  #paintParts(last: Painted, drawing: Drawing, size: SheetSize): boolean {
    const changes = difference(last.drawing, drawing);
    if (changes === undefined) return false;
    if (changes.before.length === 0 && changes.after.length === 0) {
      this.#last = { drawing, size, plan: last.plan };
      return true;
    }
    const base: Matrix = size.scale === 1 ? IDENTITY : [size.scale, 0, 0, size.scale, 0, 0];
    const before = last.plan ?? new Plan(last.drawing, base, this.#textInk);
    const after = new Plan(drawing, base, this.#textInk);
    const parts: readonly Box[] | undefined = damagedParts(changes, { before, after }, size);
    if (parts === undefined) return false;
    for (const box of parts) paintDrawing(this.#context, drawing, this.#tools, size, { plan: after, box });
    this.#last = { drawing, size, plan: after };
    return true;
  }
}
