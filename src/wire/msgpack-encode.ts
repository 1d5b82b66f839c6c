import { err, ok, type Result } from "../base/result.ts";
import { MAX_FRAME_BYTES } from "../protocol/limits.ts";
import { describe, isPlainObject, isReservedKey } from "../protocol/schema.ts";
import { WireError } from "./wire-error.ts";

const FIRST_BUFFER_BYTES = 4096;
/** Strings up to this many characters are written character by character; starting the text encoder costs more. */
const SHORT_TEXT = 40;

/** One plain value as MessagePack. Integers take the shortest form, other numbers 64 bits. */
export function encodeMessagePack(value: unknown, maxNesting: number): Result<Uint8Array, WireError> {
  const writer = new Writer(maxNesting);
  try {
    writer.write(value, 0);
  } catch (thrown) {
    if (thrown instanceof WireError) return err(thrown);
    return err(new WireError("encode-unsupported-value", "an object that cannot be read", { cause: thrown }));
  }
  return ok(writer.finish());
}

class Writer {
  readonly #maxNesting: number;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(FIRST_BUFFER_BYTES);
  #view = new DataView(this.#bytes.buffer);
  #position = 0;

  constructor(maxNesting: number) {
    this.#maxNesting = maxNesting;
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#position);
  }

  write(value: unknown, depth: number): void {
    switch (typeof value) {
      case "string":
        this.#writeString(value);
        return;
      case "number":
        this.#writeNumber(value);
        return;
      case "boolean":
        this.#writeByte(value ? 0xc3 : 0xc2);
        return;
      case "object":
        if (value === null) this.#writeByte(0xc0);
        else if (Array.isArray(value)) this.#writeArray(value, depth);
        else if (isPlainObject(value)) this.#writeMap(value, depth);
        else if (value instanceof Uint8Array) this.#writeBinary(value);
        else throw new WireError("encode-unsupported-value", "an instance of a class is not plain data");
        return;
      default:
        throw new WireError("encode-unsupported-value", `${describe(value)} is not plain data`);
    }
  }

  #writeMap(value: { readonly [key: string]: unknown }, depth: number): void {
    const keys = Object.keys(value);
    let count = keys.length;
    for (const key of keys) if (value[key] === undefined) count -= 1;
    this.#writeHead(count, depth, 0x80, 0xde);
    for (const key of keys) {
      const item = value[key];
      if (item === undefined) continue;
      if (isReservedKey(key)) throw new WireError("encode-reserved-key", "a key that could reach a prototype");
      this.#writeString(key);
      this.write(item, depth + 1);
    }
  }

  #writeArray(value: readonly unknown[], depth: number): void {
    this.#writeHead(value.length, depth, 0x90, 0xdc);
    // By index, because an iteration would skip nothing either but costs more.
    for (let index = 0; index < value.length; index += 1) this.write(value[index], depth + 1);
  }

  #writeHead(count: number, depth: number, fix: number, sized: number): void {
    if (count > 0 && depth >= this.#maxNesting) {
      throw new WireError("encode-too-deep", `a message is nested deeper than ${this.#maxNesting} levels`);
    }
    const at = this.#reserve(5);
    if (count < 16) {
      this.#bytes[at] = fix | count;
      this.#position = at + 1;
    } else if (count < 0x10000) {
      this.#bytes[at] = sized;
      this.#view.setUint16(at + 1, count);
      this.#position = at + 3;
    } else {
      this.#bytes[at] = sized + 1;
      this.#view.setUint32(at + 1, count);
      this.#position = at + 5;
    }
  }

  #writeNumber(value: number): void {
    const at = this.#reserve(9);
    // Minus zero goes as 0, as in JSON.
    if (value >= -32 && value < 128 && (value | 0) === value) {
      this.#bytes[at] = value & 255;
      this.#position = at + 1;
    } else if (Number.isSafeInteger(value)) {
      this.#position = this.#writeInteger(value, at);
    } else if (Number.isFinite(value)) {
      this.#bytes[at] = 0xcb;
      this.#view.setFloat64(at + 1, value);
      this.#position = at + 9;
    } else {
      this.#bytes[at] = 0xc0;
      this.#position = at + 1;
    }
  }

  #writeInteger(value: number, at: number): number {
    const bytes = this.#bytes;
    const view = this.#view;
    if (value >= 0) {
      if (value < 0x100) {
        bytes[at] = 0xcc;
        bytes[at + 1] = value;
        return at + 2;
      }
      if (value < 0x10000) {
        bytes[at] = 0xcd;
        view.setUint16(at + 1, value);
        return at + 3;
      }
      if (value < 0x100000000) {
        bytes[at] = 0xce;
        view.setUint32(at + 1, value);
        return at + 5;
      }
      bytes[at] = 0xcf;
      view.setBigUint64(at + 1, BigInt(value));
      return at + 9;
    }
    if (value >= -0x80) {
      bytes[at] = 0xd0;
      view.setInt8(at + 1, value);
      return at + 2;
    }
    if (value >= -0x8000) {
      bytes[at] = 0xd1;
      view.setInt16(at + 1, value);
      return at + 3;
    }
    if (value >= -0x80000000) {
      bytes[at] = 0xd2;
      view.setInt32(at + 1, value);
      return at + 5;
    }
    bytes[at] = 0xd3;
    view.setBigInt64(at + 1, BigInt(value));
    return at + 9;
  }

  #writeString(text: string): void {
    const length = text.length;
    if (length <= SHORT_TEXT && this.#writeShortAscii(text)) return;
    const at = this.#reserve(5 + length * 3);
    // The length is written before the text, so its width is chosen by the most bytes the text can have.
    const width = length * 3 < 0x100 ? 1 : length * 3 < 0x10000 ? 2 : 4;
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(at + 1 + width));
    this.#bytes[at] = width === 1 ? 0xd9 : width === 2 ? 0xda : 0xdb;
    if (width === 1) this.#bytes[at + 1] = written;
    else if (width === 2) this.#view.setUint16(at + 1, written);
    else this.#view.setUint32(at + 1, written);
    this.#position = at + 1 + width + written;
  }

  #writeShortAscii(text: string): boolean {
    const length = text.length;
    const at = this.#reserve(2 + length);
    const bytes = this.#bytes;
    let position = at + (length < 32 ? 1 : 2);
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      bytes[position] = code;
      position += 1;
    }
    if (length < 32) {
      bytes[at] = 0xa0 | length;
    } else {
      bytes[at] = 0xd9;
      bytes[at + 1] = length;
    }
    this.#position = position;
    return true;
  }

  #writeBinary(value: Uint8Array): void {
    const length = value.length;
    const at = this.#reserve(5 + length);
    const width = length < 0x100 ? 1 : length < 0x10000 ? 2 : 4;
    this.#bytes[at] = width === 1 ? 0xc4 : width === 2 ? 0xc5 : 0xc6;
    if (width === 1) this.#bytes[at + 1] = length;
    else if (width === 2) this.#view.setUint16(at + 1, length);
    else this.#view.setUint32(at + 1, length);
    this.#bytes.set(value, at + 1 + width);
    this.#position = at + 1 + width + length;
  }

  #writeByte(byte: number): void {
    const at = this.#reserve(1);
    this.#bytes[at] = byte;
    this.#position = at + 1;
  }

  /** Makes room for `count` more bytes and returns where they begin. */
  #reserve(count: number): number {
    const needed = this.#position + count;
    if (needed > this.#bytes.length) this.#grow(needed);
    return this.#position;
  }

  #grow(needed: number): void {
    // Text may turn out shorter than what is reserved for it, so what counts is what has been written.
    if (this.#position > MAX_FRAME_BYTES) {
      throw new WireError("encode-too-large", `a message is over the limit of ${MAX_FRAME_BYTES} bytes`);
    }
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#position));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

const encoder = new TextEncoder();
