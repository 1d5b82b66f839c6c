// What it takes to draw 10 000 shapes, in a Chromium without GPU: from the patch until the browser has painted. The yardstick is
// a loop written by hand that draws the same in the same page, in turns with ours. The wire and the display are not counted.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { median, ms, printTable, times } from "../measure.ts";
import type { Times } from "./page.ts";
import type { Kind } from "./scenes.ts";

const CANDIDATES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const ARGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"];
const KINDS: readonly Kind[] = ["rects", "circles", "lines", "texts", "mix"];
const ROUNDS = 24;
const FRAME_MS = 16.7;

const executablePath = process.env["PLUSHIE_CHROMIUM"] ?? CANDIDATES.find((path) => existsSync(path));
if (executablePath === undefined) {
  console.log("  not measured: no Chromium found; PLUSHIE_CHROMIUM names one");
} else {
  await measure(executablePath);
}

async function measure(executablePath: string): Promise<void> {
  const bundle = await build({
    entryPoints: [join(process.cwd(), "bench/canvas/page.ts")],
    bundle: true,
    format: "iife",
    write: false,
    minify: true,
    target: "es2022",
    conditions: ["plushie-source"],
    logLevel: "error",
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const browser = await chromium.launch({ executablePath, args: ARGS });
  try {
    const page = await browser.newPage({ viewport: { width: 1_000, height: 800 } });
    await page.addScriptTag({ content: script });
    await drawing(page);
    await layers(page);
    await pointing(page);
  } finally {
    await browser.close();
  }
}

async function drawing(page: Page): Promise<void> {
  const rows: string[][] = [];
  for (const kind of KINDS) {
    const found = await page.evaluate(([name, rounds]) => window.bench.draw(name, rounds), [kind, ROUNDS] as const);
    const hand = medianOf(found, "by hand");
    const allByHand = medianOf(found, "all by hand");
    const parts = ["one", "100 in a row", "100 all over"].flatMap((name) => {
      const time = medianOf(found, name);
      return [ms(time), times(time, hand)];
    });
    const fresh = medianOf(found, "all new");
    rows.push([kind, ms(hand), ...parts, ms(fresh), times(fresh, allByHand)]);
  }
  console.log(`\n10 000 shapes in one layer (a frame: ${FRAME_MS} ms; target for all new rects and circles: 1.5x)`);
  printTable(["", "by hand", "one changed", "", "100 in a row", "", "100 all over", "", "all new", ""], rows);
}

async function layers(page: Page): Promise<void> {
  const found = await page.evaluate((rounds) => window.bench.layers(rounds), ROUNDS);
  const hand = medianOf(found, "by hand, one layer");
  const all = medianOf(found, "by hand, all");
  const one = medianOf(found, "one shape");
  console.log("\none rectangle changes in one of ten layers of 1 000");
  printTable(
    ["", "time", ""],
    [
      ["by hand, the layer", ms(hand), ""],
      ["by hand, all layers", ms(all), times(all, hand)],
      ["ours", ms(one), times(one, hand)],
    ],
  );
}

async function pointing(page: Page): Promise<void> {
  const found = await page.evaluate((rounds) => window.bench.hits(rounds), ROUNDS);
  const hand = medianOf(found, "100 moves by hand") / 100;
  const move = medianOf(found, "100 moves") / 100;
  const change = medianOf(found, "one element changes");
  console.log("\n10 000 interactive elements");
  printTable(
    ["", "time", ""],
    [
      ["one move, all boxes by hand", micros(hand), ""],
      ["one move, ours with events", micros(move), times(move, hand)],
      ["one element changes, then a move", ms(change), ""],
    ],
  );
}

function medianOf(found: Times, name: string): number {
  return median(found[name] ?? []);
}

function micros(time: number): string {
  return `${(time * 1000).toFixed(1)} µs`;
}
