import { MAX_DEPTH, MAX_NODES } from "../limits.ts";
import type { PlainElement } from "../result.ts";

/** Inline handlers by `path family`. */
export type Handlers = ReadonlyMap<string, unknown>;

/**
 * Turns what `view` returned into JSON and keeps the handlers back. A handler's place is its path of local ids, which is
 * what an event from the preview names.
 */
export function serialize(view: unknown): { readonly tree: PlainElement; readonly handlers: Handlers } {
  const handlers = new Map<string, unknown>();
  let nodes = 0;

  function elementOf(value: unknown, path: string, depth: number): PlainElement {
    nodes += 1;
    if (nodes > MAX_NODES) throw new Error(`view returned more than ${MAX_NODES} elements; a preview shows no more`);
    if (depth > MAX_DEPTH) throw new Error(`view returned elements more than ${MAX_DEPTH} levels deep`);
    if (!isRecord(value) || typeof value["type"] !== "string")
      throw new Error(`view returned ${describe(value)} where an element belongs`);
    const id = typeof value["id"] === "string" ? value["id"] : undefined;
    const isWindow = value["type"] === "window";
    const here = id === undefined || isWindow ? path : path === "" ? id : `${path}/${id}`;
    const props = propsOf(value["props"], here, id !== undefined);
    const children = childrenOf(value["children"], here, depth);
    return { type: value["type"], ...(id === undefined ? {} : { id }), props, children };
  }

  function childrenOf(value: unknown, path: string, depth: number): PlainElement[] {
    if (value === undefined || value === null || value === false) return [];
    if (!Array.isArray(value)) return [elementOf(value, path, depth + 1)];
    const children: PlainElement[] = [];
    for (const child of value) {
      if (child === null || child === undefined || child === false) continue;
      if (Array.isArray(child)) children.push(...childrenOf(child, path, depth));
      else children.push(elementOf(child, path, depth + 1));
    }
    return children;
  }

  function propsOf(value: unknown, path: string, hasId: boolean): Record<string, unknown> {
    const props: Record<string, unknown> = {};
    if (!isRecord(value)) return props;
    for (const name of Object.keys(value)) {
      const prop = value[name];
      if (prop === undefined) continue;
      const isHandler = /^on[A-Z]/.test(name) && typeof prop !== "boolean" && prop !== null;
      if (!isHandler) {
        props[name] = prop;
        continue;
      }
      if (hasId) handlers.set(`${path} ${familyOf(name)}`, prop);
      // The renderer only sends these when asked to; the others it always sends.
      if (optIn.has(name)) props[name] = true;
    }
    return props;
  }

  return { tree: elementOf(firstOf(view), "", 0), handlers };
}

const optIn = new Set(["onSubmit", "onPaste", "onScroll", "onOpen", "onClose", "onOptionHovered", "onResize"]);

function firstOf(view: unknown): unknown {
  return Array.isArray(view) ? view.find((item) => isRecord(item)) : view;
}

function familyOf(name: string): string {
  const family = name
    .slice(2)
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase();
  return family === "scroll" ? "scrolled" : family;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (value instanceof Promise) return "a promise";
  return `a ${typeof value}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
