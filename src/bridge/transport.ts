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
  | { readonly kind: "shutdown"; readonly detail?: string }
  /** The renderer process ended with a failure. */
  | { readonly kind: "crash"; readonly detail?: string; readonly exitCode?: number; readonly signal?: string }
  | { readonly kind: "connection-lost"; readonly detail?: string }
  /** Bytes that are no frames, or a frame over the limit. */
  | { readonly kind: "bad-framing"; readonly detail?: string }
  | { readonly kind: "heartbeat-timeout"; readonly detail?: string };

export type Codec = "json" | "msgpack";

/**
 * Where connections come from. The bridge calls `open` for the first connection and for every restart, and owns the
 * transport it gets. `signal` aborts a pending open.
 */
export interface Connector {
  readonly codec: Codec;
  /** Rejects with a `TransportError`; `isFatal` on it means no other attempt makes sense. */
  open(listener: TransportListener, signal: AbortSignal): Promise<Transport>;
}
