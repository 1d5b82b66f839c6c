// Relations of `a11y` between elements of a canvas and the widgets around it, as Chromium tells them to assistive technology.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { axLines } from "./support/ax-tree.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, settled, show, windowNode } from "./support/dom-harness.ts";

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

function element(id: string, x: number, a11y: WireProps): WireNode {
  return node("group", { id, on_click: true, a11y: { role: "button", ...a11y } }, [
    node("rect", { x, y: 0, w: 20, h: 20 }),
  ]);
}
function canvas(props: WireProps, ...children: readonly WireNode[]): WireNode {
  return node("canvas", { id: "main#c", width: 200, height: 60, ...props }, children);
}
function column(...children: readonly WireNode[]): WireNode {
  return windowNode({}, [node("column", { id: "all" }, children)]);
}
/** The lines of the tree that begin so. Relations name their target by its wire id. */
async function lines(start: string): Promise<readonly string[]> {
  await settled(page);
  const all = [...(await axLines(page, /^(?!)/)).values()].flat();
  return all.filter((line) => line.startsWith(start));
}

test("a widget names, describes and explains itself by elements of a canvas", async () => {
  await show(
    page,
    column(
      node("text_input", {
        id: "main#field",
        a11y: { labelled_by: "main#c/name", described_by: "main#c/hint", error_message: "main#c/error", invalid: true },
      }),
      canvas(
        {},
        element("main#c/name", 0, { label: "Temperature" }),
        element("main#c/hint", 30, { label: "In degrees" }),
        element("main#c/error", 60, { label: "Too hot" }),
      ),
    ),
  );
  const [field] = await lines("textbox");
  expect(field).toContain('textbox "Temperature"');
  expect(field).toContain('description="In degrees"');
  expect(field).toContain("labelledby=@main#c/name");
  expect(field).toContain("describedby=@main#c/hint");
  expect(field).toContain("errormessage=@main#c/error");
});

test("an element of a canvas names, describes and explains itself by widgets and by other elements", async () => {
  await show(
    page,
    column(
      node("text", { id: "main#title", content: "Volume" }),
      node("text", { id: "main#error", content: "Muted" }),
      canvas(
        {},
        element("main#c/a", 0, {
          labelled_by: "main#title",
          described_by: "main#c/b",
          error_message: "main#error",
          invalid: true,
        }),
        element("main#c/b", 30, { label: "Turn it up" }),
      ),
    ),
  );
  const [button] = await lines('button "Volume"');
  expect(button).toContain('description="Turn it up"');
  expect(button).toContain("labelledby=@main#title");
  expect(button).toContain("describedby=@main#c/b");
  expect(button).toContain("errormessage=@main#error");
});

test("both ends may come late, in either order, and go", async () => {
  const early = [
    node("text_input", { id: "main#field", a11y: { labelled_by: "main#c/late" } }),
    canvas({}, element("main#c/a", 0, { labelled_by: "main#title" })),
  ];
  await show(page, column(...early));
  expect(await lines("textbox")).toEqual([expect.not.stringContaining("labelledby")]);
  expect((await lines("button"))[0]).not.toContain("labelledby");

  await patch(page, [
    { op: "insert_child", path: [0, 1], index: 1, node: element("main#c/late", 30, { label: "Found" }) },
    { op: "insert_child", path: [0], index: 2, node: node("text", { id: "main#title", content: "Title" }) },
  ]);
  expect((await lines("textbox"))[0]).toContain('textbox "Found"');
  expect((await lines('button "Title"'))[0]).toContain("labelledby=@main#title");

  await patch(page, [
    { op: "remove_child", path: [0], index: 2 },
    { op: "remove_child", path: [0, 1], index: 1 },
  ]);
  expect((await lines("textbox"))[0]).not.toContain('"Found"');
  expect((await lines("button"))[0]).not.toContain('"Title"');
});

test("an explanation that is a text is the description", async () => {
  await show(page, column(canvas({}, element("main#c/a", 0, { label: "A", error_message: "Choose and/or wait" }))));
  expect(await lines('button "A"')).toEqual([expect.stringContaining('description="Choose and/or wait"')]);
});

test("the active descendant of a widget may be an element, and a canvas's own field stays what the app says", async () => {
  const root = column(
    node("container", { id: "main#box", a11y: { role: "tree", label: "Tree", active_descendant: "main#c/b" } }, [
      node("text", { id: "main#t", content: "x" }),
    ]),
    canvas(
      { a11y: { active_descendant: "main#c/b" } },
      element("main#c/a", 0, { label: "A" }),
      element("main#c/b", 30, { label: "B" }),
    ),
  );
  await show(page, root);
  await settled(page);
  const active = (selector: string): Promise<string | null | undefined> =>
    page.evaluate((css) => {
      const id = document.querySelector(css)?.getAttribute("aria-activedescendant");
      return id === null || id === undefined ? id : document.getElementById(id)?.dataset["id"];
    }, selector);
  expect(await active('[role="tree"]')).toBe("main#c/b");
  expect(await active(".pl-canvas")).toBe("main#c/b");
  await page.mouse.click(10, 30);
  await settled(page);
  expect(await active(".pl-canvas")).toBe("main#c/b");
});

test("without a word from the app the active descendant is where the keyboard is", async () => {
  await show(page, column(canvas({}, element("main#c/a", 0, { label: "A" }), element("main#c/b", 30, { label: "B" }))));
  await settled(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  expect((await lines("group"))[0]).toContain("activedescendant=@main#c/b");
});
