import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PadProcess, startPadProcess } from "../support/pad-process.ts";

const DONE = { timeout: 15_000 };

/**
 * What the console may say: that the server was away, which a test does on purpose; and that Chromium's own editing tried
 * to keep the style of replaced text with an attribute, which the strict policy rightly refuses.
 */
const EXPECTED_ERRORS = /WebSocket|ERR_CONNECTION|Applying inline style violates/;

let browser: Browser;
let data: string;
let pad: PadProcess;
const errors: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env["PLUSHIE_CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  data = await mkdtemp(join(tmpdir(), "plushie-pad-"));
  pad = await startPadProcess(data);
});

afterAll(async () => {
  await browser?.close();
  await pad?.kill("SIGTERM");
  if (data !== undefined) await rm(data, { recursive: true, force: true });
});

/** A person with a browser of their own: no cookie in common with anybody. */
async function visit(url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !EXPECTED_ERRORS.test(message.text())) errors.push(message.text());
  });
  await page.goto(url);
  await page.getByRole("button", { name: "Save experiment" }).waitFor(DONE);
  return page;
}

async function invitation(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Invite" }).click();
  const notice = page.getByText("For one more person, once:");
  await notice.waitFor(DONE);
  const link = /http:\S+/.exec((await notice.textContent()) ?? "")?.[0];
  if (link === undefined) throw new Error("the notice has no link");
  return link;
}

const editorOf = (page: Page, name: string) => page.getByRole("textbox", { name: `Code of ${name}` });
const openFile = async (page: Page, name: string) => {
  await page.getByRole("button", { name: `Open ${name}` }).click();
  await editorOf(page, name).waitFor(DONE);
};
const code = async (page: Page, name: string) => (await editorOf(page, name).innerText()).replace(/\u00a0/g, " ");

async function waitForCode(page: Page, name: string, part: string): Promise<void> {
  await expect.poll(() => code(page, name), DONE).toContain(part);
}

describe("the pad in two browsers", () => {
  let anna: Page;
  let bert: Page;

  test("opens by the printed link, and by an invitation in a second browser", async () => {
    anna = await visit(pad.startUrl);
    bert = await visit(await invitation(anna));
    await expect.poll(() => anna.getByRole("group", { name: "Who is here" }).getByRole("img").count(), DONE).toBe(2);
    expect(new URL(anna.url()).search).toBe("");
  });

  test("a link works once", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const response = await page.goto(pad.startUrl);
    expect(response?.status()).toBe(401);
    await context.close();
  });

  test("what one types, the other sees", async () => {
    await openFile(anna, "hello.tsx");
    await openFile(bert, "hello.tsx");
    await editorOf(anna, "hello.tsx").click();
    await anna.keyboard.press("Control+Home");
    await anna.keyboard.type("// from Anna\n", { delay: 5 });
    await waitForCode(bert, "hello.tsx", "// from Anna");
    await editorOf(bert, "hello.tsx").click();
    await bert.keyboard.press("Control+End");
    await bert.keyboard.type("\n// from Bert", { delay: 5 });
    await waitForCode(anna, "hello.tsx", "// from Bert");
  });

  test("two people typing at once lose nothing", async () => {
    await anna.keyboard.press("Control+Home");
    await Promise.all([
      anna.keyboard.type("// aaaaaaaaaaaaaaaaaaaa\n", { delay: 20 }),
      bert.keyboard.type("\n// bbbbbbbbbbbbbbbbbbbb", { delay: 20 }),
    ]);
    for (const page of [anna, bert]) {
      await waitForCode(page, "hello.tsx", "// aaaaaaaaaaaaaaaaaaaa\n");
      await waitForCode(page, "hello.tsx", "// bbbbbbbbbbbbbbbbbbbb");
    }
  });

  test("saving runs the experiment for both, and its buttons work for both", async () => {
    await anna.keyboard.press("Control+s");
    for (const page of [anna, bert]) {
      // The preview of the save before is still there until the new one has run.
      await page
        .getByText(/: saved hello.tsx/)
        .first()
        .waitFor(DONE);
      await page.getByText("Running...").waitFor({ state: "hidden", ...DONE });
      await page.getByText("Hello, Plushie!").first().waitFor(DONE);
      await page.getByText("Count: 0", { exact: true }).waitFor(DONE);
    }
    await bert.getByRole("button", { name: "+", exact: true }).click();
    await anna.getByText("Count: 1", { exact: true }).waitFor(DONE);
    await anna.getByRole("button", { name: "+", exact: true }).click();
    await bert.getByText("Count: 2", { exact: true }).waitFor(DONE);
    await expect.poll(() => readFile(join(data, "experiments", "hello.tsx"), "utf8"), DONE).toContain("// from Bert");
  });

  test("fields of an experiment type well, and both see what was typed", async () => {
    await openFile(anna, "todo.tsx");
    await openFile(bert, "todo.tsx");
    const field = anna.getByRole("textbox", { name: "What next? Press Enter" });
    await field.click();
    await anna.keyboard.type("buy milk and bread", { delay: 15 });
    await expect.poll(() => field.inputValue(), DONE).toBe("buy milk and bread");
    await anna.keyboard.press("Enter");
    await bert.getByRole("checkbox", { name: "buy milk and bread" }).waitFor(DONE);
    await expect.poll(() => field.inputValue(), DONE).toBe("");
    await openFile(anna, "hello.tsx");
    await openFile(bert, "hello.tsx");
  });

  test("a mistake is shown with line, column and message, for both", async () => {
    await anna.getByRole("textbox", { name: "Name of a new experiment" }).fill("broken");
    await anna.keyboard.press("Enter");
    await editorOf(anna, "broken.tsx").waitFor(DONE);
    await openFile(bert, "broken.tsx");
    await editorOf(anna, "broken.tsx").click();
    await anna.keyboard.press("Control+a");
    await anna.keyboard.type("const a = 1;\nexport const view = () => a +;", { delay: 1 });
    await anna.keyboard.press("Control+s");
    for (const page of [anna, bert]) await page.getByText(/Line 2, column 30: Unexpected token/).waitFor(DONE);
  });

  test("an endless loop is stopped with an error, and the pad goes on", async () => {
    await editorOf(anna, "broken.tsx").click();
    await anna.keyboard.press("Control+a");
    await anna.keyboard.type("for (;;) {}", { delay: 1 });
    await anna.keyboard.press("Control+s");
    await bert
      .getByText(/endless loop/)
      .first()
      .waitFor(DONE);
    await openFile(bert, "tic-tac-toe.tsx");
    await bert.getByRole("button", { name: "Row 1, column 1: empty" }).click();
    await bert.getByText("O to move").waitFor(DONE);
  });

  test("deleting can be undone by the one who did it", async () => {
    await bert.getByRole("button", { name: "Delete broken.tsx" }).click();
    await expect.poll(() => anna.getByRole("button", { name: "Open broken.tsx" }).count(), DONE).toBe(0);
    await bert.getByRole("button", { name: "Undo" }).click();
    await anna.getByRole("button", { name: "Open broken.tsx" }).waitFor(DONE);
  });

  test("each has a theme of their own", async () => {
    const background = (page: Page) =>
      page.getByText("Plushie Pad", { exact: true }).evaluate((element) => {
        for (let node: Element | null = element; node !== null; node = node.parentElement) {
          const { backgroundColor } = getComputedStyle(node);
          if (backgroundColor !== "rgba(0, 0, 0, 0)") return backgroundColor;
        }
        return "";
      });
    const dark = await background(anna);
    await bert.getByRole("switch", { name: "Dark" }).click();
    await expect.poll(() => background(bert), DONE).not.toBe(dark);
    expect(await background(anna)).toBe(dark);
  });

  test("the preview detaches into a window of its own and comes back", async () => {
    await openFile(bert, "tic-tac-toe.tsx");
    await bert.getByRole("button", { name: "Detach" }).click();
    const dialog = bert.getByRole("dialog", { name: /Experiment: tic-tac-toe.tsx/ });
    await dialog.waitFor(DONE);
    await dialog.getByRole("button", { name: "Row 2, column 2: empty" }).click();
    await dialog.getByText("X to move").waitFor(DONE);
    await bert.getByRole("button", { name: "Re-attach" }).click();
    await expect.poll(() => dialog.count(), DONE).toBe(0);
  });

  test("kill -9 during a burst of edits: both pages resume by themselves with everything they had seen", async () => {
    await openFile(anna, "converter.tsx");
    await openFile(bert, "converter.tsx");
    await editorOf(anna, "converter.tsx").click();
    await anna.keyboard.press("Control+Home");
    const typing = anna.keyboard.type(`// ${"0123456789".repeat(6)}\n`, { delay: 10 }).catch(() => {});
    await waitForCode(bert, "converter.tsx", "// 01234");
    await pad.kill("SIGKILL");
    const seen = /\/\/ 0\d+/.exec(await code(bert, "converter.tsx"))?.[0] ?? "";
    expect(seen.length).toBeGreaterThan(7);
    await typing;
    await bert
      .getByText(/[Rr]econnecting|[Cc]onnection lost/)
      .first()
      .waitFor(DONE);
    pad = await startPadProcess(data, { port: pad.port });
    for (const page of [anna, bert]) {
      await page
        .getByText(/[Rr]econnecting|[Cc]onnection lost/)
        .first()
        .waitFor({ state: "hidden", ...DONE });
      await waitForCode(page, "converter.tsx", seen);
      expect((await code(page, "converter.tsx")).match(/\/\/ 0123/g)).toHaveLength(1);
    }
    await openFile(bert, "hello.tsx");
    await waitForCode(bert, "hello.tsx", "// from Anna");
    await bert.getByText("Count: 2", { exact: true }).waitFor(DONE);
  });

  test("after the restart they go on together", async () => {
    await openFile(anna, "hello.tsx");
    await editorOf(anna, "hello.tsx").click();
    await anna.keyboard.press("Control+Home");
    await anna.keyboard.type("// again\n", { delay: 5 });
    await waitForCode(bert, "hello.tsx", "// again");
    await bert.getByRole("button", { name: "+", exact: true }).click();
    await anna.getByText("Count: 3", { exact: true }).waitFor(DONE);
  });

  test("a page that reloads keeps its place", async () => {
    await bert.reload();
    await editorOf(bert, "hello.tsx").waitFor(DONE);
    await waitForCode(bert, "hello.tsx", "// again");
  });

  test("nothing went wrong in the pages", () => {
    expect(errors).toEqual([]);
  });
});
