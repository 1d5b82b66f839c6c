import { Command } from "plushie";
import { mount, type Screen } from "plushie/testing";
import { describe, test } from "vitest";
import gallery, { type GalleryOptions } from "../../apps/gallery/src/app.ts";
import { type Model, PAGES, type PageId } from "../../apps/gallery/src/model.ts";
import "./support/kit-browser.ts";

/** High enough for most pages as a whole. */
const VIEWPORT = { width: 900, height: 900 };
/** A line under a link, or the corner of a rule, falls on one row of pixels or on the next. A moved text is thousands. */
const TOLERANCE = { color: 0.02, pixels: 0.0003 };
/** Where nothing is that the pointer would change. */
const ASIDE = { x: 420, y: 22 };
/** A light, a dark and a colored one; the names are also part of the goldens' names. */
const FAMILIES = ["light", "dark", "dracula"] as const;

function open(options: GalleryOptions, viewport = VIEWPORT): Promise<Screen<Model, unknown>> {
  return mount(gallery, {
    backend: "headless",
    viewport,
    appOpts: options,
    // The page about pictures names one that is not there.
    allowDiagnostics: ["asset_refused"],
  });
}

/** What a page does before its picture is taken. */
const PREPARED: { readonly [Id in PageId]?: (screen: Screen<Model, unknown>) => Promise<void> } = {
  async animation(screen) {
    await screen.advanceFrame();
    await screen.click("go");
    await screen.advanceFrame(600);
  },
  windows: (screen) => screen.click("toggle-window"),
};

/** What would cover the next page. */
const TIDIED: typeof PREPARED = { windows: (screen) => screen.click("toggle-window") };

test.each(FAMILIES)("every page in the theme %s looks as before", async (theme) => {
  await using screen = await open({ theme });
  for (const [page] of PAGES) {
    await screen.click(`go-${page}`);
    await PREPARED[page]?.(screen);
    await screen.moveTo(ASIDE);
    await screen.toMatchScreenshot(`${page} ${theme}`, { tolerance: TOLERANCE });
    await TIDIED[page]?.(screen);
  }
});

describe("what people see while they do something", () => {
  test("hovered, and focused by key", async () => {
    await using screen = await open({ theme: "light" });
    await screen.click("style-primary");
    await screen.press("Tab");
    await screen.moveTo({ x: 460, y: 185 });
    await screen.toMatchScreenshot("state hover and focus", { tolerance: TOLERANCE });
  });

  test("an open list", async () => {
    await using screen = await open({ theme: "light", page: "fields" });
    await screen.perform(Command.focus("color"));
    await screen.press("Enter");
    await screen.press("ArrowDown");
    await screen.toMatchScreenshot("state list", { tolerance: TOLERANCE });
  });

  test("an open menu, and a tip at the focused button", async () => {
    await using screen = await open({ theme: "dark", page: "overlays" });
    await screen.click("menu-button");
    await screen.toMatchScreenshot("state menu", { tolerance: TOLERANCE });
    await screen.click("command-1");
    await screen.expect("chosen").toHaveText("Chosen: Duplicate");
    await screen.moveTo({ x: 250, y: 185 });
    await screen.toMatchScreenshot("state tip", { tolerance: TOLERANCE });
  });

  test("a dialog", async () => {
    await using screen = await open({ theme: "light", page: "overlays" });
    await screen.click("open-dialog");
    await screen.press("Tab");
    await screen.toMatchScreenshot("state dialog", { tolerance: TOLERANCE });
    await screen.press("Enter");
    await screen.expect("chosen").toHaveText("Chosen: Delete");
  });

  test.each(["tables", "overlays"] as const)("a narrow window: %s", async (page) => {
    await using screen = await open({ theme: "dark", page }, { width: 480, height: 900 });
    await screen.toMatchScreenshot(`${page} narrow`, { tolerance: TOLERANCE });
  });

  test.each(["fields", "tables"] as const)("twice the text size: %s", async (page) => {
    await using screen = await open({ theme: "light", page, zoom: 200 });
    await screen.toMatchScreenshot(`${page} double`, { tolerance: TOLERANCE });
  });
});
