import { describe, expect, test } from "vitest";
import { app, type Event } from "../../src/app/index.ts";
import { type LogEntry, seededRandom } from "../../src/base/index.ts";
import { createBridge, type Transport } from "../../src/bridge/index.ts";
import { makeHello } from "../../src/protocol/index.ts";
import { createRuntime } from "../../src/runtime/index.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { createMemoryConnector } from "../../src/transport/memory.ts";
import { type CodecName, createCodec, decodeMessage } from "../../src/wire/index.ts";
import { createMutator } from "./mutate.ts";
import { loadExamples } from "./wire-examples.ts";

const MESSAGES = 20_000;
const BATCH = 200;
/** What ends a connection is right to do so; those messages have tests of their own. */
const ENDS: ReadonlySet<unknown> = new Set(["hello", "error"]);
const ENDING_FAMILIES = ["all_windows_closed", "window_closed"];

const fromRenderer = loadExamples().filter(
  ({ direction, message }) =>
    direction === "from-renderer" &&
    !ENDS.has(message["type"]) &&
    !ENDING_FAMILIES.some((family) => JSON.stringify(message).includes(family)),
);

const counter = app<{ readonly seen: number; readonly clicks: number }>({
  init: () => ({ seen: 0, clicks: 0 }),
  update: (model, event: Event) => ({
    seen: model.seen + 1,
    clicks: event.kind === "widget" && event.type === "click" && event.id === "only" ? model.clicks + 1 : model.clicks,
  }),
  view: ({ clicks }) => ({
    type: "window",
    id: "main",
    children: [{ type: "button", id: "only", props: { label: String(clicks) } }],
  }),
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function startHost(codec: CodecName) {
  const { encode } = createCodec(codec);
  const payloadOf = (message: unknown): Uint8Array | string => {
    const payload = encode(message);
    if (!payload.ok) throw payload.error;
    return payload.value;
  };
  const entries: LogEntry[] = [];
  let renderer: Transport | undefined;
  let connections = 0;
  const clock = fakeClock();
  const connector = createMemoryConnector({
    codec,
    accept(transport) {
      renderer = transport;
      connections += 1;
      transport.send(payloadOf(makeHello({ mode: "mock", backend: "mock", transport: "stdio", codec })));
      return { onMessage: () => {}, onDrain: () => {}, onClose: () => {} };
    },
  });
  const logger = (entry: LogEntry): void => void entries.push(entry);
  const bridge = createBridge({ connector, clock, logger, heartbeatMs: 0 });
  const runtime = createRuntime(counter, { renderer: bridge, clock, logger, daemon: true });
  await runtime.ready;
  return {
    runtime,
    entries,
    get connections() {
      return connections;
    },
    say: (payload: Uint8Array | string) => renderer?.send(payload),
    payloadOf,
  };
}

describe.each([
  { codec: "json", seed: 201 },
  { codec: "msgpack", seed: 202 },
] as const)("$codec", ({ codec, seed }) => {
  test(`an app hears ${MESSAGES} damaged messages of a renderer and goes on`, { timeout: 60_000 }, async () => {
    const host = await startHost(codec);
    const mutator = createMutator(fromRenderer, codec, seed);
    const random = seededRandom(seed);
    const click = host.payloadOf({ type: "event", session: "", family: "click", id: "main#only" });
    let clicks = 0;
    let refused = 0;
    for (let sent = 0; sent < MESSAGES; ) {
      const before = host.entries.length;
      let refusedNow = 0;
      for (let each = 0; each < BATCH; each += 1) {
        const payload = mutator.next();
        const decoded = decodeMessage(payload, "from-renderer");
        if (decoded.ok && ENDS.has(decoded.value.type)) continue;
        if (decoded.ok && ENDING_FAMILIES.some((family) => JSON.stringify(decoded.value).includes(family))) continue;
        if (!decoded.ok) refusedNow += 1;
        host.say(payload);
        sent += 1;
      }
      if (random() < 0.5) {
        host.say(click);
        clicks += 1;
      }
      await turn();
      refused += refusedNow;
      if (refusedNow > 0 && sent === BATCH) expect(host.entries.length).toBeGreaterThan(before);
    }
    await turn();
    expect(host.runtime.state).toBe("running");
    expect(host.connections).toBe(1);
    expect(refused).toBeGreaterThan(MESSAGES / 10);
    expect(host.runtime.model.seen).toBeGreaterThan(MESSAGES / 20);
    // Damaged messages may be clicks on it, too; the honest ones are among them.
    expect(host.runtime.model.clicks).toBeGreaterThanOrEqual(clicks);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
    await host.runtime.stop();
  });
});
