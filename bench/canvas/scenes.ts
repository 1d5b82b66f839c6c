import type { WireNode, WireProps } from "../../src/protocol/index.ts";

/** What is drawn, by the product and by hand. */
export type Kind = "rects" | "circles" | "lines" | "texts" | "mix";

export const WIDTH = 1_000;
export const HEIGHT = 800;
export const SHAPES = 10_000;
export const LAYERS = 10;

const COLUMNS = 125;
const STEP = 8;
const ROW_STEP = HEIGHT / (SHAPES / COLUMNS);

export interface Item {
  readonly type: "rect" | "circle" | "line" | "text";
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

/** Neighbours have different colors. `turn` gives all of them other ones. */
export function items(kind: Kind, turn: number): readonly Item[] {
  return Array.from({ length: SHAPES }, (_, index) => item(kind, index, turn));
}

export function item(kind: Kind, index: number, turn: number): Item {
  const x = (index % COLUMNS) * STEP;
  const y = Math.floor(index / COLUMNS) * ROW_STEP;
  const color = `#${(((index + turn) * 2_654_435) & 0xffffff).toString(16).padStart(6, "0")}`;
  const types: Readonly<Record<Kind, Item["type"] | undefined>> = {
    rects: "rect",
    circles: "circle",
    lines: "line",
    texts: "text",
    mix: (["rect", "circle", "text"] as const)[index % 3],
  };
  return { type: types[kind] ?? "rect", x, y, color };
}

export function shapeNode(id: number, { type, x, y, color }: Item): WireNode {
  return { id: `s${id}`, type, props: shapeProps(type, x, y, color), children: [] };
}

function shapeProps(type: Item["type"], x: number, y: number, fill: string): WireProps {
  if (type === "rect") return { x, y, w: 7, h: 8, fill };
  if (type === "circle") return { x: x + 4, y: y + 4, r: 4, fill };
  if (type === "line") return { x1: x, y1: y, x2: x + 7, y2: y + 8, stroke: { color: fill, width: 1.5 } };
  return { x, y, content: "ab", size: 8, fill };
}

/** What gives the shape another color. */
export function recolored(kind: Kind, index: number, color: string): WireProps {
  return item(kind, index, 0).type === "line" ? { stroke: { color, width: 1.5 } } : { fill: color };
}

/** The canvas with all items in equal layers. */
export function tree(list: readonly Item[], layers: number): WireNode {
  const shapes = list.map((each, index) => shapeNode(index, each));
  const size = shapes.length / layers;
  const children = Array.from({ length: layers }, (_, index) => ({
    id: `l${index}`,
    type: "__layer__",
    props: { name: String.fromCharCode(97 + index) },
    children: shapes.slice(index * size, (index + 1) * size),
  }));
  return canvasNode(children);
}

/** Every shape is an element of its own. */
export function elementTree(list: readonly Item[]): WireNode {
  return canvasNode(
    list.map((each, index) => ({
      id: `c/g${index}`,
      type: "group",
      props: { on_click: true, a11y: { role: "button", label: `element ${index}` } },
      children: [shapeNode(index, each)],
    })),
  );
}

function canvasNode(children: readonly WireNode[]): WireNode {
  return { id: "c", type: "canvas", props: { width: WIDTH, height: HEIGHT }, children };
}
