import type { CloseReason, Codec, Connector, Transport, TransportListener } from "./transport.ts";
import { TransportError } from "./transport.ts";

/**
 * Carries protocol messages over something of your own: an SSH channel, a socket, a pipe of a test. One adapter is one
 * connection.
 *
 * The bridge first calls `register`, exactly once; from then on it calls `send`, and the adapter calls `data` for each
 * complete message it received and `closed` when its medium is gone. Framing of raw byte streams is the adapter's
 * business: `plushie/wire` has it.
 */
export interface IostreamAdapter {
  register(bridge: IostreamBridge): void;
  /** One complete message without framing. Returns false when the medium is full; then call `drained` once it is not. */
  send(payload: Uint8Array | string): boolean | undefined | void;
  /** The bridge is done with it. Called at most once, and not after the adapter called `closed`. */
  close?(): void | Promise<void>;
}

/** What an adapter gets to talk to the bridge. Every call after `closed` is ignored. */
export interface IostreamBridge {
  /** One complete protocol message: text for JSON, bytes for MessagePack. */
  data(payload: Uint8Array | string): void;
  drained(): void;
  /** The medium is gone. The reason is passed on to the app; without one it is `closed`. */
  closed(reason?: string): void;
}

/** Makes a connector of an adapter. It has one connection: when that closes, the bridge stops. */
export function createIostreamConnector(adapter: IostreamAdapter, options: { readonly codec: Codec }): Connector {
  let isOpened = false;
  return {
    codec: options.codec,
    canReopen: false,
    async open(listener, signal) {
      if (signal.aborted) throw new TransportError("transport-open-aborted", "The open was aborted.");
      if (isOpened) {
        throw new TransportError("transport-not-reopenable", "An iostream adapter carries one connection.", {
          isFatal: true,
        });
      }
      isOpened = true;
      return new IostreamTransport(adapter, listener);
    },
  };
}

class IostreamTransport implements Transport {
  readonly #adapter: IostreamAdapter;
  readonly #listener: TransportListener;
  #isOpen = true;
  #closing: Promise<void> | undefined;

  constructor(adapter: IostreamAdapter, listener: TransportListener) {
    this.#adapter = adapter;
    this.#listener = listener;
    adapter.register({
      data: (payload) => {
        if (this.#isOpen) listener.onMessage(payload);
      },
      drained: () => {
        if (this.#isOpen) listener.onDrain();
      },
      closed: (detail = "closed") => this.#closed({ kind: "connection-lost", detail }),
    });
  }

  /** An adapter hands on what it gets; nothing is kept here. */
  get bufferedBytes(): number {
    return 0;
  }

  send(payload: Uint8Array | string): boolean {
    if (!this.#isOpen) return true;
    return this.#adapter.send(payload) !== false;
  }

  close(reason: CloseReason = { kind: "shutdown" }): Promise<void> {
    if (this.#isOpen) {
      this.#closed(reason);
      this.#closing = Promise.resolve(this.#adapter.close?.());
    }
    return this.#closing ?? Promise.resolve();
  }

  #closed(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#listener.onClose(reason);
  }
}
