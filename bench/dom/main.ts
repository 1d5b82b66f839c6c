// Operations on long tables and lists in a real browser: Plushie beside code by hand, Preact and lit, all in one run.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, type CDPSession, chromium } from "playwright-core";
import { serve } from "../../src/server/index.ts";
import { ARGS, chromiumPath } from "../../test/browser/support/chromium.ts";
import { median, printTable } from "../measure.ts";
import { createBenchApp } from "./app.ts";
import { type Operation, SCENES, type Scene } from "./model.ts";
import type { BenchPage, Sample } from "./pages/probe.ts";

// Inside the page; what is here knows nothing of it.
declare const window: { readonly domBench: BenchPage };

const IMPLEMENTATIONS = {
  hand: "by hand, lean",
  "same-markup": "by hand, same markup",
  "in-page": "Plushie in the page",
  remote: "Plushie over WebSocket",
  "preact-page": "Preact",
  "lit-page": "lit",
} as const;

type Name = keyof typeof IMPLEMENTATIONS;

const NAMES = Object.keys(IMPLEMENTATIONS) as Name[];

/** In this order in one page: from 1 000 rows to 2 000, to none, to 10 000. */
const STEPS = [
  "create",
  "replace",
  "update",
  "select",
  "swap",
  "remove",
  "echo",
  "append",
  "clear",
  "createMany",
] as const;
type Step = (typeof STEPS)[number];

const STEP_NAMES: Readonly<Record<Step, string>> = {
  create: "create 1 000 rows",
  replace: "replace all 1 000",
  update: "update every 10th",
  select: "select a row",
  swap: "swap two rows",
  remove: "remove a row",
  echo: "typing echo",
  append: "append 1 000",
  clear: "clear 2 000",
  createMany: "create 10 000 rows",
};

const WARM_UP: readonly (Operation | "echo")[] = [
  "create",
  "replace",
  "update",
  "swap",
  "select",
  "remove",
  "echo",
  "append",
  "clear",
];
/** As many as js-framework-benchmark has before what it repeats: code that runs for the first time is another matter. */
const WARM_UPS = 5;
const ROUNDS = positive(process.env["PLUSHIE_BENCH_ROUNDS"]) ?? 7;
/** 10 000 rows take longer than all the rest together. */
const MANY_EVERY = 3;
const wantedNames = process.env["PLUSHIE_BENCH_ONLY"]?.split(",");
const CHOSEN = wantedNames === undefined ? NAMES : NAMES.filter((name) => wantedNames.includes(name));

const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

interface Figures {
  readonly script: number[];
  readonly painted: number[];
}

const samples = new Map<string, Figures>();
const heaps = new Map<string, number[]>();
const elements = new Map<string, number>();

const folder = await mkdtemp(join(tmpdir(), "plushie-bench-"));
let roundsDone = 0;
let isStopped = false;
// The round that has begun is the last one, and what there is gets printed.
process.once("SIGINT", () => {
  isStopped = true;
});
const loadBefore = loadavg()[0] ?? 0;
let browser: Browser | undefined;
try {
  const scripts = await bundlePages();
  const pages = await servePages(scripts);
  await writeFile(join(folder, "index.html"), html("remote.js"));
  await writeFile(join(folder, "remote.js"), scripts.get("remote.js") ?? "");
  const remotes = {
    table: await serveScene("table"),
    list: await serveScene("list"),
  };
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...ARGS, "--js-flags=--expose-gc"],
    handleSIGINT: false,
  });
  for (let round = 0; round < ROUNDS && !isStopped; round += 1) {
    // Another one begins in each round, so that nobody is always the first after a pause.
    const order = CHOSEN.map((_, at) => CHOSEN[(at + round) % CHOSEN.length] ?? "hand");
    for (const scene of SCENES) {
      for (const name of order) {
        const url = name === "remote" ? remotes[scene].url : `${pages.url}/${name}.html`;
        await measurePage(browser, url, name, scene, round % MANY_EVERY === MANY_EVERY - 1);
      }
    }
    roundsDone += 1;
    process.stderr.write(`round ${round + 1} of ${ROUNDS}\n`);
  }
  await pages.close();
  await remotes.table.close();
  await remotes.list.close();
} finally {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
}
report();

async function measurePage(browser: Browser, url: string, name: Name, scene: Scene, hasMany: boolean): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1_000, height: 700 } });
  // Isolated pages get a clock that counts in 5 µs instead of 100. The server's own page sends its own headers.
  if (name !== "remote") {
    await context.route("**/*", async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), ...ISOLATED } });
    });
  }
  const page = await context.newPage();
  page.on("pageerror", (error) => process.stderr.write(`${name}: ${error.message}\n`));
  await page.goto(url);
  await page.waitForFunction(() => "domBench" in window);
  await page.evaluate((wanted) => window.domBench.show(wanted), scene);
  const run = (operation: Operation | "echo"): Promise<Sample> =>
    page.evaluate((wanted) => window.domBench.run(wanted), operation);
  for (let time = 0; time < WARM_UPS; time += 1) for (const operation of WARM_UP) await run(operation);
  const cdp = await context.newCDPSession(page);
  // Asking for the heap throws compiled code away, and what comes next would be charged with compiling it again: not in
  // the rounds that most of the medians come from.
  const empty = hasMany ? await heapOf(cdp) : Number.NaN;
  const emptyCount = await page.evaluate(() => window.domBench.count());
  for (const step of STEPS) {
    if (step === "createMany" && !hasMany) continue;
    const { script, painted } = await run(step);
    const key = `${scene} ${step} ${name}`;
    const figures = samples.get(key) ?? { script: [], painted: [] };
    figures.script.push(script);
    figures.painted.push(painted);
    samples.set(key, figures);
  }
  const key = `${scene} ${name}`;
  if (hasMany) heaps.set(key, [...(heaps.get(key) ?? []), (await heapOf(cdp)) - empty]);
  if (hasMany) elements.set(key, (await page.evaluate(() => window.domBench.count())) - emptyCount);
  await context.close();
}

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send("HeapProfiler.enable");
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("Performance.enable");
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? Number.NaN;
}

async function bundlePages(): Promise<ReadonlyMap<string, string>> {
  const bundle = await build({
    entryPoints: Object.fromEntries(NAMES.map((name) => [name, join(process.cwd(), `bench/dom/pages/${name}.ts`)])),
    outdir: "/bundle",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    conditions: ["plushie-source", "production"],
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  return new Map(bundle.outputFiles.map((file) => [file.path.slice(file.path.lastIndexOf("/") + 1), file.text]));
}

function html(script: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><body><script type="module" src="/${script}"></script></body></html>`;
}

async function servePages(scripts: ReadonlyMap<string, string>) {
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const script = scripts.get(path);
    const isScript = script !== undefined;
    response.setHeader("content-type", isScript ? "text/javascript; charset=utf-8" : "text/html; charset=utf-8");
    response.end(script ?? html(path.replace(/\.html$/, ".js")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function serveScene(scene: Scene) {
  return serve(createBenchApp(scene), {
    port: 0,
    page: { directory: folder },
    access: "anyone",
    limits: { joinsPerSecond: 1_000, joinBurst: 1_000, graceMs: 1 },
    logger: ({ level, message }) => {
      // A page that is closed is a warning here, and closing it is the point.
      if (level === "error") console.error(message);
    },
  });
}

function medianOf(scene: Scene, step: Step, name: Name, kind: keyof Figures): number {
  return median(samples.get(`${scene} ${step} ${name}`)?.[kind] ?? []);
}

function report(): void {
  console.log(
    `  ${roundsDone} rounds (10 000 rows in every third), medians; load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after`,
  );
  for (const kind of ["script", "painted"] as const) {
    for (const scene of SCENES) {
      const rows = STEPS.map((step) => [
        STEP_NAMES[step],
        ...CHOSEN.map((name) => {
          const time = medianOf(scene, step, name, kind);
          return `${time.toFixed(time < 10 ? 2 : 0)} (${(time / medianOf(scene, step, "hand", kind)).toFixed(2)})`;
        }),
      ]);
      console.log(`\n  ${scene}, ${kind === "script" ? "script" : "until painted"}: ms (to the first)`);
      printTable(["", ...CHOSEN.map((name) => IMPLEMENTATIONS[name])], rows);
    }
  }
  for (const base of ["hand", "same-markup"] as const) {
    if (!CHOSEN.includes(base)) continue;
    console.log(`\n  geometric means, to ${IMPLEMENTATIONS[base]}; the worst operation`);
    const rows = CHOSEN.map((name) => [
      IMPLEMENTATIONS[name],
      ...(["script", "painted"] as const).flatMap((kind) =>
        [...SCENES.map((scene) => [scene] as readonly Scene[]), SCENES].flatMap((scenes) => {
          const ratios = scenes.flatMap((scene) =>
            STEPS.map((step) => ({
              ratio: medianOf(scene, step, name, kind) / medianOf(scene, step, base, kind),
              what: `${step}, ${scene}`,
            })),
          );
          const mean = geometricMean(ratios.map(({ ratio }) => ratio)).toFixed(2);
          if (scenes.length === 1) return [mean];
          const worst = ratios.reduce((one, other) => (other.ratio > one.ratio ? other : one));
          return [mean, `${worst.ratio.toFixed(1)} (${worst.what})`];
        }),
      ),
    ]);
    const columns = [...SCENES, "both", "worst"];
    printTable(["", ...columns.map((name) => `script ${name}`), ...columns.map((name) => `painted ${name}`)], rows);
  }
  console.log("\n  10 000 rows: heap of scripts, elements");
  printTable(
    ["", ...SCENES.flatMap((scene) => [`${scene}, MB`, "elements"])],
    CHOSEN.map((name) => [
      IMPLEMENTATIONS[name],
      ...SCENES.flatMap((scene) => [
        (median(heaps.get(`${scene} ${name}`) ?? []) / 1e6).toFixed(1),
        String(elements.get(`${scene} ${name}`) ?? 0),
      ]),
    ]),
  );
  console.log(
    "  targets, to code by hand: script 2.5; painted 1.10 in the page, 1.25 over WebSocket; no operation over 6",
  );
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

function positive(text: string | undefined): number | undefined {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : undefined;
}
