import type { Element as AnyElement, Child } from "../app/element.ts";
import { withKey } from "./jsx.ts";
import type { JsxChildren } from "./shapes.ts";

// What the compiler calls for TSX with `"jsxImportSource": "plushie"`. Elements are made by components only; there are no
// tag names in lower case.

export declare namespace JSX {
  /** The type of every TSX expression. Which model it needs is checked where handlers are written. */
  type Element = AnyElement;
  /** A component is a function from its props to an element. */
  type ElementType = (props: never) => AnyElement<never> | null;
  interface ElementChildrenAttribute {
    children: unknown;
  }
  interface IntrinsicAttributes {
    /** Becomes the id of an element that has none. */
    readonly key?: string | number | undefined;
  }
  interface IntrinsicElements {
    readonly [name: string]: never;
  }
}

type Component = (props: object) => AnyElement;

export function jsx(component: Component, props: object, key?: string | number): AnyElement {
  return withKey(component(props), key);
}

export const jsxs = jsx;

/** Called instead of `jsx` in development builds; the place in the source is not used. */
export function jsxDEV(component: Component, props: object, key?: string | number): AnyElement {
  return jsx(component, props, key);
}

/** Several children without a container: `<>…</>`. They join the children of what is around them. */
export function Fragment<Context>(props: { readonly children?: JsxChildren<Context> }): AnyElement {
  const children: Child<Context> = props.children ?? [];
  // TSX gives every expression the type of an element; a list is allowed wherever a child is.
  return (Array.isArray(children) ? children : [children]) as unknown as AnyElement;
}
