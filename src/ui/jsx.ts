import type { Child, Element, ElementProps } from "../app/element.ts";
import { element, type Identity, type JsxChildren, type JsxText } from "./shapes.ts";

/** What a component of this package gets from the JSX transform, before its type is looked at. */
interface RawProps extends Identity {
  readonly children?: unknown;
  readonly [name: string]: unknown;
}

export function containerComponent(type: string) {
  return (raw: object): Element => {
    const { id, key, children, ...props } = raw as RawProps;
    return element(type, identify(id, key), orUndefined(props), childList(children));
  };
}

export function leafComponent(type: string) {
  return (raw: object): Element => {
    const { id, key, children: _none, ...props } = raw as RawProps;
    return element(type, identify(id, key), orUndefined(props), undefined);
  };
}

/** Text between the tags becomes the prop `positional`; elements stay children. */
export function textComponent(type: string, positional: string) {
  return (raw: object): Element => {
    const { id, key, children, ...props } = raw as RawProps;
    if (children === undefined) return element(type, identify(id, key), orUndefined(props), undefined);
    if (!isText(children)) return element(type, identify(id, key), orUndefined(props), childList(children));
    return element(type, identify(id, key), { ...props, [positional]: textOf(children) }, undefined);
  };
}

/** Gives an element the id that its key asks for, unless it has one. */
export function withKey(made: Element, key: string | number | undefined): Element {
  if (key === undefined || made === null || typeof made !== "object" || Array.isArray(made) || made.id !== undefined) {
    return made;
  }
  return element(made.type, String(key), made.props, made.children);
}

/** One child, a list or nothing as a list. Text cannot stand alone: it needs a widget that shows it. */
export function childList(children: unknown): readonly Child<never>[] | undefined {
  if (children === undefined) return undefined;
  const list = Array.isArray(children) ? children : [children];
  for (const child of list) {
    if (typeof child !== "string" && typeof child !== "number") continue;
    throw new TypeError(`text between tags needs a widget that shows it: write <Text>${String(child).trim()}</Text>`);
  }
  return list;
}

function isText(children: unknown): children is JsxText {
  if (!Array.isArray(children)) return typeof children !== "object" || children === null;
  return children.every((part) => typeof part !== "object" || part === null);
}

function textOf(children: JsxText): string {
  const parts = Array.isArray(children) ? children : [children];
  let text = "";
  for (const part of parts) if (typeof part === "string" || typeof part === "number") text += part;
  return text;
}

function identify(id: string | undefined, key: string | number | undefined): string | undefined {
  return id ?? (key === undefined ? undefined : String(key));
}

function orUndefined(props: ElementProps): ElementProps | undefined {
  for (const _name in props) return props;
  return undefined;
}

export type { JsxChildren };
