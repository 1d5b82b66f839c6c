/**
 * Walks over MessagePack bytes without recursion and without making values: nesting, sizes and completeness are known to
 * be right before the decoder begins, so that it needs no checks of its own and cannot be led into deep recursion or
 * into allocating for a length that is only claimed.
 */
import { WireError } from "./wire-error.ts";

/** Why these bytes cannot be decoded; nothing when they are exactly one value. Empty containers count as leaves. */
export function scanMessagePack(bytes: Uint8Array, maxNesting: number): WireError | undefined {
  const end = bytes.length;
  // Values still to come per open container, innermost last.
  const open = new Float64Array(maxNesting + 1);
  let depth = 0;
  let position = 0;
  open[0] = 1;
  for (;;) {
    if (position >= end) return broken("the data ends inside a value");
    const byte = bytes[position] ?? 0;
    position += 1;
    let skip = 0;
    let items = 0;
    if (byte <= 0x7f || byte >= 0xe0) skip = 0;
    else if (byte <= 0x8f) items = (byte & 15) * 2;
    else if (byte <= 0x9f) items = byte & 15;
    else if (byte <= 0xbf) skip = byte & 31;
    else {
      const width = LENGTH_BYTES[byte - 0xc0] ?? 0;
      if (width < 0) return broken("a byte that begins no value");
      if (position + width > end) return broken("the data ends inside a length");
      let length = 0;
      for (let index = 0; index < width; index += 1) length = length * 256 + (bytes[position + index] ?? 0);
      position += width;
      if (byte === 0xdc || byte === 0xdd) items = length;
      else if (byte === 0xde || byte === 0xdf) items = length * 2;
      else skip = length + (EXTRA_BYTES[byte - 0xc0] ?? 0);
    }
    position += skip;
    if (position > end) return broken("the data ends inside a value");
    // Every item needs a byte at least.
    if (items > end - position) return broken("a container claims more items than there are bytes");
    open[depth] = (open[depth] ?? 0) - 1;
    if (items > 0) {
      if (depth >= maxNesting) {
        return new WireError("decode-too-deep", `a message is nested deeper than ${maxNesting} levels`);
      }
      depth += 1;
      open[depth] = items;
    }
    while (open[depth] === 0) {
      if (depth === 0) {
        return position === end ? undefined : broken(`${end - position} bytes follow the value`);
      }
      depth -= 1;
    }
  }
}

/** For 0xc0 to 0xdf: how many bytes of length follow; -1 for the byte that is never used. */
const LENGTH_BYTES = [0, -1, 0, 0, 1, 2, 4, 1, 2, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4];
/** For 0xc0 to 0xdf: bytes of content besides that length. Extensions have one for their type. */
const EXTRA_BYTES = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 8, 1, 2, 4, 8, 1, 2, 4, 8, 2, 3, 5, 9, 17, 0, 0, 0, 0, 0, 0, 0];

function broken(detail: string): WireError {
  return new WireError("decode-invalid-msgpack", `not MessagePack: ${detail}`);
}
