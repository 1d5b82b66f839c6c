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
  maxPendingBytes: 16 * MEBIBYTE,
  keepaliveMs: 25_000,
  missedKeepalives: 2,
  closeGraceMs: 2_000,
};
