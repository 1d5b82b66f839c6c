import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { systemClock } from "../../../base/index.ts";
import { createPageSurface } from "../../../renderer/index.ts";
import { pageAssets } from "../asset-files.ts";
import { HostError } from "../host-error.ts";
import { type PageFile, readPageFolder, titledPage } from "../page-http/page-files.ts";
import type { SurfaceSource } from "../renderer-process.ts";
import { WindowPages } from "./window-pages.ts";

const PAGE = "page.html";
/** From the bundled command, from the compiled module, and from the source. */
const MAX_STEPS_UP = 6;

/** Windows in the person's browser: one page on this machine that holds all windows of the app. */
export function windowSurface(): Pick<SurfaceSource, "create" | "close"> {
  let pages: WindowPages | undefined;
  return {
    async create({ arguments: flags, environment, writeError, logger, clock = systemClock }) {
      const opened = new WindowPages({ files: pageFiles(), environment, writeError, logger, clock });
      pages = opened;
      await opened.listen();
      // An app of our own comes for certain: the browser may start while it does.
      if (flags.host !== undefined) opened.invite();
      return createPageSurface(opened.open, { opens: "for-windows", clock, ...pageAssets(flags.assets) });
    },
    async close() {
      await pages?.close();
    },
  };
}

function pageFiles(): ReadonlyMap<string, PageFile> {
  const read = readPageFolder(pageFolder(), { compresses: false });
  const page = read.ok ? read.value.get(`/${PAGE}`) : undefined;
  if (!read.ok || page === undefined) throw missing();
  return read.value.set("/", titledPage(page, "Plushie"));
}

function pageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let step = 0; step < MAX_STEPS_UP; step += 1) {
    for (const candidate of [join(folder, "window"), join(folder, "dist/window")]) {
      if (existsSync(join(candidate, PAGE))) return candidate;
    }
    folder = dirname(folder);
  }
  throw missing();
}

function missing(): HostError {
  const text = "Windows are shown in a browser, and the page for it is not there: build the package (npm run build).";
  return new HostError("surface-unavailable", text);
}
