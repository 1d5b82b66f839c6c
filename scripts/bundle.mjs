// Bundles what runs outside Node, the pages (with lazy chunks) and the guest of the sandbox, and what must start fast: the
// renderer command in one file. Part of the build, after the compiler.

import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { bundleHeadless } from "./lib/headless.mjs";
import { root } from "./lib/setup.mjs";

const page = emptied("dist/page");
const windowPage = emptied("dist/window");

const renderer = "dist/cli/plushie-renderer.js";
emptied("dist/cli/renderer");
const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  conditions: ["plushie-source"],
  logLevel: "warning",
  legalComments: "none",
};
/**
 * A chunk that is loaded later takes the catalog with it only if nothing of the page leads there, and esbuild follows every
 * `export *` of a file in use. In the page the catalog is imported directly; through the index the build fails.
 */
const catalogStaysLazy = {
  name: "catalog-stays-lazy",
  setup(build) {
    build.onLoad({ filter: /src[\\/]protocol[\\/]index\.ts$/ }, ({ path }) => {
      const line = 'export * from "./catalog.ts";\n';
      const source = readFileSync(path, "utf8");
      if (!source.includes(line)) throw new Error(`${path} has no line: ${line}`);
      return { contents: source.replace(line, ""), loader: "ts" };
    });
  },
};
const inPages = {
  ...shared,
  format: "esm",
  splitting: true,
  target: ["chrome109", "firefox115", "safari16"],
  chunkNames: "chunk-[name]-[hash]",
  plugins: [catalogStaysLazy],
};
// Each page in a build of its own: parts shared between entry points would make the first load of both larger.
const [pageResult] = await Promise.all([
  esbuild.build({
    ...inPages,
    entryPoints: { page: "src/host/web/page.ts" },
    outdir: "dist/page",
    metafile: true,
  }),
  esbuild.build({
    ...inPages,
    entryPoints: { page: "src/host/web/window-page.ts" },
    outdir: "dist/window",
  }),
  esbuild.build({
    ...shared,
    entryPoints: ["src/sandbox/guest/main.ts"],
    outfile: "dist/sandbox/guest.js",
    format: "iife",
    target: "es2020",
    // QuickJS error positions point into the experiment, not into this bundle.
    sourcemap: false,
  }),
  esbuild.build({
    ...shared,
    entryPoints: ["src/cli/plushie-renderer.ts"],
    outdir: "dist/cli",
    // What one mode needs (a browser, a page's server, a socket) is no work for the start of another.
    splitting: true,
    chunkNames: "renderer/[name]-[hash]",
    format: "esm",
    platform: "node",
    target: "node20",
    // Pictures and windows need these, loaded with the first one; commands share their modules with the app they start.
    external: ["pngjs", "ws", "./commands/*"],
    banner: { js: "#!/usr/bin/env node" },
    allowOverwrite: true,
  }),
  bundleHeadless(join(root, "dist")),
]);
writeFileSync(join(root, "dist/page-meta.json"), JSON.stringify(pageResult.metafile));
copyTo(page, ["page.html", "page.css"]);
copyTo(windowPage, ["page.html", "page.css"]);

// The compiler's map belongs to the file that was replaced.
rmSync(join(root, `${renderer}.map`), { force: true });
chmodSync(join(root, renderer), 0o755);

function emptied(folder) {
  const path = join(root, folder);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
  return path;
}

function copyTo(folder, names) {
  for (const name of names) copyFileSync(join(root, "src/host/web", name), join(folder, name));
}
