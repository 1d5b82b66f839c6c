import { type App, type AppError, callHandler, type ModelAndCommands, readResult } from "../app/index.ts";
import { err, type Result } from "../base/index.ts";
import type { Event } from "../protocol/index.ts";
import type { FaultSource } from "./fault-log.ts";

/** One thing for `update`: an event of the library, or a value the app dispatched itself. */
export type Input<Incoming> =
  | {
      readonly origin: "library";
      readonly event: Event;
      /** What the element has for this event, if anything. */
      readonly handler?: { readonly value: unknown } | undefined;
    }
  | { readonly origin: "app"; readonly event: Incoming };

export interface StepFailure {
  readonly source: FaultSource;
  readonly error: unknown;
}

export type StepResult<Model, Incoming> = Result<ModelAndCommands<Model, Incoming>, StepFailure>;

/**
 * Decides what follows from one input: the next model and commands, or what failed. Performs nothing and calls `update`
 * at most once. After a failure the caller keeps the model it has.
 */
export function step<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  model: Model,
  input: Input<Incoming>,
): StepResult<Model, Incoming> {
  if (input.origin === "app") return guard("update", () => readResult(app.update(model, input.event), "update"));
  const { event, handler } = input;
  if (handler !== undefined) {
    // In the application form a handler only makes the message; what can fail at length is `update`.
    const source = app.form === "app" ? "handler" : "update";
    return guard(source, () => readResult(callHandler(app, handler.value, model, event), nameOf(app, event)));
  }
  const mapped = attempt("on-event", () => app.onEvent(event));
  if (!mapped.ok) return mapped;
  return guard("update", () => readResult(app.update(model, mapped.value), "update"));
}

/** Runs the first step. */
export function firstStep<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: Options,
): StepResult<Model, Incoming> {
  return guard("init", () => readResult(app.init(options), "init"));
}

/** Calls an author's function; what it throws becomes a value. */
export function attempt<Value>(source: FaultSource, call: () => Value): Result<Value, StepFailure> {
  try {
    return { ok: true, value: call() };
  } catch (error) {
    return err({ source, error });
  }
}

function guard<Value>(source: FaultSource, call: () => Result<Value, AppError>): Result<Value, StepFailure> {
  const outcome = attempt(source, call);
  if (!outcome.ok) return outcome;
  return outcome.value.ok ? outcome.value : err({ source, error: outcome.value.error });
}

function nameOf<Model, Incoming, Options>(app: App<Model, Incoming, Options>, event: Event): string {
  if (app.form === "application") return "update";
  return event.kind === "widget" ? `the ${event.type} handler of "${event.target}"` : "an event handler";
}
