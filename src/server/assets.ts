import type { IncomingMessage, ServerResponse } from "node:http";
import { ASSET_PREFIX } from "../base/asset-path.ts";
import { type AssetProblem, openAsset, readWhole } from "../host/node/asset-files.ts";
import { decodePath, send, sendText } from "../host/node/page-http/responses.ts";

/** An app's asset folders: one, or several that are looked through in order. */
export type AssetFolders = string | readonly string[];

const STATUSES: Readonly<Record<AssetProblem, number>> = { refused: 400, type: 403, missing: 404, "too-large": 413 };

/** A drawing opened by itself is a document: it gets no scripts, no origin and nothing from elsewhere. */
const SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'";

export function isAssetPath(pathname: string): boolean {
  return pathname.startsWith(ASSET_PREFIX);
}

/** Answers a request for a file of the asset folders. Who may ask has been checked. */
export async function sendAsset(
  folders: AssetFolders | undefined,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const list = folders === undefined ? [] : typeof folders === "string" ? [folders] : folders;
  const path = decodePath(pathname.slice(ASSET_PREFIX.length));
  const asset = await openAsset(list, path ?? "");
  if (!asset.ok) {
    sendText(response, STATUSES[asset.problem], asset.message);
    return;
  }
  try {
    const etag = `"${asset.size.toString(36)}-${Math.round(asset.modifiedMs).toString(36)}"`;
    const headers: Record<string, string> = {
      "Content-Type": asset.contentType,
      // The person's own copy, asked for again each time and answered with 304: a changed file is seen at once.
      "Cache-Control": "private, no-cache",
      ETag: etag,
      ...(asset.contentType === "image/svg+xml" ? { "Content-Security-Policy": SVG_POLICY } : {}),
    };
    if (request.headers["if-none-match"] === etag) send(response, 304, headers);
    else send(response, 200, headers, Buffer.from(await readWhole(asset)));
  } finally {
    await asset.handle.close();
  }
}
