import type { WireValue } from "../../../protocol/index.ts";
import { readRecord, readString } from "../props.ts";

/** Where a picture comes from. */
export type PictureSource =
  /** Uploaded under this name. */
  | { readonly kind: "handle"; readonly name: string }
  /** A file of the app's asset folders. */
  | { readonly kind: "path"; readonly name: string }
  /** The picture itself, as a `data:` address. */
  | { readonly kind: "data"; readonly name: string };

/** The `source` prop of an image or svg; `undefined` when it names nothing. */
export function readPictureSource(value: WireValue | undefined): PictureSource | undefined {
  const handle = readString(readRecord(value)?.["handle"]);
  if (handle !== undefined) return handle === "" ? undefined : { kind: "handle", name: handle };
  const text = readString(value);
  if (text === undefined || text === "") return undefined;
  return { kind: /^data:image\//i.test(text) ? "data" : "path", name: text };
}

/** What people are told the picture is called. */
export function pictureName(source: PictureSource): string {
  return source.name.length > MAX_NAME_CHARS ? `${source.name.slice(0, MAX_NAME_CHARS)}…` : source.name;
}

const MAX_NAME_CHARS = 100;

/** The media type of an encoded picture by its first bytes. */
export function pictureType(bytes: Uint8Array): string {
  for (const [type, at, signature] of SIGNATURES) {
    if (signature.every((byte, index) => bytes[at + index] === byte)) return type;
  }
  return "";
}

const SIGNATURES: readonly (readonly [string, number, readonly number[]])[] = [
  ["image/png", 0, [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", 0, [0xff, 0xd8, 0xff]],
  ["image/gif", 0, [0x47, 0x49, 0x46, 0x38]],
  ["image/bmp", 0, [0x42, 0x4d]],
  ["image/webp", 8, [0x57, 0x45, 0x42, 0x50]],
  ["image/x-icon", 0, [0x00, 0x00, 0x01, 0x00]],
  ["image/avif", 4, [0x66, 0x74, 0x79, 0x70]],
  // Text that begins with a tag, perhaps after a byte order mark.
  ["image/svg+xml", 0, [0x3c]],
  ["image/svg+xml", 3, [0x3c]],
];
