import type { RawData, WebSocket } from "ws";
import { type Cancel, type Clock, systemClock } from "../../base/clock.ts";
import type { CloseReason, Transport, TransportListener } from "../../bridge/transport.ts";
import { closeCodeFor, closeReasonFor } from "../../bridge/transport.ts";

/** Above this a page does not keep up: the sender leaves patches out until everything was read. */
const HIGH_WATER_BYTES = 256 * 1024;

/** How long the other end may take to confirm a close. */
const CLOSE_GRACE_MS = 2_000;

export interface WebSocketTransportOptions {
  readonly clock?: Clock;
  readonly highWaterBytes?: number;
  readonly closeGraceMs?: number;
}

/**
 * Makes a transport of an open socket of the `ws` package. Text frames carry JSON messages, binary frames MessagePack ones.
 * The socket's own limits (`maxPayload`) are the server's business.
 */
export function createWebSocketTransport(
  socket: WebSocket,
  listener: TransportListener,
  options: WebSocketTransportOptions = {},
): Transport {
  return new WebSocketTransport(socket, listener, options);
}

class WebSocketTransport implements Transport {
  readonly #socket: WebSocket;
  readonly #listener: TransportListener;
  readonly #clock: Clock;
  readonly #highWaterBytes: number;
  readonly #closeGraceMs: number;
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => {};
  #state: "open" | "closing" | "closed" = "open";
  #closeReason: CloseReason | undefined;
  #closeGrace: Cancel | undefined;
  #isCongested = false;

  constructor(socket: WebSocket, listener: TransportListener, options: WebSocketTransportOptions) {
    this.#socket = socket;
    this.#listener = listener;
    this.#clock = options.clock ?? systemClock;
    this.#highWaterBytes = options.highWaterBytes ?? HIGH_WATER_BYTES;
    this.#closeGraceMs = options.closeGraceMs ?? CLOSE_GRACE_MS;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    socket.on("message", (data, isBinary) => {
      if (this.#state === "open") this.#listener.onMessage(toPayload(data, isBinary));
    });
    // `ws` closes after an error by itself; the close tells what is to be told.
    socket.on("error", () => {});
    socket.on("close", (code, text) => this.#end(this.#closeReason ?? closeReasonFor(code, text.toString("utf8"))));
  }

  get bufferedBytes(): number {
    return this.#state === "closed" ? 0 : this.#socket.bufferedAmount;
  }

  send(payload: Uint8Array | string): boolean {
    if (this.#state !== "open") return true;
    this.#socket.send(payload, { compress: false, binary: typeof payload !== "string" }, () => this.#written());
    if (this.#socket.bufferedAmount <= this.#highWaterBytes) return true;
    this.#isCongested = true;
    return false;
  }

  close(reason: CloseReason = { kind: "shutdown" }): Promise<void> {
    if (this.#state === "open") {
      this.#state = "closing";
      this.#closeReason = reason;
      // The protocol allows 123 bytes of text.
      this.#socket.close(closeCodeFor(reason), (reason.detail ?? reason.kind).slice(0, 40));
      this.#closeGrace = this.#clock.after(this.#closeGraceMs, () => {
        this.#socket.terminate();
        this.#end(reason);
      });
    }
    return this.#closed;
  }

  #written(): void {
    if (!this.#isCongested || this.#state !== "open" || this.#socket.bufferedAmount > 0) return;
    this.#isCongested = false;
    this.#listener.onDrain();
  }

  #end(reason: CloseReason): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#closeGrace?.();
    this.#listener.onClose(reason);
    this.#resolveClosed();
  }
}

function toPayload(data: RawData, isBinary: boolean): Uint8Array | string {
  const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  return isBinary ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
