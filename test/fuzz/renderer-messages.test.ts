import { PassThrough, Writable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import { silentLogger } from "../../src/base/index.ts";
import { RendererConnection } from "../../src/host/node/renderer-connection.ts";
import { MockSurface } from "../../src/host/node/renderer-mock-surface.ts";
import { decodeFromRenderer, type FromRenderer, type FromRendererMessage } from "../../src/protocol/index.ts";
import type { SurfaceFactory } from "../../src/renderer/index.ts";
import { fakeClock } from "../../src/testing/fake-clock.ts";
import { type CodecName, createCodec, decodeMessage, FrameReader } from "../../src/wire/index.ts";
import { createMutator } from "./mutate.ts";
import { loadExamples } from "./wire-examples.ts";

const MESSAGES = 55_000;
const BATCH = 500;
/** Every so many messages a batch is sent one by one. */
const ALONE = 10 * BATCH;
const MAX_GROWTH_BYTES = 48 * 1024 * 1024;
/** Between messages; a host cannot be heard while the renderer works on one. */
const SLOWEST_BATCH_MS = 20_000;

const toRenderer = loadExamples().filter(({ direction }) => direction === "to-renderer");

/** What the renderer says, decoded and checked against the protocol. */
class Heard extends Writable {
  readonly #reader: FrameReader;
  readonly #decode: ReturnType<typeof createCodec>["decode"];
  messages: FromRenderer[] = [];

  constructor(codec: CodecName) {
    super();
    this.#reader = new FrameReader(codec === "json" ? "lines" : "length");
    this.#decode = createCodec(codec).decode;
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    const { frames, error } = this.#reader.push(chunk);
    if (error !== undefined) throw error;
    for (const frame of frames) {
      const value = this.#decode(frame);
      if (!value.ok) throw value.error;
      const message = decodeFromRenderer(value.value);
      if (!message.ok) throw new Error(`the renderer said what is no message: ${JSON.stringify(message.error)}`);
      this.messages.push(message.value);
    }
    callback();
  }
}

function framed(payload: Uint8Array | string): Buffer {
  if (typeof payload === "string") return Buffer.from(`${payload}\n`);
  const frame = Buffer.alloc(4 + payload.length);
  frame.writeUInt32BE(payload.length);
  frame.set(payload, 4);
  return frame;
}

async function startRenderer(codec: CodecName, maxSessions: number) {
  const input = new PassThrough({ highWaterMark: 64 * 1024 * 1024 });
  const heard = new Heard(codec);
  const clock = fakeClock();
  const surface: SurfaceFactory = (listener) => new MockSurface(listener);
  const connection = new RendererConnection({
    ...{ input, output: heard, clock, maxSessions, codec, surface },
    mode: "mock",
    backend: "mock",
    transport: "stdio",
    logger: silentLogger,
  });
  let over: unknown;
  void connection.ended.then((end) => {
    over = end;
  });
  const { encode } = createCodec(codec);
  const write = (message: unknown): void => {
    const payload = encode(message);
    if (!payload.ok) throw payload.error;
    input.write(framed(payload.value));
  };
  let marks = 0;
  /** Resolves when everything written so far was worked off. */
  const worked = async (session: string): Promise<void> => {
    marks += 1;
    const id = `mark-${marks}`;
    write({ type: "query", session, id, target: "tree" });
    const started = performance.now();
    while (!heard.messages.some((message) => message.type === "query_response" && message.id === id)) {
      if (over !== undefined) throw new Error(`the connection ended: ${JSON.stringify(over)}`);
      if (performance.now() - started > SLOWEST_BATCH_MS) throw new Error("the renderer does not answer any more");
      // A session that waits for an answer of ours gets it, as an honest host gives it.
      clock.advance(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  write({ type: "settings", session: "", settings: { protocol_version: 1 } });
  await new Promise((resolve) => setImmediate(resolve));
  return { input, heard, write, worked, connection };
}

function collect(): number {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc === "function") gc();
  return process.memoryUsage().heapUsed;
}

const isInputError = (message: FromRenderer): message is FromRendererMessage<"diagnostic"> =>
  message.type === "diagnostic" && message.diagnostic.kind === "wire_input_error";

describe.each([
  { codec: "json", sessions: 1, seed: 101 },
  { codec: "msgpack", sessions: 1, seed: 102 },
  { codec: "json", sessions: 8, seed: 103 },
  { codec: "msgpack", sessions: 8, seed: 104 },
] as const)("$codec, $sessions sessions", ({ codec, sessions, seed }) => {
  test(`${MESSAGES} damaged messages: each that is refused leaves a report, and the session goes on`, {
    timeout: 120_000,
  }, async () => {
    const renderer = await startRenderer(codec, sessions);
    const { heard, worked, write, input } = renderer;
    // Its place must not be taken by sessions that damaged ids open.
    await worked("mark");
    const mutator = createMutator(toRenderer, codec, seed);
    let refused = 0;
    let early = 0;
    for (let sent = 0; sent < MESSAGES; sent += BATCH) {
      heard.messages = [];
      let refusedNow = 0;
      let complaints = 0;
      for (let each = 0; each < BATCH; each += 1) {
        const payload = mutator.next();
        const isRefused = !decodeMessage(payload, "to-renderer").ok;
        if (isRefused) refusedNow += 1;
        input.write(framed(payload));
        // Accepted messages may complain of their contents, too, so some are looked at alone.
        if (sent % ALONE !== 0) continue;
        const before = complaints;
        await worked("mark");
        complaints = heard.messages.filter(isInputError).length;
        if (isRefused) expect(complaints).toBeGreaterThan(before);
      }
      await worked("mark");
      expect(heard.messages.filter(isInputError).length).toBeGreaterThanOrEqual(refusedNow);
      refused += refusedNow;
      if (sent === MESSAGES / 5) early = collect();
    }
    expect(refused).toBeGreaterThan(MESSAGES / 10);
    expect(MESSAGES - refused).toBeGreaterThan(MESSAGES / 10);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);

    heard.messages = [];
    expect(collect() - early).toBeLessThan(MAX_GROWTH_BYTES);

    write({ type: "reset", session: "mark", id: "last-reset" });
    await worked("after");
    const button = { id: "main#save", type: "button", props: { label: "Save" }, children: [] };
    const tree = { id: "main", type: "window", props: {}, children: [button] };
    write({ type: "snapshot", session: "after", tree });
    const click = { type: "interact", session: "after", id: "last", action: "click", payload: {} };
    write({ ...click, selector: { by: "id", value: "save" } });
    await worked("after");
    expect(heard.messages).toContainEqual(
      expect.objectContaining({
        type: "interact_response",
        id: "last",
        events: [{ type: "event", session: "after", family: "click", id: "main#save" }],
      }),
    );
    input.end();
    expect(await renderer.connection.ended).toEqual({ kind: "input-ended" });
  });
});
