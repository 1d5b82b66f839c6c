import { constants } from "node:fs";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import { ASSET_PATH_RULE, assetSegments, assetType } from "../../base/asset-path.ts";
import { messageOf } from "../../base/error.ts";
import type { WireProps, WireValue } from "../../protocol/index.ts";
import type { PageAsset } from "../../renderer/page/index.ts";

/** Larger files are no pictures for a screen. As large as a font may be, and again as much. */
export const MAX_ASSET_BYTES = 32 * 1024 * 1024;

/** `refused`: the path leads out of the folders. `type`: neither a picture nor a font. */
export type AssetProblem = "refused" | "type" | "missing" | "too-large";

export interface AssetFailure {
  readonly ok: false;
  readonly problem: AssetProblem;
  /** For people; names the path as it was given and no folder of this machine. */
  readonly message: string;
}

/** An open file of an asset folder. Whoever gets it closes `handle`. */
export interface OpenAsset {
  readonly ok: true;
  readonly handle: FileHandle;
  readonly contentType: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** A file of an asset folder, read. */
export interface ReadAsset {
  readonly ok: true;
  readonly data: Uint8Array;
  readonly contentType: string;
}

/**
 * Finds a file below one of the folders, the first that has it. Nothing outside of them is ever opened: neither by `..`, by an absolute path
 * nor by a symbolic link.
 */
export async function openAsset(folders: readonly string[], path: string): Promise<OpenAsset | AssetFailure> {
  const segments = assetSegments(path);
  if (segments === undefined) return failure("refused", path, ASSET_PATH_RULE);
  const contentType = assetType(path);
  if (contentType === undefined) return failure("type", path, "only pictures and fonts are delivered");
  for (const folder of folders) {
    const file = await realPathBelow(folder, segments);
    if (file === undefined) continue;
    const found = await openFile(file, path, contentType);
    if (found !== undefined) return found;
  }
  return failure("missing", path, "no asset folder has such a file");
}

/** The content of a file below one of the folders. */
export async function readAsset(folders: readonly string[], path: string): Promise<ReadAsset | AssetFailure> {
  const found = await openAsset(folders, path);
  if (!found.ok) return found;
  try {
    return { ok: true, data: await readWhole(found), contentType: found.contentType };
  } finally {
    await found.handle.close();
  }
}

/** Reads the files that pages ask for. Without folders each is refused. */
export function pageAssets(folders: readonly string[]): { readonly readAsset?: (path: string) => Promise<PageAsset> } {
  if (folders.length === 0) return {};
  return {
    async readAsset(path) {
      const read = await readAsset(folders, path);
      if (read.ok) return read;
      return { ok: false, isRefused: read.problem === "refused" || read.problem === "type", message: read.message };
    },
  };
}

/** At most as much as was there when the file was opened. */
export async function readWhole({ handle, size }: Pick<OpenAsset, "handle" | "size">): Promise<Uint8Array> {
  const data = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(data, filled, size - filled, filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return data.subarray(0, filled);
}

/**
 * The settings of an app with its font files read, for renderers that cannot read them. What cannot be read is left out and
 * told to `onProblem`.
 */
export async function withFontData(
  settings: WireProps,
  folders: readonly string[],
  onProblem: (message: string) => void,
): Promise<WireProps> {
  const fonts = settings["fonts"];
  if (!Array.isArray(fonts) || !fonts.some((font) => typeof font === "string")) return settings;
  const read: WireValue[] = [];
  for (const font of fonts as readonly WireValue[]) {
    if (typeof font !== "string") {
      read.push(font);
      continue;
    }
    const result = await readAsset(folders, font);
    if (result.ok) read.push({ data: result.data });
    else onProblem(result.message);
  }
  return { ...settings, fonts: read };
}

async function realPathBelow(folder: string, segments: readonly string[]): Promise<string | undefined> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...segments));
    return file.startsWith(root.endsWith(sep) ? root : root + sep) ? file : undefined;
  } catch (thrown) {
    if (isAbsence(thrown)) return undefined;
    throw thrown;
  }
}

async function openFile(
  file: string,
  path: string,
  contentType: string,
): Promise<OpenAsset | AssetFailure | undefined> {
  let handle: FileHandle;
  try {
    // A link that was put there since, or a pipe that nobody writes, must not be followed or waited for.
    handle = await open(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (thrown) {
    if (isAbsence(thrown)) return undefined;
    return failure("missing", path, `it cannot be opened (${codeOf(thrown)})`);
  }
  const stats = await handle.stat();
  if (stats.isFile() && stats.size <= MAX_ASSET_BYTES) {
    return { ok: true, handle, contentType, size: stats.size, modifiedMs: stats.mtimeMs };
  }
  await handle.close();
  return stats.isFile() ? failure("too-large", path, `it is larger than ${MAX_ASSET_BYTES} bytes`) : undefined;
}

function failure(problem: AssetProblem, path: string, reason: string): AssetFailure {
  return { ok: false, problem, message: `The file ${JSON.stringify(path.slice(0, 200))} is not read: ${reason}.` };
}

const ABSENCES: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "ELOOP", "ENAMETOOLONG"]);

function isAbsence(thrown: unknown): boolean {
  return ABSENCES.has(codeOf(thrown));
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && "code" in thrown ? String(thrown.code) : messageOf(thrown);
}
