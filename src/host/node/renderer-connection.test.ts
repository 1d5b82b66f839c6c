import { PassThrough, Writable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { silentLogger } from "../../base/index.ts";
import { decodeFromRenderer, TO_RENDERER_TYPES, type WireValue } from "../../protocol/index.ts";
import { createNoSurface, type SurfaceFactory } from "../../renderer/index.ts";
import { fakeClock } from "../../testing/fake-clock.ts";
import { RendererConnection, type RendererConnectionOptions } from "./renderer-connection.ts";
import { MockSurface } from "./renderer-mock-surface.ts";

/** A host that takes one message at a time, when the test says so. */
class SlowReader extends Writable {
  readonly texts: string[] = [];
  #taken: (() => void) | undefined;
  isStopped = false;

  constructor() {
    super({ highWaterMark: 1 });
  }

  override _write(chunk: Buffer, _encoding: string, callback: () => void): void {
    this.texts.push(chunk.toString().trim());
    if (this.isStopped) this.#taken = callback;
    else callback();
  }

  goOn(): void {
    this.isStopped = false;
    const taken = this.#taken;
    this.#taken = undefined;
    taken?.();
  }
}

function connect(options: Partial<RendererConnectionOptions> = {}) {
  const input = new PassThrough();
  const output = new SlowReader();
  const clock = fakeClock();
  const connection = new RendererConnection({
    input,
    output,
    clock,
    mode: "mock",
    backend: "mock",
    transport: "stdio",
    surface: createNoSurface(),
    logger: silentLogger,
    ...options,
  });
  return { input, output, clock, connection };
}

const turns = async (count = 5): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};
const line = (message: unknown): string => `${JSON.stringify(message)}\n`;
const SETTINGS = line({ type: "settings", settings: { protocol_version: 1 } });
const query = (id: number): string => line({ type: "query", id: `q${id}`, target: "tree" });

describe("back-pressure", () => {
  test("input rests while 256 messages wait, and nothing is lost", async () => {
    const { input, output, connection } = connect();
    input.write(SETTINGS);
    await turns();
    output.isStopped = true;
    for (let id = 0; id < 2_000; id += 1) input.write(query(id));
    await turns();
    expect(input.isPaused()).toBe(true);
    expect(output.texts).toHaveLength(2);
    output.goOn();
    input.end();
    expect(await connection.ended).toEqual({ kind: "input-ended" });
    expect(output.texts).toHaveLength(2_001);
    expect(output.texts.at(-1)).toContain('"q1999"');
  });

  test("one large chunk is worked off in parts", async () => {
    const { input, output } = connect();
    input.write(SETTINGS);
    await turns();
    output.isStopped = true;
    input.write(Array.from({ length: 1_000 }, (_, id) => query(id)).join(""));
    await turns();
    // One is with the reader, the others wait in the stream.
    expect(output.writableLength).toBeLessThan(30_000);
    output.goOn();
    await turns(10);
    expect(output.texts).toHaveLength(1_001);
  });
});

describe("keep-alive", () => {
  const said = (output: SlowReader): string[] => output.texts.map((text) => JSON.parse(text).type);

  test.each([
    ["effect", "effect_response"],
    ["hello", "hello"],
  ] as const)("%s speaks after ten seconds of silence, not earlier", async (keepAlive, type) => {
    const { input, output, clock } = connect({ keepAlive });
    input.write(SETTINGS);
    await turns();
    clock.advance(9_999);
    input.write(query(1));
    await turns();
    clock.advance(9_999);
    expect(said(output)).toEqual(["hello", "query_response"]);
    clock.advance(1);
    clock.advance(10_000);
    expect(said(output)).toEqual(["hello", "query_response", type, type]);
  });

  test("is off unless asked for, and stops with the connection", async () => {
    const silent = connect();
    silent.input.write(SETTINGS);
    await turns();
    silent.clock.advance(100_000);
    expect(said(silent.output)).toEqual(["hello"]);
    const speaking = connect({ keepAlive: "effect" });
    speaking.input.end(SETTINGS);
    await speaking.connection.ended;
    expect(speaking.clock.pending).toBe(0);
  });

  test("says nothing to a host that has not introduced itself", async () => {
    const { output, clock } = connect({ keepAlive: "hello", codec: "json" });
    clock.advance(100_000);
    expect(said(output)).toEqual(["hello"]);
  });
});

describe("scripted keys", () => {
  const tree = {
    id: "main",
    type: "window",
    props: {},
    children: [{ id: "main#n", type: "text_input", props: {}, children: [] }],
  };
  const interact = (session: string, action: string, payload = {}): string =>
    line({ type: "interact", session, id: "i", action, payload });
  const surface: SurfaceFactory = (listener) => new MockSurface(listener);
  const families = (output: SlowReader): unknown[] =>
    output.texts.slice(1).map((text) => {
      const { type, session, family, value } = JSON.parse(text);
      return type === "event" ? [session, family, value.code] : [session, type];
    });

  test("each session has its own, and one whose host stays away for 30 seconds ends alone", async () => {
    const { input, output, clock } = connect({ maxSessions: 4, surface });
    input.write(SETTINGS);
    for (const session of ["a", "b"]) {
      input.write(line({ type: "snapshot", session, tree }) + interact(session, "focus_element"));
      input.write(interact(session, "type_text", { text: "x" }));
    }
    await turns();
    input.write(line({ type: "snapshot", session: "b", tree }));
    await turns();
    clock.advance(30_000);
    expect(families(output)).toEqual([
      ["a", "interact_response"],
      ["a", "interact_step"],
      ["b", "interact_response"],
      ["b", "interact_step"],
      ["b", "interact_response"],
      ["a", "session_error", "host_disconnect"],
      ["a", "session_closed", undefined],
    ]);
  });

  test("the only session waits as long as it takes", async () => {
    const { input, output, clock } = connect({ surface });
    input.write(SETTINGS + line({ type: "snapshot", tree }) + interact("s", "focus_element"));
    input.write(interact("s", "type_text", { text: "x" }));
    await turns();
    clock.advance(3_600_000);
    input.write(line({ type: "snapshot", session: "s", tree }));
    await turns();
    expect(families(output)).toEqual([
      ["s", "interact_response"],
      ["s", "interact_step"],
      ["s", "interact_response"],
    ]);
  });
});

describe("diagnostics", () => {
  const unknown = line({ type: "frobnicate" });
  const missing = line({ type: "settings", settings: { protocol_version: 1, required_widgets: ["hologram"] } });

  test.each([
    ["all", ["required_widgets_missing", "wire_input_error"], []],
    ["common", ["required_widgets_missing"], ["wire_input_error"]],
  ] as const)("%s: what is not sent is logged", async (diagnostics, sent, logged) => {
    const codes: string[] = [];
    const { input, output, connection } = connect({ diagnostics, logger: ({ code }) => codes.push(code) });
    input.end(missing + unknown);
    await connection.ended;
    expect(output.texts.slice(1).map((text) => JSON.parse(text).diagnostic.kind)).toEqual(sent);
    expect(codes).toEqual(logged);
  });
});

describe("the end", () => {
  test("an answer that cannot be sent is reported in its place", async () => {
    let deep: WireValue = "bottom";
    for (let level = 0; level < 200; level += 1) deep = [deep];
    const surface: SurfaceFactory = (listener) =>
      Object.assign(createNoSurface()(listener), { runEffect: async () => ({ status: "ok", result: deep }) });
    const { input, output, connection } = connect({ surface });
    input.write(SETTINGS);
    input.end(line({ type: "effect", session: "s", id: "e", kind: "clipboard_read", payload: {} }));
    await connection.ended;
    expect(JSON.parse(output.texts.at(-1) ?? "")).toMatchObject({
      type: "event",
      session: "s",
      family: "session_error",
      value: { code: "renderer_write_failed", where: "encode" },
    });
  });

  test("an input that fails is the end, with what came before answered", async () => {
    const { input, output, connection } = connect();
    input.write(SETTINGS);
    input.write(query(1));
    await turns();
    input.destroy(new Error("cable"));
    expect(await connection.ended).toEqual({ kind: "input-ended" });
    expect(output.texts).toHaveLength(2);
  });

  test("a host that hangs up is the end", async () => {
    const { input, output, connection } = connect();
    input.write(SETTINGS);
    await turns();
    output.destroy(new Error("EPIPE"));
    expect(await connection.ended).toEqual({ kind: "output-gone" });
  });

  test("in windows a broken frame is reported first", async () => {
    const { input, output, connection } = connect({ mode: "windowed" });
    input.write(SETTINGS);
    input.write(Uint8Array.of(0xff, 10));
    expect(await connection.ended).toMatchObject({ kind: "bad-framing" });
    expect(output.texts.at(-1)).toContain("read error: a line is not UTF-8");
  });

  test("the app's exit ends a renderer with windows and not a scripted one", async () => {
    const exit = line({ type: "widget_op", op: "exit", payload: {} });
    const windowed = connect({ mode: "windowed" });
    windowed.input.write(SETTINGS + exit);
    expect(await windowed.connection.ended).toEqual({ kind: "exit" });
    const mock = connect();
    mock.input.write(SETTINGS + exit + query(1));
    await turns();
    expect(mock.output.texts).toHaveLength(2);
  });
});

describe("any bytes", () => {
  const settings = Buffer.from(SETTINGS);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 64 }),
    fc.json().map((text) => Buffer.from(`${text}\n`)),
    fc
      .record({ type: fc.constantFrom(...TO_RENDERER_TYPES), session: fc.string(), id: fc.string() })
      .map((message) => Buffer.from(line(message))),
  );

  test("from a host end in an orderly way, and every answer is a message", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.integer({ min: 1, max: 3 }),
        fc.array(bytes),
        async (isGreeted, max, chunks) => {
          const { input, output, connection } = connect({ maxSessions: max, codec: "json" });
          if (isGreeted) input.write(settings);
          for (const chunk of chunks) input.write(chunk);
          input.end();
          const end = await connection.ended;
          expect(["input-ended", "bad-framing", "refused"]).toContain(end.kind);
          for (const text of output.texts) expect(decodeFromRenderer(JSON.parse(text)).ok).toBe(true);
          // A host that is told why hears nothing after it.
          const refusal = output.texts.findIndex((text) => text.startsWith('{"type":"error"'));
          expect([-1, output.texts.length - 1]).toContain(refusal);
        },
      ),
      { seed: 8, numRuns: 300 },
    );
  });
});
