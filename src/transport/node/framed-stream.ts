import type { Readable, Writable } from "node:stream";
import { assert } from "../../base/assert.ts";
import type { Codec } from "../../bridge/transport.ts";
import { encodeFrame, FrameReader, type Frames } from "../../wire/framing.ts";

/** Several snapshots of a large app; a pipe to a process on the same machine empties in milliseconds. */
const HIGH_WATER_BYTES = 4 * 1024 * 1024;

type Write = (chunk: Uint8Array | string, callback: (error?: Error | null) => void) => boolean;

export interface FramedStreamOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** How to write to `output`; default is its own `write`. */
  readonly writeOutput?: Write;
  readonly codec: Codec;
  readonly highWaterBytes?: number;
  readonly onMessage: (payload: Uint8Array | string) => void;
  readonly onDrain: () => void;
  /** The input holds no frames. Nothing is read after this. */
  readonly onBadFraming: (detail: string) => void;
}

/** Messages over a pair of byte streams: cuts frames out of the input and puts them around the output. */
export class FramedStream {
  readonly #options: FramedStreamOptions;
  readonly #reader: FrameReader;
  readonly #write: Write;
  readonly #highWaterBytes: number;
  #bufferedBytes = 0;
  #isCongested = false;
  #isBroken = false;

  constructor(options: FramedStreamOptions) {
    this.#options = options;
    this.#reader = new FrameReader(options.codec === "json" ? "lines" : "length");
    this.#highWaterBytes = options.highWaterBytes ?? HIGH_WATER_BYTES;
    const { input, output } = options;
    this.#write = options.writeOutput ?? ((chunk, callback) => output.write(chunk, callback));
    input.on("data", (chunk: Buffer) => {
      if (!this.#isBroken) this.#received(this.#reader.push(chunk));
    });
    // An unfinished message at the end is part of how the other end went away, which its owner reports.
    input.on("end", () => {
      if (!this.#isBroken) this.#received({ frames: this.#reader.end().frames });
    });
    input.on("error", () => {
      // The owner of the streams notices the end; a broken pipe has no more to tell.
    });
    output.on("error", () => {
      // As above: writing to a process that is gone fails before its exit is reported.
    });
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  write(payload: Uint8Array | string): boolean {
    const { output } = this.#options;
    if (output.destroyed || output.writableEnded) return true;
    const frame = encodeFrame(payload);
    // Payloads come from our encoder, which has the same limits.
    assert(frame.ok, "an encoded message fits its frame");
    const { length } = frame.value;
    this.#bufferedBytes += length;
    this.#write(frame.value, () => this.#written(length));
    if (this.#bufferedBytes <= this.#highWaterBytes) return true;
    this.#isCongested = true;
    return false;
  }

  /** Ends the output, after what was written. */
  end(): void {
    const { output } = this.#options;
    if (!output.destroyed && !output.writableEnded) output.end();
  }

  destroy(): void {
    this.#isBroken = true;
    this.#options.input.destroy();
    this.#options.output.destroy();
  }

  #received({ frames, error }: Frames): void {
    for (const payload of frames) {
      if (this.#isBroken) return;
      this.#options.onMessage(payload);
    }
    if (error === undefined || this.#isBroken) return;
    this.#isBroken = true;
    this.#options.onBadFraming(error.message);
  }

  #written(bytes: number): void {
    this.#bufferedBytes -= bytes;
    if (!this.#isCongested || this.#bufferedBytes > 0) return;
    this.#isCongested = false;
    this.#options.onDrain();
  }
}
