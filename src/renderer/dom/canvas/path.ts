import type { WireValue } from "../../../protocol/index.ts";
import { readArray, readRecord, readSize } from "../props.ts";
import type { Coordinates } from "./coordinates.ts";
import { around, type Box, boxOf, toRadians, union } from "./geometry.ts";

/** One command with its numbers; angles are in degrees as they came. */
export type PathStep =
  | readonly ["close"]
  | readonly ["move_to", number, number]
  | readonly ["line_to", number, number]
  | readonly ["bezier_to", number, number, number, number, number, number]
  | readonly ["quadratic_to", number, number, number, number]
  | readonly ["arc", number, number, number, number, number]
  | readonly ["arc_to", number, number, number, number, number]
  | readonly ["ellipse", number, number, number, number, number, number, number]
  | readonly ["rounded_rect", number, number, number, number, CornerRadii];

/** Top left, top right, bottom right, bottom left. */
export type CornerRadii = readonly [number, number, number, number];

/** The part of the 2D API that paths need. */
export interface PathTarget {
  closePath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void;
  quadraticCurveTo(x1: number, y1: number, x: number, y: number): void;
  arc(x: number, y: number, radius: number, start: number, end: number, isCounterclockwise: boolean): void;
  arcTo(x1: number, y1: number, x2: number, y2: number, radius: number): void;
  ellipse(
    x: number,
    y: number,
    radiusX: number,
    radiusY: number,
    rotation: number,
    start: number,
    end: number,
    isCounterclockwise: boolean,
  ): void;
  roundRect(x: number, y: number, width: number, height: number, radii: number[]): void;
}

/** Reads `commands`; invalid entries are skipped. */
export function readPath(value: WireValue | undefined, coordinates: Coordinates): readonly PathStep[] {
  const steps: PathStep[] = [];
  for (const entry of readArray(value) ?? []) {
    const step = readStep(entry, coordinates);
    if (step !== undefined) steps.push(step);
  }
  return steps;
}

function readStep(entry: WireValue, coordinates: Coordinates): PathStep | undefined {
  if (entry === "close") return ["close"];
  const list = readArray(entry);
  if (list === undefined) return undefined;
  const name = list[0];
  if (name === "close") return ["close"];
  const [a, b, c, d, e, f, g] = list.slice(1, 8).map((part) => coordinates.read(part, "commands"));
  if (a === undefined || b === undefined) return undefined;
  if (name === "move_to" || name === "line_to") return [name, a, b];
  if (c === undefined || d === undefined) return undefined;
  if (name === "quadratic_to") return [name, a, b, c, d];
  if (name === "rounded_rect") return [name, a, b, c, d, readRadii(list[5])];
  if (e === undefined) return undefined;
  if (name === "arc") return c < 0 ? undefined : [name, a, b, c, d, e];
  if (name === "arc_to") return e < 0 ? undefined : [name, a, b, c, d, e];
  if (f === undefined) return undefined;
  if (name === "bezier_to") return [name, a, b, c, d, e, f];
  if (g === undefined || name !== "ellipse" || c < 0 || d < 0) return undefined;
  return [name, a, b, c, d, e, f, g];
}

/** One radius for all corners, or an object with one for each. */
export function readRadii(value: WireValue | undefined): CornerRadii {
  const all = readSize(value);
  if (all !== undefined) return [all, all, all, all];
  const corners = readRecord(value);
  const corner = (name: string): number => readSize(corners?.[name]) ?? 0;
  return [corner("top_left"), corner("top_right"), corner("bottom_right"), corner("bottom_left")];
}

/** Replays the steps on a path. */
export function trace(target: PathTarget, steps: readonly PathStep[]): void {
  for (const step of steps) {
    switch (step[0]) {
      case "close":
        target.closePath();
        break;
      case "move_to":
        target.moveTo(step[1], step[2]);
        break;
      case "line_to":
        target.lineTo(step[1], step[2]);
        break;
      case "bezier_to":
        target.bezierCurveTo(step[1], step[2], step[3], step[4], step[5], step[6]);
        break;
      case "quadratic_to":
        target.quadraticCurveTo(step[1], step[2], step[3], step[4]);
        break;
      case "arc": {
        const [, x, y, radius, start, end] = step;
        target.arc(x, y, radius, toRadians(start), toRadians(end), end < start);
        break;
      }
      case "arc_to":
        target.arcTo(step[1], step[2], step[3], step[4], step[5]);
        break;
      case "ellipse": {
        const [, x, y, radiusX, radiusY, turn, start, end] = step;
        target.ellipse(x, y, radiusX, radiusY, toRadians(turn), toRadians(start), toRadians(end), end < start);
        break;
      }
      case "rounded_rect":
        target.roundRect(step[1], step[2], step[3], step[4], [...step[5]]);
    }
  }
}

/** The box around all points the steps name, control points and whole circles included. */
export function pathBox(steps: readonly PathStep[]): Box | undefined {
  let box: Box | undefined;
  for (const step of steps) {
    if (step[0] === "close") continue;
    if (step[0] === "arc") box = union(box, around(step[1], step[2], step[3]));
    else if (step[0] === "ellipse") box = union(box, around(step[1], step[2], Math.max(step[3], step[4])));
    else if (step[0] === "rounded_rect") box = union(box, boxOf(step[1], step[2], step[3], step[4]));
    else box = pointsBox(box, step[0] === "arc_to" ? step.slice(1, 5) : step.slice(1));
  }
  return box;
}

function pointsBox(start: Box | undefined, numbers: readonly unknown[]): Box | undefined {
  let box = start;
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    const x = numbers[index];
    const y = numbers[index + 1];
    if (typeof x === "number" && typeof y === "number") box = union(box, around(x, y, 0));
  }
  return box;
}
