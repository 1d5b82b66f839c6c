// The page's first load: everything that index.html pulls in before anything lazy, compressed as a server would.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, root } from "./lib/setup.mjs";

const limitBytes = 120_000;
build();
const { outputs } = JSON.parse(readFileSync(join(root, "dist/page-meta.json"), "utf8"));
const entry = Object.keys(outputs).find((name) => outputs[name].entryPoint?.endsWith("host/web/page.ts"));
const first = new Set();
const visit = (name) => {
  if (first.has(name)) return;
  first.add(name);
  for (const { path, kind } of outputs[name].imports) if (kind === "import-statement") visit(path);
};
visit(entry);
const sizeOf = (name) => gzipSync(readFileSync(join(root, name)), { level: 9 }).length;
const total = [...first].reduce((sum, name) => sum + sizeOf(name), 0);
console.log(`first load ${(total / 1000).toFixed(1)} kB compressed, at most ${limitBytes / 1000} kB`);
for (const name of Object.keys(outputs)) {
  if (name.endsWith(".js") && !first.has(name)) console.log(`  lazy: ${name} ${(sizeOf(name) / 1000).toFixed(1)} kB`);
}
if (total > limitBytes) process.exit(1);
