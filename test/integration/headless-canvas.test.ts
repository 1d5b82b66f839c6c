// Pictures of what comes late: the very first one has it.

import { afterAll, beforeAll, expect, test } from "vitest";
import type { HeadlessBrowser } from "../../src/host/node/chromium/index.ts";
import { drawTree, node, startTestBrowser } from "./headless-rig.ts";

const DRAWING =
  '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="#00f"/></svg>';

let browser: HeadlessBrowser;

beforeAll(async () => {
  browser = await startTestBrowser("headless-canvas");
}, 60_000);

afterAll(() => browser.close());

test("the first picture has the canvas, the pictures in it and the code drawn", async () => {
  const canvas = node(
    "main#c",
    "canvas",
    { width: 200, height: 100 },
    node("main#c/r", "rect", { x: 0, y: 0, w: 50, h: 50, fill: "#ff0000" }),
    node("main#c/s", "svg", { x: 50, y: 0, w: 50, h: 50, source: DRAWING }),
  );
  const code = node("main#q", "qr_code", { data: "plushie", cell_size: 4, cell_color: "#00ff00" });
  const tree = node("main", "window", { title: "Late" }, node("main#all", "column", {}, canvas, code));
  const { screen, engine } = drawTree(browser, tree);
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
