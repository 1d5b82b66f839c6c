import type { WireProps, WireValue } from "../../../protocol/index.ts";
import type { DrawnNode } from "../drawn.ts";
import { readEnum, readNumber, readRecord, readSize, readString } from "../props.ts";
import type { Coordinates } from "./coordinates.ts";
import { around, type Box, boxOf, union } from "./geometry.ts";
import { type Look, readLineLook, readLook, readOpacity, readSolid } from "./look.ts";
import { type CornerRadii, type PathStep, pathBox, readPath, readRadii } from "./path.ts";

/** A shape ready to be drawn. */
export type Shape = RectShape | CircleShape | LineShape | PathShape | TextShape | BitmapShape;

export interface RectShape {
  readonly kind: "rect";
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly look: Look;
}

export interface CircleShape {
  readonly kind: "circle";
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly look: Look;
}

export interface LineShape {
  readonly kind: "line";
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  readonly look: Look;
}

/** Paths, and rectangles with round corners. */
export interface PathShape {
  readonly kind: "path";
  readonly steps: readonly PathStep[];
  readonly look: Look;
}

export interface TextShape {
  readonly kind: "text";
  readonly x: number;
  readonly y: number;
  readonly lines: readonly string[];
  /** Of each line. */
  readonly directions: readonly CanvasDirection[];
  readonly color: string;
  readonly size: number;
  /** Family name; absent: the default font. */
  readonly font: string | undefined;
  readonly alignX: "left" | "center" | "right";
  readonly alignY: "top" | "center" | "bottom";
  readonly opacity: number;
}

export interface BitmapShape {
  readonly kind: "bitmap";
  readonly source: BitmapSource;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Degrees, about the center. */
  readonly rotation: number;
  readonly opacity: number;
}

export interface BitmapSource {
  /** `handle`: uploaded under this name. `svg`: an address or the text of a drawing. */
  readonly kind: "url" | "handle" | "svg";
  readonly name: string;
}

/** Height of a line of text, as a multiple of its size. */
export const LINE_HEIGHT = 1.3;

/** Mean width of a character, as a multiple of the size, for regions that react to the pointer. */
const CHARACTER_WIDTH = 0.6;

/** A shape among what a layer is painted from. */
export interface ShapeOp {
  readonly kind: "shape";
  readonly shape: Shape;
  /** The interactive group it lies in directly: that one's state changes its look. */
  readonly element: string | undefined;
  /** Of all groups around it. */
  readonly opacity: number;
}

/** What was read from a node. Props are never changed in place, so it stays true as long as the node has the same ones. */
export class ReadShape {
  readonly props: WireProps;
  readonly shape: Shape;
  /** For a shape with nothing special around it. */
  readonly op: ShapeOp;
  #isMeasured = false;
  #region: Box | undefined;
  #frame: Box | undefined;

  constructor(props: WireProps, shape: Shape) {
    this.props = props;
    this.shape = shape;
    this.op = { kind: "shape", shape, element: undefined, opacity: 1 };
  }

  /** For the pointer. */
  get region(): Box | undefined {
    this.#measure();
    return this.#region;
  }

  /** For the eye. */
  get frame(): Box | undefined {
    this.#measure();
    return this.#frame;
  }

  #measure(): void {
    if (this.#isMeasured) return;
    this.#isMeasured = true;
    this.#region = shapeBox(this.shape);
    this.#frame = this.shape.kind === "text" ? seenBox(this.shape) : this.#region;
  }
}

/** The shape a node describes; `undefined` for types that are no shapes. */
export function shapeOf(node: DrawnNode, coordinates: Coordinates): ReadShape | undefined {
  const { memo, props } = node;
  if (memo instanceof ReadShape && memo.props === props) return memo;
  const shape = readShape(node.type, props, coordinates.of(node));
  if (shape === undefined) return undefined;
  const read = new ReadShape(props, shape);
  node.memo = read;
  return read;
}

function readShape(type: string, props: WireProps, coordinates: Coordinates): Shape | undefined {
  const number = (name: string): number => coordinates.prop(props, name);
  switch (type) {
    case "rect":
      return readRect(props, coordinates);
    case "circle":
      return {
        kind: "circle",
        x: number("x"),
        y: number("y"),
        radius: Math.max(0, number("r")),
        look: readLook(props),
      };
    case "line": {
      const look = readLineLook(props);
      return { kind: "line", x1: number("x1"), y1: number("y1"), x2: number("x2"), y2: number("y2"), look };
    }
    case "path":
      return { kind: "path", steps: readPath(props["commands"], coordinates), look: readLook(props) };
    case "text":
      return readText(props, coordinates);
    case "image":
    case "svg":
      return {
        kind: "bitmap",
        source: readSource(type, props["source"]),
        x: number("x"),
        y: number("y"),
        width: number("w"),
        height: number("h"),
        rotation: type === "image" ? (readNumber(props["rotation"]) ?? 0) : 0,
        opacity: readOpacity(props["opacity"]) ?? 1,
      };
    default:
      return undefined;
  }
}

function readRect(props: WireProps, coordinates: Coordinates): RectShape | PathShape {
  const number = (name: string): number => coordinates.prop(props, name);
  const x = number("x");
  const y = number("y");
  const width = number("w");
  const height = number("h");
  const look = readLook(props);
  if (props["radius"] === undefined) return { kind: "rect", x, y, width, height, look };
  const radii: CornerRadii = readRadii(props["radius"]);
  if (radii.every((radius) => radius === 0)) return { kind: "rect", x, y, width, height, look };
  return { kind: "path", steps: [["rounded_rect", x, y, width, height, radii]], look };
}

function readText(props: WireProps, coordinates: Coordinates): TextShape {
  const content = readString(props["content"]) ?? "";
  const lines = BREAK.test(content) ? content.split(BREAK) : [content];
  return {
    kind: "text",
    x: coordinates.prop(props, "x"),
    y: coordinates.prop(props, "y"),
    lines,
    directions: lines.map(directionOf),
    color: readSolid(props["fill"]) ?? "#ffffff",
    size: readSize(props["size"]) ?? 16,
    font: readString(props["font"]),
    alignX: readEnum(props["align_x"], ["left", "center", "right"]) ?? "left",
    alignY: readEnum(props["align_y"], ["top", "center", "bottom"]) ?? "top",
    opacity: readOpacity(props["opacity"]) ?? 1,
  };
}

const BREAK = /\r\n|\n|\r/;
const LETTER = /\p{L}/u;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}]/u;
const HAS_NONE = /^[\0-\u058f]*$/;

/** The first letter says how a line runs, as in all other texts. */
function directionOf(line: string): CanvasDirection {
  return !HAS_NONE.test(line) && RIGHT_TO_LEFT.test(LETTER.exec(line)?.[0] ?? "") ? "rtl" : "ltr";
}

function readSource(type: "image" | "svg", value: WireValue | undefined): BitmapSource {
  const handle = readString(readRecord(value)?.["handle"]);
  if (handle !== undefined) return { kind: "handle", name: handle };
  return { kind: type === "svg" ? "svg" : "url", name: readString(value) ?? "" };
}

/** The box a shape covers for the pointer, without its stroke. */
function shapeBox(shape: Shape): Box | undefined {
  switch (shape.kind) {
    case "rect":
    case "bitmap":
      return boxOf(shape.x, shape.y, shape.width, shape.height);
    case "circle":
      return around(shape.x, shape.y, shape.radius);
    case "line":
      return union(around(shape.x1, shape.y1, 0), around(shape.x2, shape.y2, 0));
    case "path":
      return pathBox(shape.steps);
    case "text": {
      const characters = shape.lines.reduce((count, line) => count + [...line].length, 0);
      const width = CHARACTER_WIDTH * shape.size * characters;
      return { left: shape.x, top: shape.y - shape.size, right: shape.x + width, bottom: shape.y };
    }
  }
}

/** The box a shape is seen in: a text stands where it is aligned to, by the estimated width. */
function seenBox(shape: Shape): Box | undefined {
  if (shape.kind !== "text") return shapeBox(shape);
  const characters = Math.max(...shape.lines.map((line) => [...line].length));
  const width = CHARACTER_WIDTH * shape.size * characters;
  const height = LINE_HEIGHT * shape.size * shape.lines.length;
  const left = shape.x - width * { left: 0, center: 0.5, right: 1 }[shape.alignX];
  const top = shape.y - height * { top: 0, center: 0.5, bottom: 1 }[shape.alignY];
  return { left, top, right: left + width, bottom: top + height };
}
