import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, patch, show, take, windowNode } from "./support/dom-harness.ts";

const WIDTH = 600;

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page?.context().close();
  page = await browser.open({ viewport: { width: WIDTH, height: 400 } });
});

const columns = [
  { key: "name", label: "Name", sortable: true },
  { key: "size", label: "Size", width: 100, align: "right", sortable: true },
  { key: "kind", label: "Kind", width: "shrink" },
  { key: "rest", label: "Rest", width: { fill_portion: 2 }, align: "center" },
];
const text = (content: string, props: WireProps = {}): WireNode => node("text", { content, ...props });
const cell = (column: string, ...children: readonly WireNode[]): WireNode => node("table_cell", { column }, children);
const row = (id: string, ...cells: readonly WireNode[]): WireNode => node("table_row", { id }, cells);
const rows = [
  row("one", cell("name", text("a")), cell("size", text("1")), cell("kind", node("space", { width: 60, height: 30 }))),
  row("two", cell("kind", text("k")), cell("name", text("b"), text("c")), cell("gone", text("never"))),
];
const table = (props: WireProps = {}, children: readonly WireNode[] = rows): WireNode =>
  node("table", { id: "t", columns, ...props }, children);
const put = (child: WireNode): Promise<void> => show(page, windowNode({ theme: "light" }, [child]));
const widths = async (selector: string): Promise<number[]> => (await boxes(page, selector)).map(({ width }) => width);
const events = async (): Promise<readonly unknown[]> =>
  (await take(page)).flatMap((one) =>
    one.channel === "widget" ? [{ family: one.family, id: one.id, value: one.value }] : [],
  );
const sort = (value: string): unknown => ({ family: "sort", id: "t", value });

describe("columns", () => {
  test("fixed and shrinking ones first, the rest by portions, lines in between", async () => {
    await put(table());
    const shared = WIDTH - 3 - 100 - 80;
    expect(await widths(".pl-th")).toEqual([shared / 3, 100, 80, (shared * 2) / 3]);
    const first = await boxes(page, '[data-id="one"] > .pl-td');
    expect(first.map(({ x }) => x)).toEqual([0, shared / 3 + 1, shared / 3 + 102, shared / 3 + 183]);
    expect(first.map(({ height }) => height)).toEqual([40, 40, 40, 40]);
  });

  test("cells stand below their columns whatever their order; those that are missing are empty", async () => {
    await put(table());
    const [second] = await boxes(page, '[data-id="two"]');
    const cells = page.locator('[data-id="two"] > [role="cell"]:visible');
    const placed = await cells.evaluateAll((all) => all.map((one) => `${one.ariaColIndex}:${one.textContent}`).sort());
    expect(placed).toEqual(["1:bc", "2:", "3:k", "4:"]);
    const stacked = await boxes(page, '[data-id="two"] > [aria-colindex="1"] > *');
    expect(stacked[1]?.y).toBe((stacked[0]?.y ?? 0) + (stacked[0]?.height ?? 0));
    expect(second?.width).toBe(WIDTH);
  });

  test("align their contents", async () => {
    await put(
      table({ columns: [{ key: "a" }, { key: "b", align: "center" }, { key: "c", align: "right" }], separator: 0 }, [
        row("r", ...["a", "b", "c"].map((key) => cell(key, node("space", { width: 20, height: 20, id: key })))),
      ]),
    );
    const found = await boxes(page, ".pl-td > *");
    expect(found.map(({ x }) => x)).toEqual([10, 290, 570]);
  });

  test("padding takes the left and top values for both sides; room between cells keeps the line in its middle", async () => {
    const props = {
      padding: { left: 4, right: 30, top: 7, bottom: 0 },
      cell_spacing: 10,
      row_spacing: 20,
      separator: 2,
    };
    await put(
      table({ columns: [{ key: "a" }, { key: "b" }], ...props }, [
        row("r", cell("a", node("space", { width: 20, height: 20 }))),
        row("s", cell("b", node("space", { width: 20, height: 20 }))),
      ]),
    );
    const [first, second] = await boxes(page, '[data-id="r"], [data-id="s"]');
    expect([first?.height, (second?.y ?? 0) - (first?.y ?? 0)]).toEqual([34, 54]);
    expect(await widths('[data-id="r"] > .pl-td')).toEqual([295, 295]);
    const line = await page.locator('[data-id="r"] > [aria-colindex="1"]').evaluate((one) => {
      const { right, width } = getComputedStyle(one, "::after");
      return [right, width];
    });
    expect(line).toEqual(["-6px", "2px"]);
  });

  test("follow changes: of the columns, of a cell's column, of rows", async () => {
    await put(table());
    await patch(page, [{ op: "update_props", path: [0], props: { columns: [{ key: "kind" }, { key: "name" }] } }]);
    const shown = (): Promise<string[]> =>
      page
        .locator('[role="row"] > :visible')
        .evaluateAll((all) => all.map((one) => `${one.ariaColIndex}:${one.textContent}`));
    expect((await shown()).slice(0, 2)).toEqual(["1:kind", "2:name"]);
    expect((await shown()).slice(2).sort()).toEqual(["1:", "1:k", "2:a", "2:bc"]);
    await patch(page, [
      { op: "update_props", path: [0, 0, 0], props: { column: "kind" } },
      { op: "remove_child", path: [0], index: 1 },
    ]);
    expect((await shown()).slice(2)).toEqual(["1:a", "2:"]);
  });
});

describe("rows as data", () => {
  test("are drawn as text until there are row nodes", async () => {
    const data = [{ name: "x", size: 12, kind: null, rest: { a: 1 } }, "no row", { name: "y" }];
    await put(table({ rows: data, row_text_size: 20 }, []));
    const cells = page.locator('[role="cell"]');
    expect(await cells.allTextContents()).toEqual(["x", "12", "", '{"a":1}', "y", "", "", ""]);
    expect(await cells.first().evaluate((one) => [getComputedStyle(one).fontSize, one.clientHeight])).toEqual([
      "20px",
      36,
    ]);
    await patch(page, [{ op: "insert_child", path: [0], index: 0, node: row("n", cell("name", text("node"))) }]);
    expect(await cells.allTextContents()).toEqual(["node", "", "", ""]);
  });

  test("have no header when the app wants none", async () => {
    await put(table({ rows: [{ name: "x" }], header: false }, []));
    expect(await page.getByRole("columnheader").count()).toBe(0);
  });

  test("without columns there is only a word", async () => {
    await put(table({ columns: [] }, []));
    expect(await page.getByRole("table").innerText()).toBe("(empty table)");
  });
});

describe("sorting", () => {
  test("by mouse, keyboard and finger; other columns do nothing", async () => {
    await put(table());
    await page.getByText("Kind").click();
    await page.getByRole("button", { name: "Size" }).click();
    expect(await events()).toEqual([sort("size")]);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    expect(await events()).toEqual([sort("name"), sort("name")]);
    const touch = await browser.open({ hasTouch: true, viewport: { width: WIDTH, height: 400 } });
    await show(touch, windowNode({}, [table()]));
    await touch.getByRole("button", { name: "Name" }).tap();
    expect((await take(touch)).filter(({ family }) => family === "sort").map(({ value }) => value)).toEqual(["name"]);
    await touch.context().close();
  });

  test("is shown and said, and keeps the focus", async () => {
    await put(table());
    const header = (name: string): ReturnType<Page["locator"]> => page.getByRole("columnheader", { name });
    await page.getByRole("button", { name: "Size" }).click();
    await patch(page, [{ op: "update_props", path: [0], props: { sort_by: "size", sort_order: "desc" } }]);
    expect(await header("Size").innerText()).toBe("Size ▼");
    expect(await header("Size").getAttribute("aria-sort")).toBe("descending");
    expect(await header("Name").getAttribute("aria-sort")).toBe("none");
    expect(await header("Kind").getAttribute("aria-sort")).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Size ▼");
    await patch(page, [{ op: "update_props", path: [0], props: { sort_order: "asc" } }]);
    expect(await header("Size").innerText()).toBe("Size ▲");
    expect(await header("Size").getAttribute("aria-sort")).toBe("ascending");
  });
});

describe("a height", () => {
  const many = Array.from({ length: 50 }, (_, index) => row(`r${index}`, cell("name", text(`row ${index}`))));

  test("scrolls the rows below a header that stays, by wheel and keys", async () => {
    await put(table({ height: 200 }, many));
    const [outer] = await boxes(page, ".pl-table");
    const [head] = await boxes(page, ".pl-thead");
    const [body] = await boxes(page, ".pl-tbody");
    expect(outer?.height).toBe(200);
    expect((body?.y ?? 0) + (body?.height ?? 0)).toBe(200);
    await page.mouse.move(50, 100);
    await page.mouse.wheel(0, 120);
    const top = (): Promise<number> => page.locator(".pl-tbody").evaluate((one) => one.scrollTop);
    await page.waitForFunction(() => document.querySelector(".pl-tbody")?.scrollTop === 120);
    await page.keyboard.press("ArrowDown");
    expect(await top()).toBe(136);
    await page.keyboard.press("End");
    expect(await page.getByText("row 49").isVisible()).toBe(true);
    await page.keyboard.press("Home");
    expect(await top()).toBe(0);
    expect((await boxes(page, ".pl-thead"))[0]).toEqual(head);
    const [first] = await boxes(page, '[data-id="r0"] > .pl-td');
    const [label] = await boxes(page, ".pl-th");
    expect([first?.x, first?.width]).toEqual([label?.x, label?.width]);
  });

  test("fill takes the room there is, without a header too", async () => {
    await put(table({ height: "fill", header: false }, many));
    expect((await boxes(page, ".pl-tbody"))[0]?.height).toBe(400);
    expect(await page.locator(".pl-tbody").evaluate((one) => one.scrollHeight > one.clientHeight)).toBe(true);
  });
});

describe("columns that need more room than there is", () => {
  const wide = [
    { key: "a", label: "A", width: 300 },
    { key: "b", label: "B", width: 300 },
    { key: "c", label: "C" },
    { key: "d", label: "D", width: 200 },
  ];
  const rows = [row("r", ...["a", "b", "c", "d"].map((key) => cell(key, text(key))))];

  test.each([
    ["a table", {}],
    ["one with a height", { height: 120 }],
  ])("are scrolled sideways, without lying on each other: %s", async (_name, props) => {
    await put(table({ columns: wide, separator: 0, ...props }, rows));
    const port = page.locator(".pl-table");
    expect(await widths(".pl-table")).toEqual([WIDTH]);
    for (const selector of [".pl-th", ".pl-td"]) {
      expect((await boxes(page, selector)).map(({ x, width }) => [x, width])).toEqual([
        [0, 300],
        [300, 300],
        [600, 48],
        [648, 200],
      ]);
    }
    // No stop in it, so that it is one itself.
    await page.keyboard.press("Tab");
    expect(await port.evaluate((one) => one === document.activeElement)).toBe(true);
    for (let times = 0; times < 20; times += 1) await page.keyboard.press("ArrowRight");
    expect(await port.evaluate((one) => one.scrollLeft)).toBe(848 - WIDTH);
    const last = (await boxes(page, ".pl-td")).at(-1);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBe(WIDTH);
  });

  test("many rows and their header move together", async () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      row(`r${index}`, ...["a", "b", "c", "d"].map((key) => cell(key, text(key)))),
    );
    await put(table({ columns: wide, height: 120 }, many));
    await page.locator(".pl-table").evaluate((one) => one.scrollTo(100, 0));
    const places = async (selector: string) => (await boxes(page, selector)).map(({ x, width }) => [x, width]);
    const cells = await places('[data-id="r0"] > .pl-td');
    expect(cells).toEqual(await places(".pl-th"));
    expect(cells[0]?.[0]).toBe(-100);
  });
});

describe("many rows", () => {
  const definite = columns.filter(({ key }) => key !== "kind");
  const many = Array.from({ length: 150 }, (_, index) =>
    row(`r${index}`, cell("name", text(`row ${index}`)), cell("size", text("1")), cell("rest", text("x"))),
  );
  const isDrawn = (id: string): Promise<boolean> =>
    page
      .locator(`[data-id="${id}"] .pl-text`)
      .first()
      .evaluate((one) => one.checkVisibility({ contentVisibilityAuto: true }));
  const places = async (selector: string): Promise<unknown> =>
    (await boxes(page, selector)).map(({ x, width }) => ({ x, width }));

  test("are drawn when they come into sight, below their headers, as high as before", async () => {
    await put(table({ height: 200, columns: definite }, many));
    expect([await isDrawn("r0"), await isDrawn("r149")]).toEqual([true, false]);
    expect(await places('[data-id="r0"] > .pl-td')).toEqual(await places(".pl-th"));
    const height = await page.locator(".pl-tbody").evaluate((one) => one.scrollHeight);
    await put(table({ height: 200, columns: definite }, many.slice(0, 99)));
    expect(await isDrawn("r98")).toBe(true);
    const [one, two] = await boxes(page, '[data-id="r0"], [data-id="r1"]');
    const step = (two?.y ?? 0) - (one?.y ?? 0);
    expect(height).toBeCloseTo(150 * step - 1, -1);
    await put(table({ height: 200, columns: definite }, many));
    await page.locator(".pl-tbody").evaluate((body) => body.scrollTo(0, body.scrollHeight));
    await expect.poll(() => isDrawn("r149")).toBe(true);
    expect(await places('[data-id="r149"] > .pl-td')).toEqual(await places(".pl-th"));
  });

  test("are all drawn where a column is as wide as its contents", async () => {
    await put(table({ height: 200 }, many));
    expect(await isDrawn("r149")).toBe(true);
  });
});

test("assistive technology sees a table", async () => {
  await put(table({ a11y: { label: "Files" } }));
  expect(await page.locator("body").ariaSnapshot()).toMatchInlineSnapshot(`
    "- table "Files":
      - row "Name Size Kind Rest":
        - columnheader "Name":
          - button "Name"
        - columnheader "Size":
          - button "Size"
        - columnheader "Kind"
        - columnheader "Rest"
      - rowgroup:
        - row "a 1":
          - cell "a"
          - cell "1"
          - cell
          - cell
        - row "k b c":
          - cell "k"
          - cell "b c"
          - cell
          - cell"
  `);
});
