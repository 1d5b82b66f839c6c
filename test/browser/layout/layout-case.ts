import type { WireNode, WireProps, WireValue } from "../../../src/protocol/index.ts";
import { node } from "../support/dom-harness.ts";

/** `[x, y, width, height]` in a window of 300 × 200, square where sizes are turned; `undefined` where the number depends on the font. */
export type ExpectedBox = readonly (number | undefined | Bound)[];

/** A limit instead of a number. */
export interface Bound {
  readonly least: number;
  readonly most: number;
}

export interface LayoutCase {
  readonly name: string;
  readonly tree: WireNode;
  /** Boxes by node id. */
  readonly expected: Readonly<Record<string, ExpectedBox>>;
  /** Props of the window. Its content is a column that fills, with the tree in it. */
  readonly window?: WireProps;
}

export const FILL = { width: "fill", height: "fill" } as const;
export const LONG = "several words that do not fit into one line of a narrow box";
export const a = { id: "a" };
export const b = { id: "b" };
export const c = { id: "c" };
export const d = { id: "d" };

export function atMost(most: number): Bound {
  return { least: 0, most };
}
export function atLeast(least: number): Bound {
  return { least, most: Number.POSITIVE_INFINITY };
}
export function portion(share: number): WireProps {
  return { fill_portion: share };
}
export function box(width: WireValue, height: WireValue, props: WireProps = {}, ...children: WireNode[]): WireNode {
  return node("container", { width, height, ...props }, children);
}
export function row(props: WireProps, ...children: WireNode[]): WireNode {
  return node("row", props, children);
}
export function column(props: WireProps, ...children: WireNode[]): WireNode {
  return node("column", props, children);
}
export function text(content: string, props: WireProps = {}): WireNode {
  return node("text", { content, ...props });
}
