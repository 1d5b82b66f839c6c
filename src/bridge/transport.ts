import { PlushieError } from "../base/error.ts";
import type { FromRenderer, ToRenderer } from "../protocol/index.ts";

/**
 * What may pass as it is between two ends in one program: trees and events, plain data by construction that neither end
 * changes. Everything else carries values that the app has made, and goes through its text.
 */
export type SharedMessage =
  | Extract<ToRenderer, { type: "snapshot" | "patch" }>
  | Extract<FromRenderer, { type: "event" }>;

export function isShared(message: ToRenderer | FromRenderer): message is SharedMessage {
  return message.type === "patch" || message.type === "snapshot" || message.type === "event";
}

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
  /** Hands a message over without encoding it, in order with `send`. Absent when there is a medium in between. */
  share?(message: SharedMessage): void;
  /** Bytes accepted and not yet handed to the medium. */
  readonly bufferedBytes: number;
  /** Ends it. Idempotent. Resolves when the medium is gone; `onClose` has been called by then. */
  close(reason?: CloseReason): Promise<void>;
}

/** Called by the transport. `onClose` exactly once, and nothing after it. */
export interface TransportListener {
  /** One complete message payload, in order. Text for JSON, bytes for MessagePack. */
  onMessage(payload: Uint8Array | string): void;
  /** A message that was handed over; only from transports that have `share`. */
  onShared?(message: SharedMessage): void;
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

export interface CloseCode {
  readonly code: number;
  /** Connecting again may help. */
  readonly canRetry: boolean;
}

/** Every reason a server has for closing a WebSocket, with its code. Both ends use this table. */
export const CLOSE_CODES = {
  /** The app ended. */
  "app-ended": { code: 1000, canRetry: false },
  "server-stopping": { code: 1001, canRetry: true },
  "message-too-large": { code: 1009, canRetry: true },
  "renderer-restart": { code: 1012, canRetry: true },
  idle: { code: 4001, canRetry: false },
  "slow-reader": { code: 4002, canRetry: true },
  "room-full": { code: 4003, canRetry: false },
  "bad-message": { code: 4004, canRetry: true },
  /** Another connection uses the same session now. */
  "taken-over": { code: 4005, canRetry: false },
  "no-answer": { code: 4006, canRetry: true },
  "app-failed": { code: 4007, canRetry: false },
  "rate-limited": { code: 4029, canRetry: true },
  unauthorized: { code: 4401, canRetry: false },
} as const satisfies Record<string, CloseCode>;

export type CloseCodeName = keyof typeof CLOSE_CODES;

/** The name of a close code; `undefined` for one that is not ours. */
export function closeCodeName(code: number): CloseCodeName | undefined {
  for (const name in CLOSE_CODES) {
    if (isCloseCodeName(name) && CLOSE_CODES[name].code === code) return name;
  }
  return undefined;
}

/** Whether connecting again may help after a close with this code. Codes of networks and proxies may always be retried. */
export function canRetryAfter(code: number): boolean {
  const name = closeCodeName(code);
  return name === undefined || CLOSE_CODES[name].canRetry;
}

/** What a WebSocket's close means for a transport. */
export function closeReasonFor(code: number, text: string): CloseReason {
  const detail = text === "" ? `close code ${code}` : text;
  switch (code) {
    case 1000:
    case 1001:
      return { kind: "shutdown", detail, closeCode: code };
    // Protocol error, unsupported data, invalid text, too large.
    case 1002:
    case 1003:
    case 1007:
    case 1009:
      return { kind: "bad-framing", detail, closeCode: code };
    default:
      return { kind: "connection-lost", detail, closeCode: code };
  }
}

/** The code that tells the other end why we close. */
export function closeCodeFor(reason: CloseReason): number {
  if (reason.kind !== "crash" && reason.kind !== "heartbeat-timeout" && reason.closeCode !== undefined) {
    return reason.closeCode;
  }
  switch (reason.kind) {
    case "shutdown":
      return reason.detail === "restart" ? CLOSE_CODES["renderer-restart"].code : CLOSE_CODES["app-ended"].code;
    case "bad-framing":
      return CLOSE_CODES["bad-message"].code;
    case "heartbeat-timeout":
      return CLOSE_CODES["no-answer"].code;
    default:
      return CLOSE_CODES["renderer-restart"].code;
  }
}

function isCloseCodeName(name: string): name is CloseCodeName {
  return Object.hasOwn(CLOSE_CODES, name);
}
