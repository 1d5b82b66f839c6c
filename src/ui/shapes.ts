import type { Child, Element, ElementProps } from "../app/element.ts";

// The ways a builder takes its arguments, and the functions that read them. The types come from the generated builder
// interfaces; here everything is loose, because one function serves all widgets of a shape.

/** `(children)`, `(props, children)`, `(id, children)`, `(id, props, children)`. */
export interface ContainerBuilder<Props, Context> {
  (children?: readonly Child<Context>[]): Element<Context>;
  (props: Props, children?: readonly Child<Context>[]): Element<Context>;
  (id: string, children: readonly Child<Context>[]): Element<Context>;
  (id: string, props?: Props, children?: readonly Child<Context>[]): Element<Context>;
}

/** Like a container, but the id is required. */
export interface NamedBuilder<Props, Context> {
  (id: string, children: readonly Child<Context>[]): Element<Context>;
  (id: string, props?: Props, children?: readonly Child<Context>[]): Element<Context>;
}

/** `(content)`, `(content, props)`, `(id, content)`, `(id, content, props)`. */
export interface ContentBuilder<Value, Props, Context> {
  (content: Value, props?: Props): Element<Context>;
  (id: string, content: Value, props?: Props): Element<Context>;
}

/** `(id, value, props?)`. */
export type ValuedBuilder<Value, Props, Context> = (id: string, value: Value, props?: Props) => Element<Context>;

/** `(props?)`, `(id, props?)`. */
export interface LeafBuilder<Props, Context> {
  (props?: Props): Element<Context>;
  (id: string, props?: Props): Element<Context>;
}

/** What every component takes besides its props. `key` is another name for `id`. */
export interface Identity {
  readonly id?: string | undefined;
  readonly key?: string | number | undefined;
}

/** One child or several, nested as deep as needed. */
export type JsxChildren<Context> = Child<Context> | readonly Child<Context>[];

/** Text between the tags; numbers are written out, `null`, `undefined` and booleans are left out. */
export type JsxText = JsxTextPart | readonly JsxTextPart[];
export type JsxTextPart = string | number | boolean | null | undefined;

export type ContainerComponent<Props, Context> = (
  props: Props & Identity & { readonly children?: JsxChildren<Context> },
) => Element<Context>;
export type NamedComponent<Props, Context> = (
  props: Props & Identity & { readonly id: string; readonly children?: JsxChildren<Context> },
) => Element<Context>;
export type ContentComponent<Props, Context> = (
  props: Props & Identity & { readonly children?: JsxText },
) => Element<Context>;
export type ValuedComponent<Props, Context> = (
  props: Props & Identity & { readonly children?: JsxText | JsxChildren<Context> },
) => Element<Context>;
export type LeafComponent<Props, Context> = (props: Props & Identity) => Element<Context>;

type Loose = readonly Child<never>[];

/** The one place where elements are made, so that all have the same members in the same order. */
export function element(
  type: string,
  id: string | undefined,
  props: ElementProps | undefined,
  children: Loose | undefined,
): Element {
  // Which model the children need is checked by the builders' types; an element itself does not know it.
  return { type, id, props, children: children as readonly Child[] | undefined };
}

// Positional values come first and props are spread after them: engines copy that several times faster than the reverse.

export function containerBuilder(type: string) {
  return (a?: string | ElementProps | Loose, b?: ElementProps | Loose, c?: Loose): Element => {
    if (typeof a === "string") {
      return isList(b) ? element(type, a, undefined, b) : element(type, a, b, c);
    }
    return isList(a) || a === undefined
      ? element(type, undefined, undefined, a)
      : element(type, undefined, a, isList(b) ? b : undefined);
  };
}

export function namedBuilder(type: string) {
  return (id: string, b?: ElementProps | Loose, c?: Loose): Element =>
    isList(b) ? element(type, id, undefined, b) : element(type, id, b, c);
}

export function contentBuilder(type: string, positional: string) {
  // With two arguments a plain object is the props of the first, anything else the content under an id. An uploaded image
  // is the one content that is itself an object.
  return (a: unknown, b?: unknown, c?: ElementProps): Element => {
    if (b === undefined && c === undefined) return element(type, undefined, { [positional]: a }, undefined);
    if (c === undefined && isProps(b) && !(positional === "source" && Object.hasOwn(b, "handle")))
      return element(type, undefined, { [positional]: a, ...b }, undefined);
    const props = c === undefined ? { [positional]: b } : { [positional]: b, ...c };
    return element(type, String(a), props, undefined);
  };
}

export function valuedBuilder(type: string, positional: string) {
  return (id: string, value: unknown, props?: ElementProps): Element =>
    element(type, id, props === undefined ? { [positional]: value } : { [positional]: value, ...props }, undefined);
}

/** A button has a label, or shows an element instead. */
export function labelledBuilder(type: string) {
  return (id: string, value: string | Element<never> | Loose, props?: ElementProps): Element => {
    if (typeof value !== "string") return element(type, id, props, isList(value) ? value : [value]);
    return element(type, id, props === undefined ? { label: value } : { label: value, ...props }, undefined);
  };
}

export function leafBuilder(type: string) {
  return (a?: string | ElementProps, b?: ElementProps): Element =>
    typeof a === "string" ? element(type, a, b, undefined) : element(type, undefined, a, undefined);
}

function isList(value: unknown): value is Loose {
  return Array.isArray(value);
}

function isProps(value: unknown): value is ElementProps {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
