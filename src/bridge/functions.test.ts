import { describe, expect, test } from "vitest";
import type { FromRenderer, ToRenderer } from "../protocol/index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { createBridgeFunctions } from "./functions.ts";

function makePort() {
  const sent: ToRenderer[] = [];
  const observers = new Set<(message: FromRenderer) => void>();
  const clock = fakeClock();
  const functions = createBridgeFunctions(
    {
      send: (message) => sent.push(message),
      observe(observer) {
        observers.add(observer);
        return () => observers.delete(observer);
      },
    },
    { clock },
  );
  const receive = (message: FromRenderer): void => {
    for (const observer of [...observers]) observer(message);
  };
  return { sent, functions, clock, receive, observers };
}

const tree = { id: "main", type: "window", props: {}, children: [] };
const ops = [{ op: "update_props", path: [0], props: { label: "x" } }] as const;

type Calls = ReturnType<typeof createBridgeFunctions>;

const cases: readonly (readonly [string, (calls: Calls) => void, ToRenderer])[] = [
  ["[R275] settings", (calls) => calls.sendSettings({ vsync: true }), { type: "settings", settings: { vsync: true } }],
  ["[R276] snapshot", (calls) => calls.sendSnapshot(tree), { type: "snapshot", tree }],
  ["[R277] patch", (calls) => calls.sendPatch(ops), { type: "patch", ops: [...ops] }],
  [
    "[R278] effect",
    (calls) => calls.sendEffect("ef_1", "clipboard_write", { text: "a" }),
    { type: "effect", id: "ef_1", kind: "clipboard_write", payload: { text: "a" } },
  ],
  [
    "[R279] widget_op",
    (calls) => calls.sendWidgetOp("focus_next"),
    { type: "widget_op", op: "focus_next", payload: {} },
  ],
  [
    "[R280] command",
    (calls) => calls.sendWidgetCommand("main#log", "scroll_to", { x: 0, y: 4 }),
    { type: "command", id: "main#log", family: "scroll_to", value: { x: 0, y: 4 } },
  ],
  [
    "[R281] commands in order",
    (calls) =>
      calls.sendWidgetCommands([
        ["a", "focus"],
        ["b", "set", 1],
      ]),
    {
      type: "commands",
      commands: [
        { id: "a", family: "focus" },
        { id: "b", family: "set", value: 1 },
      ],
    },
  ],
  [
    "[R282] subscribe with a rate of 0",
    (calls) => calls.sendSubscribe("on_pointer_move", "p", 0, "main"),
    { type: "subscribe", kind: "on_pointer_move", tag: "p", max_rate: 0, window_id: "main" },
  ],
  [
    "[R282] subscribe without options",
    (calls) => calls.sendSubscribe("on_key_press", "k"),
    { type: "subscribe", kind: "on_key_press", tag: "k" },
  ],
  [
    "[R283] unsubscribe with a tag",
    (calls) => calls.sendUnsubscribe("on_key_press", "k"),
    { type: "unsubscribe", kind: "on_key_press", tag: "k" },
  ],
  [
    "[R283] unsubscribe without a tag",
    (calls) => calls.sendUnsubscribe("on_key_press"),
    { type: "unsubscribe", kind: "on_key_press" },
  ],
  [
    "[R284] window_op",
    (calls) => calls.sendWindowOp("close", "prefs"),
    { type: "window_op", op: "close", window_id: "prefs", payload: {} },
  ],
  [
    "[R285] system_op",
    (calls) => calls.sendSystemOp("allow_automatic_tabbing", { enabled: false }),
    { type: "system_op", op: "allow_automatic_tabbing", payload: { enabled: false } },
  ],
  [
    "[R286] system_query",
    (calls) => calls.sendSystemQuery("get_system_theme", { tag: "t" }),
    { type: "system_query", op: "get_system_theme", payload: { tag: "t" } },
  ],
  [
    "[R287] image_op create",
    (calls) => calls.sendImageOp("create", { handle: "a", data: new Uint8Array([1]) }),
    { type: "image_op", op: "create_image", payload: { handle: "a", data: new Uint8Array([1]) } },
  ],
  [
    "[R287] image_op update",
    (calls) => calls.sendImageOp("update", { handle: "a", data: new Uint8Array([2]) }),
    { type: "image_op", op: "update_image", payload: { handle: "a", data: new Uint8Array([2]) } },
  ],
  [
    "[R287] image_op delete",
    (calls) => calls.sendImageOp("delete", { handle: "a" }),
    { type: "image_op", op: "delete_image", payload: { handle: "a" } },
  ],
  ["[R288] advance_frame", (calls) => calls.sendAdvanceFrame(16), { type: "advance_frame", timestamp: 16 }],
  [
    "[R289] register_effect_stub",
    (calls) => calls.sendRegisterEffectStub("file_open", { path: "/a" }),
    { type: "register_effect_stub", kind: "file_open", response: { path: "/a" } },
  ],
  [
    "[R290] unregister_effect_stub",
    (calls) => calls.sendUnregisterEffectStub("file_open"),
    { type: "unregister_effect_stub", kind: "file_open" },
  ],
  [
    "[R293] interact",
    (calls) => calls.sendInteract("i1", "type_text", { by: "id", value: "name" }, { text: "a" }),
    { type: "interact", id: "i1", action: "type_text", selector: { by: "id", value: "name" }, payload: { text: "a" } },
  ],
  [
    "[R314] interact with an empty selector",
    (calls) => calls.sendInteract("i2", "click"),
    { type: "interact", id: "i2", action: "click", selector: {}, payload: {} },
  ],
];

test.each(cases)("%s", (_name, call, message) => {
  const { functions, sent } = makePort();
  call(functions);
  expect(sent).toEqual([message]);
});

test.each([-1, 1.5, Number.NaN])("a rate or time of %d is refused at the call", (value) => {
  const { functions, sent } = makePort();
  expect(() => functions.sendAdvanceFrame(value)).toThrow(RangeError);
  expect(() => functions.sendSubscribe("on_key_press", "k", value)).toThrow(RangeError);
  expect(sent).toEqual([]);
});

describe("screenshot", () => {
  const answer = (id: string): FromRenderer => ({
    type: "screenshot_response",
    id,
    name: "home",
    hash: "ab",
    width: 2,
    height: 1,
  });

  test("[R291] [R294] each request resolves with its own answer", async () => {
    const { functions, sent, receive, observers, clock } = makePort();
    const first = functions.screenshot("home");
    const second = functions.screenshot("home", { width: 2, height: 1 });
    const ids = sent.map((message) => ("id" in message ? message.id : ""));
    expect(sent[1]).toMatchObject({ width: 2, height: 1 });
    expect(Object.keys(sent[0] ?? {})).not.toContain("width");
    receive(answer(ids[1] ?? ""));
    receive(answer(ids[0] ?? ""));
    expect((await first).id).toBe(ids[0]);
    expect((await second).id).toBe(ids[1]);
    expect({ observers: observers.size, timers: clock.pending }).toEqual({ observers: 0, timers: 0 });
  });

  test("[R291] without an answer it rejects after thirty seconds", async () => {
    const { functions, clock, observers } = makePort();
    const shot = functions.screenshot("home");
    clock.advance(29_999);
    expect(observers.size).toBe(1);
    clock.advance(1);
    await expect(shot).rejects.toMatchObject({ code: "no-answer" });
    expect(observers.size).toBe(0);
  });

  test.each([0, -1, 1.5])("[R292] a size of %d is refused at the call", (size) => {
    const { functions, sent } = makePort();
    expect(() => functions.screenshot("home", { width: size })).toThrow(RangeError);
    expect(() => functions.screenshot("home", { height: size })).toThrow(RangeError);
    expect(sent).toEqual([]);
  });
});
