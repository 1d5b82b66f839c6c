// npm test: types, then every test, in one process tree. `npm test -- NAME` runs the test files whose path has NAME in it.

import { availableParallelism } from "node:os";

import { requireChromium } from "./lib/chromium.mjs";
import { bin, build, requireNode, run } from "./lib/setup.mjs";

requireNode();
build();
const chromium = requireChromium();
const filters = process.argv.slice(2);

if (filters.length === 0) run(process.execPath, [bin("typescript", "tsc"), "-b", "tsconfig.json"]);
// The conformance suite runs against any renderer: `npm run conformance`.
const projects = ["unit", "integration", "browser"].flatMap((name) => ["--project", name]);
// Browsers and child processes do the work and the tests wait for them, so that no core has to be left for the runner.
const workers = `--maxWorkers=${availableParallelism()}`;
run(process.execPath, [bin("vitest", "vitest"), "run", ...projects, workers, ...filters], {
  env: { ...process.env, PLUSHIE_CHROMIUM: chromium },
});
if (filters.length === 0) run(process.execPath, ["scripts/smoke-lts.mjs"]);
