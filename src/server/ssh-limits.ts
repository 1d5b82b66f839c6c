import { DEFAULT_LIMITS } from "./limits.ts";

/** What an SSH server takes from its clients. Every number has its reason here. */
export interface SshLimits {
  /** Connections at once, signed in or not. Each costs about 25 kB and a runtime. */
  readonly maxConnections: number;
  /** One window per connection; more are for clients that share a connection between several. */
  readonly maxChannelsPerConnection: number;
  /** Refused attempts after which a connection is closed: an agent offers its keys one after another. */
  readonly maxAuthAttempts: number;
  /** How long a connection may be without a channel. Includes typing the passphrase of a key. */
  readonly channelMs: number;
  /** Bytes of one inbound message: a screenshot of a large screen fits. */
  readonly maxFrameBytes: number;
  /** Inbound messages per second and channel, and how many may come at once; as for browsers. */
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  /** Inbound bytes per second and channel. */
  readonly bytesPerSecond: number;
  /** Must exceed `maxFrameBytes`, or a permitted message would be over the rate. */
  readonly byteBurst: number;
  /** New channels per second and key, so that a loop of reconnects does not start a runtime each time. */
  readonly joinsPerSecond: number;
  readonly joinBurst: number;
  /** Outbound bytes that may wait for a slow reader; several snapshots of a large app. */
  readonly maxPendingBytes: number;
  /** Silence after which the client is asked for a sign of life; under the minute after which routers forget. */
  readonly keepaliveMs: number;
  /** Questions without an answer before the connection counts as dead. */
  readonly missedKeepalives: number;
  /** How long a closing channel or connection may take to confirm. */
  readonly closeGraceMs: number;
}

const MEBIBYTE = 1024 * 1024;

export const DEFAULT_SSH_LIMITS: SshLimits = {
  maxConnections: 200,
  maxChannelsPerConnection: 1,
  maxAuthAttempts: 10,
  channelMs: 60_000,
  maxFrameBytes: 16 * MEBIBYTE,
  messagesPerSecond: DEFAULT_LIMITS.messagesPerSecond,
  messageBurst: DEFAULT_LIMITS.messageBurst,
  bytesPerSecond: DEFAULT_LIMITS.bytesPerSecond,
  byteBurst: 32 * MEBIBYTE,
  joinsPerSecond: DEFAULT_LIMITS.joinsPerSecond,
  joinBurst: DEFAULT_LIMITS.joinBurst,
  maxPendingBytes: 16 * MEBIBYTE,
  keepaliveMs: 25_000,
  missedKeepalives: 2,
  closeGraceMs: 2_000,
};
