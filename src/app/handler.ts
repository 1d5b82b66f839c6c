import type { WidgetFamily } from "../protocol/widget-event.ts";
import { AppError } from "./app-error.ts";
import type { Event, WidgetEvent } from "./event.ts";
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

/** Says what is wrong with a handler that is no function in the app form. */
export function notAFunction(handler: unknown): AppError {
  return new AppError(
    "app-handler-invalid",
    `an inline handler must be a function (model, event) => model, got ${typeof handler}. Messages as handlers need application().`,
  );
}
