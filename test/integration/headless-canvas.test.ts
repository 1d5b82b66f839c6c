// Pictures of what comes late: the very first one has it.

import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleHeadless } from "../../scripts/lib/headless.mjs";
import { systemClock } from "../../src/base/index.ts";
import { type HeadlessBrowser, startHeadlessBrowser } from "../../src/host/node/chromium/index.ts";
import type { ToRenderer } from "../../src/protocol/index.ts";
import { createEngine } from "../../src/renderer/index.ts";
import { chromiumPath } from "../browser/support/chromium.ts";
import { SETTINGS } from "./renderer-process-rig.ts";

const folder = fileURLToPath(new URL("../../.cache/headless-canvas/", import.meta.url));
const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="#00f"/></svg>';

const node = (id: string, type: string, props: object, ...children: object[]): object => ({
  id,
  type,
  props,
  children,
});

let browser: HeadlessBrowser;

beforeAll(async () => {
  await bundleHeadless(folder);
  browser = await startHeadlessBrowser({
    executable: chromiumPath(),
    isWithoutSandbox: process.getuid?.() === 0,
    pageFolder: folder,
  });
}, 60_000);

afterAll(() => browser.close());

test("the first picture has the canvas, the pictures in it and the code drawn", async () => {
  const screen = browser.newScreen();
  const engine = createEngine({
    mode: "headless",
    backend: "tiny-skia",
    transport: "stdio",
    codec: "json",
    clock: systemClock,
    surface: (listener) => screen.surface(listener),
    send: () => {},
  });
  engine.start();
  const receive = (message: object): void => engine.receive({ session: "", ...message } as unknown as ToRenderer);
  receive(SETTINGS);
  const canvas = node(
    "main#c",
    "canvas",
    { width: 200, height: 100 },
    node("main#c/r", "rect", { x: 0, y: 0, w: 50, h: 50, fill: "#ff0000" }),
    node("main#c/s", "svg", { x: 50, y: 0, w: 50, h: 50, source: DRAWING }),
  );
  const code = node("main#q", "qr_code", { data: "plushie", cell_size: 4, cell_color: "#00ff00" });
  receive({
    type: "snapshot",
    tree: node("main", "window", { title: "Late" }, node("main#all", "column", {}, canvas, code)),
  });
  const { rgba, width } = await screen.picture({ width: 300, height: 400 });
  const pixel = (x: number, y: number): readonly number[] => [
    ...rgba.slice((y * width + x) * 4, (y * width + x) * 4 + 3),
  ];
  expect(pixel(25, 25)).toEqual([255, 0, 0]);
  expect(pixel(75, 25)).toEqual([0, 0, 255]);
  let greens = 0;
  for (let y = 100; y < 400; y += 1) for (let x = 0; x < 300; x += 1) if (pixel(x, y).join() === "0,255,0") greens += 1;
  expect(greens).toBeGreaterThan(500);
  engine.dispose();
});
