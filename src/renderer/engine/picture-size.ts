// How many pixels an encoded picture has, from its first bytes. Nothing is decoded here: the numbers are what the file says, which
// is also what a decoder would take memory for.

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** `undefined` where the format keeps it elsewhere, or has none (drawings). */
export function pictureSize(data: Uint8Array): PixelSize | undefined {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (startsWith(data, 0, PNG) && data.length >= 24) return { width: view.getUint32(16), height: view.getUint32(20) };
  if (startsWith(data, 0, GIF) && data.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  if (startsWith(data, 0, BMP) && data.length >= 26) {
    // Lines may go from top to bottom, which is a negative height.
    return { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  }
  if (startsWith(data, 0, RIFF) && startsWith(data, 8, WEBP) && data.length >= 30) return webpSize(view);
  return startsWith(data, 0, JPEG) ? jpegSize(view) : undefined;
}

const PNG = [0x89, 0x50, 0x4e, 0x47];
const GIF = [0x47, 0x49, 0x46, 0x38];
const BMP = [0x42, 0x4d];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = [0x57, 0x45, 0x42, 0x50];
const JPEG = [0xff, 0xd8];

function startsWith(data: Uint8Array, at: number, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => data[at + index] === byte);
}

/** The last letter of the first chunk: `VP8 `, `VP8L`, `VP8X`. */
function webpSize(view: DataView): PixelSize | undefined {
  switch (view.getUint8(15)) {
    case 0x20:
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case 0x4c: {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x58:
      return { width: (view.getUint32(24, true) & 0xffffff) + 1, height: (view.getUint32(26, true) >>> 8) + 1 };
    default:
      return undefined;
  }
}

/** The frame's header comes behind any number of other segments. */
function jpegSize(view: DataView): PixelSize | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
