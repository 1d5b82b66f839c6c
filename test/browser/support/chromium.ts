import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Where Chromium is: `PLUSHIE_CHROMIUM`, else the usual places. */
export function chromiumPath(): string {
  const named = process.env["PLUSHIE_CHROMIUM"];
  const found = named ?? CANDIDATES.find((path) => existsSync(path));
  if (found === undefined) throw new Error("No Chromium found. Set PLUSHIE_CHROMIUM to the path of one.");
  return found;
}

/** A browser and a loopback server with one bundled page; launched once per test file. */
export interface TestBrowser {
  open(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Bundles `entry` (a file URL) for the page `/`, with lazily loaded parts as files of their own. */
export async function launchPage(entry: string): Promise<TestBrowser> {
  const bundle = await build({
    entryPoints: { page: fileURLToPath(entry) },
    bundle: true,
    format: "esm",
    splitting: true,
    write: false,
    outdir: "/bundle",
    target: "es2022",
    conditions: ["plushie-source"],
    logLevel: "error",
  });
  const files = new Map(bundle.outputFiles.map((file) => [file.path.replace("/bundle", ""), file.text]));
  const server = createServer((request, response) => {
    const script = files.get(request.url ?? "");
    response.setHeader("content-security-policy", "default-src 'self'; style-src 'self'; img-src 'self' data: blob:");
    response.setHeader(
      "content-type",
      script === undefined ? "text/html; charset=utf-8" : "text/javascript; charset=utf-8",
    );
    response.end(
      script ?? '<!doctype html><html lang="en"><title>test</title><script type="module" src="/page.js"></script>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address of this form.
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
  return {
    async open(options = {}) {
      const context = await browser.newContext({ viewport: { width: 300, height: 200 }, ...options });
      const page = await context.newPage();
      page.on("pageerror", (error) => process.stderr.write(`page error: ${error.stack ?? error.message}\n`));
      await page.goto(`http://127.0.0.1:${port}/`);
      await page.waitForFunction(() => ["dom", "widgets", "props", "copies"].some((name) => name in window));
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
