import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, settled, show, take, windowNode } from "./support/dom-harness.ts";

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchDom();
  page = await browser.open({ viewport: { width: 800, height: 600 } });
});
afterAll(() => browser.close());

const first = node("column", { id: "first" });
const second = (type: string) =>
  node("column", { id: "second" }, [node(type, { id: "w", width: 200 }), node(type, { id: "v", width: 200 })]);

describe.each([
  ["text_input", "input"],
  ["text_editor", "textarea"],
])("a %s that moves", (type, tag) => {
  const field = `[data-id="w"] ${tag}`;
  let isAway = false;

  beforeEach(async () => {
    await show(page, null);
    await show(page, windowNode({}, [node("row", { id: "row" }, [first, second(type)])]));
    await settled(page);
    await page.focus(field);
    // What remembers is loaded with the first field that is entered.
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("field-undo")),
    );
    await settled(page);
    await take(page);
    isAway = false;
  });

  /** To the other column or back. */
  const move = async (): Promise<void> => {
    const widget = node(type, { id: "w", width: 200 });
    const [from, to] = isAway ? [0, 1] : [1, 0];
    isAway = !isAway;
    await patch(page, [
      { op: "remove_child", path: [0, from], index: 0 },
      { op: "insert_child", path: [0, to], index: 0, node: widget },
    ]);
  };
  const text = (): Promise<string> => page.locator(field).inputValue();
  const press = async (keys: string): Promise<string> => {
    await page.keyboard.press(keys);
    return text();
  };
  const typeTwice = async (): Promise<void> => {
    await page.keyboard.type("one");
    await page.keyboard.press("Home");
    await page.keyboard.type("two ");
  };

  test("is undone and redone step by step, and the app hears of nothing else", async () => {
    await typeTwice();
    await move();
    await take(page);
    expect([await press("Control+z"), await press("Control+z"), await press("Control+z")]).toEqual(["one", "", ""]);
    expect([await press("Control+Shift+z"), await press("Control+y")]).toEqual(["one", "two one"]);
    const heard = (await take(page)).filter(({ family }) => family === "input").map(({ value }) => value);
    expect(heard).toEqual(["one", "", "one", "two one"]);
  });

  test("keeps caret and selection when its history comes back", async () => {
    await typeTwice();
    await page.keyboard.press("Shift+End");
    await move();
    // Nothing is left to redo, so only the history itself changes.
    await page.keyboard.press("Control+y");
    const selection = await page.locator(field).evaluate((element) => {
      const { selectionStart, selectionEnd } = element as HTMLInputElement;
      return [selectionStart, selectionEnd];
    });
    expect(selection).toEqual([4, 7]);
  });

  test("can redo what was undone before", async () => {
    await typeTwice();
    expect(await press("Control+z")).toBe("one");
    await move();
    expect(await press("Control+Shift+z")).toBe("two one");
    await move();
    expect([await press("Control+z"), await press("Control+z")]).toEqual(["one", ""]);
    await move();
    expect(await press("Control+Shift+z")).toBe("one");
  });

  test("while somebody types has one history", async () => {
    for (const key of "abc") {
      await page.keyboard.type(key);
      await move();
    }
    await page.keyboard.press("Backspace");
    await move();
    expect([await press("Control+z"), await press("Control+z")]).toEqual(["abc", ""]);
  });

  test("is undone before another field with older edits", async () => {
    await page.focus(`[data-id="v"] ${tag}`);
    await page.keyboard.type("other");
    await page.focus(field);
    await page.keyboard.type("own");
    await move();
    await page.focus(field);
    expect(await press("Control+z")).toBe("");
    expect(await page.locator(`[data-id="v"] ${tag}`).inputValue()).toBe("other");
  });
});
