import type { WireValue } from "../protocol/node.ts";
import type { Element } from "./element.ts";
import type { AnyWidgetEvent, Event } from "./event.ts";
import type { Subscription } from "./subscription.ts";

/** The reserved element type that stands for a composite until the tree expands it. */
export const COMPOSITE_TYPE = "plushie:composite";

/** Where the element keeps its definition; a symbol, so that no prop of an author can collide with it. */
export const COMPOSITE: unique symbol = Symbol.for("plushie.composite");

/** What a composite widget is made of. State lives with the node: it goes when the node leaves the tree. */
export interface CompositeDefinition<Props, State> {
  readonly name: string;
  /** The first state, when a node with this composite first appears. */
  readonly init: (props: Props) => State;
  /** What it looks like. Inner ids are scoped by the composite's own id. */
  readonly view: (props: Props, state: State) => Element;
  /** Asked for widget events from inside. Absent: all of them go on to the app. */
  readonly handle?: ((state: State, event: AnyWidgetEvent, props: Props) => CompositeOutcome<State>) | undefined;
  /**
   * Sources that this one listens to as long as it is on the screen. Their tags are its own: they meet neither those of the
   * app nor those of another composite.
   */
  readonly subscribe?: ((props: Props, state: State) => readonly Subscription[]) | undefined;
  /** What these sources tell, with the tag given in `subscribe`. The app does not hear of it unless it is emitted. */
  readonly onSubscription?:
    | ((state: State, event: SubscriptionEvent, props: Props) => CompositeOutcome<State>)
    | undefined;
}

/** What a subscription delivers: a tick, or input that reaches no widget. */
export type SubscriptionEvent = Extract<
  Event,
  {
    readonly kind: "timer" | "key" | "modifiers" | "pointer" | "ime" | "window" | "file" | "animation" | "theme";
    readonly tag: string;
  }
>;

/**
 * What came of an event: a new state, an event of the composite's own for the app (with a new state or without), or
 * nothing, in which case the event goes on to the app unchanged.
 */
export type CompositeOutcome<State> =
  | { readonly kind: "state"; readonly state: State }
  | {
      readonly kind: "emit";
      readonly family: string;
      readonly value: WireValue;
      readonly state?: { readonly value: State } | undefined;
    }
  | { readonly kind: "ignore" };

/** What is found behind a composite's element, with the types of props and state taken off. */
export interface CompositeUse {
  readonly definition: CompositeDefinition<unknown, unknown>;
  readonly props: unknown;
}

/** Handlers for what the composite emits, as `on` + family: `onColorChange` for the family `color_change`. */
export interface CompositeHandlers<Model> {
  readonly [name: `on${string}`]: ((model: Model, event: AnyWidgetEvent) => unknown) | undefined;
}

/** Makes an element of a composite. */
export type CompositeBuilder<Props> = <Model = unknown>(
  id: string,
  props: Props,
  handlers?: CompositeHandlers<Model>,
) => Element<Model>;

/** What `handle` returns. */
export const Composite = Object.freeze({
  /** Goes on with this state; the app hears nothing. */
  state: <State>(state: State): CompositeOutcome<State> => ({ kind: "state", state }),
  /** Tells the app: a widget event `custom` with this family and value, from the composite's own id. */
  emit: (family: string, value: WireValue = null): CompositeOutcome<never> => ({ kind: "emit", family, value }),
  /** Tells the app and goes on with this state. */
  emitWith: <State>(state: State, family: string, value: WireValue = null): CompositeOutcome<State> => ({
    kind: "emit",
    family,
    value,
    state: { value: state },
  }),
  /** Lets the event go on to the app unchanged. */
  ignore: (): CompositeOutcome<never> => IGNORE,
});

const IGNORE: CompositeOutcome<never> = Object.freeze({ kind: "ignore" });

/**
 * Defines a widget that is built from others and has a state of its own, which the app's model does not show. Define it
 * once, outside of `view`: the definition is what the state belongs to.
 */
export function composite<Props, State>(definition: CompositeDefinition<Props, State>): CompositeBuilder<Props> {
  // A use carries the definition together with props of its own type, so the pair stays consistent with the types off.
  const erased = Object.freeze({ ...definition }) as unknown as CompositeDefinition<unknown, unknown>;
  return (id, props, handlers) => {
    const use: CompositeUse = { definition: erased, props };
    return { type: COMPOSITE_TYPE, id, props: { ...handlers, [COMPOSITE]: use }, children: undefined };
  };
}

/** The definition and props behind an element made by a composite's builder. */
export function compositeOf(element: Element<never>): CompositeUse | undefined {
  if (element.type !== COMPOSITE_TYPE || element.props === undefined) return undefined;
  // Only `composite` writes under this symbol.
  return (element.props as { readonly [COMPOSITE]?: CompositeUse })[COMPOSITE];
}
