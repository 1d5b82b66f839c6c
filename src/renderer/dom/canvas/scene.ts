import { MAX_CANVAS_SHAPES, type WireProps } from "../../../protocol/index.ts";
import type { DrawnNode } from "../drawn.ts";
import { readRecord, readString } from "../props.ts";
import {
  type Box,
  boxOf,
  contains,
  IDENTITY,
  invert,
  type Matrix,
  mapBox,
  mapPoint,
  multiply,
  type Point,
  readBox,
  readTransforms,
  union,
} from "./geometry.ts";
import { isInteractive, REACTIONS } from "./interactive.ts";
import { readOpacity } from "./look.ts";
import { type Shape, seenBox, shapeBox, shapeOf } from "./shape.ts";

/** What a layer is painted from, in order. `push` and `pop` bracket what is drawn in a group's coordinates. */
export type DrawOp =
  | { readonly kind: "push"; readonly matrix: Matrix; readonly clip: Box | undefined }
  | { readonly kind: "pop" }
  | {
      readonly kind: "shape";
      readonly shape: Shape;
      /** The interactive group it lies in directly: that one's state changes its look. */
      readonly element: string | undefined;
      /** Of all groups around it. */
      readonly opacity: number;
    };

/** An interactive group. */
export interface CanvasElement {
  readonly id: string;
  readonly node: DrawnNode;
  readonly props: WireProps;
  readonly layer: Layer;
  /** The interactive group around it. */
  readonly parent: CanvasElement | undefined;
  /** From its own coordinates to the canvas's. */
  readonly matrix: Matrix;
  readonly inverse: Matrix | undefined;
  readonly clips: readonly Clip[];
  /** In its own coordinates. Absent for a group with nothing in it. */
  readonly region: Box | undefined;
  /** Where it is seen, in its own coordinates: what the focus ring goes around. */
  readonly frame: Box | undefined;
  /** The pointer can find it. */
  readonly isHittable: boolean;
}

export interface Clip {
  readonly box: Box;
  readonly inverse: Matrix | undefined;
}

export interface Layer {
  readonly name: string;
  readonly ops: readonly DrawOp[];
  readonly elements: readonly CanvasElement[];
  /** Some shapes are left out, because there are too many. */
  readonly isCut: boolean;
}

export interface Scene {
  /** Bottom first. */
  readonly layers: readonly Layer[];
  /** Bottom first, groups before what is in them. */
  readonly elements: readonly CanvasElement[];
}

export const EMPTY_SCENE: Scene = { layers: [], elements: [] };

/** Half a pixel around every region, so that lines and borders can be hit. */
const SLACK = 0.5;

/** Makes scenes; layers without changes are the same objects as before. */
export class SceneBuilder {
  #layers = new Map<DrawnNode, Layer>();

  build(children: readonly DrawnNode[], changed: ReadonlySet<DrawnNode> | "all"): Scene {
    const sources = children.filter((child) => child.type === "__layer__");
    const before = this.#layers;
    this.#layers = new Map();
    if (sources.length === 0) {
      if (children.length === 0) return EMPTY_SCENE;
      const layer = buildLayer("default", children);
      return { layers: [layer], elements: layer.elements };
    }
    for (const source of sources) {
      const kept = changed === "all" || changed.has(source) ? undefined : before.get(source);
      this.#layers.set(source, kept ?? buildLayer(readString(source.props["name"]) ?? "", source.children));
    }
    const layers = [...this.#layers.values()].sort((one, other) => compareBytes(one.name, other.name));
    return { layers, elements: layers.flatMap((layer) => layer.elements) };
  }
}

/** The topmost element at a point of the canvas. */
export function elementAt(scene: Scene, x: number, y: number): CanvasElement | undefined {
  for (let index = scene.elements.length - 1; index >= 0; index -= 1) {
    const element = scene.elements[index];
    if (element?.isHittable !== true || element.region === undefined || element.inverse === undefined) continue;
    if (!contains(element.region, mapPoint(element.inverse, x, y), SLACK)) continue;
    if (element.clips.every((clip) => isInside(clip, x, y))) return element;
  }
  return undefined;
}

interface Extent {
  /** For the pointer. */
  readonly region: Box | undefined;
  /** For the eye. */
  readonly frame: Box | undefined;
}

const NO_EXTENT: Extent = { region: undefined, frame: undefined };

function join(one: Extent, other: Extent): Extent {
  return { region: union(one.region, other.region), frame: union(one.frame, other.frame) };
}

function mapExtent(matrix: Matrix, { region, frame }: Extent): Extent {
  return {
    region: region === undefined ? undefined : mapBox(matrix, region),
    frame: frame === undefined ? undefined : mapBox(matrix, frame),
  };
}

/** The middle of an element on the canvas. */
export function centerOf(element: CanvasElement): Point {
  const { left, top, right, bottom } = element.frame ?? boxOf(0, 0, 0, 0);
  return mapPoint(element.matrix, (left + right) / 2, (top + bottom) / 2);
}

/** The middle of where the pointer finds an element. */
export function middleOf(element: CanvasElement): Point | undefined {
  const { region } = element;
  if (region === undefined) return undefined;
  return mapPoint(element.matrix, (region.left + region.right) / 2, (region.top + region.bottom) / 2);
}

/** The upright box around an element on the canvas. */
export function boundsOf(element: CanvasElement): Box {
  return mapBox(element.matrix, element.frame ?? boxOf(0, 0, 0, 0));
}

/** The texts drawn in an element, in order. */
export function textOf(node: DrawnNode): string {
  const own = node.type === "text" ? [readString(node.props["content"]) ?? ""] : [];
  return [...own, ...node.children.map(textOf)].filter((text) => text !== "").join(" ");
}

function isInside(clip: Clip, x: number, y: number): boolean {
  return clip.inverse !== undefined && contains(clip.box, mapPoint(clip.inverse, x, y), 0);
}

interface Around {
  readonly matrix: Matrix;
  readonly clips: readonly Clip[];
  readonly opacity: number;
  /** The nearest interactive group. */
  readonly element: CanvasElement | undefined;
  /** The group the nodes are in directly is that one. */
  readonly isDirect: boolean;
}

function buildLayer(name: string, nodes: readonly DrawnNode[]): Layer {
  const ops: DrawOp[] = [];
  const elements: CanvasElement[] = [];
  const layer: { -readonly [Key in keyof Layer]: Layer[Key] } = { name, ops, elements, isCut: false };
  let shapes = 0;
  let groups = 0;

  const walk = (children: readonly DrawnNode[], around: Around): Extent => {
    let extent = NO_EXTENT;
    for (const child of children) {
      if (child.type === "group") {
        groups += 1;
        if (groups > MAX_CANVAS_SHAPES) layer.isCut = true;
        else extent = join(extent, walkGroup(child, around));
        continue;
      }
      const shape = shapeOf(child.type, child.props);
      if (shape === undefined) continue;
      shapes += 1;
      if (shapes > MAX_CANVAS_SHAPES) {
        layer.isCut = true;
        continue;
      }
      ops.push({
        kind: "shape",
        shape,
        element: around.isDirect ? around.element?.id : undefined,
        opacity: around.opacity,
      });
      extent = join(extent, { region: shapeBox(shape), frame: seenBox(shape) });
    }
    return extent;
  };

  /** The extent comes back in the coordinates around the group. */
  const walkGroup = (group: DrawnNode, around: Around): Extent => {
    const own = readTransforms(group.props["transforms"]);
    const matrix = multiply(around.matrix, own);
    const inverse = invert(matrix);
    const clip = readClip(group.props);
    const clips = clip === undefined ? around.clips : [...around.clips, { box: clip, inverse }];
    const isElement = isInteractive(group);
    const element: { -readonly [Key in keyof CanvasElement]: CanvasElement[Key] } = {
      id: group.id,
      node: group,
      props: group.props,
      layer,
      parent: around.element,
      matrix,
      inverse,
      clips,
      region: undefined,
      frame: undefined,
      isHittable: isElement && REACTIONS.some((reaction) => group.props[reaction] === true),
    };
    if (isElement) elements.push(element);
    ops.push({ kind: "push", matrix: own, clip });
    const inner = walk(group.children, {
      matrix,
      clips,
      opacity: around.opacity * (readOpacity(group.props["opacity"]) ?? 1),
      element: isElement ? element : around.element,
      isDirect: isElement,
    });
    ops.push({ kind: "pop" });
    const wanted = readBox(group.props["hit_rect"]);
    element.region = wanted ?? inner.region;
    element.frame = wanted ?? inner.frame;
    return mapExtent(own, inner);
  };

  walk(nodes, { matrix: IDENTITY, clips: [], opacity: 1, element: undefined, isDirect: false });
  return layer;
}

/** All four members are required. */
function readClip(props: WireProps): Box | undefined {
  const clip = readRecord(props["clip"]);
  return typeof clip?.["x"] === "number" && typeof clip["y"] === "number" ? readBox(clip) : undefined;
}

/** The order of the UTF-8 bytes, which is the order of the code points. */
function compareBytes(one: string, other: string): number {
  const left = [...one];
  const right = [...other];
  for (let index = 0; index < left.length && index < right.length; index += 1) {
    const difference = (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
