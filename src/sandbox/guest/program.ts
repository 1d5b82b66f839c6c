import { type App, app, callHandler, type Event, isApp, readResult } from "../../app/index.ts";

/** What an experiment exports, brought to one form. */
export interface Program {
  /** Without a model there is nothing to keep and nothing that events could change. */
  readonly hasModel: boolean;
  init(log: (text: string) => void): unknown;
  view(model: unknown): unknown;
  /** The model after an event: its inline handler gets it, else `update`. */
  react(model: unknown, event: Event, handler: unknown, log: (text: string) => void): unknown;
}

/** A `view`, or a whole app: `init`, `update` and `view` as exports, or an app as the default export. */
export function asProgram(exports: Readonly<Record<string, unknown>>): Program {
  const main = exports["default"];
  const hasModel = isApp(main) || exports["init"] !== undefined;
  const program: App<unknown, unknown, unknown> = isApp(main) ? main : assemble(exports, main);

  function take(result: unknown, where: string, log: (text: string) => void): unknown {
    const outcome = readResult(result, where);
    if (!outcome.ok) throw outcome.error;
    if (outcome.value.commands.length > 0) log("commands have no effect in an experiment");
    return outcome.value.model;
  }

  return {
    hasModel,
    init: (log) => (hasModel ? take(program.init({}), "init", log) : undefined),
    view: (model) => program.view(model),
    react: (model, event, handler, log) => {
      if (!hasModel) return model;
      if (handler !== undefined) return take(callHandler(program, handler, model, event), "the handler", log);
      return take(program.update(model, program.onEvent(event)), "update", log);
    },
  };
}

function assemble(exports: Readonly<Record<string, unknown>>, main: unknown): App<unknown, unknown, unknown> {
  const { init, update } = exports;
  const view = exports["view"] ?? main;
  if (!isCallable(view)) {
    throw new Error("an experiment exports a `view` function, or an app: `export default app({ init, update, view })`");
  }
  return app<unknown, unknown, unknown>({
    init: () => (isCallable(init) ? init({}) : init),
    update: (model, event) => (isCallable(update) ? update(model, event) : model),
    // What it returns is looked at when it is turned into text.
    view: (model) => view(model) as never,
  });
}

function isCallable(value: unknown): value is (...args: readonly unknown[]) => never {
  return typeof value === "function";
}
