import { describe, expect, test } from "vitest";
import { app, Command, Effect, type Event, type RendererExit, Subscription } from "../app/index.ts";
import type { WireValue } from "../protocol/index.ts";
import {
  mainWindow,
  start,
  text,
  textApp,
  widgetMessage,
  windowElement,
  windowMessage,
} from "../testing/runtime-fixture.ts";

const plain = textApp<number, "add">({
  init: () => 0,
  update: (model, event) => (event === "add" ? model + 1 : model),
});

describe("restart of the renderer", () => {
  test("[R009] [R145] [R260] [R261] brings everything anew, in order, and calls init once", () => {
    let inits = 0;
    const { port, turn, runtime } = start(
      textApp<number, "add">({
        init: () => {
          inits += 1;
          return 0;
        },
        update: (model) => model + 1,
        subscribe: () => [Subscription.onKeyPress("keys")],
      }),
    );
    runtime.dispatch("add");
    turn();
    port.exit();
    port.clear();
    port.ready();
    turn();
    expect(inits).toBe(1);
    expect(port.log.map((entry) => entry.type)).toEqual([
      "snapshot",
      "subscribe",
      "subscribe",
      "subscribe",
      "window_op",
      "resync-complete",
    ]);
    expect(port.sent("snapshot")[0]?.tree.children[0]?.props).toEqual({ content: "1" });
  });

  test("[R132] settings are asked once and given to the port before it starts", () => {
    let asked = 0;
    const { port, turn } = start(
      textApp<number>({
        init: () => 0,
        update: (model) => model,
        settings: () => {
          asked += 1;
          return { vsync: false };
        },
      }),
      { isReady: false },
    );
    expect(port.log).toEqual([{ type: "settings", settings: { protocol_version: 1, vsync: false } }]);
    port.ready();
    port.exit();
    port.ready();
    turn();
    expect([asked, port.sent("settings").length]).toEqual([1, 1]);
  });

  test("[R265] [R267] the model that handleRendererExit returns is the one shown, [R266] else the one there was", () => {
    const reasons: RendererExit[] = [];
    const { port, turn, runtime } = start(
      textApp<string>({
        init: () => "before",
        update: (model) => model,
        handleRendererExit: (_model, reason) => {
          reasons.push(reason);
          return "after";
        },
      }),
    );
    port.exit({ kind: "heartbeat-timeout" });
    turn();
    port.clear();
    port.ready();
    turn();
    expect(reasons).toEqual([{ kind: "heartbeat-timeout" }]);
    expect(runtime.model).toBe("after");
    expect(port.sent("snapshot")[0]?.tree.children[0]?.props).toEqual({ content: '"after"' });
  });

  test("a restart on purpose asks nobody", () => {
    let asked = 0;
    const { port, turn, runtime } = start(
      textApp<number>({
        init: () => 0,
        update: (model) => model,
        handleRendererExit: (model) => {
          asked += 1;
          return model;
        },
      }),
    );
    runtime.restartRenderer();
    port.exit({ kind: "restart" });
    port.ready();
    turn();
    expect([asked, port.log.filter((entry) => entry.type === "restart").length]).toEqual([0, 1]);
  });

  test("[R188] windowConfig is asked again for every window", () => {
    let asked = 0;
    const { port, turn, runtime } = start(
      app<number, "add">({
        init: () => 0,
        update: (model) => model + 1,
        windowConfig: () => {
          asked += 1;
          return {};
        },
        view: (model) => [mainWindow([text("n", String(model))]), windowElement("side")],
      }),
    );
    runtime.dispatch("add");
    turn();
    expect(asked).toBe(2);
    port.exit();
    port.ready();
    turn();
    expect(asked).toBe(4);
  });

  test("[R117] commands given while the renderer is away reach the next one after the resync, in order", () => {
    const { port, turn, runtime } = start(
      textApp<number, "go">({
        init: () => 0,
        update: (model) => [
          model,
          [Command.focus("value"), Command.setWindowLevel("main", "normal"), Command.announce("x")],
        ],
      }),
    );
    port.exit();
    runtime.dispatch("go");
    turn();
    port.clear();
    port.ready();
    turn();
    const types = port.log.map((entry) => entry.type);
    expect(types.slice(types.indexOf("resync-complete"))).toEqual([
      "resync-complete",
      "command",
      "window_op",
      "widget_op",
    ]);
  });

  test("too many waiting commands are dropped, oldest first, with a report", () => {
    const { port, turn, runtime, reports } = start(
      textApp<number, string>({
        init: () => 0,
        update: (model, event) => (typeof event === "string" ? [model, Command.announce(event)] : model),
      }),
    );
    port.exit();
    for (let index = 0; index < 1003; index += 1) runtime.dispatch(`message ${index}`);
    turn();
    expect(reports.find((report) => report.code === "commands-dropped")?.fields).toEqual({ dropped: 3 });
    port.clear();
    port.ready();
    turn();
    expect(port.sent("widget_op")[0]?.payload).toMatchObject({ text: "message 3" });
  });

  test("[D29] an effect that was under way is answered, one given while away is sent to the next renderer", () => {
    const heard: Event[] = [];
    const { port, turn, runtime } = start(
      textApp<number, "go">({
        init: () => 0,
        update: (model, event) => {
          if (event === "go") return [model, Effect.clipboardRead("read")];
          heard.push(event);
          return model;
        },
      }),
    );
    runtime.dispatch("go");
    turn();
    port.exit();
    turn();
    expect(heard).toEqual([
      { kind: "effect", type: "error", tag: "read", effect: "clipboard_read", error: "renderer restarted" },
    ]);
    runtime.dispatch("go");
    turn();
    port.clear();
    port.ready();
    turn();
    expect(port.sent("effect")).toHaveLength(1);
    expect(heard).toHaveLength(1);
  });

  test("messages of a renderer that is gone change nothing", () => {
    const { port, turn, runtime, reports } = start(textApp<number>({ init: () => 0, update: (model) => model + 1 }));
    port.exit();
    port.receive(widgetMessage("click", "main#a"));
    turn();
    expect([runtime.model, reports.at(-1)?.code]).toEqual([0, "message-ignored"]);
  });

  test("what a renderer reported before it went is still updated", () => {
    const { port, runtime } = start(textApp<number>({ init: () => 0, update: (model) => model + 1 }));
    port.receive(widgetMessage("click", "main#a"));
    port.exit();
    expect(runtime.model).toBe(1);
  });

  test("a slow renderer gets a snapshot without being taken for a new one", () => {
    let asked = 0;
    const { port, turn } = start(
      textApp<number>({
        init: () => 0,
        update: (model) => model,
        windowConfig: () => {
          asked += 1;
          return {};
        },
      }),
    );
    port.clear();
    port.resync();
    turn();
    expect([asked, port.sent("snapshot").length]).toEqual([1, 1]);
  });
});

describe("scripted interaction", () => {
  const step = (id: string, value: WireValue) => ({
    type: "interact_step" as const,
    id: "i1",
    events: [{ type: "event" as const, family: "input", id, value }],
  });

  test("[R105] a step is answered with one snapshot before anything else", () => {
    const { port, receive } = start(
      textApp<string>({
        init: () => "",
        update: (model, event) =>
          event.kind === "widget" && event.type === "input" ? [event.value, Command.focusNext()] : model,
      }),
    );
    port.clear();
    receive(step("main#name", "A"));
    expect(port.log.map((entry) => entry.type)).toEqual(["snapshot", "widget_op"]);
    expect(port.sent("snapshot")[0]?.tree.children[0]?.props).toEqual({ content: '"A"' });
  });

  test("a step that changes nothing is answered too", () => {
    const { port, receive } = start(plain);
    port.clear();
    receive(step("main#name", "A"));
    expect(port.log.map((entry) => entry.type)).toEqual(["snapshot"]);
  });
});

describe("windows and the end of life", () => {
  type Model = { readonly main: boolean; readonly side: boolean };
  const windowed = (extra: { readonly handleRendererExit?: (model: Model, reason: RendererExit) => Model } = {}) =>
    app<Model, Partial<Model>>({
      init: () => ({ main: true, side: true }),
      update: (model, event) => {
        return "kind" in event ? model : { ...model, ...event };
      },
      view: (model) => [model.main ? windowElement("main") : null, model.side ? windowElement("side") : null],
      ...extra,
    });

  test("[R160] [R165] [R167] [R203] a secondary window may come and go", () => {
    const { port, runtime, turn } = start(windowed());
    port.clear();
    for (let index = 0; index < 50; index += 1) {
      runtime.dispatch({ side: index % 2 === 1 });
      turn();
    }
    expect(
      port
        .sent("window_op")
        .slice(0, 2)
        .map(({ op, window_id }) => [op, window_id]),
    ).toEqual([
      ["close", "side"],
      ["open", "side"],
    ]);
    expect(runtime.state).toBe("running");
  });

  test("[R168] stable ids neither open nor close over a hundred renders", () => {
    const { port, runtime, turn } = start(plain);
    port.clear();
    for (let index = 0; index < 100; index += 1) {
      runtime.dispatch("add");
      turn();
    }
    expect(port.sent("window_op")).toEqual([]);
  });

  test("[R186] [D22] a window opens with all its props, and its close button asks", () => {
    const { port } = start(
      app({ init: () => 0, update: (m) => m, view: () => mainWindow([], { title: "T", width: 300 }) }),
    );
    expect(port.sent("window_op")[0]).toEqual({
      type: "window_op",
      op: "open",
      window_id: "main",
      payload: { title: "T", width: 300, exit_on_close_request: false },
    });
  });

  test("[R173] [R174] [R175] [R176] [R184] window props go out in the form the renderer reads, in tree and open alike", () => {
    const { port } = start(
      app({
        init: () => 0,
        update: (model) => model,
        windowConfig: () => ({ maxSize: { width: 9, height: 9 }, level: "normal" }),
        view: () => mainWindow([], { size: [800, 600], minSize: [1, 2], position: [3, 4], level: "always_on_top" }),
      }),
    );
    const props = {
      title: "Plushie",
      width: 800,
      height: 600,
      min_size: { width: 1, height: 2 },
      max_size: { width: 9, height: 9 },
      position: { x: 3, y: 4 },
      level: "always_on_top",
      exit_on_close_request: false,
    };
    expect(port.sent("window_op")[0]?.payload).toEqual(props);
    expect(port.sent("snapshot")[0]?.tree.props).toEqual(props);
  });

  test("[R194] [R201] leaving the primary window out of the view ends the app", async () => {
    const { port, runtime, turn, clock } = start(windowed());
    runtime.dispatch({ main: false });
    turn();
    await runtime.closed;
    expect([runtime.state, port.isStopped, clock.pending]).toEqual(["stopped", true, 0]);
  });

  test("[R201] so does a primary window that the person closed", async () => {
    const { receive, runtime } = start(windowed());
    receive(windowMessage("window_closed", "main", "plushie:windows"));
    await runtime.closed;
    expect(runtime.state).toBe("stopped");
  });

  test("[R195] [R196] a close request that nobody handles leaves everything open", () => {
    const { receive, runtime, port } = start(windowed());
    port.clear();
    receive(windowMessage("window_close_requested", "main", "plushie:close"));
    expect([runtime.state, port.log]).toEqual(["running", []]);
  });

  test("[R197] [R198] closeWindow closes the primary window and with it the app", async () => {
    const { runtime, turn, port } = start(windowed());
    port.clear();
    runtime.perform(Command.closeWindow("main"));
    turn();
    await runtime.closed;
    expect(port.sent("window_op").map(({ op, window_id }) => [op, window_id])).toEqual([["close", "main"]]);
  });

  test("[R197] a window closed by command stays closed, also in the next renderer", () => {
    const { runtime, turn, port } = start(windowed());
    runtime.perform(Command.closeWindow("side"));
    turn();
    port.exit();
    port.clear();
    port.ready();
    turn();
    expect(port.sent("window_op").map(({ op, window_id }) => [op, window_id])).toEqual([["open", "main"]]);
    expect(port.sent("snapshot")[0]?.tree.id).toBe("main");
  });

  test("[R202] with handleRendererExit the app goes on with the model it returns", () => {
    const reasons: RendererExit[] = [];
    const { runtime, turn } = start(
      windowed({
        handleRendererExit: (_model, reason) => {
          reasons.push(reason);
          return { main: false, side: true };
        },
      }),
    );
    runtime.dispatch({ main: false });
    turn();
    expect(reasons.map((reason) => reason.kind)).toEqual(["shutdown"]);
    expect([runtime.state, runtime.model]).toEqual(["running", { main: false, side: true }]);
  });

  test("[R065] a daemon goes on without windows", async () => {
    const { runtime, turn, receive } = start(windowed(), { daemon: true });
    runtime.dispatch({ main: false, side: false });
    turn();
    receive({ type: "event", family: "all_windows_closed", id: "" });
    expect([runtime.state, runtime.tree]).toEqual(["running", null]);
    await runtime.stop();
    expect(runtime.state).toBe("stopped");
  });

  test("all_windows_closed ends an app whose windows are gone", async () => {
    const { runtime, receive } = start(windowed());
    receive({ type: "event", family: "all_windows_closed", id: "" });
    await runtime.closed;
    expect(runtime.state).toBe("stopped");
  });
});

describe("optional members", () => {
  const optional = {
    subscribe: () => [],
    handleRendererExit: (model: number) => model,
    windowConfig: () => ({}),
    settings: () => ({}),
  };
  const names = Object.keys(optional) as readonly (keyof typeof optional)[];

  test.each(Array.from({ length: 16 }, (_, bits) => bits))(
    "[R003] [R004] combination %i starts and stops",
    async (bits) => {
      const chosen = Object.fromEntries(
        names.filter((_, index) => bits & (1 << index)).map((name) => [name, optional[name]]),
      );
      const { runtime, port } = start(textApp<number>({ init: () => 0, update: (model) => model, ...chosen }));
      expect(port.sent("snapshot")).toHaveLength(1);
      await runtime.stop();
      expect(runtime.state).toBe("stopped");
    },
  );
});

describe("stop and end", () => {
  test("[R068] stop twice is harmless, and late results change nothing", async () => {
    let finish: (value: number) => void = () => {};
    const { runtime, settle, port, clock } = start(
      textApp<number>({
        init: () => [0, Command.async(() => new Promise<number>((resolve) => (finish = resolve)), "late")],
        update: (model) => model + 1,
        subscribe: () => [Subscription.every(10, "tick")],
      }),
    );
    await runtime.stop();
    await runtime.stop();
    finish(1);
    await settle();
    runtime.dispatch({ kind: "system", type: "all_windows_closed" });
    expect([runtime.model, clock.pending, port.log.filter((entry) => entry.type === "stop").length]).toEqual([0, 0, 1]);
    await runtime.closed;
  });

  test.each(["starting", "running", "down"])("stop wins while %s", async (state) => {
    const { runtime, port, turn } = start(plain, { isReady: state !== "starting" });
    if (state === "down") port.exit();
    turn();
    expect(runtime.state).toBe(state);
    await runtime.stop();
    if (state === "starting") await expect(runtime.ready).rejects.toMatchObject({ code: "runtime-stopped" });
    port.clear();
    port.ready();
    turn();
    expect([runtime.state, port.log]).toEqual(["stopped", []]);
  });

  test("[R060] a port that cannot start rejects ready and closed with its error", async () => {
    const { runtime, port } = start(plain, { isReady: false });
    port.refuse(new Error("no program"));
    await expect(runtime.ready).rejects.toMatchObject({ code: "renderer-failed" });
    await expect(runtime.closed).rejects.toMatchObject({
      code: "renderer-failed",
      message: expect.stringContaining("no program"),
    });
  });

  test("an orderly end of the renderer ends the app, a failed one rejects closed", async () => {
    const orderly = start(plain);
    orderly.port.exit({ kind: "shutdown" }, false);
    orderly.port.end();
    await orderly.runtime.closed;
    const failed = start(plain);
    failed.port.end(new Error("max restarts reached"));
    await expect(failed.runtime.closed).rejects.toThrow("max restarts reached");
    expect(failed.reports.at(-1)).toMatchObject({ code: "renderer-failed", level: "error" });
  });

  test("ready resolves with the first snapshot", async () => {
    const { runtime, port } = start(plain);
    await runtime.ready;
    expect(port.sent("snapshot")).toHaveLength(1);
  });
});
