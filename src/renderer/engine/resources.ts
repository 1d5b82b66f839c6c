import {
  MAX_FONT_BYTES,
  MAX_FONT_FAMILY_BYTES,
  MAX_FONTS,
  MAX_IMAGE_BYTES,
  MAX_IMAGE_SIDE_PX,
  MAX_IMAGE_TOTAL_BYTES,
  MAX_IMAGES,
  type WireProps,
  type WireValue,
} from "../../protocol/index.ts";
import { pictureSize } from "./picture-size.ts";
import { cutText } from "./text-limit.ts";

/**
 * What all sessions of one process have used of images and fonts. Pass the same one to every engine of a process; the
 * limits count per process and survive the reset of a session.
 */
export interface ResourceBudget {
  images: number;
  imageBytes: number;
  fonts: number;
  /** Names of the fonts that were loaded. */
  readonly families: Set<string>;
}

export function createResourceBudget(): ResourceBudget {
  return { images: 0, imageBytes: 0, fonts: 0, families: new Set() };
}

export interface ImageInput {
  readonly handle: string;
  /** An encoded picture. */
  readonly data?: Uint8Array | null | undefined;
  /** RGBA, eight bits each; wins over `data`. */
  readonly pixels?: Uint8Array | null | undefined;
  readonly width?: number | null | undefined;
  readonly height?: number | null | undefined;
}

export type ImageResult =
  /** `value` is what the surface gets. */
  { readonly ok: true; readonly value: WireProps } | { readonly ok: false; readonly error: string };

/** The images of one session by handle. */
export class ImageRegistry {
  readonly #budget: ResourceBudget;
  readonly #bytesByHandle = new Map<string, number>();

  constructor(budget: ResourceBudget) {
    this.#budget = budget;
  }

  handles(): readonly string[] {
    return [...this.#bytesByHandle.keys()].sort();
  }

  /** Creates or replaces. A refused replacement leaves the old image. */
  put(input: ImageInput): ImageResult {
    if (input.handle === "") return refused("image handle is empty");
    const content = imageContent(input);
    if (!content.ok) return content;
    const previous = this.#bytesByHandle.get(input.handle);
    if (previous === undefined && this.#budget.images >= MAX_IMAGES) {
      return refused(`too many images: the limit is ${MAX_IMAGES}`);
    }
    if (this.#budget.imageBytes - (previous ?? 0) + content.bytes > MAX_IMAGE_TOTAL_BYTES) {
      return refused(`images are too large together: the limit is ${MAX_IMAGE_TOTAL_BYTES} bytes`);
    }
    this.#release(input.handle);
    this.#bytesByHandle.set(input.handle, content.bytes);
    this.#budget.images += 1;
    this.#budget.imageBytes += content.bytes;
    return { ok: true, value: { handle: input.handle, ...content.value } };
  }

  /** False when there is no such image. */
  delete(handle: string): boolean {
    return this.#release(handle);
  }

  clear(): void {
    for (const handle of [...this.#bytesByHandle.keys()]) this.#release(handle);
  }

  #release(handle: string): boolean {
    const bytes = this.#bytesByHandle.get(handle);
    if (bytes === undefined) return false;
    this.#bytesByHandle.delete(handle);
    this.#budget.images -= 1;
    this.#budget.imageBytes -= bytes;
    return true;
  }
}

export type FontResult =
  | { readonly ok: true; readonly family: string; readonly data: Uint8Array }
  | { readonly ok: false; readonly reason: "empty-family" | "empty-data" | "too-large" | "too-many" };

/** Decides whether a font may be loaded, and counts it if so. */
export function admitFont(
  budget: ResourceBudget,
  font: { readonly family: string; readonly data?: Uint8Array | null | undefined },
): FontResult {
  if (font.family === "") return { ok: false, reason: "empty-family" };
  if (font.data === undefined || font.data === null || font.data.length === 0)
    return { ok: false, reason: "empty-data" };
  if (font.data.length > MAX_FONT_BYTES) return { ok: false, reason: "too-large" };
  if (budget.fonts >= MAX_FONTS) return { ok: false, reason: "too-many" };
  budget.fonts += 1;
  const family = cutText(font.family, MAX_FONT_FAMILY_BYTES).text;
  budget.families.add(family);
  return { ok: true, family, data: font.data };
}

/** Counts a font that the surface finds by its path; false when there are too many. */
export function admitFontPath(budget: ResourceBudget): boolean {
  if (budget.fonts >= MAX_FONTS) return false;
  budget.fonts += 1;
  return true;
}

type Content =
  | { readonly ok: true; readonly bytes: number; readonly value: { readonly [key: string]: WireValue } }
  | { readonly ok: false; readonly error: string };

function imageContent(input: ImageInput): Content {
  const { data, pixels, width, height } = input;
  if (pixels !== undefined && pixels !== null) {
    if (typeof width !== "number" || typeof height !== "number") return refused("pixels need width and height");
    if (width < 1 || height < 1 || width > MAX_IMAGE_SIDE_PX || height > MAX_IMAGE_SIDE_PX) {
      return refused(`image of ${width}x${height} pixels: each side must be 1 to ${MAX_IMAGE_SIDE_PX}`);
    }
    if (width * height * 4 > MAX_IMAGE_BYTES) return refused(`image is larger than ${MAX_IMAGE_BYTES} bytes`);
    if (pixels.length !== width * height * 4) {
      return refused(`${width}x${height} pixels need ${width * height * 4} bytes, got ${pixels.length}`);
    }
    return { ok: true, bytes: pixels.length, value: { pixels, width, height } };
  }
  if (data === undefined || data === null || data.length === 0) return refused("image has neither data nor pixels");
  if (data.length > MAX_IMAGE_BYTES) return refused(`image is larger than ${MAX_IMAGE_BYTES} bytes`);
  if (!isPicture(data)) return refused("could not decode image: unknown format");
  const size = pictureSize(data);
  if (size === undefined) return { ok: true, bytes: data.length, value: { data } };
  if (size.width > MAX_IMAGE_SIDE_PX || size.height > MAX_IMAGE_SIDE_PX) {
    return refused(`image of ${size.width}x${size.height} pixels: each side must be 1 to ${MAX_IMAGE_SIDE_PX}`);
  }
  // A small file may be a large picture.
  const bytes = Math.max(data.length, size.width * size.height * 4);
  if (bytes > MAX_IMAGE_BYTES) return refused(`image is larger than ${MAX_IMAGE_BYTES} bytes`);
  return { ok: true, bytes, value: { data } };
}

function refused(error: string): { readonly ok: false; readonly error: string } {
  return { ok: false, error };
}

/** First bytes of the formats that browsers draw. */
const SIGNATURES: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47], // PNG
  [0xff, 0xd8, 0xff], // JPEG
  [0x47, 0x49, 0x46, 0x38], // GIF
  [0x42, 0x4d], // BMP
  [0x52, 0x49, 0x46, 0x46], // WebP
  [0x00, 0x00, 0x01, 0x00], // ICO
];

function isPicture(data: Uint8Array): boolean {
  if (SIGNATURES.some((signature) => signature.every((byte, index) => data[index] === byte))) return true;
  if (isDrawing(data)) return true;
  // AVIF and its relatives name themselves after four bytes of length.
  return [0x66, 0x74, 0x79, 0x70].every((byte, index) => data[index + 4] === byte);
}

/** SVG: text that begins with a tag and has its root soon. Shown as an image only, so nothing in it runs. */
function isDrawing(data: Uint8Array): boolean {
  const start = data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? 3 : 0;
  if (data[start] !== 0x3c) return false;
  return new TextDecoder().decode(data.subarray(start, start + MAX_PROLOG_BYTES)).includes("<svg");
}

/** Declarations and comments in front of the root of a drawing. */
const MAX_PROLOG_BYTES = 4096;
