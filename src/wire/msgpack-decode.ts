import { err, ok, type Result } from "../base/result.ts";
import { isReservedKey } from "../protocol/schema.ts";
import { scanMessagePack } from "./msgpack-scan.ts";
import { WireError } from "./wire-error.ts";

/** Strings up to this many bytes are read byte by byte; starting the text decoder costs more than that. */
const SHORT_TEXT_BYTES = 48;
/** Keys remembered by their bytes: a snapshot repeats the same dozens thousands of times. A power of two. */
const KEY_SLOTS = 1024;

/** One value from bytes that are exactly one value. Never throws. */
export function decodeMessagePack(bytes: Uint8Array, maxNesting: number): Result<unknown, WireError> {
  const problem = scanMessagePack(bytes, maxNesting);
  if (problem !== undefined) return err(problem);
  try {
    return ok(new Decoder(bytes).read());
  } catch (thrown) {
    if (thrown instanceof WireError) return err(thrown);
    // The scan has been passed, so what is left is text that is not UTF-8.
    return err(new WireError("decode-invalid-msgpack", "not MessagePack: text that is not UTF-8"));
  }
}

/** Reads what `scanMessagePack` has found in order. */
class Decoder {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;
  #text: TextDecoder | undefined;
  readonly #keys: ({ readonly bytes: Uint8Array; readonly text: string } | undefined)[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): unknown {
    const byte = this.#uint(1);
    if (byte <= 0x7f) return byte;
    if (byte >= 0xe0) return byte - 256;
    if (byte <= 0x8f) return this.#map(byte & 15);
    if (byte <= 0x9f) return this.#array(byte & 15);
    if (byte <= 0xbf) return this.#string(byte & 31);
    switch (byte) {
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xc4:
        return this.#binary(this.#uint(1));
      case 0xc5:
        return this.#binary(this.#uint(2));
      case 0xc6:
        return this.#binary(this.#uint(4));
      case 0xc7:
        return this.#extension(this.#uint(1));
      case 0xc8:
        return this.#extension(this.#uint(2));
      case 0xc9:
        return this.#extension(this.#uint(4));
      case 0xca:
        return finite(this.#view.getFloat32(this.#advance(4)));
      case 0xcb:
        return finite(this.#view.getFloat64(this.#advance(8)));
      case 0xcc:
        return this.#uint(1);
      case 0xcd:
        return this.#uint(2);
      case 0xce:
        return this.#uint(4);
      case 0xcf:
        return safe(this.#view.getBigUint64(this.#advance(8)));
      case 0xd0:
        return this.#view.getInt8(this.#advance(1));
      case 0xd1:
        return this.#view.getInt16(this.#advance(2));
      case 0xd2:
        return this.#view.getInt32(this.#advance(4));
      case 0xd3:
        return safe(this.#view.getBigInt64(this.#advance(8)));
      case 0xd4:
        return this.#extension(1);
      case 0xd5:
        return this.#extension(2);
      case 0xd6:
        return this.#extension(4);
      case 0xd7:
        return this.#extension(8);
      case 0xd8:
        return this.#extension(16);
      case 0xd9:
        return this.#string(this.#uint(1));
      case 0xda:
        return this.#string(this.#uint(2));
      case 0xdb:
        return this.#string(this.#uint(4));
      case 0xdc:
        return this.#array(this.#uint(2));
      case 0xdd:
        return this.#array(this.#uint(4));
      case 0xde:
        return this.#map(this.#uint(2));
      case 0xdf:
        return this.#map(this.#uint(4));
      default:
        return null;
    }
  }

  #map(size: number): { [key: string]: unknown } {
    const map: { [key: string]: unknown } = {};
    for (let index = 0; index < size; index += 1) {
      const key = this.#key();
      if (isReservedKey(key)) throw new WireError("decode-reserved-key", "a key that could reach a prototype");
      map[key] = this.read();
    }
    return map;
  }

  #array(size: number): unknown[] {
    const array: unknown[] = [];
    for (let index = 0; index < size; index += 1) array.push(this.read());
    return array;
  }

  #key(): string {
    const byte = this.#bytes[this.#position] ?? 0;
    if (byte >= 0xa0 && byte <= 0xbf) {
      this.#position += 1;
      return this.#shortKey(byte & 31);
    }
    const key = this.read();
    if (typeof key === "string") return key;
    if (typeof key === "number" && Number.isInteger(key)) return String(key);
    throw new WireError("decode-invalid-msgpack", "a key that is neither text nor an integer");
  }

  #shortKey(length: number): string {
    const start = this.#advance(length);
    let hash = length;
    for (let index = start; index < start + length; index += 1) hash = (hash * 31 + (this.#bytes[index] ?? 0)) | 0;
    const slot = hash & (KEY_SLOTS - 1);
    const known = this.#keys[slot];
    if (known !== undefined && this.#isAt(start, length, known.bytes)) return known.text;
    const text = this.#textAt(start, length);
    this.#keys[slot] = { bytes: this.#bytes.subarray(start, start + length), text };
    return text;
  }

  #isAt(start: number, length: number, other: Uint8Array): boolean {
    if (other.length !== length) return false;
    for (let index = 0; index < length; index += 1) if (this.#bytes[start + index] !== other[index]) return false;
    return true;
  }

  #string(length: number): string {
    return this.#textAt(this.#advance(length), length);
  }

  #textAt(start: number, length: number): string {
    if (length <= SHORT_TEXT_BYTES) {
      // One call with all codes makes a flat string; adding them up one by one makes a chain that is garbage at once.
      const codes: number[] = new Array(length);
      let seen = 0;
      for (let index = 0; index < length; index += 1) {
        const byte = this.#bytes[start + index] ?? 0;
        codes[index] = byte;
        seen |= byte;
      }
      if (seen <= 0x7f) return String.fromCharCode.apply(undefined, codes);
    }
    this.#text ??= new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return this.#text.decode(this.#bytes.subarray(start, start + length));
  }

  #binary(length: number): Uint8Array {
    const start = this.#advance(length);
    // A copy, so that a picture does not keep the whole frame alive and nobody changes what others read.
    return this.#bytes.slice(start, start + length);
  }

  /** Extensions carry nothing in this protocol. */
  #extension(length: number): null {
    this.#advance(length + 1);
    return null;
  }

  #uint(width: 1 | 2 | 4): number {
    const at = this.#advance(width);
    if (width === 1) return this.#bytes[at] ?? 0;
    return width === 2 ? this.#view.getUint16(at) : this.#view.getUint32(at);
  }

  #advance(count: number): number {
    const at = this.#position;
    this.#position += count;
    return at;
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function safe(value: bigint): number {
  const number = Number(value);
  if (BigInt(number) === value) return number;
  throw new WireError("decode-unsafe-integer", "an integer that a number cannot hold");
}
