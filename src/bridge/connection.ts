import { err, ok, type Result } from "../base/result.ts";
import type { FromRenderer, ToRenderer } from "../protocol/index.ts";
import { decodeMessage, encodeMessage } from "../wire/index.ts";
import {
  type CloseReason,
  type Codec,
  type Connector,
  isShared,
  type SharedMessage,
  type Transport,
  type TransportListener,
} from "./transport.ts";

export interface ConnectionOptions {
  readonly codec: Codec;
  readonly onMessage: (message: FromRenderer) => void;
  /** A payload that is no message; it was dropped. */
  readonly onBadMessage: (detail: string) => void;
  readonly onDrain: () => void;
  readonly onClose: (reason: CloseReason) => void;
}

/** Typed messages over one transport until it closes. What arrives before `begin` waits, in order. */
export class Connection {
  readonly #options: ConnectionOptions;
  #transport: Transport | undefined;
  /** What happened before the owner was ready for it; `undefined` once it is. */
  #early: (() => void)[] | undefined = [];

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Gets the transport. Rejects as the connector does. */
  async open(connector: Connector, signal: AbortSignal): Promise<void> {
    const { onDrain, onClose } = this.#options;
    const listener: TransportListener = {
      onMessage: (payload) => {
        if (this.#early === undefined) this.#received(payload);
        else this.#early.push(() => this.#received(payload));
      },
      onShared: (message) => {
        if (this.#early === undefined) this.#shared(message);
        else this.#early.push(() => this.#shared(message));
      },
      onDrain: () => this.#whenBegun(onDrain),
      onClose: (reason) => this.#whenBegun(() => onClose(reason)),
    };
    this.#transport = await connector.open(listener, signal);
  }

  /** The owner is ready: hands over what arrived so far, and from now on everything at once. */
  begin(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const happened of early) happened();
  }

  /** Sends one message. The value is false when the medium is congested; the error says why it cannot be encoded. */
  send(message: ToRenderer): Result<boolean, string> {
    const transport = this.#transport;
    if (transport === undefined) return err("the connection is not open");
    if (transport.share !== undefined && isShared(message)) {
      transport.share(message);
      return ok(true);
    }
    const payload = encodeMessage(message, this.#options.codec);
    return payload.ok ? ok(transport.send(payload.value)) : err(payload.error.message);
  }

  async close(reason: CloseReason): Promise<void> {
    await this.#transport?.close(reason);
  }

  #whenBegun(happened: () => void): void {
    if (this.#early === undefined) happened();
    else this.#early.push(happened);
  }

  #shared(message: SharedMessage): void {
    if (message.type === "event") this.#options.onMessage(message);
    else this.#options.onBadMessage(`${message.type} is no message of a renderer`);
  }

  #received(payload: Uint8Array | string): void {
    const decoded = decodeMessage(payload, "from-renderer", this.#options.codec);
    if (decoded.ok) {
      this.#options.onMessage(decoded.value);
      return;
    }
    const { error } = decoded;
    if ("message" in error) {
      this.#options.onBadMessage(error.message);
      return;
    }
    const place = error.path.length === 0 ? "the message" : error.path.join(".");
    this.#options.onBadMessage(`${place}: expected ${error.expected}, found ${error.found}`);
  }
}
