// The front door for people who write apps. Widgets are in `plushie/ui`; nothing here needs Node or a browser.

export {
  type App,
  type AppDefinition,
  type ApplicationDefinition,
  app,
  application,
  isApp,
  type RendererExit,
  type StartOptions,
  type TakesMessages,
} from "./app/app.ts";
export { AppError, type AppErrorCode } from "./app/app-error.ts";
export {
  Command,
  type EffectCommand,
  type ImageData,
  isCommand,
  type ScrollOffset,
  type SingleCommand,
  type StreamRun,
} from "./app/command.ts";
export {
  Composite,
  type CompositeBuilder,
  type CompositeDefinition,
  type CompositeHandlers,
  type CompositeOutcome,
  composite,
} from "./app/composite.ts";
export { type DialogOptions, Effect, type FileFilter, type NotificationOptions } from "./app/effect.ts";
export type * from "./app/element.ts";
export type * from "./app/event.ts";
export * from "./app/guards.ts";
export type { HandlerSet, MessageHandlers, ModelHandlers } from "./app/handler.ts";
export { Keys, type NamedKey } from "./app/keys.ts";
export { memo } from "./app/memo.ts";
export { type ModelAndCommands, type Next, next, type Returned, readResult } from "./app/result.ts";
export { defaultSettings, type Settings } from "./app/settings.ts";
export {
  isSubscription,
  type RendererSubscription,
  Subscription,
  type SubscriptionOptions,
  type SubscriptionSource,
  type TimerSubscription,
} from "./app/subscription.ts";
export type * from "./app/tag.ts";
export { type Stream, stream, type Task, task } from "./app/task.ts";
export type * from "./app/values.ts";
export type * from "./app/window.ts";
export { type ErrorDetail, PlushieError } from "./base/error.ts";
export { err, ok, type Result } from "./base/result.ts";
