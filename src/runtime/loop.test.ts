import { describe, expect, test } from "vitest";
import { app, application, Command, type Event, next, Subscription } from "../app/index.ts";
import { recorderPort } from "../testing/recorder.ts";
import { button, mainWindow, start, text, textApp, widgetMessage } from "../testing/runtime-fixture.ts";
import { createRuntime } from "./runtime.ts";

interface Count {
  readonly count: number;
}

const counter = textApp<Count>({
  init: () => ({ count: 0 }),
  update: (model, event) => (event.kind === "widget" && event.type === "click" ? { count: model.count + 1 } : model),
});

describe("the loop", () => {
  test("[R052] [R260] starts with init, subscribe, view; sends settings, snapshot, subscriptions, windows", () => {
    const calls: string[] = [];
    const { port } = start(
      app({
        init: () => {
          calls.push("init");
          return 0;
        },
        subscribe: () => {
          calls.push("subscribe");
          return [Subscription.onKeyPress("keys")];
        },
        update: (model) => model,
        view: () => {
          calls.push("view");
          return mainWindow([]);
        },
      }),
    );
    expect(calls).toEqual(["init", "subscribe", "view"]);
    expect(port.log.map((entry) => ("kind" in entry ? `${entry.type} ${entry.kind}` : entry.type))).toEqual([
      "settings",
      "snapshot",
      "subscribe on_window_close",
      "subscribe on_window_event",
      "subscribe on_key_press",
      "window_op",
      "resync-complete",
    ]);
  });

  test("[R053] per event: update, subscribe, view; subscription messages precede the patch", () => {
    const calls: string[] = [];
    const { port, receive } = start(
      app<Count>({
        init: () => ({ count: 0 }),
        update: (model) => {
          calls.push("update");
          return { count: model.count + 1 };
        },
        subscribe: (model) => {
          calls.push("subscribe");
          return model.count > 0 ? [Subscription.onKeyPress("keys")] : [];
        },
        view: (model) => {
          calls.push("view");
          return mainWindow([text("n", String(model.count))]);
        },
      }),
    );
    calls.length = 0;
    port.clear();
    receive(widgetMessage("click", "main#go"));
    expect(calls).toEqual(["update", "subscribe", "view"]);
    expect(port.log.map((entry) => entry.type)).toEqual(["subscribe", "patch"]);
  });

  test("[R019] [R054] every update gets the model that the one before returned", () => {
    const { runtime, receive } = start(counter);
    receive(widgetMessage("click", "main#a"), widgetMessage("click", "main#a"), widgetMessage("click", "main#a"));
    expect(runtime.model).toEqual({ count: 3 });
  });

  test("[R106] all events of a turn are updated one by one and rendered once", () => {
    let updates = 0;
    let views = 0;
    const { port, receive } = start(
      app<Count>({
        init: () => ({ count: 0 }),
        update: (model) => {
          updates += 1;
          return { count: model.count + 1 };
        },
        view: (model) => {
          views += 1;
          return mainWindow([text("n", String(model.count))]);
        },
      }),
    );
    port.clear();
    views = 0;
    for (let index = 0; index < 50; index += 1) port.receive(widgetMessage("click", "main#a"));
    receive();
    expect([updates, views, port.sent("patch").length]).toEqual([50, 1, 1]);
  });

  test("[R106] scroll distances of a turn add up, the last text wins, clicks are all delivered", () => {
    const seen: unknown[] = [];
    const { port, receive } = start(
      textApp<number>({
        init: () => 0,
        update: (model, event) => {
          if (event.kind === "widget") seen.push([event.type, event.value]);
          return model + 1;
        },
      }),
    );
    for (let index = 1; index <= 100; index += 1) {
      port.receive(widgetMessage("scroll", "main#area", { x: index, y: 0, delta_x: 0, delta_y: 2 }));
      port.receive(widgetMessage("input", "main#name", "x".repeat(index)));
    }
    port.receive(widgetMessage("click", "main#a"));
    port.receive(widgetMessage("click", "main#a"));
    receive(widgetMessage("input", "main#name", "done"));
    expect(seen).toEqual([
      ["scroll", expect.objectContaining({ x: 100, deltaX: 0, deltaY: 200 })],
      ["input", "x".repeat(100)],
      ["click", null],
      ["click", null],
      ["input", "done"],
    ]);
  });

  test("[R024] the same model reference runs no view and sends nothing", () => {
    let views = 0;
    const { port, receive } = start(
      app<Count>({
        init: () => ({ count: 0 }),
        update: (model) => model,
        view: () => {
          views += 1;
          return mainWindow([]);
        },
      }),
    );
    port.clear();
    receive(widgetMessage("click", "main#nothing"));
    expect([views, port.log]).toEqual([1, []]);
  });

  test("a new model with an equal view sends no empty patch", () => {
    const { port, receive } = start(
      app<Count>({ init: () => ({ count: 0 }), update: (m) => ({ count: m.count + 1 }), view: () => mainWindow([]) }),
    );
    port.clear();
    receive(widgetMessage("click", "main#a"));
    expect(port.log).toEqual([]);
  });

  test("[R017] a frozen instance with private fields is kept by identity", () => {
    class Model {
      readonly #secret = 7;
      read(): number {
        return this.#secret;
      }
    }
    const model = Object.freeze(new Model());
    const { runtime, receive } = start(
      app({ init: () => model, update: (m) => m, view: (m) => mainWindow([text("n", String(m.read()))]) }),
    );
    for (let index = 0; index < 1000; index += 1) receive(widgetMessage("click", "main#a"));
    expect(runtime.model).toBe(model);
  });

  test("[R069] [R070] [R104] a dispatched value reaches update by identity and a patch follows", () => {
    class Broadcast {
      readonly value: number;
      constructor(value: number) {
        this.value = value;
      }
    }
    const received: unknown[] = [];
    const { runtime, port, turn } = start(
      textApp<number, Broadcast>({
        init: () => 0,
        update: (model, event) => {
          received.push(event);
          return event instanceof Broadcast ? event.value : model;
        },
      }),
    );
    port.clear();
    const event = new Broadcast(5);
    runtime.dispatch(event);
    turn();
    expect(received[0]).toBe(event);
    expect(port.sent("patch")).toHaveLength(1);
  });

  test("an event dispatched from inside update is neither lost nor handled out of turn", () => {
    const seen: number[] = [];
    let again: (value: number) => void = () => {};
    const { runtime, turn } = start(
      textApp<number, number>({
        init: () => 0,
        update: (model, event) => {
          if (typeof event !== "number") return model;
          seen.push(event);
          if (event < 3) again(event + 1);
          return model + 1;
        },
      }),
    );
    again = (value) => runtime.dispatch(value);
    runtime.dispatch(1);
    turn();
    expect(seen).toEqual([1, 2, 3]);
  });

  test("[R071] two runtimes of one app share nothing", () => {
    const first = start(counter);
    const second = start(counter);
    second.port.clear();
    first.receive(widgetMessage("click", "main#a"));
    expect(second.port.log).toEqual([]);
    expect([first.runtime.model.count, second.runtime.model.count]).toEqual([1, 0]);
  });

  test("[R014] [R016] init gets the start options by identity, [R015] or an empty record", () => {
    const received: unknown[] = [];
    const definition = textApp<number>({
      init: (options) => {
        received.push(options);
        return 0;
      },
      update: (model) => model,
    });
    const appOpts = { sharedModel: 1 };
    start(definition, { appOpts });
    start(definition);
    expect(received[0]).toBe(appOpts);
    expect(received[1]).toEqual({});
  });

  test("init that throws starts nothing and says so", () => {
    const port = recorderPort();
    const definition = textApp<number>({
      init: () => {
        throw new Error("no data");
      },
      update: (model) => model,
    });
    expect(() => createRuntime(definition, { renderer: port })).toThrow(
      expect.objectContaining({ code: "init-failed" }),
    );
    expect(port.log).toEqual([]);
  });

  test("[R002] what is no app is refused before a renderer is started", () => {
    const port = recorderPort();
    // A caller without types.
    const notAnApp = { init: () => 0 } as unknown as typeof counter;
    expect(() => createRuntime(notAnApp, { renderer: port })).toThrow(expect.objectContaining({ code: "app-invalid" }));
    expect(port.log).toEqual([]);
  });

  test("events that come before the first renderer wait for it", () => {
    const { runtime, port, turn } = start(
      textApp<number, "add">({ init: () => 0, update: (m, e) => (e === "add" ? m + 1 : m) }),
      {
        isReady: false,
      },
    );
    runtime.dispatch("add");
    turn();
    expect(runtime.model).toBe(0);
    port.ready();
    turn();
    expect(runtime.model).toBe(1);
  });
});

describe("inline handlers", () => {
  test("a handler of the app form takes the place of update for its event", () => {
    let updates = 0;
    const { runtime, receive } = start(
      app<Count>({
        init: () => ({ count: 0 }),
        update: (model) => {
          updates += 1;
          return model;
        },
        view: () => mainWindow([button<Count>("go", { onClick: (model: Count) => ({ count: model.count + 10 }) })]),
      }),
    );
    receive(widgetMessage("click", "main#go"));
    expect([runtime.model.count, updates]).toEqual([10, 0]);
  });

  test("a handler may return commands", () => {
    const { port, receive } = start(
      app<Count>({
        init: () => ({ count: 0 }),
        update: (model) => model,
        view: () => mainWindow([button<Count>("go", { onClick: (model: Count) => next(model, Command.focus("go")) })]),
      }),
    );
    receive(widgetMessage("click", "main#go"));
    expect(port.sent("command")).toEqual([{ type: "command", id: "main#go", family: "focus", value: null }]);
  });

  test("[R006] in the application form onEvent maps once, and handlers send messages past it", () => {
    const mapped: Event[] = [];
    const updated: string[] = [];
    const { receive } = start(
      application<number, string>({
        init: () => 0,
        onEvent: (event) => {
          mapped.push(event);
          return `event ${event.kind}`;
        },
        update: (model, message) => {
          updated.push(message);
          return model + 1;
        },
        view: () =>
          mainWindow([
            button("plain"),
            button("message", { onClick: "pressed" }),
            button("made", { onClick: () => "made" }),
          ]),
      }),
    );
    receive(
      widgetMessage("click", "main#plain"),
      widgetMessage("click", "main#message"),
      widgetMessage("click", "main#made"),
    );
    expect(mapped).toHaveLength(1);
    expect(updated).toEqual(["event widget", "pressed", "made"]);
  });

  test("a status becomes focused and blurred, once per change", () => {
    const seen: string[] = [];
    const { receive } = start(
      textApp<number>({
        init: () => 0,
        update: (model, event) => {
          if (event.kind === "widget") seen.push(`${event.type} ${event.id}`);
          return model;
        },
      }),
    );
    for (const status of ["hovered", "focused", "focused", "active"])
      receive(widgetMessage("status", "main#value", status));
    expect(seen).toEqual(["focused value", "blurred value"]);
  });
});
