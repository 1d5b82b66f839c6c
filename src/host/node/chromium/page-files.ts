// What the page is made of: the bundle of the DOM surface and the fonts. Nothing else is ever given to a page.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { messageOf } from "../../../base/index.ts";
import { BrowserError } from "./browser-error.ts";

export interface PageFile {
  readonly contentType: string;
  /** As the browser wants it. */
  readonly base64: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".woff2": "font/woff2",
};
const PAGE = "headless-page.html";
/** From the bundled command, from the compiled module, and from the source. */
const MAX_STEPS_UP = 6;

export class PageFiles {
  readonly #folder: string;
  readonly #files = new Map<string, Promise<PageFile | undefined>>();

  /** `folder` holds `headless` and `fonts`. Default: this package's own. */
  constructor(folder?: string) {
    this.#folder = folder ?? ownFolder();
  }

  /** By the path of a URL; `undefined` when the page has no such file. */
  find(path: string): Promise<PageFile | undefined> {
    let file = this.#files.get(path);
    if (file === undefined) {
      const place = placeOf(path);
      file = place === undefined ? Promise.resolve(undefined) : this.#read(place);
      // Names a page makes up are not kept.
      if (place !== undefined) this.#files.set(path, file);
    }
    return file;
  }

  async #read({ folder, name }: Place): Promise<PageFile | undefined> {
    const path = join(this.#folder, folder, name);
    if (!existsSync(path)) return undefined;
    try {
      const body = await readFile(path);
      return { contentType: CONTENT_TYPES[extname(name)] ?? "", base64: body.toString("base64") };
    } catch (thrown) {
      throw new BrowserError("page-files-missing", `${path} cannot be read: ${messageOf(thrown)}`);
    }
  }
}

interface Place {
  readonly folder: "headless" | "fonts";
  readonly name: string;
}

/** Plain names of known kinds only, so that no path leads anywhere else. */
function placeOf(path: string): Place | undefined {
  if (path === "/") return { folder: "headless", name: PAGE };
  const match = /^\/(fonts\/)?([\w-][\w.-]{0,120})$/.exec(path);
  const name = match?.[2];
  if (name === undefined || CONTENT_TYPES[extname(name)] === undefined) return undefined;
  return { folder: match?.[1] === undefined ? "headless" : "fonts", name };
}

function ownFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let step = 0; step < MAX_STEPS_UP; step += 1) {
    for (const candidate of [folder, join(folder, "dist")]) {
      if (existsSync(join(candidate, "headless", PAGE))) return candidate;
    }
    folder = dirname(folder);
  }
  throw new BrowserError("page-files-missing", "The page to draw in is not there: build the package (npm run build).");
}
