import {
  type App,
  app,
  Command,
  type Event,
  isEvent,
  next,
  readResult,
  type Subscription,
  type View,
} from "../app/index.ts";
import type { BroadcastEvent } from "../protocol/index.ts";
import type { ParticipantOptions } from "./participant.ts";
import { RoomError } from "./room-error.ts";
import { change, type SharedDefinition } from "./shared.ts";

export interface SharedAppOptions<Model, Local extends keyof Model> {
  /** Name of the room's log. */
  readonly name: string;
  /** Changes when `update` would give another model for the same events. */
  readonly version: string;
  /** Members of the model that every participant has alone. They survive broadcasts and are never shared. */
  readonly local: readonly Local[];
  /**
   * Which events change the shared model. Default: widget events. The others, and what inline handlers do, happen in
   * the participant's own copy only, until the next broadcast replaces everything but the local members.
   */
  readonly isShared?: (event: Event) => boolean;
}

/** An event on its way to the room, with what its author's screen had for itself: so a replay sees the same. */
export interface SharedEvent {
  readonly event: Event;
  readonly local: { readonly [name: string]: unknown };
}

/** The two halves of a shared app: what the room runs, and what each participant runs. */
export interface SharedApp<Model> {
  readonly definition: SharedDefinition<Model, SharedEvent>;
  readonly app: App<Model, Event | BroadcastEvent<Model>, ParticipantOptions<Model>>;
}

/**
 * Shares an app as it is: events go to the room, its `update` runs there, and everybody gets the model. Each participant
 * keeps the members named in `local`. The model must be plain JSON data, and `update` pure.
 *
 * Good for an app that was written for one person. For actions of your own, checks and merging, write a
 * `SharedDefinition` instead.
 */
export function sharedApp<Model extends object, Local extends keyof Model & string>(
  single: App<Model, Event>,
  options: SharedAppOptions<Model, Local>,
): SharedApp<Model> {
  if (single.form !== "app") {
    throw new RoomError(
      "action-invalid",
      "sharedApp takes an app made with `app`: messages of `application` cannot be stored",
    );
  }
  const isShared = options.isShared ?? ((event: Event) => event.kind === "widget");
  const pick = (model: Model) => Object.fromEntries(options.local.map((name) => [name, model[name]]));
  // Members that are put back come from a model of the same type.
  const merge = (model: Model, local: object): Model => ({ ...model, ...local });
  const start = () => taken(readResult(single.init({}), "init"));

  const definition: SharedDefinition<Model, SharedEvent> = {
    name: options.name,
    version: options.version,
    init: () => start().model,
    accept: (action) =>
      isSharedEvent(action) && isShared(action.event)
        ? { ok: true, action }
        : { ok: false, reason: "a shared app takes its own events only" },
    update(shared, { event, local }) {
      const before = merge(shared, local);
      const { model, commands } = taken(readResult(single.update(before, event), "update"));
      if (model === before)
        return commands.length === 0 ? shared : change(shared, { command: Command.batch(commands) });
      const isLocalChanged = options.local.some((name) => model[name] !== before[name]);
      return change(merge(model, pick(shared)), {
        ...(commands.length === 0 ? {} : { command: Command.batch(commands) }),
        ...(isLocalChanged ? { reply: pick(model) } : {}),
      });
    },
  };

  const participant = app<Model, BroadcastEvent<Model>, ParticipantOptions<Model>>({
    name: single.name,
    init({ sharedModel }) {
      const { model, commands } = start();
      return next(merge(sharedModel, pick(model)), ...commands);
    },
    update(model, event) {
      if (!isNews(event)) {
        if (isShared(event)) return next(model, Command.share({ event, local: pick(model) }));
        const result = taken(readResult(single.update(model, event), "update"));
        return next(result.model, ...result.commands);
      }
      if (event.type !== "model") return next(model);
      const reply = typeof event.reply === "object" && event.reply !== null ? event.reply : {};
      return next(merge(merge(event.model, pick(model)), reply));
    },
    // `app` has checked the handlers in it against this very model before it let go of the type.
    view: (model) => single.view(model) as View<Model>,
    ...optional(single),
  });

  return { definition, app: participant };
}

function optional<Model>(single: App<Model, Event>): {
  readonly subscribe?: (model: Model) => readonly Subscription[];
  readonly settings?: NonNullable<App<Model>["settings"]>;
  readonly windowConfig?: NonNullable<App<Model>["windowConfig"]>;
  readonly handleRendererExit?: NonNullable<App<Model>["handleRendererExit"]>;
  readonly requiredWidgets: readonly string[];
} {
  const { subscribe, settings, windowConfig, handleRendererExit, requiredWidgets } = single;
  return {
    requiredWidgets,
    ...(subscribe === undefined ? {} : { subscribe }),
    ...(settings === undefined ? {} : { settings }),
    ...(windowConfig === undefined ? {} : { windowConfig }),
    ...(handleRendererExit === undefined ? {} : { handleRendererExit }),
  };
}

function taken<Value>(
  result: { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: Error },
): Value {
  if (result.ok) return result.value;
  throw result.error;
}

function isNews<Model>(event: Event | BroadcastEvent<Model>): event is BroadcastEvent<Model> {
  return event.kind === "broadcast";
}

function isSharedEvent(value: unknown): value is SharedEvent {
  if (typeof value !== "object" || value === null || !("event" in value) || !("local" in value)) return false;
  return isEvent(value.event) && typeof value.local === "object" && value.local !== null;
}
