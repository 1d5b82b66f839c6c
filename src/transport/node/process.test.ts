import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../base/logger.ts";
import { createBridge } from "../../bridge/bridge.ts";
import type { CloseReason, Transport } from "../../bridge/transport.ts";
import { createProcessConnector, rendererCommand } from "./process.ts";
import { rendererEnvironment } from "./renderer-environment.ts";
import { rendererLogLevel } from "./renderer-log.ts";

const nobody = { onMessage() {}, onDrain() {}, onClose() {} };
const never = new AbortController().signal;

describe("command line", () => {
  test("[R251] the renderer's own arguments come before all others", () => {
    const command = rendererCommand({
      binary: "r",
      codec: "json",
      rendererArgs: ["--headless"],
      args: ["--max-sessions", "4"],
    });
    expect(command).toEqual(["r", "--headless", "--json", "--max-sessions", "4"]);
  });

  test("[R239] MessagePack needs no argument", () => {
    expect(rendererCommand({ binary: "r" })).toEqual(["r"]);
    expect(createProcessConnector({ binary: "r" }).codec).toBe("msgpack");
  });
});

describe("environment", () => {
  test("only what a renderer needs is passed on", () => {
    const chosen = rendererEnvironment({
      PATH: "/bin",
      LC_ALL: "C",
      AWS_SECRET: "x",
      PLUSHIE_TOKEN: "t",
      HOME: undefined,
    });
    expect(chosen).toEqual({ PATH: "/bin", LC_ALL: "C", RUST_LOG: "error" });
  });

  test.each([
    ["off", "off"],
    ["error", "error"],
    ["warning", "warn"],
    ["info", "info"],
    ["debug", "debug"],
  ] as const)("[R250] log level %s is %s for the renderer", (level, filter) => {
    expect(rendererEnvironment({}, level).RUST_LOG).toBe(filter);
  });

  test("[R158] a RUST_LOG of ours wins over the level", () => {
    expect(rendererEnvironment({ RUST_LOG: "plushie=trace" }, "off").RUST_LOG).toBe("plushie=trace");
  });
});

describe("log lines", () => {
  test.each([
    ["2026-01-01T00:00:00Z ERROR plushie: broken", "error"],
    ["2026-01-01T00:00:00Z  WARN plushie: odd", "warn"],
    ["[2026-01-01T00:00:00Z DEBUG plushie] fine", "debug"],
    ["thread main panicked", "info"],
  ])("%s is %s", (line, level) => {
    expect(rendererLogLevel(line)).toBe(level);
  });
});

describe("start", () => {
  test("[R246] no program is an error before anything is started", async () => {
    await expect(createProcessConnector({ binary: "" }).open(nobody, never)).rejects.toMatchObject({
      code: "transport-not-found",
      isFatal: true,
    });
  });

  test("a program that does not exist names itself, and is not tried again", async () => {
    const opening = createProcessConnector({ binary: "/nowhere/plushie-renderer" }).open(nobody, never);
    await expect(opening).rejects.toMatchObject({ code: "transport-not-found", isFatal: true });
    await expect(opening).rejects.toThrow("/nowhere/plushie-renderer");
  });
});

/** Runs this program text as the renderer. */
function running(program: string, options: { readonly closeGraceMs?: number } = {}) {
  const log: LogEntry[] = [];
  const received: string[] = [];
  const connector = createProcessConnector({
    binary: process.execPath,
    rendererArgs: ["-e", program],
    codec: "msgpack",
    logger: (entry) => log.push(entry),
    ...options,
  });
  let closed: (reason: CloseReason) => void = () => {};
  const end = new Promise<CloseReason>((resolve) => {
    closed = resolve;
  });
  const opening: Promise<Transport> = connector.open(
    {
      onMessage: (payload) => received.push(Buffer.from(payload).toString()),
      onDrain() {},
      onClose: (reason) => closed(reason),
    },
    never,
  );
  return { opening, end, log, received };
}

const FRAME =
  "const frame = (text) => { const b = Buffer.from(text); const h = Buffer.alloc(4); h.writeUInt32BE(b.length); process.stdout.write(Buffer.concat([h, b])); };";

describe("a running renderer", () => {
  test("[R274] sees the end of its input and is gone when close resolves", async () => {
    const { opening, end } = running("process.stdin.resume(); process.stdin.on('end', () => process.exit(0));");
    const transport = await opening;
    await transport.close({ kind: "shutdown", detail: "stop" });
    expect(await end).toEqual({ kind: "shutdown", detail: "stop" });
  });

  test("is killed when it ignores the end of its input and the request to terminate", async () => {
    const program = `${FRAME} process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); frame(String(process.pid));`;
    const { opening, received } = running(program, { closeGraceMs: 50 });
    const transport = await opening;
    while (received.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await transport.close();
    expect(() => process.kill(Number(received[0]), 0)).toThrow("ESRCH");
  });

  test("what it said last arrives before its end", async () => {
    const { opening, end, received } = running(
      `${FRAME} frame('last words'); process.exitCode = 7;process.stdin.unref();`,
    );
    await opening;
    expect(await end).toEqual({ kind: "crash", exitCode: 7 });
    expect(received).toEqual(["last words"]);
  });

  test("[R244] half a frame of a renderer that died is not seen by anybody", async () => {
    const { opening, end, received } = running(
      "process.stdout.write(Buffer.from([0, 0, 0, 9, 1, 2]), () => process.exit(1));",
    );
    await opening;
    expect((await end).kind).toBe("crash");
    expect(received).toEqual([]);
  });

  test("its log goes to the logger line by line", async () => {
    const { opening, end, log } = running(
      "process.stderr.write('2026-01-01 WARN a: one\\ntwo'); process.stdin.unref();",
    );
    await opening;
    await end;
    expect(log.map(({ level, code, message }) => [level, code, message])).toEqual([
      ["warn", "renderer-log", "2026-01-01 WARN a: one"],
      ["info", "renderer-log", "two"],
    ]);
  });

  test("[R228] [R256] a bridge starts it, replaces it when it crashes, and leaves no process behind", async () => {
    const hello = JSON.stringify({ type: "hello", protocol_version: 1, protocol: 1, version: "1", name: "r" });
    const program = [
      `console.log(${JSON.stringify(hello)});`,
      "console.log(JSON.stringify({ type: 'event', family: 'pid', id: String(process.pid) }));",
      "process.stdin.on('data', (chunk) => { if (String(chunk).includes('advance_frame')) process.exit(3); });",
      "process.stdin.on('end', () => process.exit(0));",
    ].join("");
    const connector = createProcessConnector({
      binary: process.execPath,
      rendererArgs: ["-e", program, "--"],
      codec: "json",
    });
    const bridge = createBridge({ connector, restartDelayMs: 1 });
    const pids: number[] = [];
    const exits: string[] = [];
    await bridge.start({
      onResync: () => bridge.resyncComplete(),
      onMessage(message) {
        if (message.type !== "event") return;
        pids.push(Number(message.id));
        if (pids.length < 3) bridge.send({ type: "advance_frame", timestamp: 1 });
      },
      onExit: (reason) => exits.push(reason.kind),
      onEnd() {},
    });
    while (pids.length < 3) await new Promise((resolve) => setImmediate(resolve));
    await bridge.stop();
    expect(exits).toEqual(["crash", "crash"]);
    expect(new Set(pids).size).toBe(3);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});
