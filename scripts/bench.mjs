// npm run bench [-- NAME…]: bundles each bench/<name>/main.ts and runs it alone. Prints medians and ratios of one run.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { build, requireNode, root, run } from "./lib/setup.mjs";

requireNode();
build();
const esbuild = await import("esbuild");
const wanted = process.argv.slice(2);
const names = readdirSync(join(root, "bench")).filter((name) => existsSync(join(root, "bench", name, "main.ts")));
for (const name of names) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const outfile = join(root, ".cache/bench", `${name}.mjs`);
  await esbuild.build({
    entryPoints: [join(root, "bench", name, "main.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["plushie-source"],
    packages: "external",
    alias: { plushie: join(root, "src") },
    logLevel: "warning",
  });
  console.log(`\n══ ${name}`);
  run(process.execPath, ["--expose-gc", outfile]);
}
