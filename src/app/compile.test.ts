import { describe, expectTypeOf, test } from "vitest";
import {
  type App,
  app,
  application,
  Command,
  type CustomWidgetEvent,
  type Event,
  isAsync,
  isClick,
  isCloseRequested,
  isEffect,
  isInput,
  isKeyPress,
  isSelect,
  isSubmit,
  isTimer,
  isToggle,
  isWindow,
  next,
  Subscription,
  stream,
  task,
  type View,
  type WidgetEvent,
} from "../index.ts";

// Compiled by the type check; what is marked as an error must be one.

interface Model {
  readonly n: number;
}

const init = (): Model => ({ n: 0 });
const view = (): View<Model> => null;

describe("definitions", () => {
  test("[R002] each required member is required", () => {
    // Never called: a missing member also throws.
    const _wrong = () => {
      // @ts-expect-error update is missing
      app<Model>({ init, view });
      // @ts-expect-error view is missing
      app<Model>({ init, update: (model) => model });
      // @ts-expect-error init is missing
      app<Model>({ view, update: (model) => model });
      // @ts-expect-error onEvent is missing
      application<Model, string>({ init, view: () => null, update: (model) => model });
    };
    expectTypeOf(_wrong).toBeFunction();
  });

  test("[R005] update of the app form receives events", () => {
    const made = app<Model>({
      init,
      view,
      update: (model, event) => {
        expectTypeOf(model).toEqualTypeOf<Model>();
        expectTypeOf(event).toEqualTypeOf<Event>();
        return model;
      },
    });
    expectTypeOf(made).toEqualTypeOf<App<Model, Event>>();
  });

  test("update also receives what the app dispatches, when it says so", () => {
    interface Saved {
      readonly kind: "saved";
      readonly at: number;
    }
    app<Model, Saved>({
      init,
      view,
      update: (model, event) => {
        if (event.kind === "saved") return { n: event.at };
        return [model, Command.dispatch({ kind: "saved", at: 1 })];
      },
    });
    app<Model>({
      init,
      view,
      // @ts-expect-error nothing but events may be dispatched here
      update: (model) => [model, Command.dispatch({ kind: "saved", at: 1 })],
    });
  });

  test("[R006] update of the application form receives messages only", () => {
    type Msg = { readonly type: "saved" } | { readonly type: "ignored" };
    const made = application<Model, Msg>({
      init,
      view: () => null,
      onEvent: (event) => {
        expectTypeOf(event).toEqualTypeOf<Event>();
        return { type: "ignored" };
      },
      update: (model, message) => {
        expectTypeOf(message).toEqualTypeOf<Msg>();
        return [model, Command.dispatch({ type: "saved" })];
      },
    });
    expectTypeOf(made).toEqualTypeOf<App<Model, Msg>>();
    expectTypeOf<Event>().not.toExtend<Msg>();
    application<Model, Msg>({
      init,
      view: () => null,
      // @ts-expect-error an event is no message
      onEvent: (event) => event,
      update: (model) => model,
    });
  });

  test("[R007] init has the type of the start options", () => {
    app<Model, never, { readonly start: number }>({
      init: ({ start }) => ({ n: start }),
      view,
      update: (model) => model,
    });
    app<Model>({ init: (options) => ({ n: Number(options["start"] ?? 0) }), view, update: (model) => model });
  });

  test("results are checked", () => {
    const _wrong = () => {
      // @ts-expect-error a promise is no model
      app<Model>({ init: async () => ({ n: 0 }), view, update: (model) => model });
      // @ts-expect-error nothing is no model
      app<Model>({ init, view, update: () => {} });
      // @ts-expect-error an array of one is no model
      app<Model>({ init, view, update: (model) => [model] });
      // @ts-expect-error a string is no command
      app<Model>({ init, view, update: (model) => [model, "focus"] });
      // @ts-expect-error a model that is an array needs next
      app<readonly number[]>({ init: () => [1], view: () => null, update: (model) => next(model) });
    };
    expectTypeOf(_wrong).toBeFunction();
    app<readonly number[]>({ init: () => next([1]), view: () => null, update: (model) => [model, Command.none()] });
    app<Model>({ init: () => [init(), []], view, update: (model) => next(model, Command.focus("a"), Command.exit()) });
  });

  test("[R119] subscribe gives subscriptions", () => {
    app<Model>({
      init,
      view,
      update: (model) => model,
      subscribe: (model) => (model.n > 0 ? [Subscription.onIme()] : []),
    });
    // @ts-expect-error a string is no subscription
    app<Model>({ init, view, update: (model) => model, subscribe: () => ["keys"] });
  });

  test("settings and window defaults are checked", () => {
    app<Model>({
      init,
      view,
      update: (model) => model,
      windowConfig: () => ({
        title: "x",
        width: 800,
        minSize: { width: 1, height: 1 },
        resizable: true,
        theme: "system",
      }),
      settings: () => ({ theme: "dark", scaleFactor: 1.5 }),
    });
    // @ts-expect-error no such level
    app<Model>({ init, view, update: (model) => model, windowConfig: () => ({ level: "top" }) });
    // @ts-expect-error no such theme
    app<Model>({ init, view, update: (model) => model, settings: () => ({ theme: "sepia" }) });
  });
});

describe("[W35] guards narrow", () => {
  const _narrow = (event: Event): void => {
    if (isClick(event, "save")) expectTypeOf(event).toEqualTypeOf<WidgetEvent<"click">>();
    if (isInput(event)) expectTypeOf(event.value).toEqualTypeOf<string>();
    if (isSubmit(event)) expectTypeOf(event.value).toEqualTypeOf<string>();
    if (isSelect(event)) expectTypeOf(event.value).toEqualTypeOf<string>();
    if (isToggle(event)) expectTypeOf(event.value).toEqualTypeOf<boolean>();
    if (isTimer(event)) expectTypeOf(event.at).toEqualTypeOf<number>();
    if (isKeyPress(event)) expectTypeOf(event.modifiers.ctrl).toEqualTypeOf<boolean>();
    if (isCloseRequested(event)) expectTypeOf(event.type).toEqualTypeOf<"close_requested">();
    if (isWindow(event, "resized")) expectTypeOf(event.width).toEqualTypeOf<number>();
    if (isAsync(event) && event.type === "done") expectTypeOf(event.value).toEqualTypeOf<unknown>();
    if (isEffect(event, "file_open") && event.type === "ok") {
      expectTypeOf(event.result).toEqualTypeOf<{ readonly path: string }>();
    }
  };

  test("the value of each family", () => {
    expectTypeOf(_narrow).toBeFunction();
  });

  test("[R086] a switch over all kinds is exhaustive", () => {
    const _kind = (event: Event): string => {
      switch (event.kind) {
        case "widget":
          return event.type === "custom" ? event.family : event.id;
        case "key":
        case "modifiers":
        case "pointer":
        case "ime":
        case "animation":
        case "theme":
        case "timer":
        case "async":
        case "stream":
        case "effect":
          return event.tag;
        case "window":
        case "file":
          return event.windowId;
        case "system":
        case "fault":
          return event.type;
        default: {
          const nothing: never = event;
          return nothing;
        }
      }
    };
    expectTypeOf(_kind).returns.toBeString();
  });

  test("[R025] events are written by hand", () => {
    const event: Event = {
      kind: "widget",
      type: "click",
      id: "add_todo",
      scope: [],
      windowId: "main",
      target: "main#add_todo",
      value: null,
    };
    expectTypeOf(event).toExtend<Event>();
    expectTypeOf<CustomWidgetEvent>().toExtend<Event>();
  });
});

describe("typed tags", () => {
  interface Todo {
    readonly title: string;
  }
  const loaded = task<readonly Todo[]>("loaded");
  const lines = stream<string>("lines");

  test("[R013] the result of a task has its type", () => {
    const _read = (event: Event): void => {
      if (loaded.isDone(event)) expectTypeOf(event.value).toEqualTypeOf<readonly Todo[]>();
      if (loaded.isFailed(event)) expectTypeOf(event.error).toEqualTypeOf<Error>();
      if (isAsync(event, loaded) && event.type === "done") expectTypeOf(event.value).toEqualTypeOf<readonly Todo[]>();
      if (lines.isItem(event)) expectTypeOf(event.value).toEqualTypeOf<string>();
    };
    expectTypeOf(_read).toBeFunction();
  });

  test("a task of another type is refused", () => {
    const _wrong = () => {
      // @ts-expect-error a number is no list of todos
      loaded.run(async () => 5);
      // @ts-expect-error a number is no list of todos
      Command.async(async () => 5, loaded);
      // @ts-expect-error a number is no line
      lines.run(async (_signal, emit) => emit(5));
    };
    expectTypeOf(_wrong).toBeFunction();
    lines.run(async function* () {
      yield "a";
    });
    lines.run(async (_signal, emit) => emit("a"));
    Command.async(async (signal): Promise<readonly Todo[]> => (signal.aborted ? [] : [{ title: "a" }]), loaded);
  });
});
