/** Between two messages on the debugging pipe. */
const END = 0;

/** Cuts what comes through the debugging pipe into its messages: texts, each with a NUL behind it. */
export class PipeFrames {
  readonly #maxBytes: number;
  #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The messages that are complete now; `undefined` when one is larger than allowed, after which nothing can be read. */
  push(chunk: Uint8Array): readonly string[] | undefined {
    const texts: string[] = [];
    let start = 0;
    for (let end = chunk.indexOf(END); end >= 0; end = chunk.indexOf(END, start)) {
      if (!this.#keep(chunk.subarray(start, end))) return undefined;
      texts.push(this.#take());
      start = end + 1;
    }
    return this.#keep(chunk.subarray(start)) ? texts : undefined;
  }

  #keep(part: Uint8Array): boolean {
    if (part.length > 0) this.#parts.push(part);
    this.#bytes += part.length;
    return this.#bytes <= this.#maxBytes;
  }

  #take(): string {
    const text = Buffer.concat(this.#parts).toString("utf8");
    this.#parts = [];
    this.#bytes = 0;
    return text;
  }
}
