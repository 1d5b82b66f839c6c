import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { app } from "../../src/app/index.ts";
import { encodePng } from "../../src/renderer/dom/pictures/png.ts";
import { type Served, serve } from "../../src/server/index.ts";
import { column, image, text, window } from "../../src/ui/index.ts";
import { chromiumPath } from "./support/chromium.ts";

const FONT = "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2";

let root = "";
let served: Served;
let browser: Browser;
let page: Page;
const diagnostics: string[] = [];

/** An app with a picture and a font of its own, served as for real: cookie, strict policy, files by path. */
const gallery = app<null>({
  name: "Gallery",
  settings: () => ({ fonts: ["fonts/Inter.woff2"] }),
  init: () => null,
  update: (model) => model,
  view: () =>
    window("main", { title: "Gallery" }, [
      column({}, [
        image("logo", { source: "logo.png", alt: "Logo" }),
        image("secret", { source: "../secret.png", alt: "Secret" }),
        text("words", "words", { font: "Inter" }),
      ]),
    ]),
});

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "plushie-gallery-"));
  for (const folder of ["page", "assets/fonts"]) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, "page/index.html"), '<!doctype html><script type="module" src="/page.js"></script>');
  await build({
    entryPoints: { page: fileURLToPath(new URL("../../src/host/web/page.ts", import.meta.url)) },
    bundle: true,
    format: "esm",
    splitting: true,
    outdir: join(root, "page"),
    conditions: ["plushie-source"],
    logLevel: "error",
  });
  const picture = encodePng(new Uint8Array(24 * 12 * 4).fill(255), 24, 12);
  writeFileSync(join(root, "assets/logo.png"), picture);
  writeFileSync(join(root, "secret.png"), picture);
  copyFileSync(createRequire(import.meta.url).resolve(FONT), join(root, "assets/fonts/Inter.woff2"));
  served = await serve(gallery, {
    port: 0,
    page: { directory: join(root, "page") },
    assets: join(root, "assets"),
    onDiagnostic: ({ message, fields }) => void diagnostics.push(JSON.stringify([message, fields])),
  });
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ["--no-sandbox", "--disable-gpu"] });
  page = await browser.newPage();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
  rmSync(root, { recursive: true, force: true });
});

test("a served page shows the app's own pictures and fonts, and nothing from outside its folders", async () => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(served.startUrl);
  const logo = page.getByRole("img", { name: "Logo" });
  await expect.poll(() => logo.evaluate((element) => element.getBoundingClientRect().width)).toBe(24);
  expect(await logo.getAttribute("src")).toBe(`${served.url}app-assets/logo.png`);
  await expect
    .poll(() => page.evaluate(() => [...document.fonts].map((font) => `${font.family} ${font.weight} ${font.status}`)))
    .toEqual(["Inter 100 900 loaded"]);
  expect(asked.filter((path) => path.startsWith("/app-assets/")).sort()).toEqual([
    "/app-assets/fonts/Inter.woff2",
    "/app-assets/logo.png",
  ]);
  expect(asked.some((path) => path.includes("secret"))).toBe(false);
  await expect.poll(() => diagnostics.join()).toContain("../secret.png");
});
