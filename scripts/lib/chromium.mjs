// Finds the system's Chromium for the browser tests, or gets it from the system's package manager, or says how to.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
const places = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

export function findChromium() {
  const given = process.env.PLUSHIE_CHROMIUM;
  if (given) return existsSync(given) ? given : undefined;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of names) if (existsSync(join(folder, name))) return join(folder, name);
  }
  return places.find((place) => existsSync(place));
}

export function requireChromium() {
  const found = findChromium() ?? installed();
  if (found !== undefined) return found;
  console.error(
    [
      "The browser tests need Chromium, Chrome or Edge, and none was found.",
      "Install one, or name one: PLUSHIE_CHROMIUM=/path/to/chromium npm test",
      "  Debian, Ubuntu:  sudo apt-get install chromium",
      "  Fedora:          sudo dnf install chromium",
      "  macOS:           brew install --cask chromium",
    ].join("\n"),
  );
  process.exit(1);
}

function installed() {
  const isRoot = process.getuid?.() === 0;
  if (process.platform !== "linux" || !isRoot || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("Installing Chromium with apt-get …");
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  return findChromium();
}
