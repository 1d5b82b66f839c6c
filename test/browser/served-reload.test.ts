import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { expect, test } from "vitest";
import { app } from "../../src/app/index.ts";
import { serve } from "../../src/server/index.ts";
import { column, scrollable, text, window } from "../../src/ui/index.ts";
import { ARGS, chromiumPath } from "./support/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const directory = join(root, ".cache/served-reload");

const list = app({
  init: () => 0,
  update: (model) => model,
  view: () =>
    window("main", [
      scrollable("list", { width: 200, height: 100 }, [
        column(
          {},
          Array.from({ length: 50 }, (_, at) => text(`line${at}`, `line ${at}`)),
        ),
      ]),
    ]),
});

test("a page of a server is scrolled as before when it is loaded anew", async () => {
  mkdirSync(directory, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { page: "src/host/web/page.ts" },
    outdir: directory,
    bundle: true,
    format: "esm",
    splitting: true,
    conditions: ["plushie-source"],
  });
  for (const name of ["page.html", "page.css"]) copyFileSync(join(root, "src/host/web", name), join(directory, name));
  const server = await serve(list, { port: 0, page: { directory } });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
  try {
    const page = await browser.newPage();
    await page.goto(server.startUrl);
    const port = page.locator(".pl-scroll-port");
    const offset = (): Promise<number> => port.evaluate((element) => element.scrollTop);
    await port.evaluate((element) => element.scrollTo({ top: 345 }));
    await page.reload();
    await expect.poll(offset, { timeout: 10_000 }).toBe(345);
    // Kept for one page: whoever goes back to the top stays there.
    await port.evaluate((element) => element.scrollTo({ top: 0 }));
    await page.reload();
    await port.waitFor();
    expect(await offset()).toBe(0);
  } finally {
    await browser.close();
    await server.close();
  }
});
