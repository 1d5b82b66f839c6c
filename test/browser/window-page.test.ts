import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { ARGS, chromiumPath } from "./support/chromium.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Laid out like the package: the command in `cli`, what it serves in `window`. */
const folder = join(root, ".cache/window-page");
const command = join(folder, "cli/renderer.mjs");
const program = join(folder, "app.mjs");

const APP = `
  import { app, isClick, isInput } from "./src/app/index.ts";
  import { run } from "./src/host/node/index.ts";
  import { button, column, scrollable, svg, text, textInput, window } from "./src/ui/index.ts";
  await run(app({
    init: () => ({ count: 0, name: "" }),
    update(model, event) {
      if (isClick(event, "more")) return { ...model, count: model.count + 1 };
      if (isInput(event, "name")) return { ...model, name: event.value };
      if (isClick(event, "crash")) process.exit(3);
      return model;
    },
    view: (model) => [
      window("main", { title: "Counter " + model.count }, [
        column({}, [
          text("count", "Count: " + model.count),
          button("more", "More"),
          textInput("name", model.name, { placeholder: "Name" }),
          button("crash", "Crash"),
          svg("logo", { source: "logo.svg", width: 20, height: 20, alt: "Logo" }),
          model.count >= 2 && scrollable("list", { width: 200, height: 100 }, [
            column({}, Array.from({ length: 50 }, (_, at) => text("line" + at, "line " + at))),
          ]),
        ]),
      ]),
      model.count >= 2 && window("tools", { title: "Tools", width: 180, height: 100, position: [210, 20] }, []),
    ],
  }), { transport: "stdio" });
  console.error("the app has ended");`;

let browser: Browser;
const running: ChildProcess[] = [];
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  mkdirSync(join(folder, "window"), { recursive: true });
  const shared: BuildOptions = { absWorkingDir: root, bundle: true, format: "esm", conditions: ["plushie-source"] };
  const node: BuildOptions = { ...shared, platform: "node", target: "node20" };
  await Promise.all([
    build({
      ...shared,
      entryPoints: { page: "src/host/web/window-page.ts" },
      outdir: join(folder, "window"),
      splitting: true,
      minify: true,
    }),
    build({ ...node, entryPoints: ["src/cli/plushie-renderer.ts"], outfile: command, packages: "external" }),
    build({
      ...node,
      stdin: { contents: APP, resolveDir: root, loader: "ts" },
      outfile: program,
      packages: "external",
    }),
  ]);
  for (const name of ["page.html", "page.css"]) {
    copyFileSync(join(root, "src/host/web", name), join(folder, "window", name));
  }
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
});

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

afterAll(() => browser.close());

interface Started {
  readonly child: ChildProcess;
  /** Milliseconds since the process was started. */
  readonly elapsed: () => number;
  readonly exited: Promise<number | null>;
  url(): Promise<string>;
  errorLine(pattern: RegExp): Promise<string>;
}

function start(
  environment: Record<string, string> = { PLUSHIE_NO_BROWSER: "1" },
  args: readonly string[] = [],
): Started {
  const startedAt = performance.now();
  const env = { PATH: process.env["PATH"], HOME: folder, ...environment };
  const child = spawn(process.execPath, [command, ...args, "--exec", `"${process.execPath}" "${program}"`], {
    stdio: ["ignore", "pipe", "pipe"],
    env,
  });
  running.push(child);
  let text = "";
  let wake = (): void => {};
  child.stderr?.setEncoding("utf8").on("data", (more: string) => {
    text += more;
    wake();
  });
  const exited = once(child, "close").then(([code]): number | null => {
    wake();
    return code;
  });
  const errorLine = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const found = pattern.exec(text);
      if (found !== null) return found[1] ?? found[0];
      if (child.exitCode !== null) throw new Error(`it ended; it said ${text}`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    child,
    exited,
    errorLine,
    elapsed: () => performance.now() - startedAt,
    url: () => errorLine(/^plushie: open (http:\S+) to see the app$/m),
  };
}

async function visitor(): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 400, height: 300 } });
  contexts.push(context);
  return context;
}

async function visit(url: string, context?: BrowserContext): Promise<Page> {
  const page = await (context ?? (await visitor())).newPage();
  page.on("pageerror", (error) => process.stderr.write(`page error: ${error.stack ?? error.message}\n`));
  await page.goto(url);
  return page;
}

function more(page: Page): Promise<void> {
  return page.getByRole("button", { name: "More" }).click();
}

function count(page: Page, value: number): Promise<void> {
  return page.getByText(`Count: ${value}`).waitFor();
}

describe("the renderer command with windows", () => {
  test("shows an app in a browser, takes clicks, and goes on after a reload", async () => {
    const app = start();
    const url = await app.url();
    const printed = app.elapsed();
    const page = await visit(url);
    await count(page, 0);
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    console.log(`link after ${printed.toFixed(0)} ms, painted page after ${app.elapsed().toFixed(0)} ms`);
    expect(page.url()).not.toContain("token");
    await more(page);
    await more(page);
    await count(page, 2);
    expect(await page.title()).toBe("Counter 2");
    await page.getByPlaceholder("Name").fill("Ada");
    const list = page.locator(".pl-scroll-port");
    await list.evaluate((element) => element.scrollTo({ top: 234 }));
    await page.focus(".pl-titlebar");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Shift+ArrowRight");
    const tools = page.getByRole("dialog", { name: "Tools" });
    const moved = await tools.boundingBox();
    expect(moved).toMatchObject({ x: 210, y: 36, width: 196 });
    await page.reload();
    await count(page, 2);
    expect(await page.getByPlaceholder("Name").inputValue()).toBe("Ada");
    await expect.poll(() => list.evaluate((element) => element.scrollTop)).toBe(234);
    expect(await tools.boundingBox()).toEqual(moved);
    await more(page);
    await count(page, 3);
  });

  test("shows pictures of the folders that were named, and of no others", async () => {
    const assets = join(folder, "assets");
    mkdirSync(assets, { recursive: true });
    const logo =
      '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><rect width="20" height="20" fill="#f00"/></svg>';
    writeFileSync(join(assets, "logo.svg"), logo);
    const visitWith = async (args: readonly string[]): Promise<Page> => {
      const page = await visit(await start(undefined, args).url());
      await count(page, 0);
      return page;
    };
    const hasRed = async (page: Page): Promise<boolean> => {
      const { data } = PNG.sync.read(await page.screenshot());
      for (let at = 0; at < data.length; at += 4) {
        if (data[at] === 255 && data[at + 1] === 0 && data[at + 2] === 0) return true;
      }
      return false;
    };
    const page = await visitWith(["--assets", assets]);
    await expect.poll(() => hasRed(page)).toBe(true);
    const without = await visitWith([]);
    // The page has had its answer when it hears of what was asked later.
    await more(without);
    await count(without, 1);
    expect(await hasRed(without)).toBe(false);
  });

  test("says when the app has ended, and ends with it", async () => {
    const app = start();
    const page = await visit(await app.url());
    await count(page, 0);
    await page.getByRole("button", { name: "Crash" }).click();
    await page.getByText("The application has ended.").waitFor();
    expect(await app.exited).toBe(0);
  });

  test("lets one tab at a time have the app", async () => {
    const app = start();
    const context = await visitor();
    const first = await visit(await app.url(), context);
    await count(first, 0);
    await more(first);
    await count(first, 1);
    const second = await visit(first.url(), context);
    await second.getByText("This session continues in another tab or window.").waitFor();
    await second.getByRole("button", { name: "Continue here" }).click();
    await count(second, 1);
    await first.getByRole("button", { name: "Continue here" }).waitFor();
    await more(second);
    await count(second, 2);
    await first.getByRole("button", { name: "Continue here" }).click();
    await count(first, 2);
  });

  test("lets nobody in without the link, and nobody twice", async () => {
    const app = start();
    const url = await app.url();
    const page = await visit(new URL("/?token=guess", url).href);
    await page.getByText("This link is not good any more").waitFor();
    await count(await visit(url), 0);
    const late = await visit(url);
    await late.getByText("This link is not good any more").waitFor();
  });

  test("ends the app when its page was closed for longer than a reload takes", async () => {
    const app = start();
    const page = await visit(await app.url());
    await count(page, 0);
    await page.close();
    const closedAt = performance.now();
    expect(await app.exited).toBe(0);
    expect(performance.now() - closedAt).toBeGreaterThan(14_000);
  });

  test.runIf(process.platform === "linux")("opens the browser where there is a display", async () => {
    const bin = join(folder, "bin");
    const opened = join(folder, "opened");
    rmSync(opened, { force: true });
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "xdg-open"), `#!/bin/sh\necho "$1" > "${opened}.part"\nmv "${opened}.part" "${opened}"\n`);
    chmodSync(join(bin, "xdg-open"), 0o755);
    const app = start({ DISPLAY: ":99", PATH: `${bin}:${process.env["PATH"]}`, PLUSHIE_LOG: "info" });
    await app.errorLine(/the app is shown in the browser/);
    const page = await visit(readFileSync(opened, "utf8").trim());
    await count(page, 0);
  });

  test("prints the link when the browser cannot be opened", async () => {
    const app = start({ DISPLAY: ":99", PATH: "/nowhere" });
    expect(await app.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
  });
});
