import { err } from "../base/result.ts";
import { MAX_FRAME_BYTES, MAX_NESTING } from "../protocol/limits.ts";
import type { MessageCodec } from "./codec.ts";
import { decodeJson, encodeJson } from "./json.ts";
import { WireError } from "./wire-error.ts";

/** In a file of its own: pages speak JSON and nothing else. */
export function createJsonCodec(maxNesting: number = MAX_NESTING): MessageCodec {
  return {
    name: "json",
    encode(value) {
      const text = encodeJson(value, maxNesting);
      return text.ok && utf8LengthExceeds(text.value, MAX_FRAME_BYTES) ? err(tooLarge()) : text;
    },
    decode(payload) {
      if (typeof payload === "string") return decodeJson(payload, maxNesting);
      try {
        const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(payload);
        return decodeJson(text, maxNesting);
      } catch {
        // A fatal decoder throws for one reason only.
        return err(new WireError("decode-invalid-json", "not JSON: bytes that are not UTF-8"));
      }
    },
  };
}

function utf8LengthExceeds(text: string, limit: number): boolean {
  // A character is one to three bytes per unit, so that only texts near the limit are counted.
  if (text.length > limit) return true;
  return text.length * 3 > limit && new TextEncoder().encode(text).length > limit;
}

export function tooLarge(): WireError {
  return new WireError("encode-too-large", `a message is over the limit of ${MAX_FRAME_BYTES} bytes`);
}
