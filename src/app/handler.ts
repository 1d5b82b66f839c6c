import type { WidgetFamily } from "../protocol/widget-event.ts";
import { AppError } from "./app-error.ts";
import type { Element } from "./element.ts";
import type { AnyWidgetEvent, Event, WidgetEvent } from "./event.ts";
import type { Returned } from "./result.ts";

/** The type of the inline handler for each family of widget events. One set per way of writing an app. */
export type HandlerSet = { readonly [Family in WidgetFamily]: unknown };

/** Handlers of the app form: the next model from the model and the event. */
export type ModelHandlers<Model, Out = never> = {
  readonly [Family in WidgetFamily]: (
    model: Model,
    event: WidgetEvent<Family>,
  ) => Returned<NoInfer<Model>, Out | Event>;
};

/** Handlers of the application form: a message, or a function that makes one from the event. */
export type MessageHandlers<Msg> = {
  readonly [Family in WidgetFamily]: Msg | ((event: WidgetEvent<Family>) => Msg);
};

/** The prop an inline handler for this family stands under: `slide_release` is `onSlideRelease`. */
export function handlerName(family: string): string {
  let name = "on";
  for (const word of family.split(/[^A-Za-z0-9]+/)) name += word.charAt(0).toUpperCase() + word.slice(1);
  return name;
}

/**
 * The inline handler on `element` for `event`, or `undefined`. A prop that is only switched on with `true` is no handler:
 * its event goes to `update`.
 */
export function findHandler(element: Element<never>, event: AnyWidgetEvent): unknown {
  const props = element.props;
  if (props === undefined) return undefined;
  for (const name of handlerNames(element.type, event)) {
    const value = Object.hasOwn(props, name) ? props[name] : undefined;
    if (value !== undefined && value !== null && typeof value !== "boolean") return value;
  }
  return undefined;
}

/** Says what is wrong with a handler that is no function in the app form. */
export function notAFunction(handler: unknown): AppError {
  return new AppError(
    "app-handler-invalid",
    `an inline handler must be a function (model, event) => model, got ${typeof handler}. Messages as handlers need application().`,
  );
}

/** Where the opt-in prop of the wire does not have the name of the family, the opt-in's name counts as well. */
function handlerNames(type: string, event: AnyWidgetEvent): readonly string[] {
  if (event.type === "custom") return [handlerName(event.family)];
  if (type === "scrollable" && event.type === "scrolled") return ["onScroll", "onScrolled"];
  if (type === "pointer_area" && (event.type === "press" || event.type === "release")) {
    const button = event.value.button;
    if (button === "right" || button === "middle") return [handlerName(`${button}_${event.type}`)];
  }
  return [handlerName(event.type)];
}
