import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  bundleRenderer,
  frameOf,
  Inbox,
  isAlive,
  type Message,
  RunningRenderer,
  SETTINGS,
} from "./renderer-process-rig.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
let bundle = "";
let folder = "";
const running: RunningRenderer[] = [];
const sockets: Socket[] = [];

beforeAll(async () => {
  bundle = await bundleRenderer("hosts");
});

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), "plushie-test-"));
});

afterEach(() => {
  for (const renderer of running.splice(0)) renderer.child.kill("SIGKILL");
  for (const socket of sockets.splice(0)) socket.destroy();
  rmSync(folder, { recursive: true, force: true });
});

function renderer(args: readonly string[], environment: Record<string, string> = {}) {
  const started = new RunningRenderer(bundle, ["--mock", ...args], {
    environment: { HOME: folder, XDG_RUNTIME_DIR: folder, ...environment },
  });
  running.push(started);
  return started;
}

/** A host program: says its settings, asks a question, writes everything it hears into a file, ends with the answer. */
function hostProgram(extra = ""): {
  readonly path: string;
  readonly heard: () => Message[];
  readonly facts: () => Message;
} {
  const path = join(folder, "host.mjs");
  const heard = join(folder, "heard");
  const facts = join(folder, "facts");
  const source = `
    import { appendFileSync, writeFileSync } from "node:fs";
    writeFileSync(${JSON.stringify(facts)}, JSON.stringify({ pid: process.pid, args: process.argv.slice(2), env: process.env }));
    ${extra}
    const say = (message) => process.stdout.write(JSON.stringify(message) + "\\n");
    say(${JSON.stringify(SETTINGS)});
    say({ type: "query", session: "", id: "q", target: "tree" });
    let text = "";
    process.stdin.on("data", (chunk) => {
      text += chunk;
      const lines = text.split("\\n");
      text = lines.pop();
      for (const line of lines) {
        appendFileSync(${JSON.stringify(heard)}, line + "\\n");
        if (line.includes("query_response")) process.exit(0);
      }
    });`;
  writeFileSync(path, source);
  return {
    path,
    heard: () => lines(heard).map((line) => JSON.parse(line)),
    facts: () => JSON.parse(readFileSync(facts, "utf8")),
  };
}

function lines(path: string): string[] {
  return readFileSync(path, "utf8").trim().split("\n");
}

describe("exec", () => {
  test("[R229] [R372] a shell command is the host, over its standard streams", async () => {
    const host = hostProgram();
    const started = renderer(["--exec", `${process.execPath} ${host.path} "one word" two`]);
    expect(await started.exited()).toEqual({ code: 0, signal: null });
    expect(host.heard().map(({ type }) => type)).toEqual(["hello", "query_response"]);
    expect(host.heard()[0]).toMatchObject({ transport: "exec", codec: "json" });
    expect(host.facts()).toMatchObject({ args: ["one word", "two"] });
    expect(started.inbox.messages).toEqual([]);
  });

  test("a program gets its arguments as they are", async () => {
    const host = hostProgram();
    const args = [host.path, "--json", "a b", "$HOME"].flatMap((argument) => ["--exec-arg", argument]);
    await renderer(["--exec-bin", process.execPath, ...args]).exited();
    expect(host.facts()).toMatchObject({ args: ["--json", "a b", "$HOME"] });
    expect(host.heard().at(-1)).toMatchObject({ type: "query_response", id: "q" });
  });

  test("the program sees the usual variables and those that were named", async () => {
    const host = hostProgram();
    const environment = {
      LC_ALL: "C",
      SECRET: "s",
      EXTRA: "e",
      OTHER: "o",
      PLUSHIE_LOG: "error",
      SSH_AUTH_SOCK: "/agent",
    };
    const args = [
      "--exec-bin",
      process.execPath,
      "--exec-arg",
      host.path,
      "--exec-env",
      "EXTRA,,A=B",
      "--exec-env",
      "OTHER",
    ];
    await renderer(args, environment).exited();
    const { env } = host.facts();
    expect(Object.keys(env as object).sort()).toEqual(["EXTRA", "HOME", "LC_ALL", "OTHER", "PATH", "XDG_RUNTIME_DIR"]);
  });

  test("what the program writes to its standard error is marked", async () => {
    const host = hostProgram('process.stderr.write("first\\nsecond\\nthird");');
    const started = renderer(["--exec", `${process.execPath} ${host.path}`]);
    await started.exited();
    expect(started.errorText).toBe("[remote] first\n[remote] second\n[remote] third\n");
  });

  test("a program that stays is ended together with the renderer", async () => {
    const host = hostProgram("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); process.exit = () => {};");
    const started = renderer(["--ready-marker", "--exec-bin", process.execPath, "--exec-arg", host.path]);
    await started.errorLine(/ready mode=mock transport=exec session=""/);
    started.child.kill("SIGTERM");
    expect(await started.exited()).toEqual({ code: null, signal: "SIGTERM" });
    expect(isAlive(Number(host.facts()["pid"]))).toBe(false);
  });

  test("[R229] an app of this package runs as the program", async () => {
    const facts = join(folder, "tree");
    const source = `
      import { writeFileSync } from "node:fs";
      import { app } from "./src/app/index.ts";
      import { start } from "./src/host/node/index.ts";
      import { text, window } from "./src/ui/index.ts";
      const greeting = app({
        init: () => ({ name: "renderer" }),
        update: (model) => model,
        view: (model) => window("main", {}, [text("greeting", "Hello, " + model.name)]),
      });
      const handle = await start(greeting, { transport: "stdio" });
      console.log("not protocol");
      writeFileSync(${JSON.stringify(facts)}, JSON.stringify(handle.tree));
      await handle.stop();`;
    const program = join(folder, "app.mjs");
    await build({
      stdin: { contents: source, resolveDir: repository, loader: "ts" },
      outfile: program,
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node20",
      conditions: ["plushie-source"],
      packages: "external",
    });
    const started = renderer(["--exec", `"${process.execPath}" "${program}"`, "--ready-marker"]);
    expect(await started.exited()).toEqual({ code: 0, signal: null });
    expect(started.errorText).toContain("ready mode=mock transport=exec");
    expect(started.errorText).toContain("[remote] not protocol");
    expect(readFileSync(facts, "utf8")).toContain("Hello, renderer");
  });

  test("a shell command of several parts ends with the renderer", async () => {
    const host = hostProgram(
      "process.stdin.on('end', () => setTimeout(() => process.reallyExit(0), 50)); process.exit = () => {};",
    );
    const started = renderer(["--ready-marker", "--exec", `true; ${process.execPath} ${host.path}; true`]);
    await started.errorLine(/ready/);
    started.child.kill("SIGINT");
    expect((await started.exited()).signal).toBe("SIGINT");
    expect(isAlive(Number(host.facts()["pid"]))).toBe(false);
  });

  test("a program that is not there is a failed start", async () => {
    const started = renderer(["--exec-bin", "/nonexistent/program"]);
    expect((await started.exited()).code).toBe(1);
    expect(started.errorText).toContain('"/nonexistent/program" cannot be started');
  });
});

describe("listen", () => {
  /** Connects and speaks like a host. */
  function client(address: string, inbox: Inbox): Promise<Socket> {
    const socket = address.startsWith("/") ? connect(address) : connect(Number(address.split(":").at(-1)), "127.0.0.1");
    sockets.push(socket);
    socket.on("data", inbox.push);
    socket.on("end", inbox.over);
    return new Promise((resolve, reject) => {
      socket.once("connect", () => resolve(socket));
      socket.once("error", reject);
    });
  }

  async function listening(args: readonly string[]) {
    const started = renderer(["--listen", ...args]);
    const address = (await started.errorLine(/listening at (\S+)\n/))[1] ?? "";
    const token = (await started.errorLine(/token ([0-9a-f]{32})\n/))[1] ?? "";
    const digest = createHash("sha256").update(token).digest("hex");
    return { started, address, token, digest };
  }

  const withToken = (fields: Message): Message => ({ type: "settings", settings: { protocol_version: 1, ...fields } });

  test("a socket file nobody else can reach, one host, and nothing left behind", async () => {
    const { started, address, digest } = await listening([]);
    expect(address).toMatch(new RegExp(`^${folder}/plushie-[0-9a-f]{16}/plushie.sock$`));
    expect(statSync(dirname(address)).mode & 0o777).toBe(0o700);
    expect(statSync(address).mode & 0o777).toBe(0o600);
    const inbox = new Inbox("json");
    const socket = await client(address, inbox);
    socket.write(frameOf(withToken({ token_sha256: digest }), "json"));
    expect(await inbox.ofType("hello")).toMatchObject({ transport: "listen", mode: "mock" });
    await expect(client(address, new Inbox("json"))).rejects.toThrow();
    // Answers still come when the host has said everything.
    socket.end(frameOf({ type: "effect", id: "e", kind: "clipboard_read", payload: {} }, "json"));
    expect(await inbox.ofType("effect_response")).toMatchObject({ id: "e", status: "ok" });
    expect(await started.exited()).toEqual({ code: 0, signal: null });
    expect(existsSync(dirname(address))).toBe(false);
  });

  test.each([
    [":0", /^127\.0\.0\.1:\d+$/],
    ["127.0.0.1:0", /^127\.0\.0\.1:\d+$/],
  ])("at the TCP address %s", async (written, shape) => {
    const { started, address, digest } = await listening([written]);
    expect(address).toMatch(shape);
    const inbox = new Inbox("msgpack");
    const socket = await client(address, inbox);
    socket.write(frameOf(withToken({ token_sha256: digest }), "msgpack"));
    expect(await inbox.ofType("hello")).toMatchObject({ codec: "msgpack" });
    socket.end();
    expect((await started.exited()).code).toBe(0);
  });

  test("a flag after --listen is no address, and a path is", async () => {
    const path = join(folder, "own.sock");
    const started = renderer(["--listen", path, "--json"]);
    await started.errorLine(/token/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    started.child.kill("SIGINT");
    expect(await started.exited()).toEqual({ code: null, signal: "SIGINT" });
    expect(existsSync(path)).toBe(false);
    const other = renderer(["--listen", "--json"]);
    expect((await other.errorLine(/listening at (\S+)\n/))[1]).toContain("/plushie-");
  });

  test("an old socket is replaced, and anything else is left alone", async () => {
    const path = join(folder, "old.sock");
    const first = await listening([path]);
    first.started.child.kill("SIGKILL");
    await first.started.exited();
    expect(existsSync(path)).toBe(true);
    const second = await listening([path]);
    second.started.child.kill("SIGTERM");
    await second.started.exited();
    const file = join(folder, "notes.txt");
    writeFileSync(file, "mine");
    const third = renderer(["--listen", file]);
    expect((await third.exited()).code).toBe(1);
    expect(third.errorText).toContain("something that is no socket is there already");
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  test("a directory everybody may write to is worth a warning", async () => {
    const open = join(folder, "open");
    mkdirSync(open);
    const { chmodSync } = await import("node:fs");
    chmodSync(open, 0o777);
    const { started } = await listening([join(open, "s.sock")]);
    await started.errorLine(/WARN .*everybody may write to/);
  });

  test.each<[string, (token: string, digest: string) => Message, string]>([
    ["the plain token", (token) => ({ token }), "invalid token credential: use token_sha256"],
    ["no token", () => ({}), "missing token credential: connection rejected"],
    [
      "another token",
      (_, digest) => ({ token_sha256: digest.replace(/./g, "0") }),
      "token mismatch: connection rejected",
    ],
    ["the start of it", (_, digest) => ({ token_sha256: digest.slice(0, 63) }), "token mismatch: connection rejected"],
  ])("refuses %s and ends", async (_, fields, message) => {
    const { started, address, token, digest } = await listening([":0"]);
    const inbox = new Inbox("json");
    const socket = await client(address, inbox);
    socket.write(frameOf(withToken(fields(token, digest)), "json"));
    socket.write(frameOf({ type: "query", id: "q", target: "tree" }, "json"));
    expect(await inbox.ofType("error")).toEqual({ type: "error", message });
    expect(await started.exited()).toEqual({ code: 0, signal: null });
    expect(inbox.messages.map(({ type }) => type)).toEqual(["hello", "error"]);
    expect(started.errorText).toContain(message);
  });

  const connecting = `
    import { connect } from "node:net";
    import { createHash } from "node:crypto";
    import { writeFileSync } from "node:fs";
    let line = "";
    process.stdin.on("data", (chunk) => {
      line += chunk;
      if (!line.includes("\\n")) return;
      const { PLUSHIE_SOCKET, PLUSHIE_TOKEN, PLUSHIE_TOKEN_SHA256 } = process.env;
      const socket = connect(PLUSHIE_SOCKET);
      const digest = createHash("sha256").update(PLUSHIE_TOKEN).digest("hex");
      writeFileSync(process.argv[2], JSON.stringify({ line: JSON.parse(line), token: PLUSHIE_TOKEN, same: digest === PLUSHIE_TOKEN_SHA256, pid: process.pid }));
      socket.write(JSON.stringify({ type: "settings", settings: { protocol_version: 1, token_sha256: digest } }) + "\\n");
      console.log("for people");
    });`;

  test("a program is told the socket and the token in both ways, and ends with the renderer", async () => {
    const program = join(folder, "connecting.mjs");
    const facts = join(folder, "facts");
    writeFileSync(program, connecting);
    const args = ["--exec-bin", process.execPath, "--exec-arg", program, "--exec-arg", facts];
    const started = new RunningRenderer(bundle, ["--mock", "--listen", "--ready-marker", ...args], {
      environment: { XDG_RUNTIME_DIR: folder },
    });
    // What the program prints is for people, not protocol.
    started.child.stdout?.removeAllListeners("data");
    let printed = "";
    started.child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    running.push(started);
    await started.errorLine(/ready mode=mock transport=listen/);
    expect(started.errorText).not.toMatch(/token [0-9a-f]/);
    const known = JSON.parse(readFileSync(facts, "utf8"));
    expect(known).toMatchObject({ same: true });
    expect(known.line).toEqual({
      token_sha256: createHash("sha256").update(known.token).digest("hex"),
      token: known.token,
      protocol: 1,
    });
    started.child.kill("SIGTERM");
    expect((await started.exited()).signal).toBe("SIGTERM");
    expect(isAlive(known.pid)).toBe(false);
    expect(printed).toBe("for people\n");
  });

  test("a program that ends before it connects is a failed start", async () => {
    const started = renderer(["--listen", "--exec", "exit 3"]);
    expect((await started.exited()).code).toBe(1);
    expect(started.errorText).toContain("ended before it connected: exit status 3");
  });
});
