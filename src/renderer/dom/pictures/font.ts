import { fontFamilyOf } from "../../../base/font-family.ts";
import type { WireProps } from "../../../protocol/index.ts";
import { readString } from "../props.ts";
import type { Assets } from "./asset-source.ts";
import { fontTraits } from "./font-traits.ts";

/** Adds a font to the document: `{ family, data }`, or `{ path }` for a file that brings its family. */
export async function loadFont(document: Document, assets: Assets, font: WireProps): Promise<FontFace> {
  const path = readString(font["path"]);
  const given = font["data"];
  const data = given instanceof Uint8Array ? given : await assets.bytes(path ?? "");
  const family = readString(font["family"]) ?? fontFamilyOf(data) ?? familyOfFile(path ?? "");
  // Copied: the engine's bytes may be a view on a larger message.
  const face = new FontFace(family, new Uint8Array(data), { ...fontTraits(data) });
  document.fonts.add(face);
  try {
    await face.load();
  } catch (thrown) {
    document.fonts.delete(face);
    throw thrown;
  }
  return face;
}

/** A compressed font hides its name, so the file's name stands for it. */
export function familyOfFile(path: string): string {
  const file = path.slice(path.lastIndexOf("/") + 1);
  const dot = file.lastIndexOf(".");
  return dot > 0 ? file.slice(0, dot) : file;
}
