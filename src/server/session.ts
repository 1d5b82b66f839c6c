import type { Cancel, Clock } from "../base/clock.ts";
import type { CloseCodeName } from "../bridge/transport.ts";
import {
  type CloseReason,
  type Connector,
  type Transport,
  TransportError,
  type TransportListener,
} from "../bridge/transport.ts";
import { createWebSocketTransport } from "../transport/node/web-socket.ts";
import type { ClientSocket } from "./client-socket.ts";
import { CLOSE_TEXTS, closeCodeOf, type ServerLimits } from "./limits.ts";

export interface SessionOptions {
  readonly id: string;
  /** Who holds the cookie. Sessions of different identities never meet, whatever ids they choose. */
  readonly identity: string;
  readonly limits: ServerLimits;
  readonly clock: Clock;
  /** The session is over; called once. */
  readonly onEnd: (session: Session) => void;
}

interface Opening {
  readonly listener: TransportListener;
  readonly resolve: (transport: Transport) => void;
  readonly reject: (error: TransportError) => void;
  readonly cancelGrace: Cancel;
}

/**
 * One tab's conversation with one app, over successive sockets. `connector.open` resolves when the next socket of this
 * session is there, so that for the bridge a reload of the page is a restart of the renderer: the runtime and its model
 * stay, and a snapshot brings the page to the present. When no socket comes within the grace period, the session ends.
 */
export class Session {
  readonly id: string;
  readonly identity: string;
  readonly connector: Connector;
  readonly #options: SessionOptions;
  #opening: Opening | undefined;
  /** A socket that arrived before the bridge asked for it. */
  #waiting: ClientSocket | undefined;
  #current: ClientSocket | undefined;
  #endReason: CloseCodeName | undefined;

  constructor(options: SessionOptions) {
    this.id = options.id;
    this.identity = options.identity;
    this.#options = options;
    this.connector = { codec: "json", open: (listener, signal) => this.#open(listener, signal) };
  }

  get isConnected(): boolean {
    return this.#current !== undefined || this.#waiting !== undefined;
  }

  /** Gives the session its next socket. An older one that is still open is closed: the newest wins. */
  attach(client: ClientSocket): void {
    if (this.#endReason !== undefined) {
      client.close(this.#endReason);
      return;
    }
    this.#waiting?.close("taken-over");
    this.#current?.close("taken-over");
    client.socket.once("close", () => {
      if (this.#waiting === client) this.#waiting = undefined;
    });
    if (this.#opening === undefined) {
      // What the page says meanwhile stays in the network until somebody listens.
      client.socket.pause();
      this.#waiting = client;
      return;
    }
    const { listener, resolve, cancelGrace } = this.#opening;
    this.#opening = undefined;
    cancelGrace();
    resolve(this.#use(client, listener));
  }

  /** Ends the session. Whoever is connected is told why; the bridge gets no further connection. */
  end(reason: CloseCodeName): void {
    if (this.#endReason !== undefined) return;
    this.#endReason = reason;
    this.#waiting?.close(reason);
    this.#current?.close(reason);
    this.#options.onEnd(this);
  }

  /** Gives up on a bridge that still waits for a connection of a session that has ended. */
  release(): void {
    this.#fail("The session has ended.");
  }

  async #open(listener: TransportListener, signal: AbortSignal): Promise<Transport> {
    if (signal.aborted) throw new TransportError("transport-open-aborted", "The open was aborted.");
    if (this.#endReason !== undefined) throw ended("The session has ended.");
    const waiting = this.#waiting;
    if (waiting !== undefined) {
      this.#waiting = undefined;
      const transport = this.#use(waiting, listener);
      waiting.socket.resume();
      return transport;
    }
    return new Promise<Transport>((resolve, reject) => {
      const abort = (): void => this.#fail("The open was aborted.", "transport-open-aborted");
      signal.addEventListener("abort", abort, { once: true });
      // An orderly end: who serves the session stops its bridge, which takes this open back.
      const cancelGrace = this.#options.clock.after(this.#options.limits.graceMs, () => this.end("app-ended"));
      this.#opening = {
        listener,
        resolve: (transport) => {
          signal.removeEventListener("abort", abort);
          resolve(transport);
        },
        reject,
        cancelGrace,
      };
    });
  }

  #fail(text: string, code: "transport-open-failed" | "transport-open-aborted" = "transport-open-failed"): void {
    const opening = this.#opening;
    if (opening === undefined) return;
    this.#opening = undefined;
    opening.cancelGrace();
    opening.reject(new TransportError(code, text, { isFatal: true }));
  }

  #use(client: ClientSocket, listener: TransportListener): Transport {
    this.#current = client;
    const transport = createWebSocketTransport(
      client.socket,
      {
        onMessage: (payload) => {
          if (client.accepts(payload.length)) listener.onMessage(payload);
        },
        onDrain: () => listener.onDrain(),
        onClose: (reason) => {
          if (this.#current === client) this.#current = undefined;
          listener.onClose(this.#interpret(reason));
        },
      },
      {
        clock: this.#options.clock,
        highWaterBytes: this.#options.limits.congestedBytes,
        closeGraceMs: this.#options.limits.closeGraceMs,
      },
    );
    return {
      send(payload) {
        const isFree = transport.send(payload);
        if (!isFree) client.sent();
        return isFree;
      },
      get bufferedBytes() {
        return transport.bufferedBytes;
      },
      close: (reason) => transport.close(this.#withEnd(reason)),
    };
  }

  /** A page that leaves may be a reload, and an oversized message is one tab's fault: both may come back. */
  #interpret(reason: CloseReason): CloseReason {
    if (reason.kind !== "shutdown" || reason.closeCode !== 1001) return reason;
    return { kind: "connection-lost", detail: reason.detail ?? "the page was left", closeCode: 1001 };
  }

  /** The bridge says that it closes; the session knows why. */
  #withEnd(reason: CloseReason | undefined): CloseReason {
    const end = this.#endReason;
    if (end === undefined) return reason ?? { kind: "shutdown" };
    return { kind: "shutdown", detail: CLOSE_TEXTS[end], closeCode: closeCodeOf(end) };
  }
}

function ended(text: string): TransportError {
  return new TransportError("transport-open-failed", text, { isFatal: true });
}
