/** Longest stored block of the deflate format. */
const MAX_BLOCK = 65_535;
const ADLER = 65_521;
/** How many additions fit before the sums must be reduced. */
const ADLER_STEP = 3_800;

/**
 * A PNG file of RGBA pixels, not compressed: it goes no further than this page, and making it takes milliseconds where
 * compressing would take seconds.
 */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array<ArrayBuffer> {
  const rowBytes = width * 4 + 1;
  const rawBytes = rowBytes * height;
  const blocks = Math.max(1, Math.ceil(rawBytes / MAX_BLOCK));
  const dataBytes = 2 + blocks * 5 + rawBytes + 4;
  const file = new Uint8Array(8 + 25 + 12 + dataBytes + 12);
  const view = new DataView(file.buffer);
  file.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

  view.setUint32(8, 13);
  file.set(IHDR, 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  // Eight bits, red green blue alpha.
  file.set([8, 6, 0, 0, 0], 24);
  view.setUint32(29, checksum(file, 12, 29));

  view.setUint32(33, dataBytes);
  file.set(IDAT, 37);
  file.set([0x78, 0x01], 41);
  const raw = new Uint8Array(rawBytes);
  for (let row = 0; row < height; row += 1) {
    raw.set(pixels.subarray(row * width * 4, (row + 1) * width * 4), row * rowBytes + 1);
  }
  let at = 43;
  for (let block = 0; block < blocks; block += 1) {
    const part = raw.subarray(block * MAX_BLOCK, (block + 1) * MAX_BLOCK);
    file[at] = block === blocks - 1 ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    file.set(part, at + 5);
    at += 5 + part.length;
  }
  view.setUint32(at, adler(raw));
  view.setUint32(at + 4, checksum(file, 37, at + 4));

  file.set(IEND, at + 12);
  view.setUint32(at + 16, checksum(file, at + 12, at + 16));
  return file;
}

const IHDR = [0x49, 0x48, 0x44, 0x52];
const IDAT = [0x49, 0x44, 0x41, 0x54];
const IEND = [0x49, 0x45, 0x4e, 0x44];

function adler(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let start = 0; start < bytes.length; start += ADLER_STEP) {
    const end = Math.min(bytes.length, start + ADLER_STEP);
    for (let at = start; at < end; at += 1) {
      low += bytes[at] ?? 0;
      high += low;
    }
    low %= ADLER;
    high %= ADLER;
  }
  return high * 65_536 + low;
}

let table: Uint32Array | undefined;

/** CRC-32 of a part of a file. */
function checksum(bytes: Uint8Array, start: number, end: number): number {
  table ??= makeTable();
  let sum = 0xffffffff;
  for (let at = start; at < end; at += 1) sum = (table[(sum ^ (bytes[at] ?? 0)) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

function makeTable(): Uint32Array {
  const made = new Uint32Array(256);
  for (let index = 0; index < 256; index += 1) {
    let value = index;
    for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    made[index] = value;
  }
  return made;
}
