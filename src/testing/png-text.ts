// Text in a PNG, as chunks of the kind tEXt: the picture library neither writes nor reads them.

const SIGNATURE_BYTES = 8;
/** Length, type and check sum. */
const CHUNK_BYTES = 12;
/** Signature and IHDR, which comes first and always has 13 bytes. */
const AFTER_HEADER = SIGNATURE_BYTES + CHUNK_BYTES + 13;

/** The same picture with a text under this name. */
export function withPngText(png: Buffer, name: string, text: string): Buffer {
  const content = Buffer.from(`tEXt${name}\0${text}`, "latin1");
  const chunk = Buffer.alloc(content.length + 8);
  chunk.writeUInt32BE(content.length - 4, 0);
  content.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(content), 4 + content.length);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), chunk, png.subarray(AFTER_HEADER)]);
}

/** The text under this name; `undefined` when there is none. */
export function pngText(png: Buffer, name: string): string | undefined {
  let at = SIGNATURE_BYTES;
  while (at + CHUNK_BYTES <= png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const content = png.toString("latin1", at + 8, at + 8 + length);
    if (type === "tEXt" && content.startsWith(`${name}\0`)) return content.slice(name.length + 1);
    at += CHUNK_BYTES + length;
  }
  return undefined;
}

const POLYNOMIAL = 0xedb88320;

/** The check sum of PNG. Texts are short, so a table would cost more than it saves. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
