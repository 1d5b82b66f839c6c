import type { Page } from "playwright-core";
import type { WireNode, WireProps, WireValue } from "../../../src/protocol/index.ts";

/** One prop with a value, and what this does that the default does not. */
export interface Row {
  readonly prop: string;
  readonly value: WireValue;
  /**
   * What to look at: a kind, a selector, a name. `&` is the widget's own element, `#a` the element of node `a`.
   * `css & opacity`, `box #a x`, `attr & role`, `text &`, `count .pl-tip`, `events`, … see `lookAt` in page.ts.
   */
  readonly see: string;
  readonly is: WireValue;
  readonly options: RowOptions;
}

export interface RowOptions {
  /** Other props that the effect needs. */
  readonly with?: WireProps;
  readonly children?: readonly WireNode[];
  /** Puts the widget somewhere else than into the column of the window. */
  readonly around?: (widget: WireNode) => WireNode;
  /** What a person does before looking. */
  readonly act?: (page: Page) => Promise<void>;
  /** Looks only after what comes late has come and frames have been drawn. */
  readonly late?: boolean;
  /** The prop is read when the widget appears; a change later does nothing, as the catalog says. */
  readonly onlyAtFirst?: true;
  /** A window's setting that the operation `update` changes. */
  readonly updates?: true;
  /** The value's type is the prop's own business: `[[]]` is no wrong value of it. */
  readonly takesAll?: true;
}

export interface Table {
  readonly type: string;
  readonly rows: readonly Row[];
  /** Props without effect and why. */
  readonly without: Readonly<Record<string, string>>;
}

export type Entry = readonly [prop: string, value: WireValue, see: string, is: WireValue, options?: RowOptions];

/** The rows of one widget type; `common` counts for each of them. Shapes of the canvas are `canvas/…`. */
export function table(
  type: string,
  common: RowOptions,
  entries: readonly Entry[],
  without: Readonly<Record<string, string>> = {},
): Table {
  const rows = entries.map(([prop, value, see, is, own = {}]): Row => {
    const props = { ...common.with, ...own.with };
    return { prop, value, see, is, options: { ...common, ...own, with: props } };
  });
  return { type, rows, without };
}

export function node(type: string, id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode {
  return { id, type, props, children };
}

/** Something of this size. */
export function block(id: string, width: WireValue = 50, height: WireValue = 20): WireNode {
  return node("space", id, { width, height });
}

export function words(id: string, content: string, props: WireProps = {}): WireNode {
  return node("text", id, { content, ...props });
}

export function around(type: string, props: WireProps, ...others: readonly WireNode[]): (widget: WireNode) => WireNode {
  return (widget) => node(type, "around", props, [widget, ...others]);
}

/** A row per name of an enum. */
export function each(
  prop: string,
  see: string,
  values: Readonly<Record<string, WireValue>>,
  options: RowOptions = {},
): Entry[] {
  return Object.entries(values).map(([name, is]): Entry => [prop, name, see, is, options]);
}
