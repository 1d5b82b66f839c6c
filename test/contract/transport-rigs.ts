import { createServer } from "node:http";
import type { Socket } from "node:net";
import { Duplex, PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import ssh2, { type ClientChannel } from "ssh2";
import { WebSocket, WebSocketServer } from "ws";
import { createIostreamConnector, type IostreamBridge } from "../../src/bridge/iostream.ts";
import type { CloseReason, Codec, Connector, Transport, TransportListener } from "../../src/bridge/transport.ts";
import { generateHostKey } from "../../src/server/host-key-format.ts";
import { createMemoryConnector } from "../../src/transport/memory.ts";
import { createProcessConnector } from "../../src/transport/node/process.ts";
import { SshAdapter, type SshChannel } from "../../src/transport/node/ssh.ts";
import { createStdioConnector } from "../../src/transport/node/stdio.ts";
import { createWebSocketTransport } from "../../src/transport/node/web-socket.ts";
import { createWebSocketConnector } from "../../src/transport/web/web-socket.ts";
import { encodePacket, FrameReader } from "../../src/wire/index.ts";

/**
 * A transport whose other end echoes every message and obeys a few: `"bytewise…"` comes back byte by byte where the
 * medium has bytes, `"stall"` stops reading for a moment, `"exit 0"` ends in an orderly way, `"die"` breaks the
 * connection, `"oversize"` answers with more than a frame may hold.
 */
export interface Rig {
  readonly name: string;
  readonly codec: Codec;
  /** What each kind of end looks like here; absent where the medium has no such end. */
  readonly ends: Readonly<Partial<Record<"exit 0" | "die" | "oversize", CloseReason["kind"]>>>;
  makeConnector(): Connector;
}

export class Recorder implements TransportListener {
  readonly messages: (Uint8Array | string)[] = [];
  readonly closes: CloseReason[] = [];
  drains = 0;
  #waiting: { readonly isMet: () => boolean; readonly resolve: () => void }[] = [];

  onMessage(payload: Uint8Array | string): void {
    this.messages.push(payload);
    this.#look();
  }

  onDrain(): void {
    this.drains += 1;
    this.#look();
  }

  onClose(reason: CloseReason): void {
    this.closes.push(reason);
    this.#look();
  }

  /** Resolves when what was recorded meets the condition. */
  until(isMet: (recorder: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ isMet: () => isMet(this), resolve });
      this.#look();
    });
  }

  #look(): void {
    const met = this.#waiting.filter(({ isMet }) => isMet());
    this.#waiting = this.#waiting.filter((entry) => !met.includes(entry));
    for (const { resolve } of met) resolve();
  }
}

const textOf = (payload: Uint8Array | string): string =>
  typeof payload === "string" ? payload : payload.length < 100 ? Buffer.from(payload).toString("utf8") : "";

function memoryRig(codec: Codec): Rig {
  return {
    name: `memory (${codec})`,
    codec,
    ends: { "exit 0": "shutdown", die: "crash" },
    makeConnector: () =>
      createMemoryConnector({
        codec,
        accept: (transport: Transport) => ({
          onMessage(payload) {
            const text = textOf(payload);
            if (text === '"exit 0"') void transport.close();
            else if (text === '"die"') void transport.close({ kind: "crash" });
            else transport.send(payload);
          },
          onDrain() {},
          onClose() {},
        }),
      }),
  };
}

function iostreamRig(codec: Codec): Rig {
  return {
    name: `iostream (${codec})`,
    codec,
    ends: { die: "connection-lost" },
    makeConnector() {
      let bridge: IostreamBridge | undefined;
      return createIostreamConnector(
        {
          register(registered) {
            bridge = registered;
          },
          send(payload) {
            queueMicrotask(() => {
              if (textOf(payload) === '"die"') bridge?.closed("cable");
              else bridge?.data(payload);
            });
            if (textOf(payload) !== '"stall"') return true;
            queueMicrotask(() => bridge?.drained());
            return false;
          },
        },
        { codec },
      );
    },
  };
}

/** Two streams that are each other's medium, so that no port is opened. */
function duplexPair(): readonly [Duplex, Duplex] {
  const make = (): Duplex & { other?: Duplex; pending?: (() => void) | undefined } => {
    const end: Duplex & { other?: Duplex; pending?: (() => void) | undefined } = new Duplex({
      read() {
        const { pending } = end;
        end.pending = undefined;
        pending?.();
      },
      write(chunk: Buffer, _encoding, done) {
        const other: typeof end | undefined = end.other;
        if (other === undefined || other.destroyed) return done(new Error("closed"));
        // Delivered later, as a network does it.
        setImmediate(() => {
          if (other.destroyed || other.push(chunk)) done();
          else other.pending = done;
        });
      },
      final(done) {
        setImmediate(() => {
          end.other?.push(null);
          done();
        });
      },
      destroy(error, done) {
        setImmediate(() => end.other?.destroy());
        done(error);
      },
    });
    return end;
  };
  const left = make();
  const right = make();
  left.other = right;
  right.other = left;
  return [left, right];
}

function echoOverSocket(socket: WebSocket, raw: () => Duplex): void {
  socket.on("error", () => {});
  socket.on("message", (data: Buffer, isBinary) => {
    const text = textOf(isBinary ? data : data.toString("utf8"));
    if (text === '"exit 0"') socket.close(1000);
    else if (text === '"die"') raw().destroy();
    else if (text === '"oversize"') socket.close(1009, "too large");
    else if (text === '"stall"') {
      raw().pause();
      setTimeout(() => raw().resume(), 100);
    } else socket.send(data, { binary: isBinary });
  });
}

/** A server end and a client end of one WebSocket over a stream pair. */
function makeSocketPair(): Promise<{ server: WebSocket; client: WebSocket; serverRaw: Duplex; clientRaw: Duplex }> {
  const [serverRaw, clientRaw] = duplexPair();
  const http = createServer();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const client = new WebSocket("ws://localhost/", { createConnection: () => clientRaw });
  const server = new Promise<WebSocket>((resolve) => {
    http.on("upgrade", (request, socket, head) => sockets.handleUpgrade(request, socket, head, resolve));
  });
  http.emit("connection", serverRaw);
  return server.then((accepted) => ({ server: accepted, client, serverRaw, clientRaw }));
}

function webSocketServerRig(codec: Codec): Rig {
  return {
    name: `node WebSocket (${codec})`,
    codec,
    ends: { "exit 0": "shutdown", die: "connection-lost", oversize: "bad-framing" },
    makeConnector: () => ({
      codec,
      async open(listener) {
        const { server, client, clientRaw } = await makeSocketPair();
        echoOverSocket(client, () => clientRaw);
        return createWebSocketTransport(server, listener);
      },
    }),
  };
}

function webSocketPageRig(codec: Codec): Rig {
  return {
    name: `page WebSocket (${codec})`,
    codec,
    ends: { "exit 0": "shutdown", die: "connection-lost", oversize: "bad-framing" },
    makeConnector: () => ({
      codec,
      async open(listener, signal) {
        const [serverRaw, clientRaw] = duplexPair();
        const http = createServer();
        const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
        http.on("upgrade", (request, socket, head) =>
          sockets.handleUpgrade(request, socket, head, (accepted) => echoOverSocket(accepted, () => serverRaw)),
        );
        const before = globalThis.WebSocket;
        // The page's class over a stream of ours; `ws` has the same interface as browsers.
        Object.assign(globalThis, {
          WebSocket: class extends WebSocket {
            constructor(url: string, protocols: string[]) {
              super(url, protocols, { createConnection: () => clientRaw });
            }
          },
        });
        const opening = createWebSocketConnector({ codec, url: "ws://localhost/", highWaterBytes: 64 * 1024 }).open(
          listener,
          signal,
        );
        Object.assign(globalThis, { WebSocket: before });
        http.emit("connection", serverRaw);
        return opening;
      },
    }),
  };
}

const echoPeer = fileURLToPath(new URL("./echo-peer.mjs", import.meta.url));

function processRig(codec: Codec): Rig {
  return {
    name: `process (${codec})`,
    codec,
    ends: { "exit 0": "shutdown", die: "crash", oversize: "bad-framing" },
    makeConnector: () => createProcessConnector({ binary: process.execPath, rendererArgs: [echoPeer], codec }),
  };
}

function stdioRig(codec: Codec): Rig {
  return {
    name: `stdio (${codec})`,
    codec,
    ends: { "exit 0": "shutdown", oversize: "bad-framing" },
    makeConnector() {
      const input = new PassThrough({ highWaterMark: 1 << 20 });
      const output = new PassThrough({ highWaterMark: 1 << 20 });
      let rest = Buffer.alloc(0);
      output.on("data", (chunk: Buffer) => {
        rest = Buffer.concat([rest, chunk]);
        for (;;) {
          const length = codec === "json" ? rest.indexOf(10) + 1 : rest.length < 4 ? 0 : 4 + rest.readUInt32BE();
          if (length === 0 || rest.length < length) return;
          const frame = Buffer.from(rest.subarray(0, length));
          rest = rest.subarray(length);
          const text = frame.length < 100 ? frame.toString("latin1") : "";
          if (text.includes('"exit 0"')) input.end();
          else if (text.includes('"oversize"')) {
            input.write(codec === "json" ? Buffer.alloc(65 * 1024 * 1024, 32) : Buffer.from([0x7f, 0, 0, 0]));
          } else if (text.includes('"bytewise')) for (const byte of frame) input.write(Buffer.from([byte]));
          else if (text.includes('"stall"')) {
            output.pause();
            setTimeout(() => output.resume(), 50);
          } else input.write(frame);
        }
      });
      return createStdioConnector({ codec, input, output, diversion: new PassThrough() });
    },
  };
}

/** A channel of a real SSH connection over a stream pair, both ends. */
function makeChannelPair(): Promise<{ server: SshChannel; client: ClientChannel; raw: Duplex }> {
  const [serverRaw, clientRaw] = duplexPair();
  const server = new ssh2.Server({ hostKeys: [generateHostKey().privateText] });
  const client = new ssh2.Client();
  const opened = new Promise<SshChannel>((resolve) => {
    server.on("connection", (connection) => {
      connection.on("error", () => {});
      connection.on("authentication", (context) => context.accept());
      connection.on("session", (accept) =>
        // The declared type leaves out what the channel of a server can do besides.
        accept().on("subsystem", (acceptChannel) => resolve(acceptChannel() as unknown as SshChannel)),
      );
    });
  });
  // The library takes any stream here, and asks for more only when it is there.
  server.injectSocket(serverRaw as Socket);
  return new Promise((resolve, reject) => {
    client.on("error", reject);
    client.on("ready", () => {
      client.subsys("plushie", (error, channel) => {
        if (error !== undefined) reject(error);
        else opened.then((made) => resolve({ server: made, client: channel, raw: clientRaw }), reject);
      });
    });
    client.connect({ sock: clientRaw, username: "ada" });
  });
}

function echoOverChannel(channel: ClientChannel, raw: Duplex): void {
  const reader = new FrameReader("length");
  channel.on("error", () => {});
  channel.on("data", (chunk: Buffer) => {
    for (const frame of reader.push(chunk).frames) {
      const text = textOf(frame);
      const packet = encodePacket(Buffer.from(frame));
      if (text === '"exit 0"') channel.end();
      else if (text === '"die"') raw.destroy();
      else if (text === '"oversize"') channel.write(Buffer.from([0x7f, 0, 0, 0]));
      else if (text.startsWith('"bytewise')) for (const byte of packet) channel.write(Buffer.from([byte]));
      else if (text === '"stall"') {
        channel.pause();
        setTimeout(() => channel.resume(), 50);
      } else channel.write(packet);
    }
  });
}

function sshRig(): Rig {
  const codec = "msgpack";
  return {
    name: "ssh",
    codec,
    // An adapter knows one reason only: the channel is gone.
    ends: { "exit 0": "connection-lost", die: "connection-lost", oversize: "connection-lost" },
    makeConnector: () => ({
      codec,
      async open(listener, signal) {
        const { server, client, raw } = await makeChannelPair();
        // The connection ends with its only channel.
        server.once("close", () => raw.destroy());
        echoOverChannel(client, raw);
        return createIostreamConnector(new SshAdapter(server), { codec }).open(listener, signal);
      },
    }),
  };
}

export const rigs: readonly Rig[] = (["json", "msgpack"] as const).flatMap((codec) => [
  memoryRig(codec),
  iostreamRig(codec),
  webSocketServerRig(codec),
  webSocketPageRig(codec),
  processRig(codec),
  stdioRig(codec),
  // Channels carry MessagePack only.
  ...(codec === "msgpack" ? [sshRig()] : []),
]);
