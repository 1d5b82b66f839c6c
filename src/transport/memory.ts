import type { Clock } from "../base/clock.ts";
import type {
  CloseReason,
  Codec,
  Connector,
  SharedMessage,
  Transport,
  TransportListener,
} from "../bridge/transport.ts";
import { TransportError } from "../bridge/transport.ts";

/** Enough for any snapshot an app sends in one turn; beyond it the sender is told to wait. */
const HIGH_WATER_BYTES = 8 * 1024 * 1024;

export interface MemoryOptions {
  /**
   * When what was sent arrives: in the next microtask (default), when `flush` is called, or after a delay, which needs
   * a clock.
   */
  readonly delivery?: "microtask" | "manual" | { readonly clock: Clock; readonly delayMs: number };
  /** `send` returns false while more than this is on its way. */
  readonly highWaterBytes?: number;
  /** Trees and events pass as they are, without being encoded: for a renderer in the same page. Default: no. */
  readonly shares?: boolean;
}

/** One end of a pair. Nothing arrives before `listen` was called; until then it waits. */
export interface MemoryEnd extends Transport {
  listen(listener: TransportListener): void;
}

export interface MemoryPair {
  readonly left: MemoryEnd;
  readonly right: MemoryEnd;
  /** Delivers everything that is on its way, also what is sent meanwhile. For `delivery: "manual"`. */
  flush(): void;
}

type Item =
  | { readonly kind: "message"; readonly payload: Uint8Array | string }
  | { readonly kind: "shared"; readonly message: SharedMessage }
  | { readonly kind: "close"; readonly reason: CloseReason };

/**
 * Two transports that are each other's medium. Order is kept, delivery is never inside `send`. The other end's `onClose`
 * gets the reason this end closed with, after the messages sent before it.
 */
export function createMemoryPair(options: MemoryOptions = {}): MemoryPair {
  const left = new End(options);
  const right = new End(options);
  left.peer = right;
  right.peer = left;
  return {
    left,
    right,
    flush() {
      while (left.deliverOne() || right.deliverOne());
    },
  };
}

export interface MemoryConnectorOptions extends MemoryOptions {
  readonly codec: Codec;
  /** Called for each connection with the renderer's end; returns who listens there. */
  readonly accept: (transport: Transport) => TransportListener;
  /** Called with each new pair, for tests that deliver by hand. */
  readonly onPair?: (pair: MemoryPair) => void;
}

/** Connects a bridge to a renderer in the same process. */
export function createMemoryConnector(options: MemoryConnectorOptions): Connector {
  return {
    codec: options.codec,
    async open(listener, signal) {
      if (signal.aborted) throw new TransportError("transport-open-aborted", "The open was aborted.");
      const pair = createMemoryPair(options);
      options.onPair?.(pair);
      pair.left.listen(listener);
      pair.right.listen(options.accept(pair.right));
      return pair.left;
    },
  };
}

const NOW = Promise.resolve();

class End implements MemoryEnd {
  peer: End | undefined;
  readonly share?: (message: SharedMessage) => void;
  readonly #options: MemoryOptions;
  readonly #highWaterBytes: number;
  #listener: TransportListener | undefined;
  /** What the other end sent. */
  #incoming: Item[] = [];
  #isScheduled = false;
  #isOpen = true;
  #bufferedBytes = 0;
  #isCongested = false;

  constructor(options: MemoryOptions) {
    this.#options = options;
    this.#highWaterBytes = options.highWaterBytes ?? HIGH_WATER_BYTES;
    if (options.shares === true) {
      this.share = (message) => {
        if (this.#isOpen) this.peer?.receive({ kind: "shared", message });
      };
    }
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const _ of this.#incoming) this.#schedule();
  }

  send(payload: Uint8Array | string): boolean {
    if (!this.#isOpen) return true;
    this.#bufferedBytes += payload.length;
    this.peer?.receive({ kind: "message", payload });
    if (this.#bufferedBytes <= this.#highWaterBytes) return true;
    this.#isCongested = true;
    return false;
  }

  async close(reason: CloseReason = { kind: "shutdown" }): Promise<void> {
    if (!this.#isOpen) return;
    this.peer?.receive({ kind: "close", reason });
    this.#end(reason);
  }

  receive(item: Item): void {
    if (!this.#isOpen) return;
    this.#incoming.push(item);
    this.#schedule();
  }

  /** Delivers the oldest item; false when there is none or nobody listens. */
  deliverOne(): boolean {
    if (this.#listener === undefined || !this.#isOpen) return false;
    const item = this.#incoming.shift();
    if (item === undefined) return false;
    if (item.kind === "close") {
      this.#end(item.reason);
      return true;
    }
    if (item.kind === "shared") {
      this.#listener.onShared?.(item.message);
      return true;
    }
    this.#listener.onMessage(item.payload);
    this.peer?.delivered(item.payload.length);
    return true;
  }

  delivered(bytes: number): void {
    this.#bufferedBytes = Math.max(0, this.#bufferedBytes - bytes);
    if (!this.#isCongested || this.#bufferedBytes > 0 || !this.#isOpen) return;
    this.#isCongested = false;
    this.#listener?.onDrain();
  }

  #end(reason: CloseReason): void {
    this.#isOpen = false;
    this.#incoming = [];
    this.#bufferedBytes = 0;
    this.#listener?.onClose(reason);
  }

  #schedule(): void {
    const delivery = this.#options.delivery ?? "microtask";
    if (delivery === "manual" || this.#listener === undefined) return;
    if (delivery !== "microtask") {
      delivery.clock.after(delivery.delayMs, () => this.deliverOne());
      return;
    }
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    // In a page `queueMicrotask` makes an object of the browser's each time; a promise that is there already does not.
    void NOW.then(() => {
      this.#isScheduled = false;
      while (this.deliverOne());
    });
  }
}
