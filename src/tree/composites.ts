import { COMPOSITE_TYPE, type CompositeDefinition, compositeOf } from "../app/composite.ts";
import type { ElementProps } from "../app/element.ts";
import { describe } from "./diagnostic.ts";
import type { EncodeContext } from "./encode/context.ts";
import { handlerIn } from "./encode/props.ts";
import type { AnyElement } from "./flatten.ts";
import { type Place, placeOf, safeLocalId } from "./ids.ts";

/** Composites directly inside each other; more is a composite that shows itself. */
const MAX_NESTING = 64;

export type AnyDefinition = CompositeDefinition<unknown, unknown>;

/** One composite on the screen with its private state. */
export class CompositeInstance {
  readonly id: string;
  /** How many composites stand for the same node further out. */
  readonly level: number;
  readonly definition: AnyDefinition;
  props: unknown;
  state: unknown;
  /** The element that stands for it in the view, with the handlers for what it emits. */
  element: AnyElement;
  /** What `view` gave for `props` and `shownState`. */
  output: AnyElement | undefined = undefined;
  shownState: unknown = undefined;

  constructor(id: string, level: number, definition: AnyDefinition, element: AnyElement, props: unknown) {
    this.id = id;
    this.level = level;
    this.definition = definition;
    this.element = element;
    this.props = props;
    this.state = definition.init(props);
  }

  handler(family: string): unknown {
    return handlerIn(this.element.props, family);
  }
}

/** An element with the composites in front of it opened. */
export interface Expansion {
  readonly place: Place;
  readonly element: AnyElement;
  /** Outermost first. */
  readonly instances: readonly CompositeInstance[];
}

/** Where states come from: a retained tree keeps them, `normalize` always begins anew. */
export interface InstanceSource {
  /** The instance for this place, made or found, with its `output` for these props. */
  show(place: Place, level: number, definition: AnyDefinition, element: AnyElement, props: unknown): CompositeInstance;
  /** Called for the id of a composite's inner element. */
  claim(place: Place, type: string): Place;
}

/**
 * Opens an element until it is a widget. The root of a composite's view takes the composite's id when it has none of
 * its own; with one, it is inside the composite's scope.
 */
export function expand(context: EncodeContext, element: AnyElement, start: Place, source: InstanceSource): Expansion {
  const instances: CompositeInstance[] = [];
  let place = start;
  let current = element;
  while (current.type === COMPOSITE_TYPE) {
    const use = compositeOf(current);
    if (use === undefined)
      throw new Error(`An element of type "${COMPOSITE_TYPE}" is made by a composite's own function only.`);
    if (instances.length >= MAX_NESTING) {
      throw new Error(
        `Composite "${use.definition.name}" at "${start.id}" shows itself: ${MAX_NESTING} levels without a widget.`,
      );
    }
    const instance = source.show(place, instances.length, use.definition, current, use.props);
    instances.push(instance);
    const output: unknown = instance.output;
    if (instance.output === undefined || typeof output !== "object" || output === null || !("type" in output)) {
      throw new Error(
        `Composite "${use.definition.name}" at "${place.id}": view must return an element and returned ${describe(output)}.`,
      );
    }
    current = instance.output;
    context.scope = place.inner;
    const local = current.id === undefined ? undefined : safeLocalId(context, current);
    if (local !== undefined) place = source.claim(placeOf(place, local, false, false), current.type);
  }
  return { place, element: current, instances };
}

/** Same keys with identical values: what decides whether a composite is shown again. */
export function sameShallow(left: unknown, right: unknown): boolean {
  if (Object.is(left, right)) return true;
  if (!isBag(left) || !isBag(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  for (const key of keys) if (!Object.hasOwn(right, key) || !Object.is(left[key], right[key])) return false;
  return true;
}

function isBag(value: unknown): value is ElementProps {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
