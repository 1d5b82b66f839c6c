import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasOpenSsh, openSshArguments, type SshFolder } from "../integration/ssh-rig.ts";
import { makeHome, SshPerson, startPadWithSsh } from "../support/pad-over-ssh.ts";
import type { PadProcess } from "../support/pad-process.ts";

const renderer = fileURLToPath(new URL("../../dist/cli/plushie-renderer.js", import.meta.url));
const DONE = { timeout: 15_000 };

describe.runIf(hasOpenSsh)("the pad, one over SSH and one in a browser", () => {
  let browser: Browser;
  let home: SshFolder;
  let pad: PadProcess;

  beforeAll(async () => {
    home = makeHome();
    pad = await startPadWithSsh(home);
    browser = await chromium.launch({
      executablePath: process.env["PLUSHIE_CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
    });
  });

  afterAll(async () => {
    await browser?.close();
    await pad?.kill("SIGTERM");
    home?.clean();
  });

  test("[R373] [R375] each sees at once what the other types and saves", async () => {
    const page = await browser.newPage();
    await page.goto(pad.startUrl);
    await page.getByRole("button", { name: "Open hello.tsx" }).click(DONE);
    const code = page.getByRole("textbox", { name: "Code of hello.tsx" });
    await code.waitFor(DONE);
    const remote = new SshPerson(pad, home);
    const editor = await remote.open("hello.tsx");
    await expect.poll(() => page.getByRole("group", { name: "Who is here" }).getByRole("img").count(), DONE).toBe(2);

    const view = (text: string) =>
      `import { button, column } from "plushie/ui";\nexport const view = () => column([button("go", "${text}")]);\n`;
    remote.write(editor, view("made over SSH"));
    await expect.poll(() => code.innerText(), DONE).toContain("made over SSH");
    remote.save();
    await page.getByRole("button", { name: "made over SSH" }).waitFor(DONE);
    const file = join(home.dataDirectory, "experiments", "hello.tsx");
    await expect.poll(() => readFile(file, "utf8"), DONE).toBe(view("made over SSH"));

    await code.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(
      'import { text } from "plushie/ui";\nexport const view = () => text("made in a page");',
    );
    await page.keyboard.press("Control+s");
    await remote.shows('"content":"made in a page"');
    await expect.poll(() => readFile(file, "utf8"), DONE).toContain("made in a page");
    expect(await remote.leave()).toBe(0);
    await expect.poll(() => page.getByRole("group", { name: "Who is here" }).getByRole("img").count(), DONE).toBe(1);
  });

  test("[R372] [R373] [R375] a renderer that came by ssh shows the pad in a window, and saves into it", async () => {
    const ssh = ["ssh", ...openSshArguments(pad.sshPort ?? 0, home.keyFile), "localhost", "-s", "plushie"].join(" ");
    const child = spawn(process.execPath, [renderer, "--exec", ssh], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, PLUSHIE_NO_BROWSER: "1" },
    });
    const exit = once(child, "exit");
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await expect.poll(() => said, DONE).toMatch(/open http:\S+/);
    const page = await (await browser.newContext()).newPage();
    await page.goto(/open (http:\S+)/.exec(said)?.[1] ?? "");
    await page.getByRole("button", { name: "Open todo.tsx" }).click(DONE);
    const code = page.getByRole("textbox", { name: "Code of todo.tsx" });
    await code.waitFor(DONE);
    const watcher = new SshPerson(pad, home);
    await watcher.open("todo.tsx");
    await code.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(
      'import { text } from "plushie/ui";\nexport const view = () => text("by ssh, in a window");',
    );
    await page.keyboard.press("Control+s");
    await watcher.shows('"content":"by ssh, in a window"');
    await page.getByText("by ssh, in a window", { exact: true }).waitFor(DONE);
    const file = join(home.dataDirectory, "experiments", "todo.tsx");
    await expect.poll(() => readFile(file, "utf8"), DONE).toContain("by ssh, in a window");
    await watcher.leave();
    // The pad ends; with it the renderer.
    await pad.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });

  test("[R372] a renderer without a screen comes the same way", async () => {
    pad = await startPadWithSsh(home);
    const ssh = ["ssh", ...openSshArguments(pad.sshPort ?? 0, home.keyFile), "localhost", "-s", "plushie"].join(" ");
    const child = spawn(process.execPath, [renderer, "--headless", "--ready-marker", "--exec", ssh], {
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, PLUSHIE_CHROMIUM_NO_SANDBOX: "1" },
    });
    const exit = once(child, "exit");
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await expect.poll(() => said, DONE).toContain("ready mode=headless transport=exec");
    const watcher = new SshPerson(pad, home);
    // Two windows of one key: the one without a screen, and this.
    await watcher.shows("-2");
    await watcher.leave();
    await pad.kill("SIGTERM");
    expect(await exit).toEqual([0, null]);
  });
});
