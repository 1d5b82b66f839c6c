import { describe, expect, test } from "vitest";
import { decodeToRenderer, type FromRenderer, type WireNode, type WireProps } from "../../protocol/index.ts";
import { inspection } from "../../renderer/engine/inspection.ts";
import { createEngine } from "../../renderer/index.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { MockSurface } from "./renderer-mock-surface.ts";
import { ScriptedEngine } from "./renderer-script.ts";

const node = (type: string, id: string, props: WireProps = {}, children: WireNode[] = []): WireNode => ({
  id,
  type,
  props,
  children,
});

/** A form whose host keeps what it is told, as an app does. */
function form(state: { name?: string; agreed?: boolean; modal?: boolean } = {}): WireNode {
  return node("window", "main", {}, [
    node("text", "main#title", { content: "Form" }),
    node("text_input", "main#name", { value: state.name ?? "", on_submit: true }),
    node("text_input", "main#off", { value: "", disabled: true }),
    node("checkbox", "main#agree", { checked: state.agreed ?? false }),
    node("text_editor", "main#notes", { content: "a" }),
    node("container", "main#box", state.modal === true ? { a11y: { modal: true } } : {}, [
      node("button", "main#box/save", { label: "Save" }),
    ]),
  ]);
}

function rig(tree: WireNode = form(), options: { hasLimit?: boolean } = {}) {
  const sent: FromRenderer[] = [];
  const clock = fakeClock();
  let disconnects = 0;
  let surface: MockSurface | undefined;
  const send = (message: FromRenderer): void => void sent.push(message);
  const engine = createEngine({
    inspection: () => inspection,
    mode: "mock",
    backend: "mock",
    transport: "stdio",
    codec: "json",
    clock,
    send,
    surface: (listener) => {
      surface = new MockSurface(listener);
      return surface;
    },
  });
  if (surface === undefined) throw new Error("the engine made no surface");
  const onDisconnect = (): void => {
    disconnects += 1;
  };
  const scripted = new ScriptedEngine({
    engine,
    surface,
    send,
    clock,
    ...(options.hasLimit === true ? { onDisconnect } : {}),
  });
  const say = (value: object): void => {
    const decoded = decodeToRenderer({ session: "s", ...value });
    if (!decoded.ok) throw new Error("not a message");
    scripted.receive(decoded.value);
  };
  engine.start();
  say({ type: "settings", settings: { protocol_version: 1 } });
  say({ type: "snapshot", tree });
  sent.length = 0;
  return {
    say,
    clock,
    disconnects: () => disconnects,
    surface,
    scripted,
    /** What was said since the last time: the kind of message, and what its events say. */
    take: () =>
      sent
        .splice(0)
        .map((message) =>
          message.type === "interact_step" || message.type === "interact_response"
            ? [message.type, ...message.events.map(({ family, id, value }) => [family, id, value])]
            : [message.type],
        ),
    interact: (action: string, payload: object = {}, selector?: object) =>
      say({ type: "interact", id: "i", action, payload, ...(selector === undefined ? {} : { selector }) }),
    show: (root: WireNode) => say({ type: "snapshot", tree: root }),
  };
}

const byId = (value: string) => ({ by: "id", value });
const DONE = ["interact_response"];

describe("typing", () => {
  test("[R299] [R314] goes key by key to the widget with the focus, each on the host's answer", () => {
    const { interact, show, take } = rig();
    interact("focus_element", {}, byId("name"));
    expect(take()).toEqual([DONE]);
    interact("type_text", { text: "é1 " });
    expect(take()).toEqual([["interact_step", ["input", "main#name", "é"]]]);
    // The host may change what was typed.
    show(form({ name: "É" }));
    expect(take()).toEqual([["interact_step", ["input", "main#name", "É1"]]]);
    show(form({ name: "É1" }));
    expect(take()).toEqual([["interact_step", ["input", "main#name", "É1 "]]]);
    show(form({ name: "É1 " }));
    expect(take()).toEqual([DONE]);
  });

  test("an empty patch answers a step, and other messages do not", () => {
    const { interact, say, take } = rig();
    say({ type: "command", id: "main#name", family: "focus" });
    interact("type_text", { text: "a" }, byId("name"));
    take();
    say({ type: "tree_hash", id: "h", name: "n" });
    expect(take()).toEqual([["tree_hash_response"]]);
    say({ type: "patch", ops: [] });
    expect(take()).toEqual([DONE]);
  });

  test("without a focus, or at another widget, is made up in one event as before", () => {
    const { interact, take } = rig();
    interact("type_text", { text: "abc" }, byId("name"));
    expect(take()).toEqual([["interact_response", ["input", "main#name", "abc"]]]);
    interact("focus_element", {}, byId("notes"));
    interact("type_text", { text: "abc" }, byId("name"));
    expect(take().at(-1)).toEqual(["interact_response", ["input", "main#name", "abc"]]);
  });

  test("an editor keeps its own document while the host repeats the old one", () => {
    const { interact, show, take } = rig();
    interact("focus_element", {}, byId("notes"));
    interact("type_text", { text: "b\nc" });
    show(form());
    show(form());
    show(form());
    expect(take().slice(1)).toEqual([
      ["interact_step", ["input", "main#notes", "ab"]],
      ["interact_step", ["input", "main#notes", "ab\n"]],
      ["interact_step", ["input", "main#notes", "ab\nc"]],
      DONE,
    ]);
  });

  test("a widget that leaves the tree takes no more keys", () => {
    const { interact, show, take } = rig();
    interact("focus_element", {}, byId("name"));
    interact("type_text", { text: "ab" });
    show(node("window", "main"));
    expect(take().slice(1)).toEqual([["interact_step", ["input", "main#name", "a"]], DONE]);
  });
});

describe("keys", () => {
  test("Tab walks what can have the focus, skips what is disabled, and ends behind the last", () => {
    const { interact, surface } = rig();
    const seen: (string | undefined)[] = [];
    for (let count = 0; count < 6; count += 1) {
      interact("type_key", { key: "Tab" });
      seen.push(surface.focused?.id);
    }
    expect(seen).toEqual(["main#name", "main#agree", "main#notes", "main#box/save", undefined, "main#name"]);
    interact("press", { key: "Shift+Tab" });
    expect(surface.focused).toBeUndefined();
    interact("press", { key: "Shift+Tab" });
    expect(surface.focused?.id).toBe("main#box/save");
    interact("press", { key: "Escape" });
    expect(surface.focused).toBeUndefined();
  });

  test("something modal keeps the focus inside", () => {
    const { interact, surface } = rig(form({ modal: true }));
    interact("focus_element");
    expect(surface.focused?.id).toBe("main#box/save");
    interact("focus_element", {}, byId("name"));
    expect(surface.focused).toBeUndefined();
  });

  test.each([
    ["name", "submit", {}, ["submit", "main#name", "Ann"]],
    ["name", "press", { key: "Enter" }, ["submit", "main#name", "Ann"]],
    ["name", "press", { key: "Backspace" }, ["input", "main#name", "An"]],
    ["agree", "type_key", { key: "Space" }, ["toggle", "main#agree", true]],
    ["save", "press", { key: "Enter" }, ["click", "main#box/save", undefined]],
  ] as const)("at %s, %s %j", (id, action, payload, event) => {
    const { interact, take } = rig(form({ name: "Ann" }));
    interact("focus_element", {}, byId(id));
    take();
    interact(action, payload);
    expect(take()).toEqual([["interact_step", event]]);
  });

  test("that the widget does not take are made up as before", () => {
    const { interact, take } = rig();
    interact("focus_element", {}, byId("name"));
    take();
    interact("press", { key: "Ctrl+s" });
    expect(take()).toEqual([["interact_response", ["key_press", "", { key: "s" }]]]);
    interact("type_key", { key: "F1" });
    expect(take()).toEqual([
      ["interact_response", ["key_press", "", { key: "F1" }], ["key_release", "", { key: "F1" }]],
    ]);
  });
});

describe("a host that does not answer a step", () => {
  test("is given up after 30 seconds", () => {
    const { interact, clock, disconnects, scripted } = rig(form(), { hasLimit: true });
    interact("focus_element", {}, byId("name"));
    interact("type_text", { text: "a" });
    clock.advance(29_999);
    expect(disconnects()).toBe(0);
    clock.advance(1);
    expect(disconnects()).toBe(1);
    scripted.dispose();
    expect(clock.pending).toBe(0);
  });

  test("may take its time where there is one session only, and a reset ends the waiting", () => {
    const { interact, clock, say, take, show } = rig();
    interact("focus_element", {}, byId("name"));
    interact("type_text", { text: "ab" });
    expect(clock.pending).toBe(0);
    take();
    say({ type: "reset", id: "r" });
    show(form());
    interact("type_text", { text: "b" }, byId("name"));
    expect(take()).toEqual([["reset_response"], ["interact_response", ["input", "main#name", "b"]]]);
  });
});
