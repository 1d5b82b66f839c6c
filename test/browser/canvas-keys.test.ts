// The keyboard in canvases with groups, and what a resting pointer sees of changes.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, settled, show, take, windowNode } from "./support/dom-harness.ts";

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 400, height: 300 } });
});
afterEach(() => page.context().close());

function canvas(props: WireProps, ...children: readonly WireNode[]): WireNode {
  return windowNode({}, [node("canvas", { id: "c", width: 300, height: 100, ...props }, children)]);
}
function element(id: string, x: number, props: WireProps, ...children: readonly WireNode[]): WireNode {
  return node("group", { id, a11y: { role: "button", label: id }, ...props }, [
    node("rect", { x, y: 0, w: 10, h: 10, fill: "#ff0000" }),
    ...children,
  ]);
}
const button = (id: string, x: number, props: WireProps = {}): WireNode => element(id, x, { on_click: true, ...props });
const row = (id: string, from: number, count: number): WireNode[] =>
  Array.from({ length: count }, (_, index) => button(`${id}${index}`, from + 15 * index));

/** Where the focus went after each key; `-` where it stayed or left. */
async function keys(...names: readonly string[]): Promise<readonly string[]> {
  const places: string[] = [];
  for (const name of names) {
    await page.keyboard.press(name);
    await settled(page);
    const focused = (await take(page)).filter(({ family, id }) => family === "focused" && id !== "c").at(-1);
    places.push(focused?.id ?? "-");
  }
  return places;
}

describe("groups of stops", () => {
  const scene = (): WireNode =>
    canvas(
      {},
      button("a", 0),
      element("g", 20, { focusable: true }, ...row("g/", 40, 3)),
      button("b", 120),
      element("h", 140, { focusable: true }),
    );

  test("Tab goes from one outermost element to the next, and into a group at its near end", async () => {
    await show(page, scene());
    await settled(page);
    expect(await keys("Tab", "Tab", "Tab", "Tab")).toEqual(["a", "g/0", "b", "h"]);
    expect(await keys("Shift+Tab", "Shift+Tab", "Shift+Tab")).toEqual(["b", "g/2", "a"]);
  });

  test("arrows stay in the group, or go from one outermost element to the next", async () => {
    await show(page, scene());
    await settled(page);
    expect(await keys("Tab", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp")).toEqual([
      "a",
      "g",
      "b",
      "h",
      "a",
      "h",
    ]);
    await keys("Home", "Tab");
    expect(await keys("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft")).toEqual(["g/1", "g/2", "g/0", "g/2"]);
    expect(await keys("Home", "End", "PageDown", "PageUp")).toEqual(["g/0", "g/2", "g/1", "g/2"]);
  });

  test("Escape leads to the group, then to nothing, then out", async () => {
    await show(page, scene());
    await settled(page);
    await keys("Tab", "Tab");
    expect(await keys("Escape")).toEqual(["g"]);
    await page.keyboard.press("Escape");
    expect((await take(page)).map(({ family, id }) => `${family} ${id}`)).toEqual(["blurred g"]);
    await page.keyboard.press("Escape");
    expect((await take(page)).map(({ family, id }) => `${family} ${id}`)).toEqual(["blurred c"]);
  });
});

describe("arrow modes", () => {
  test("without groups all elements are one list; pages are five", async () => {
    await show(page, canvas({}, ...row("e", 0, 12)));
    await settled(page);
    expect(await keys("Tab", "PageDown", "PageDown", "PageDown", "PageUp", "End", "ArrowRight")).toEqual([
      "e0",
      "e5",
      "e10",
      "e3",
      "e10",
      "e11",
      "e0",
    ]);
  });

  test.each(["clamp", "linear"])("%s stops at the ends and keeps the key", async (mode) => {
    await show(page, canvas({ arrow_mode: mode }, ...row("e", 0, 7)));
    await settled(page);
    expect(await keys("Tab", "ArrowLeft", "PageDown", "PageDown", "ArrowRight")).toEqual(["e0", "-", "e5", "e6", "-"]);
    const isKept = await page.evaluate(() => {
      const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true });
      return document.querySelector(".pl-canvas")?.dispatchEvent(key) === false;
    });
    expect(isKept).toBe(true);
  });

  test("none hands exactly the eight keys on, with all modifiers", async () => {
    await show(page, canvas({ arrow_mode: "none" }, ...row("e", 0, 2)));
    await settled(page);
    await keys("Tab");
    const none = { shift: false, ctrl: false, alt: false, logo: false, command: false };
    for (const key of ["Home", "End", "PageUp", "ArrowLeft"]) await page.keyboard.press(key);
    await page.keyboard.press("Alt+ArrowRight");
    await page.keyboard.press("x");
    await settled(page);
    const value = (key: string, more: WireProps = {}): WireProps => ({ key, modifiers: { ...none, ...more } });
    const told = (await take(page)).map(({ family, id, value: said }) => [family, id, said]);
    expect(told).toEqual(
      [value("Home"), value("End"), value("PageUp"), value("ArrowLeft"), value("ArrowRight", { alt: true })].flatMap(
        (said) => [
          ["key_press", "e0", said],
          ["key_release", "e0", said],
        ],
      ),
    );
  });

  test("keys do nothing while something is dragged", async () => {
    await show(page, canvas({ arrow_mode: "none" }, button("e", 0, { draggable: true }), button("f", 20)));
    await settled(page);
    await page.mouse.move(5, 5);
    await page.mouse.down();
    await settled(page);
    await take(page);
    for (const key of ["ArrowRight", "Enter", "Escape", "Tab"]) await page.keyboard.press(key);
    await settled(page);
    expect(await take(page)).toEqual([]);
    await page.mouse.up();
    expect((await take(page)).map(({ family }) => family)).toEqual(["drag_end"]);
  });
});

describe("a pointer that rests", () => {
  test("sees another tooltip, and none when there is none any more", async () => {
    await show(page, canvas({}, button("e", 0, { tooltip: "One" })));
    await settled(page);
    await page.mouse.move(5, 5);
    expect(await page.locator(".pl-canvas-tip").textContent()).toBe("One");
    await patch(page, [{ op: "update_props", path: [0, 0], props: { tooltip: "Two" } }]);
    await settled(page);
    expect(await page.locator(".pl-canvas-tip").textContent()).toBe("Two");
    await patch(page, [{ op: "update_props", path: [0, 0], props: { tooltip: null } }]);
    await settled(page);
    expect(await page.locator(".pl-canvas-tip").isVisible()).toBe(false);
  });
});
