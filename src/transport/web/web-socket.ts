import { type Cancel, type Clock, systemClock } from "../../base/clock.ts";
import {
  CLOSE_CODES,
  type CloseReason,
  type Codec,
  type Connector,
  closeCodeFor,
  closeReasonFor,
  type Transport,
  TransportError,
  type TransportListener,
} from "../../bridge/transport.ts";

/** A page sends events and little else; more than this means that the network does not take them. */
const HIGH_WATER_BYTES = 1024 * 1024;

/** The platform has no event for an emptied buffer. Only looked at while there is something to wait for. */
const DRAIN_POLL_MS = 50;

/** The platform waits up to a minute for the other end's close; nobody wants to wait for that. */
const CLOSE_GRACE_MS = 2_000;

/** Browsers let pages close with 1000 and the private range only. */
function allowedCloseCode(reason: CloseReason): number {
  const code = closeCodeFor(reason);
  if (code === 1000 || (code >= 3000 && code <= 4999)) return code;
  // Never 1000, which would tell the server that the app is not wanted any more.
  return CLOSE_CODES["no-answer"].code;
}

export interface WebSocketOptions {
  readonly url: string;
  readonly protocols?: readonly string[];
  readonly clock?: Clock;
  readonly highWaterBytes?: number;
}

/** Opens a WebSocket and makes a transport of it. Text frames carry JSON messages, binary frames MessagePack ones. */
export async function openWebSocket(
  options: WebSocketOptions,
  listener: TransportListener,
  signal: AbortSignal,
): Promise<Transport> {
  if (signal.aborted) throw new TransportError("transport-open-aborted", "The open was aborted.");
  const socket = new WebSocket(options.url, [...(options.protocols ?? [])]);
  return new Promise((resolve, reject) => {
    const transport = new WebSocketTransport(socket, listener, options);
    const abort = (): void => {
      reject(new TransportError("transport-open-aborted", "The open was aborted."));
      socket.close();
    };
    signal.addEventListener("abort", abort, { once: true });
    transport.whenSettled((wasOpened, reason) => {
      signal.removeEventListener("abort", abort);
      if (wasOpened) resolve(transport);
      else reject(new TransportError("transport-open-failed", `The server refused the WebSocket (${reason}).`));
    });
  });
}

/** Connects a bridge in a page to a renderer behind a WebSocket. */
export function createWebSocketConnector(options: WebSocketOptions & { readonly codec: Codec }): Connector {
  return {
    codec: options.codec,
    open: (listener, signal) => openWebSocket(options, listener, signal),
  };
}

class WebSocketTransport implements Transport {
  readonly #socket: WebSocket;
  readonly #listener: TransportListener;
  readonly #clock: Clock;
  readonly #highWaterBytes: number;
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => {};
  #onSettled: ((wasOpened: boolean, reason: string) => void) | undefined;
  #state: "connecting" | "open" | "closing" | "closed" = "connecting";
  #closeReason: CloseReason | undefined;
  #drainPoll: Cancel | undefined;
  #closeGrace: Cancel | undefined;

  constructor(socket: WebSocket, listener: TransportListener, options: WebSocketOptions) {
    this.#socket = socket;
    this.#listener = listener;
    this.#clock = options.clock ?? systemClock;
    this.#highWaterBytes = options.highWaterBytes ?? HIGH_WATER_BYTES;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      this.#state = "open";
      this.#settle(true, "");
    };
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (this.#state !== "open") return;
      if (typeof data === "string") this.#listener.onMessage(data);
      else if (data instanceof ArrayBuffer) this.#listener.onMessage(new Uint8Array(data));
    };
    socket.onclose = ({ code, reason }) => this.#end(this.#closeReason ?? closeReasonFor(code, reason));
  }

  get bufferedBytes(): number {
    return this.#state === "closed" ? 0 : this.#socket.bufferedAmount;
  }

  whenSettled(callback: (wasOpened: boolean, reason: string) => void): void {
    this.#onSettled = callback;
  }

  send(payload: Uint8Array | string): boolean {
    if (this.#state !== "open") return true;
    this.#socket.send(typeof payload === "string" ? payload : new Uint8Array(payload));
    if (this.#socket.bufferedAmount <= this.#highWaterBytes) return true;
    this.#drainPoll ??= this.#clock.after(DRAIN_POLL_MS, () => this.#pollDrain());
    return false;
  }

  close(reason: CloseReason = { kind: "shutdown" }): Promise<void> {
    if (this.#state === "open" || this.#state === "connecting") {
      this.#state = "closing";
      this.#closeReason = reason;
      this.#socket.close(allowedCloseCode(reason));
      this.#closeGrace = this.#clock.after(CLOSE_GRACE_MS, () => this.#end(reason));
    }
    return this.#closed;
  }

  #pollDrain(): void {
    this.#drainPoll = undefined;
    if (this.#state !== "open") return;
    if (this.#socket.bufferedAmount === 0) this.#listener.onDrain();
    else this.#drainPoll = this.#clock.after(DRAIN_POLL_MS, () => this.#pollDrain());
  }

  #settle(wasOpened: boolean, reason: string): void {
    const callback = this.#onSettled;
    this.#onSettled = undefined;
    callback?.(wasOpened, reason);
  }

  #end(reason: CloseReason): void {
    if (this.#state === "closed") return;
    const wasOpened = this.#state !== "connecting";
    this.#state = "closed";
    this.#drainPoll?.();
    this.#closeGrace?.();
    if (wasOpened) this.#listener.onClose(reason);
    else this.#settle(false, reason.detail ?? reason.kind);
    this.#resolveClosed();
  }
}
