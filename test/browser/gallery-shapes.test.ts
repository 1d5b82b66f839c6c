import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { HELLO, hasOpenSsh, openSsh } from "../integration/ssh-rig.ts";
import { makeHome } from "../support/pad-over-ssh.ts";
import { ARGS, chromiumPath } from "./support/chromium.ts";

const path = (name: string): string => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const plushie = path("dist/cli/plushie-renderer.js");
const source = path("apps/gallery/src/app.ts");
const stdio = path("apps/gallery/dist/stdio.js");
const LINK = /^plushie: open (http:\S+) to see the app$/m;

let browser: Browser;
const running: ChildProcess[] = [];

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
});

afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
  }
});

afterAll(() => browser?.close());

/** The command in a process of its own; `said` waits for what it prints. */
function start(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [plushie, ...words], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, PLUSHIE_NO_BROWSER: "1", ...environment },
  });
  running.push(child);
  let text = "";
  const wakers = new Set<() => void>();
  const wake = (): void => {
    for (const waker of wakers) waker();
    wakers.clear();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (more: string) => {
      text += more;
      wake();
    });
  }
  child.on("exit", wake);
  return async function said(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) return found;
      if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}:\n${text}`);
      await new Promise<void>((resolve) => wakers.add(resolve));
    }
  };
}

/** Somebody opens the link, presses a button and goes to another page. */
async function visit(link: string): Promise<void> {
  const page: Page = await browser.newPage();
  await page.goto(link);
  await page.getByRole("heading", { level: 1, name: "Buttons & toggles" }).waitFor();
  await page.getByRole("button", { name: "danger" }).first().click();
  await page.getByText("Clicked 1 times").waitFor();
  await page.getByRole("tab", { name: "Numbers" }).click();
  await page.getByRole("heading", { level: 1, name: "Numbers" }).waitFor();
  await page.close();
}

describe("the gallery", () => {
  test("is served to browser tabs", async () => {
    const said = start(["serve", source, "--port", "0"]);
    await visit(await said(/Ready at (\S+)/));
  });

  test("runs in a window of the browser", async () => {
    const said = start(["run", source]);
    await visit(await said(LINK));
  });

  test("runs for a renderer that starts it and talks over its standard streams", async () => {
    const said = start(["--exec", `"${process.execPath}" "${stdio}"`]);
    await visit(await said(LINK));
  });

  test.runIf(hasOpenSsh)("comes over SSH", async () => {
    const home = makeHome();
    try {
      const words = ["serve", source, "--port", "0", "--ssh-port", "0", "--data", home.dataDirectory];
      const port = Number(await start(words, { HOME: home.path })(/SSH ready on localhost:(\d+)/));
      const { renderer, exit } = openSsh(port, home.keyFile, ["localhost", "-s", "plushie"]);
      renderer.say(HELLO);
      await renderer.shows("Buttons & toggles - Plushie Gallery");
      renderer.click("main#shell/side/pages/go-canvas");
      await renderer.shows("Canvas - Plushie Gallery");
      renderer.hangUp();
      expect(await exit).toBe(0);
    } finally {
      home.clean();
    }
  });
});
