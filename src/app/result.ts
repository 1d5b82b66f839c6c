import { err, ok, type Result } from "../base/index.ts";
import { AppError } from "./app-error.ts";
import { brand, hasBrand, NEXT } from "./brand.ts";
import { type Command, isCommand, type SingleCommand } from "./command.ts";
import type { Event } from "./event.ts";
import { isSubscription, type Subscription } from "./subscription.ts";

/** A model with the commands that go with it, made by `next`. */
export interface Next<Model, Out = Event> {
  readonly [NEXT]: true;
  readonly model: Model;
  readonly commands: readonly Command<Out>[];
}

/**
 * What `init`, `update` and handlers return: the model, or the model with a command or several. A model that is itself an
 * array needs `next(model)`, because an array is always read as `[model, command]`.
 */
export type Returned<Model, Out = Event> =
  | BareModel<Model>
  | readonly [model: Model, commands: Command<Out> | readonly Command<Out>[]]
  | Next<Model, Out>;

type BareModel<Model> = Model extends readonly unknown[] ? never : Model;

export interface ModelAndCommands<Model, Out = Event> {
  readonly model: Model;
  /** Flat: batches are opened, `none` is dropped. */
  readonly commands: readonly SingleCommand<Out>[];
}

/** The explicit form of a result, for every kind of model. */
export function next<Model, Out = never>(model: Model, ...commands: Command<Out>[]): Next<Model, Out> {
  return brand(NEXT, { model, commands: Object.freeze(commands) });
}

/**
 * Reads what `init`, `update` or a handler returned. `where` is the name of that function, for the message. Whatever is
 * not clearly one of the allowed forms is an error that says what to write; nothing is ever taken as a model silently.
 */
export function readResult<Model, Out = Event>(
  value: Returned<Model, Out> | undefined,
  where: string,
): Result<ModelAndCommands<Model, Out>, AppError> {
  if (value === undefined) {
    return fail(
      "app-result-missing",
      `${where} returned undefined. Every path must return the next model: add a final \`return model\`.`,
    );
  }
  if (isPromise(value)) {
    return fail(
      "app-result-promise",
      `${where} returned a promise. It must return at once: do the waiting in a command, ` +
        'as in `return [model, Command.async(load, "loaded")]`.',
    );
  }
  if (isNext<Model, Out>(value)) return withCommands(value.model, value.commands, where);
  if (isCommand(value)) {
    return fail(
      "app-result-malformed",
      `${where} returned a command without a model. Write \`return [model, command]\`.`,
    );
  }
  if (Array.isArray(value)) return readPair(value, where);
  // The array and `Next` members of the union are handled above; what is left is a model.
  return ok({ model: value as Model, commands: [] });
}

/** Reads what `subscribe` returned. */
export function readSubscriptions(value: unknown): Result<readonly Subscription[], AppError> {
  if (Array.isArray(value) && value.every(isSubscription)) return ok(value);
  const found = Array.isArray(value)
    ? `item ${value.findIndex((item) => !isSubscription(item))} is ${describe(value.find((item) => !isSubscription(item)))}`
    : `got ${describe(value)}`;
  return fail(
    "app-subscriptions-malformed",
    `subscribe must return an array of values made by Subscription, but ${found}. Without subscriptions return [].`,
  );
}

function readPair<Model, Out>(
  value: readonly unknown[],
  where: string,
): Result<ModelAndCommands<Model, Out>, AppError> {
  const [model, second] = value;
  if (value.length === 2 && (isCommand(second) || (Array.isArray(second) && second.every(isCommand)))) {
    const commands = Array.isArray(second) ? second : [second];
    // The type of the pair's first member is the author's promise, checked where `update` is written.
    return withCommands(model as Model, commands as readonly Command<Out>[], where);
  }
  const found =
    value.length === 2
      ? `an array of two whose second member is ${describe(second)}, not a command`
      : `an array of ${value.length}`;
  return fail(
    "app-result-malformed",
    `${where} returned ${found}. Write \`return model\`, \`return [model, command]\` or \`return [model, [command, …]]\`; ` +
      "if the model is itself an array, write `return next(model)`.",
  );
}

function withCommands<Model, Out>(
  model: Model,
  commands: readonly Command<Out>[],
  where: string,
): Result<ModelAndCommands<Model, Out>, AppError> {
  if (model === undefined) return fail("app-result-missing", `${where} returned undefined as the model.`);
  if (isPromise(model)) {
    return fail(
      "app-result-promise",
      `${where} returned a promise as the model. Do the waiting in a command, such as Command.async.`,
    );
  }
  const flat: SingleCommand<Out>[] = [];
  for (const command of commands) {
    if (!isCommand(command)) return fail("app-result-malformed", notCommand(command, where));
    const bad = flatten<Out>(command, flat);
    if (bad !== undefined) return fail("app-result-malformed", notCommand(bad.value, where));
  }
  return ok({ model, commands: flat });
}

/** Appends the single commands; gives back the first thing that is no command. */
function flatten<Out>(command: Command<Out>, into: SingleCommand<Out>[]): { readonly value: unknown } | undefined {
  if (command.kind === "none") return undefined;
  if (command.kind !== "batch") {
    into.push(command);
    return undefined;
  }
  for (const inner of command.commands) {
    if (!isCommand(inner)) return { value: inner };
    const bad = flatten<Out>(inner, into);
    if (bad !== undefined) return bad;
  }
  return undefined;
}

function isNext<Model, Out>(value: unknown): value is Next<Model, Out> {
  return hasBrand(value, NEXT);
}

function isPromise(value: unknown): boolean {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

function notCommand(value: unknown, where: string): string {
  return `${where} returned ${describe(value)} among its commands. Commands are values made by Command or Effect.`;
}

function fail(code: AppError["code"], message: string): { readonly ok: false; readonly error: AppError } {
  return err(new AppError(code, message));
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object") return "an object";
  return value === undefined ? "undefined" : `a ${typeof value}`;
}
