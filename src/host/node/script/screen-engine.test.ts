import { describe, expect, test } from "vitest";
import { decodeToRenderer, type FromRenderer, INTERACT_STEP_MS, type WireNode } from "../../../protocol/index.ts";
import { inspection } from "../../../renderer/engine/inspection.ts";
import { createEngine, createNoSurface, type SurfaceListener } from "../../../renderer/index.ts";
import { fakeClock } from "../../../testing/fake-clock.ts";
import { EventGate } from "./event-gate.ts";
import { ScreenEngine } from "./screen-engine.ts";
import type { Located, ScriptedScreen, ScriptedSurface } from "./scripted-screen.ts";

const button: WireNode = { id: "main#save", type: "button", props: { label: "Save" }, children: [] };
const field: WireNode = { id: "main#name", type: "text_input", props: { value: "" }, children: [] };
const TREE: WireNode = { id: "main", type: "window", props: {}, children: [button, field] };

/** A screen where the widget under every point says what was done there. */
function rig(options: { readonly located?: Partial<Located>; readonly hasLimit?: boolean } = {}) {
  const sent: FromRenderer[] = [];
  const done: string[] = [];
  const clock = fakeClock();
  let listener: SurfaceListener | undefined;
  let disconnects = 0;
  let located: Located = { point: { x: 1, y: 2 }, isDisabled: false, isFocused: true, ...options.located };
  const say = (family: string, id = "main#save"): void => listener?.onWidgetEvent({ family, id });
  const screen: ScriptedScreen = {
    locate: async () => located,
    async pointer(action, x, y) {
      done.push(`${action} ${x},${y}`);
      say("status");
      if (action === "release") say("click");
    },
    async wheel(x, y) {
      done.push(`wheel ${x},${y}`);
    },
    async key(action, { key }) {
      done.push(`${action} ${key}`);
      if (action === "press") say("input", "main#name");
    },
    async insertText(text) {
      done.push(`text ${text}`);
    },
    async paste(text) {
      done.push(`paste ${text}`);
    },
    async rest() {
      done.push("rest");
    },
    settled: async () => {},
  };
  const gate = new EventGate((message) => void sent.push(message));
  let surface: ScriptedSurface | undefined;
  const engine = createEngine({
    inspection: () => inspection,
    mode: "headless",
    backend: "test",
    transport: "stdio",
    codec: "json",
    clock,
    send: gate.send,
    surface: (given) => {
      listener = given;
      surface = Object.assign(createNoSurface()(given), { screen });
      return surface;
    },
  });
  if (surface === undefined) throw new Error("the engine made no surface");
  const countDisconnect = (): void => {
    disconnects += 1;
  };
  const scripted = new ScreenEngine({
    engine,
    surface,
    gate,
    clock,
    send: (message) => void sent.push(message),
    ...(options.hasLimit === true ? { onDisconnect: countDisconnect } : {}),
  });
  const receive = async (value: object): Promise<void> => {
    const decoded = decodeToRenderer({ session: "s", ...value });
    if (!decoded.ok) throw new Error("not a message");
    scripted.receive(decoded.value);
    await turn();
  };
  engine.start();
  return {
    receive,
    say,
    done,
    clock,
    scripted,
    disconnects: () => disconnects,
    locate: (next: Partial<Located>) => {
      located = { ...located, ...next };
    },
    async begin() {
      await receive({ type: "settings", settings: { protocol_version: 1 } });
      await receive({ type: "snapshot", tree: TREE });
      sent.length = 0;
    },
    interact: (action: string, value?: string, payload: object = {}) =>
      receive({
        type: "interact",
        id: "i",
        action,
        payload,
        ...(value === undefined ? {} : { selector: { by: "id", value } }),
      }),
    take: () =>
      sent.splice(0).map((message) => {
        if (message.type !== "interact_step" && message.type !== "interact_response") return [message.type];
        return [message.type, ...message.events.map(({ family, id }) => `${family} ${id}`)];
      }),
    /** Codes and widgets of what could not be done. */
    refusals: () =>
      sent
        .splice(0)
        .flatMap((message) => (message.type === "interact_response" ? message.events.map(({ value }) => value) : [])),
  };
}

/** Everything that is ready goes on; a script has at most so many promises in a row between two messages. */
async function turn(): Promise<void> {
  for (let count = 0; count < 200; count += 1) await Promise.resolve();
}

const PATCH = { type: "patch", ops: [] };
const DONE = ["interact_response"];

describe("a script on a screen", () => {
  test("[R105] says what each input did and goes on when the host has answered", async () => {
    const { begin, interact, take, done, receive } = rig();
    await begin();
    await interact("click", "save");
    expect(done).toEqual(["move 1,2", "press 1,2", "release 1,2"]);
    expect(take()).toEqual([["interact_step", "click main#save"]]);
    await receive(PATCH);
    expect(take()).toEqual([DONE]);
  });

  test("puts no input between a step and its answer, whatever else is said", async () => {
    const { begin, interact, take, done, receive } = rig();
    await begin();
    await interact("type_text", "name", { text: "ab" });
    expect(done).toEqual(["press a"]);
    expect(take()).toEqual([["interact_step", "input main#name"]]);
    await receive({ type: "tree_hash", id: "h", name: "n" });
    expect(take()).toEqual([["tree_hash_response"]]);
    await receive({ type: "snapshot", tree: TREE });
    expect(done).toEqual(["press a", "release a", "press b"]);
    await receive(PATCH);
    expect(take()).toEqual([["interact_step", "input main#name"], DONE]);
  });

  test("has an empty answer when nothing came of it", async () => {
    const { begin, interact, take, done } = rig();
    await begin();
    await interact("move_to", undefined, { x: 5, y: 6 });
    expect(done).toEqual(["move 5,6"]);
    expect(take()).toEqual([DONE]);
  });

  test("tells what the host's answers caused in steps of its own, a bounded number of them", async () => {
    const { begin, interact, take, receive, say } = rig();
    await begin();
    await interact("click", "save");
    take();
    for (let count = 0; count < 8; count += 1) {
      say("resize");
      await receive(PATCH);
      expect(take()).toEqual([["interact_step", "resize main#save"]]);
    }
    say("resize");
    await receive(PATCH);
    expect(take()).toEqual([DONE, ["event"]]);
  });

  test("is not disturbed by another one, which is told so", async () => {
    const { begin, interact, refusals, receive, take } = rig();
    await begin();
    await interact("click", "save");
    await interact("click", "save");
    expect(refusals()).toMatchObject([{ code: "interact_busy" }]);
    await receive(PATCH);
    expect(take()).toEqual([DONE]);
  });

  test("takes messages while it waits for its host, and not while input is under way", async () => {
    const { begin, interact, scripted, receive } = rig();
    await begin();
    expect(scripted.whenFree()).toBeUndefined();
    const playing = interact("click", "save");
    const free = scripted.whenFree();
    expect(free).toBeInstanceOf(Promise);
    await playing;
    await free;
    expect(scripted.whenFree()).toBeUndefined();
    await receive(PATCH);
    expect(scripted.whenFree()).toBeUndefined();
  });

  test("events that came before it are no part of it, and those after it go out as they are", async () => {
    const { begin, interact, take, say, receive } = rig();
    await begin();
    say("resize");
    await interact("click", "save");
    await receive(PATCH);
    say("resize");
    expect(take()).toEqual([["event"], ["interact_step", "click main#save"], DONE, ["event"]]);
  });
});

describe("what a person could not do", () => {
  test.each<readonly [string, Partial<Located>, string]>([
    ["widget_disabled", { isDisabled: true }, 'interact click: "main#save" is disabled'],
    ["widget_covered", { coveredBy: "main#lid" }, 'interact click: "main#save" is covered by "main#lid"'],
    ["widget_covered", { coveredBy: "" }, 'interact click: "main#save" is covered by something'],
  ])("%s", async (code, located, message) => {
    const { begin, interact, refusals, done } = rig({ located });
    await begin();
    await interact("click", "save");
    expect(refusals()).toEqual([{ level: "warning", element_id: "main#save", code, message }]);
    expect(done).toEqual([]);
  });

  test("a widget that does not take the keyboard is not typed into", async () => {
    const { begin, interact, take, refusals, receive } = rig({ located: { isFocused: false } });
    await begin();
    await interact("type_text", "name", { text: "a" });
    expect(take()).toEqual([["interact_step", "click main#save"]]);
    await receive(PATCH);
    expect(refusals()).toMatchObject([{ code: "widget_not_focused", element_id: "main#name" }]);
  });
});

describe("a host that does not answer a step", () => {
  test("is given up after 30 seconds", async () => {
    const { begin, interact, clock, disconnects, scripted } = rig({ hasLimit: true });
    await begin();
    await interact("click", "save");
    clock.advance(INTERACT_STEP_MS - 1);
    expect(disconnects()).toBe(0);
    clock.advance(1);
    expect(disconnects()).toBe(1);
    scripted.dispose();
    expect(clock.pending).toBe(0);
  });

  test("may take its time where there is one session only", async () => {
    const { begin, interact, clock } = rig();
    await begin();
    await interact("click", "save");
    expect(clock.pending).toBe(0);
  });

  test("and resets gets no answer to the script, nor what it has left behind", async () => {
    const { begin, interact, receive, take, say, done } = rig({ hasLimit: true });
    await begin();
    await interact("click", "save");
    take();
    say("resize");
    await receive({ type: "reset", id: "r" });
    expect(take()).toEqual([["reset_response"]]);
    expect(done.splice(0)).toEqual(["move 1,2", "press 1,2", "release 1,2", "rest"]);
    await receive({ type: "snapshot", tree: TREE });
    await interact("click", "save");
    expect(take()).toEqual([["interact_step", "click main#save"]]);
    expect(done).toEqual(["move 1,2", "press 1,2", "release 1,2"]);
  });

  test("a reset is over when the pointer has left, and what the old tree said meanwhile is for nobody", async () => {
    const { begin, interact, receive, scripted, say, take } = rig();
    await begin();
    await interact("move_to", undefined, { x: 1, y: 1 });
    take();
    const resetting = receive({ type: "reset", id: "r" });
    expect(scripted.whenFree()).toBeInstanceOf(Promise);
    say("resize");
    await resetting;
    expect(scripted.whenFree()).toBeUndefined();
    expect(take()).toEqual([["reset_response"]]);
    say("resize");
    expect(take()).toEqual([["event"]]);
  });
});
