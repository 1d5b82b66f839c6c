import type { Duplex } from "node:stream";
import { assert } from "../../base/assert.ts";
import { type Cancel, type Clock, systemClock } from "../../base/clock.ts";
import type { IostreamAdapter, IostreamBridge } from "../../bridge/iostream.ts";
import { MAX_FRAME_BYTES } from "../../protocol/limits.ts";
import { encodePacket, FrameReader } from "../../wire/framing.ts";

/** The reason a bridge is given when the channel is gone. */
export const SSH_CLOSED = "ssh_closed";

/** How long a channel may take to close after its end was sent. */
const CLOSE_GRACE_MS = 2_000;

/** The server's end of a channel, as `ssh2` gives it. */
export interface SshChannel extends Duplex {
  readonly stderr: { write(text: string): unknown };
  exit(status: number): void;
}

export interface SshAdapterOptions {
  /** Bytes of one inbound message; default is what the protocol allows. */
  readonly maxFrameBytes?: number;
  /** Outbound bytes that may wait for a slow reader before the channel is closed; default one message of full size. */
  readonly maxPendingBytes?: number;
  readonly closeGraceMs?: number;
  readonly clock?: Clock;
  /** Asked for each inbound message, with its size: false closes the channel, because it was one too many. */
  readonly accepts?: (bytes: number) => boolean;
  /** The channel is over, for whatever reason. Called once. */
  readonly onEnd?: () => void;
  /** The channel was closed because of what the other end did. */
  readonly onCut?: (reason: string) => void;
}

/**
 * Carries MessagePack messages over one SSH channel, each with four bytes of length in front. Nothing is read before a
 * bridge has registered: what the client says until then waits in the channel's window.
 */
export class SshAdapter implements IostreamAdapter {
  readonly #channel: SshChannel;
  readonly #options: SshAdapterOptions;
  readonly #clock: Clock;
  readonly #reader: FrameReader;
  readonly #maxPendingBytes: number;
  readonly #closed: Promise<void>;
  #resolveClosed: () => void = () => {};
  #state: "open" | "closing" | "closed" = "open";
  #bridge: IostreamBridge | undefined;
  #cancelGrace: Cancel | undefined;
  #hasEnded = false;

  constructor(channel: SshChannel, options: SshAdapterOptions = {}) {
    this.#channel = channel;
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#reader = new FrameReader("length", { maxBytes: options.maxFrameBytes ?? MAX_FRAME_BYTES });
    this.#maxPendingBytes = options.maxPendingBytes ?? MAX_FRAME_BYTES;
    this.#closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    channel.on("drain", () => {
      if (this.#state === "open") this.#bridge?.drained();
    });
    // A subsystem stays open after the client's end of input; a renderer that says no more is gone.
    channel.on("end", () => this.#finish(0));
    channel.on("close", () => this.gone());
    channel.on("error", () => this.gone());
  }

  /** Resolves when the channel is gone. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  register(bridge: IostreamBridge): void {
    this.#bridge = bridge;
    if (this.#state !== "open") {
      bridge.closed(SSH_CLOSED);
      return;
    }
    this.#channel.on("data", (chunk: Buffer) => this.#received(chunk));
  }

  send(payload: Uint8Array | string): boolean {
    assert(typeof payload !== "string", "SSH channels carry MessagePack");
    if (this.#state !== "open") return true;
    const isFlowing = this.#channel.write(encodePacket(payload));
    if (this.#channel.writableLength > this.#maxPendingBytes) this.#cut("the client reads too slowly");
    return isFlowing;
  }

  close(): Promise<void> {
    this.#finish(0);
    return this.#closed;
  }

  /** Closes the channel with a sentence for the person at the other end. */
  refuse(text: string): void {
    this.#finish(1, text);
  }

  /** The channel or its connection is no more. Safe to call again. */
  gone(): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#cancelGrace?.();
    this.#ended();
    this.#resolveClosed();
  }

  #received(chunk: Buffer): void {
    if (this.#state !== "open") return;
    const { frames, error } = this.#reader.push(chunk);
    for (const frame of frames) {
      if (this.#state !== "open") return;
      if (this.#options.accepts?.(frame.length) === false) {
        this.#cut("too many messages");
        return;
      }
      this.#bridge?.data(frame);
    }
    if (error !== undefined && this.#state === "open") this.#cut(error.message);
  }

  #cut(reason: string): void {
    this.#options.onCut?.(reason);
    this.#finish(1, `closed: ${reason}`);
  }

  #finish(status: number, text?: string): void {
    if (this.#state !== "open") return;
    this.#state = "closing";
    if (text !== undefined) this.#channel.stderr.write(`plushie: ${text}\r\n`);
    // Without a status, before the end, OpenSSH reports 255.
    this.#channel.exit(status);
    this.#channel.end();
    // What the client still sends is thrown away, so that its close can be seen behind it.
    this.#channel.resume();
    this.#cancelGrace = this.#clock.after(this.#options.closeGraceMs ?? CLOSE_GRACE_MS, () => {
      this.#channel.destroy();
      this.gone();
    });
    this.#ended();
  }

  #ended(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#bridge?.closed(SSH_CLOSED);
    this.#options.onEnd?.();
  }
}
