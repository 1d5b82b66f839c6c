import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { err, messageOf, ok, type Result } from "../../../base/index.ts";

export interface PageFile {
  readonly body: Buffer;
  /** Absent where compressing does not pay. */
  readonly gzip: Buffer | undefined;
  readonly contentType: string;
  readonly etag: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json; charset=utf-8",
  map: "application/json; charset=utf-8",
  webmanifest: "application/manifest+json; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  ico: "image/x-icon",
  woff: "font/woff",
  woff2: "font/woff2",
  ttf: "font/ttf",
  otf: "font/otf",
  wasm: "application/wasm",
};

const COMPRESSIBLE = /^(?:text\/|application\/(?:json|manifest|wasm)|image\/svg)/;

/** Smaller files fit into one packet anyway. */
const MIN_GZIP_BYTES = 1_400;

/**
 * Reads a whole page folder into memory. What is not in this map is not served, so no request path ever becomes a
 * file path, and there is nothing to traverse. Compressing does not pay where nothing leaves this machine.
 */
export function readPageFolder(
  directory: string,
  options: { readonly compresses: boolean } = { compresses: true },
): Result<Map<string, PageFile>, string> {
  const files = new Map<string, PageFile>();
  try {
    addFolder(files, directory, "/", options.compresses);
  } catch (thrown) {
    return err(`The page folder "${directory}" cannot be read: ${messageOf(thrown)}`);
  }
  return files.size > 0 ? ok(files) : err(`The page folder "${directory}" is empty. Build the page first.`);
}

function addFolder(files: Map<string, PageFile>, directory: string, prefix: string, compresses: boolean): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    // Dot files are never meant for the page, and links may lead anywhere.
    if (entry.name.startsWith(".")) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) addFolder(files, path, `${prefix}${entry.name}/`, compresses);
    else if (entry.isFile()) files.set(prefix + entry.name, toPageFile(entry.name, readFileSync(path), compresses));
  }
}

function toPageFile(name: string, body: Buffer, compresses: boolean): PageFile {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const contentType = CONTENT_TYPES[extension] ?? "application/octet-stream";
  const gzip =
    compresses && COMPRESSIBLE.test(contentType) && body.length >= MIN_GZIP_BYTES ? gzipSync(body) : undefined;
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { body, gzip, contentType, etag };
}

/** The page itself, from a file in which `{{title}}` is replaced. */
export function titledPage(template: PageFile, title: string): PageFile {
  const html = template.body.toString("utf8").replaceAll("{{title}}", () => escapeHtml(title));
  return toPageFile("index.html", Buffer.from(html), template.gzip !== undefined);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
