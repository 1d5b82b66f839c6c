import { type Box, type Matrix, mapBox, multiply } from "./geometry.ts";
import { EVERYWHERE, inkOf, type TextInk } from "./ink.ts";
import type { LookOverride } from "./look.ts";
import type { DrawOp } from "./scene.ts";

/** Everything that decides what a sheet looks like, besides what `invalidate` tells of. */
export interface Drawing {
  readonly ops: readonly DrawOp[];
  /** What the state of an element puts over the shapes directly in it. */
  readonly overrides: ReadonlyMap<string, LookOverride | undefined>;
}

/** Device pixels that an edge may touch beyond where it is. */
const EDGE = 2;

/** Where every op of a drawing paints, in device pixels, so that a part of the picture can be painted alone. */
export class Plan {
  /** Four numbers per op: left, top, right, bottom. Of a `push`: everything up to its `pop`, which is everywhere. Empty: left beyond right. */
  readonly #bounds: Float64Array;
  /** Index of the `pop` of each `push`; of anything else its own. */
  readonly #ends: Int32Array;

  constructor({ ops, overrides }: Drawing, base: Matrix, textInk: TextInk) {
    this.#bounds = new Float64Array(4 * ops.length);
    this.#ends = new Int32Array(ops.length);
    const open: { readonly index: number; readonly matrix: Matrix; readonly clip: Box }[] = [];
    let matrix = base;
    let clip = EVERYWHERE;
    for (const [index, op] of ops.entries()) {
      this.#ends[index] = index;
      this.#clear(index);
      if (op.kind === "push") {
        open.push({ index, matrix, clip });
        matrix = multiply(matrix, op.matrix);
        if (op.clip !== undefined) clip = common(clip, onSheet(matrix, op.clip));
      } else if (op.kind === "pop") {
        this.#include(index, EVERYWHERE);
        const group = open.pop();
        if (group === undefined) continue;
        this.#ends[group.index] = index;
        const outer = open.at(-1);
        if (outer !== undefined) this.#include(outer.index, this.boxOf(group.index));
        matrix = group.matrix;
        clip = group.clip;
      } else {
        const over = op.element === undefined ? undefined : overrides.get(op.element);
        const ink = inkOf(op.shape, over, textInk);
        if (ink === undefined) continue;
        const box = common(clip, onSheet(matrix, ink));
        this.#include(index, box);
        const group = open.at(-1);
        if (group !== undefined) this.#include(group.index, box);
      }
    }
  }

  boxOf(index: number): Box {
    const [left = 0, top = 0, right = -1, bottom = -1] = this.#bounds.subarray(4 * index, 4 * index + 4);
    return { left, top, right, bottom };
  }

  isOutside(index: number, part: Box): boolean {
    const bounds = this.#bounds;
    const at = 4 * index;
    // The array is as long as the list.
    return (
      (bounds[at] ?? 0) >= part.right ||
      (bounds[at + 1] ?? 0) >= part.bottom ||
      (bounds[at + 2] ?? 0) <= part.left ||
      (bounds[at + 3] ?? 0) <= part.top
    );
  }

  /** The last op that belongs to this one: of a `push` its `pop`. */
  endOf(index: number): number {
    return this.#ends[index] ?? index;
  }

  #clear(index: number): void {
    this.#bounds[4 * index] = Number.POSITIVE_INFINITY;
    this.#bounds[4 * index + 1] = Number.POSITIVE_INFINITY;
    this.#bounds[4 * index + 2] = Number.NEGATIVE_INFINITY;
    this.#bounds[4 * index + 3] = Number.NEGATIVE_INFINITY;
  }

  #include(index: number, { left, top, right, bottom }: Box): void {
    const bounds = this.#bounds;
    const at = 4 * index;
    bounds[at] = Math.min(bounds[at] ?? 0, left);
    bounds[at + 1] = Math.min(bounds[at + 1] ?? 0, top);
    bounds[at + 2] = Math.max(bounds[at + 2] ?? 0, right);
    bounds[at + 3] = Math.max(bounds[at + 3] ?? 0, bottom);
  }
}

function onSheet(matrix: Matrix, box: Box): Box {
  const { left, top, right, bottom } = mapBox(matrix, box);
  // Infinite times zero is no number; then nobody knows where it is.
  if (Number.isNaN(left + top + right + bottom)) return EVERYWHERE;
  return { left: left - EDGE, top: top - EDGE, right: right + EDGE, bottom: bottom + EDGE };
}

function common(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}
