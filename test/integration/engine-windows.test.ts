import { describe, expect, test } from "vitest";
import { createNoSurface } from "../../src/renderer/index.ts";
import { diagnostics, events, type Fixture, node, settle, talking } from "./engine-fixture.ts";

const two = node("auto:root", "container", {}, [
  node("main", "window", { title: "Main", size: [300, 200] }, [node("main#a", "text")]),
  node("prefs", "window", { exit_on_close_request: false }),
]);

function windowCalls(made: Fixture): unknown[] {
  return made.told.flatMap((told) => (told[0] === "performWindow" ? [told.slice(1, 3).join(" ")] : []));
}

describe("windows and the tree", () => {
  test("[R165] [R166] [R167] follow window nodes: open once, stay, close", () => {
    const made = talking({}, two);
    made.receive(
      { type: "patch", ops: [{ op: "update_props", path: [0], props: { title: "Other" } }] },
      { type: "patch", ops: [{ op: "insert_child", path: [], index: 2, node: node("third", "window") }] },
      { type: "patch", ops: [{ op: "remove_child", path: [], index: 1 }] },
      { type: "snapshot", tree: two },
    );
    expect(windowCalls(made)).toEqual(["third open", "prefs close", "prefs open", "third close"]);
  });

  test("get their settings with the size spelled out, after the tree was shown", () => {
    const made = talking({}, node("x", "column"));
    made.receive({ type: "snapshot", tree: two });
    expect(made.told.map(([name]) => name)).toEqual(["showTree", "performWindow", "performWindow"]);
    expect(made.told[1]).toEqual(["performWindow", "main", "open", { title: "Main", width: 300, height: 200 }]);
  });

  test("open and close once when the app does both by operation and by tree", () => {
    const made = talking({}, two);
    made.receive(
      { type: "window_op", op: "open", window_id: "third", payload: { title: "Third" } },
      { type: "patch", ops: [{ op: "insert_child", path: [], index: 2, node: node("third", "window") }] },
      { type: "window_op", op: "close", window_id: "third" },
      { type: "patch", ops: [{ op: "remove_child", path: [], index: 2 }] },
    );
    expect(windowCalls(made)).toEqual(["third open", "third close"]);
  });

  test("see a window that goes with an outer node", () => {
    const deep = node("auto:root", "container", {}, [node("box", "container", {}, [node("main", "window")])]);
    const made = talking({}, deep);
    made.receive({ type: "patch", ops: [{ op: "remove_child", path: [], index: 0 }] });
    expect(windowCalls(made)).toEqual(["main close"]);
  });

  test("report that all are closed, once, while there is a tree", () => {
    const made = talking({}, two);
    made.receive({ type: "subscribe", kind: "on_window_event", tag: "w" });
    made.receive({ type: "snapshot", tree: node("auto:root", "container") });
    expect(events(made.take())).toMatchObject([
      { family: "window_closed", tag: "w", value: { window_id: "main" } },
      { family: "window_closed", tag: "w", value: { window_id: "prefs" } },
      { family: "all_windows_closed", id: "" },
    ]);
    made.receive({ type: "snapshot", tree: node("auto:root", "container") }, { type: "reset", id: "r" });
    expect(events(made.take())).toEqual([]);
  });
});

test("a surface that closes windows while it draws is not taken for the end of all windows", () => {
  const made = talking({}, node("main", "window"));
  made.receive({ type: "subscribe", kind: "on_window_event", tag: "w" });
  const push = made.told.push.bind(made.told);
  made.told.push = (...items) => {
    if (items[0]?.[0] === "showTree") {
      made.listener.onSubscriptionEvent({ kind: "", family: "window_closed", value: { window_id: "main" } });
    }
    return push(...items);
  };
  made.receive({ type: "snapshot", tree: node("next", "window") });
  expect(events(made.take())).toMatchObject([{ family: "window_closed", value: { window_id: "main" } }]);
  expect(windowCalls(made)).toEqual(["next open"]);
  made.receive({ type: "window_op", op: "close", window_id: "main" });
  expect(made.take()).toEqual([]);
});

describe("closing by the person", () => {
  const request = (made: Fixture, windowId: string) =>
    made.listener.onSubscriptionEvent({
      kind: "on_window_close",
      family: "window_close_requested",
      windowId,
      value: { window_id: windowId },
    });

  test("[R193] asks the app where the window says so", () => {
    const made = talking({}, two);
    made.receive({ type: "subscribe", kind: "on_window_close", tag: "c" });
    request(made, "prefs");
    expect(made.take()).toMatchObject([{ family: "window_close_requested", tag: "c", value: { window_id: "prefs" } }]);
    expect(windowCalls(made)).toEqual([]);
  });

  test("closes at once otherwise, without asking", () => {
    const made = talking({}, two);
    made.receive(
      { type: "subscribe", kind: "on_window_close", tag: "c" },
      { type: "subscribe", kind: "on_window_event", tag: "w" },
    );
    request(made, "main");
    expect(windowCalls(made)).toEqual(["main close"]);
    expect(made.take()).toMatchObject([{ family: "window_closed", tag: "w" }]);
  });

  test("reports a window that is gone without having been asked, once", () => {
    const made = talking({}, node("main", "window"));
    made.receive({ type: "subscribe", kind: "on_window_event", tag: "w" });
    for (let twice = 0; twice < 2; twice += 1) {
      made.listener.onSubscriptionEvent({ kind: "", family: "window_closed", value: { window_id: "main" } });
    }
    expect(events(made.take())).toMatchObject([{ family: "window_closed" }, { family: "all_windows_closed" }]);
    expect(windowCalls(made)).toEqual([]);
  });
});

describe("window operations", () => {
  test("reach open windows and report closed ones", () => {
    const made = talking({}, two);
    made.receive(
      { type: "window_op", op: "set_mode", window_id: "main", payload: { mode: "fullscreen" } },
      { type: "window_op", op: "maximize", window_id: "main", settings: { maximized: false } },
      { type: "window_op", op: "maximize", window_id: "nope" },
    );
    expect(made.told).toEqual([
      ["performWindow", "main", "set_mode", { mode: "fullscreen" }],
      ["performWindow", "main", "maximize", { maximized: false }],
    ]);
    expect(diagnostics(made.take())).toEqual([
      { kind: "wire_input_error", detail: "window_op maximize: no open window nope" },
    ]);
  });

  test("refuse an icon whose bytes do not fit", () => {
    const made = talking({}, two);
    made.receive({
      type: "window_op",
      op: "set_icon",
      window_id: "main",
      payload: { icon_data: "AAAAAA==", width: 1, height: 1 },
    });
    made.receive({
      type: "window_op",
      op: "set_icon",
      window_id: "main",
      payload: { data: "AAAAAA==", width: 2, height: 1 },
    });
    expect(windowCalls(made)).toEqual(["main set_icon"]);
    expect(diagnostics(made.take())).toMatchObject([{ detail: "window_op set_icon: 2x1 pixels need 8 bytes, got 4" }]);
  });
});

describe("questions about windows and the system", () => {
  test("are answered by the surface, with op and window", async () => {
    const made = talking({}, two);
    made.answerQuery = async ({ name }) => (name === "get_size" ? { width: 3, height: 4 } : null);
    made.receive(
      { type: "window_op", op: "get_size", window_id: "main", payload: { tag: "a" } },
      { type: "window_op", op: "get_position", window_id: "main", payload: { tag: "b" } },
      { type: "window_op", op: "is_minimized", window_id: "main", payload: { tag: "c" } },
    );
    await settle();
    expect(made.take()).toMatchObject([
      { kind: "get_size", tag: "a", data: { width: 3, height: 4, op: "get_size", window_id: "main" } },
      { kind: "get_position", tag: "b", data: { op: "get_position", window_id: "main" } },
      { kind: "is_minimized", tag: "c", data: { minimized: null, op: "is_minimized", window_id: "main" } },
    ]);
  });

  test("say when there is no such window", () => {
    const made = talking({}, two);
    made.receive({ type: "window_op", op: "get_size", window_id: "nope", payload: { tag: "a" } });
    expect(made.take()).toMatchObject([
      { kind: "get_size", tag: "a", data: { status: "error", error: "unknown_window", window_id: "nope" } },
    ]);
  });

  test("picture a window as an effect under the window's id", async () => {
    const made = talking({}, two);
    made.answerQuery = async () => ({ width: 1, height: 1, rgba: new Uint8Array([255, 0, 0, 255]) });
    made.receive(
      { type: "window_op", op: "screenshot", window_id: "main", payload: { tag: "shot" } },
      { type: "screenshot", id: "s", name: "home" },
    );
    await settle();
    expect(made.take()).toMatchObject([
      {
        type: "effect_response",
        id: "main",
        status: "ok",
        result: { width: 1, height: 1, bytes_len: 4, rgba: "/wAA/w==", op: "screenshot", request_id: "shot" },
      },
      {
        type: "screenshot_response",
        id: "s",
        name: "home",
        width: 1,
        height: 1,
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  test("give the documented stub without a picture", async () => {
    const made = talking({}, two);
    made.receive({ type: "screenshot", id: "s", name: "home" });
    await settle();
    expect(made.take()).toEqual([
      { type: "screenshot_response", session: "", id: "s", name: "home", hash: "", width: 0, height: 0 },
    ]);
  });

  test("know the system as far as the surface does", async () => {
    const made = talking({}, two);
    made.answerQuery = async ({ name }) => (name === "get_system_theme" ? "light" : null);
    made.receive(
      { type: "system_query", op: "get_system_theme", payload: { tag: "a" } },
      { type: "system_query", op: "get_system_info", payload: { tag: "b" } },
    );
    await settle();
    expect(made.take()).toMatchObject([
      { kind: "system_theme", tag: "a", data: "light" },
      { kind: "system_info", tag: "b", data: { status: "unsupported" } },
    ]);
  });
});

describe("without a screen", () => {
  test("imagines windows and a clipboard", async () => {
    const made = talking({ surface: createNoSurface() }, two);
    made.receive(
      { type: "window_op", op: "get_size", window_id: "main", payload: { tag: "a" } },
      { type: "window_op", op: "maximize", window_id: "main" },
      { type: "window_op", op: "is_maximized", window_id: "main", payload: { tag: "b" } },
      { type: "effect", id: "w", kind: "clipboard_write", payload: { text: "hi" } },
      { type: "effect", id: "r", kind: "clipboard_read", payload: {} },
      { type: "effect", id: "d", kind: "file_open", payload: {} },
      { type: "widget_op", op: "find_focused" },
    );
    await settle();
    expect(made.take()).toMatchObject([
      { data: { width: 300, height: 200 } },
      { data: { maximized: true } },
      { id: "w", status: "ok", result: null },
      { id: "r", status: "ok", result: { text: "hi" } },
      { id: "d", status: "unsupported" },
      { kind: "find_focused", data: { focused: null } },
    ]);
  });

  test("closes windows quietly, as scripted renderers do", () => {
    const made = talking({ mode: "mock" }, two);
    made.receive({ type: "snapshot", tree: node("auto:root", "container") });
    expect(made.take()).toEqual([]);
  });
});
