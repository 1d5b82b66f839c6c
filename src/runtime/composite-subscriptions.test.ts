import { describe, expect, test } from "vitest";
import { app, Composite, composite, type Element, type Event, Subscription } from "../app/index.ts";
import { mainWindow, start, text, widgetMessage } from "../testing/runtime-fixture.ts";

interface Model {
  readonly clocks: readonly string[];
  readonly heard: readonly string[];
}

/** Counts seconds until told to rest, and tells the app about each tenth. */
const stopwatch = composite<{ readonly label: string }, { readonly seconds: number; readonly isResting: boolean }>({
  name: "stopwatch",
  init: () => ({ seconds: 0, isResting: false }),
  view: ({ label }, { seconds }) => ({ type: "column", children: [text("shown", `${label} ${seconds}`)] }),
  handle: (state) => Composite.state({ ...state, isResting: true }),
  subscribe: (_props, { isResting }) =>
    isResting ? [] : [Subscription.every(1000, "second"), Subscription.onKeyPress({ tag: "keys", windowId: "main" })],
  onSubscription(state, event) {
    if (event.kind === "key") return Composite.emit("key", event.key);
    if (event.kind !== "timer" || event.tag !== "second") throw new Error(`unexpected ${event.kind}`);
    const seconds = state.seconds + 1;
    return seconds % 10 === 0
      ? Composite.emitWith({ ...state, seconds }, "tenth", seconds)
      : Composite.state({ ...state, seconds });
  },
});

function running() {
  const fixture = start(
    app<Model>({
      init: () => ({ clocks: ["a", "b"], heard: [] }),
      update: (model, event: Event) => {
        if (event.kind === "timer") return { ...model, heard: [...model.heard, `own ${event.tag}`] };
        if (event.kind !== "widget") return model;
        if (event.type === "custom") {
          const heard = `${event.id} ${event.family} ${JSON.stringify(event.value)}`;
          return { ...model, heard: [...model.heard, heard] };
        }
        return event.type === "click" ? { ...model, clocks: ["b"] } : model;
      },
      subscribe: () => [Subscription.every(4000, "second")],
      view: ({ clocks }): Element<Model> => mainWindow(clocks.map((id) => stopwatch(id, { label: id }))),
    }),
  );
  const shown = (id: string) => JSON.stringify(fixture.runtime.tree).match(new RegExp(`"${id} (\\d+)"`))?.[1];
  const second = (): void => {
    fixture.clock.advance(1000);
    fixture.turn();
  };
  return { ...fixture, shown, second };
}

const keyTag = (id: string) => `plushie:composite ${`0 main#${id}`.length} 0 main#${id} keys`;
const pressed = (tag: string) => ({
  type: "event" as const,
  family: "key_press",
  id: "",
  tag,
  value: { key: "x" },
  modifiers: { shift: false, ctrl: false, alt: false, logo: false, command: false },
});

describe("a composite's own subscriptions", () => {
  test("run for each that is on the screen, and only the composite hears of them", () => {
    const { second, shown, runtime } = running();
    second();
    second();
    expect([shown("a"), shown("b")]).toEqual(["2", "2"]);
    expect(runtime.model.heard).toEqual([]);
    second();
    second();
    // The app's own timer has the same tag and another beat.
    expect(runtime.model.heard).toEqual(["own second"]);
    expect([shown("a"), shown("b")]).toEqual(["4", "4"]);
  });

  test("follow the state: what is not asked for any more stops", () => {
    const { second, shown, receive, port } = running();
    second();
    port.clear();
    receive(widgetMessage("submit", "main#a/shown", ""));
    second();
    expect([shown("a"), shown("b")]).toEqual(["1", "2"]);
    expect(port.sent("unsubscribe")).toEqual([{ type: "unsubscribe", kind: "on_key_press", tag: keyTag("a") }]);
  });

  test("end when the composite leaves the screen; what is late reaches nobody", () => {
    const { second, shown, receive, runtime, port } = running();
    port.clear();
    receive(widgetMessage("click", "main#elsewhere"));
    expect(runtime.activeSubscriptions().map(({ kind }) => kind)).toEqual(["every", "every", "on_key_press"]);
    expect(port.sent("unsubscribe")).toHaveLength(1);
    receive(pressed(keyTag("a")));
    second();
    expect([shown("a"), shown("b")]).toEqual([undefined, "1"]);
    expect(runtime.model.heard).toEqual([]);
  });

  test("sources of the renderer are announced with rate and window", () => {
    const { port, receive, runtime } = running();
    const announced = port.sent("subscribe").filter(({ kind }) => kind === "on_key_press");
    expect(announced).toEqual([
      { type: "subscribe", kind: "on_key_press", tag: keyTag("a"), window_id: "main" },
      { type: "subscribe", kind: "on_key_press", tag: keyTag("b"), window_id: "main" },
    ]);
    receive(pressed(keyTag("b")));
    expect(runtime.model.heard).toEqual(['b key "x"']);
  });

  test("what is emitted reaches the app with the composite's id", () => {
    const { second, runtime } = running();
    for (let count = 0; count < 10; count += 1) second();
    expect(runtime.model.heard.filter((entry) => entry.includes("tenth"))).toEqual(["a tenth 10", "b tenth 10"]);
  });

  test("a subscribe that throws is reported and changes nothing", () => {
    let isBroken = false;
    const fragile = composite<Record<string, never>, number>({
      name: "fragile",
      init: () => 0,
      view: (_props, state) => text("shown", String(state)),
      subscribe() {
        if (isBroken) throw new Error("no");
        return [Subscription.every(1000, "beat")];
      },
      onSubscription: (state) => Composite.state(state + 1),
    });
    const fixture = start(
      app<null>({ init: () => null, update: (model) => model, view: () => mainWindow([fragile("one", {})]) }),
    );
    isBroken = true;
    for (let count = 0; count < 3; count += 1) {
      fixture.clock.advance(1000);
      fixture.turn();
    }
    expect(JSON.stringify(fixture.runtime.tree)).toContain('"3"');
    expect(fixture.reports.map(({ code }) => code)).toContain("composite-failed");
  });
});
