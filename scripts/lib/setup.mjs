// What every command needs before it can run: packages installed, sources built. Second runs skip what is done.
// Uses nothing but Node itself, because it runs before anything is installed.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const cache = join(root, ".cache");

export function requireNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= 20) return;
  console.error(
    `Plushie needs Node 20 or newer; this is ${process.version}. Get a current one from https://nodejs.org.`,
  );
  process.exit(1);
}

/** Runs a command in the project's root, shows what it prints, and ends this process when it fails. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
    ...options,
  });
  if (result.status === 0) return;
  const reason = result.error?.message ?? (result.signal ? `signal ${result.signal}` : `status ${result.status}`);
  console.error(`\n${command} ${args.join(" ")} failed: ${reason}`);
  process.exit(result.status || 1);
}

export function install() {
  const stamp = hash([readFileSync(join(root, "package-lock.json"))]);
  const isInstalled = existsSync(join(root, "node_modules", ".package-lock.json")) && readStamp("install") === stamp;
  if (isInstalled) return;
  // "npm ci" empties the folder first, also one that others share.
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    console.error(
      "node_modules is a symbolic link, and installing would empty the folder it leads to. Remove the link.",
    );
    process.exit(1);
  }
  console.log("Installing packages …");
  run("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"]);
  writeStamp("install", stamp);
}

/** Compiles the sources and bundles the page; skipped when no source changed since the last time. */
export function build() {
  install();
  const stamp = sourcesStamp();
  if (readStamp("build") === stamp && existsSync(join(root, "dist/page/page.js"))) return;
  console.log("Building …");
  run(process.execPath, [
    bin("typescript", "tsc"),
    "-b",
    "tsconfig.pure.json",
    "tsconfig.web.json",
    "tsconfig.node.json",
    "apps/pad",
    "apps/gallery",
  ]);
  run(process.execPath, ["scripts/bundle.mjs"]);
  writeStamp("build", stamp);
}

/** Path of a package's command, so that it starts without a shell. */
export function bin(packageName, command) {
  const folder = join(root, "node_modules", packageName);
  const { bin: commands } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof commands === "string" ? commands : commands[command]);
}

export function* filesBelow(folder, accepts) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || entry.name === "dist" || entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, accepts);
    else if (accepts(entry.name)) yield path;
  }
}

function sourcesStamp() {
  const parts = [];
  for (const folder of ["src", "apps", "scripts"]) {
    for (const file of filesBelow(join(root, folder), () => true)) {
      const { mtimeMs, size } = statSync(file);
      parts.push(`${relative(root, file)} ${size} ${mtimeMs}`);
    }
  }
  for (const file of [
    "package-lock.json",
    "tsconfig.base.json",
    "tsconfig.pure.json",
    "tsconfig.web.json",
    "tsconfig.node.json",
  ]) {
    parts.push(readFileSync(join(root, file)));
  }
  return hash(parts);
}

function hash(parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex");
}

function readStamp(name) {
  const file = join(cache, `${name}.stamp`);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

function writeStamp(name, value) {
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, `${name}.stamp`), value);
}
