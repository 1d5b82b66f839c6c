import { app, Command, Effect, isAsync, isClick, isEffect, isInput, isTimer, Subscription } from "plushie";
import { button, checkbox, column, createUi, row, text, textInput, window } from "plushie/ui";

export interface Todo {
  readonly id: number;
  readonly text: string;
  readonly done: boolean;
}

export interface TodoModel {
  readonly todos: readonly Todo[];
  readonly input: string;
}

/** The list of the first examples: everything goes through `update`. */
export const todoApp = app<TodoModel>({
  init: () => ({ todos: [], input: "" }),
  update(model, event) {
    if (isInput(event, "todo_field")) return { ...model, input: event.value };
    if (isClick(event, "add_todo")) {
      const todo = { id: model.todos.length + 1, text: model.input, done: false };
      return [{ todos: [...model.todos, todo], input: "" }, Command.focus("todo_field")];
    }
    return model;
  },
  view: (model) =>
    window("main", { title: "Todos" }, [
      column([
        row([textInput("todo_field", model.input), button("add_todo", "Add")]),
        ...model.todos.map((todo) =>
          row(`todo-${todo.id}`, [checkbox("done", todo.done, { label: todo.text }), text("text", todo.text)]),
        ),
      ]),
    ]),
});

export interface CountModel {
  readonly count: number;
}

const ui = createUi<CountModel>();

/** Handlers on the widgets. */
export const counterApp = app<CountModel>({
  init: () => ({ count: 0 }),
  update: (model) => model,
  view: ({ count }) =>
    ui.window("main", [
      ui.column([
        ui.text("count", `Count: ${count}`),
        ui.button("increment", "+", { onClick: (model) => ({ count: model.count + 1 }) }),
        ui.button("reset", "Reset", {
          disabled: count === 0,
          onClick: () => [{ count: 0 }, Command.announce("Back to zero")],
        }),
      ]),
    ]),
});

export interface LoaderModel {
  readonly state: string;
}

export interface LoaderOptions {
  readonly load: () => Promise<string>;
}

export const loaderApp = app<LoaderModel & { readonly load: () => Promise<string> }, never, LoaderOptions>({
  init: ({ load }) => ({ state: "idle", load }),
  update(model, event) {
    if (isClick(event, "load")) return [{ ...model, state: "loading" }, Command.async(() => model.load(), "loaded")];
    if (isAsync(event, "loaded")) return { ...model, state: event.type === "done" ? String(event.value) : "failed" };
    return model;
  },
  view: ({ state }) => window("main", [column([text("state", state), button("load", "Load")])]),
});

export interface ClockModel {
  readonly ticks: number;
  readonly rings: number;
  readonly isRunning: boolean;
}

const RING = Command.after(100, { kind: "timer", type: "tick", tag: "ring", at: 0 } as const);

export const clockApp = app<ClockModel>({
  init: () => ({ ticks: 0, rings: 0, isRunning: false }),
  update(model, event) {
    if (isClick(event, "start")) return { ...model, isRunning: true };
    if (isClick(event, "stop")) return { ...model, isRunning: false };
    if (isTimer(event, "second")) return { ...model, ticks: model.ticks + 1 };
    if (isTimer(event, "ring") && model.rings < 3) return [{ ...model, rings: model.rings + 1 }, RING];
    if (isClick(event, "ring")) return [model, RING];
    return model;
  },
  subscribe: (model) => (model.isRunning ? [Subscription.every(1000, "second")] : []),
  view: ({ ticks, rings }) =>
    window("main", [
      column([
        text("ticks", `${ticks}`),
        text("rings", `${rings}`),
        button("start", "Start"),
        button("stop", "Stop"),
        button("ring", "Ring"),
      ]),
    ]),
});

export const pickerApp = app<{ readonly path: string }>({
  init: () => ({ path: "none" }),
  update(model, event) {
    if (isClick(event, "open")) return [model, Effect.fileOpen({ title: "Open" }, "pick")];
    if (isEffect(event, "file_open", "pick")) return { path: event.type === "ok" ? event.result.path : event.type };
    return model;
  },
  view: ({ path }) => window("main", [column([text("path", path), button("open", "Open")])]),
});
