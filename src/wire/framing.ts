/**
 * Cuts a stream of bytes into messages and back. Two framings: `lines` for JSON (one message per line) and `length` for
 * MessagePack (four bytes of length, big end first, then the message).
 *
 * Bytes are kept as the chunks they came in until a message is complete. A message within one chunk is a view of it; one
 * that spans chunks is joined once. Only chunks under 1 KiB are gathered in blocks first, because a stream of single
 * bytes would otherwise cost fifty times its size in bookkeeping.
 */
import { err, ok, type Result } from "../base/result.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import { WireError } from "./wire-error.ts";

export type Framing = "lines" | "length";

/** Text from `lines`, bytes from `length`. */
export type Frame = string | Uint8Array;

export interface Frames {
  readonly frames: readonly Frame[];
  /** Fatal; the frames before it are good. Every later call gives the same error and no frames. */
  readonly error?: WireError;
}

export interface FrameReaderOptions {
  readonly maxBytes?: number;
}

const PREFIX_BYTES = 4;
const NEWLINE = 10;
/** Chunks under this size are gathered. */
const SMALL_CHUNK_BYTES = 1024;
/** The size of the blocks they are gathered in. */
const BLOCK_BYTES = 64 * 1024;

export class FrameReader {
  readonly #framing: Framing;
  readonly #maxBytes: number;
  readonly #pending = new ChunkList();
  #failure: WireError | undefined;

  constructor(framing: Framing, options: FrameReaderOptions = {}) {
    this.#framing = framing;
    this.#maxBytes = options.maxBytes ?? MAX_FRAME_BYTES;
  }

  /** Bytes of a message that is not complete. */
  get pendingBytes(): number {
    return this.#pending.size;
  }

  /** Takes the next bytes and returns the messages they complete. The chunk must not be changed afterwards. */
  push(chunk: Uint8Array): Frames {
    if (this.#failure !== undefined) return { frames: [], error: this.#failure };
    const frames: Frame[] = [];
    const failure = this.#framing === "lines" ? this.#readLines(chunk, frames) : this.#readLengths(chunk, frames);
    return this.#finish(frames, failure);
  }

  /** The stream has ended. A last line without newline is a message; an unfinished length frame is an error. */
  end(): Frames {
    if (this.#failure !== undefined) return { frames: [], error: this.#failure };
    const frames: Frame[] = [];
    if (this.#pending.size === 0) return { frames };
    if (this.#framing === "lines") return this.#finish(frames, this.#takeLine(frames));
    const detail = `the stream ended ${this.#pending.size} bytes into a frame`;
    return this.#finish(frames, new WireError("frame-truncated", detail));
  }

  #finish(frames: readonly Frame[], failure: WireError | undefined): Frames {
    if (failure === undefined) return { frames };
    this.#failure = failure;
    this.#pending.clear();
    return { frames, error: failure };
  }

  #readLines(chunk: Uint8Array, frames: Frame[]): WireError | undefined {
    let start = 0;
    while (start < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, start);
      const end = newline < 0 ? chunk.length : newline;
      if (this.#pending.size + end - start > this.#maxBytes)
        return tooLarge(this.#pending.size + end - start, this.#maxBytes);
      this.#pending.add(chunk.subarray(start, end));
      if (newline < 0) return undefined;
      const failure = this.#takeLine(frames);
      if (failure !== undefined) return failure;
      start = newline + 1;
    }
    return undefined;
  }

  #takeLine(frames: Frame[]): WireError | undefined {
    const text = decodeUtf8(this.#pending.takeAll());
    if (text === undefined) return new WireError("frame-invalid-utf8", "a line is not UTF-8");
    const line = text.trim();
    if (line !== "") frames.push(line);
    return undefined;
  }

  #readLengths(chunk: Uint8Array, frames: Frame[]): WireError | undefined {
    this.#pending.add(chunk);
    while (this.#pending.size >= PREFIX_BYTES) {
      const length = this.#pending.peekUint32();
      if (length === 0) return new WireError("frame-empty", "empty frame received");
      if (length > this.#maxBytes) return tooLarge(length, this.#maxBytes);
      if (this.#pending.size < PREFIX_BYTES + length) return undefined;
      this.#pending.skip(PREFIX_BYTES);
      frames.push(this.#pending.take(length));
    }
    return undefined;
  }
}

/** A message with what its framing needs around it, ready for a stream of bytes. */
export function encodeFrame(payload: Frame): Result<Uint8Array, WireError> {
  if (typeof payload === "string") {
    const line = encoder.encode(`${payload}\n`);
    if (line.length - 1 > MAX_FRAME_BYTES) return err(tooLarge(line.length - 1, MAX_FRAME_BYTES));
    if (payload.includes("\n")) {
      return err(new WireError("encode-unsupported-value", "a message on a line of its own cannot contain a newline"));
    }
    return ok(line);
  }
  if (payload.length === 0) return err(new WireError("frame-empty", "a frame cannot be empty"));
  if (payload.length > MAX_FRAME_BYTES) return err(tooLarge(payload.length, MAX_FRAME_BYTES));
  return ok(encodePacket(payload));
}

/** The bytes with their length in front. */
export function encodePacket(data: Uint8Array): Uint8Array {
  const packet = new Uint8Array(PREFIX_BYTES + data.length);
  new DataView(packet.buffer).setUint32(0, data.length);
  packet.set(data, PREFIX_BYTES);
  return packet;
}

export interface Packets {
  readonly packets: readonly Uint8Array[];
  /** What is left over: the beginning of the next packet. */
  readonly rest: Uint8Array;
  /** An empty or too long packet; `rest` begins with it. */
  readonly error?: WireError;
}

/** The complete packets at the beginning of `buffer`, as views of it. */
export function decodePackets(buffer: Uint8Array): Packets {
  const packets: Uint8Array[] = [];
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  let start = 0;
  while (buffer.length - start >= PREFIX_BYTES) {
    const length = view.getUint32(start);
    const rest = buffer.subarray(start);
    if (length === 0) return { packets, rest, error: new WireError("frame-empty", "empty frame received") };
    if (length > MAX_FRAME_BYTES) return { packets, rest, error: tooLarge(length, MAX_FRAME_BYTES) };
    if (rest.length < PREFIX_BYTES + length) break;
    packets.push(rest.subarray(PREFIX_BYTES, PREFIX_BYTES + length));
    start += PREFIX_BYTES + length;
  }
  return { packets, rest: buffer.subarray(start) };
}

const encoder = new TextEncoder();

function tooLarge(bytes: number, limit: number): WireError {
  return new WireError("frame-too-large", `a message of ${bytes} bytes or more is over the limit of ${limit}`, {
    detail: { bytes, limit },
  });
}

function decodeUtf8(pieces: readonly Uint8Array[]): string | undefined {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  try {
    const [only] = pieces;
    if (only !== undefined && pieces.length === 1) return decoder.decode(only);
    let text = "";
    for (const piece of pieces) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  } catch {
    // A fatal decoder throws for one reason only: the bytes are not UTF-8.
    return undefined;
  }
}

/** Bytes in the order they came, without having been put together. */
class ChunkList {
  #chunks: Uint8Array[] = [];
  /** Index of the first chunk that still has bytes, and where in it they begin. */
  #first = 0;
  #offset = 0;
  /** Filled part of the last chunk when it is a block for small chunks, else -1. */
  #filled = -1;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#size += chunk.length;
    // A chunk that finds nothing waiting is usually used up at once, so it is kept as it is.
    if (chunk.length < SMALL_CHUNK_BYTES && this.#size > chunk.length) {
      this.#gather(chunk);
      return;
    }
    this.#seal();
    this.#chunks.push(chunk);
  }

  clear(): void {
    this.#chunks = [];
    this.#first = 0;
    this.#offset = 0;
    this.#filled = -1;
    this.#size = 0;
  }

  /** The next four bytes as a number. There must be as many. */
  peekUint32(): number {
    let value = 0;
    let index = this.#first;
    let offset = this.#offset;
    for (let count = 0; count < PREFIX_BYTES; count += 1) {
      while (offset >= this.#lengthOf(index)) {
        index += 1;
        offset = 0;
      }
      value = value * 256 + (this.#chunks[index]?.[offset] ?? 0);
      offset += 1;
    }
    return value;
  }

  skip(count: number): void {
    let left = count;
    while (left > 0) left -= this.#advance(left).length;
  }

  /** The next bytes as one array: a view when they lie in one chunk. There must be as many. */
  take(count: number): Uint8Array {
    const head = this.#advance(count);
    if (head.length === count) return head;
    const joined = new Uint8Array(count);
    joined.set(head);
    let position = head.length;
    while (position < count) {
      const piece = this.#advance(count - position);
      joined.set(piece, position);
      position += piece.length;
    }
    return joined;
  }

  takeAll(): readonly Uint8Array[] {
    const pieces: Uint8Array[] = [];
    while (this.#size > 0) pieces.push(this.#advance(this.#size));
    return pieces;
  }

  #lengthOf(index: number): number {
    const isBlock = this.#filled >= 0 && index === this.#chunks.length - 1;
    return isBlock ? this.#filled : (this.#chunks[index]?.length ?? 0);
  }

  /** Gives up to `most` bytes of the first chunk. */
  #advance(most: number): Uint8Array {
    while (this.#offset >= this.#lengthOf(this.#first)) this.#dropFirst();
    const chunk = this.#chunks[this.#first] ?? new Uint8Array(0);
    const end = Math.min(this.#lengthOf(this.#first), this.#offset + most);
    const piece = chunk.subarray(this.#offset, end);
    this.#offset = end;
    this.#size -= piece.length;
    if (this.#size === 0) this.clear();
    return piece;
  }

  #dropFirst(): void {
    this.#first += 1;
    this.#offset = 0;
    // Shifting one at a time would move the whole list each time.
    if (this.#first > 64 && this.#first * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
  }

  #gather(chunk: Uint8Array): void {
    const block = this.#filled >= 0 ? this.#chunks[this.#chunks.length - 1] : undefined;
    if (block !== undefined && block.length - this.#filled >= chunk.length) {
      block.set(chunk, this.#filled);
      this.#filled += chunk.length;
      return;
    }
    this.#seal();
    const fresh = new Uint8Array(BLOCK_BYTES);
    fresh.set(chunk);
    this.#chunks.push(fresh);
    this.#filled = chunk.length;
  }

  /** Ends the block, so that a chunk can follow it. */
  #seal(): void {
    if (this.#filled < 0) return;
    const last = this.#chunks.length - 1;
    const block = this.#chunks[last];
    if (block !== undefined) this.#chunks[last] = block.subarray(0, this.#filled);
    this.#filled = -1;
  }
}
