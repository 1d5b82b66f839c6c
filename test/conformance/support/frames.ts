// The suite's own framing, independent of the one under test: bytes of the renderer's output become payloads.

import { createCodec } from "../../../src/wire/index.ts";
import type { Codec } from "./target.ts";

/** Deeper than any renderer accepts, so that the suite can also send what has to be refused. */
const NESTING = { maxNesting: 4096 };
const codecs = { json: createCodec("json", NESTING), msgpack: createCodec("msgpack", NESTING) };

const NEWLINE = 0x0a;
const PREFIX_BYTES = 4;

export function encodeFrame(message: unknown, codec: Codec): Buffer {
  const payload = codecs[codec].encode(message);
  if (!payload.ok) throw payload.error;
  return frame(payload.value, codec);
}

/** A payload with the delimiter of its codec. */
export function frame(payload: string | Uint8Array, codec: Codec): Buffer {
  const bytes = typeof payload === "string" ? Buffer.from(payload) : Buffer.from(payload);
  if (codec === "json") return Buffer.concat([bytes, Buffer.of(NEWLINE)]);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(bytes.length);
  return Buffer.concat([prefix, bytes]);
}

export class FrameReader {
  readonly #codec: Codec;
  #pieces: Buffer[] = [];
  #size = 0;
  #wanted = 0;

  constructor(codec: Codec) {
    this.#codec = codec;
  }

  /** Bytes of a message that is not complete yet. */
  get rest(): number {
    return this.#size;
  }

  read(chunk: Buffer): unknown[] {
    this.#pieces.push(chunk);
    this.#size += chunk.length;
    if (this.#codec === "json" ? !chunk.includes(NEWLINE) : this.#size < this.#wanted) return [];
    let buffer = Buffer.concat(this.#pieces);
    const messages: unknown[] = [];
    for (;;) {
      const next = this.#codec === "json" ? lineOf(buffer) : packetOf(buffer);
      if (next === undefined) break;
      messages.push(this.#decode(next.payload));
      buffer = buffer.subarray(next.end);
    }
    this.#pieces = [buffer];
    this.#size = buffer.length;
    this.#wanted = this.#codec === "msgpack" && this.#size >= PREFIX_BYTES ? PREFIX_BYTES + buffer.readUInt32BE(0) : 0;
    return messages;
  }

  #decode(payload: Buffer): unknown {
    if (this.#codec === "json") return JSON.parse(payload.toString());
    const value = codecs.msgpack.decode(payload);
    if (!value.ok) throw value.error;
    return value.value;
  }
}

function lineOf(buffer: Buffer): { payload: Buffer; end: number } | undefined {
  const end = buffer.indexOf(NEWLINE);
  return end < 0 ? undefined : { payload: buffer.subarray(0, end), end: end + 1 };
}

function packetOf(buffer: Buffer): { payload: Buffer; end: number } | undefined {
  if (buffer.length < PREFIX_BYTES) return undefined;
  const end = PREFIX_BYTES + buffer.readUInt32BE(0);
  return buffer.length < end ? undefined : { payload: buffer.subarray(PREFIX_BYTES, end), end };
}
