import { createHash } from "node:crypto";
import { MAX_SCREENSHOT_SIDE_PX, MIN_SCREENSHOT_SIDE_PX } from "../../../protocol/index.ts";
import { BrowserError } from "./browser-error.ts";

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface Picture extends PictureSize {
  /** Four bytes per pixel, row by row. */
  readonly rgba: Uint8Array;
  /** SHA-256 of `rgba`, lower-case hex. */
  readonly hash: string;
  readonly png: Uint8Array;
}

/** What a session begins with. */
export const DEFAULT_PICTURE_SIZE: PictureSize = { width: 1024, height: 768 };
/** The largest message is as large; no need to draw what cannot be sent. */
const MAX_RGBA_BYTES = 64 * 1024 * 1024;

/** A size as a host asks for it, or what takes its place. Rejects one whose picture no message holds. */
export function pictureSize(width: number | undefined, height: number | undefined): PictureSize {
  const size = {
    width: side(width ?? DEFAULT_PICTURE_SIZE.width),
    height: side(height ?? DEFAULT_PICTURE_SIZE.height),
  };
  const bytes = size.width * size.height * 4;
  if (bytes < MAX_RGBA_BYTES) return size;
  const message = `a picture of ${size.width}x${size.height} has ${bytes} bytes; a message holds less than ${MAX_RGBA_BYTES}`;
  throw new BrowserError("picture-too-large", message);
}

function side(wanted: number): number {
  return Math.min(MAX_SCREENSHOT_SIDE_PX, Math.max(MIN_SCREENSHOT_SIDE_PX, Math.round(wanted)));
}

/** Reads what the browser has drawn: a PNG as Base64. */
export async function decodePicture(data: unknown): Promise<Picture> {
  if (typeof data !== "string") throw new BrowserError("picture-unreadable", "the browser sent no picture");
  const png = Buffer.from(data, "base64");
  const { PNG } = (await import("pngjs")).default;
  try {
    const { width, height, data: rgba } = PNG.sync.read(png);
    return { width, height, rgba, hash: createHash("sha256").update(rgba).digest("hex"), png };
  } catch (cause) {
    throw new BrowserError("picture-unreadable", "the browser's picture is no PNG", { cause });
  }
}
