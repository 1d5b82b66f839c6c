import type { WireValue } from "../../../protocol/index.ts";
import { readArray, readNumber, readRecord } from "../props.ts";
import type { Coordinates } from "./coordinates.ts";

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `[a, b, c, d, e, f]`: x' = a·x + c·y + e, y' = b·x + d·y + f. */
export type Matrix = readonly [number, number, number, number, number, number];

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];

/** What `right` does first, `left` does to the result. */
export function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d, e, f] = left;
  const [g, h, i, j, k, l] = right;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** `undefined` for a matrix that flattens everything. */
export function invert([a, b, c, d, e, f]: Matrix): Matrix | undefined {
  const determinant = a * d - b * c;
  if (determinant === 0 || !Number.isFinite(determinant)) return undefined;
  const scale = 1 / determinant;
  return [d * scale, -b * scale, -c * scale, a * scale, (c * f - d * e) * scale, (b * e - a * f) * scale];
}

export function mapPoint([a, b, c, d, e, f]: Matrix, x: number, y: number): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** The upright box around a mapped box. */
export function mapBox(matrix: Matrix, { left, top, right, bottom }: Box): Box {
  const [a, b, c, d, e, f] = matrix;
  const xs = minMax(a * left, a * right);
  const ys = minMax(d * top, d * bottom);
  const xShift = minMax(c * top, c * bottom);
  const yShift = minMax(b * left, b * right);
  return {
    left: xs.min + xShift.min + e,
    top: ys.min + yShift.min + f,
    right: xs.max + xShift.max + e,
    bottom: ys.max + yShift.max + f,
  };
}

function minMax(one: number, other: number): { readonly min: number; readonly max: number } {
  return one < other ? { min: one, max: other } : { min: other, max: one };
}

export function contains(box: Box, point: Point, slack: number): boolean {
  return (
    point.x >= box.left - slack &&
    point.x <= box.right + slack &&
    point.y >= box.top - slack &&
    point.y <= box.bottom + slack
  );
}

export function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

export function union(one: Box | undefined, other: Box | undefined): Box | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}

/** `{x?, y?, w, h}`; a negative size reaches to the other side. */
export function readBox(value: WireValue | undefined, prop: string, coordinates: Coordinates): Box | undefined {
  const record = readRecord(value);
  const width = coordinates.read(record?.["w"], prop);
  const height = coordinates.read(record?.["h"], prop);
  if (width === undefined || height === undefined) return undefined;
  return boxOf(coordinates.read(record?.["x"], prop) ?? 0, coordinates.read(record?.["y"], prop) ?? 0, width, height);
}

export function boxOf(x: number, y: number, width: number, height: number): Box {
  return {
    left: Math.min(x, x + width),
    top: Math.min(y, y + height),
    right: Math.max(x, x + width),
    bottom: Math.max(y, y + height),
  };
}

/** A group's `transforms`, applied to its children's coordinates in the order of the list. Entries nobody knows do nothing. */
export function readTransforms(value: WireValue | undefined, coordinates: Coordinates): Matrix {
  let matrix = IDENTITY;
  for (const entry of readArray(value) ?? []) {
    const step = stepOf(entry, coordinates);
    if (step !== undefined) matrix = multiply(matrix, step);
  }
  return matrix;
}

function stepOf(entry: WireValue, coordinates: Coordinates): Matrix | undefined {
  const transform = readRecord(entry);
  const number = (name: string): number | undefined => readNumber(transform?.[name]);
  switch (transform?.["type"]) {
    case "translate":
      return [
        1,
        0,
        0,
        1,
        coordinates.read(transform["x"], "transforms") ?? 0,
        coordinates.read(transform["y"], "transforms") ?? 0,
      ];
    case "rotate":
      return rotation(number("angle") ?? 0);
    case "scale": {
      const factor = number("factor") ?? 1;
      return [number("x") ?? factor, 0, 0, number("y") ?? factor, 0, 0];
    }
    default:
      return undefined;
  }
}

/** Clockwise on the screen. */
function rotation(degrees: number): Matrix {
  const radians = toRadians(degrees);
  const cos = Math.cos(radians);
  const sin = Math.sin(radians);
  return [cos, sin, -sin, cos, 0, 0];
}

export function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
