import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { chmod } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { app } from "../../src/app/index.ts";
import { start } from "../../src/host/node/index.ts";
import { button, text, window } from "../../src/ui/index.ts";
import type { CodecName } from "../../src/wire/index.ts";
import {
  bundleRenderer,
  bundleRendererParts,
  frameOf,
  isAlive,
  type Message,
  RunningRenderer,
  SETTINGS,
  treeOf,
} from "./renderer-process-rig.ts";

let bundle = "";
const running: RunningRenderer[] = [];

beforeAll(async () => {
  bundle = await bundleRenderer("stdio");
});

afterEach(() => {
  for (const renderer of running.splice(0)) renderer.child.kill("SIGKILL");
});

function renderer(args: readonly string[], options: ConstructorParameters<typeof RunningRenderer>[2] = {}) {
  const started = new RunningRenderer(bundle, args, options);
  running.push(started);
  return started;
}

const query: Message = { type: "query", session: "s", id: "q", target: "find", selector: { by: "id", value: "t" } };

describe.each<CodecName>(["json", "msgpack"])("over %s", (codec) => {
  test("greets, shows and answers, and ends with its input", async () => {
    const host = renderer(["--mock"], { codec });
    host.send({ ...SETTINGS, session: "s" }, { ...treeOf("hello"), session: "s" }, query);
    const answer = await host.inbox.ofType("query_response");
    expect(answer).toMatchObject({ session: "s", id: "q", data: { type: "text", props: { content: "hello" } } });
    expect(await host.finish()).toEqual({ code: 0, signal: null });
    expect(host.inbox.messages.map(({ type }) => type)).toEqual(["hello", "query_response"]);
    expect(host.inbox.messages[0]).toMatchObject({
      session: "",
      protocol_version: 1,
      protocol: 1,
      codec,
      name: "plushie-renderer",
      mode: "mock",
      backend: "mock",
      transport: "stdio",
      native_widgets: [],
      widget_sets: ["iced"],
    });
    expect(host.errorText).toBe("");
  });

  test("the first byte is enough for the hello", async () => {
    const host = renderer(["--mock"], { codec });
    const frame = frameOf(SETTINGS, codec);
    host.write(frame.subarray(0, 1));
    expect(await host.inbox.ofType("hello")).toMatchObject({ codec });
    host.write(frame.subarray(1));
    host.send(query);
    await host.inbox.ofType("query_response");
  });

  test("messages may come in pieces of any size", async () => {
    const host = renderer(["--mock"], { codec });
    for (const message of [SETTINGS, treeOf("é→💡"), query]) {
      for (const byte of frameOf(message, codec)) host.write(Uint8Array.of(byte));
    }
    expect(await host.inbox.ofType("query_response")).toMatchObject({ data: { props: { content: "é→💡" } } });
  });

  test("what comes last is answered although the input has ended", async () => {
    const host = renderer(["--mock"], { codec });
    const effect = { type: "effect", id: "e", kind: "clipboard_read", payload: {} };
    host.send(SETTINGS, { type: "widget_op", op: "find_focused" }, effect, query);
    await host.finish();
    expect(host.inbox.messages.map(({ type }) => type)).toEqual([
      "hello",
      "op_query_response",
      "effect_response",
      "query_response",
    ]);
  });
});

describe("every kind of message", () => {
  const examples = readFileSync(new URL("../fixtures/wire/examples.jsonl", import.meta.url), "utf8")
    .split("\n")
    .filter((text) => text !== "")
    .map((text): { direction: string; message: Message } => JSON.parse(text))
    .filter(({ direction, message }) => direction === "to_renderer" && message["type"] !== "settings")
    .map(({ message }) => message);

  test.each<CodecName>(["json", "msgpack"])("over %s is read, and the renderer goes on", async (codec) => {
    const host = renderer(["--mock"], { codec });
    host.send(SETTINGS, ...examples, { ...query, id: "last" });
    await host.inbox.find(({ id }) => id === "last");
    expect(examples.length).toBeGreaterThan(100);
    const unread = host.inbox.messages.filter((message) => JSON.stringify(message).includes("decode error"));
    expect(unread).toEqual([]);
    const answered = new Set(host.inbox.messages.map(({ type }) => type));
    for (const type of ["query_response", "tree_hash_response", "screenshot_response", "reset_response"]) {
      expect(answered).toContain(type);
    }
    for (const type of ["interact_response", "effect_stub_register_ack", "effect_response", "op_query_response"]) {
      expect(answered).toContain(type);
    }
    expect((await host.finish()).code).toBe(0);
  });
});

describe("codec", () => {
  test.each(["json", "msgpack"] as const)("--%s greets before anything comes in", async (codec) => {
    const host = renderer(["--mock", `--${codec}`], { codec });
    expect(await host.inbox.ofType("hello")).toMatchObject({ codec });
  });

  test("blank lines and CRLF are skipped, and the last line needs no newline", async () => {
    const host = renderer(["--mock"]);
    host.write(`${JSON.stringify(SETTINGS)}\r\n\r\n\n  \n${JSON.stringify(query)}`);
    await host.finish();
    expect(host.inbox.messages.map(({ type }) => type)).toEqual(["hello", "query_response"]);
  });
});

describe("input that is no message", () => {
  test("a bad message costs only itself", async () => {
    const host = renderer(["--mock"]);
    host.send(SETTINGS);
    host.write("{nonsense}\n");
    host.send({ type: "frobnicate", session: "s" }, { type: "subscribe", kind: 7, tag: "t" }, query);
    await host.inbox.ofType("query_response");
    const diagnostics = host.inbox.messages.filter(({ type }) => type === "diagnostic");
    expect(diagnostics).toHaveLength(3);
    for (const diagnostic of diagnostics) {
      expect(diagnostic).toMatchObject({ level: "warn", diagnostic: { kind: "wire_input_error" } });
    }
  });

  test("a frame over 64 MiB ends the stream, and it is only logged", async () => {
    const host = renderer(["--mock"], { codec: "msgpack" });
    host.send(SETTINGS);
    host.write(Uint8Array.of(0x04, 0x00, 0x00, 0x01));
    expect(await host.exited()).toEqual({ code: 0, signal: null });
    expect(host.inbox.messages.map(({ type }) => type)).toEqual(["hello"]);
    expect(host.errorText).toContain("over the limit of 67108864");
  });

  test.each([
    ["an empty frame", Uint8Array.of(0, 0, 0, 0), "empty frame received"],
    ["a line that is not UTF-8", Uint8Array.of(0xff, 10), "a line is not UTF-8"],
  ])("%s ends the stream", async (_, bytes, text) => {
    const host = renderer(["--mock", text.includes("line") ? "--json" : "--msgpack"], {
      codec: text.includes("line") ? "json" : "msgpack",
    });
    host.send(SETTINGS);
    host.write(bytes);
    expect((await host.exited()).code).toBe(0);
    expect(host.errorText).toContain(text);
  });
});

describe("a start that fails says why and ends with status 0", () => {
  test.each([
    [
      { type: "settings", settings: { protocol_version: 2 } },
      "protocol version mismatch: host sent 2, renderer expects 1",
    ],
    [{ type: "settings", settings: {} }, "missing or invalid protocol_version in Settings (expected 1)"],
    [treeOf("x"), "expected settings as first message, got snapshot"],
    [{ type: "settings" }, 'failed to parse initial settings: expected object at "settings", found nothing'],
  ])("%j", async (first, message) => {
    const host = renderer(["--mock"]);
    host.send(first);
    expect(await host.exited()).toEqual({ code: 0, signal: null });
    expect(host.inbox.messages.slice(1)).toEqual([{ type: "error", message }]);
  });

  test.each([
    ["{]\n", ["--mock"], "failed to decode initial settings: not JSON (2 characters)"],
    [Uint8Array.of(0, 0, 0, 0), ["--mock", "--json"], "failed to decode initial settings: not JSON"],
    ["", ["--mock", "--json"], "stdin closed before settings received"],
  ])("%j %j", async (bytes, args, message) => {
    const host = renderer(args);
    if (bytes.length > 0) host.write(bytes);
    expect(await host.finish()).toEqual({ code: 0, signal: null });
    expect(String(host.inbox.messages.at(-1)?.["message"])).toContain(message);
  });

  test("a broken frame in front of the settings", async () => {
    const host = renderer(["--mock"], { codec: "msgpack" });
    host.write(Uint8Array.of(0, 0, 0, 0));
    await host.exited();
    expect(host.inbox.messages.at(-1)).toEqual({
      type: "error",
      message: "failed to read initial settings: empty frame received",
    });
  });
});

describe("command line", () => {
  test.each([
    [["--version"], 0, /^plushie-renderer \d+\.\d+\.\d+\n$/, /^$/],
    [["--help"], 0, /--max-sessions N/, /^$/],
    [["--mock", "--exec-arg", "x"], 0, /^$/, /--exec-arg needs --exec-bin/],
  ])("%j", async (args, code, output, errorText) => {
    const { spawnSync } = await import("node:child_process");
    const result = spawnSync(process.execPath, [bundle, ...args], { encoding: "utf8", input: "" });
    expect(result.status).toBe(code);
    expect(result.stdout).toMatch(output);
    expect(result.stderr).toMatch(errorText);
  });

  test("--version --json is one JSON object for tools", async () => {
    const { execFileSync } = await import("node:child_process");
    const identity: unknown = JSON.parse(
      execFileSync(process.execPath, [bundle, "--version", "--json"], { encoding: "utf8" }),
    );
    expect(identity).toMatchObject({
      tool: "plushie-renderer",
      plushie_rust_version: "0.7.1",
      source: { kind: "npm" },
      build: { profile: "release" },
    });
  });

  test("unknown flags do not matter, and the ready marker names mode, transport and session", async () => {
    const host = renderer(["--frobnicate", "--mock", "--ready-marker", "stray"]);
    host.send({ ...SETTINGS, session: 'a"b' });
    await host.errorLine(/ready mode=mock transport=stdio session="a\\"b"\n/);
  });

  test("the log level comes from the environment", async () => {
    const quiet = renderer(["--mock"], { environment: { RUST_LOG: "off" } });
    quiet.send(treeOf("x"));
    await quiet.exited();
    expect(quiet.errorText).toBe("");
    const loud = renderer(["--mock"], { environment: { RUST_LOG: "off", PLUSHIE_LOG: "debug" } });
    loud.send(SETTINGS);
    await loud.inbox.ofType("hello");
    await loud.finish();
    expect(loud.errorText).toMatch(/^\S+Z DEBUG plushie_renderer: the connection ended: input-ended\n$/);
  });
});

describe("the process", () => {
  test("ends by the signal it got", async () => {
    const host = renderer(["--mock", "--json"]);
    await host.inbox.ofType("hello");
    host.child.kill("SIGTERM");
    expect(await host.exited()).toEqual({ code: null, signal: "SIGTERM" });
  });

  test("ends when nobody reads its output any more", async () => {
    const host = renderer(["--mock"]);
    host.send(SETTINGS);
    await host.inbox.ofType("hello");
    host.child.stdout?.destroy();
    host.send(query, query);
    expect((await host.exited()).code).toBe(0);
  });

  test("a host that does not read for a while loses no answer", async () => {
    const host = renderer(["--mock"]);
    host.send(SETTINGS, treeOf("x".repeat(2_000)));
    await host.inbox.ofType("hello");
    host.child.stdout?.pause();
    const count = 3_000;
    for (let index = 0; index < count; index += 1) host.send({ ...query, id: `q${index}` });
    // The answers fill the pipe and the renderer's queue long before the last question was read.
    host.child.stdout?.resume();
    await host.inbox.find(({ id }) => id === `q${count - 1}`);
    expect(host.inbox.messages.filter(({ type }) => type === "query_response")).toHaveLength(count);
  });

  test("an app of this package runs on it and leaves no process behind", async () => {
    await chmod(bundle, 0o755);
    const counter = app({
      init: () => 0,
      update: (count) => count,
      view: (count) =>
        window("main", { title: "Counter" }, [
          button("more", "More", { onClick: () => count + 1 }),
          text("count", `${count}`),
        ]),
    });
    const handle = await start(counter, { binary: bundle, rendererArgs: ["--mock", "--ready-marker"] });
    expect(JSON.stringify(handle.tree)).toContain("main#count");
    await handle.stop();
  });

  test("a defect ends it with status 101, after cleaning up", async () => {
    const defect = "data:text/javascript,setTimeout(()=>{throw new Error('a defect')},200)";
    const folder = mkdtempSync(join(tmpdir(), "plushie-test-"));
    const { spawnSync } = await import("node:child_process");
    const { status, stderr } = spawnSync(process.execPath, ["--import", defect, bundle, "--mock", "--listen"], {
      encoding: "utf8",
      env: { XDG_RUNTIME_DIR: folder },
    });
    expect(status).toBe(101);
    expect(stderr).toMatch(/ERROR plushie_renderer: the renderer failed: a defect\n/);
    expect(readdirSync(folder)).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  test("loads nothing for a start that only another mode needs", async () => {
    const { file, outputs } = await bundleRendererParts("stdio-parts");
    const loaded = new Set<string>();
    const load = (name: string | undefined): void => {
      const output = outputs[name ?? ""];
      if (output === undefined) return;
      for (const input of Object.keys(output.inputs)) loaded.add(input);
      for (const { path, kind, external } of output.imports) {
        if (external === true) loaded.add(path);
        else if (kind === "import-statement") load(path);
      }
    };
    load(Object.keys(outputs).find((name) => file.endsWith(name)));
    expect(loaded).toContain("src/host/node/renderer-mock-surface.ts");
    const others = /window-page|chromium|page-http|renderer-listen|renderer-child|node:(http|net|zlib|child_process)/;
    expect([...loaded].filter((name) => others.test(name))).toEqual([]);
  });

  test("says how long the start takes", async () => {
    const times: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const before = performance.now();
      const host = renderer(["--mock", "--json"]);
      await host.inbox.ofType("hello");
      times.push(performance.now() - before);
      const { pid = 0 } = host.child;
      await host.finish();
      expect(isAlive(pid)).toBe(false);
    }
    times.sort((a, b) => a - b);
    console.log(`process to hello, ms: ${times.map((time) => time.toFixed(0)).join(" ")}`);
  });
});
