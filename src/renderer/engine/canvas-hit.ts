// Which interactive group of a canvas lies under a point: the last one drawn whose region contains it. Layers are drawn in the
// order of their names, and other children beside them are not. A group's region is its `hit_rect`, else the box around what is drawn inside. The point is mapped backwards through the groups' transforms.

import type { WireNode, WireValue } from "../../protocol/index.ts";
import { booleanField, field, numberField, textField } from "./record.ts";

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** `[a, b, c, d, e, f]`: x' = a·x + c·y + e, y' = b·x + d·y + f. */
type Matrix = readonly [number, number, number, number, number, number];

const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0];
/** Half a pixel around every region, so that lines and borders can be hit. */
const SLACK = 0.5;

/** The wire id of the element at a point in the canvas's pixels. */
export function elementAt(canvas: WireNode, x: number, y: number): string | undefined {
  const layers = canvas.children.filter((child) => child.type === "__layer__");
  if (layers.length === 0) return hit(canvas.children, IDENTITY, [], x, y);
  const names = new Map(layers.map((layer) => [layer, bytesOf(textField(layer.props, "name") ?? layer.id)]));
  // Of equal names the later one is drawn above.
  const sorted = [...layers].sort((one, other) => compareBytes(names.get(one) ?? [], names.get(other) ?? []));
  for (const layer of sorted.reverse()) {
    const found = hit(layer.children, IDENTITY, [], x, y);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Code points have the order of their UTF-8 bytes. */
function bytesOf(name: string): readonly number[] {
  return [...name].map((character) => character.codePointAt(0) ?? 0);
}

function compareBytes(one: readonly number[], other: readonly number[]): number {
  for (const [index, value] of one.entries()) {
    const difference = value - (other[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

type Clip = { readonly box: Box; readonly matrix: Matrix };

function hit(
  nodes: readonly WireNode[],
  outer: Matrix,
  clips: readonly Clip[],
  x: number,
  y: number,
): string | undefined {
  for (let index = nodes.length - 1; index >= 0; index -= 1) {
    const node = nodes[index];
    if (node?.type !== "group") continue;
    const matrix = transformed(outer, field(node.props, "transforms"));
    const clip = clipOf(node);
    const inside = clip === undefined ? clips : [...clips, { box: clip, matrix }];
    const found = hit(node.children, matrix, inside, x, y);
    if (found !== undefined) return found;
    if (!isHittable(node)) continue;
    const region = hitRect(node) ?? childrenBox(node.children, IDENTITY);
    if (region !== undefined && contains(region, matrix, x, y, SLACK) && isInside(inside, x, y)) return node.id;
  }
  return undefined;
}

function isInside(clips: readonly Clip[], x: number, y: number): boolean {
  return clips.every((clip) => contains(clip.box, clip.matrix, x, y, 0));
}

function isHittable(node: WireNode): boolean {
  if (node.type !== "group" || node.id === "" || node.id.startsWith("__")) return false;
  return ["on_click", "on_hover", "draggable"].some((name) => booleanField(node.props, name) === true);
}

function contains(box: Box, matrix: Matrix, x: number, y: number, slack: number): boolean {
  const [a, b, c, d, e, f] = matrix;
  const determinant = a * d - b * c;
  if (determinant === 0) return false;
  const localX = (d * (x - e) - c * (y - f)) / determinant;
  const localY = (a * (y - f) - b * (x - e)) / determinant;
  return (
    localX >= box.left - slack &&
    localX <= box.right + slack &&
    localY >= box.top - slack &&
    localY <= box.bottom + slack
  );
}

function transformed(outer: Matrix, transforms: WireValue | undefined): Matrix {
  if (!Array.isArray(transforms)) return outer;
  let matrix = outer;
  for (const transform of transforms) matrix = multiply(matrix, matrixOf(transform));
  return matrix;
}

function matrixOf(transform: WireValue): Matrix {
  switch (textField(transform, "type")) {
    case "translate":
      return [1, 0, 0, 1, numberField(transform, "x") ?? 0, numberField(transform, "y") ?? 0];
    case "rotate": {
      const angle = ((numberField(transform, "angle") ?? 0) * Math.PI) / 180;
      return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0];
    }
    case "scale": {
      const factor = numberField(transform, "factor") ?? 1;
      return [numberField(transform, "x") ?? factor, 0, 0, numberField(transform, "y") ?? factor, 0, 0];
    }
    default:
      return IDENTITY;
  }
}

function multiply(left: Matrix, right: Matrix): Matrix {
  const [a, b, c, d, e, f] = left;
  const [g, h, i, j, k, l] = right;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

function rectOf(value: WireValue | undefined): Box | undefined {
  const width = numberField(value, "w");
  const height = numberField(value, "h");
  if (width === undefined || height === undefined) return undefined;
  return boxOf(numberField(value, "x") ?? 0, numberField(value, "y") ?? 0, width, height);
}

/** A negative size reaches to the other side. */
function boxOf(x: number, y: number, width: number, height: number): Box {
  return union(around(x, y, 0), around(x + width, y + height, 0)) ?? around(x, y, 0);
}

function hitRect(node: WireNode): Box | undefined {
  return rectOf(field(node.props, "hit_rect"));
}

/** All four members are required. */
function clipOf(node: WireNode): Box | undefined {
  const clip = field(node.props, "clip");
  const hasPlace = numberField(clip, "x") !== undefined && numberField(clip, "y") !== undefined;
  return hasPlace ? rectOf(clip) : undefined;
}

/** The box around all shapes in the coordinates of their group. */
function childrenBox(nodes: readonly WireNode[], matrix: Matrix): Box | undefined {
  let box: Box | undefined;
  for (const node of nodes) {
    const inner =
      node.type === "group"
        ? childrenBox(node.children, transformed(matrix, field(node.props, "transforms")))
        : mapped(shapeBox(node), matrix);
    box = union(box, inner);
  }
  return box;
}

function shapeBox(node: WireNode): Box | undefined {
  const number = (name: string): number => numberField(node.props, name) ?? 0;
  switch (node.type) {
    case "rect":
    case "image":
    case "svg":
      return boxOf(number("x"), number("y"), number("w"), number("h"));
    case "circle":
      return around(number("x"), number("y"), Math.max(0, number("r")));
    case "line":
      return union(around(number("x1"), number("y1"), 0), around(number("x2"), number("y2"), 0));
    case "text": {
      const size = numberField(node.props, "size") ?? 16;
      const lines = (textField(node.props, "content") ?? "").split(/\r\n|\n|\r/);
      const width = 0.6 * size * lines.reduce((count, line) => count + [...line].length, 0);
      return { left: number("x"), top: number("y") - size, right: number("x") + width, bottom: number("y") };
    }
    case "path":
      return pathBox(field(node.props, "commands"));
    default:
      return undefined;
  }
}

/** The box around all points a path names, control points included. */
function pathBox(commands: WireValue | undefined): Box | undefined {
  if (!Array.isArray(commands)) return undefined;
  let box: Box | undefined;
  for (const command of commands) {
    if (!Array.isArray(command)) continue;
    const numbers = command.slice(1).filter((item: unknown): item is number => typeof item === "number");
    const [first = 0, second = 0, third = 0, fourth = 0] = numbers;
    if (command[0] === "arc") box = union(box, around(first, second, third));
    else if (command[0] === "ellipse") box = union(box, around(first, second, Math.max(third, fourth)));
    else if (command[0] === "rounded_rect") {
      box = union(box, boxOf(first, second, third, fourth));
    } else {
      const points = command[0] === "arc_to" ? numbers.slice(0, 4) : numbers;
      for (let index = 0; index + 1 < points.length; index += 2) {
        box = union(box, around(points[index] ?? 0, points[index + 1] ?? 0, 0));
      }
    }
  }
  return box;
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function union(left: Box | undefined, right: Box | undefined): Box | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return {
    left: Math.min(left.left, right.left),
    top: Math.min(left.top, right.top),
    right: Math.max(left.right, right.right),
    bottom: Math.max(left.bottom, right.bottom),
  };
}

function mapped(box: Box | undefined, [a, b, c, d, e, f]: Matrix): Box | undefined {
  if (box === undefined) return undefined;
  const point = (x: number, y: number): Box => around(a * x + c * y + e, b * x + d * y + f, 0);
  return union(
    union(point(box.left, box.top), point(box.right, box.top)),
    union(point(box.left, box.bottom), point(box.right, box.bottom)),
  );
}
