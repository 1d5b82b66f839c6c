// Generated files are what their generators make of the catalog now.

import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root, run } from "./lib/setup.mjs";

const generators = readdirSync(join(root, "scripts")).filter((name) => /^generate-.*\.mjs$/.test(name));
for (const generator of generators) run(process.execPath, [join("scripts", generator)]);
const changed = execFileSync(
  "git",
  ["diff", "--stat", "--", "src/protocol/generated", "src/ui/generated", "docs/reference/widgets.md"],
  {
    cwd: root,
  },
).toString();
if (changed !== "") {
  console.error(`these files were not up to date; they are now, commit them:\n${changed}`);
  process.exit(1);
}
console.log(`${generators.length} generators, nothing to change`);
