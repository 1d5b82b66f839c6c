import type { Writable } from "node:stream";
import { type Logger, messageOf } from "../../base/index.ts";
import { type FromRenderer, MAX_OUTPUT_QUEUE } from "../../protocol/index.ts";
import { type CodecName, encodeFrame, encodeMessage } from "../../wire/index.ts";

/** Pictures and trees are large: this much may wait for the host whatever the number of messages. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** How long the last messages may take when everything is over and the host does not read. */
const LAST_WRITE_MS = 1_000;

export interface RendererOutputOptions {
  readonly stream: Writable;
  readonly logger: Logger;
  /** There is room again. */
  readonly onDrain: () => void;
  /** Nobody reads any more. */
  readonly onBroken: () => void;
  /** This message cannot be sent in the codec, ever. */
  readonly onUnsendable: (message: FromRenderer, reason: string) => void;
}

/** Messages on their way to the host. Says when too many wait, so that its owner stops taking in more. */
export class RendererOutput {
  readonly #options: RendererOutputOptions;
  #codec: CodecName = "json";
  #waiting = 0;
  #waitingBytes = 0;
  #isFull = false;
  #isBroken = false;

  constructor(options: RendererOutputOptions) {
    this.#options = options;
    options.stream.on("error", (error) => this.#broke(error));
    options.stream.on("close", () => this.#broke(undefined));
  }

  set codec(codec: CodecName) {
    this.#codec = codec;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  send(message: FromRenderer): void {
    if (this.#isBroken) return;
    const payload = encodeMessage(message, this.#codec);
    const frame = payload.ok ? encodeFrame(payload.value) : payload;
    if (!frame.ok) {
      this.#options.onUnsendable(message, frame.error.message);
      return;
    }
    const { length } = frame.value;
    this.#waiting += 1;
    this.#waitingBytes += length;
    if (this.#waiting >= MAX_OUTPUT_QUEUE || this.#waitingBytes >= MAX_WAITING_BYTES) this.#isFull = true;
    this.#options.stream.write(frame.value, () => this.#written(length));
  }

  /** Resolves when everything is with the system, or nobody takes it. Nothing may be sent afterwards. */
  close(): Promise<void> {
    const { stream } = this.#options;
    if (this.#isBroken || stream.destroyed) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, LAST_WRITE_MS);
      stream.end(() => {
        clearTimeout(timer);
        resolve();
      });
      stream.once("close", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #written(bytes: number): void {
    this.#waiting -= 1;
    this.#waitingBytes -= bytes;
    if (!this.#isFull || this.#waiting > MAX_OUTPUT_QUEUE / 2 || this.#waitingBytes > MAX_WAITING_BYTES / 2) return;
    this.#isFull = false;
    this.#options.onDrain();
  }

  #broke(error: Error | undefined): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    if (error !== undefined) {
      this.#options.logger({ level: "info", code: "output-closed", message: `the host hung up: ${messageOf(error)}` });
    }
    this.#options.onBroken();
  }
}
