// The gallery as a folder of files that any file server can deliver: the application runs in the page.

import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "./setup.mjs";

/** Writes `index.html`, style sheet, scripts and fonts into `folder`, which must be empty or hold an earlier one. */
export async function writeGalleryPage(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) {
    if (!/^(index\.html|page\.css|page\.js|chunk-.*\.js|fonts)$/.test(name)) {
      throw new Error(`${folder} has something in it that is no page of the gallery: ${name}. Name an empty folder.`);
    }
  }
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { page: "apps/gallery/src/in-page.ts" },
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    splitting: true,
    target: ["chrome109", "firefox115", "safari16"],
    chunkNames: "chunk-[name]-[hash]",
    conditions: ["plushie-source"],
    logLevel: "warning",
    legalComments: "none",
  });
  const source = join(root, "src/host/web");
  cpSync(join(source, "page.css"), join(folder, "page.css"));
  const html = readFileSync(join(source, "page.html"), "utf8")
    .replace("{{title}}", "Plushie Gallery")
    // The folder may be delivered under any path.
    .replaceAll(/(href|src)="\//g, '$1="./');
  writeFileSync(join(folder, "index.html"), html);
}
