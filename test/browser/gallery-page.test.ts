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
 * What the checks cannot know. Disabled widgets are exempt from contrast by WCAG, and left out by axe itself.
 * - Named styles of text are the theme's own accents: docs/reference/themes.md says where they are too faint.
 * - Rows of a table that scrolls have no tab stop: the arrow and page keys at its header scroll them, see below.
 */
const EXCEPTIONS: Readonly<Record<string, (html: string) => boolean>> = {
  "color-contrast": (html) => /class="pl-text[^"]*".*data-style="/.test(html) || /class="pl-link"/.test(html),
  "scrollable-region-focusable": (html) => html.includes('class="pl-tbody"'),
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

async function problems(page: Page): Promise<readonly string[]> {
  const checked = await page.evaluate<AxeResults>(async () => {
    // What the script put into the page.
    const { axe } = globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } };
    return axe.run({ resultTypes: ["violations"] });
  });
  return checked.violations.flatMap(({ id, nodes }) =>
    nodes.filter(({ html }) => EXCEPTIONS[id]?.(html) !== true).map(({ html }) => `${id}: ${html}`),
  );
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
    await page.getByRole("heading", { level: 1, name: "Text & rich text" }).waitFor();
    expect(await current.innerText()).toBe("Text & rich text");
    expect(await page.title()).toBe("Text & rich text - Plushie Gallery");
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
  test("no page has anything to complain about", async () => {
    const page = await open(`theme=${theme}`);
    await page.evaluate(AXE);
    const found: string[] = [];
    for (const [id, title] of PAGES) {
      await page.getByRole("tab", { name: title }).click();
      await page.getByRole("heading", { level: 1, name: title }).waitFor();
      if (id === "windows") await page.getByRole("button", { name: "Open a second window" }).click();
      found.push(...(await problems(page)).map((problem) => `${id}: ${problem}`));
      if (id === "windows") await page.getByRole("button", { name: "Close the second window" }).click();
    }
    expect(found).toEqual([]);
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
