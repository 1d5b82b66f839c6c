import type { WireProps } from "../../../protocol/index.ts";
import { readNumber, readRecord } from "../props.ts";

export const CONTENT_FITS = ["contain", "cover", "fill", "none", "scale_down"] as const;
export type ContentFit = (typeof CONTENT_FITS)[number];

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** CSS `object-fit`. */
export const OBJECT_FITS: Readonly<Record<ContentFit, string>> = {
  contain: "contain",
  cover: "cover",
  fill: "fill",
  none: "none",
  scale_down: "scale-down",
};

/** How large a picture is drawn in a box; it lies in the middle and may reach beyond it. */
export function fittedSize(fit: ContentFit, picture: Size, box: Size): Size {
  if (fit === "fill") return box;
  if (fit === "none" || picture.width === 0 || picture.height === 0) return picture;
  const across = box.width / picture.width;
  const down = box.height / picture.height;
  const contained = Math.min(across, down);
  const factor = fit === "cover" ? Math.max(across, down) : fit === "contain" ? contained : Math.min(1, contained);
  return { width: picture.width * factor, height: picture.height * factor };
}

export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A `crop` prop; `undefined` when it is none. */
export function readCrop(props: WireProps): Crop | undefined {
  const crop = readRecord(props["crop"]);
  const x = readCount(crop, "x");
  const y = readCount(crop, "y");
  const width = readCount(crop, "width");
  const height = readCount(crop, "height");
  if (x === undefined || y === undefined || width === undefined || height === undefined) return undefined;
  return { x, y, width, height };
}

/** What of a crop lies on the picture; `undefined` when nothing does. */
export function cropWithin(crop: Crop, picture: Size): Crop | undefined {
  const width = Math.min(crop.width, picture.width - crop.x);
  const height = Math.min(crop.height, picture.height - crop.y);
  return width > 0 && height > 0 ? { x: crop.x, y: crop.y, width, height } : undefined;
}

function readCount(record: WireProps | undefined, name: string): number | undefined {
  const value = readNumber(record?.[name]);
  return value !== undefined && value >= 0 ? Math.floor(value) : undefined;
}
