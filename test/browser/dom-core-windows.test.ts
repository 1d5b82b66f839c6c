import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import {
  boxes,
  launchDom,
  node,
  patch,
  performWindow,
  settled,
  show,
  take,
  windowNode,
} from "./support/dom-harness.ts";
import type { PageEvent } from "./support/dom-page.ts";

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 600, height: 400 }, colorScheme: "dark" });
});
afterEach(() => page.context().close());

function field(id: string, props: WireProps = {}): WireNode {
  return node("text_input", { id, value: "", ...props });
}
function families(events: readonly PageEvent[], channel: PageEvent["channel"]): string[] {
  return events.filter((event) => event.channel === channel && event.family !== "status").map((event) => event.family);
}
function focusedId(): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest("[data-id]")?.getAttribute("data-id") ?? null);
}
async function box(
  selector: string,
): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  const [found] = await boxes(page, selector);
  if (found === undefined) throw new Error(`nothing matches ${selector}`);
  return found;
}

describe("windows", () => {
  const two = (props: WireProps = {}): WireNode =>
    node("container", { id: "root" }, [
      windowNode({ title: "Main" }, [
        node("column", { spacing: 4 }, [node("button", { id: "main#go", label: "Go" }), field("main#name")]),
      ]),
      node("window", { id: "tools", title: "Tools", width: 240, height: 160, position: { x: 100, y: 50 }, ...props }, [
        node("column", {}, [
          node("button", { id: "tools#ok", label: "OK" }),
          node("button", { id: "tools#no", label: "No" }),
        ]),
      ]),
    ]);

  test("[R159] [R165] the first fills the page, others float with title and label", async () => {
    await show(page, two());
    expect(await box('[data-id="main"]')).toEqual({ x: 0, y: 0, width: 600, height: 400 });
    expect(await box('[data-id="tools"]')).toEqual({ x: 100, y: 50, width: 240, height: 160 });
    expect(await page.title()).toBe("Main");
    expect(await page.getByRole("dialog", { name: "Tools" }).count()).toBe(1);
    const opened = (await take(page)).filter((event) => event.family === "window_opened");
    expect(opened.map((event) => event.windowId)).toEqual(["main", "tools"]);
  });

  test("a window placed outside can still be caught", async () => {
    await show(page, two({ position: { x: 5000, y: -300 } }));
    expect(await box('[data-id="tools"]')).toMatchObject({ x: 552, y: 0 });
  });

  test("a window moves by pointer and by keys and reports it", async () => {
    await show(page, two());
    await page.mouse.move(200, 65);
    await page.mouse.down();
    await page.mouse.move(260, 95, { steps: 3 });
    await page.mouse.up();
    expect(await box('[data-id="tools"]')).toMatchObject({ x: 160, y: 80 });
    await page.focus(".pl-titlebar");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowDown");
    expect(await box('[data-id="tools"]')).toMatchObject({ x: 144, y: 96 });
    await page.keyboard.press("Shift+ArrowRight");
    expect(await box('[data-id="tools"]')).toMatchObject({ width: 256 });
    const moved = (await take(page)).filter((event) => event.family === "window_moved").at(-1);
    expect(moved?.value).toEqual({ window_id: "tools", x: 144, y: 96 });
  });

  test("a window resizes at its corner and reports the new size", async () => {
    await show(page, two());
    await settled(page);
    await page.mouse.move(339, 209);
    await page.mouse.down();
    await page.mouse.move(369, 229, { steps: 3 });
    await page.mouse.up();
    await settled(page);
    expect(await box('[data-id="tools"]')).toMatchObject({ width: 270, height: 180 });
    const resized = (await take(page)).filter((event) => event.family === "window_resized").at(-1);
    expect(resized?.value).toEqual({ window_id: "tools", width: 270, height: 180 });
  });

  test("[R193] the close button closes, or asks when the app wants to be asked", async () => {
    await show(page, two());
    await take(page);
    await page.click(".pl-titlebar-close");
    expect(await page.locator('[data-id="tools"]').isVisible()).toBe(false);
    expect(families(await take(page), "subscription")).toContain("window_closed");
    await performWindow(page, "open", "tools");
    expect(await page.locator('[data-id="tools"]').isVisible()).toBe(true);

    await show(page, two({ exit_on_close_request: false }));
    await take(page);
    await page.click(".pl-titlebar-close");
    expect(await page.locator('[data-id="tools"]').isVisible()).toBe(true);
    expect(families(await take(page), "subscription")).toContain("window_close_requested");
  });

  test("[R204] a press brings a window to the front and moves the focus events", async () => {
    await show(page, two());
    await take(page);
    await page.click('[data-id="tools#ok"]');
    await page.click('[data-id="main#go"]');
    const events = (await take(page)).filter((event) => event.family.startsWith("window_"));
    expect(events.map((event) => `${event.family} ${event.windowId}`)).toEqual([
      "window_unfocused main",
      "window_focused tools",
      "window_unfocused tools",
      "window_focused main",
    ]);
  });

  test("Tab stays in the window in front, Ctrl+F6 goes to the next one", async () => {
    await show(page, two());
    await page.focus('[data-id="main#name"] input');
    await page.keyboard.press("Tab");
    expect(await focusedId()).toBe("main#go");
    await page.keyboard.press("Control+F6");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.closest(".pl-window")?.getAttribute("data-id"))).toBe(
      "tools",
    );
  });

  test("Escape does not close a window", async () => {
    await show(page, two());
    await page.focus('[data-id="tools#ok"]');
    await page.keyboard.press("Escape");
    expect(await page.locator('[data-id="tools"]').isVisible()).toBe(true);
  });

  test("sizes and states follow window operations and answer queries", async () => {
    await show(page, two());
    await performWindow(page, "resize", "tools", { width: 300, height: 200 });
    await performWindow(page, "move", "tools", { x: 10, y: 20 });
    const ask = (name: string): Promise<unknown> =>
      page.evaluate((op) => window.dom.surface.query({ name: op, windowId: "tools" }), name);
    expect(await ask("get_size")).toEqual({ width: 300, height: 200 });
    expect(await ask("get_position")).toEqual({ x: 10, y: 20 });
    await performWindow(page, "maximize", "tools");
    expect(await ask("is_maximized")).toEqual({ maximized: true });
    expect(await box('[data-id="tools"]')).toMatchObject({ x: 0, y: 0, width: 600, height: 400 });
  });

  const ignored = async (): Promise<readonly string[]> =>
    (await take(page))
      .filter(({ channel }) => channel === "diagnostic")
      .map(({ family, value }) => {
        const { id, prop } = value as { readonly id: string; readonly prop?: string };
        return [family, id, ...(prop === undefined ? [] : [prop])].join(" ");
      });
  const WISHES: WireProps = {
    transparent: true,
    blur: true,
    level: "always_on_bottom",
    minimizable: false,
    resizable: false,
    closeable: false,
    decorations: false,
    fullscreen: true,
    position: [10, 10],
    min_size: [100, 100],
    max_size: { width: 500, height: 500 },
  };

  test("what a page cannot do for its window is told once for each prop", async () => {
    await show(page, windowNode({ ...WISHES, width: 300, height: 200 }, []));
    const names = Object.keys(WISHES).map((prop) => `window_prop_ignored main ${prop}`);
    expect([...(await ignored())].sort()).toEqual(names.sort());
    await show(page, windowNode({ ...WISHES, title: "Again" }, []));
    await performWindow(page, "update", "main", { blur: true });
    expect(await ignored()).toEqual([]);
  });

  test("what is the case anyway is not told", async () => {
    const usual = { transparent: false, level: "normal", minimizable: true, decorations: true, size: [300, 200] };
    await show(page, windowNode({ ...usual, maximized: true, visible: true }, []));
    expect(await ignored()).toEqual([]);
  });

  test("a window that floats does all but let the desktop through", async () => {
    await show(page, two({ ...WISHES, fullscreen: false }));
    expect(await ignored()).toEqual(["window_prop_ignored tools transparent", "window_prop_ignored tools blur"]);
  });

  test("an operation that asks the page's window for more is told, and does not hide anything", async () => {
    await show(page, two());
    await take(page);
    await performWindow(page, "minimize", "main");
    await performWindow(page, "resize", "main", { width: 100, height: 100 });
    await performWindow(page, "toggle_decorations", "main");
    await performWindow(page, "update", "main", { min_size: { width: 100, height: 100 } });
    expect(await ignored()).toEqual([
      "window_operation_ignored main",
      "window_operation_ignored main",
      "window_operation_ignored main",
      "window_prop_ignored main min_size",
    ]);
    expect(await page.locator('[data-id="main#go"]').isVisible()).toBe(true);
    expect(await box('[data-id="main"]')).toMatchObject({ width: 600, height: 400 });
    await performWindow(page, "minimize", "tools");
    expect(await ignored()).toEqual([]);
    expect(await page.locator('[data-id="tools#ok"]').isVisible()).toBe(false);
  });

  test("size is another way to say width and height", async () => {
    await show(page, two({ width: null, height: null, size: [220, 140] }));
    expect(await box('[data-id="tools"]')).toMatchObject({ width: 220, height: 140 });
    await performWindow(page, "update", "tools", { size: { width: 260, height: 180 } });
    expect(await box('[data-id="tools"]')).toMatchObject({ width: 260, height: 180 });
  });

  test("levels are kept among the windows of the page", async () => {
    const at = (id: string, level: string): WireNode =>
      node("window", { id, width: 200, height: 150, position: { x: 50, y: 50 }, level }, []);
    const levels = ["always_on_top", "normal", "always_on_bottom"];
    await show(
      page,
      node("container", { id: "root" }, [windowNode({}, []), ...levels.map((level) => at(level, level))]),
    );
    const top = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.elementFromPoint(150, 150)?.closest("[data-id]")?.getAttribute("data-id"));
    expect(await top()).toBe("always_on_top");
    await performWindow(page, "set_level", "always_on_top", { level: "always_on_bottom" });
    expect(await top()).toBe("normal");
    await performWindow(page, "gain_focus", "always_on_bottom");
    expect(await top()).toBe("normal");
  });

  test("a menu opens above a window that stays on top", async () => {
    const list = node("pick_list", { id: "pick", options: ["Apple", "Banana"], width: 100 });
    await show(
      page,
      node("container", { id: "root" }, [
        windowNode({}, [list]),
        node("window", { id: "tools", width: 240, height: 160, position: { x: 0, y: 30 }, level: "always_on_top" }, []),
      ]),
    );
    await page.focus('[data-id="pick"]');
    await page.keyboard.press("Space");
    const option = await box('[role="option"]:last-child');
    const found = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y)?.closest("[role]")?.getAttribute("role"),
      [option.x + 5, option.y + 5] as const,
    );
    expect(found).toBe("option");
  });

  test("an operation changes title, closing and scale, until the node says something else", async () => {
    await show(page, two());
    await performWindow(page, "update", "main", { title: "Said" });
    await performWindow(page, "update", "tools", { title: "Said, too", closeable: false, scale_factor: 2 });
    expect(await page.title()).toBe("Said");
    const tools = page.locator('[data-id="tools"]');
    expect(await tools.getAttribute("aria-label")).toBe("Said, too");
    expect(await tools.locator(".pl-titlebar-close").isVisible()).toBe(false);
    const zoom = (): Promise<string> =>
      tools.locator(".pl-window-content").evaluate((element) => getComputedStyle(element).zoom);
    expect(await zoom()).toBe("2");
    await patch(page, [{ op: "update_props", path: [1], props: { title: "Node" } }]);
    expect(await tools.getAttribute("aria-label")).toBe("Node");
    expect(await zoom()).toBe("2");
    await patch(page, [{ op: "update_props", path: [0], props: { padding: 4 } }]);
    expect(await page.title()).toBe("Said");
  });

  test("a window can be hidden by its mode", async () => {
    await show(page, two());
    await performWindow(page, "set_mode", "tools", { mode: "hidden" });
    expect(await page.locator('[data-id="tools"]').isVisible()).toBe(false);
    await performWindow(page, "set_mode", "tools", { mode: "windowed" });
    expect(await page.locator('[data-id="tools"]').isVisible()).toBe(true);
  });

  test("[R185] scale_factor enlarges the content", async () => {
    await show(page, windowNode({ scale_factor: 2 }, [node("container", { id: "c", width: 50, height: 20 })]));
    expect(await box('[data-id="c"]')).toMatchObject({ width: 100, height: 40 });
  });
});

describe("themes", () => {
  const background = (id: string): Promise<string> =>
    page.evaluate(
      (css) => getComputedStyle(document.querySelector(css) ?? document.body).backgroundColor,
      `[data-id="${id}"]`,
    );
  const boxed = (theme: WireProps[string]): WireNode =>
    windowNode({ theme }, [
      node("column", {}, [
        node("themer", { theme: "light" }, [node("container", { id: "c", width: 9, height: 9, style: "primary" })]),
        node("container", { id: "d", width: 9, height: 9, style: "rounded_box" }),
      ]),
    ]);

  test("a window's theme is switched by one patch", async () => {
    await show(page, boxed("nord"));
    expect(await background("main")).toBe("rgb(46, 52, 64)");
    expect(await background("c")).toBe("rgb(88, 101, 242)");
    await patch(page, [{ op: "update_props", path: [], props: { theme: "solarized_light" } }]);
    expect(await background("main")).toBe("rgb(253, 246, 227)");
  });

  test("[R144] system follows the system, and its change is reported", async () => {
    await show(page, boxed("system"));
    expect(await background("main")).toBe("rgb(43, 45, 49)");
    await page.emulateMedia({ colorScheme: "light" });
    await settled(page);
    expect(await background("main")).toBe("rgb(255, 255, 255)");
    expect(families(await take(page), "subscription")).toContain("theme_changed");
  });

  test("a custom theme grows its palette from its seeds, single shades replaced", async () => {
    await show(page, boxed({ base: "light", background: "#102030", background_weak: "#ff0000" }));
    expect(await background("main")).toBe("rgb(16, 32, 48)");
    expect(await background("d")).toBe("rgb(255, 0, 0)");
  });

  test("an unknown theme leaves the outer one", async () => {
    await show(page, node("container", { id: "r", theme: "dracula" }, [boxed("no_such_theme")]));
    expect(await background("main")).toBe("rgb(40, 42, 54)");
  });

  test("equal themes share one class", async () => {
    const windows = ["one", "two", "three"].map((id) =>
      node("window", { id, theme: { base: "dark", primary: "#123456" } }, []),
    );
    await show(page, node("container", { id: "r" }, windows));
    const classes = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".pl-window")].map((one) => one.dataset["themeClass"]),
    );
    expect(new Set(classes).size).toBe(1);
  });

  test.each(["light", "dark", "dracula", "solarized_light", "gruvbox_dark", "kanagawa_dragon", "nightfly"])(
    "the focus ring can be seen in %s",
    async (theme) => {
      await show(page, windowNode({ theme, padding: 20 }, [node("button", { id: "b", label: "Go" })]));
      await page.keyboard.press("Tab");
      const colors = await page.evaluate(() => {
        const style = getComputedStyle(document.querySelector(".pl-window") ?? document.body);
        return { ring: style.getPropertyValue("--focus-ring"), page: style.getPropertyValue("--bg-base") };
      });
      const luminance = (hex: string): number => {
        const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
          const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
          return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const [one, other] = [luminance(colors.ring), luminance(colors.page)];
      expect((Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)).toBeGreaterThanOrEqual(3);
    },
  );
});
