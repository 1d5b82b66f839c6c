import { MAX_CANVAS_SHAPES, type WireProps } from "../../../protocol/index.ts";
import type { DrawnNode } from "../drawn.ts";
import { readRecord, readString } from "../props.ts";
import { Coordinates, type RangeFault } from "./coordinates.ts";
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
import { type ShapeOp, shapeOf } from "./shape.ts";

/** What a layer is painted from, in order. `push` and `pop` bracket what is drawn in a group's coordinates. */
export type DrawOp =
  | { readonly kind: "push"; readonly matrix: Matrix; readonly clip: Box | undefined }
  | { readonly kind: "pop" }
  | ShapeOp;

/** An interactive group. */
export interface CanvasElement {
  readonly id: string;
  readonly node: DrawnNode;
  readonly props: WireProps;
  /** Stands for the layer it is in, through all changes of it. */
  readonly home: object;
  /** The interactive group around it. */
  readonly parent: CanvasElement | undefined;
  /** There are interactive groups in it. */
  readonly hasInner: boolean;
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
  readonly home: object;
  readonly ops: readonly DrawOp[];
  readonly elements: readonly CanvasElement[];
  /** Some shapes are left out, because there are too many. */
  readonly isCut: boolean;
  /** A number that was out of range, of what was read for this layer. */
  readonly fault: RangeFault | undefined;
}

export interface Scene {
  /** Bottom first. */
  readonly layers: readonly Layer[];
  /** Bottom first, groups before what is in them. */
  readonly elements: readonly CanvasElement[];
  find(id: string): CanvasElement | undefined;
}

export const EMPTY_SCENE: Scene = { layers: [], elements: [], find: () => undefined };

/** Half a pixel around every region, so that lines and borders can be hit. */
const SLACK = 0.5;

/** Makes scenes; layers without changes are the same objects as before, and so are elements without changes. */
export class SceneBuilder {
  #layers = new Map<DrawnNode, Layer>();
  /** Of a canvas without layers. */
  readonly #home = {};

  build(children: readonly DrawnNode[], changed: ReadonlySet<DrawnNode> | "all"): Scene {
    const sources = children.filter((child) => child.type === "__layer__");
    const before = this.#layers;
    this.#layers = new Map();
    if (sources.length === 0) {
      if (children.length === 0) return EMPTY_SCENE;
      return sceneOf([buildLayer("default", this.#home, children)]);
    }
    for (const source of sources) {
      const kept = changed === "all" || changed.has(source) ? undefined : before.get(source);
      const layer = kept ?? buildLayer(readString(source.props["name"]) ?? source.id, source, source.children);
      this.#layers.set(source, layer);
    }
    return sceneOf([...this.#layers.values()].sort((one, other) => compareBytes(one.name, other.name)));
  }
}

function sceneOf(layers: readonly Layer[]): Scene {
  const [first] = layers;
  const elements =
    layers.length === 1 && first !== undefined ? first.elements : layers.flatMap((each) => each.elements);
  let byId: Map<string, CanvasElement> | undefined;
  return {
    layers,
    elements,
    find: (id) => {
      // Of two with one id the first counts.
      byId ??= new Map([...elements].reverse().map((element) => [element.id, element]));
      return byId.get(id);
    },
  };
}

/** The topmost element at a point of the canvas. */
export function elementAt(scene: Scene, x: number, y: number): CanvasElement | undefined {
  for (let index = scene.layers.length - 1; index >= 0; index -= 1) {
    const layer = scene.layers[index];
    const found = layer === undefined || layer.elements.length === 0 ? undefined : hitsOf(layer).find(x, y);
    if (found !== undefined) return found;
  }
  return undefined;
}

const hits = new WeakMap<Layer, Hits>();

function hitsOf(layer: Layer): Hits {
  let found = hits.get(layer);
  if (found === undefined) {
    found = new Hits(layer.elements);
    hits.set(layer, found);
  }
  return found;
}

/** What the pointer can find in a layer, with upright boxes on the canvas that rule most of it out. */
class Hits {
  readonly #elements: CanvasElement[] = [];
  readonly #boxes: Float64Array;

  constructor(elements: readonly CanvasElement[]) {
    this.#boxes = new Float64Array(4 * elements.length);
    for (const element of elements) {
      const { region, matrix } = element;
      if (!element.isHittable || region === undefined || element.inverse === undefined) continue;
      const { left, top, right, bottom } = region;
      const grown = { left: left - SLACK, top: top - SLACK, right: right + SLACK, bottom: bottom + SLACK };
      const box = matrix === IDENTITY ? grown : mapBox(matrix, grown);
      const at = 4 * this.#elements.length;
      this.#boxes[at] = box.left;
      this.#boxes[at + 1] = box.top;
      this.#boxes[at + 2] = box.right;
      this.#boxes[at + 3] = box.bottom;
      this.#elements.push(element);
    }
  }

  find(x: number, y: number): CanvasElement | undefined {
    const boxes = this.#boxes;
    for (let index = this.#elements.length - 1, at = 4 * index; index >= 0; index -= 1, at -= 4) {
      // The array is as long as the list; a number that is not there would compare as false.
      if (x < (boxes[at] ?? 0) || y < (boxes[at + 1] ?? 0) || x > (boxes[at + 2] ?? 0) || y > (boxes[at + 3] ?? 0))
        continue;
      const element = this.#elements[index];
      if (element?.region === undefined || element.inverse === undefined) continue;
      if (!contains(element.region, mapPoint(element.inverse, x, y), SLACK)) continue;
      if (element.clips.every((clip) => isInside(clip, x, y))) return element;
    }
    return undefined;
  }
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
  readonly inverse: Matrix | undefined;
  readonly clips: readonly Clip[];
  readonly opacity: number;
  /** The nearest interactive group. */
  readonly element: Mutable<CanvasElement> | undefined;
  /** The group the nodes are in directly is that one. */
  readonly isDirect: boolean;
}

const NOTHING_AROUND: Around = {
  matrix: IDENTITY,
  inverse: IDENTITY,
  clips: [],
  opacity: 1,
  element: undefined,
  isDirect: false,
};

/** Grows with what is in a group. */
interface Extent {
  /** For the pointer. */
  region: Box | undefined;
  /** For the eye. */
  frame: Box | undefined;
}

/** What a group of a layer became, to be used again as long as nothing in it changes. */
class BuiltGroup {
  readonly ops: DrawOp[] = [];
  readonly elements: CanvasElement[] = [];
  readonly version: number;
  readonly home: object;
  shapes = 0;
  groups = 0;

  constructor(version: number, home: object) {
    this.version = version;
    this.home = home;
  }
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function buildLayer(name: string, home: object, nodes: readonly DrawnNode[]): Layer {
  const build = new LayerBuild(home);
  build.all(nodes);
  const fault = build.coordinates.take();
  return { name, home, ops: build.ops, elements: build.elements, isCut: build.isCut, fault };
}

class LayerBuild {
  ops: DrawOp[] = [];
  elements: CanvasElement[] = [];
  isCut = false;
  readonly coordinates = new Coordinates();
  readonly #home: object;
  #shapes = 0;
  #groups = 0;

  constructor(home: object) {
    this.#home = home;
  }

  all(nodes: readonly DrawnNode[]): void {
    for (const node of nodes) {
      if (node.type === "group") this.#outermost(node);
      else this.#shape(node, NOTHING_AROUND, undefined);
    }
  }

  #outermost(group: DrawnNode): void {
    const { memo } = group;
    const isKept = memo instanceof BuiltGroup && memo.version === group.version && memo.home === this.#home;
    if (isKept && this.#shapes + memo.shapes <= MAX_CANVAS_SHAPES && this.#groups + memo.groups <= MAX_CANVAS_SHAPES) {
      this.#append(memo);
      return;
    }
    const { ops, elements } = this;
    const built = new BuiltGroup(group.version, this.#home);
    const shapes = this.#shapes;
    const groups = this.#groups;
    const wasCut = this.isCut;
    this.ops = built.ops;
    this.elements = built.elements;
    this.#group(group, NOTHING_AROUND, undefined);
    built.shapes = this.#shapes - shapes;
    built.groups = this.#groups - groups;
    if (this.isCut === wasCut) group.memo = built;
    this.ops = ops;
    this.elements = elements;
    this.#shapes = shapes;
    this.#groups = groups;
    this.#append(built);
  }

  #append({ ops, elements, shapes, groups }: BuiltGroup): void {
    for (const op of ops) this.ops.push(op);
    for (const element of elements) this.elements.push(element);
    this.#shapes += shapes;
    this.#groups += groups;
  }

  #walk(children: readonly DrawnNode[], around: Around, extent: Extent | undefined): void {
    for (const child of children) {
      if (child.type === "group") this.#group(child, around, extent);
      else this.#shape(child, around, extent);
    }
  }

  #shape(node: DrawnNode, around: Around, extent: Extent | undefined): void {
    const read = shapeOf(node, this.coordinates);
    if (read === undefined) return;
    this.#shapes += 1;
    if (this.#shapes > MAX_CANVAS_SHAPES) {
      this.isCut = true;
      return;
    }
    const element = around.isDirect ? around.element?.id : undefined;
    const { opacity } = around;
    const isPlain = element === undefined && opacity === 1;
    this.ops.push(isPlain ? read.op : { kind: "shape", shape: read.shape, element, opacity });
    if (extent === undefined) return;
    extent.region = union(extent.region, read.region);
    extent.frame = union(extent.frame, read.frame);
  }

  /** `extent` is in the coordinates around the group; absent when nobody asks for it. */
  #group(group: DrawnNode, around: Around, extent: Extent | undefined): void {
    this.#groups += 1;
    if (this.#groups > MAX_CANVAS_SHAPES) {
      this.isCut = true;
      return;
    }
    const { props } = group;
    const coordinates = this.coordinates.of(group);
    const own = props["transforms"] === undefined ? IDENTITY : readTransforms(props["transforms"], coordinates);
    const isMoved = own !== IDENTITY;
    const matrix = isMoved ? multiply(around.matrix, own) : around.matrix;
    const inverse = isMoved ? invert(matrix) : around.inverse;
    const clip = readClip(props, coordinates);
    const clips = clip === undefined ? around.clips : [...around.clips, { box: clip, inverse }];
    const isElement = isInteractive(group);
    const element = isElement ? this.#element(group, around, matrix, inverse, clips) : undefined;
    const inner: Extent | undefined =
      isElement || (isMoved && extent !== undefined) ? { region: undefined, frame: undefined } : extent;
    const isFramed = isMoved || clip !== undefined;
    if (isFramed) this.ops.push({ kind: "push", matrix: own, clip });
    const opacity = around.opacity * (readOpacity(props["opacity"]) ?? 1);
    const within = { matrix, inverse, clips, opacity, element: element ?? around.element, isDirect: isElement };
    this.#walk(group.children, within, inner);
    if (isFramed) this.ops.push({ kind: "pop" });
    if (element !== undefined) {
      const wanted = readBox(props["hit_rect"], "hit_rect", coordinates.of(group));
      element.region = wanted ?? inner?.region;
      element.frame = wanted ?? inner?.frame;
    }
    if (extent === undefined || inner === undefined || inner === extent) return;
    extent.region = union(extent.region, mappedBox(own, inner.region));
    extent.frame = union(extent.frame, mappedBox(own, inner.frame));
  }

  #element(
    group: DrawnNode,
    around: Around,
    matrix: Matrix,
    inverse: Matrix | undefined,
    clips: readonly Clip[],
  ): Mutable<CanvasElement> {
    const parent = around.element;
    if (parent !== undefined) parent.hasInner = true;
    const element: Mutable<CanvasElement> = {
      id: group.id,
      node: group,
      props: group.props,
      home: this.#home,
      parent,
      hasInner: false,
      matrix,
      inverse,
      clips,
      region: undefined,
      frame: undefined,
      isHittable: REACTIONS.some((reaction) => group.props[reaction] === true),
    };
    this.elements.push(element);
    return element;
  }
}

function mappedBox(matrix: Matrix, box: Box | undefined): Box | undefined {
  return box === undefined || matrix === IDENTITY ? box : mapBox(matrix, box);
}

/** All four members are required. */
function readClip(props: WireProps, coordinates: Coordinates): Box | undefined {
  const clip = readRecord(props["clip"]);
  return typeof clip?.["x"] === "number" && typeof clip["y"] === "number"
    ? readBox(clip, "clip", coordinates)
    : undefined;
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
