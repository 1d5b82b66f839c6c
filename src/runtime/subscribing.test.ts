import { describe, expect, test } from "vitest";
import { app, type Event, Subscription } from "../app/index.ts";
import { mainWindow, start, textApp, widgetMessage, windowMessage } from "../testing/runtime-fixture.ts";

function hearing(subscribe: (on: boolean) => readonly Subscription[]) {
  const heard: Event[] = [];
  const fixture = start(
    app<boolean, "toggle">({
      init: () => true,
      update: (on, event) => {
        if (event === "toggle") return !on;
        heard.push(event);
        return on;
      },
      subscribe,
      view: () => mainWindow([]),
    }),
  );
  return {
    ...fixture,
    heard,
    toggle: () => {
      fixture.runtime.dispatch("toggle");
      fixture.turn();
    },
  };
}

describe("subscriptions", () => {
  test("[R123] without any, only the runtime's own two are on the wire", () => {
    const { port } = start(textApp<number>({ init: () => 0, update: (model) => model }));
    expect(port.sent("subscribe").map(({ kind, tag }) => [kind, tag])).toEqual([
      ["on_window_close", "plushie:close"],
      ["on_window_event", "plushie:windows"],
    ]);
  });

  test("[R102] [R124] every gives one tick per interval with its tag", () => {
    const { clock, turn, heard } = hearing(() => [Subscription.every(5000, "refresh")]);
    clock.advance(15_000);
    turn();
    expect(heard).toEqual([5000, 10_000, 15_000].map((at) => ({ kind: "timer", type: "tick", tag: "refresh", at })));
  });

  test("[R124] a restart of the renderer neither doubles nor resets a timer", () => {
    const { clock, turn, heard, port } = hearing(() => [Subscription.every(100, "tick")]);
    clock.advance(150);
    port.exit();
    port.ready();
    turn();
    clock.advance(250);
    turn();
    expect(heard.map((event) => event.kind === "timer" && event.at)).toEqual([100, 200, 300, 400]);
    expect(clock.pending).toBe(1);
  });

  test("[R122] an equal list sends nothing and leaves the timer alone", () => {
    const { clock, turn, heard, port, toggle } = hearing(() => [
      Subscription.every(100, "tick"),
      Subscription.onKeyPress("keys"),
    ]);
    port.clear();
    for (let index = 0; index < 100; index += 1) {
      clock.advance(1);
      toggle();
    }
    turn();
    expect(port.log).toEqual([]);
    expect(heard).toHaveLength(1);
  });

  test("[R119] [R125] [R127] follows the model", () => {
    const { clock, port, toggle, runtime } = hearing((on) =>
      on ? [Subscription.every(100, "tick"), Subscription.onKeyPress("keys")] : [],
    );
    port.clear();
    toggle();
    expect(port.log).toEqual([{ type: "unsubscribe", kind: "on_key_press", tag: "keys" }]);
    expect([clock.pending, runtime.activeSubscriptions()]).toEqual([0, []]);
    toggle();
    expect(port.sent("subscribe")).toEqual([{ type: "subscribe", kind: "on_key_press", tag: "keys" }]);
    expect(clock.pending).toBe(1);
  });

  test("[R121] is evaluated after every update that changed the model", () => {
    let calls = 0;
    const { toggle } = hearing(() => {
      calls += 1;
      return [];
    });
    toggle();
    toggle();
    expect(calls).toBe(3);
  });

  test("[R130] [R131] rate and window are on the wire when given and absent otherwise", () => {
    const { port } = hearing(() => [
      Subscription.onPointerMove({ maxRate: 0, windowId: "main" }),
      Subscription.onKeyRelease(),
    ]);
    expect(port.sent("subscribe").slice(2)).toEqual([
      { type: "subscribe", kind: "on_pointer_move", tag: "main#on_pointer_move", max_rate: 0, window_id: "main" },
      { type: "subscribe", kind: "on_key_release", tag: "on_key_release" },
    ]);
  });

  test("[R129] a new renderer gets the same entries", () => {
    const { port, turn } = hearing(() => [Subscription.onKeyPress("keys"), Subscription.every(10, "t")]);
    const first = port.sent("subscribe");
    port.exit();
    port.clear();
    port.ready();
    turn();
    expect(port.sent("subscribe")).toEqual(first);
  });

  test("[R128] one runtime's timers are not another's", async () => {
    const first = hearing(() => [Subscription.every(100, "tick")]);
    const second = hearing(() => [Subscription.every(100, "tick")]);
    await first.runtime.stop();
    first.clock.advance(300);
    second.clock.advance(300);
    second.turn();
    expect([first.heard.length, second.heard.length, first.clock.pending]).toEqual([0, 3, 0]);
  });

  test("[R093] a key press carries the tag it was subscribed with", () => {
    const { receive, heard } = hearing(() => [Subscription.onKeyPress("keys")]);
    receive({ type: "event", family: "key_press", id: "", value: { key: "s" }, tag: "keys" });
    expect(heard).toEqual([expect.objectContaining({ kind: "key", type: "press", key: "s", tag: "keys" })]);
  });
});

describe("close requests", () => {
  test("[R193] reach update without a subscription, without a tag", () => {
    const { receive, heard } = hearing(() => []);
    receive(windowMessage("window_close_requested", "main", "plushie:close"));
    expect(heard).toEqual([{ kind: "window", type: "close_requested", windowId: "main", tag: "" }]);
  });

  test.each([
    ["the same kind", Subscription.onWindowClose("mine")],
    ["everything", Subscription.onEvent("mine")],
    ["the same window", Subscription.onWindowClose({ tag: "mine", windowId: "main" })],
  ])("arrive once when the app subscribes to %s itself", (_name, subscription) => {
    const { receive, heard } = hearing(() => [subscription]);
    receive(
      windowMessage("window_close_requested", "main", "plushie:close"),
      windowMessage("window_close_requested", "main", "mine"),
    );
    expect(heard).toEqual([{ kind: "window", type: "close_requested", windowId: "main", tag: "mine" }]);
  });

  test("window events the app did not ask for stay with the runtime", () => {
    const { receive, heard } = hearing(() => []);
    receive({
      type: "event",
      family: "window_resized",
      id: "",
      tag: "plushie:windows",
      value: { window_id: "main", width: 1, height: 2 },
    });
    expect(heard).toEqual([]);
  });

  test("other events pass as they are", () => {
    const { receive, heard } = hearing(() => []);
    receive(widgetMessage("click", "main#form/save"));
    expect(heard).toEqual([
      {
        kind: "widget",
        type: "click",
        id: "save",
        scope: ["form"],
        windowId: "main",
        target: "main#form/save",
        value: null,
      },
    ]);
  });
});
