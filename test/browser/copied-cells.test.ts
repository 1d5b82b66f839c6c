import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { PatchOp, WireNode, WireProps } from "../../src/protocol/index.ts";
import type { CopiesPage } from "./copies-page.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import { node, windowNode } from "./support/dom-harness.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly copies: CopiesPage };

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./copies-page.ts", import.meta.url).href);
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page?.context().close();
  page = await browser.open({ viewport: { width: 400, height: 3400 } });
  await page.evaluate(() => window.copies.unmark());
});

// `unknown`: the types of Playwright follow a recursive type without end.
const show = (root: WireNode): Promise<void> =>
  page.evaluate((tree) => window.copies.show(tree as WireNode), root as unknown);
const patch = (ops: readonly PatchOp[]): Promise<void> =>
  page.evaluate((list) => window.copies.patch(list as readonly PatchOp[]), ops as unknown);

/** Boxes, lines, looks, pictures, and what assistive technology reads. */
const expectAlike = async (): Promise<void> => {
  const [copied, made] = await page.evaluate(() => window.copies.cells());
  expect(copied).toEqual(made);
  const [one, other] = await page.evaluate(() => window.copies.places());
  expect((await page.screenshot({ clip: one })).equals(await page.screenshot({ clip: other }))).toBe(true);
  const sides = page.locator('[role="table"]');
  expect(await sides.nth(0).ariaSnapshot()).toBe(await sides.nth(1).ariaSnapshot());
};
const counts = (): Promise<readonly [number, number]> => page.evaluate(() => window.copies.counts());

const TEXTS = [
  "short",
  "several words that need more than one line here",
  "Donaudampfschifffahrtsgesellschaftskapitän and more",
  "Unbreakableunbreakableunbreakableunbreakable",
  "",
  "line\nbreak\n",
  "12 345,67",
  "漢字と仮名が長く続くと折り返される",
  "a  wide   gap\tand a tab ",
  "🎉 party",
];

const COLUMNS = [{ key: "a", width: 70 }, { key: "b" }, { key: "c", width: "shrink" }];

function line(at: number, texts: readonly string[] = TEXTS, props: WireProps = {}): WireNode {
  const cell = (key: string, text: string, more: WireProps): WireNode =>
    node("table_cell", { id: `r${at}/${key}`, column: key }, [
      node("text", { id: `r${at}/${key}/text`, content: text, ...more }),
    ]);
  const textAt = (step: number): string => texts[(at * step + step) % texts.length] ?? "";
  return node("table_row", { id: `r${at}` }, [
    cell("a", textAt(1), props),
    cell("b", textAt(3), {}),
    cell("c", "x", {}),
  ]);
}

const table = (rows: readonly WireNode[], columns: WireProps["columns"] = COLUMNS): WireNode =>
  windowNode({}, [node("table", { id: "table", columns: columns ?? null }, rows)]);
const rows = (count: number, make: (at: number) => WireNode = (at) => line(at)): WireNode[] =>
  Array.from({ length: count }, (_, at) => make(at));

test("cells draw their texts themselves, and look the same", async () => {
  await show(table(rows(20)));
  const [copied, made] = await counts();
  // The first eight and the one that is copied are made by themselves.
  expect(made - copied).toBeGreaterThanOrEqual(10 * 3);
  await expectAlike();
});

test("styles come and go", async () => {
  const styled = rows(14, (at) => line(at, TEXTS, { style: at % 2 === 0 ? "danger" : "primary" }));
  await show(table(styled));
  await expectAlike();
  const style = (row: number, column: number, value: WireProps[string]): PatchOp => ({
    op: "update_props",
    path: [0, row, column, 0],
    props: { style: value },
  });
  const [before] = await counts();
  await patch([style(10, 0, "success"), style(11, 0, null), style(12, 1, "warning"), style(13, 1, "primary")]);
  await patch([style(13, 1, null)]);
  expect((await counts())[0]).toBe(before);
  await expectAlike();
});

test("texts are changed, also to what needs an element", async () => {
  await show(table(rows(20)));
  const change = (row: number, props: WireProps): PatchOp => ({ op: "update_props", path: [0, row, 0, 0], props });
  await patch([change(10, { content: "other" }), change(11, { content: "" }), change(12, { content: "words again" })]);
  await expectAlike();
  await patch([
    change(10, { content: "   " }),
    change(13, { content: "שלום עולם ארוך מאוד מאוד" }),
    change(14, { size: 30 }),
    change(15, { a11y: { label: "other" } }),
    change(16, { align_x: "right", width: "fill" }),
    change(17, { style: { text_color: "#ff0000" } }),
  ]);
  await expectAlike();
  await patch([change(17, { style: null }), change(14, { size: null }), change(13, { content: "again" })]);
  await expectAlike();
});

test("writing from right to left has elements of its own, and blanks show", async () => {
  const others = ["עולםארוךמאודמאודמאודמאודמאוד", "   ", "مرحبا بالعالم", "12 שלום", "left"];
  await show(table(rows(20, (at) => line(at, at < 10 ? TEXTS : others))));
  await expectAlike();
  await show(table(rows(20, (at) => line(at + 30, others))));
  await expectAlike();
});

test("cells that are aligned elsewhere keep their texts' boxes", async () => {
  const columns = [{ key: "a", width: 60, align: "center" }, { key: "b", width: 60, align: "right" }, { key: "c" }];
  await show(table(rows(16), columns));
  await expectAlike();
  await patch([{ op: "update_props", path: [0], props: { columns: COLUMNS } }]);
  await expectAlike();
  await patch([{ op: "update_props", path: [0], props: { columns } }]);
  await expectAlike();
});

test("a cell that is asked for has the element of its text again", async () => {
  await show(table(rows(20)));
  const [before] = await counts();
  const [copied, made] = await page.evaluate(() => window.copies.locate("r12/a/text"));
  expect(copied).toEqual(made);
  expect((await counts())[0]).toBe(before + 3);
  await patch([
    { op: "insert_child", path: [0, 13, 0], index: 1, node: node("text", { id: "more", content: "second" }) },
    { op: "remove_child", path: [0, 14, 0], index: 0 },
  ]);
  await expectAlike();
});
