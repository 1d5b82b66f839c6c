import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchPage, type TestBrowser } from "./support/chromium.ts";

let browser: TestBrowser;
beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
});
afterAll(() => browser.close());

interface Change {
  readonly start: number;
  readonly end: number;
  readonly insert: string;
}

interface Edit {
  readonly editor: string;
  readonly number: number;
  readonly after: number;
  readonly revision: number;
  readonly attempt: number;
  readonly changes: readonly Change[];
}

const kinds = [
  { label: "the plain area", selector: "textarea", props: {} },
  { label: "the code editor", selector: ".cm-content", props: { highlight_syntax: "ts" } },
] as const;

describe.each(kinds)("numbered edits in $label", ({ selector, props }) => {
  const open = async (content: string): Promise<Page> => {
    const page = await browser.open({ viewport: { width: 800, height: 600 } });
    const field = {
      id: "field",
      type: "text_editor",
      props: { ...props, content, sync: { revision: 7 } },
      children: [],
    };
    const other = { id: "other", type: "text_input", props: { value: "" }, children: [] };
    await page.evaluate((json: string) => window.widgets.show(JSON.parse(json)), JSON.stringify([field, other]));
    await page.locator(selector).click();
    await page.keyboard.press("Control+End");
    return page;
  };
  const told = async (page: Page): Promise<readonly { family: string; edit: Edit }[]> => {
    const json = await page.evaluate(() => JSON.stringify(window.widgets.take()));
    return JSON.parse(json).map(({ family, value }: { family: string; value: Edit }) => ({ family, edit: value }));
  };
  const say = (page: Page, content: string, sync: Partial<Edit> & { revision: number; answered?: number }) =>
    page.evaluate(([text, said]) => window.widgets.change(0, { content: text, sync: JSON.parse(said) }), [
      content,
      JSON.stringify(sync),
    ] as const);
  const shown = (page: Page): Promise<string> =>
    page.locator(selector).evaluate((element) => {
      if (element instanceof HTMLTextAreaElement) return element.value;
      return [...element.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
    });
  const inserted = (at: number, insert: string): readonly Change[] => [{ start: at, end: at, insert }];

  test("each key is told with its number and revision, and nothing else", async () => {
    const page = await open("ab");
    await page.keyboard.type("xyz");
    await page.keyboard.press("Backspace");
    const list = await told(page);
    expect(list.map(({ family }) => family)).toEqual(["edit", "edit", "edit", "edit"]);
    expect(list.map(({ edit }) => [edit.number, edit.after, edit.revision, edit.attempt])).toEqual([
      [1, 0, 7, 0],
      [2, 1, 7, 0],
      [3, 2, 7, 0],
      [4, 3, 7, 0],
    ]);
    expect(list.map(({ edit }) => edit.changes)).toEqual([
      inserted(2, "x"),
      inserted(3, "y"),
      inserted(4, "z"),
      [{ start: 4, end: 5, insert: "" }],
    ]);
    expect(new Set(list.map(({ edit }) => edit.editor)).size).toBe(1);
    await page.context().close();
  });

  test("what others type comes in around the caret, also in two places at once", async () => {
    const page = await open("one\ntwo\nthree");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    await say(page, "ONE\none\ntwo\nthree\nfour", { revision: 9 });
    expect(await shown(page)).toBe("ONE\none\ntwo\nthree\nfour");
    await page.keyboard.type("!");
    expect(await shown(page)).toBe("ONE\none\ntwo!\nthree\nfour");
    expect((await told(page)).at(-1)?.edit).toMatchObject({ number: 1, revision: 9, changes: inserted(11, "!") });
    await page.context().close();
  });

  test("while changes of others are on their way, typing waits for them, but not longer than the next shortcut or the focus", async () => {
    const page = await open("ab");
    await page.keyboard.type("1");
    const editor = (await told(page))[0]?.edit.editor ?? "";
    await say(page, "Bert ab", { revision: 8 });
    await page.keyboard.type("2");
    expect(await told(page)).toEqual([]);
    await page.keyboard.press("Control+s");
    expect((await told(page)).map(({ edit }) => [edit.number, edit.revision, edit.changes])).toEqual([
      [2, 7, inserted(3, "2")],
    ]);
    await say(page, "Bert ab1", { revision: 9, editor, answered: 1 });
    await page.keyboard.type("3");
    await page.locator("input").click();
    expect((await told(page)).map(({ edit }) => [edit.number, edit.revision, edit.changes])).toEqual([
      [3, 7, inserted(4, "3")],
    ]);
    await say(page, "Bert ab123", { revision: 11, editor, answered: 3 });
    expect(await shown(page)).toBe("Bert ab123");
    await page.context().close();
  });

  test("a batch that was lost on the way is told again on what the app has, and what was typed meanwhile follows", async () => {
    const page = await open("ab");
    await page.keyboard.type("12");
    const editor = (await told(page))[0]?.edit.editor ?? "";
    const field = { ...props, content: "Bert ab", sync: { revision: 20 } };
    await page.evaluate((json: string) => window.widgets.reconnect(JSON.parse(json)), JSON.stringify(field));
    expect(await shown(page)).toBe("Bert ab12");
    expect((await told(page)).map(({ edit }) => edit)).toEqual([
      { editor, number: 1, after: 0, revision: 20, attempt: 1, changes: inserted(7, "1") },
    ]);
    await page.keyboard.type("3");
    await say(page, "Bert ab1", { revision: 21, editor, answered: 1, attempt: 1 });
    expect((await told(page)).map(({ edit }) => edit)).toEqual([
      {
        editor,
        number: 3,
        after: 1,
        revision: 21,
        attempt: 1,
        changes: [...inserted(8, "2"), ...inserted(9, "3")],
      },
    ]);
    await say(page, "Bert ab123", { revision: 22, editor, answered: 3, attempt: 1 });
    expect(await shown(page)).toBe("Bert ab123");
    await page.context().close();
  });

  test("what is composed is told when it ends, on what came meanwhile", async () => {
    const page = await open("ab");
    const session = await page.context().newCDPSession(page);
    await session.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
    await say(page, "Bert ab", { revision: 8 });
    expect(await shown(page)).toBe("abに");
    expect(await told(page)).toEqual([]);
    await session.send("Input.insertText", { text: "日" });
    await expect.poll(() => shown(page)).toBe("Bert ab日");
    expect((await told(page)).map(({ edit }) => [edit.revision, edit.changes])).toEqual([[8, inserted(7, "日")]]);
    await page.context().close();
  });

  // The undo of a plain area is the browser's own, which counts what came in as typed.
  const undo = selector === ".cm-content" ? ["undo takes back what was typed here, not what came in"] : [];
  test.each(undo)("%s", async () => {
    const page = await open("ab");
    await page.keyboard.type("c");
    const editor = (await told(page))[0]?.edit.editor ?? "";
    await say(page, "Bert abc", { revision: 9, editor, answered: 1 });
    await page.keyboard.press("Control+z");
    expect(await shown(page)).toBe("Bert ab");
    expect((await told(page)).at(-1)?.edit).toMatchObject({
      number: 2,
      revision: 9,
      changes: [{ start: 7, end: 8, insert: "" }],
    });
    await page.context().close();
  });
});
