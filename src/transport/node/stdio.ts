import type { Readable, Writable } from "node:stream";
import {
  type CloseReason,
  type Codec,
  type Connector,
  type Transport,
  TransportError,
  type TransportListener,
} from "../../bridge/transport.ts";
import { FramedStream } from "./framed-stream.ts";

export interface StdioOptions {
  readonly codec?: Codec;
  readonly input?: Readable;
  readonly output?: Writable;
  /** Where everything else goes that would be written to `output` (`console.log`, a library's banner). */
  readonly diversion?: Writable;
}

/**
 * Talks to the renderer that started us, over our own standard streams. While it is open, nothing but protocol reaches
 * the output: other writers are diverted to standard error. There is one connection; when the input ends, it is over.
 */
export function createStdioConnector(options: StdioOptions = {}): Connector {
  const codec = options.codec ?? "msgpack";
  let isOpened = false;
  return {
    codec,
    canReopen: false,
    async open(listener, signal) {
      if (signal.aborted) throw new TransportError("transport-open-aborted", "The open was aborted.");
      if (isOpened) {
        const text = "The standard streams were used up by the first connection.";
        throw new TransportError("transport-not-reopenable", text, { isFatal: true });
      }
      isOpened = true;
      return new StdioTransport(options, codec, listener);
    },
  };
}

class StdioTransport implements Transport {
  readonly #listener: TransportListener;
  readonly #input: Readable;
  readonly #stream: FramedStream;
  readonly #restoreOutput: () => void;
  readonly #onInputEnd = (): void => this.#end({ kind: "shutdown", detail: "end of input" });
  #isOpen = true;

  constructor(options: StdioOptions, codec: Codec, listener: TransportListener) {
    this.#listener = listener;
    this.#input = options.input ?? process.stdin;
    const output = options.output ?? process.stdout;
    const diverted = divert(output, options.diversion ?? process.stderr);
    this.#restoreOutput = diverted.restore;
    this.#stream = new FramedStream({
      input: this.#input,
      output,
      writeOutput: diverted.write,
      codec,
      onMessage: (payload) => {
        if (this.#isOpen) listener.onMessage(payload);
      },
      onDrain: () => {
        if (this.#isOpen) listener.onDrain();
      },
      onBadFraming: (detail) => this.#end({ kind: "bad-framing", detail }),
    });
    this.#input.once("end", this.#onInputEnd);
    this.#input.once("close", this.#onInputEnd);
  }

  get bufferedBytes(): number {
    return this.#isOpen ? this.#stream.bufferedBytes : 0;
  }

  send(payload: Uint8Array | string): boolean {
    return this.#isOpen ? this.#stream.write(payload) : true;
  }

  async close(reason: CloseReason = { kind: "shutdown" }): Promise<void> {
    this.#end(reason);
  }

  #end(reason: CloseReason): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#input.off("end", this.#onInputEnd);
    this.#input.off("close", this.#onInputEnd);
    this.#restoreOutput();
    // Both streams are given up: an open standard input would keep the process alive for ever.
    this.#stream.end();
    this.#input.destroy();
    this.#listener.onClose(reason);
  }
}

type Write = (chunk: Uint8Array | string, callback: (error?: Error | null) => void) => boolean;

/** Sends what others write to `output` elsewhere; returns the way that is left for us. */
function divert(output: Writable, elsewhere: Writable): { readonly write: Write; readonly restore: () => void } {
  const original = output.write;
  const diverted: typeof output.write = (
    chunk: unknown,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ) =>
    typeof encoding === "function"
      ? elsewhere.write(chunk, encoding)
      : elsewhere.write(chunk, encoding ?? "utf8", callback);
  output.write = diverted;
  return {
    write: (chunk, callback) => original.call(output, chunk, "utf8", callback),
    restore: () => {
      if (output.write === diverted) output.write = original;
    },
  };
}
