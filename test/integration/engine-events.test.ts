import { describe, expect, test } from "vitest";
import { diagnostics, type Fixture, node, talking } from "./engine-fixture.ts";

const REPLACE = { kind: "replace" } as const;

function slide(made: Fixture, value: number, id = "main#volume"): void {
  made.listener.onWidgetEvent({ family: "slide", id, value, hint: REPLACE });
}

function wheel(made: Fixture, delta: number, unit = "pixels"): void {
  made.listener.onSubscriptionEvent({
    kind: "on_pointer_scroll",
    family: "wheel_scrolled",
    windowId: "main",
    value: { delta_x: 0, delta_y: delta, unit },
    captured: false,
    hint: { kind: "accumulate", fields: ["delta_x", "delta_y"] },
  });
}

describe("subscriptions", () => {
  const press = { kind: "on_key_press", family: "key_press", windowId: "main", value: { key: "a" }, captured: true };

  test("copies an event to every matching entry with its tag", () => {
    const made = talking();
    made.receive(
      { type: "subscribe", kind: "on_key_press", tag: "a" },
      { type: "subscribe", kind: "on_key_press", tag: "b", window_id: "main" },
      { type: "subscribe", kind: "on_key_press", tag: "c", window_id: "other" },
      { type: "subscribe", kind: "on_event", tag: "d" },
      { type: "subscribe", kind: "on_key_release", tag: "e" },
    );
    made.listener.onSubscriptionEvent({ ...press, modifiers: { shift: true } });
    const event = {
      type: "event",
      session: "",
      family: "key_press",
      id: "",
      value: { key: "a" },
      captured: true,
      modifiers: { shift: true, ctrl: false, alt: false, logo: false, command: false },
    };
    expect(made.take()).toEqual(["a", "b", "d"].map((tag) => ({ ...event, tag })));
  });

  test("does not give events without a window to entries that ask for one", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_theme_change", tag: "t", window_id: "main" });
    made.listener.onSubscriptionEvent({ kind: "on_theme_change", family: "theme_changed", value: "dark" });
    expect(made.take()).toEqual([]);
  });

  test("finds the window of a window event in its value", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_window_resize", tag: "t", window_id: "main" });
    const value = { window_id: "main", width: 1, height: 2 };
    made.listener.onSubscriptionEvent({ kind: "on_window_resize", family: "window_resized", value });
    expect(made.take()).toEqual([expect.objectContaining({ family: "window_resized", tag: "t", value })]);
  });

  test("collects window events without close requests under on_window_event", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_window_event", tag: "t" });
    for (const family of ["window_moved", "window_rescaled", "file_dropped"]) {
      made.listener.onSubscriptionEvent({ kind: "", family, value: { window_id: "main" } });
    }
    expect(made.take().map((message) => message.type === "event" && message.family)).toEqual([
      "window_moved",
      "window_rescaled",
    ]);
  });

  test("replaces an entry with the same kind and tag", () => {
    const made = talking();
    made.receive(
      { type: "subscribe", kind: "on_key_press", tag: "a", window_id: "other" },
      { type: "subscribe", kind: "on_key_press", tag: "a" },
    );
    made.listener.onSubscriptionEvent(press);
    expect(made.take()).toHaveLength(1);
  });

  test("ends one entry, or all of a kind when no tag is given", () => {
    const made = talking();
    for (const tag of ["a", "b", "c"]) made.receive({ type: "subscribe", kind: "on_key_press", tag });
    made.receive({ type: "unsubscribe", kind: "on_key_press", tag: "b" });
    made.listener.onSubscriptionEvent(press);
    expect(made.take()).toHaveLength(2);
    made.receive({ type: "unsubscribe", kind: "on_key_press" });
    made.listener.onSubscriptionEvent(press);
    expect(made.take()).toEqual([]);
    expect(made.told.at(-1)).toEqual(["setWanted", []]);
  });

  test("takes older spellings of kinds", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_mouse_scroll", tag: "t" });
    expect(made.told).toEqual([["setWanted", ["on_pointer_scroll"]]]);
    wheel(made, 1);
    expect(made.take()).toHaveLength(1);
  });

  test("tells the surface what collective kinds need", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_event", tag: "t" });
    const [told] = made.told;
    expect(told?.[0] === "setWanted" && told[1]).toEqual(
      expect.arrayContaining(["on_key_press", "on_pointer_move", "on_window_resize", "on_animation_frame"]),
    );
  });

  test("keeps unknown kinds without an error and without events", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_smell", tag: "t" });
    made.listener.onSubscriptionEvent({ kind: "on_smell", family: "smelled" });
    expect(made.take()).toEqual([]);
  });

  test("bounds the number of entries", () => {
    const made = talking();
    for (let count = 0; count <= 4096; count += 1) made.receive({ type: "subscribe", kind: "on_ime", tag: `${count}` });
    expect(diagnostics(made.take())).toEqual([{ kind: "wire_input_error", detail: "too many subscriptions" }]);
  });

  test("survive a snapshot", () => {
    const made = talking();
    made.receive(
      { type: "subscribe", kind: "on_key_press", tag: "a" },
      { type: "snapshot", tree: node("main", "window") },
    );
    made.listener.onSubscriptionEvent(press);
    expect(made.take()).toHaveLength(1);
  });
});

describe("rates", () => {
  test("sends the first event at once and only the newest of the others", () => {
    const made = talking();
    for (const value of [1, 2, 3]) slide(made, value);
    expect(made.take()).toMatchObject([{ value: 1 }]);
    made.clock.advance(99);
    expect(made.take()).toEqual([]);
    made.clock.advance(1);
    expect(made.take()).toMatchObject([{ value: 3 }]);
    slide(made, 4);
    expect(made.take()).toEqual([]);
    made.clock.advance(100);
    expect(made.take()).toMatchObject([{ value: 4 }]);
    expect(made.clock.pending).toBe(0);
  });

  test("adds up what can be added and takes the rest from the newest", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_pointer_scroll", tag: "t", max_rate: 10 });
    for (const delta of [1, 2, 3]) wheel(made, delta);
    made.clock.advance(100);
    expect(made.take()).toMatchObject([{ value: { delta_y: 1 } }, { value: { delta_y: 5, unit: "pixels" } }]);
  });

  test("does not add lines to pixels", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_pointer_scroll", tag: "t", max_rate: 10 });
    wheel(made, 1);
    wheel(made, 2);
    wheel(made, 3, "lines");
    made.clock.advance(200);
    expect(made.take()).toMatchObject([
      { value: { delta_y: 1, unit: "pixels" } },
      { value: { delta_y: 2, unit: "pixels" } },
      { value: { delta_y: 3, unit: "lines" } },
    ]);
  });

  test("drops at rate 0, but only what may be held back", () => {
    const made = talking();
    made.receive({
      type: "snapshot",
      tree: node("main", "window", {}, [node("main#volume", "slider", { event_rate: 0 })]),
    });
    slide(made, 1);
    made.listener.onWidgetEvent({ family: "slide_release", id: "main#volume", value: 1 });
    made.clock.advance(1000);
    expect(made.take()).toMatchObject([{ family: "slide_release" }]);
  });

  test("takes the default rate where the widget or the entry has none", () => {
    const made = talking({}, node("main", "window", {}, [node("main#volume", "slider")]));
    slide(made, 1);
    slide(made, 2);
    expect(made.take()).toHaveLength(2);
    made.receive({ type: "settings", settings: { protocol_version: 1, default_event_rate: 20 } });
    slide(made, 3);
    slide(made, 4);
    expect(made.take()).toMatchObject([{ value: 3 }]);
    made.clock.advance(50);
    expect(made.take()).toMatchObject([{ value: 4 }]);
  });

  test("sends held events before an event that cannot be held", () => {
    const made = talking();
    slide(made, 1);
    slide(made, 2);
    made.listener.onWidgetEvent({ family: "click", id: "main#save" });
    expect(made.take()).toMatchObject([{ value: 1 }, { value: 2 }, { family: "click" }]);
  });

  test("sends held events before a host message is handled, except for subscriptions and stubs", () => {
    const made = talking();
    slide(made, 1);
    slide(made, 2);
    made.take();
    made.receive(
      { type: "subscribe", kind: "on_ime", tag: "t" },
      { type: "unsubscribe", kind: "on_ime", tag: "t" },
      { type: "register_effect_stub", kind: "file_open", response: null },
      { type: "unregister_effect_stub", kind: "file_open" },
    );
    expect(made.take().map((message) => message.type)).toEqual([
      "effect_stub_register_ack",
      "effect_stub_unregister_ack",
    ]);
    made.receive({ type: "tree_hash", id: "h", name: "n" });
    expect(made.take()).toMatchObject([{ value: 2 }, { type: "tree_hash_response" }]);
  });

  test("does not let discrete subscription events push out what is held", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_key_press", tag: "t" });
    slide(made, 1);
    slide(made, 2);
    made.listener.onSubscriptionEvent({ kind: "on_key_press", family: "key_press", value: { key: "a" } });
    expect(made.take()).toMatchObject([{ value: 1 }, { family: "key_press" }]);
  });

  test("flushes everything together: subscriptions by tag, then widgets by id and family", () => {
    const made = talking({}, node("main", "window"));
    made.receive({ type: "settings", settings: { protocol_version: 1, default_event_rate: 1 } });
    for (const tag of ["z", "b"]) made.receive({ type: "subscribe", kind: "on_pointer_scroll", tag });
    for (const round of [1, 2]) {
      slide(made, round, "main#c");
      slide(made, round, "main#a");
      wheel(made, round);
    }
    made.take();
    made.clock.advance(1000);
    expect(made.take().map((message) => message.type === "event" && (message.tag ?? message.id))).toEqual([
      "b",
      "z",
      "main#a",
      "main#c",
    ]);
  });

  test("shares one slot between kinds with the same tag", () => {
    const made = talking();
    made.receive(
      { type: "subscribe", kind: "on_pointer_move", tag: "t", max_rate: 10 },
      { type: "subscribe", kind: "on_pointer_touch", tag: "t", max_rate: 10 },
    );
    const move = (kind: string, family: string, x: number) =>
      made.listener.onSubscriptionEvent({ kind, family, value: { x }, hint: REPLACE });
    move("on_pointer_move", "cursor_moved", 1);
    move("on_pointer_move", "cursor_moved", 2);
    move("on_pointer_touch", "finger_moved", 3);
    made.clock.advance(100);
    expect(made.take()).toMatchObject([{ family: "cursor_moved" }, { family: "finger_moved", value: { x: 3 } }]);
  });

  test("flushes and reports when too many keys are held back", () => {
    const made = talking({}, node("main", "window"));
    made.receive({ type: "settings", settings: { protocol_version: 1, default_event_rate: 1 } });
    for (const round of [1, 2]) for (let id = 0; id <= 4096; id += 1) slide(made, round, `x${id}`);
    const said = made.take();
    expect(diagnostics(said)).toEqual([{ kind: "emitter_coalesce_cap_exceeded", cap: 4096 }]);
    expect(said).toHaveLength(2 * 4097 + 1);
  });

  test("loses nothing that arrives while a flush is under way", () => {
    let made: Fixture | undefined;
    const values: unknown[] = [];
    const inner = talking({
      send: (message) => {
        if (message.type !== "event") return;
        values.push(message.value);
        if (message.value === 2 && made !== undefined) slide(made, 3);
      },
    });
    made = inner;
    slide(inner, 1);
    slide(inner, 2);
    inner.clock.advance(100);
    inner.clock.advance(100);
    expect(values).toEqual([1, 2, 3]);
  });

  test("reads a changed event_rate after a patch that sets it", () => {
    const made = talking();
    slide(made, 1);
    made.receive({ type: "patch", ops: [{ op: "update_props", path: [1], props: { event_rate: null } }] });
    made.take();
    slide(made, 2);
    slide(made, 3);
    expect(made.take()).toHaveLength(2);
  });

  test("are not limited where renderers are scripted", () => {
    const made = talking({ mode: "mock" });
    for (const value of [1, 2, 3]) slide(made, value);
    expect(made.take()).toHaveLength(3);
  });

  test("drops held events with the connection", () => {
    const made = talking();
    slide(made, 1);
    slide(made, 2);
    made.engine.suspend();
    expect(made.clock.pending).toBe(0);
  });
});

describe("scripted renderers", () => {
  test("report the tree's theme when it changes", () => {
    const made = talking({ mode: "headless" }, node("main", "window", { theme: "light" }));
    made.receive(
      { type: "subscribe", kind: "on_theme_change", tag: "t" },
      { type: "snapshot", tree: node("main", "window", { theme: "nord" }) },
      { type: "patch", ops: [{ op: "update_props", path: [], props: { theme: "dracula" } }] },
      { type: "patch", ops: [{ op: "update_props", path: [], props: { theme: "light" } }] },
    );
    expect(made.take()).toMatchObject([{ family: "theme_changed", value: "dark", tag: "t" }, { value: "light" }]);
  });

  test.each(["windowed", "web"] as const)("of the display are not advanced, and a %s renderer says so once", (mode) => {
    const made = talking({ mode });
    made.receive({ type: "subscribe", kind: "on_animation_frame", tag: "t" });
    made.receive({ type: "advance_frame", timestamp: 16 }, { type: "advance_frame", timestamp: 32 });
    expect(made.take()).toMatchObject([
      { type: "diagnostic", level: "info", diagnostic: { kind: "operation_ignored" } },
    ]);
    expect(made.told.filter(([call]) => call === "perform")).toEqual([]);
  });

  test("report frames as they are advanced", () => {
    const made = talking({ mode: "mock" });
    made.receive({ type: "subscribe", kind: "on_animation_frame", tag: "t" }, { type: "advance_frame", timestamp: 16 });
    expect(made.take()).toMatchObject([{ family: "animation_frame", value: { timestamp: 16 }, tag: "t" }]);
    expect(made.told.at(-1)).toEqual(["perform", { name: "advance_frame", value: 16 }]);
  });

  test("echo announcements", () => {
    const made = talking({ mode: "mock" });
    made.receive({ type: "widget_op", op: "announce", payload: { text: "Saved" } });
    expect(made.take()).toMatchObject([{ family: "announce", value: { text: "Saved", politeness: "assertive" } }]);
  });
});
