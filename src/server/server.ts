import { createServer as createHttpServer, type Server as HttpServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type Clock, systemClock } from "../base/clock.ts";
import { messageOf } from "../base/error.ts";
import { type Logger, silentLogger } from "../base/logger.ts";
import type { CloseCodeName, Connector } from "../bridge/transport.ts";
import { createOriginRules, type OriginRules } from "../host/node/page-http/origin.ts";
import { parseUrl, refuseUpgrade } from "../host/node/page-http/responses.ts";
import { Access, loadSecret } from "./access.ts";
import type { AssetFolders } from "./assets.ts";
import { ClientSocket } from "./client-socket.ts";
import { type HttpOptions, handleRequest, identityOf } from "./http.ts";
import { DEFAULT_LIMITS, type ServerLimits } from "./limits.ts";
import { loadPageFiles, type PageOptions } from "./page-files.ts";
import { ServerError } from "./server-error.ts";
import { Session } from "./session.ts";
import { TokenBucket, TokenBuckets } from "./token-bucket.ts";

/** The subprotocol both ends speak, and the prefix of the one that names the session. */
export const WEB_SOCKET_PROTOCOL = "plushie.v1";
export const SESSION_PROTOCOL_PREFIX = "plushie.session.";
export const WEB_SOCKET_PATH = "/ws";

const SESSION_ID = /^[A-Za-z0-9_-]{16,64}$/;

/** How long `close` waits for runtimes and sockets before it goes on without them. */
const CLOSE_MS = 5_000;

/** What an app gets to serve one tab. */
export interface ServerSession {
  readonly id: string;
  /** Same for all tabs of one browser; different browsers differ. */
  readonly identity: string;
  /** Give it to a bridge with `maxRestarts: Infinity` and `restartDelayMs: 0`: the session limits the waiting. */
  readonly connector: Connector;
  /** Ends the session, for instance because its app ended. */
  end(reason: CloseCodeName): void;
}

export interface SessionHandler {
  /** The session is over, or the server stops. Called once. */
  stop(): Promise<void> | void;
}

/** Begins what serves a session, or says why not. */
export type OnSession = (session: ServerSession) => SessionHandler | { readonly refuse: CloseCodeName };

export interface ServerOptions {
  /** Default: the page that comes with this package. */
  readonly page?: PageOptions;
  /**
   * Folders with the pictures and fonts that the app names by path; the first that has a file wins. Whoever may open the page
   * may read what is in them. Default: none.
   */
  readonly assets?: AssetFolders;
  readonly onSession: OnSession;
  /** Default 127.0.0.1: other machines cannot connect. */
  readonly host?: string;
  /** Default 8080; 0 takes any free one. */
  readonly port?: number;
  /** Further names the server is reached under, as in the `Host` header. */
  readonly hosts?: readonly string[];
  /** Further pages that may connect, as origins. */
  readonly origins?: readonly string[];
  /** The server is behind TLS: cookies are marked so. */
  readonly isSecure?: boolean;
  /** A proxy of ours adds the visitor's address to `X-Forwarded-For`; joins are counted by it. */
  readonly isBehindProxy?: boolean;
  /** `link` (default): a one-time link opens the page. `anyone`: whoever reaches the server. */
  readonly access?: "link" | "anyone";
  /** Keeps the secret of the cookies over restarts. */
  readonly dataDirectory?: string;
  readonly limits?: Partial<ServerLimits>;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** Where a server listens. */
export interface Listening {
  readonly port: number;
  /** Address without token, for those who have the cookie. */
  readonly url: string;
  /** Opens the page, once. */
  readonly startUrl: string;
}

/** Makes a server for the page and its WebSockets. It reads the page folder at once; nothing listens before `listen`. */
export function createServer(options: ServerOptions): Server {
  return new Server(options);
}

interface Entry {
  readonly session: Session;
  handler: SessionHandler | undefined;
  stopping: Promise<void> | undefined;
}

export class Server {
  readonly #options: ServerOptions;
  readonly #limits: ServerLimits;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #access: Access;
  readonly #files: HttpOptions["files"];
  readonly #http: HttpServer;
  readonly #webSockets: WebSocketServer;
  readonly #joins: TokenBuckets;
  readonly #sessions = new Map<string, Entry>();
  #routes: { readonly http: HttpOptions; readonly rules: OriginRules } | undefined;
  #state: "idle" | "listening" | "closed" = "idle";
  #url = "";

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#limits = checkLimits({ ...DEFAULT_LIMITS, ...options.limits });
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    this.#files = loadPageFiles(options.page ?? {});
    this.#access = new Access(loadSecret(options.dataDirectory), this.#clock);
    const { joinsPerSecond, joinBurst, maxMessageBytes } = this.#limits;
    this.#joins = new TokenBuckets(() => new TokenBucket(this.#clock, joinsPerSecond, joinBurst));
    this.#webSockets = new WebSocketServer({
      noServer: true,
      maxPayload: maxMessageBytes,
      // Costs 250 kB per connection and most of the CPU time.
      perMessageDeflate: false,
      handleProtocols: () => WEB_SOCKET_PROTOCOL,
    });
    this.#http = createHttpServer((request, response) => {
      if (this.#routes === undefined) response.destroy();
      else handleRequest(this.#routes.http, request, response);
    });
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Sessions that live, connected or within their grace period. */
  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Begins to listen. Rejects with a `ServerError` when the address cannot be used. */
  async listen(): Promise<Listening> {
    if (this.#state !== "idle") throw new ServerError("already-listening", "This server was started before.");
    this.#state = "listening";
    const host = this.#options.host ?? "127.0.0.1";
    const requested = this.#options.port ?? 8080;
    await new Promise<void>((resolve, reject) => {
      this.#http.once("error", (cause) => {
        const text = `Cannot listen on ${host}:${requested}: ${messageOf(cause)}. Choose another port, or 0 for any free one.`;
        reject(new ServerError("listen-failed", text, { cause }));
      });
      this.#http.listen(requested, host, resolve);
    });
    this.#http.on("error", (error) => {
      this.#logger({ level: "error", code: "http-failed", message: messageOf(error), error });
    });
    const { port } = boundTo(this.#http);
    const names = host === "127.0.0.1" || host === "localhost" || host === "::1" ? [] : [`${bracketed(host)}:${port}`];
    const { hosts = [], origins = [], isSecure = false } = this.#options;
    const rules = createOriginRules({ port, hosts: [...names, ...hosts].map((name) => name.toLowerCase()), origins });
    this.#routes = {
      rules,
      http: {
        rules,
        files: this.#files,
        title: this.#options.page?.title ?? "Plushie",
        assets: this.#options.assets,
        onError: (error) => this.#logger({ level: "error", code: "asset-failed", message: messageOf(error), error }),
        access: this.#access,
        accessMode: this.#options.access ?? "link",
        // Cookies do not know ports; two servers on one machine must not sign each other's visitors out.
        cookieName: `plushie_${port}`,
        isSecure,
      },
    };
    const isIpv6 = host === "::1";
    const publicHost =
      hosts[0] ??
      (names[0] === undefined || host === "0.0.0.0" || host === "::"
        ? `${isIpv6 ? "[::1]" : "127.0.0.1"}:${port}`
        : names[0]);
    this.#url = `${isSecure ? "https" : "http"}://${publicHost}/`;
    return { port, url: this.#url, startUrl: this.mintLink() };
  }

  /** A new link that opens the page in one browser, once. For inviting somebody. */
  mintLink(): string {
    return this.#options.access === "anyone" ? this.#url : `${this.#url}?token=${this.#access.mintToken()}`;
  }

  /** Stops: pages are told to connect again later, runtimes are stopped, the port is free afterwards. Idempotent. */
  async close(): Promise<void> {
    const wasListening = this.#state === "listening";
    this.#state = "closed";
    const entries = [...this.#sessions.values()];
    for (const { session } of entries) session.end("server-stopping");
    const sockets = [...this.#webSockets.clients].map(
      (socket) => new Promise((resolve) => socket.once("close", resolve)),
    );
    const stopped = Promise.allSettled([...entries.map((entry) => entry.stopping), ...sockets]);
    await withTimeout(stopped, CLOSE_MS);
    for (const socket of this.#webSockets.clients) socket.terminate();
    if (!wasListening) return;
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refuse = (status: number, text: string, reason: string, retryAfter?: number): void => {
      this.#logger({ level: "info", code: "upgrade-refused", message: reason, fields: { status } });
      refuseUpgrade(socket, status, text, reason, retryAfter);
    };
    const routes = this.#routes;
    if (routes === undefined || this.#state !== "listening") {
      refuse(503, "Service Unavailable", "The server is stopping.", 5);
      return;
    }
    const { host, origin } = request.headers;
    if (!routes.rules.acceptsHost(host)) {
      refuse(421, "Misdirected Request", "Unknown host name.");
      return;
    }
    if (parseUrl(request.url)?.pathname !== WEB_SOCKET_PATH) {
      refuse(404, "Not Found", "No WebSocket here.");
      return;
    }
    if (!routes.rules.acceptsOrigin(origin)) {
      refuse(403, "Forbidden", "Pages of this origin may not connect. Add it to the server's origins.");
      return;
    }
    const identity = identityOf(routes.http, request);
    if (identity === undefined) {
      refuse(401, "Unauthorized", "Open the page with its link first.");
      return;
    }
    if (!this.#joins.take(this.#addressOf(request))) {
      refuse(429, "Too Many Requests", "Too many connections from this address.", 5);
      return;
    }
    const id = sessionIdOf(request.headers["sec-websocket-protocol"]);
    if (id === undefined) {
      refuse(
        400,
        "Bad Request",
        `Expected the subprotocols ${WEB_SOCKET_PROTOCOL} and ${SESSION_PROTOCOL_PREFIX}<id>.`,
      );
      return;
    }
    const key = `${identity}:${id}`;
    if (!this.#sessions.has(key) && !this.#hasRoomFor(identity)) {
      refuse(503, "Service Unavailable", "Too many sessions.", 30);
      return;
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => this.#joined(key, identity, id, webSocket));
  }

  #addressOf(request: IncomingMessage): string {
    const forwarded = this.#options.isBehindProxy === true ? request.headers["x-forwarded-for"] : undefined;
    // Only the last entry is the proxy's word; those before it are the visitor's.
    const last = String(forwarded ?? "")
      .split(",")
      .at(-1)
      ?.trim();
    return last || (request.socket.remoteAddress ?? "");
  }

  #hasRoomFor(identity: string): boolean {
    if (this.#sessions.size >= this.#limits.maxSessions) return false;
    let count = 0;
    for (const { session } of this.#sessions.values()) if (session.identity === identity) count += 1;
    return count < this.#limits.maxSessionsPerIdentity;
  }

  #joined(key: string, identity: string, id: string, webSocket: WebSocket): void {
    const client = new ClientSocket(webSocket, {
      limits: this.#limits,
      clock: this.#clock,
      onCut: (reason) =>
        this.#logger({
          level: "info",
          code: "connection-cut",
          message: `Closed a connection: ${reason}.`,
          fields: { reason },
        }),
    });
    if (this.#state !== "listening") {
      client.close("server-stopping");
      return;
    }
    const known = this.#sessions.get(key);
    if (known !== undefined) {
      known.session.attach(client);
      return;
    }
    const session = new Session({
      id,
      identity,
      limits: this.#limits,
      clock: this.#clock,
      onEnd: () => this.#ended(key),
    });
    const entry: Entry = { session, handler: undefined, stopping: undefined };
    this.#sessions.set(key, entry);
    session.attach(client);
    try {
      const handler = this.#options.onSession(session);
      if ("refuse" in handler) session.end(handler.refuse);
      else entry.handler = handler;
    } catch (error) {
      this.#logger({ level: "error", code: "session-failed", message: messageOf(error), error });
      session.end("app-failed");
    }
    undefined;
    return;
  }

  #ended(key: string): void {
    const entry = this.#sessions.get(key);
    if (entry === undefined) return;
    this.#sessions.delete(key);
    // The handler may still be starting; it is stopped once it is known.
    entry.stopping = Promise.resolve()
      .then(() => entry.handler?.stop())
      .catch((error: unknown) => {
        this.#logger({ level: "error", code: "session-stop-failed", message: messageOf(error), error });
      })
      .finally(() => entry.session.release());
  }
}

function sessionIdOf(header: string | undefined): string | undefined {
  const protocols = header?.split(",").map((name) => name.trim()) ?? [];
  if (!protocols.includes(WEB_SOCKET_PROTOCOL)) return undefined;
  const named = protocols.find((name) => name.startsWith(SESSION_PROTOCOL_PREFIX));
  const id = named?.slice(SESSION_PROTOCOL_PREFIX.length);
  return id !== undefined && SESSION_ID.test(id) ? id : undefined;
}

function checkLimits(limits: ServerLimits): ServerLimits {
  if (limits.byteBurst < limits.maxMessageBytes) {
    const text = `byteBurst (${limits.byteBurst}) must be at least maxMessageBytes (${limits.maxMessageBytes}).`;
    throw new ServerError("bad-limits", text);
  }
  return limits;
}

function boundTo(server: HttpServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("broken invariant: a TCP server has a port");
  return address;
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

async function withTimeout(work: Promise<unknown>, milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, timeout]);
  clearTimeout(timer);
}
