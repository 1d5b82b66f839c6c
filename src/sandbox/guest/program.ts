/** What an experiment exports, brought to one form. */
export interface Program {
  readonly hasModel: boolean;
  init(): unknown;
  update(model: unknown, event: unknown): unknown;
  view(model: unknown): unknown;
  /** Calls an inline handler, or uses it as the message it is. */
  handle(handler: unknown, model: unknown, event: unknown): unknown;
  /** The model in what `init` or `update` returned. */
  modelOf(result: unknown, before: unknown, log: (text: string) => void): unknown;
}

type Callable = (...args: readonly unknown[]) => unknown;

/** A `view`, or a whole app: `init`, `update` and `view` as exports, or an app as the default export. */
export function asProgram(exports: unknown): Program {
  const found = isRecord(exports) ? exports : {};
  const source = isRecord(found["default"]) ? definitionOf(found["default"]) : found;
  const view = source["view"] ?? (typeof found["default"] === "function" ? found["default"] : undefined);
  if (!isCallable(view)) {
    throw new Error("an experiment exports a `view` function, or an app: `export default app({ init, update, view })`");
  }
  const { init, update, onEvent } = source;
  const hasModel = init !== undefined;
  const map: Callable = isCallable(onEvent) ? onEvent : (event) => event;
  return {
    hasModel,
    init: () => (isCallable(init) ? modelFrom(init({})) : init),
    view: (model) => (hasModel ? view(model) : view()),
    update: (model, event) => (isCallable(update) ? update(model, map(event)) : model),
    handle: (handler, model, event) => {
      if (!isCallable(onEvent)) return isCallable(handler) ? handler(model, event) : model;
      const message = isCallable(handler) ? handler(event) : handler;
      return isCallable(update) ? update(model, message) : model;
    },
    modelOf: (result, before, log) => {
      if (!hasModel) return before;
      if (result === undefined) throw new Error("update returned nothing: end it with `return model`");
      if (isPair(result)) log("commands have no effect in an experiment");
      return modelFrom(result);
    },
  };
}

/** Apps keep their callbacks on the value itself. */
function definitionOf(app: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inner = app["definition"];
  return isRecord(inner) ? inner : app;
}

function modelFrom(result: unknown): unknown {
  if (isPair(result)) return result[0];
  if (isRecord(result) && result["~next"] === true) return result["model"];
  return result;
}

/** A model with a command or commands; a model that is itself a list of two is none. */
function isPair(result: unknown): result is readonly [unknown, unknown] {
  if (!Array.isArray(result) || result.length !== 2) return false;
  const second: unknown = result[1];
  return isCommand(second) || (Array.isArray(second) && second.length > 0 && second.every(isCommand));
}

function isCommand(value: unknown): boolean {
  return (
    isRecord(value) && Object.getOwnPropertySymbols(value).some((symbol) => symbol.description === "plushie.command")
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isCallable(value: unknown): value is Callable {
  return typeof value === "function";
}
