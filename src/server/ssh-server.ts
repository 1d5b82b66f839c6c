import { createServer as createNetServer, type Server as NetServer, type Socket } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Server as Ssh2Server } from "ssh2";
import { type Clock, systemClock } from "../base/clock.ts";
import { messageOf } from "../base/error.ts";
import { type Logger, silentLogger } from "../base/logger.ts";
import { createIostreamConnector } from "../bridge/iostream.ts";
import type { Connector } from "../bridge/transport.ts";
import { SshAdapter, type SshChannel } from "../transport/node/ssh.ts";
import { type HostKey, loadHostKey } from "./host-key.ts";
import type { SessionHandler } from "./server.ts";
import { ServerError } from "./server-error.ts";
import { fingerprintOf, type SshIdentity } from "./ssh-auth.ts";
import { loadAuthorizedKeys } from "./ssh-authorized-keys.ts";
import { SSH_SUBSYSTEM, SshConnection } from "./ssh-connection.ts";
import { loadSsh2, type Ssh2Library } from "./ssh-library.ts";
import { DEFAULT_SSH_LIMITS, type SshLimits } from "./ssh-limits.ts";
import { TokenBucket, TokenBuckets } from "./token-bucket.ts";

export { SSH_SUBSYSTEM };

/** How long `close` waits for runtimes before it goes on without them. */
const CLOSE_MS = 5_000;

/** One channel: one renderer that wants one app. */
export interface SshSession extends SshIdentity {
  /** `ssh-<number>`, never given twice by one server. */
  readonly id: string;
  /** For one bridge. It has one connection: when that closes, the bridge stops. */
  readonly connector: Connector;
  /** Ends the channel; with a sentence it counts as a failure and the person sees the sentence. */
  end(text?: string): void;
}

/** Begins what serves a channel, or says why not. */
export type OnSshChannel = (session: SshSession) => SessionHandler | { readonly refuse: string };

export interface SshServerOptions {
  readonly onChannel: OnSshChannel;
  /** Default 127.0.0.1: other machines cannot connect. */
  readonly host?: string;
  /** Default 2222; 0 takes any free one. */
  readonly port?: number;
  /** Keeps the host key, as `ssh/ssh_host_ed25519_key`. Default `.plushie`. */
  readonly dataDirectory?: string;
  /** Who may sign in. Default `~/.ssh/authorized_keys`. */
  readonly authorizedKeysFile?: string;
  readonly limits?: Partial<SshLimits>;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Where an SSH server listens. */
export interface SshListening {
  readonly port: number;
  /** What to run on the machine with the screen. */
  readonly command: string;
  readonly hostKeyFile: string;
  /** The host key's fingerprint, which a client asks about at its first visit. */
  readonly fingerprint: string;
}

interface Entry {
  readonly adapter: SshAdapter;
  handler: SessionHandler | undefined;
  stopping: Promise<void> | undefined;
}

/** Makes a server for renderers that come over SSH. Nothing is loaded and nothing listens before `listen`. */
export function createSshServer(options: SshServerOptions): SshServer {
  return new SshServer(options);
}

export class SshServer {
  readonly #options: SshServerOptions;
  readonly #limits: SshLimits;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #connections = new Map<Socket, SshConnection>();
  readonly #entries = new Set<Entry>();
  /** By the key's fingerprint: people behind one address do not slow each other down. */
  readonly #joins: TokenBuckets;
  #net: NetServer | undefined;
  #starting: Promise<unknown> | undefined;
  #state: "idle" | "listening" | "closed" = "idle";
  #channels = 0;

  constructor(options: SshServerOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_SSH_LIMITS, ...options.limits };
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    const { joinsPerSecond, joinBurst, byteBurst, maxFrameBytes } = this.#limits;
    if (byteBurst < maxFrameBytes) {
      const text = `byteBurst (${byteBurst}) must be at least maxFrameBytes (${maxFrameBytes}).`;
      throw new ServerError("bad-limits", text);
    }
    this.#joins = new TokenBuckets(() => new TokenBucket(this.#clock, joinsPerSecond, joinBurst));
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  /** Channels whose app runs. */
  get sessionCount(): number {
    return this.#entries.size;
  }

  /** Begins to listen. Rejects with a `ServerError` when ssh2, the host key or the address cannot be used, or when it was closed. */
  listen(): Promise<SshListening> {
    if (this.#state !== "idle") {
      return Promise.reject(new ServerError("already-listening", "This server was started before."));
    }
    this.#state = "listening";
    const starting = this.#start();
    this.#starting = starting.catch(() => {
      // Whoever called `listen` hears of it.
    });
    return starting;
  }

  async #start(): Promise<SshListening> {
    const library = await loadSsh2();
    const hostKey = await loadHostKey(this.#options.dataDirectory ?? ".plushie", { logger: this.#logger });
    const { host = "127.0.0.1", port: requested = 2222 } = this.#options;
    const keysFile = this.#options.authorizedKeysFile ?? join(homedir(), ".ssh", "authorized_keys");
    const { server, fingerprint } = this.#createProtocol(library, hostKey);
    const net = createNetServer((socket) => this.#accepted(socket, server, library, keysFile));
    await new Promise<void>((resolve, reject) => {
      net.once("error", (cause) => {
        const text = `Cannot listen on ${host}:${requested}: ${messageOf(cause)}. Choose another port, or 0 for any free one.`;
        reject(new ServerError("listen-failed", text, { cause }));
      });
      net.listen(requested, host, resolve);
    });
    net.on("error", (error) => this.#log("error", "ssh-failed", messageOf(error), error));
    this.#net = net;
    if (this.#state !== "listening")
      throw new ServerError("listen-failed", "The server was closed before it listened.");
    const port = portOf(net);
    const command = `plushie --exec "ssh -p ${port} ${host === "127.0.0.1" ? "localhost" : host} -s ${SSH_SUBSYSTEM}"`;
    this.#log("info", "ssh-listening", `SSH ready on ${host}:${port}. Connect with: ${command}`);
    await this.#reportKeys(keysFile);
    return { port, command, hostKeyFile: hostKey.path, fingerprint };
  }

  /** Stops: runtimes are stopped, channels end with status 0, the port is free afterwards. Idempotent. */
  async close(): Promise<void> {
    this.#state = "closed";
    // What is being opened can be closed only when it is open.
    await this.#starting;
    const net = this.#net;
    this.#net = undefined;
    const freed = net === undefined ? Promise.resolve() : new Promise((resolve) => net.close(resolve));
    const entries = [...this.#entries];
    for (const entry of entries) this.#ended(entry);
    await this.#within(CLOSE_MS, Promise.allSettled(entries.map(({ stopping }) => stopping)));
    for (const { adapter } of entries) void adapter.close();
    // A channel ends only when its client has seen the end of it.
    await Promise.all(entries.map(({ adapter }) => adapter.closed));
    const gone = [...this.#connections.keys()].map((socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const connection of this.#connections.values()) connection.end();
    await Promise.all([freed, ...gone]);
  }

  #createProtocol(
    library: Ssh2Library,
    hostKey: HostKey,
  ): { readonly server: Ssh2Server; readonly fingerprint: string } {
    const key = library.utils.parseKey(hostKey.text);
    if (key instanceof Error) {
      const text = `The host key "${hostKey.path}" cannot be used: ${key.message}. Remove the file to get a new key.`;
      throw new ServerError("host-key-unusable", text, { cause: key });
    }
    const server = new library.Server({
      hostKeys: [hostKey.text],
      ident: "plushie",
      keepaliveInterval: this.#limits.keepaliveMs,
      keepaliveCountMax: this.#limits.missedKeepalives,
    });
    server.on("error", (error: unknown) => this.#log("error", "ssh-failed", messageOf(error), error));
    server.on("connection", (connection, { ip, port }) => {
      for (const [socket, known] of this.#connections) {
        if (socket.remotePort === port && socket.remoteAddress === ip) {
          known.begin(connection);
          return;
        }
      }
      connection.end();
    });
    return { server, fingerprint: fingerprintOf(key.getPublicSSH()) };
  }

  #accepted(socket: Socket, server: Ssh2Server, library: Ssh2Library, keysFile: string): void {
    if (this.#state !== "listening" || this.#connections.size >= this.#limits.maxConnections) {
      this.#log("warn", "ssh-connection-refused", "Refused a connection: too many at once.");
      socket.destroy();
      return;
    }
    const connection = new SshConnection({
      socket,
      keysFile,
      port: socket.localPort ?? 0,
      utils: library.utils,
      limits: this.#limits,
      clock: this.#clock,
      logger: this.#logger,
      onChannel: (channel, identity, onGone) => this.#opened(channel, identity, onGone),
    });
    this.#connections.set(socket, connection);
    socket.once("close", () => this.#connections.delete(socket));
    server.injectSocket(socket);
  }

  #opened(channel: SshChannel, identity: SshIdentity, onGone: (listener: () => void) => void): void {
    this.#channels += 1;
    const id = `ssh-${this.#channels}`;
    const { maxFrameBytes, maxPendingBytes, closeGraceMs, ...rates } = this.#limits;
    const messages = new TokenBucket(this.#clock, rates.messagesPerSecond, rates.messageBurst);
    const bytes = new TokenBucket(this.#clock, rates.bytesPerSecond, rates.byteBurst);
    const adapter = new SshAdapter(channel, {
      maxFrameBytes,
      maxPendingBytes,
      closeGraceMs,
      clock: this.#clock,
      accepts: (size) => messages.take() && bytes.take(size),
      onEnd: () => this.#ended(entry),
      onCut: (reason) => this.#log("info", "ssh-channel-cut", `Closed a channel: ${reason}`),
    });
    const entry: Entry = { adapter, handler: undefined, stopping: undefined };
    onGone(() => adapter.gone());
    if (this.#state !== "listening") {
      adapter.refuse("the server is stopping");
      return;
    }
    if (!this.#joins.take(identity.fingerprint)) {
      this.#log("warn", "ssh-channel-refused", "Refused a channel: too many in a short time.");
      adapter.refuse("too many connections in a short time; wait a moment");
      return;
    }
    this.#entries.add(entry);
    try {
      const handler = this.#options.onChannel({
        id,
        ...identity,
        connector: createIostreamConnector(adapter, { codec: "msgpack" }),
        end: (text) => {
          if (text === undefined) void adapter.close();
          else adapter.refuse(text);
        },
      });
      if ("refuse" in handler) adapter.refuse(handler.refuse);
      else entry.handler = handler;
    } catch (error) {
      this.#log("error", "session-failed", messageOf(error), error);
      adapter.refuse("the app failed; its server has the details");
    }
  }

  #ended(entry: Entry): void {
    if (!this.#entries.delete(entry)) return;
    // The handler may still be starting; it is stopped once it is known.
    entry.stopping = Promise.resolve()
      .then(() => entry.handler?.stop())
      .catch((error: unknown) => this.#log("error", "session-stop-failed", messageOf(error), error));
  }

  /** Says at the start why nobody, or not everybody, will get in. */
  async #reportKeys(path: string): Promise<void> {
    const loaded = await loadAuthorizedKeys(path);
    if ("problem" in loaded) {
      this.#log("warn", "authorized-keys-unusable", loaded.problem);
      return;
    }
    for (const { line, reason } of loaded.refused) {
      this.#log("warn", "authorized-key-refused", `${path}, line ${line}: ${reason}`);
    }
  }

  #log(level: "info" | "warn" | "error", code: string, message: string, error?: unknown): void {
    this.#logger({ level, code, message, ...(error === undefined ? {} : { error }) });
  }

  #within(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
    let cancel = (): void => {};
    const timeout = new Promise<void>((resolve) => {
      cancel = this.#clock.after(milliseconds, resolve);
    });
    return Promise.race([work, timeout]).finally(() => cancel());
  }
}

function portOf(server: NetServer): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("broken invariant: a TCP server has a port");
  return address.port;
}
