import type { TakesMessages } from "../app/app.ts";
import type { HandlerSet, MessageHandlers, ModelHandlers } from "../app/handler.ts";
import { typedChains } from "./chain.ts";
import * as components from "./components.ts";
import type { TypedBuilders, TypedChains, TypedComponents } from "./generated/builders.ts";
import * as builders from "./widgets.ts";

/** All builders, components and chains with the handlers of one app, so that inline functions need no annotations. */
export interface Ui<H extends HandlerSet, Context> extends TypedBuilders<H, Context>, TypedComponents<H, Context> {
  readonly build: TypedChains<H, Context>;
}

/**
 * Builders for `app<Model, Extra>`: a handler is `(model, event) => next`, both parameters typed by the place it stands in.
 */
export function createUi<Model, Extra = never>(): Ui<ModelHandlers<Model, Extra>, Model> {
  return typed<ModelHandlers<Model, Extra>, Model>();
}

/** Builders for `application<Model, Msg>`: a handler is a message, or a function from the event to one. */
export function createMessageUi<Msg>(): Ui<MessageHandlers<Msg>, TakesMessages<Msg>> {
  return typed<MessageHandlers<Msg>, TakesMessages<Msg>>();
}

function typed<H extends HandlerSet, Context>(): Ui<H, Context> {
  const all = { ...builders, ...components, build: typedChains<H, Context>() };
  // The same functions under narrower types: both interfaces are generated from the catalog, and no function looks at
  // the type of a handler.
  return Object.freeze(all) as unknown as Ui<H, Context>;
}
