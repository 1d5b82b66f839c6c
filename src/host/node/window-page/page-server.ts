// Serves one page, on this machine only, to a browser that came with a one-time link.

import { createServer, type Server as HttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket, WebSocketServer } from "ws";
import { type Logger, messageOf } from "../../../base/index.ts";
import { MAX_FRAME_BYTES } from "../../../protocol/index.ts";
import { HostError } from "../host-error.ts";
import { createOriginRules, type OriginRules } from "../page-http/origin.ts";
import type { PageFile } from "../page-http/page-files.ts";
import { readRequest, refusesLookAhead, sendDoor, sendOn } from "../page-http/requests.ts";
import { cookieValue, decodePath, parseUrl, refuseUpgrade, sendFile, sendText } from "../page-http/responses.ts";
import { PageAccess } from "./page-access.ts";

const ADDRESS = "127.0.0.1";
const SOCKET_PATH = "/ws";
/** The same in `host/web/window-page.ts`. */
const PROTOCOL = "plushie.window.v1";
const TAB_PREFIX = "plushie.tab.";
const TAKE_OVER = "plushie.take-over";
const TAB_ID = /^[0-9a-f]{32}$/;
const UNKNOWN_HOST = "There is no page under this name.";
const CLOSED_DOOR =
  "<h1>This link is not good any more</h1><p>An app is shown here, and its link works once, in one browser. Go to " +
  "the tab that has it, or start the app anew.</p>";

/** A tab that connected. */
export interface PageVisit {
  readonly socket: WebSocket;
  /** The same after a reload. */
  readonly tabId: string;
  /** The person said that this tab is the one to be used. */
  readonly takesOver: boolean;
}

export interface PageServerOptions {
  /** Everything that is served, by path. */
  readonly files: ReadonlyMap<string, PageFile>;
  readonly logger: Logger;
  readonly onVisit: (visit: PageVisit) => void;
}

export class PageServer {
  readonly #options: PageServerOptions;
  readonly #access = new PageAccess();
  readonly #http: HttpServer;
  #webSockets: WebSocketServer | undefined;
  #rules: OriginRules | undefined;
  #cookieName = "";
  #url = "";

  constructor(options: PageServerOptions) {
    this.#options = options;
    this.#http = createServer((request, response) => this.#request(request, response));
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  /** Takes a free port. Rejects with a `HostError` when there is none. */
  async listen(): Promise<void> {
    // Loaded only where there are windows: the command starts faster without it.
    const { WebSocketServer } = await import("ws");
    this.#webSockets = new WebSocketServer({
      noServer: true,
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
      handleProtocols: () => PROTOCOL,
    });
    await new Promise<void>((resolve, reject) => {
      this.#http.once("error", (cause) => {
        const text = `Windows are shown in a browser, and ${ADDRESS} cannot be used for that: ${messageOf(cause)}`;
        reject(new HostError("surface-unavailable", text, { cause }));
      });
      this.#http.listen(0, ADDRESS, resolve);
    });
    this.#http.on("error", (error) => {
      this.#options.logger({ level: "error", code: "page-server", message: messageOf(error), error });
    });
    const address = this.#http.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    this.#rules = createOriginRules({ port });
    // Cookies do not know ports.
    this.#cookieName = `plushie_window_${port}`;
    this.#url = `http://${ADDRESS}:${port}/`;
  }

  /** A link that opens the page in one browser, once. */
  mintLink(): string {
    return `${this.#url}?token=${this.#access.mintToken()}`;
  }

  /** The port is free afterwards. */
  async close(): Promise<void> {
    for (const socket of this.#webSockets?.clients ?? []) socket.terminate();
    if (!this.#http.listening) return;
    await new Promise<void>((resolve) => {
      this.#http.close(() => resolve());
      this.#http.closeAllConnections();
    });
  }

  #request(request: IncomingMessage, response: ServerResponse): void {
    const asked = readRequest(request, response, { rules: this.#rules, unknownHost: UNKNOWN_HOST });
    if (asked === undefined) return;
    const { host, url } = asked;
    const token = url.searchParams.get("token");
    if (token !== null) {
      this.#redeem(token, request, response);
      return;
    }
    if (!this.#isKnown(request)) {
      sendDoor(request, response, "Plushie", CLOSED_DOOR);
      return;
    }
    const file = this.#options.files.get(decodePath(url.pathname) ?? "");
    if (file === undefined) sendText(response, 404, "There is no such file.");
    else sendFile(file, host, request, response);
  }

  #redeem(token: string, request: IncomingMessage, response: ServerResponse): void {
    if (refusesLookAhead(request, response)) return;
    const cookie = this.#access.redeem(token);
    if (cookie === undefined && !this.#isKnown(request)) {
      this.#options.logger({
        level: "warn",
        code: "page-refused",
        message: "a link that is not good any more was used",
      });
      sendDoor(request, response, "Plushie", CLOSED_DOOR);
      return;
    }
    if (cookie !== undefined) {
      response.setHeader("Set-Cookie", `${this.#cookieName}=${cookie}; Path=/; HttpOnly; SameSite=Strict`);
    }
    sendOn(response);
  }

  #isKnown(request: IncomingMessage): boolean {
    return this.#access.knows(cookieValue(request.headers.cookie, this.#cookieName));
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const refuse = (status: number, text: string, reason: string): void => {
      this.#options.logger({ level: "warn", code: "page-refused", message: reason, fields: { status } });
      refuseUpgrade(socket, status, text, reason);
    };
    const { host, origin } = request.headers;
    const protocols = request.headers["sec-websocket-protocol"]?.split(",").map((name) => name.trim()) ?? [];
    const tabId = protocols.find((name) => name.startsWith(TAB_PREFIX))?.slice(TAB_PREFIX.length);
    if (this.#rules?.acceptsHost(host) !== true) refuse(421, "Misdirected Request", "Unknown host name.");
    else if (parseUrl(request.url)?.pathname !== SOCKET_PATH) refuse(404, "Not Found", "No WebSocket here.");
    else if (!this.#rules.acceptsOrigin(origin)) refuse(403, "Forbidden", "Pages of this origin may not connect.");
    else if (!this.#isKnown(request)) refuse(401, "Unauthorized", "Open the page with its link first.");
    else if (!protocols.includes(PROTOCOL) || tabId === undefined || !TAB_ID.test(tabId)) {
      refuse(400, "Bad Request", `Expected the subprotocols ${PROTOCOL} and ${TAB_PREFIX}<id>.`);
    } else {
      const takesOver = protocols.includes(TAKE_OVER);
      this.#webSockets?.handleUpgrade(request, socket, head, (webSocket) =>
        this.#options.onVisit({ socket: webSocket, tabId, takesOver }),
      );
    }
  }
}
