import { describe, expect, test } from "vitest";
import { app, application, callHandler, isApp } from "./app.ts";
import { AppError } from "./app-error.ts";
import { Command } from "./command.ts";
import type { WidgetEvent } from "./event.ts";
import { readResult } from "./result.ts";
import { defaultSettings } from "./settings.ts";

interface Model {
  readonly n: number;
}

const required = { init: () => ({ n: 0 }), update: (model: Model) => model, view: () => null };

const click: WidgetEvent<"click"> = {
  kind: "widget",
  type: "click",
  id: "save",
  scope: ["form"],
  windowId: "main",
  target: "main#form/save",
  value: null,
};

describe("defining an app", () => {
  test("[R001] [R002] three functions are enough", () => {
    const made = app<Model>(required);
    expect(isApp(made)).toBe(true);
    expect(made.form).toBe("app");
    expect(Object.isFrozen(made)).toBe(true);
  });

  test("[R002] a missing function is refused with what to write", () => {
    for (const member of ["init", "update", "view"] as const) {
      const { [member]: _left, ...rest } = required;
      // The compiler refuses this too; see the type tests.
      const define = () => app<Model>(rest as typeof required);
      expect(define).toThrow(AppError);
      expect(define).toThrow(new RegExp(`\`${member}\`.*Add \`${member}: `));
    }
    expect(() => app(null as never)).toThrow(AppError);
    expect(() => application({ ...required } as never)).toThrow(/`onEvent`/);
  });

  test("[R003] [R004] each of the 16 combinations of optional functions is accepted", () => {
    const optional = {
      subscribe: () => [],
      handleRendererExit: (model: Model) => model,
      windowConfig: () => ({ title: "x" }),
      settings: defaultSettings,
    };
    const names = Object.keys(optional) as (keyof typeof optional)[];
    for (let bits = 0; bits < 16; bits += 1) {
      const chosen = Object.fromEntries(
        names.filter((_, index) => bits & (1 << index)).map((name) => [name, optional[name]]),
      );
      const made = app<Model>({ ...required, ...chosen });
      for (const name of names) expect(made[name]).toBe(chosen[name]);
    }
  });

  test("an optional member that is no function is refused", () => {
    expect(() => app<Model>({ ...required, subscribe: [] as never })).toThrow(/`subscribe`/);
  });

  test("onRendererExit is another name for handleRendererExit", () => {
    const onRendererExit = (model: Model) => model;
    expect(app<Model>({ ...required, onRendererExit }).handleRendererExit).toBe(onRendererExit);
  });

  test("[R008] defining calls none of the functions", () => {
    const fail = (): never => {
      throw new Error("called");
    };
    const made = app<Model>({
      init: fail,
      update: fail,
      view: fail,
      subscribe: fail,
      windowConfig: fail,
      settings: fail,
    });
    expect(made.init).toBe(fail);
  });

  test("[R005] the app form hands events on by identity", () => {
    expect(app<Model>(required).onEvent(click)).toBe(click);
  });

  test("[R006] the application form maps each event once", () => {
    let calls = 0;
    const made = application<Model, { readonly type: "saved" } | { readonly type: "other" }>({
      init: () => ({ n: 0 }),
      onEvent: (event) => {
        calls += 1;
        return event.kind === "widget" && event.id === "save" ? { type: "saved" } : { type: "other" };
      },
      update: (model, message) => (message.type === "saved" ? { n: model.n + 1 } : model),
      view: () => null,
    });
    expect(made.update({ n: 0 }, made.onEvent(click))).toEqual({ n: 1 });
    expect(calls).toBe(1);
  });

  test("[R007] [R014] both forms hand start options to init by identity", () => {
    interface Options {
      readonly a: number;
    }
    const options: Options = { a: 1 };
    const seen: unknown[] = [];
    const init = (given: Options) => {
      seen.push(given);
      return { n: given.a };
    };
    app<Model, never, Options>({ ...required, init }).init(options);
    application<Model, string, Options>({ ...required, onEvent: () => "x", init }).init(options);
    expect(seen.every((given) => given === options)).toBe(true);
    expect(seen).toHaveLength(2);
  });

  test("[R015] init may take no argument", () => {
    expect(app<Model>(required).init({})).toEqual({ n: 0 });
  });

  test("[R019] [R023] [R025] update is called directly with events written by hand", () => {
    const made = app<Model>({
      ...required,
      update: (model, event) => (event.kind === "widget" && event.id === "save" ? { n: model.n + 1 } : model),
    });
    let model: Model = { n: 0 };
    for (let round = 0; round < 3; round += 1) {
      const result = readResult(made.update(model, click), "update");
      if (result.ok) model = result.value.model;
    }
    expect(model).toEqual({ n: 3 });
  });

  test("[R024] an event that does not match keeps the model's identity", () => {
    const model = { n: 0 };
    expect(app<Model>(required).update(model, { ...click, id: "unknown" })).toBe(model);
  });

  test("[R108] update returns commands and performs nothing", () => {
    let ran = false;
    const made = app<Model>({
      ...required,
      update: (model) => [
        model,
        Command.async(() => {
          ran = true;
        }, "t"),
      ],
    });
    made.update({ n: 0 }, click);
    expect(ran).toBe(false);
  });
});

describe("calling inline handlers", () => {
  test("the app form calls them with the model and the event", () => {
    const made = app<Model>(required);
    const handler = (model: Model, event: WidgetEvent<"click">) => ({ n: model.n + event.scope.length });
    expect(callHandler(made, handler, { n: 1 }, click)).toEqual({ n: 2 });
  });

  test("the app form refuses a handler that is no function", () => {
    expect(() => callHandler(app<Model>(required), "save", { n: 1 }, click)).toThrow(/application\(\)/);
  });

  test("the application form takes messages, and functions to messages, past onEvent", () => {
    const made = application<Model, number>({
      ...required,
      onEvent: () => 100,
      update: (model, message) => ({ n: model.n + message }),
    });
    expect(callHandler(made, 5, { n: 1 }, click)).toEqual({ n: 6 });
    expect(callHandler(made, () => 7, { n: 1 }, click)).toEqual({ n: 8 });
  });
});

describe("settings", () => {
  test("[R142] the defaults can be copied with changes", () => {
    expect({ ...defaultSettings(), antialiasing: false }).toEqual({
      defaultTextSize: 16,
      antialiasing: false,
      fonts: [],
      vsync: true,
      scaleFactor: 1,
    });
  });
});
