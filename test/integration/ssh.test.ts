import { execFileSync } from "node:child_process";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import type { Client, ClientChannel, ConnectConfig } from "ssh2";
import { afterEach, describe, expect, test } from "vitest";
import { app, type BroadcastEvent, Command, type Element, type Event, type StartOptions } from "../../src/app/index.ts";
import type { LogEntry } from "../../src/base/index.ts";
import { createMemoryStore, type ParticipantOptions, Room } from "../../src/room/index.ts";
import {
  createSshServer,
  type ServedSsh,
  type ServeSshOptions,
  serveRoom,
  serveRoomSsh,
  serveSsh,
} from "../../src/server/index.ts";
import { eventually, FakePage, makePageFolder, openLink } from "./server-rig.ts";
import {
  HELLO,
  hasOpenSsh,
  makeSshFolder,
  openSsh,
  packetOf,
  RawRenderer,
  type SshFolder,
  signIn,
  subsystem,
} from "./ssh-rig.ts";

const cleanups: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Count {
  readonly count: number;
}

const view = (content: string): Element => ({
  type: "window",
  id: "main",
  props: {},
  children: [{ type: "text", id: "line", props: { content } }],
});

const isClick = (event: { readonly kind: string; readonly type: string; readonly id?: string }, id: string): boolean =>
  event.kind === "widget" && event.type === "click" && event.id === id;

const counter = app<Count>({
  init: () => ({ count: 0 }),
  update(model, event) {
    if (isClick(event, "quit")) return [model, Command.exit()];
    return isClick(event, "plus") ? { count: model.count + 1 } : model;
  },
  view: ({ count }) => view(`count ${count}`),
});

/** A room whose log says in which order things happened. */
const ballot = app<Count, BroadcastEvent<Count> | Event, ParticipantOptions<Count>>({
  init: ({ sharedModel }) => sharedModel,
  update(model, event) {
    if (event.kind === "broadcast") return event.type === "model" ? event.model : model;
    return isClick(event, "vote") ? [model, Command.share({ type: "vote" })] : model;
  },
  view: ({ count }) => view(`votes ${count}`),
});

function openRoom(): Promise<Room<Count, { readonly type: "vote" }>> {
  return Room.open<Count, { readonly type: "vote" }>({
    definition: {
      name: "ballot",
      version: "1",
      init: () => ({ count: 0 }),
      update: ({ count }) => ({ count: count + 1 }),
    },
    store: createMemoryStore(),
  });
}

interface Started {
  readonly served: ServedSsh;
  readonly folder: SshFolder;
  readonly log: LogEntry[];
}

async function start(options: Partial<ServeSshOptions<StartOptions>> = {}): Promise<Started> {
  const folder = makeSshFolder();
  cleanups.push(() => folder.clean());
  const log: LogEntry[] = [];
  const { dataDirectory, authorizedKeysFile } = folder;
  const logger = (entry: LogEntry): void => void log.push(entry);
  const served = await serveSsh(counter, { port: 0, dataDirectory, authorizedKeysFile, logger, ...options });
  cleanups.push(() => served.close());
  return { served, folder, log };
}

async function enter(port: number, how: ConnectConfig): Promise<Client> {
  const client = await signIn(port, how);
  cleanups.push(() => client.end());
  return client;
}

/** A renderer that has said hello over ssh2's own client. */
async function join({ served, folder }: Pick<Started, "served" | "folder">): Promise<RawRenderer> {
  const channel = await subsystem(await enter(served.port, { privateKey: folder.key }), "plushie");
  const renderer = new RawRenderer(channel, channel);
  renderer.say(HELLO);
  return renderer;
}

describe("signing in", () => {
  test("[R356] a listed key is accepted, another is refused", async () => {
    const { served, folder, log } = await start();
    await enter(served.port, { privateKey: folder.key });
    await expect(signIn(served.port, { privateKey: folder.strangerKey })).rejects.toThrow(
      /authentication methods failed/,
    );
    expect(log.at(-1)?.message).toContain("the key is not listed");
  });

  test.each<[string, ConnectConfig]>([
    ["no method", { authHandler: ["none"] }],
    ["a password", { password: "secret", authHandler: ["password"] }],
    ["keyboard-interactive", { tryKeyboard: true, authHandler: ["keyboard-interactive"] }],
  ])("[R357] %s is refused", async (_name, how) => {
    const { served } = await start();
    await expect(signIn(served.port, how)).rejects.toThrow(/authentication methods failed/);
    await eventually(() => served.server.connectionCount === 0);
  });

  test("a missing file of keys is explained at the start and lets nobody in", async () => {
    const { served, folder, log } = await start({ authorizedKeysFile: "/nonexistent/authorized_keys" });
    expect(log.find(({ level }) => level === "warn")?.message).toContain("Put your public key there");
    await expect(signIn(served.port, { privateKey: folder.key })).rejects.toThrow();
  });

  test("a connection that tries too often is closed", async () => {
    const { served, folder } = await start({ limits: { maxAuthAttempts: 2 } });
    const attempts = Array.from({ length: 6 }, () => "password" as const);
    await expect(
      signIn(served.port, { authHandler: attempts, password: "guess", privateKey: folder.key }),
    ).rejects.toThrow();
    await eventually(() => served.server.connectionCount === 0);
  });

  test("a connection without a channel is closed in time, whether it speaks SSH or not", async () => {
    const { served, folder } = await start({ limits: { channelMs: 300 } });
    const socket = connect(served.port, "127.0.0.1");
    const silent = new Promise((resolve) => socket.resume().once("close", resolve));
    const client = await enter(served.port, { privateKey: folder.key });
    const idle = new Promise<void>((resolve) => client.once("close", () => resolve()));
    await Promise.all([silent, idle]);
    await eventually(() => served.server.connectionCount === 0);
  });

  test("there are only so many connections at once", async () => {
    const { served, folder } = await start({ limits: { maxConnections: 1 } });
    await enter(served.port, { privateKey: folder.key });
    await expect(signIn(served.port, { privateKey: folder.key })).rejects.toThrow();
  });
});

describe("what a client may ask for", () => {
  test("[R358] the subsystem plushie is there, another is not", async () => {
    const { served, folder } = await start();
    const client = await enter(served.port, { privateKey: folder.key });
    await expect(subsystem(client, "other")).rejects.toThrow();
    await expect(subsystem(await enter(served.port, { privateKey: folder.key }), "sftp")).rejects.toThrow();
    const renderer = await join({ served, folder });
    await renderer.shows("count 0");
  });

  test("a shell or a command gets a sentence that says what to do", async () => {
    const { served, folder } = await start();
    for (const begin of ["shell", "exec"] as const) {
      const client = await enter(served.port, { privateKey: folder.key });
      const text = await new Promise<string>((resolve, reject) => {
        const done = (error: Error | undefined, channel: ClientChannel): void => {
          if (error !== undefined) {
            reject(error);
            return;
          }
          let said = "";
          channel.stderr.on("data", (chunk: Buffer) => {
            said += chunk.toString();
          });
          channel.resume();
          channel.on("close", (code: number) => resolve(`${code} ${said}`));
        };
        if (begin === "shell") client.shell(false, done);
        else client.exec("ls", done);
      });
      expect(text).toBe(
        `1 plushie: there is no shell here. Let the renderer connect: plushie --exec "ssh -p ${served.port} <host> -s plushie"\r\n`,
      );
    }
    expect(served.server.sessionCount).toBe(0);
  });

  test("forwarding is refused in both directions", async () => {
    const { served, folder } = await start();
    const client = await enter(served.port, { privateKey: folder.key });
    const out = new Promise(
      (_resolve, reject) => void client.forwardOut("127.0.0.1", 1, "127.0.0.1", served.port, reject),
    );
    await expect(out).rejects.toThrow(/open failure/i);
    const back = new Promise((_resolve, reject) => client.forwardIn("127.0.0.1", 0, reject));
    await expect(back).rejects.toThrow();
  });

  test("a second channel is refused unless it is configured", async () => {
    const { served, folder } = await start();
    const client = await enter(served.port, { privateKey: folder.key });
    await subsystem(client, "plushie");
    await expect(subsystem(client, "plushie")).rejects.toThrow();
    const two = await start({ limits: { maxChannelsPerConnection: 2 } });
    const other = await enter(two.served.port, { privateKey: two.folder.key });
    await subsystem(other, "plushie");
    await subsystem(other, "plushie");
    expect(two.served.server.sessionCount).toBe(2);
  });
});

describe("a channel", () => {
  test("[R359] [R365] has a runtime of its own, which gets through its handshake", async () => {
    const started = await start();
    const one = await join(started);
    const two = await join(started);
    await one.shows("count 0");
    await two.shows("count 0");
    one.click("main#plus");
    await one.shows("count 1");
    two.click("main#plus");
    two.click("main#plus");
    await two.shows("count 2");
    expect(one.shown).not.toContain("count 2");
    expect(one.messages[0]?.type).toBe("settings");
  });

  test("[R364] takes two messages in one chunk, and one byte by byte", async () => {
    const started = await start();
    const renderer = await join(started);
    await renderer.shows("count 0");
    const click = packetOf({ type: "event", session: "", family: "click", id: "main#plus" });
    renderer.write(Buffer.concat([click, click]));
    await renderer.shows("count 2");
    for (const byte of click) renderer.write(Uint8Array.of(byte));
    await renderer.shows("count 3");
  });

  test("[R369] extended data is ignored", async () => {
    const started = await start();
    const channel = await subsystem(await enter(started.served.port, { privateKey: started.folder.key }), "plushie");
    const renderer = new RawRenderer(channel, channel);
    renderer.say(HELLO);
    await renderer.shows("count 0");
    // No client of the library sends this by itself.
    const inside = channel as unknown as {
      readonly _client: { readonly _protocol: { channelExtData(id: number, data: Buffer, type: number): void } };
      readonly outgoing: { readonly id: number };
    };
    inside._client._protocol.channelExtData(inside.outgoing.id, Buffer.from("noise"), 1);
    renderer.click("main#plus");
    await renderer.shows("count 1");
  });

  test("ends with status 0 when its app ends", async () => {
    const started = await start();
    const channel = await subsystem(await enter(started.served.port, { privateKey: started.folder.key }), "plushie");
    const status = new Promise((resolve) => channel.on("exit", resolve));
    const renderer = new RawRenderer(channel, channel);
    renderer.say(HELLO);
    await renderer.shows("count 0");
    renderer.click("main#quit");
    expect(await status).toBe(0);
    await eventually(() => started.served.server.sessionCount === 0);
  });

  test("is closed after bytes that are no messages, and the others go on", async () => {
    const started = await start();
    const good = await join(started);
    const bad = await join(started);
    await bad.shows("count 0");
    bad.write(Buffer.from("GET / HTTP/1.1\r\n\r\n"));
    await bad.until(() => bad.hasEnded);
    expect(started.log.some(({ code }) => code === "ssh-channel-cut")).toBe(true);
    good.click("main#plus");
    await good.shows("count 1");
  });

  test("is closed when it says too much in a short time, and the others go on", async () => {
    const started = await start({ limits: { messageBurst: 20, messagesPerSecond: 1 } });
    const good = await join(started);
    const loud = await join(started);
    await loud.shows("count 0");
    for (let count = 0; count < 40; count += 1) loud.click("main#plus");
    await loud.until(() => loud.hasEnded);
    expect(started.log.find(({ code }) => code === "ssh-channel-cut")?.message).toContain("too many messages");
    good.click("main#plus");
    await good.shows("count 1");
  });

  test("is closed when it says too many bytes", async () => {
    const limits = { maxFrameBytes: 1_000, byteBurst: 2_000, bytesPerSecond: 1 };
    const started = await start({ limits });
    const renderer = await join(started);
    await renderer.shows("count 0");
    const long = { type: "event", session: "", family: "click", id: `main#${"x".repeat(800)}` };
    for (let count = 0; count < 3; count += 1) renderer.say(long);
    await renderer.until(() => renderer.hasEnded);
  });

  test("is refused with a sentence when its key came too often", async () => {
    const started = await start({ limits: { joinBurst: 1, joinsPerSecond: 0.01 } });
    await (await join(started)).shows("count 0");
    const channel = await subsystem(await enter(started.served.port, { privateKey: started.folder.key }), "plushie");
    let said = "";
    channel.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    const renderer = new RawRenderer(channel, channel);
    await renderer.until(() => renderer.hasEnded);
    await eventually(() => said.includes("too many connections in a short time; wait a moment"));
    expect(started.served.server.sessionCount).toBe(1);
  });

  test("[R370] [R371] a hundred that come and go, one way or the other, leave nothing behind", async () => {
    const started = await start({ limits: { joinBurst: 100 } });
    const { served, folder } = started;
    for (let count = 0; count < 100; count += 1) {
      const client = await signIn(served.port, { privateKey: folder.key });
      const channel = await subsystem(client, "plushie");
      const renderer = new RawRenderer(channel, channel);
      renderer.say(HELLO);
      if (count % 4 !== 3) await renderer.shows("count 0");
      const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
      if (count % 4 === 0) channel.end();
      else if (count % 4 === 1) client.destroy();
      else channel.close();
      await eventually(() => served.server.sessionCount === 0);
      client.end();
      await closed;
    }
    await eventually(() => served.server.connectionCount === 0);
    expect(started.log.filter(({ level }) => level === "error")).toEqual([]);
  });

  test("closing the server ends channels in order and frees the port", async () => {
    const started = await start();
    const renderer = await join(started);
    await renderer.shows("count 0");
    await started.served.close();
    await renderer.until(() => renderer.hasEnded);
    expect(started.served.server.connectionCount).toBe(0);
    await expect(signIn(started.served.port, { privateKey: started.folder.key })).rejects.toThrow(/ECONNREFUSED/);
  });
});

describe("the server", () => {
  test("[R347] listens on 2222 unless told otherwise, and [R349] says where", async () => {
    const { served, log } = await start({ port: 2222 });
    expect(served.port).toBe(2222);
    expect(served.command).toBe('plushie --exec "ssh -p 2222 localhost -s plushie"');
    expect(log.find(({ code }) => code === "ssh-listening")?.message).toContain("127.0.0.1:2222");
    await expect(start({ port: served.port })).rejects.toMatchObject({ code: "listen-failed" });
  });

  test("closed while it starts, it does not listen, and its port is free", async () => {
    const folder = makeSshFolder();
    cleanups.push(() => folder.clean());
    const { dataDirectory, authorizedKeysFile } = folder;
    const make = () =>
      createSshServer({ port: 2223, dataDirectory, authorizedKeysFile, onChannel: () => ({ refuse: "" }) });
    const server = make();
    const listening = server.listen();
    const refused = expect(listening).rejects.toMatchObject({ code: "listen-failed" });
    await server.close();
    await refused;
    const next = make();
    await next.listen();
    await next.close();
    await expect(next.listen()).rejects.toMatchObject({ code: "already-listening" });
  });

  test("limits that contradict each other are refused", () => {
    expect(() => createSshServer({ limits: { byteBurst: 1_000 }, onChannel: () => ({ refuse: "" }) })).toThrow(
      /byteBurst/,
    );
  });

  test("[R348] listens on this machine's own address only", async () => {
    const { served } = await start();
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ family, internal }) => family === "IPv4" && !internal)
      .map(({ address }) => address);
    for (const address of [...outside, "127.0.0.2"]) {
      const refused = new Promise<unknown>((resolve) => {
        const socket = connect(served.port, address);
        socket.once("error", resolve);
        socket.once("connect", () => resolve("connected"));
      });
      expect(await refused).toMatchObject({ code: "ECONNREFUSED" });
    }
  });

  test("[R355] has the same key after a restart", async () => {
    const { served, folder } = await start();
    await served.close();
    const again = await start({ dataDirectory: folder.dataDirectory });
    expect(again.served.fingerprint).toBe(served.fingerprint);
  });
});

describe("a room over SSH", () => {
  async function startRoom() {
    const folder = makeSshFolder();
    cleanups.push(() => folder.clean());
    const room = await openRoom();
    cleanups.push(() => room.close());
    const { dataDirectory, authorizedKeysFile } = folder;
    const served = await serveRoomSsh(ballot, room, { port: 0, dataDirectory, authorizedKeysFile });
    cleanups.push(() => served.close());
    return { served, folder, room };
  }

  test("[R360] [R366] [R374] [R375] two clients see one model, each under an id of its own", async () => {
    const started = await startRoom();
    const one = await join(started);
    const two = await join(started);
    await one.shows("votes 0");
    await two.shows("votes 0");
    expect(started.room.participants).toEqual([
      { id: "ssh-1", name: "ada" },
      { id: "ssh-2", name: "ada" },
    ]);
    one.click("main#vote");
    await two.shows("votes 1");
    await one.shows("votes 1");
    expect(started.room.model).toEqual({ count: 1 });
  });

  test("[R362] who comes later begins with the room's model", async () => {
    const started = await startRoom();
    await started.room.share({ type: "vote" });
    const late = await join(started);
    await late.shows("votes 1");
    expect(late.shown).not.toContain("votes 0");
  });

  test("[R370] who leaves is no participant any more", async () => {
    const started = await startRoom();
    const one = await join(started);
    await one.shows("votes 0");
    one.hangUp();
    await eventually(() => started.room.participants.length === 0);
  });

  test("[R373] one over SSH and one in a browser share it", async () => {
    const started = await startRoom();
    const pageFolder = makePageFolder();
    cleanups.push(() => pageFolder.clean());
    const web = await serveRoom(ballot, started.room, { page: pageFolder, port: 0 });
    cleanups.push(() => web.close());
    const page = new FakePage({ port: web.port, cookie: await openLink(web.startUrl) });
    cleanups.push(() => page.socket.terminate());
    const remote = await join(started);
    await remote.shows("votes 0");
    await page.until(({ shown }) => shown.includes("votes 0"));
    remote.click("main#vote");
    await page.until(({ shown }) => shown.includes("votes 1"));
    page.click("main#vote");
    await remote.shows("votes 2");
  });
});

describe.runIf(hasOpenSsh)("OpenSSH's client", () => {
  test("[R372] [R373] ssh -s plushie carries a whole session and ends with status 0", async () => {
    const { served, folder } = await start();
    const ssh = openSsh(served.port, folder.keyFile, ["127.0.0.1", "-s", "plushie"]);
    // Before anything was heard: the runtime may not be there yet.
    ssh.renderer.say(HELLO);
    await ssh.renderer.shows("count 0");
    ssh.renderer.click("main#plus");
    await ssh.renderer.shows("count 1");
    ssh.renderer.hangUp();
    expect(await ssh.exit).toBe(0);
    await eventually(() => served.server.connectionCount === 0 && served.server.sessionCount === 0);
  });

  test("[R356] is refused with a key that is not listed", async () => {
    const { served, folder } = await start();
    const ssh = openSsh(served.port, folder.strangerKeyFile, ["127.0.0.1", "-s", "plushie"]);
    expect(await ssh.exit).toBe(255);
    expect(ssh.errors()).toContain("Permission denied (publickey)");
  });

  test("[R357] is refused without a key", async () => {
    const { served, folder } = await start();
    const ssh = openSsh(served.port, folder.keyFile, ["-o", "PubkeyAuthentication=no", "127.0.0.1", "-s", "plushie"]);
    expect(await ssh.exit).toBe(255);
    expect(ssh.errors()).toContain("Permission denied (publickey)");
  });

  test("[R358] is refused another subsystem", async () => {
    const { served, folder } = await start();
    const ssh = openSsh(served.port, folder.keyFile, ["127.0.0.1", "-s", "other"]);
    expect(await ssh.exit).not.toBe(0);
    expect(ssh.errors()).toContain("subsystem request failed");
  });

  test("is told what to do when it wants something forwarded", async () => {
    const { served, folder, log } = await start();
    const ssh = openSsh(served.port, folder.keyFile, ["-W", "127.0.0.1:1", "127.0.0.1"]);
    expect(await ssh.exit).not.toBe(0);
    expect(ssh.errors()).toContain(
      `plushie forwards nothing; it has one channel for the renderer. Run: plushie --exec "ssh -p ${served.port} <host> -s plushie"`,
    );
    expect(log.some(({ code }) => code === "ssh-channel-refused")).toBe(true);
    const back = openSsh(served.port, folder.keyFile, [
      "-N",
      "-o",
      "ExitOnForwardFailure=yes",
      "-R",
      "0:127.0.0.1:1",
      "127.0.0.1",
    ]);
    expect(await back.exit).toBe(255);
    expect(back.errors()).toContain("remote port forwarding failed");
  });

  test("is told what to do instead of a shell", async () => {
    const { served, folder } = await start();
    const ssh = openSsh(served.port, folder.keyFile, ["-tt", "127.0.0.1"]);
    const status = await ssh.exit;
    expect(ssh.errors()).toContain("there is no shell here");
    expect(status).toBe(1);
  });

  test.each([
    ["rsa", ["-t", "rsa", "-b", "2048"]],
    ["ecdsa", ["-t", "ecdsa", "-b", "256"]],
  ])("signs in with a key of type %s", async (name, kind) => {
    const folder = makeSshFolder();
    cleanups.push(() => folder.clean());
    const keyFile = `${folder.path}/id_${name}`;
    execFileSync("ssh-keygen", [...kind, "-N", "", "-q", "-f", keyFile]);
    const { served } = await start({ authorizedKeysFile: `${keyFile}.pub` });
    const ssh = openSsh(served.port, keyFile, ["127.0.0.1", "-s", "plushie"]);
    ssh.renderer.say(HELLO);
    await ssh.renderer.shows("count 0");
    ssh.renderer.hangUp();
    expect(await ssh.exit).toBe(0);
  });

  test("a server that closes ends ssh with status 0", async () => {
    const { served, folder } = await start();
    const ssh = openSsh(served.port, folder.keyFile, ["127.0.0.1", "-s", "plushie"]);
    ssh.renderer.say(HELLO);
    await ssh.renderer.shows("count 0");
    await served.close();
    expect(await ssh.exit).toBe(0);
  });
});
