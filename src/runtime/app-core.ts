import {
  type App,
  next,
  type RendererExit,
  readResult,
  readSubscriptions,
  type Settings,
  type SingleCommand,
  type Subscription,
  type View,
  type WindowConfig,
} from "../app/index.ts";
import { messageOf, type Result } from "../base/index.ts";
import type { FaultLog, FaultSource } from "./fault-log.ts";
import { RuntimeError } from "./runtime-error.ts";
import { attempt, firstStep, type Input, type StepFailure, step } from "./step.ts";

/** Holds the model and calls the author's functions, each under guard: what they throw is reported, never passed on. */
export class AppCore<Model, Incoming, Options> {
  readonly #app: App<Model, Incoming, Options>;
  readonly #faults: FaultLog;
  #model: Model;
  #isNew = true;
  /** What `view` gave for this model, to show again when only windows or composites changed. */
  #view: { readonly value: View<never> } | undefined;
  /** Commands of `init`. */
  readonly firstCommands: readonly SingleCommand<Incoming>[];

  /** Calls `init`; throws a `RuntimeError` when it fails. */
  constructor(app: App<Model, Incoming, Options>, options: Options, faults: FaultLog) {
    this.#app = app;
    this.#faults = faults;
    const first = firstStep(app, options);
    if (!first.ok) {
      const { error } = first.error;
      throw new RuntimeError("init-failed", `The app was not started: ${messageOf(error)}`, { cause: error });
    }
    this.#model = first.value.model;
    this.firstCommands = first.value.commands;
  }

  get model(): Model {
    return this.#model;
  }

  /** The model is another one than at the last `markShown`. */
  get isNew(): boolean {
    return this.#isNew;
  }

  markShown(): void {
    this.#isNew = false;
  }

  /** One input for `update`; gives the commands that came with the new model. */
  update(input: Input<Incoming>): readonly SingleCommand<Incoming>[] {
    const result = step(this.#app, this.#model, input);
    if (!result.ok) {
      this.#failed(result.error);
      return [];
    }
    for (const source of sourcesOf(this.#app.form, input)) this.#faults.succeeded(source);
    this.#setModel(result.value.model);
    return result.value.commands;
  }

  /** What should be running; nothing when that cannot be told, and then all stays as it is. */
  subscriptions(): readonly Subscription[] | undefined {
    const { subscribe } = this.#app;
    if (subscribe === undefined) return undefined;
    const result = this.#call("subscribe", () => subscribe(this.#model));
    if (!result.ok) return undefined;
    const list = readSubscriptions(result.value);
    if (!list.ok) {
      this.#faults.failed("subscribe", list.error);
      return undefined;
    }
    this.#faults.succeeded("subscribe");
    return list.value;
  }

  /** Hands what `view` gives to `show`, in one guard: a view is good when it could be shown. */
  view(show: (view: View<never>) => void): boolean {
    const result = this.#call("view", () => {
      const known = this.#view;
      this.#view = undefined;
      const view = known ?? { value: this.#app.view(this.#model) };
      show(view.value);
      this.#view = view;
    });
    if (result.ok) this.#faults.succeeded("view");
    return result.ok;
  }

  windowConfig(): WindowConfig | undefined {
    const { windowConfig } = this.#app;
    if (windowConfig === undefined) return undefined;
    const result = this.#call("window-config", () => windowConfig(this.#model));
    if (result.ok) this.#faults.succeeded("window-config");
    return result.ok ? result.value : undefined;
  }

  settings(): Settings {
    const { settings } = this.#app;
    if (settings === undefined) return {};
    const result = this.#call("settings", settings);
    return result.ok ? (result.value ?? {}) : {};
  }

  /** Asks for the model to go on with. False when the app has no opinion. */
  rendererExit(reason: RendererExit): boolean {
    const { handleRendererExit } = this.#app;
    if (handleRendererExit === undefined) return false;
    const result = this.#call("renderer-exit", () => handleRendererExit(this.#model, reason));
    if (!result.ok) return true;
    if (result.value === undefined) {
      const error = new TypeError("handleRendererExit returned undefined; return the model to go on with");
      this.#faults.failed("renderer-exit", error);
      return true;
    }
    this.#faults.succeeded("renderer-exit");
    this.#setModel(result.value);
    return true;
  }

  /** Opens a command from outside into single ones. Throws when it is none. */
  read(command: Parameters<typeof next<Model, Incoming>>[1]): readonly SingleCommand<Incoming>[] {
    const result = readResult<Model, Incoming>(next<Model, Incoming>(this.#model, command), "perform");
    if (!result.ok) throw result.error;
    return result.value.commands;
  }

  #call<Value>(source: FaultSource, call: () => Value): Result<Value, StepFailure> {
    const result = attempt(source, call);
    if (!result.ok) this.#failed(result.error);
    return result;
  }

  #failed({ source, error }: StepFailure): void {
    this.#faults.failed(source, error, undefined);
  }

  #setModel(model: Model): void {
    if (model === this.#model) return;
    this.#model = model;
    this.#isNew = true;
    this.#view = undefined;
  }
}

/** Which of the author's functions have worked when an input went through. */
function sourcesOf<Incoming>(form: "app" | "application", input: Input<Incoming>): readonly FaultSource[] {
  if (input.origin === "app") return ["update"];
  if (input.handler !== undefined) return form === "app" ? ["handler"] : ["update"];
  return form === "app" ? ["update"] : ["on-event", "update"];
}
