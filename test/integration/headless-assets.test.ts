// Pictures of the app that a screen of the browser gets from declared folders.

import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleHeadless } from "../../scripts/lib/headless.mjs";
import { chromiumPath } from "../browser/support/chromium.ts";
import { bundleRenderer, type Message, RunningRenderer, SETTINGS } from "./renderer-process-rig.ts";

const cache = fileURLToPath(new URL("../../.cache/renderer-process/headless-assets/", import.meta.url));
const ENVIRONMENT = {
  PLUSHIE_CHROMIUM: chromiumPath(),
  ...(process.getuid?.() === 0 ? { PLUSHIE_CHROMIUM_NO_SANDBOX: "1" } : {}),
};
const RED = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#f00"/></svg>`;

let bundle: string;
let folder: string;

beforeAll(async () => {
  await bundleHeadless(cache);
  bundle = await bundleRenderer("headless-assets");
  folder = await mkdtemp(join(tmpdir(), "plushie-assets-"));
  await writeFile(join(folder, "red.svg"), RED);
}, 60_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** What is drawn of a picture with this source, and what is said about it. */
async function drawn(source: string, args: readonly string[]): Promise<{ hasRed: boolean; said: readonly unknown[] }> {
  const renderer = new RunningRenderer(bundle, ["--headless", "--json", ...args], { environment: ENVIRONMENT });
  const image: Message = { id: "main#p", type: "svg", props: { source, width: 40, height: 40 }, children: [] };
  renderer.send(SETTINGS);
  renderer.send({ type: "snapshot", tree: { id: "main", type: "window", props: {}, children: [image] } });
  renderer.send({ type: "screenshot", id: "s", name: "n", width: 80, height: 80 });
  const { rgba } = await renderer.inbox.ofType("screenshot_response");
  await renderer.finish();
  const pixels = Buffer.from(String(rgba), "base64");
  let hasRed = false;
  for (let at = 0; at < pixels.length; at += 4) {
    hasRed ||= pixels[at] === 255 && pixels[at + 1] === 0 && pixels[at + 2] === 0;
  }
  const said = renderer.inbox.messages.filter(({ type }) => type === "diagnostic").map((each) => each["diagnostic"]);
  return { hasRed, said };
}

describe("a picture by its path", () => {
  test("is drawn from a declared folder", async () => {
    expect(await drawn("red.svg", ["--assets", folder])).toEqual({ hasRed: true, said: [] });
  });

  test("is not drawn from elsewhere, and the reason is told", async () => {
    const { hasRed, said } = await drawn(`../${folder.slice(folder.lastIndexOf("/") + 1)}/red.svg`, [
      "--assets",
      folder,
    ]);
    expect(hasRed).toBe(false);
    expect(said).toMatchObject([{ kind: "asset_refused" }]);
  });

  test("is not drawn where no folder is declared", async () => {
    const { hasRed, said } = await drawn("red.svg", []);
    expect(hasRed).toBe(false);
    expect(said).toMatchObject([{ kind: "asset_refused" }]);
  });
});

test("a browser that nobody closed does not keep the process alive", { timeout: 60_000 }, async () => {
  const outfile = join(cache, "forgotten.mjs");
  await build({
    stdin: {
      contents: `import { startHeadlessBrowser } from "./src/host/node/chromium/index.ts";
        const browser = await startHeadlessBrowser();
        await browser.newScreen().open();
        console.log("open");`,
      resolveDir: fileURLToPath(new URL("../..", import.meta.url)),
      loader: "ts",
    },
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    conditions: ["plushie-source"],
    external: ["pngjs", "ws"],
  });
  const ended = spawnSync(process.execPath, [outfile], { env: { ...process.env, ...ENVIRONMENT }, timeout: 40_000 });
  expect([ended.status, ended.stdout.toString(), ended.stderr.toString()]).toEqual([0, "open\n", ""]);
});
