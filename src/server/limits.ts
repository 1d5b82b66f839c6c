import { CLOSE_CODES, type CloseCodeName } from "../bridge/transport.ts";

/** What one server takes from its clients. Every number has its reason here. */
export interface ServerLimits {
  /** Bytes of one inbound message. Pasted text and canvas events fit many times over; a page never sends images. */
  readonly maxMessageBytes: number;
  /** Inbound messages per second and connection: a pointer at 60 Hz, and as much again for keys and answers. */
  readonly messagesPerSecond: number;
  /** How many may come at once: a page that was asleep delivers what it held back. */
  readonly messageBurst: number;
  /** Inbound bytes per second and connection. */
  readonly bytesPerSecond: number;
  /** Must exceed `maxMessageBytes`, or a permitted message would be over the rate. */
  readonly byteBurst: number;
  /** Upgrades per second and address, so that a loop of reconnects does not start a runtime each time. */
  readonly joinsPerSecond: number;
  readonly joinBurst: number;
  /** Sessions at once. A runtime with a hundred nodes costs about 50 kB, so this is some 50 MB. */
  readonly maxSessions: number;
  /** Sessions at once of one cookie, so that one person cannot take all. */
  readonly maxSessionsPerIdentity: number;
  /** Time without a message after which a connection is closed; forgotten tabs must not hold a runtime for ever. */
  readonly idleMs: number;
  /** Proxies drop connections that are silent for 60 s; a ping in half that time keeps them. */
  readonly pingMs: number;
  /** Pings without an answer before the connection counts as dead. */
  readonly missedPings: number;
  /** How long a session's runtime waits for its page to come back: a reload, a tunnel, a sleeping laptop's Wi-Fi. */
  readonly graceMs: number;
  /** Outbound bytes on their way above which patches are left out until everything was read. */
  readonly congestedBytes: number;
  /** Outbound bytes that may stay on their way for `slowMs`; beyond that the connection is closed. */
  readonly slowBytes: number;
  readonly slowMs: number;
  /** How long a closing connection may take to confirm. */
  readonly closeGraceMs: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_LIMITS: ServerLimits = {
  maxMessageBytes: MEBIBYTE,
  messagesPerSecond: 120,
  messageBurst: 240,
  bytesPerSecond: 256 * 1024,
  byteBurst: 2 * MEBIBYTE,
  joinsPerSecond: 2,
  joinBurst: 20,
  maxSessions: 1_000,
  maxSessionsPerIdentity: 50,
  idleMs: 12 * 60 * 60 * 1_000,
  pingMs: 25_000,
  missedPings: 2,
  graceMs: 60_000,
  congestedBytes: 256 * 1024,
  slowBytes: MEBIBYTE,
  slowMs: 10_000,
  closeGraceMs: 2_000,
};

/** What the other end is told when the server closes a connection. The codes are in `CLOSE_CODES`. */
export const CLOSE_TEXTS: Readonly<Record<CloseCodeName, string>> = {
  "app-ended": "the app ended",
  "app-failed": "the app failed",
  "server-stopping": "server stopping",
  "message-too-large": "message too large",
  "renderer-restart": "connect again",
  idle: "idle for too long",
  "slow-reader": "reading too slowly",
  "room-full": "room full",
  "bad-message": "bad message",
  "taken-over": "opened elsewhere",
  "no-answer": "no answer",
  "rate-limited": "too many messages",
  unauthorized: "not signed in",
};

export function closeCodeOf(name: CloseCodeName): number {
  return CLOSE_CODES[name].code;
}
