import { AppError } from "./app-error.ts";
import { APP, brand, hasBrand } from "./brand.ts";
import type { View } from "./element.ts";
import type { Event } from "./event.ts";
import { notAFunction } from "./handler.ts";
import type { Returned } from "./result.ts";
import type { Settings } from "./settings.ts";
import type { Subscription } from "./subscription.ts";
import type { WindowConfig } from "./window.ts";

/** Start options nobody declared: any record. */
export interface StartOptions {
  readonly [name: string]: unknown;
}

/** Why there is no renderer any more. `shutdown` is an orderly end, such as the user closing the primary window. */
export interface RendererExit {
  readonly kind: "shutdown" | "crash" | "connection-lost" | "heartbeat-timeout" | "bad-framing" | "restart";
  readonly detail?: string | undefined;
}

/**
 * What the inline handlers of an application need from their surroundings: somebody who takes messages. An element whose
 * handlers send `Msg` fits into every application that takes at least `Msg`.
 */
export interface TakesMessages<in Msg> {
  readonly "~take": (message: Msg) => void;
}

interface OptionalMembers<Model> {
  /** Shown as the title of windows that have none, and in reports. Default: `"Plushie"`. */
  readonly name?: string | undefined;
  /** The complete list of what should be running for this model. Absent: nothing. */
  readonly subscribe?: ((model: Model) => readonly Subscription[]) | undefined;
  /**
   * The model to go on with when the renderer is gone. With this member the app also outlives its primary window.
   * `onRendererExit` is another name for it.
   */
  readonly handleRendererExit?: ((model: Model, reason: RendererExit) => Model) | undefined;
  readonly onRendererExit?: ((model: Model, reason: RendererExit) => Model) | undefined;
  /** Defaults for the props of windows, asked whenever a window opens. Props on the window node win. */
  readonly windowConfig?: ((model: Model) => WindowConfig) | undefined;
  /** Sent to every new renderer. Absent: the renderer's own defaults. */
  readonly settings?: (() => Settings) | undefined;
  /** Native widget types that the renderer must have. */
  readonly requiredWidgets?: readonly string[] | undefined;
}

/** What `app` takes. `update` gets the library's events, and `Extra`: what the app itself dispatches. */
export interface AppDefinition<Model, Extra = never, Options = StartOptions> extends OptionalMembers<Model> {
  /** The first model; called once per start with the start options. */
  readonly init: (options: Options) => Returned<Model, Event | Extra>;
  /** The next model. Pure: what should happen besides is returned as commands. */
  readonly update: (model: Model, event: Event | Extra) => Returned<Model, Event | Extra>;
  /** The screen for this model. Pure. */
  readonly view: (model: Model) => View<Model>;
}

/** What `application` takes: events are turned into the app's own messages first. */
export interface ApplicationDefinition<Model, Msg, Options = StartOptions> extends OptionalMembers<Model> {
  readonly init: (options: Options) => Returned<Model, Msg>;
  /** Called once for every event of the library. Messages of inline handlers and of `dispatch` do not pass here. */
  readonly onEvent: (event: Event) => Msg;
  readonly update: (model: Model, message: Msg) => Returned<Model, Msg>;
  readonly view: (model: Model) => View<TakesMessages<Msg>>;
}

/**
 * A defined app: inert data, to be given to a runtime as often as needed. `Incoming` is what `update` receives:
 * `Event | Extra` in the app form, `Msg` in the application form.
 */
export interface App<Model, Incoming = Event, Options = StartOptions> {
  readonly [APP]: true;
  /** Decides how inline handlers are called: with the model and the event, or as messages. */
  readonly form: "app" | "application";
  readonly name: string;
  readonly init: (options: Options) => Returned<Model, Incoming>;
  /** Turns an event of the library into what `update` receives. The identity in the app form. */
  readonly onEvent: (event: Event) => Incoming;
  readonly update: (model: Model, incoming: Incoming) => Returned<Model, Incoming>;
  readonly view: (model: Model) => View<never>;
  readonly subscribe: ((model: Model) => readonly Subscription[]) | undefined;
  readonly handleRendererExit: ((model: Model, reason: RendererExit) => Model) | undefined;
  readonly windowConfig: ((model: Model) => WindowConfig) | undefined;
  readonly settings: (() => Settings) | undefined;
  readonly requiredWidgets: readonly string[];
}

const DEFAULT_NAME = "Plushie";
const OPTIONAL_FUNCTIONS = ["subscribe", "handleRendererExit", "onRendererExit", "windowConfig", "settings"] as const;

const WHAT_TO_WRITE = {
  init: "init: () => model",
  update: "update: (model, event) => model",
  view: 'view: (model) => window("main", {}, [])',
  onEvent: "onEvent: (event) => message",
} as const;

/**
 * Defines an app whose `update` receives the library's events. Starts nothing. Throws an `AppError` when a member is
 * missing.
 */
export function app<Model, Extra = never, Options = StartOptions>(
  definition: AppDefinition<Model, Extra, Options>,
): App<Model, Event | Extra, Options> {
  check(definition, "app", ["init", "update", "view"]);
  return build(definition, "app", (event) => event);
}

/** Defines an app whose `update` receives its own messages, which `onEvent` makes from events. Starts nothing. */
export function application<Model, Msg, Options = StartOptions>(
  definition: ApplicationDefinition<Model, Msg, Options>,
): App<Model, Msg, Options> {
  check(definition, "application", ["init", "onEvent", "update", "view"]);
  return build(definition, "application", definition.onEvent);
}

/** True for values made by `app` and `application`. */
export function isApp(value: unknown): value is App<unknown, unknown, unknown> {
  return hasBrand(value, APP);
}

/**
 * Calls an inline handler the way the form of the app wants it, and gives back what it returned for `readResult`. In the
 * application form a function is asked for the message, anything else is the message.
 */
export function callHandler<Model, Incoming, Options>(
  target: App<Model, Incoming, Options>,
  handler: unknown,
  model: Model,
  event: Event,
): Returned<Model, Incoming> {
  // Views are typed by `app` and `application`, so a handler found in one has the type its form asks for.
  if (target.form === "app" && typeof handler !== "function") throw notAFunction(handler);
  if (target.form === "app")
    return (handler as (model: Model, event: Event) => Returned<Model, Incoming>)(model, event);
  const message =
    typeof handler === "function" ? (handler as (event: Event) => Incoming)(event) : (handler as Incoming);
  return target.update(model, message);
}

function build<Model, Incoming, Options>(
  definition: OptionalMembers<Model> & {
    readonly init: (options: Options) => Returned<Model, Incoming>;
    readonly update: (model: Model, incoming: Incoming) => Returned<Model, Incoming>;
    readonly view: (model: Model) => View<never>;
  },
  form: "app" | "application",
  onEvent: (event: Event) => Incoming,
): App<Model, Incoming, Options> {
  return brand(APP, {
    form,
    name: definition.name ?? DEFAULT_NAME,
    init: definition.init,
    onEvent,
    update: definition.update,
    view: definition.view,
    subscribe: definition.subscribe,
    handleRendererExit: definition.handleRendererExit ?? definition.onRendererExit,
    windowConfig: definition.windowConfig,
    settings: definition.settings,
    requiredWidgets: Object.freeze([...(definition.requiredWidgets ?? [])]),
  });
}

function check(
  definition: object,
  form: "app" | "application",
  required: readonly (keyof typeof WHAT_TO_WRITE)[],
): void {
  if (typeof definition !== "object" || definition === null) {
    throw new AppError("app-definition-invalid", `${form}() needs one object with ${required.join(", ")}.`);
  }
  const given = new Map<string, unknown>(Object.entries(definition));
  for (const member of required) {
    if (typeof given.get(member) === "function") continue;
    throw new AppError(
      "app-definition-invalid",
      `${form}() needs the function \`${member}\`. Add \`${WHAT_TO_WRITE[member]}\` to the definition.`,
      { detail: { member } },
    );
  }
  for (const member of OPTIONAL_FUNCTIONS) {
    const value = given.get(member);
    if (value === undefined || typeof value === "function") continue;
    throw new AppError("app-definition-invalid", `\`${member}\` of ${form}() must be a function or absent.`, {
      detail: { member },
    });
  }
}
