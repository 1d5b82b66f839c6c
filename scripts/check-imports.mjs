// The dependency rule of docs/architecture.md: which folder of src/ may import which. Edit this table and that page together.

import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { filesBelow, root } from "./lib/setup.mjs";

const rule = {
  base: [],
  protocol: ["base"],
  app: ["base", "protocol"],
  ui: ["base", "protocol", "app"],
  state: [],
  tree: ["base", "protocol", "app/element.ts", "app/composite.ts"],
  wire: ["base", "protocol"],
  bridge: ["base", "protocol", "wire"],
  runtime: ["base", "protocol", "app", "tree"],
  "renderer/engine": ["base", "protocol", "tree", "renderer/surface.ts"],
  "renderer/motion": ["base", "protocol"],
  "renderer/dom": ["base", "protocol", "renderer/motion", "renderer/surface.ts"],
  "renderer/page": ["base", "protocol", "tree", "renderer/surface.ts"],
  renderer: ["base", "protocol", "renderer/motion", "renderer/engine", "renderer/page"],
  transport: ["base", "protocol", "wire", "bridge/transport.ts", "bridge/iostream.ts"],
  room: ["base", "protocol", "app", "runtime"],
  host: ["base", "protocol", "app", "tree", "wire", "bridge", "runtime", "transport", "renderer"],
  server: ["base", "protocol", "app", "wire", "bridge", "runtime", "transport", "host", "room"],
  sandbox: ["base", "protocol", "app", "ui", "index.ts"],
  testing: [
    "base",
    "protocol",
    "app",
    "ui",
    "tree",
    "wire",
    "bridge",
    "runtime",
    "transport",
    "renderer",
    "host",
    "room",
  ],
  cli: ["base", "host", "server", "testing", "index.ts"],
};
const nodeFolders = ["transport/node", "host/node", "server", "sandbox", "testing", "cli"];
const source = join(root, "src");
const layers = Object.keys(rule).sort((a, b) => b.length - a.length);
const faults = [];

for (const file of filesBelow(
  source,
  (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.endsWith(".d.ts"),
)) {
  const path = relative(source, file).split(sep).join("/");
  const layer = layers.find((name) => path.startsWith(`${name}/`));
  for (const target of importsOf(readFileSync(file, "utf8"))) {
    if (target.startsWith("node:")) {
      if (!nodeFolders.some((folder) => path.startsWith(`${folder}/`)))
        faults.push(`${path} imports ${target}, and only ${nodeFolders.join(", ")} may use Node`);
      continue;
    }
    if (!target.startsWith(".") || layer === undefined) continue;
    const imported = relative(source, resolve(dirname(file), target))
      .split(sep)
      .join("/");
    if (
      imported.startsWith(`${layer}/`) &&
      !layers.some((other) => other !== layer && other.startsWith(`${layer}/`) && imported.startsWith(`${other}/`))
    )
      continue;
    if (!rule[layer].some((allowed) => imported === allowed || imported.startsWith(`${allowed}/`))) {
      faults.push(`${path} imports ${imported}, and ${layer} may import ${rule[layer].join(", ") || "nothing"}`);
    }
  }
}

for (const folder of ["apps", "examples"]) {
  for (const file of filesBelow(join(root, folder), (name) => /\.tsx?$/.test(name))) {
    for (const target of importsOf(readFileSync(file, "utf8"))) {
      const leaves = target.startsWith(".") && !resolve(dirname(file), target).startsWith(join(root, folder) + sep);
      if (leaves)
        faults.push(`${relative(root, file)} imports ${target}: apps and examples use published subpaths only`);
    }
  }
}

if (faults.length > 0) {
  console.error(`${faults.join("\n")}\n\nThe table is in scripts/check-imports.mjs and docs/architecture.md.`);
  process.exit(1);
}
console.log("imports follow the table");

function* importsOf(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  for (const match of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*"([^"\n]+)"/g)) yield match[1];
}
