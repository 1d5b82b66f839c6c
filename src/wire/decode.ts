/** Where unknown data ends: payloads become messages here, or a reason why not. */
import { ok, type Result } from "../base/result.ts";
import {
  type DecodeError,
  decodeFromRenderer,
  decodeToRenderer,
  type FromRenderer,
  type ToRenderer,
} from "../protocol/index.ts";
import { type CodecName, createCodec } from "./codec.ts";
import type { Frame } from "./framing.ts";
import { sentPart } from "./json-messages.ts";
import { readTreeMessage } from "./json-trees.ts";
import type { WireError } from "./wire-error.ts";

/** Who the payload is for. */
export type Direction = "to-renderer" | "from-renderer";

const codecs = { json: createCodec("json"), msgpack: createCodec("msgpack") };

/** A message as a payload without framing: text for JSON, bytes for MessagePack. */
export function encodeMessage(message: ToRenderer | FromRenderer, codec: CodecName): Result<Frame, WireError> {
  return codecs[codec].encode(sentPart(message));
}

/** The message in a payload. Text is JSON and bytes are MessagePack, unless `codec` says otherwise. */
export function decodeMessage(
  payload: Frame,
  direction: "to-renderer",
  codec?: CodecName,
): Result<ToRenderer, WireError | DecodeError>;
export function decodeMessage(
  payload: Frame,
  direction: "from-renderer",
  codec?: CodecName,
): Result<FromRenderer, WireError | DecodeError>;
export function decodeMessage(
  payload: Frame,
  direction: Direction,
  codec: CodecName = typeof payload === "string" ? "json" : "msgpack",
): Result<ToRenderer | FromRenderer, WireError | DecodeError> {
  if (direction === "to-renderer" && codec === "json" && typeof payload === "string") {
    const tree = readTreeMessage(payload);
    if (tree !== undefined) return ok(tree);
  }
  const value = codecs[codec].decode(payload);
  if (!value.ok) return value;
  return direction === "to-renderer" ? decodeToRenderer(value.value) : decodeFromRenderer(value.value);
}
