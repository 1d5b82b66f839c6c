import { describe, expect, test } from "vitest";
import type { ToRenderer } from "../protocol/index.ts";
import type { RendererListener, RendererPort } from "../runtime/ports.ts";
import { type FakeClock, fakeClock } from "../testing/fake-clock.ts";
import { createMemoryConnector } from "../transport/memory.ts";
import { type BridgeOptions, createBridge } from "./bridge.ts";
import type { BridgeDiagnostic } from "./diagnostics.ts";
import type { BridgeListener } from "./notifier.ts";
import type { CloseReason, Transport, TransportListener } from "./transport.ts";

/** Lets everything happen that needs no time. */
async function settle(): Promise<void> {
  for (let round = 0; round < 30; round += 1) await Promise.resolve();
}

const HELLO = { type: "hello", protocol_version: 1, protocol: 1, version: "0.7.1", name: "plushie-renderer" };

/** One renderer after the other, on the other end of a memory transport. */
class FakeRenderers implements TransportListener {
  /** Messages of the current renderer. */
  received: ToRenderer[] = [];
  /** Messages of the renderers before it. */
  readonly earlier: ToRenderer[][] = [];
  opened = 0;
  live = 0;
  closes: CloseReason[] = [];
  saysHello = true;
  answersProbes = true;
  transport: Transport | undefined;

  accept = (transport: Transport): TransportListener => {
    if (this.opened > 0) this.earlier.push(this.received);
    this.received = [];
    this.opened += 1;
    this.live += 1;
    this.transport = transport;
    return this;
  };

  onMessage(payload: Uint8Array | string): void {
    const message: ToRenderer = JSON.parse(String(payload));
    this.received.push(message);
    if (message.type === "settings" && this.received.length === 1 && this.saysHello) this.say(HELLO);
    if (message.type === "widget_op" && message.op === "find_focused" && this.answersProbes) {
      const { tag } = message.payload;
      this.say({ type: "op_query_response", session: "", kind: "find_focused", tag, data: { focused: null } });
    }
  }

  onDrain(): void {}

  onClose(reason: CloseReason): void {
    this.live -= 1;
    this.closes.push(reason);
  }

  say(message: object): void {
    this.transport?.send(JSON.stringify(message));
  }

  die(reason: CloseReason = { kind: "crash", exitCode: 1 }): void {
    void this.transport?.close(reason);
  }

  get types(): string[] {
    return this.received.map((message) => message.type);
  }
}

/** Stands for the runtime: resyncs as it does, and writes everything down. */
class FakeRuntime implements BridgeListener {
  readonly news: string[] = [];
  port: RendererPort | undefined;
  resyncsAtOnce = true;

  onResync({ generation }: { readonly generation: number }): void {
    this.news.push(`resync ${generation}`);
    if (this.resyncsAtOnce) this.resync();
  }

  resync(): void {
    this.port?.send({ type: "settings", settings: { default_text_size: 16, protocol_version: 1 } });
    this.port?.send({ type: "snapshot", tree: { id: "main", type: "window", props: {}, children: [] } });
    this.port?.send({ type: "subscribe", kind: "on_key_press", tag: "keys" });
    this.port?.send({ type: "window_op", op: "open", window_id: "main", payload: {} });
    this.port?.resyncComplete();
  }

  onMessage(message: { readonly type: string; readonly id?: string; readonly error?: unknown }): void {
    this.news.push(["message", message.type, message.id, message.error].filter((part) => part !== undefined).join(" "));
  }

  onExit(reason: { readonly kind: string }, willRestart: boolean): void {
    this.news.push(`exit ${reason.kind} ${willRestart ? "restarts" : "ends"}`);
  }

  onEnd(error?: Error): void {
    this.news.push(error === undefined ? "end" : `end ${"code" in error ? String(error.code) : error.message}`);
  }
}

interface Rig {
  readonly clock: FakeClock;
  readonly renderers: FakeRenderers;
  readonly runtime: FakeRuntime;
  readonly bridge: ReturnType<typeof createBridge>;
  readonly diagnostics: BridgeDiagnostic[];
}

function makeRig(options: Partial<BridgeOptions> = {}, memory: { highWaterBytes?: number } = {}): Rig {
  const clock = fakeClock();
  const renderers = new FakeRenderers();
  const runtime = new FakeRuntime();
  const diagnostics: BridgeDiagnostic[] = [];
  const bridge = createBridge({
    connector: createMemoryConnector({ codec: "json", accept: renderers.accept, ...memory }),
    clock,
    settings: { default_text_size: 16 },
    onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
    ...options,
  });
  runtime.port = bridge;
  return { clock, renderers, runtime, bridge, diagnostics };
}

async function startedRig(
  options: Partial<BridgeOptions> = {},
  memory: { highWaterBytes?: number } = {},
): Promise<Rig> {
  const rig = makeRig(options, memory);
  await rig.bridge.start(rig.runtime);
  await settle();
  rig.runtime.news.length = 0;
  return rig;
}

const focus: ToRenderer = { type: "command", id: "main#name", family: "focus" };
const patch: ToRenderer = { type: "patch", ops: [{ op: "update_props", path: [0], props: { label: "x" } }] };
const effect = (id: string): ToRenderer => ({ type: "effect", id, kind: "clipboard_read", payload: {} });

/** One message of each kind that nothing can rebuild. */
const transient: readonly ToRenderer[] = [
  effect("ef_1"),
  { type: "widget_op", op: "focus_next", payload: {} },
  { type: "image_op", op: "delete", payload: { handle: "logo" } },
  focus,
  { type: "commands", commands: [{ id: "main#name", family: "focus" }] },
  { type: "interact", id: "i1", action: "click", selector: {}, payload: {} },
  { type: "advance_frame", timestamp: 16 },
  { type: "register_effect_stub", kind: "file_open", response: null },
  { type: "system_query", op: "get_system_theme", payload: { tag: "t" } },
  { type: "window_op", op: "get_size", window_id: "main", payload: { tag: "t" } },
];

test("the runtime's port and listener fit the bridge", () => {
  const { bridge, runtime } = makeRig();
  const port: RendererPort = bridge;
  const take = (listener: RendererListener): BridgeListener => listener;
  expect(port).toBe(bridge);
  expect(take(runtime)).toBe(runtime);
});

describe("start", () => {
  test("sends settings first and resolves when the renderer has said hello", async () => {
    const { bridge, runtime, renderers } = makeRig();
    await bridge.start(runtime);
    await settle();
    expect(renderers.received[0]).toEqual({
      type: "settings",
      settings: { default_text_size: 16, protocol_version: 1 },
    });
    expect(runtime.news).toEqual(["message hello", "resync 1"]);
    expect(bridge.state).toBe("ready");
  });

  test("[R260] the resync is settings, snapshot, subscriptions and windows, each once", async () => {
    const { renderers } = await startedRig();
    expect(renderers.types).toEqual(["settings", "snapshot", "subscribe", "window_op"]);
  });

  test("settings of the runtime that came before the start are the ones of the handshake", async () => {
    const { bridge, runtime, renderers } = makeRig();
    bridge.send({ type: "settings", settings: { default_text_size: 20 } });
    await bridge.start(runtime);
    await settle();
    expect(renderers.received[0]).toMatchObject({ settings: { default_text_size: 20 } });
  });

  test("rejects at once when the renderer ends before hello, and leaves nothing behind", async () => {
    const { bridge, runtime, renderers, clock } = makeRig();
    renderers.saysHello = false;
    const starting = bridge.start(runtime);
    await settle();
    renderers.die();
    await expect(starting).rejects.toMatchObject({ code: "early-exit" });
    clock.advance(60_000);
    await settle();
    expect({ opened: renderers.opened, live: renderers.live, news: runtime.news }).toEqual({
      opened: 1,
      live: 0,
      news: [],
    });
  });

  test("rejects when no hello comes within ten seconds", async () => {
    const { bridge, runtime, renderers, clock } = makeRig();
    renderers.saysHello = false;
    const starting = bridge.start(runtime);
    await settle();
    clock.advance(10_000);
    await expect(starting).rejects.toMatchObject({ code: "hello-timeout" });
    await settle();
    expect(renderers.live).toBe(0);
  });

  test("rejects when the renderer speaks another protocol", async () => {
    const { bridge, runtime, renderers } = makeRig();
    renderers.saysHello = false;
    const starting = bridge.start(runtime);
    await settle();
    renderers.say({ ...HELLO, protocol_version: 2, protocol: 2 });
    await expect(starting).rejects.toMatchObject({ code: "protocol-mismatch", detail: { found: 2 } });
  });

  test("rejects with the renderer's own text when it refuses", async () => {
    const { bridge, runtime, renderers } = makeRig();
    renderers.saysHello = false;
    const starting = bridge.start(runtime);
    await settle();
    renderers.say({ type: "error", message: "token mismatch: connection rejected" });
    await expect(starting).rejects.toThrow("token mismatch: connection rejected");
  });

  test("a second start is refused", async () => {
    const { bridge, runtime } = await startedRig();
    await expect(bridge.start(runtime)).rejects.toMatchObject({ code: "already-started" });
  });

  test("[R255] a runtime that registers later gets everything in order", async () => {
    const { bridge, runtime, renderers } = makeRig();
    await bridge.start();
    renderers.say({ type: "event", session: "", family: "click", id: "main#a" });
    renderers.say({ type: "event", session: "", family: "click", id: "main#b" });
    await settle();
    bridge.registerRuntime(runtime);
    expect(runtime.news).toEqual([]);
    await settle();
    expect(runtime.news).toEqual(["message hello", "resync 1", "message event main#a", "message event main#b"]);
    expect(bridge.state).toBe("ready");
  });

  test("[R254] the session id is on every message", async () => {
    const { bridge, renderers } = await startedRig({ session: "s7" });
    bridge.send(patch);
    await settle();
    expect(renderers.received.length).toBeGreaterThan(4);
    expect(renderers.received.every((message) => message.session === "s7")).toBe(true);
  });
});

describe("while the renderer is away", () => {
  test("[R262] [R263] [R264] rebuildable messages are dropped, transient ones follow the resync in order", async () => {
    const { bridge, renderers, clock } = await startedRig();
    renderers.die();
    await settle();
    bridge.send(patch);
    for (const message of transient) bridge.send(message);
    bridge.send({ type: "subscribe", kind: "on_key_release", tag: "up" });
    bridge.send({ type: "window_op", op: "update", window_id: "main", payload: {} });
    clock.advance(100);
    await settle();
    expect(renderers.types.slice(0, 4)).toEqual(["settings", "snapshot", "subscribe", "window_op"]);
    expect(renderers.received.slice(4)).toEqual(transient);
  });

  test("what is sent during the resync waits for its end", async () => {
    const { bridge, runtime, renderers } = makeRig();
    runtime.resyncsAtOnce = false;
    await bridge.start(runtime);
    await settle();
    bridge.send(focus);
    await settle();
    expect(renderers.types).toEqual(["settings"]);
    runtime.resync();
    await settle();
    expect(renderers.types.at(-1)).toBe("command");
  });

  test("an effect that was sent is answered with an error and not sent again", async () => {
    const { bridge, runtime, renderers, clock } = await startedRig();
    bridge.send(effect("ef_1"));
    bridge.send(effect("ef_2"));
    await settle();
    renderers.say({ type: "effect_response", session: "", id: "ef_1", status: "cancelled" });
    await settle();
    renderers.die();
    await settle();
    expect(runtime.news).toEqual([
      "message effect_response ef_1",
      "message effect_response ef_2 renderer restarted",
      "exit crash restarts",
    ]);
    clock.advance(100);
    await settle();
    expect(renderers.types).not.toContain("effect");
  });

  test("the outbox is bounded: the oldest give way, with a diagnostic, and effects get an error", async () => {
    const { bridge, runtime, renderers, diagnostics } = await startedRig({
      outboxLimits: { messages: 2, bytes: 1_000 },
    });
    renderers.die();
    await settle();
    for (const id of ["ef_1", "ef_2", "ef_3"]) bridge.send(effect(id));
    await settle();
    expect(diagnostics).toContainEqual(expect.objectContaining({ code: "outbox-overflow", attribution: "app" }));
    expect(runtime.news.at(-1)).toBe("message effect_response ef_1 too many messages wait for the renderer");
  });

  test("a message larger than the outbox is refused alone", async () => {
    const { bridge, runtime, renderers, clock } = await startedRig({ outboxLimits: { messages: 9, bytes: 1_000 } });
    renderers.die();
    await settle();
    bridge.send(focus);
    bridge.send({ type: "effect", id: "big", kind: "clipboard_write", payload: { text: "x".repeat(2_000) } });
    clock.advance(100);
    await settle();
    expect(renderers.types.at(-1)).toBe("command");
    expect(runtime.news).toContain("message effect_response big too many messages wait for the renderer");
  });

  test("a screenshot is answered at once, without a picture", async () => {
    const { bridge, runtime, renderers, diagnostics } = await startedRig();
    renderers.die();
    await settle();
    bridge.send({ type: "screenshot", id: "p1", name: "home" });
    await settle();
    expect(runtime.news.at(-1)).toBe("message screenshot_response p1");
    expect(diagnostics.at(-1)).toMatchObject({ code: "request-refused" });
  });
});

describe("restart", () => {
  test("[R256] [R258] [R259] after a crash the runtime is told, then a new renderer gets its state", async () => {
    const { runtime, renderers, clock, bridge } = await startedRig();
    renderers.die();
    await settle();
    expect(bridge.state).toBe("waiting");
    clock.advance(99);
    await settle();
    expect(renderers.opened).toBe(1);
    clock.advance(1);
    await settle();
    expect(runtime.news).toEqual(["exit crash restarts", "message hello", "resync 2"]);
    expect(bridge.state).toBe("ready");
  });

  test("[R226] [R257] a renderer that always dies is replaced five times, then the end names its last reason", async () => {
    const { runtime, renderers, clock } = await startedRig();
    for (let round = 0; round < 6; round += 1) {
      renderers.die();
      await settle();
      clock.advance(5_000);
      await settle();
    }
    expect(renderers.opened).toBe(6);
    expect(renderers.live).toBe(0);
    expect(runtime.news.at(-2)).toBe("exit crash ends");
    expect(runtime.news.at(-1)).toBe("end max-restarts-reached");
  });

  test("[R268] [R271] on purpose: the old renderer ends before the new one begins, without delay", async () => {
    const { bridge, runtime, renderers } = await startedRig();
    bridge.restart();
    expect(runtime.news).toEqual([]);
    await settle();
    expect(renderers.closes).toEqual([{ kind: "shutdown", detail: "restart" }]);
    expect({ opened: renderers.opened, live: renderers.live }).toEqual({ opened: 2, live: 1 });
    expect(runtime.news).toEqual(["exit restart restarts", "message hello", "resync 2"]);
  });

  test("an orderly end of the renderer ends the bridge", async () => {
    const { runtime, renderers, clock } = await startedRig();
    renderers.die({ kind: "shutdown" });
    await settle();
    clock.advance(60_000);
    await settle();
    expect(runtime.news).toEqual(["exit shutdown ends", "end"]);
    expect(renderers.opened).toBe(1);
  });

  test("a failing listener keeps neither messages nor the bridge from working", async () => {
    const { bridge, runtime, renderers, diagnostics } = await startedRig();
    const heard: string[] = [];
    runtime.onMessage = (message) => {
      heard.push(message.type);
      throw new Error("bug in the runtime");
    };
    renderers.say({ type: "event", session: "", family: "click", id: "main#a" });
    renderers.say({ type: "event", session: "", family: "click", id: "main#b" });
    await settle();
    expect(heard).toHaveLength(2);
    expect(diagnostics.map(({ code }) => code)).toEqual(["listener-failed", "listener-failed"]);
    expect(bridge.state).toBe("ready");
  });

  test("a message that does not fit the protocol is dropped and counted", async () => {
    const { bridge, renderers, diagnostics, runtime } = await startedRig();
    renderers.transport?.send("{ no json");
    renderers.say({ type: "event", session: "", family: 7, id: "main#a" });
    renderers.say({ type: "event", session: "", family: "click", id: "main#b" });
    await settle();
    expect(runtime.news).toEqual(["message event main#b"]);
    expect(diagnostics.map(({ code, count }) => `${code} ${count}`)).toEqual(["bad-message 1", "bad-message 2"]);
    expect(bridge.state).toBe("ready");
  });
});

describe("heartbeat", () => {
  test("[R273] an idle renderer that answers is never restarted", async () => {
    const { renderers, clock, runtime } = await startedRig();
    for (let seconds = 0; seconds < 3_600; seconds += 5) {
      clock.advance(5_000);
      await settle();
    }
    expect(renderers.opened).toBe(1);
    expect(runtime.news).toEqual([]);
    expect(renderers.types.filter((type) => type === "widget_op").length).toBeGreaterThan(50);
  });

  test("[R273] a renderer that does not answer is replaced after the grace period", async () => {
    const { renderers, clock, runtime } = await startedRig();
    renderers.answersProbes = false;
    clock.advance(30_000);
    await settle();
    clock.advance(9_999);
    await settle();
    expect(runtime.news).toEqual([]);
    clock.advance(1);
    await settle();
    expect(runtime.news).toEqual(["exit heartbeat-timeout restarts"]);
    clock.advance(100);
    await settle();
    expect({ opened: renderers.opened, live: renderers.live }).toEqual({ opened: 2, live: 1 });
  });

  test("any message is a sign of life", async () => {
    const { renderers, clock, runtime } = await startedRig();
    renderers.answersProbes = false;
    clock.advance(30_000);
    await settle();
    renderers.say({ type: "event", session: "", family: "click", id: "main#a" });
    await settle();
    clock.advance(29_000);
    await settle();
    expect(runtime.news).toEqual(["message event main#a"]);
    expect(renderers.opened).toBe(1);
  });

  test("it can be turned off", async () => {
    const { renderers, clock } = await startedRig({ heartbeatMs: 0 });
    clock.advance(3_600_000);
    await settle();
    expect(renderers.types).not.toContain("widget_op");
  });
});

describe("a renderer that reads slowly", () => {
  test("gets no patches until it has read everything, then the present state", async () => {
    const { bridge, renderers, runtime, diagnostics } = await startedRig({}, { highWaterBytes: 400 });
    const before = renderers.received.length;
    const big: ToRenderer = {
      type: "patch",
      ops: [{ op: "update_props", path: [], props: { text: "x".repeat(500) } }],
    };
    bridge.send(big);
    for (let count = 0; count < 50; count += 1) bridge.send(patch);
    bridge.send(focus);
    await settle();
    expect(renderers.types.slice(before)).toEqual(["patch", "snapshot", "subscribe", "window_op", "command"]);
    expect(runtime.news).toEqual(["resync 1"]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["slow-renderer"]);
    expect(bridge.state).toBe("ready");
  });
});

describe("stop", () => {
  test("[R274] closes the renderer and ends", async () => {
    const { bridge, renderers, runtime } = await startedRig();
    await bridge.stop();
    await bridge.stop();
    await settle();
    expect({ live: renderers.live, news: runtime.news, state: bridge.state }).toEqual({
      live: 0,
      news: ["end"],
      state: "stopped",
    });
  });

  test("during back-off nothing is opened any more", async () => {
    const { bridge, renderers, clock } = await startedRig();
    renderers.die();
    await settle();
    await bridge.stop();
    clock.advance(60_000);
    await settle();
    expect(renderers.opened).toBe(1);
  });

  test("before the first hello it rejects the start", async () => {
    const { bridge, runtime, renderers } = makeRig();
    renderers.saysHello = false;
    const starting = bridge.start(runtime);
    await settle();
    const stopping = bridge.stop();
    await expect(starting).rejects.toMatchObject({ code: "stopped-before-ready" });
    await stopping;
    expect(renderers.live).toBe(0);
  });

  test("aborts a pending open, and closes a connection that arrives all the same", async () => {
    const closed: CloseReason[] = [];
    let arrive: (transport: Transport) => void = () => {};
    let signal: AbortSignal | undefined;
    const { bridge, runtime } = makeRig({
      connector: {
        codec: "json",
        open: (_listener, given) => {
          signal = given;
          return new Promise((resolve) => {
            arrive = resolve;
          });
        },
      },
    });
    const starting = bridge.start(runtime);
    const stopping = bridge.stop();
    expect(signal?.aborted).toBe(true);
    arrive({
      send: () => true,
      bufferedBytes: 0,
      close: async (reason) => {
        closed.push(reason ?? { kind: "shutdown" });
      },
    });
    await expect(starting).rejects.toMatchObject({ code: "stopped-before-ready" });
    await stopping;
    expect(closed).toHaveLength(1);
  });

  test("does not wait for ever for a connection that does not close", async () => {
    const { clock, bridge, diagnostics } = makeRig({
      connector: {
        codec: "json",
        async open(listener) {
          queueMicrotask(() => listener.onMessage(JSON.stringify(HELLO)));
          return { send: () => true, bufferedBytes: 0, close: () => new Promise(() => {}) };
        },
      },
    });
    await bridge.start(new FakeRuntime());
    const stopping = bridge.stop();
    clock.advance(10_000);
    await stopping;
    expect(diagnostics.map(({ code }) => code)).toContain("close-timeout");
  });
});

describe("connections lost at every step", () => {
  test("leave at most one renderer alive, and the last one has the whole state", async () => {
    for (let losses = 1; losses <= 40; losses += 1) {
      const { bridge, renderers, clock, runtime } = makeRig({ maxRestarts: 100, restartDelayMs: 1 });
      await bridge.start(runtime);
      for (let round = 0; round < 4; round += 1) {
        // A different number of turns each time, so that the loss hits another step.
        for (let turn = 0; turn < losses + round; turn += 1) await Promise.resolve();
        renderers.die();
        await settle();
        expect(renderers.live).toBeLessThanOrEqual(1);
        clock.advance(10);
      }
      await settle();
      clock.advance(100);
      await settle();
      expect(bridge.state).toBe("ready");
      expect(renderers.types.slice(0, 4)).toEqual(["settings", "snapshot", "subscribe", "window_op"]);
      await bridge.stop();
      expect(renderers.live).toBe(0);
    }
  });
});
