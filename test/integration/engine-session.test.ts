import { describe, expect, test } from "vitest";
import { validateProps } from "../../src/renderer/engine/prop-validator.ts";
import { diagnostics, events, fixture, node, SETTINGS, settle, talking, WINDOW } from "./engine-fixture.ts";

describe("greeting", () => {
  test("says hello before it has read anything", () => {
    const made = fixture();
    made.engine.start();
    expect(made.take()).toEqual([
      expect.objectContaining({
        type: "hello",
        session: "",
        protocol: 1,
        protocol_version: 1,
        mode: "windowed",
        backend: "test",
      }),
    ]);
  });

  test.each([
    [{ type: "snapshot", tree: WINDOW }, "expected settings as first message, got snapshot"],
    [{ type: "settings", settings: {} }, "missing or invalid protocol_version in Settings (expected 1)"],
    [
      { type: "settings", settings: { protocol_version: 1.5 } },
      "missing or invalid protocol_version in Settings (expected 1)",
    ],
    [
      { type: "settings", settings: { protocol_version: 2 } },
      "protocol version mismatch: host sent 2, renderer expects 1",
    ],
  ])("refuses a wrong first message and ends: %j", (message, text) => {
    const made = fixture();
    made.engine.start();
    made.take();
    made.receive(message, { type: "snapshot", tree: WINDOW });
    expect(made.take()).toEqual([{ type: "error", message: text }]);
    expect(made.ended).toEqual(["refused"]);
    expect(made.told.some(([name]) => name === "showTree")).toBe(false);
  });

  test("refuses a first payload that is no message", () => {
    const made = fixture();
    made.engine.start();
    made.take();
    made.engine.receiveInvalid("not JSON");
    expect(made.take()).toEqual([{ type: "error", message: "failed to decode initial settings: not JSON" }]);
  });

  test.each([
    [{ token: "secret" }, "invalid token credential: use token_sha256"],
    [{}, "missing token credential: connection rejected"],
    [{ token_sha256: "ab".repeat(31) }, "token mismatch: connection rejected"],
    [{ token_sha256: `${"ab".repeat(31)}ac` }, "token mismatch: connection rejected"],
  ])("asks for the token's digest where one is set: %j", (credential, text) => {
    const made = fixture({ tokenDigest: "ab".repeat(32) });
    made.engine.start();
    made.take();
    made.receive({ type: "settings", settings: { protocol_version: 1, ...credential } });
    expect(made.take()).toEqual([{ type: "error", message: text }]);
  });

  test("lets the right digest in", () => {
    const made = fixture({ tokenDigest: "ab".repeat(32) });
    made.engine.start();
    made.receive({ type: "settings", settings: { protocol_version: 1, token_sha256: "ab".repeat(32) } });
    expect(made.ended).toEqual([]);
  });

  test("reports required widgets it does not have, once", () => {
    const made = fixture({ nativeWidgets: ["gauge"] });
    made.engine.start();
    made.take();
    const settings = { protocol_version: 1, required_widgets: ["button", "gauge", "dial"] };
    made.receive({ type: "settings", settings }, { type: "settings", settings });
    expect(diagnostics(made.take())).toEqual([{ kind: "required_widgets_missing", missing: ["dial"] }]);
  });
});

describe("settings", () => {
  test("reports what it cannot read and applies the rest", () => {
    const made = fixture();
    made.engine.start();
    made.take();
    made.receive({
      type: "settings",
      settings: { protocol_version: 1, default_text_size: 20, colour: 1, vsync: "no" },
    });
    const [diagnostic] = diagnostics(made.take());
    expect(diagnostic?.["kind"]).toBe("invalid_settings");
    expect(diagnostic?.["detail"]).toMatch(/colour.*vsync/);
    expect(made.told).toContainEqual(["configure", { defaultTextSize: 20, scaleFactor: 1 }]);
  });

  test("clears what later settings leave out but keeps the scale factor of the start", () => {
    const made = fixture();
    made.engine.start();
    made.receive(
      {
        type: "settings",
        settings: { protocol_version: 1, default_text_size: 20, scale_factor: 2, default_font: "Inter" },
      },
      { type: "settings", settings: { protocol_version: 1, scale_factor: 3 } },
    );
    expect(made.told.filter(([name]) => name === "configure")).toEqual([
      ["configure", { defaultTextSize: 20, defaultFont: { family: "Inter" }, scaleFactor: 2 }],
      ["configure", { scaleFactor: 2 }],
    ]);
  });

  test("lets the renderer's own settings win", () => {
    const made = fixture({ settingsOverrides: { defaultTextSize: 30 } });
    made.engine.start();
    made.receive({ type: "settings", settings: { protocol_version: 1, default_text_size: 20 } });
    expect(made.told).toContainEqual(["configure", { defaultTextSize: 30, scaleFactor: 1 }]);
  });
});

describe("input that is no message", () => {
  test("costs one message, is reported, and does not stop the stream", () => {
    const made = talking();
    made.receive({ type: "frobnicate" }, { type: "tree_hash", id: "1", name: "n" });
    const said = made.take();
    expect(diagnostics(said)).toEqual([expect.objectContaining({ kind: "wire_input_error" })]);
    expect(said.at(-1)).toMatchObject({ type: "tree_hash_response", id: "1" });
  });

  test("is reported each time, however often", () => {
    const made = talking();
    for (let count = 0; count < 500; count += 1) made.receive({ type: "frobnicate" });
    expect(diagnostics(made.take())).toHaveLength(500);
  });

  test("other reports are no flood, and how many were left out is told later", () => {
    const made = talking();
    const wrong = { type: "settings", settings: { vsync: "no" } };
    for (let count = 0; count < 500; count += 1) made.receive(wrong);
    expect(made.take()).toHaveLength(20);
    made.clock.advance(10_000);
    made.receive(wrong);
    expect(diagnostics(made.take())).toEqual([expect.objectContaining({ kind: "invalid_settings", suppressed: 480 })]);
  });

  test("names unknown operations", () => {
    const made = talking();
    made.receive(
      { type: "widget_op", op: "explode", payload: {} },
      { type: "system_op", op: "explode" },
      { type: "system_query", op: "explode" },
      { type: "window_op", op: "explode", window_id: "main" },
      { type: "image_op", op: "explode", payload: { handle: "x" } },
    );
    const said = made.take();
    expect(diagnostics(said).map((diagnostic) => diagnostic["kind"])).toEqual(new Array(4).fill("wire_input_error"));
    expect(events(said)).toEqual([expect.objectContaining({ family: "image_error", id: "x" })]);
  });
});

describe("conversations", () => {
  test("stays silent and keeps the tree while there is no connection", async () => {
    const made = talking();
    let answer: (value: null) => void = () => {};
    made.answerQuery = () => new Promise((resolve) => (answer = resolve));
    made.receive({ type: "system_query", op: "get_system_theme", payload: { tag: "t" } });
    made.engine.suspend();
    answer(null);
    await settle();
    made.listener.onWidgetEvent({ family: "click", id: "main#save" });
    expect(made.take()).toEqual([]);
    expect(made.told.some(([name]) => name === "showTree")).toBe(false);
  });

  test("forgets what the last host subscribed to", () => {
    const made = talking();
    made.receive({ type: "subscribe", kind: "on_key_press", tag: "k" });
    made.engine.start();
    made.receive(SETTINGS);
    made.take();
    made.listener.onSubscriptionEvent({ kind: "on_key_press", family: "key_press", value: { key: "a" } });
    expect(made.take()).toEqual([]);
    expect(made.told.at(-2)).toEqual(["setWanted", []]);
  });

  test("greets again after a host was refused", () => {
    const made = fixture();
    made.engine.start();
    made.receive({ type: "settings", settings: {} });
    made.engine.start();
    made.take();
    made.receive(SETTINGS, { type: "tree_hash", id: "1", name: "n" });
    expect(made.take()).toEqual([{ type: "tree_hash_response", session: "", id: "1", name: "n", hash: "" }]);
  });

  test("echoes the session of the request only where renderers are scripted", () => {
    for (const [mode, session] of [
      ["mock", "s1"],
      ["windowed", ""],
    ] as const) {
      const made = talking({ mode });
      made.receive({ type: "tree_hash", session: "s1", id: "1", name: "n" });
      expect(made.take()).toEqual([expect.objectContaining({ session })]);
    }
  });

  test("ends when the app says so, except where it is scripted", () => {
    const made = talking();
    made.receive({ type: "widget_op", op: "exit" });
    expect(made.ended).toEqual(["exit"]);
    const scripted = talking({ mode: "mock" });
    scripted.receive({ type: "widget_op", op: "exit" });
    expect(scripted.ended).toEqual([]);
  });

  test("disposes the surface once and says nothing more", () => {
    const made = talking();
    made.engine.dispose();
    made.engine.dispose();
    made.engine.start();
    expect(made.take()).toEqual([]);
    expect(made.told.filter(([name]) => name === "dispose")).toHaveLength(1);
  });
});

describe("reset", () => {
  test("clears tree, subscriptions and stubs, answers, and goes on", async () => {
    const made = talking({ mode: "mock" });
    made.receive(
      { type: "register_effect_stub", kind: "clipboard_read", response: { text: "x" } },
      { type: "subscribe", kind: "on_theme_change", tag: "t" },
      { type: "reset", id: "r1", session: "s1" },
    );
    expect(made.take().at(-1)).toEqual({ type: "reset_response", session: "s1", id: "r1", status: "ok" });
    expect(made.told).toContainEqual(["showTree", null]);
    made.receive(
      { type: "effect", id: "e", kind: "clipboard_read", payload: {} },
      { type: "snapshot", tree: node("main", "window", { theme: "light" }) },
      { type: "snapshot", tree: node("main", "window", { theme: "dark" }) },
    );
    await settle();
    expect(made.take()).toEqual([{ type: "effect_response", session: "", id: "e", status: "unsupported" }]);
  });
});

describe("a surface that fails", () => {
  test("is reported and does not stop the engine", async () => {
    const made = talking();
    made.answerQuery = () => {
      throw new Error("no screen");
    };
    made.answerEffect = () => Promise.reject(new Error("no clipboard"));
    made.receive(
      { type: "system_query", op: "get_system_theme", payload: { tag: "t" } },
      { type: "effect", id: "e", kind: "clipboard_read", payload: {} },
    );
    await settle();
    expect(made.take()).toEqual([
      expect.objectContaining({
        type: "diagnostic",
        diagnostic: { kind: "renderer_runtime_error", detail: "get_system_theme: no screen" },
      }),
      expect.objectContaining({ type: "op_query_response", kind: "system_theme", data: "none" }),
      { type: "effect_response", session: "", id: "e", status: "error", error: "no clipboard" },
    ]);
  });
});

describe("scripts", () => {
  test("query gives the tree, a node, or null", () => {
    const made = talking({ mode: "mock" });
    made.receive(
      { type: "query", session: "s1", id: "1", target: "tree" },
      { type: "query", session: "s1", id: "2", target: "find", selector: { by: "id", value: "save" } },
      { type: "query", session: "s1", id: "3", target: "find", selector: null },
      { type: "query", session: "s1", id: "4", target: "moon" },
    );
    expect(made.take()).toEqual([
      { type: "query_response", session: "s1", id: "1", target: "tree", data: WINDOW },
      { type: "query_response", session: "s1", id: "2", target: "find", data: WINDOW.children[2] },
      { type: "query_response", session: "s1", id: "3", target: "find", data: null },
      { type: "query_response", session: "s1", id: "4", target: "moon", data: null },
    ]);
  });

  test("interact answers with complete events", () => {
    const made = talking({ mode: "mock" });
    made.receive({ type: "interact", session: "s1", id: "i", action: "click", selector: { by: "id", value: "save" } });
    expect(made.take()).toEqual([
      {
        type: "interact_response",
        session: "s1",
        id: "i",
        events: [{ type: "event", session: "s1", family: "click", id: "main#save" }],
      },
    ]);
  });
});

describe("validate_props", () => {
  const on = { type: "settings", settings: { validate_props: true } };
  const labels = node("main", "window", {}, [
    node("main#a", "text", { size: "large" }),
    node("main#b", "button", { label: "x" }),
  ]);
  const report = (id: string, type: string, ...warnings: readonly string[]) =>
    expect.objectContaining({ family: "prop_validation", id, value: { node_id: id, node_type: type, warnings } });

  test("reports wrong props once, and those that a patch brings", async () => {
    const made = talking({ propValidator: () => validateProps });
    made.receive(on, { type: "snapshot", tree: labels });
    expect(made.take()).toEqual([report("main#a", "text", 'prop_type_mismatch: size: expected number, found "large"')]);
    made.receive(
      { type: "patch", ops: [{ op: "update_props", path: [1], props: { label: "y" } }] },
      { type: "patch", ops: [{ op: "update_props", path: [1], props: { labbel: "y" } }] },
      { type: "settings", settings: { validate_props: false } },
      { type: "snapshot", tree: labels },
    );
    expect(made.take()).toEqual([report("main#b", "button", "prop_unknown: labbel")]);
  });

  test("is off unless asked for", () => {
    const made = talking({ propValidator: () => validateProps });
    made.receive({ type: "snapshot", tree: labels });
    expect(made.take()).toEqual([]);
  });

  test("says what it found so far when its rules have been loaded", async () => {
    const made = talking();
    made.receive(on, { type: "snapshot", tree: labels });
    expect(made.take()).toEqual([]);
    await import("../../src/renderer/engine/prop-validator.ts");
    await settle();
    expect(made.take()).toHaveLength(1);
  });

  test("a hundred reports are enough", () => {
    const made = talking({ propValidator: () => validateProps });
    const many = Array.from({ length: 300 }, (_, index) => node(`main#${index}`, "text", { size: "large" }));
    made.receive(on, { type: "snapshot", tree: node("main", "window", {}, many) });
    const said = made.take();
    expect(said).toHaveLength(101);
    expect(said.at(-1)).toEqual(report("main#100", "text", "more than 100 nodes; the rest is left out"));
  });
});
