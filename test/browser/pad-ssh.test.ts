import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasOpenSsh, type SshFolder } from "../integration/ssh-rig.ts";
import { makeHome, SshPerson, startPadWithSsh } from "../support/pad-over-ssh.ts";
import type { PadProcess } from "../support/pad-process.ts";

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
});
