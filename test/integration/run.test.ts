import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { app, Command, type Element, Subscription } from "../../src/app/index.ts";
import { createBridge, type IostreamAdapter } from "../../src/bridge/index.ts";
import { configure, createHost, defaultStartOptions } from "../../src/host/node/index.ts";
import { createRuntime, type Runtime } from "../../src/runtime/index.ts";
import { fakeClock, mount } from "../../src/testing/index.ts";
import { createMemoryConnector } from "../../src/transport/memory.ts";
import { acceptMock, mockAdapter } from "./run-renderer.ts";

interface Model {
  readonly count: number;
  readonly hash: string;
}

const counter = app<Model, "ask">({
  init: () => ({ count: 0, hash: "" }),
  update: (model, event) => {
    if (event === "ask") return [model, Command.treeHash("hash")];
    if (event.kind === "system" && event.type === "tree_hash") return { ...model, hash: event.hash };
    return model;
  },
  view: (model): Element<Model> => ({
    type: "window",
    id: "main",
    props: { title: "Counter" },
    children: [
      { type: "text", id: "count", props: { content: String(model.count) } },
      { type: "button", id: "add", props: { label: "Add", onClick: (m: Model) => ({ ...m, count: m.count + 1 }) } },
    ],
  }),
});

/** Waits for what several microtasks bring; fails when it does not come. */
async function until(condition: () => boolean): Promise<void> {
  for (let count = 0; count < 1000; count += 1) {
    if (condition()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error("it did not happen");
}

const click = { type: "event", family: "click", id: "main#add" } as const;

describe.each(["json", "msgpack"] as const)("an app over an adapter, %s", (format) => {
  test("[R063] [R064] [R230] [R231] starts, takes clicks, answers questions, stops", async () => {
    const host = createHost();
    const adapter = mockAdapter(format);
    const handle = await host.start(counter, { transport: { iostream: adapter }, format });
    expect(adapter.registrations).toBe(1);
    adapter.say(click);
    adapter.say(click);
    await until(() => handle.model.count === 2);
    await host.stop(handle);
    await host.stop(handle);
    expect([handle.state, adapter.isClosed]).toEqual(["stopped", true]);
    await handle.closed;
  });

  test("[R275] [R293] the handle has calls for the renderer that keep the app's picture right", async () => {
    const host = createHost();
    await using handle = await host.start(counter, { transport: { iostream: mockAdapter(format) }, format });
    handle.renderer.sendInteract("first", "click", { by: "id", value: "add" });
    await until(() => handle.model.count === 1);
    const picture = await handle.renderer.screenshot("counter");
    expect([picture.name, picture.hash]).toEqual(["counter", ""]);
    expect("sendSnapshot" in handle.renderer).toBe(false);
  });

  test("[R055] run resolves when the app has ended", async () => {
    const adapter = mockAdapter(format);
    const ended = createHost().run(counter, { transport: { iostream: adapter }, format, name: "once" });
    await until(() => adapter.registrations === 1);
    for (let index = 0; index < 20; index += 1) await Promise.resolve();
    adapter.say({ type: "event", family: "all_windows_closed", id: "" });
    await ended;
  });
});

describe("what is configured for all apps", () => {
  test("[R143] is in the settings message of an app that says nothing about it", async () => {
    configure({ extensionConfig: { sparkline: { max_samples: 1000 } } });
    try {
      const adapter = mockAdapter("json");
      const sent: string[] = [];
      const iostream: IostreamAdapter = {
        register: (bridge) => adapter.register(bridge),
        send(payload) {
          sent.push(String(payload));
          return adapter.send(payload);
        },
      };
      const handle = await createHost().start(counter, { transport: { iostream }, format: "json" });
      expect(JSON.parse(sent[0] ?? "")).toMatchObject({
        type: "settings",
        settings: { widget_config: { sparkline: { max_samples: 1000 } } },
      });
      await handle.stop();
    } finally {
      configure({ extensionConfig: undefined });
    }
  });

  test("[R155] [R156] [R157] holds for the test kit, whose own options win", async () => {
    try {
      configure({ testBackend: "windowed" });
      await expect(mount(counter)).rejects.toThrow('"windowed" (from configure)');
      await mount(counter, { backend: "mock" }).then((screen) => screen.dispose());
      configure({ testBackend: undefined });
      vi.stubEnv("PLUSHIE_TEST_FORMAT", "xml");
      await expect(mount(counter)).rejects.toThrow(/PLUSHIE_TEST_FORMAT is "xml"; it takes json, msgpack/);
      configure({ testFormat: "json" });
      await mount(counter).then((screen) => screen.dispose());
    } finally {
      vi.unstubAllEnvs();
      configure({ testBackend: undefined, testFormat: undefined });
    }
  });
});

describe("an adapter that closes", () => {
  test("[R234] [R267] passes its reason to the app, and the app ends", async () => {
    const reasons: unknown[] = [];
    const adapter = mockAdapter("json");
    const definition = app<number>({
      init: () => 0,
      update: (model) => model,
      handleRendererExit: (model, reason) => {
        reasons.push(reason);
        return model;
      },
      view: (): Element<number> => ({ type: "window", id: "main" }),
    });
    const handle = await createHost().start(definition, {
      transport: { iostream: adapter },
      format: "json",
      daemon: true,
    });
    adapter.hangUp("ssh_closed");
    await Promise.allSettled([handle.closed]);
    expect(reasons).toEqual([expect.objectContaining({ kind: "connection-lost", detail: "ssh_closed" })]);
    expect(handle.state).toBe("stopped");
  });
});

describe("names", () => {
  test("[R057] [R067] two named instances run side by side and are found; the name is free afterwards", async () => {
    const host = createHost();
    const make = (name: string) =>
      host.start(counter, { name, transport: { iostream: mockAdapter("json") }, format: "json" });
    const first = await make("first");
    const second = await make("second");
    host.runtimeFor("first").dispatch("ask");
    await until(() => first.model.hash !== "");
    expect([first.name, second.name, host.runtimeFor("second").name]).toEqual(["first", "second", "second"]);
    await expect(make("first")).rejects.toMatchObject({ code: "name-taken" });
    await first.stop();
    expect(() => host.runtimeFor("first")).toThrow(expect.objectContaining({ code: "name-unknown" }));
    const again = await make("first");
    await again.stop();
    await second.stop();
  });

  test("a handle can be disposed of", async () => {
    const handle = await createHost().start(counter, { transport: { iostream: mockAdapter("json") }, format: "json" });
    await handle[Symbol.asyncDispose]();
    expect(handle.state).toBe("stopped");
  });
});

describe("no renderer", () => {
  test("[R060] [R246] without a program the rejection says what to do", async () => {
    const started = createHost().start(counter, { environment: {} });
    await expect(started).rejects.toMatchObject({
      code: "renderer-not-found",
      message: expect.stringContaining("PLUSHIE_BINARY_PATH"),
    });
  });

  test("[R060] a program that is not there is a rejection of start and run, and its name is free again", async () => {
    const host = createHost();
    const options = { ...defaultStartOptions(), binary: "/nowhere/plushie-renderer", name: "gone" };
    await expect(host.start(counter, options)).rejects.toMatchObject({ code: "open-failed" });
    await expect(host.run(counter, options)).rejects.toMatchObject({ code: "open-failed" });
    expect(() => host.runtimeFor("gone")).toThrow();
  });
});

describe("a renderer that is replaced", () => {
  function connected() {
    const clock = fakeClock();
    let renderers = 0;
    const connector = createMemoryConnector({
      codec: "msgpack",
      accept: acceptMock("msgpack", () => {
        renderers += 1;
      }),
    });
    const ticking = app<number>({
      init: () => 0,
      update: (model, event) => (event.kind === "timer" ? model + 1 : model),
      subscribe: () => [Subscription.every(100, "tick")],
      view: (model): Element<number> => ({
        type: "window",
        id: "main",
        children: [{ type: "text", id: "n", props: { content: String(model) } }],
      }),
    });
    const runtime: Runtime<number, unknown> = createRuntime(ticking, {
      renderer: createBridge({ connector, clock, heartbeatMs: 0 }),
      clock,
    });
    return { clock, runtime, renderers: () => renderers };
  }

  test("[R124] [R268] [R272] keeps the model and the rate of timers", async () => {
    const { clock, runtime, renderers } = connected();
    await runtime.ready;
    clock.advance(200);
    await until(() => runtime.model === 2);
    runtime.restartRenderer();
    await until(() => renderers() === 2 && runtime.state === "running");
    clock.advance(200);
    await until(() => runtime.model === 4);
    await runtime.stop();
    expect(clock.pending).toBe(0);
  });
});

describe("a renderer program", () => {
  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "plushie-run-"));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  /** A program that says hello, clicks once, and ends with the given status when its input ends or it was clicked. */
  async function program(body: string): Promise<string> {
    const path = join(folder, "renderer.mjs");
    const hello = {
      type: "hello",
      session: "",
      protocol_version: 1,
      protocol: 1,
      codec: "json",
      version: "0.7.1",
      name: "plushie-renderer",
      mode: "mock",
      backend: "mock",
      transport: "stdio",
      native_widgets: [],
      widget_sets: ["iced"],
      widgets: [],
    };
    await writeFile(
      path,
      `#!${process.execPath}
import { createInterface } from "node:readline";
const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
const hello = ${JSON.stringify(hello)};
const lines = createInterface({ input: process.stdin });
${body}
`,
    );
    await chmod(path, 0o755);
    return path;
  }

  test("[R058] [R149] [R201] is taken from the option or the environment, and its last window ends the app", async () => {
    const binary = await program(`
lines.on("line", (line) => {
  const message = JSON.parse(line);
  if (message.type === "settings") say(hello);
  if (message.type === "window_op") say({ type: "event", session: "", family: "all_windows_closed", id: "" });
});
lines.on("close", () => process.exit(0));`);
    const host = createHost();
    await host.run(counter, { binary, format: "json" });
    await host.run(counter, { format: "json", environment: { ...process.env, PLUSHIE_BINARY_PATH: binary } });
  });

  test("[R257] that always dies is given up with a typed rejection", async () => {
    const binary = await program(`lines.once("line", () => { say(hello); setTimeout(() => process.exit(3), 5); });`);
    const ended = createHost().run(counter, { binary, format: "json", maxRestarts: 1, restartDelay: 1 });
    await expect(ended).rejects.toMatchObject({ code: "max-restarts-reached" });
  });
});
