import { PlushieError } from "../base/error.ts";

/**
 * Carries bytes or text frames; knows no protocol. One transport is one connection attempt that succeeded; it is never
 * reused after it closed.
 */
export interface Transport {
  /**
   * Sends one complete message payload (no length prefix, no newline; the transport adds what its medium needs).
   * Returns false when the medium is congested; `onDrain` follows once. After close it does nothing.
   */
  send(payload: Uint8Array | string): boolean;
  /** Bytes accepted and not yet handed to the medium. */
  readonly bufferedBytes: number;
  /** Ends it. Idempotent. Resolves when the medium is gone; `onClose` has been called by then. */
  close(reason?: CloseReason): Promise<void>;
}

/** Called by the transport. `onClose` exactly once, and nothing after it. */
export interface TransportListener {
  /** One complete message payload, in order. Text for JSON, bytes for MessagePack. */
  onMessage(payload: Uint8Array | string): void;
  onDrain(): void;
  onClose(reason: CloseReason): void;
}

export type CloseReason =
  /** Ended on purpose, by us or in an orderly way by the other side (exit status 0, WebSocket 1000/1001). */
  | { readonly kind: "shutdown"; readonly detail?: string; readonly closeCode?: number }
  /** The renderer process ended with a failure. */
  | { readonly kind: "crash"; readonly detail?: string; readonly exitCode?: number; readonly signal?: string }
  | { readonly kind: "connection-lost"; readonly detail?: string; readonly closeCode?: number }
  /** Bytes that are no frames, or a frame over the limit. */
  | { readonly kind: "bad-framing"; readonly detail?: string; readonly closeCode?: number }
  | { readonly kind: "heartbeat-timeout"; readonly detail?: string };

export type Codec = "json" | "msgpack";

/**
 * Where connections come from. The bridge calls `open` for the first connection and for every restart, and owns the
 * transport it gets. `signal` aborts a pending open.
 */
export interface Connector {
  readonly codec: Codec;
  /** False when there is one connection and no second one, as with our own standard streams. Absent means true. */
  readonly canReopen?: boolean;
  /**
   * Rejects with a `TransportError`; `isFatal` on it means no other attempt makes sense. The listener may be called
   * before the promise resolves.
   */
  open(listener: TransportListener, signal: AbortSignal): Promise<Transport>;
}

export type TransportErrorCode =
  /** Nothing to connect to: no such program, no such address, no adapter. */
  | "transport-not-found"
  /** The other end refused or ended the connection while it was being opened. */
  | "transport-open-failed"
  /** `signal` was aborted before the connection was there. */
  | "transport-open-aborted"
  /** A second `open` of a connector that has only one connection. */
  | "transport-not-reopenable";

/** Why a connector could not open a connection. `isFatal` means that trying again makes no sense. */
export class TransportError extends PlushieError<TransportErrorCode> {
  readonly isFatal: boolean;

  constructor(
    code: TransportErrorCode,
    message: string,
    options: { readonly isFatal?: boolean; readonly cause?: unknown } = {},
  ) {
    super(code, message, options.cause === undefined ? {} : { cause: options.cause });
    this.isFatal = options.isFatal ?? false;
  }
}
