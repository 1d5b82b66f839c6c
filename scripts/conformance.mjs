// npm run conformance: the protocol suite against a renderer.
//
//   npm run conformance                                             our own renderer, in mock mode
//   PLUSHIE_RENDERER=/path/to/renderer npm run conformance          any other
//   PLUSHIE_CONFORMANCE_MODE=headless npm run conformance           with --headless instead of --mock
//   npm run conformance -- sessions                                 the files whose path has "sessions" in it

import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";

import { bin, build, requireNode, root, run } from "./lib/setup.mjs";

requireNode();
const given = process.env.PLUSHIE_RENDERER;
if (given) {
  if (!existsSync(resolve(given))) {
    console.error(`PLUSHIE_RENDERER names a file that is not there: ${given}`);
    process.exit(1);
  }
} else build();

const env = { ...process.env };
if (given) env.PLUSHIE_RENDERER = resolve(given);
// As root, as in most containers, a browser does not run in its sandbox; everything drawn here is our own.
if (process.getuid?.() === 0) env.PLUSHIE_CHROMIUM_NO_SANDBOX ??= "1";
const filters = process.argv.slice(2).map((filter) => (filter.startsWith("-") ? filter : `test/conformance/${filter}`));
console.log(`Renderer under test: ${env.PLUSHIE_RENDERER ?? resolve(root, "dist/cli/plushie-renderer.js")}`);
// The renderers do the work and the tests wait for them, so that no core has to be left for the runner.
const workers = `--maxWorkers=${availableParallelism()}`;
run(process.execPath, [bin("vitest", "vitest"), "run", "--project", "conformance", workers, ...filters], { env });
