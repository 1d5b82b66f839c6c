import { err, type Result } from "../base/result.ts";
import { MAX_FRAME_BYTES, MAX_NESTING } from "../protocol/limits.ts";
import type { Frame } from "./framing.ts";
import { createJsonCodec, tooLarge } from "./json-codec.ts";
import { decodeMessagePack } from "./msgpack-decode.ts";
import { encodeMessagePack } from "./msgpack-encode.ts";
import { WireError } from "./wire-error.ts";

export type CodecName = "json" | "msgpack";

/** Turns plain values into message payloads and back. Both codecs carry the same values and refuse the same ones. */
export interface MessageCodec {
  readonly name: CodecName;
  /** Text for JSON, bytes for MessagePack, without framing. */
  encode(value: unknown): Result<Frame, WireError>;
  /** Plain data that nobody has looked at yet. Bytes are fine for JSON too. */
  decode(payload: Frame): Result<unknown, WireError>;
}

export interface CodecOptions {
  /** Both ends have to agree on more than the default; upstream renderers do not. */
  readonly maxNesting?: number;
}

const OPEN_BRACE = 0x7b;

export function createCodec(name: CodecName, options: CodecOptions = {}): MessageCodec {
  const maxNesting = options.maxNesting ?? MAX_NESTING;
  return name === "json" ? createJsonCodec(maxNesting) : messagePackCodec(maxNesting);
}

/** What the first byte of a connection says about its codec. No white space may come before it. */
export function detectCodec(firstByte: number): CodecName {
  return firstByte === OPEN_BRACE ? "json" : "msgpack";
}

function messagePackCodec(maxNesting: number): MessageCodec {
  return {
    name: "msgpack",
    encode(value) {
      const bytes = encodeMessagePack(value, maxNesting);
      return bytes.ok && bytes.value.length > MAX_FRAME_BYTES ? err(tooLarge()) : bytes;
    },
    decode(payload) {
      if (typeof payload !== "string") return decodeMessagePack(payload, maxNesting);
      return err(new WireError("decode-wrong-frame", "a text frame where MessagePack was agreed on"));
    },
  };
}
