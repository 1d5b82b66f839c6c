import { createReadStream, mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AxeResults, RunOptions } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PAGES } from "../../apps/gallery/src/model.ts";
import { writeGalleryPage } from "../../scripts/lib/gallery-page.mjs";
import { ARGS, chromiumPath } from "./support/chromium.ts";

const folder = join(fileURLToPath(new URL("../../.cache/", import.meta.url)), "gallery-page");
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Texts below WCAG AA: named styles show the theme's own accents, exactly as its palette has them. `docs/reference/themes.md`
 * lists them for all themes, and `src/renderer/dom/contrast.test.ts` computes them. Nothing else is exempt; what is disabled
 * is left out by WCAG, and by axe itself.
 */
const PALETTE: Readonly<Record<string, readonly string[]>> = {
  light: ["secondary 2.95", "warning 3.47"],
  dark: ["danger 2.74", "primary 2.99", "secondary 4.03", "success 1.99"],
};

let server: Server;
let browser: Browser;
let address: string;

beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await writeGalleryPage(folder);
  // A plain file server, under a path of its own.
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const name = pathname.replace("/some/path/", "") || "index.html";
    response.setHeader("content-type", TYPES[extname(name)] ?? "application/octet-stream");
    createReadStream(join(folder, name))
      .on("error", () => response.writeHead(404).end())
      .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server has an address of this form.
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/path/`;
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ARGS });
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function open(query: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1400 }, reducedMotion: "reduce" });
  await page.goto(`${address}?${query}`);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return page;
}

interface Problem {
  readonly id: string;
  readonly html: string;
  /** Of a text that is too faint: its named style and the ratio. */
  readonly faint: string | undefined;
}

async function found(page: Page): Promise<readonly Problem[]> {
  const checked = await page.evaluate<AxeResults>(async () => {
    // What the script put into the page.
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ["violations"] });
  });
  return checked.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, any }) => {
      const style = id === "color-contrast" ? /^<div class="pl-text[^>]*data-style="(\w+)"/.exec(html)?.[1] : undefined;
      const ratio: unknown = any[0]?.data?.contrastRatio;
      return { id, html, faint: style === undefined ? undefined : `${style} ${ratio}` };
    }),
  );
}

async function problems(page: Page): Promise<readonly string[]> {
  return (await found(page)).map(({ id, html }) => `${id}: ${html}`);
}

describe("the gallery as files of any file server", () => {
  test("works without Node behind it, and goes from page to page by key", async () => {
    const page = await open("theme=light");
    await page.getByRole("button", { name: "success" }).first().click();
    await page.getByText("Clicked 1 times").waitFor();
    const current = page.getByRole("tab", { selected: true });
    await current.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Fields" }).waitFor();
    expect(await current.innerText()).toBe("Fields");
    expect(await page.title()).toBe("Fields - Plushie Gallery");
    await page.close();
  });

  test("finds pages by the widgets on them", async () => {
    const page = await open("theme=light");
    const find = page.getByRole("textbox", { name: "Find a page" });
    const tabs = async () => page.getByRole("tab").allInnerTexts();
    expect(await tabs()).toEqual(PAGES.map(([, title]) => title));
    await find.fill("qr code");
    await expect.poll(tabs).toEqual(["Pictures"]);
    await page.getByRole("tab").click();
    await page.getByRole("heading", { level: 1, name: "Pictures" }).waitFor();
    await find.fill("nothing like it");
    await page.getByText("Nothing of that name").waitFor();
    await find.fill("");
    await expect.poll(tabs).toHaveLength(PAGES.length);
    await page.close();
  });

  test("changes its theme and text size", async () => {
    const page = await open("theme=light");
    const { width } = (await page.getByRole("heading", { level: 1 }).boundingBox()) ?? { width: 0 };
    await page.getByRole("combobox", { name: "Theme" }).click();
    await page.getByRole("option", { name: "Dracula" }).click();
    await expect
      .poll(() => page.locator(".pl-window").evaluate((element) => getComputedStyle(element).backgroundColor))
      .toBe("rgb(40, 42, 54)");
    await page.getByRole("combobox", { name: "Text size" }).click();
    await page.getByRole("option", { name: "200 %" }).click();
    await page.getByRole("combobox", { name: "Page" }).waitFor();
    const large = await page
      .getByRole("heading", { level: 1 })
      .evaluate((element) => element.getBoundingClientRect().height);
    expect(width).toBeGreaterThan(0);
    expect(large).toBeGreaterThan(50);
    await page.close();
  });
});

describe.each(["light", "dark"])("accessibility in the theme %s", (theme) => {
  test("no page has anything to complain about, but for the accents of the palette", async () => {
    const page = await open(`theme=${theme}`);
    await page.evaluate(AXE);
    const wrong: string[] = [];
    const faint = new Set<string>();
    for (const [id, title] of PAGES) {
      await page.getByRole("tab", { name: title }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      if (id === "windows") await page.getByRole("button", { name: "Open a second window" }).click();
      // What scrolls becomes a stop when there is time.
      await page.evaluate(
        () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve), { timeout: 900 })),
      );
      for (const problem of await found(page)) {
        if (problem.faint === undefined) wrong.push(`${id}: ${problem.id}: ${problem.html}`);
        else faint.add(problem.faint);
      }
      if (id === "windows") await page.getByRole("button", { name: "Close the second window" }).click();
    }
    expect(wrong).toEqual([]);
    expect([...faint].sort()).toEqual(PALETTE[theme]);
    await page.close();
  });

  test("with more contrast, as the system may ask for, there is no exception", async () => {
    const page = await open(`theme=${theme}`);
    await page.emulateMedia({ contrast: "more" });
    await page.evaluate(AXE);
    for (const title of ["Text & rich text", "Theme"]) {
      await page.getByRole("tab", { name: title }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      expect(await problems(page)).toEqual([]);
    }
    await page.close();
  });
});

describe("accessibility of what opens", () => {
  test("menu, dialog and list", async () => {
    const page = await open("theme=light&page=overlays");
    await page.evaluate(AXE);
    await page.getByRole("button", { name: "Open the menu" }).click();
    await page.getByRole("menu").waitFor();
    expect(await problems(page)).toEqual([]);
    await page.getByRole("menuitem", { name: "Rename" }).click();
    await page.getByRole("button", { name: "Delete everything" }).click();
    await page.getByRole("alertdialog").waitFor();
    expect(await problems(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("combobox", { name: "Theme" }).click();
    await page.getByRole("listbox").waitFor();
    expect(await problems(page)).toEqual([]);
    await page.close();
  });

  test("a table without tab stops in its rows scrolls by the keys at its header", async () => {
    const page = await open("theme=light&page=tables");
    await page.getByRole("button", { name: "Language" }).focus();
    await page.keyboard.press("PageDown");
    const body = page.getByRole("table", { name: "Greetings" }).getByRole("rowgroup").last();
    await expect.poll(() => body.evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
    await page.close();
  });
});
