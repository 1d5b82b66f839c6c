import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import type { AppName } from "./widgets-page.ts";

const KEY_INTERVAL = 1000 / 15;

const VIEWPORT = { width: 800, height: 600 };

let browser: TestBrowser;
beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
});
afterAll(() => browser.close());

interface Field {
  readonly label: string;
  readonly node: WireNode;
  readonly selector: string;
  readonly prop: "value" | "content";
}

const node = (type: string, props: WireProps): WireNode => ({ id: "field", type, props, children: [] });
const fields: readonly Field[] = [
  { label: "text_input", node: node("text_input", { value: "", on_submit: true }), selector: "input", prop: "value" },
  { label: "text_editor", node: node("text_editor", { content: "" }), selector: "textarea", prop: "content" },
  {
    label: "text_editor with highlighting",
    node: node("text_editor", { content: "", highlight_syntax: "ts" }),
    selector: ".cm-content",
    prop: "content",
  },
];

/** As text: the type of a node goes too deep for the types of `evaluate`. */
function showNode(page: Page, child: WireNode): Promise<void> {
  return page.evaluate((json: string) => window.widgets.show([JSON.parse(json)]), JSON.stringify(child));
}

async function openField(field: Field, app: AppName, delay: number): Promise<Page> {
  const page = await browser.open({ viewport: VIEWPORT });
  await showNode(page, field.node);
  await page.locator(field.selector).click();
  await page.evaluate(([name, ms, prop]) => window.widgets.answer(name, ms, prop), [app, delay, field.prop] as const);
  return page;
}

async function settled(page: Page, delay: number): Promise<void> {
  await page.waitForTimeout(delay * 2 + 150);
}

const shownText = (page: Page, field: Field): Promise<string> =>
  page.locator(field.selector).evaluate((element) => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) return element.value;
    return [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
  });

const screens = (page: Page): Promise<readonly string[]> => page.evaluate(() => window.widgets.screens);
const appValue = (page: Page): Promise<string> => page.evaluate(() => window.widgets.appValue());

/** Each text is the start of the next: nothing was lost, doubled or taken back. */
function expectGrowing(shown: readonly string[], fold: (text: string) => string = (text) => text): void {
  for (const [index, text] of shown.entries()) {
    const next = shown[index + 1];
    if (next !== undefined) expect(fold(next).startsWith(fold(text)), `${text} → ${next}`).toBe(true);
  }
}

describe.each(fields)("$label", { concurrent: true }, (field) => {
  describe.each([0, 80, 400])("with %i ms to the app and back", (delay) => {
    test("what is typed at 15 keys per second is what is shown, at every moment", async () => {
      const page = await openField(field, "echo", delay);
      await page.keyboard.type("the quick fox", { delay: KEY_INTERVAL });
      await settled(page, delay);
      expect(await shownText(page, field)).toBe("the quick fox");
      expect(await appValue(page)).toBe("the quick fox");
      expectGrowing(await screens(page));
      await page.context().close();
    });

    test("upper case set by the app arrives and nothing is lost or doubled", async () => {
      const page = await openField(field, "upper", delay);
      await page.keyboard.type("the quick fox", { delay: KEY_INTERVAL });
      await settled(page, delay);
      expect(await shownText(page, field)).toBe("THE QUICK FOX");
      expectGrowing(await screens(page), (text) => text.toLowerCase());
      await page.context().close();
    });

    test("digits that the app rejects go and the letters stay", async () => {
      const page = await openField(field, "digits", delay);
      await page.keyboard.type("a1b22c3d", { delay: KEY_INTERVAL });
      await settled(page, delay);
      expect(await shownText(page, field)).toBe("abcd");
      expectGrowing(await screens(page), (text) => text.replace(/\d/g, ""));
      await page.context().close();
    });
  });

  test("a digit that the app refuses in so many words goes at once", async () => {
    const page = await openField(field, "refuse", 80);
    await page.keyboard.type("ab12", { delay: KEY_INTERVAL });
    await settled(page, 80);
    expect(await shownText(page, field)).toBe("ab");
    await page.context().close();
  });

  test("what was in flight when the connection went is forgotten: the next one's value is shown at once", async () => {
    for (const value of ["", "ab", "abc", "something else"]) {
      const page = await openField(field, "echo", 60_000);
      await page.keyboard.type("abc");
      await page.evaluate(() => window.widgets.take());
      await page.evaluate(([prop, text]) => window.widgets.reconnect({ [prop]: text }), [field.prop, value] as const);
      expect(await shownText(page, field)).toBe(value);
      expect(await page.evaluate(() => window.widgets.take())).toEqual([]);
      await page.keyboard.type("!");
      expect((await page.evaluate(() => window.widgets.take())).at(-1)?.value).toBe(`${value}!`);
      await page.context().close();
    }
  });

  test("a tree that comes again, and other props, refuse nothing that is in flight", async () => {
    const page = await openField(field, "echo", 60_000);
    await page.keyboard.type("abc");
    await page.evaluate(() => window.widgets.showAgain());
    await page.evaluate(() => window.widgets.change(0, { size: 16 }));
    await page.evaluate(() => window.widgets.change(0, { size: 16 }));
    expect(await shownText(page, field)).toBe("abc");
    await page.context().close();
  });

  test("a refusal is noticed in a field with padding and font", async () => {
    const padding = field.prop === "value" ? { top: 4, right: 4, bottom: 4, left: 4 } : 4;
    const styled = { ...field.node, props: { ...field.node.props, padding, font: { family: "monospace" } } };
    const page = await openField({ ...field, node: styled }, "refuse", 0);
    await page.keyboard.type("a1", { delay: KEY_INTERVAL });
    await settled(page, 0);
    expect(await shownText(page, field)).toBe("a");
    await page.context().close();
  });

  test("a selection is replaced by what is typed", async () => {
    const page = await openField(field, "echo", 80);
    await page.keyboard.type("hello world");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("bye", { delay: KEY_INTERVAL });
    await settled(page, 80);
    expect(await shownText(page, field)).toBe("bye");
    expect(await appValue(page)).toBe("bye");
    await page.context().close();
  });

  test("the app's own change keeps the caret with its characters", async () => {
    const page = await openField(field, "echo", 0);
    await page.keyboard.type("world");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await settled(page, 0);
    await page.evaluate(() => window.widgets.setAppValue("hello world"));
    await settled(page, 0);
    await page.keyboard.type("X");
    await settled(page, 0);
    expect(await shownText(page, field)).toBe("hello worXld");
    await page.context().close();
  });

  test("composition is left alone until it ends and then reported once", async () => {
    const page = await openField(field, "echo", 0);
    const session = await page.context().newCDPSession(page);
    await page.keyboard.type("a");
    await settled(page, 0);
    await page.evaluate(() => window.widgets.take());
    await session.send("Input.imeSetComposition", { text: "n", selectionStart: 1, selectionEnd: 1 });
    await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    await page.evaluate(() => window.widgets.setAppValue("A"));
    await page.waitForTimeout(50);
    expect(await page.evaluate(() => window.widgets.take())).toEqual([]);
    expect(await shownText(page, field)).toBe("aに");
    await session.send("Input.insertText", { text: "日" });
    await settled(page, 100);
    expect(await shownText(page, field)).toBe("A日");
    const inputs = await page.evaluate(() => window.widgets.take());
    expect(inputs).toEqual([{ family: "input", id: "field", value: "A日" }]);
    expect(await appValue(page)).toBe("A日");
    await page.context().close();
  });
});

describe("text_input", { concurrent: true }, () => {
  const field = fields[0];
  if (field === undefined) throw new Error("The first field is the text input.");

  test.each([0, 80, 400])("Enter empties the field %i ms away, and typing on is not lost", async (delay) => {
    const page = await openField(field, "clear", delay);
    await page.keyboard.type("hello", { delay: KEY_INTERVAL });
    await page.keyboard.press("Enter");
    await page.keyboard.type("wor", { delay: KEY_INTERVAL });
    await settled(page, delay);
    expect(await page.evaluate(() => window.widgets.submitted)).toEqual(["hello"]);
    expect(await shownText(page, field)).toBe("wor");
    expect(await appValue(page)).toBe("wor");
    await page.keyboard.press("Enter");
    await settled(page, delay);
    expect(await shownText(page, field)).toBe("");
    await page.context().close();
  });

  test("20 keys sent 10 ms apart and Enter: everything arrives and the field is empty", async () => {
    const page = await openField(field, "clear", 200);
    const text = "the quick brown foxes";
    await page.keyboard.type(text, { delay: 10 });
    await page.keyboard.press("Enter");
    await settled(page, 200);
    expect(await page.evaluate(() => window.widgets.submitted)).toEqual([text]);
    expect(await shownText(page, field)).toBe("");
    await page.context().close();
  });
});

describe("the code editor", () => {
  const code = fields[2];
  if (code === undefined) throw new Error("The third field is the code editor.");

  test("an app's own change in one place keeps undo and the scroll position", async () => {
    const page = await openField(code, "echo", 0);
    await page.evaluate(() => window.widgets.change(0, { height: 120 }));
    await page.keyboard.insertText(Array.from({ length: 60 }, (_, line) => `const line${line} = ${line};`).join("\n"));
    // Edits within half a second are one step for undo.
    await page.waitForTimeout(600);
    await page.keyboard.type("!");
    await settled(page, 0);
    const scroll = () => page.locator(".cm-scroller").evaluate((element) => element.scrollTop);
    const before = await scroll();
    expect(before).toBeGreaterThan(100);
    await page.evaluate(() => window.widgets.setAppValue(window.widgets.appValue().replace("line0 ", "first ")));
    await settled(page, 0);
    expect(await scroll()).toBe(before);
    await page.keyboard.press("ControlOrMeta+z");
    await settled(page, 0);
    const value = await appValue(page);
    expect(value.startsWith("const first = 0;")).toBe(true);
    expect(value.endsWith("!")).toBe(false);
    await page.context().close();
  });

  test("what is typed while it loads is handed over with caret and focus", async () => {
    const page = await browser.open({ viewport: VIEWPORT });
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route("**/codemirror-*.js", async (route) => {
      await held;
      await route.fallback();
    });
    await showNode(page, code.node);
    await page.locator("textarea").click();
    await page.keyboard.type("ac");
    await page.keyboard.press("ArrowLeft");
    release();
    await page.locator(".cm-content").waitFor();
    await page.keyboard.type("b");
    expect(await shownText(page, code)).toBe("abc");
    const last = (await page.evaluate(() => window.widgets.take())).at(-1);
    expect(last).toEqual({ family: "input", id: "field", value: "abc" });
    await page.context().close();
  });

  test("JavaScript is colored", async () => {
    const page = await openField(code, "echo", 0);
    await page.keyboard.insertText('const a: string = "text"; // note');
    const colors = await page
      .locator(".cm-line span")
      .evaluateAll((spans) => new Set(spans.map((span) => getComputedStyle(span).color)).size);
    expect(colors).toBeGreaterThan(3);
    await page.context().close();
  });
});
