const encoder = new TextEncoder();

export interface CutText {
  readonly text: string;
  /** Bytes of the whole text in UTF-8. */
  readonly actualBytes: number;
  /** Bytes that are left. Equal to `actualBytes` when nothing was cut. */
  readonly keptBytes: number;
}

/** The longest beginning of `text` with at most `maxBytes` in UTF-8. Never ends inside a character. */
export function cutText(text: string, maxBytes: number): CutText {
  // A unit is one byte at least and three at most, which decides nearly every text without encoding it.
  if (text.length * 3 <= maxBytes) {
    const bytes = byteLength(text);
    return { text, actualBytes: bytes, keptBytes: bytes };
  }
  const { read, written } = encoder.encodeInto(text, new Uint8Array(Math.min(maxBytes, text.length * 3)));
  if (read === text.length) return { text, actualBytes: written, keptBytes: written };
  return { text: text.slice(0, read), actualBytes: written + byteLength(text.slice(read)), keptBytes: written };
}

export function byteLength(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800) bytes += 2;
    else if (unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 4;
      index += 1;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
