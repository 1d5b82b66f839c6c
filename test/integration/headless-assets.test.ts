// Pictures of the app that a screen of the browser gets from declared folders.

import { spawnSync } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleHeadless } from "../../scripts/lib/headless.mjs";
import { app } from "../../src/app/index.ts";
import { start } from "../../src/host/node/index.ts";
import { svg, window } from "../../src/ui/index.ts";
import { HEADLESS_ENVIRONMENT } from "./headless-rig.ts";
import { bundleRenderer, type Message, RunningRenderer, SETTINGS } from "./renderer-process-rig.ts";
import { mockAdapter } from "./run-renderer.ts";

const cache = fileURLToPath(new URL("../../.cache/renderer-process/headless-assets/", import.meta.url));
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

function containsRed(pixels: Uint8Array): boolean {
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at] === 255 && pixels[at + 1] === 0 && pixels[at + 2] === 0) return true;
  }
  return false;
}

/** What is drawn of a picture with this source, and what is said about it. */
async function drawn(
  source: string,
  args: readonly string[],
  variables: Record<string, string> = {},
): Promise<{ hasRed: boolean; said: readonly unknown[] }> {
  const environment = { ...HEADLESS_ENVIRONMENT, ...variables };
  const renderer = new RunningRenderer(bundle, ["--headless", "--json", ...args], { environment });
  const image: Message = { id: "main#p", type: "svg", props: { source, width: 40, height: 40 }, children: [] };
  renderer.send(SETTINGS);
  renderer.send({ type: "snapshot", tree: { id: "main", type: "window", props: {}, children: [image] } });
  renderer.send({ type: "screenshot", id: "s", name: "n", width: 80, height: 80 });
  const { rgba } = await renderer.inbox.ofType("screenshot_response");
  await renderer.finish();
  const hasRed = containsRed(Buffer.from(String(rgba), "base64"));
  const said = renderer.inbox.messages.filter(({ type }) => type === "diagnostic").map((each) => each["diagnostic"]);
  return { hasRed, said };
}

describe("a picture by its path", () => {
  test("is drawn from a declared folder", async () => {
    expect(await drawn("red.svg", ["--assets", folder])).toEqual({ hasRed: true, said: [] });
  });

  test("is drawn from the folders that the environment lists, where no flag names any", async () => {
    const listed = { PLUSHIE_ASSETS: ["/nowhere", folder].join(delimiter) };
    expect(await drawn("red.svg", [], listed)).toEqual({ hasRed: true, said: [] });
    const { hasRed, said } = await drawn("red.svg", ["--assets", "/nowhere"], listed);
    expect([hasRed, said]).toMatchObject([false, [{ id: "main#p" }]]);
  });

  const view = () => window("main", [svg("p", { source: "red.svg", width: 40, height: 40 })]);
  const pictured = app({ init: () => 0, update: (model) => model, view });

  test("is drawn for an app that names its folders as it is started", async () => {
    await chmod(bundle, 0o755);
    const environment = { ...process.env, ...HEADLESS_ENVIRONMENT };
    const options = { binary: bundle, rendererArgs: ["--headless"], environment };
    await using handle = await start(pictured, { ...options, assets: folder });
    const { rgba } = await handle.renderer.screenshot("p", { width: 80, height: 80 });
    expect(containsRed(rgba ?? new Uint8Array())).toBe(true);
  });

  test("is not drawn for an app whose renderer somebody else has started, and that is said", async () => {
    const said: string[] = [];
    const adapter = mockAdapter("json");
    const logger = ({ code }: { readonly code: string }): void => void said.push(code);
    const transport = { iostream: adapter };
    await using _handle = await start(pictured, { transport, format: "json", assets: folder, logger });
    expect(said).toContain("assets-ignored");
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
  const ended = spawnSync(process.execPath, [outfile], {
    env: { ...process.env, ...HEADLESS_ENVIRONMENT },
    timeout: 40_000,
  });
  expect([ended.status, ended.stdout.toString(), ended.stderr.toString()]).toEqual([0, "open\n", ""]);
});
