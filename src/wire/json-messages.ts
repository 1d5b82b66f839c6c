/** Messages as JSON text, for pages: they speak nothing else, and this brings nothing else with it. */
import { ok, type Result } from "../base/result.ts";
import { type DecodeError, decodeToRenderer, type FromRenderer, type ToRenderer } from "../protocol/index.ts";
import type { Frame } from "./framing.ts";
import { createJsonCodec } from "./json-codec.ts";
import { readTreeMessage } from "./json-trees.ts";
import type { WireError } from "./wire-error.ts";

const codec = createJsonCodec();

export function encodeJsonMessage(message: ToRenderer | FromRenderer): Result<Frame, WireError> {
  return codec.encode(sentPart(message));
}

/** A message for a renderer. Bytes are the text in UTF-8. */
export function decodeJsonMessage(payload: Frame): Result<ToRenderer, WireError | DecodeError> {
  const tree = typeof payload === "string" ? readTreeMessage(payload) : undefined;
  if (tree !== undefined) return ok(tree);
  const value = codec.decode(payload);
  return value.ok ? decodeToRenderer(value.value) : value;
}

/** A message without what only decoding adds to it. */
export function sentPart(message: ToRenderer | FromRenderer): ToRenderer | FromRenderer {
  if (message.type !== "patch" || message.skipped === undefined) return message;
  const { skipped: _, ...sent } = message;
  return sent;
}
