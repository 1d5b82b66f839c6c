import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findWidget, WIDGETS } from "../../src/protocol/catalog.ts";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { type Color, contrast } from "../../src/renderer/dom/color.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
  page = await browser.open({ viewport: { width: 900, height: 400 }, reducedMotion: "reduce" });
});
afterAll(() => browser.close());

const node = (type: string, props: WireProps = {}, children: readonly WireNode[] = [], id = "w"): WireNode => ({
  id,
  type,
  props,
  children,
});

/** Every widget that the keyboard stops at, one of each, and the looks of buttons and checkboxes. */
const stops: readonly WireNode[] = [
  ...["primary", "secondary", "success", "warning", "danger", "text", "background", "subtle"].map((style) =>
    node("button", { label: style, style }, [], `button-${style}`),
  ),
  ...["primary", "secondary", "success", "danger"].map((style) =>
    node("checkbox", { label: style, style, checked: true }, [], `checkbox-${style}`),
  ),
  node("toggler", { label: "Toggle" }, [], "toggler"),
  node("radio", { value: "a", label: "A" }, [], "radio"),
  node("slider", { value: 30, label: "S", width: 80 }, [], "slider"),
  node("vertical_slider", { value: 30, label: "V", height: 40 }, [], "vertical_slider"),
  node("text_input", { value: "" }, [], "text_input"),
  node("text_editor", { content: "", height: 40 }, [], "text_editor"),
  node("pick_list", { options: ["A"] }, [], "pick_list"),
  node("combo_box", { options: [] }, [], "combo_box"),
  node("rich_text", { spans: [{ text: "link", link: "x" }] }, [], "rich_text"),
  node("markdown", { content: "[link](https://x.y)" }, [], "markdown"),
  node(
    "pointer_area",
    { on_press: true, a11y: { role: "button" } },
    [node("text", { content: "Area" }, [], "area")],
    "pointer_area",
  ),
  node("table", { columns: [{ key: "n", label: "N", sortable: true }] }, [], "table"),
  node("scrollable", { height: 30 }, [node("text", { content: "x\nx\nx" }, [], "x")], "scrollable"),
  node(
    "pane_grid",
    { width: 100, height: 50 },
    [node("text", { content: "l" }, [], "l"), node("text", { content: "r" }, [], "r")],
    "pane_grid",
  ),
  node(
    "canvas",
    { width: 60, height: 40, alt: "C" },
    [
      node(
        "group",
        { on_click: true, a11y: { label: "E", role: "button" } },
        [node("rect", { x: 10, y: 10, w: 20, h: 20, fill: "#888888" }, [], "canvas/e/r")],
        "canvas/e",
      ),
    ],
    "canvas",
  ),
];
/** Never stops, however they are used. */
const PASSIVE =
  "column row keyed_column stack grid container pin floating themer sensor responsive space text rule progress_bar image svg qr_code tooltip overlay window";

async function show(theme: string, box: string): Promise<void> {
  await page.mouse.move(890, 390);
  await page.evaluate(
    async ([json, name, style]) => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      window.widgets.show([]);
      const flow = { wrap: true, spacing: 14, width: "fill" };
      const inner = { id: "flow", type: "row", props: flow, children: JSON.parse(json) };
      const props = { style, padding: 12, width: "fill" };
      window.widgets.show([{ id: "box", type: "container", props, children: [inner] }], { theme: name });
    },
    [JSON.stringify(stops), theme, box] as const,
  );
  await page.locator(".pl-markdown .pl-link").waitFor();
  // What scrolls becomes a stop when there is time.
  await page.evaluate(
    () => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 50), { timeout: 1000 })),
  );
}

interface Stop {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const stopNow = (): Promise<Stop | undefined> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const id = element?.closest("[data-id]")?.getAttribute("data-id");
    if (element === null || id === null || id === undefined || id === "main") return undefined;
    const { x, y, width, height } = element.getBoundingClientRect();
    return {
      id,
      x: Math.floor(x) - 6,
      y: Math.floor(y) - 6,
      width: Math.ceil(width) + 12,
      height: Math.ceil(height) + 12,
    };
  });

const colorAt = (picture: PNG, x: number, y: number): Color => {
  const at = (y * picture.width + x) * 4;
  const channel = (offset: number): number => (picture.data[at + offset] ?? 0) / 255;
  return { r: channel(0), g: channel(1), b: channel(2), a: 1 };
};

/** How many pixels of a part stand out from what was there before. */
function standingOut(before: PNG, after: PNG, part: Stop): number {
  let count = 0;
  for (let y = 0; y < after.height; y += 1) {
    for (let x = 0; x < after.width; x += 1) {
      if (contrast(colorAt(before, part.x + x, part.y + y), colorAt(after, x, y)) >= 3) count += 1;
    }
  }
  return count;
}

/** Goes through everything by Tab; gives back where the focus cannot be seen. */
async function unseen(theme: string, box: string): Promise<readonly string[]> {
  await show(theme, box);
  const before = PNG.sync.read(await page.screenshot({ caret: "hide" }));
  const seen = new Set<string>();
  const faint: string[] = [];
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    const stop = await stopNow();
    if (stop === undefined) break;
    seen.add(stop.id);
    const { x, y, width, height } = stop;
    const after = PNG.sync.read(await page.screenshot({ caret: "hide", clip: { x, y, width, height } }));
    if (standingOut(before, after, stop) < LEAST_PIXELS) faint.push(stop.id);
  }
  // Everything was visited: the pane grid by its divider, the drawing by its element.
  expect(stops.map(({ id }) => id).filter((id) => !seen.has(id))).toEqual([]);
  return faint;
}

/** A line of two pixels below a short word. */
const LEAST_PIXELS = 40;

describe("the ring of the keyboard focus", () => {
  test("the tour has every widget of the catalog that can be a stop", () => {
    const toured = new Set(stops.map(({ type }) => type));
    const passive = PASSIVE.split(" ");
    const missing = WIDGETS.filter(
      ({ isShape, type }) => !isShape && !toured.has(type) && !passive.includes(type) && !type.startsWith("table_"),
    );
    expect(missing.map(({ type }) => type)).toEqual([]);
    expect(passive.filter((type) => findWidget(type) === undefined)).toEqual([]);
  });

  test.each([
    ["light", "transparent"],
    ["dark", "transparent"],
    ["light", "primary"],
    ["dark", "danger"],
    ["gruvbox_light", "primary"],
    ["solarized_dark", "primary"],
    ["light", "dark"],
  ])("is seen on everything in the theme %s, in a box of the style %s", async (theme, box) => {
    expect(await unseen(theme, box)).toEqual([]);
  });

  test.each(["light", "dark"] as const)("is seen where the system has its own colors, %s", async (colorScheme) => {
    await page.emulateMedia({ forcedColors: "active", colorScheme });
    // The rules for it come when they are needed.
    await page.waitForFunction(() =>
      document.adoptedStyleSheets.some(({ cssRules }) => cssRules[0]?.cssText.includes("(forced-colors: active)")),
    );
    const faint = await unseen("light", "transparent");
    await page.emulateMedia({ forcedColors: "none", colorScheme: null });
    expect(faint).toEqual([]);
  });
});

describe("with reduced motion", () => {
  test("no rule moves anything, in whatever state", async () => {
    await show("light", "transparent");
    const moving = await page.evaluate(() => {
      const parts = [...document.querySelectorAll(".pl-root, .pl-root *")];
      const found: string[] = [];
      for (const part of parts) {
        for (const pseudo of [undefined, "::before", "::after"]) {
          const { transitionProperty, transitionDuration, animationName, scrollBehavior } = getComputedStyle(
            part,
            pseudo,
          );
          const moves = transitionProperty !== "none" && /[1-9]/.test(transitionDuration);
          if (moves || animationName !== "none" || scrollBehavior !== "auto")
            found.push(`${part.className}${pseudo ?? ""}`);
        }
      }
      return { found, count: parts.length };
    });
    expect(moving.found).toEqual([]);
    expect(moving.count).toBeGreaterThan(60);
  });
});
