// npm test: types, then every test, in one process tree. `npm test -- NAME` runs the test files whose path has NAME in it.

import { requireChromium } from "./lib/chromium.mjs";
import { bin, build, requireNode, run } from "./lib/setup.mjs";

requireNode();
build();
const chromium = requireChromium();
const filters = process.argv.slice(2);

if (filters.length === 0) run(process.execPath, [bin("typescript", "tsc"), "-b", "tsconfig.json"]);
// The conformance suite runs against any renderer: `npm run conformance`.
const projects = ["unit", "integration", "browser"].flatMap((name) => ["--project", name]);
run(process.execPath, [bin("vitest", "vitest"), "run", ...projects, ...filters], {
  env: { ...process.env, PLUSHIE_CHROMIUM: chromium },
});
if (filters.length === 0) run(process.execPath, ["scripts/smoke-lts.mjs"]);
