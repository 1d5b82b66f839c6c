import { AUTO_ROOT_ID } from "../protocol/ids.ts";
import { MAX_TREE_DEPTH } from "../protocol/limits.ts";
import type { WireNode, WireProps } from "../protocol/node.ts";
import { type AnyDefinition, CompositeInstance, expand, type InstanceSource } from "./composites.ts";
import type { TreeDiagnostic } from "./diagnostic.ts";
import { type RadioPeers, withPeers } from "./encode/accessibility.ts";
import { EncodeContext } from "./encode/context.ts";
import { NO_PROPS, PropEncoder } from "./encode/props.ts";
import { type AnyElement, type AnyView, flatten, windowsOf } from "./flatten.ts";
import { claim, isTop, type Place, placeChildren, TOP } from "./ids.ts";

export interface TreeOptions {
  /**
   * Levels of the wire tree, a level for several windows included. Default: what every renderer's codec can carry. Deeper
   * elements are reported and a text stands for them. At most `MAX_TREE_DEPTH`.
   */
  readonly maxDepth?: number;
}

/** Each level of a tree is two levels of a frame, and parsers stop at 128: 63 levels remain. */
export const DEFAULT_TREE_DEPTH = 63;
export const DEPTH_PLACEHOLDER: WireProps = Object.freeze({ content: "Max depth exceeded" });

export interface Normalized {
  /** The window, or a container `auto:root` around several; `null` for nothing. */
  readonly root: WireNode | null;
  readonly diagnostics: readonly TreeDiagnostic[];
}

/**
 * The wire form of what `view` returned: ids scoped, props encoded, accessibility references resolved, composites opened
 * in their first state. Pure: equal views give equal trees. Never throws for what an element holds; what is wrong is
 * left out or made safe and reported. Throws what a composite's own functions throw.
 */
export function normalize(view: AnyView, options: TreeOptions = {}): Normalized {
  return new Normalizer(depthLimit(options)).run(view);
}

export function depthLimit(options: TreeOptions): number {
  return Math.min(MAX_TREE_DEPTH, Math.max(3, options.maxDepth ?? DEFAULT_TREE_DEPTH));
}

/** Depth of the windows; the level above is the container that several of them need. */
export const WINDOW_DEPTH = 2;

interface Draft extends WireNode {
  props: WireProps;
  children: readonly WireNode[];
}

interface Radio {
  readonly draft: Draft;
  readonly scope: string;
}

class Normalizer implements InstanceSource {
  readonly #context = new EncodeContext();
  readonly #encoder = new PropEncoder(this.#context);
  readonly #used = new Set<string>();
  readonly #radios: Radio[] = [];
  readonly #maxDepth: number;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  run(view: AnyView): Normalized {
    const context = this.#context;
    const tops = this.#children(windowsOf(context, view), TOP, WINDOW_DEPTH);
    this.#fillPeers();
    reportUnresolved(context, (id) => this.#used.has(id));
    return { root: rootOf(tops), diagnostics: context.diagnostics };
  }

  show(place: Place, level: number, definition: AnyDefinition, element: AnyElement, props: unknown): CompositeInstance {
    const instance = new CompositeInstance(place.id, level, definition, element, props);
    instance.output = definition.view(props, instance.state);
    return instance;
  }

  claim(place: Place, type: string): Place {
    return claim(this.#context, this.#used, place, type);
  }

  #children(elements: readonly AnyElement[], parent: Place, depth: number): Draft[] {
    const places = placeChildren(this.#context, parent, elements, this.#used);
    const drafts: Draft[] = [];
    for (let i = 0; i < elements.length; i++) {
      const element = elements[i];
      const place = places[i];
      if (element !== undefined && place !== undefined) drafts.push(this.#node(element, place, parent, depth));
    }
    return drafts;
  }

  #node(outer: AnyElement, start: Place, parent: Place, depth: number): Draft {
    const context = this.#context;
    const expansion = expand(context, outer, start, this);
    const element = expansion.element;
    const place = windowPlace(expansion.place, element.type, parent);
    const scope = scopeAround(expansion.place, start, parent);
    context.enter(place.id, element.type, scope);
    checkPosition(context, parent);
    const props = this.#encoder.encode(element.props);
    const elements = flatten(context, element.children);
    if (depth >= this.#maxDepth && elements.length > 0) {
      reportDepth(context, this.#maxDepth);
      return { id: place.id, type: "text", props: DEPTH_PLACEHOLDER, children: [] };
    }
    const draft: Draft = { id: place.id, type: element.type, props, children: [] };
    if (element.type === "radio" && typeof props["group"] === "string") this.#radios.push({ draft, scope });
    if (elements.length > 0) draft.children = this.#children(elements, place, depth + 1);
    return draft;
  }

  #fillPeers(): void {
    const groups = groupRadios(this.#radios.map(({ draft, scope }) => ({ id: draft.id, props: draft.props, scope })));
    for (const { draft } of this.#radios) draft.props = withPeers(draft.props, groups.get(draft.id));
  }
}

/** The root rule: one window is the root itself, several are held by a container. */
export function rootOf(windows: readonly WireNode[]): WireNode | null {
  if (windows.length <= 1) return windows[0] ?? null;
  return { id: AUTO_ROOT_ID, type: "container", props: NO_PROPS, children: windows };
}

/** A composite at the top may turn out to be a window. */
export function windowPlace(place: Place, type: string, parent: Place): Place {
  if (type !== "window" || !isTop(parent) || place.inner.endsWith("#")) return place;
  return { ...place, inner: `${place.id}#` };
}

/** The prefix that plain ids in accessibility references get: that of the siblings. */
export function scopeAround(place: Place, start: Place, parent: Place): string {
  return place === start ? parent.inner : start.inner;
}

/** Reports windows inside windows and other elements at the top. */
export function checkPosition(context: EncodeContext, parent: Place): void {
  if (isTop(parent) && context.type !== "window") {
    context.report("root_not_window", `${context.type} "${context.id}": a view consists of windows. Put it into one.`);
  } else if (!isTop(parent) && context.type === "window") {
    context.report("window_nested", `window "${context.id}": a window cannot be inside another element.`);
  }
}

export function reportDepth(context: EncodeContext, limit: number): void {
  const message = `${context.type} "${context.id}": its children would be deeper than ${limit} levels. A text stands for it.`;
  context.report("tree_depth_exceeded", message);
}

export function reportUnresolved(context: EncodeContext, isPresent: (id: string) => boolean): void {
  for (const { id, type, key, target } of context.references) {
    if (isPresent(target)) continue;
    context.id = id;
    context.type = type;
    context.report("a11y_ref_unresolved", `${type} "${id}": ${key} names "${target}", which is not in the tree.`, key);
  }
  context.references.length = 0;
}

/** The peers of each radio by its id: radios of one scope with the same group, in document order. */
export function groupRadios(
  radios: readonly { readonly id: string; readonly props: WireProps; readonly scope: string }[],
): ReadonlyMap<string, RadioPeers> {
  const groups = new Map<string, { members: string[]; active: string | undefined }>();
  const peers = new Map<string, RadioPeers>();
  for (const { id, props, scope } of radios) {
    const key = JSON.stringify([scope, props["group"] ?? null]);
    const group = groups.get(key) ?? { members: [], active: undefined };
    groups.set(key, group);
    group.members.push(id);
    const selected = props["selected"];
    if (selected !== undefined && selected === (props["value"] ?? "")) group.active ??= id;
    peers.set(id, group);
  }
  return peers;
}
