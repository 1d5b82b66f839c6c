import { encodeBase64, type ToRenderer } from "../../protocol/index.ts";

/** Messages whose bytes are bytes: pictures, fonts and icons. */
const WITH_BYTES: ReadonlySet<ToRenderer["type"]> = new Set(["settings", "image_op", "load_font", "window_op"]);

/**
 * The message with base64 text where MessagePack had bytes, so that a tree is the same in both codecs. What has no bytes
 * inside stays the same object.
 */
export function withByteTexts(message: ToRenderer): ToRenderer {
  if (WITH_BYTES.has(message.type)) return message;
  // In the other messages only places that may hold any value can hold bytes, and text is one.
  return textsIn(message) as ToRenderer;
}

function textsIn(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return encodeBase64(value);
  if (Array.isArray(value)) {
    let copy: unknown[] | undefined;
    for (const [index, before] of value.entries()) {
      const after = textsIn(before);
      if (after === before) continue;
      copy ??= [...value];
      copy[index] = after;
    }
    return copy ?? value;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [name, before] of Object.entries(value)) {
    const after = textsIn(before);
    if (after === before) continue;
    copy ??= { ...value };
    copy[name] = after;
  }
  return copy ?? value;
}
