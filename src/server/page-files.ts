import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { messageOf } from "../base/error.ts";
import { ServerError } from "./server-error.ts";

export interface PageFile {
  readonly body: Buffer;
  /** Absent where compressing does not pay. */
  readonly gzip: Buffer | undefined;
  readonly contentType: string;
  readonly etag: string;
}

export interface PageOptions {
  /** Folder with the built page: `index.html`, or `page.html`, in which `{{title}}` is replaced. Default: this package's page. */
  readonly directory?: string;
  readonly title?: string;
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

/** Where the build puts the page, seen from this module in `dist`. */
const OWN_PAGE = fileURLToPath(new URL("../page/", import.meta.url));

/** Smaller files fit into one packet anyway. */
const MIN_GZIP_BYTES = 1_400;

/**
 * Reads the whole page folder into memory. What is not in this map is not served, so no request path ever becomes a
 * file path, and there is nothing to traverse.
 */
export function loadPageFiles({ directory = OWN_PAGE, title }: PageOptions): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  try {
    addFolder(files, directory, "/");
  } catch (cause) {
    const text = `The page folder "${directory}" cannot be read: ${messageOf(cause)}`;
    throw new ServerError("page-not-found", text, { cause });
  }
  if (files.size === 0) {
    throw new ServerError("page-not-found", `The page folder "${directory}" is empty. Build the page first.`);
  }
  const index = files.get("/index.html") ?? indexFrom(files.get("/page.html"), directory, title);
  files.set("/", index);
  return files;
}

function addFolder(files: Map<string, PageFile>, directory: string, prefix: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    // Dot files are never meant for the page, and links may lead anywhere.
    if (entry.name.startsWith(".")) continue;
    const path = join(directory, entry.name);
    if (entry.isDirectory()) addFolder(files, path, `${prefix}${entry.name}/`);
    else if (entry.isFile()) files.set(prefix + entry.name, toPageFile(entry.name, readFileSync(path)));
  }
}

function toPageFile(name: string, body: Buffer): PageFile {
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const contentType = CONTENT_TYPES[extension] ?? "application/octet-stream";
  const gzip = COMPRESSIBLE.test(contentType) && body.length >= MIN_GZIP_BYTES ? gzipSync(body) : undefined;
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  return { body, gzip, contentType, etag };
}

function indexFrom(template: PageFile | undefined, directory: string, title: string | undefined): PageFile {
  if (template === undefined) {
    throw new ServerError("page-not-found", `The page folder "${directory}" has neither index.html nor page.html.`);
  }
  const html = template.body.toString("utf8").replaceAll("{{title}}", () => escapeHtml(title ?? "Plushie"));
  return toPageFile("index.html", Buffer.from(html));
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
