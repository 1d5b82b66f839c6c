// Part of npm test: the built pad starts and answers on the current long-term-support Node, which the npm package
// `node-bin-…`/`node-<platform>` carries. Nothing of it stays in the project.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./lib/setup.mjs";

/** The even major that is in long-term support at the time of writing; raise it once a year. */
const major = 26;
const platform = { win32: "win" }[process.platform] ?? process.platform;
const folder = join(root, ".cache", `node-${major}`);
const packageName = `node-${platform}-${process.arch}`;
const executable = join(folder, "node_modules", packageName, "bin", process.platform === "win32" ? "node.exe" : "node");

if (!existsSync(executable)) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const install = spawnSync(
    "npm",
    ["install", `${packageName}@${major}`, "--no-audit", "--no-fund", "--loglevel=error", "--no-save"],
    { cwd: folder, stdio: "inherit", shell: process.platform === "win32" },
  );
  if (install.status !== 0 || !existsSync(executable)) {
    console.error(`the package ${packageName}@${major} could not be installed`);
    process.exit(1);
  }
}

const data = mkdtempSync(join(tmpdir(), "plushie-lts-"));
const pad = spawn(
  executable,
  [join(root, "apps/pad/dist/main.js"), "--port", "0", "--no-open", "--no-ssh", "--data", data],
  {
    stdio: ["ignore", "pipe", "inherit"],
  },
);
let failure = "the pad did not get ready within 20 s";
const timer = setTimeout(() => pad.kill("SIGKILL"), 20_000);
let printed = "";
for await (const chunk of pad.stdout) {
  printed += chunk;
  const address = /Pad ready at (\S+)/.exec(printed)?.[1];
  if (address === undefined) continue;
  failure = await tryPage(address);
  break;
}
clearTimeout(timer);
pad.kill("SIGTERM");
await new Promise((resolve) =>
  pad.exitCode === null && pad.signalCode === null ? pad.on("exit", resolve) : resolve(),
);
rmSync(data, { recursive: true, force: true });
if (failure !== "") {
  console.error(`smoke test on Node ${major}: ${failure}`);
  process.exit(1);
}
console.log(`the pad starts and answers on Node ${major}`);

/** The link gives a cookie, the cookie gives the page. */
async function tryPage(address) {
  const first = await fetch(address, { redirect: "manual" });
  const cookie = first.headers.getSetCookie()[0]?.split(";")[0];
  if (cookie === undefined) return `the link answered ${first.status} without a cookie`;
  const page = await fetch(new URL("/", address), { headers: { cookie } });
  return page.ok && (await page.text()).includes("plushie") ? "" : `the page answered ${page.status}`;
}
