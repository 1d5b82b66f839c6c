// Files stay readable: at most 600 lines, except catalogues and generated files.

import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { filesBelow, root } from "./lib/setup.mjs";

const limit = 600;
const exceptions = new Map([
  ["src/protocol/generated", "generated"],
  ["src/ui/generated", "generated"],
]);
const faults = [];
for (const folder of ["src", "apps", "examples", "test", "bench", "scripts"]) {
  for (const file of filesBelow(join(root, folder), (name) => /\.(tsx?|mjs|css)$/.test(name))) {
    const path = relative(root, file);
    if ([...exceptions.keys()].some((exception) => path.startsWith(exception))) continue;
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").length;
    if (lines > limit)
      faults.push(`${path} has ${lines} lines; split it, or list it in scripts/check-sizes.mjs with a reason`);
  }
}
if (faults.length > 0) {
  console.error(faults.join("\n"));
  process.exit(1);
}
console.log(`no file has more than ${limit} lines`);
