import { fileURLToPath } from "node:url";
import { bundleHeadless } from "../../scripts/lib/headless.mjs";
import { systemClock } from "../../src/base/index.ts";
import { type HeadlessBrowser, type HeadlessScreen, startHeadlessBrowser } from "../../src/host/node/chromium/index.ts";
import type { ToRenderer } from "../../src/protocol/index.ts";
import { inspection } from "../../src/renderer/engine/inspection.ts";
import { createEngine, type Engine } from "../../src/renderer/index.ts";
import { chromiumPath } from "../browser/support/chromium.ts";
import { SETTINGS } from "./renderer-process-rig.ts";

export const isRoot = process.getuid?.() === 0;

/** How a renderer of these tests finds its browser. */
export const HEADLESS_ENVIRONMENT: Readonly<Record<string, string>> = {
  PLUSHIE_CHROMIUM: chromiumPath(),
  ...(isRoot ? { PLUSHIE_CHROMIUM_NO_SANDBOX: "1" } : {}),
};

/** Makes the page's files and starts a browser on them. Each test file has its own copy, because files run at the same time. */
export async function startTestBrowser(name: string): Promise<HeadlessBrowser> {
  const pageFolder = fileURLToPath(new URL(`../../.cache/${name}/`, import.meta.url));
  await bundleHeadless(pageFolder);
  return startHeadlessBrowser({ executable: chromiumPath(), isWithoutSandbox: isRoot, pageFolder });
}

/** A screen that shows a tree. Disposing of the engine closes it. */
export function drawTree(browser: HeadlessBrowser, tree: object): { screen: HeadlessScreen; engine: Engine } {
  const screen = browser.newScreen();
  const engine = createEngine({
    inspection: () => inspection,
    mode: "headless",
    backend: "tiny-skia",
    transport: "stdio",
    codec: "json",
    clock: systemClock,
    surface: (listener) => screen.surface(listener),
    send: () => {},
  });
  engine.start();
  engine.receive({ ...SETTINGS, session: "" } as unknown as ToRenderer);
  engine.receive({ type: "snapshot", session: "", tree } as unknown as ToRenderer);
  return { screen, engine };
}

export function node(id: string, type: string, props: object, ...children: object[]): object {
  return { id, type, props, children };
}
