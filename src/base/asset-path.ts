const MAX_PATH_CHARS = 1024;

/** What an asset folder delivers, by file extension. Pictures and fonts, nothing that runs. */
const ASSET_TYPES: ReadonlyMap<string, string> = new Map([
  ["png", "image/png"],
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
  ["avif", "image/avif"],
  ["bmp", "image/bmp"],
  ["ico", "image/x-icon"],
  ["svg", "image/svg+xml"],
  ["woff", "font/woff"],
  ["woff2", "font/woff2"],
  ["ttf", "font/ttf"],
  ["otf", "font/otf"],
]);

/** Where a server puts the files of an app's asset folders. */
export const ASSET_PREFIX = "/app-assets/";

/** Why a path is refused that does not lead below an asset folder. */
export const ASSET_PATH_RULE =
  "paths are relative to the app's asset folders, with / between the names and without .., hidden files or addresses";

/**
 * The names of a path below an asset folder. `undefined` for everything that could lead elsewhere: absolute paths, `..`,
 * drives, addresses, hidden files.
 */
export function assetSegments(path: string): readonly string[] | undefined {
  if (path === "" || path.length > MAX_PATH_CHARS) return undefined;
  for (const character of path) if (character < " " || character === "\\" || character === ":") return undefined;
  const segments = path.replace(/^(?:\.\/)+/, "").split("/");
  // A dot in front is a hidden file, the folder itself or the one above.
  return segments.some((segment) => segment === "" || segment.startsWith(".")) ? undefined : segments;
}

/** The media type by extension; `undefined` for files that are neither pictures nor fonts. */
export function assetType(path: string): string | undefined {
  const dot = path.lastIndexOf(".");
  return dot < 0 ? undefined : ASSET_TYPES.get(path.slice(dot + 1).toLowerCase());
}
