// The page that pictures are taken of, and its fonts: everything a browser without a screen gets to see.

import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { root } from "./setup.mjs";

/** Packages, their style sheets, and the files of them that are of use. Inter has the Latin letters for the others as well. */
const fonts = [
  { name: "inter", sheets: ["wght.css", "wght-italic.css"], files: /./ },
  { name: "jetbrains-mono", sheets: ["wght.css", "wght-italic.css"], files: /./ },
  { name: "noto-sans-arabic", sheets: ["wght.css"], files: /-arabic-arabic-/ },
  { name: "noto-sans-hebrew", sheets: ["wght.css"], files: /-hebrew-hebrew-/ },
];

/** Writes the folders `headless` and `fonts` into `folder`. */
export async function bundleHeadless(folder) {
  const page = join(folder, "headless");
  rmSync(page, { recursive: true, force: true });
  mkdirSync(page, { recursive: true });
  copyFonts(join(folder, "fonts"));
  for (const name of ["headless-page.html", "headless-page.css"]) {
    copyFileSync(join(root, "src/host/web", name), join(page, name));
  }
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: { "headless-page": "src/host/web/headless-page.ts" },
    outdir: page,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: ["chrome109"],
    chunkNames: "chunk-[name]-[hash]",
    conditions: ["plushie-source"],
    logLevel: "warning",
    legalComments: "none",
  });
}

function copyFonts(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const faces = fonts.flatMap(({ name, sheets, files }) => {
    const from = join(root, "node_modules/@fontsource-variable", name);
    copyFileSync(join(from, "LICENSE"), join(folder, `${name}-LICENSE.txt`));
    return sheets
      .flatMap((sheet) => readFileSync(join(from, sheet), "utf8").match(/@font-face \{[^}]*\}/g) ?? [])
      .flatMap((face) => {
        const file = /url\(\.\/files\/([\w.-]+)\)/.exec(face)?.[1];
        if (file === undefined) throw new Error(`${name}: a font face without a file`);
        if (!files.test(file)) return [];
        copyFileSync(join(from, "files", file), join(folder, file));
        return [face.replace("./files/", "")];
      });
  });
  writeFileSync(join(folder, "fonts.css"), `${faces.join("\n")}\n`);
}
