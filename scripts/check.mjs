// npm run check: everything before a commit, cheapest first.

import { bin, install, requireNode, run } from "./lib/setup.mjs";

requireNode();
install();
const steps = [
  ["format and lint", bin("@biomejs/biome", "biome"), ["check", "."]],
  ["generated files", "scripts/check-generated.mjs", []],
  ["imports", "scripts/check-imports.mjs", []],
  ["sizes", "scripts/check-sizes.mjs", []],
  ["documents", "scripts/check-docs.mjs", []],
  ["types and tests", "scripts/test.mjs", []],
  ["page size", "scripts/check-page.mjs", []],
];
for (const [name, script, args] of steps) {
  console.log(`\n── ${name}`);
  run(process.execPath, [script, ...args]);
}
