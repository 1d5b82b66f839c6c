import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
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
  page = await browser.open({ viewport: { width: 400, height: 500 } });
});

// `unknown`: the types of Playwright follow a recursive type without end.
const show = (root: WireNode): Promise<void> =>
  page.evaluate((tree) => window.copies.show(tree as WireNode), root as unknown);
const patch = (ops: readonly PatchOp[]): Promise<void> =>
  page.evaluate((list) => window.copies.patch(list as readonly PatchOp[]), ops as unknown);
const expectAlike = async (): Promise<void> => {
  const [copied, made] = await page.evaluate(() => window.copies.shown());
  expect(copied).toBe(made);
};
const press = async (selector: string, at: number): Promise<string> => {
  await page.evaluate(([css, index]) => window.copies.press(css, index), [selector, at] as const);
  const [copied, made] = await page.evaluate(() => window.copies.take());
  expect(copied).toBe(made);
  return copied;
};

const ROWS = 20;

function styleOf(id: string): string {
  return ["primary", "danger", "default", "unheard of"][Number(id.slice(1)) % 4] ?? "";
}

function line(id: string, props: WireProps = {}): WireNode {
  const a11y = { role: "list_item", position_in_set: Number(id.slice(1)) + 1, size_of_set: 500 };
  return node("row", { id, width: "fill", spacing: 4, align_y: "center", a11y }, [
    node("text", { id: `${id}/label`, content: `label ${id}`, width: "fill", style: styleOf(id), ...props }),
    node("button", {
      id: `${id}/pick`,
      label: "Pick",
      style: id.endsWith("3") ? "primary" : "secondary",
      a11y: { label: `Pick ${id}` },
    }),
    node("checkbox", { id: `${id}/done`, checked: id.endsWith("5"), label: `done ${id}` }),
    node("container", { id: `${id}/box`, padding: 2 }, [
      node("toggler", { id: `${id}/box/on`, is_toggled: false, label: "" }),
      node("space", { width: 3, height: 3 }),
    ]),
  ]);
}

function tableLine(id: string): WireNode {
  return node("table_row", { id }, [
    node("table_cell", { id: `${id}/a`, column: "a" }, [node("text", { id: `${id}/a/text`, content: id })]),
    node("table_cell", { id: `${id}/b`, column: "b" }, [node("text", { id: `${id}/b/text`, content: "same" })]),
  ]);
}

const COLUMNS = [{ key: "a" }, { key: "b", align: "right" }];

function listTree(ids: readonly string[]): WireNode {
  return windowNode({}, [
    node("scrollable", { id: "port", width: "fill", height: "fill" }, [
      node(
        "column",
        { id: "list", width: "fill", spacing: 2 },
        ids.map((id) => line(id)),
      ),
    ]),
  ]);
}

function tableTree(ids: readonly string[], columns: WireProps["columns"] = COLUMNS): WireNode {
  return windowNode({}, [node("table", { id: "table", columns: columns ?? null, height: "fill" }, ids.map(tableLine))]);
}

const LIST = [0, 0];
const idsFrom = (first: number, count: number): string[] => Array.from({ length: count }, (_, at) => `r${first + at}`);

describe("copies of rows that are alike", () => {
  test("look like rows that were made one by one, at once and later", async () => {
    await show(listTree(idsFrom(0, ROWS)));
    await expectAlike();
    await show(listTree(idsFrom(30, ROWS)));
    await expectAlike();
    await patch(
      idsFrom(100, ROWS).map((id, at) => ({ op: "insert_child", path: LIST, index: at % 3, node: line(id) }) as const),
    );
    await expectAlike();
    await page.evaluate(() => window.copies.configure(20));
    await expectAlike();
  });

  test("are copies: hardly an element is made for them", async () => {
    await show(listTree(idsFrom(0, ROWS)));
    const ops = idsFrom(100, ROWS).map(
      (id) => ({ op: "insert_child", path: LIST, index: 15, node: line(id) }) as const,
    );
    expect(await page.evaluate((list) => window.copies.countMade(list as readonly PatchOp[]), ops as unknown)).toBe(0);
  });

  test("show what is updated, whether a copy can or a view has to", async () => {
    await show(listTree(idsFrom(0, ROWS)));
    const change = (path: readonly number[], props: WireProps): PatchOp => ({
      op: "update_props",
      path: [...LIST, ...path],
      props,
    });
    await patch([
      change([12, 0], { content: "other" }),
      change([12, 0], { content: "another\n" }),
      change([13, 1], { label: "Choose", style: "text" }),
      change([13, 0], { style: "success" }),
      change([13, 2], { checked: true, label: "" }),
      change([14, 1], { label: null }),
      change([15, 0], { content: "sized", size: 30 }),
      change([16, 3, 0], { is_toggled: true, disabled: true }),
      change([17], { spacing: 9 }),
      change([18, 1], { style: { background: "#ff0000" } }),
      change([12, 1], { a11y: { label: "Take it" } }),
      change([9, 1], { a11y: { label: "Take this", description: "and more" } }),
      change([10, 1], { a11y: null }),
      change([11, 1], { a11y: { labelled_by: "r11/label" } }),
      change([19], { a11y: { role: "list_item" } }),
    ]);
    await expectAlike();
    await patch([
      change([12, 0], { content: "last" }),
      change([14, 1], { label: "Back", style: "secondary" }),
      change([13, 0], { style: null }),
      change([12, 1], { a11y: null }),
      change([9, 1], { a11y: null }),
      change([11, 1], { a11y: { label: "Take that" } }),
      change([18, 1], { style: null }),
    ]);
    await expectAlike();
  });

  test("report what is done to them", async () => {
    await show(listTree(idsFrom(0, ROWS)));
    expect(await press(".pl-button", 12)).toContain('"id":"r12/pick"');
    expect(await press(".pl-checkbox", 15)).toContain('"value":false');
    expect(await press(".pl-toggler", 19)).toContain('"value":true');
    await patch([{ op: "update_props", path: [...LIST, 15, 2], props: { checked: false } }]);
    expect(await press(".pl-checkbox", 15)).toContain('"value":true');
    await patch([{ op: "update_props", path: [...LIST, 16, 2], props: { checked: true } }]);
    expect(await press(".pl-checkbox", 16)).toContain('"value":false');
    await expectAlike();
  });

  test("are found by the ids of what is in them", async () => {
    await show(listTree(idsFrom(0, ROWS)));
    for (const id of ["r12/box/on", "r9/pick", "nobody", "r19/nobody"]) {
      const [copied, made] = await page.evaluate((name) => window.copies.locate(name), id);
      expect(copied).toEqual(made);
      expect(copied === null).toBe(id.includes("nobody"));
    }
    // Ids need not follow the tree.
    const strange = node("row", { id: "own" }, [node("text", { id: "free", content: "x" })]);
    await patch([
      ...idsFrom(50, 9).map((id) => ({
        op: "insert_child" as const,
        path: LIST,
        index: 9,
        node: node("row", { id }, [node("text", { id: `${id} text`, content: "x" })]),
      })),
      { op: "insert_child", path: LIST, index: 9, node: strange },
    ]);
    const [copied, made] = await page.evaluate(() => window.copies.locate("free"));
    expect(copied).toEqual(made);
    expect(copied).not.toBeNull();
  });

  test("serve as ends of relations, whichever comes first", async () => {
    const field = (about: string): WireNode =>
      node("text_input", { id: "field", value: "", a11y: { described_by: about } });
    await show(
      windowNode({}, [node("column", { id: "all" }, [field("r12/label"), node("column", { id: "list" }, [])])]),
    );
    await patch(
      idsFrom(0, ROWS).map((id, index) => ({ op: "insert_child", path: [0, 1], index, node: line(id) }) as const),
    );
    await expectAlike();
    expect(await page.evaluate(() => window.copies.shown()[0])).toContain("aria-describedby");
    await patch([{ op: "update_props", path: [0, 0], props: { a11y: { described_by: "r14/done" } } }]);
    await expectAlike();
  });

  test("keep what is the same when a list is sent again", async () => {
    await show(listTree(idsFrom(0, ROWS)));
    const before = await page.evaluateHandle(() => document.querySelector('[data-id="r12/label"]'));
    const again = listTree(idsFrom(0, ROWS).reverse());
    await show(again);
    await expectAlike();
    expect(await before.evaluate((element) => element === document.querySelector('[data-id="r12/label"]'))).toBe(true);
  });
});

describe("copies of table rows", () => {
  test("follow the columns of their table", async () => {
    await show(tableTree(idsFrom(0, ROWS)));
    await expectAlike();
    const change = (columns: WireProps["columns"]): PatchOp => ({
      op: "update_props",
      path: [0],
      props: { columns: columns ?? null },
    });
    await patch([change([{ key: "b" }, { key: "a" }])]);
    await expectAlike();
    await patch([
      ...idsFrom(40, ROWS).map((id) => ({ op: "insert_child", path: [0], index: 10, node: tableLine(id) }) as const),
      change([{ key: "a" }, { key: "c" }]),
    ]);
    await expectAlike();
    await patch(
      idsFrom(80, ROWS).map((id) => ({ op: "insert_child", path: [0], index: 12, node: tableLine(id) }) as const),
    );
    await expectAlike();
    await patch([change(COLUMNS)]);
    await expectAlike();
    await show(tableTree([...idsFrom(90, 5), ...idsFrom(0, ROWS)], [{ key: "b" }]));
    await expectAlike();
  });

  test("get a style and lose it, also when they had none", async () => {
    await show(tableTree(idsFrom(0, ROWS)));
    const style = (row: number, value: WireProps[string]): PatchOp => ({
      op: "update_props",
      path: [0, row, 0, 0],
      props: { style: value },
    });
    await patch([style(12, "primary"), style(13, "danger"), style(14, "unheard of")]);
    await expectAlike();
    expect(await page.evaluate(() => window.copies.shown()[0])).toContain("data-style=primary");
    await patch([style(12, null), style(13, "success"), style(15, null)]);
    await expectAlike();
    await show(tableTree(idsFrom(0, ROWS)));
    await expectAlike();
    expect(await page.evaluate(() => window.copies.shown()[0])).not.toContain("data-style=success");
  });

  test("move and lose cells", async () => {
    await show(tableTree(idsFrom(0, ROWS)));
    await patch([
      { op: "remove_child", path: [0, 12], index: 0 },
      { op: "update_props", path: [0, 13, 0], props: { column: "b" } },
      { op: "replace_node", path: [0, 14], node: { ...tableLine("r14"), children: [] } },
      { op: "insert_child", path: [0, 15], index: 0, node: node("table_cell", { id: "extra", column: "b" }, []) },
    ]);
    await expectAlike();
  });
});

test("a long random series of changes shows what a tree without copies shows", async () => {
  // Small linear congruential generator: the same series each time.
  let seed = 11;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed % below;
  };
  let ids = idsFrom(0, ROWS);
  let next = ROWS;
  await show(listTree(ids));
  for (let round = 0; round < 60; round += 1) {
    const ops: PatchOp[] = [];
    for (let step = 0; step < 6; step += 1) {
      const at = random(ids.length);
      const id = ids[at] ?? "";
      switch (random(8)) {
        case 0:
          ops.push({ op: "remove_child", path: LIST, index: at });
          ids = ids.filter((_, index) => index !== at);
          break;
        case 1: {
          // A move: out and in again, as it is or in other words.
          const to = random(ids.length);
          ops.push({ op: "remove_child", path: LIST, index: at });
          ids = ids.filter((_, index) => index !== at);
          const moved =
            random(2) === 0
              ? line(id)
              : line(id, { content: `moved ${round}`, ...(random(3) === 0 ? { size: 9 } : {}) });
          ops.push({ op: "insert_child", path: LIST, index: to, node: moved });
          ids = [...ids.slice(0, to), id, ...ids.slice(to)];
          break;
        }
        case 2:
          ops.push({ op: "update_props", path: [...LIST, at, 0], props: { content: `round ${round}` } });
          break;
        case 3:
          ops.push({ op: "replace_node", path: [...LIST, at], node: line(id, { content: `new ${round}` }) });
          break;
        case 4:
          ops.push({ op: "replace_node", path: [...LIST, at], node: line(`r${next}`) });
          ids = ids.map((old, index) => (index === at ? `r${next}` : old));
          next += 1;
          break;
        default:
          for (const added of idsFrom(next, 3)) {
            ops.push({ op: "insert_child", path: LIST, index: at, node: line(added) });
            ids = [...ids.slice(0, at), added, ...ids.slice(at)];
          }
          next += 3;
      }
      if (ids.length < ROWS) {
        for (const added of idsFrom(next, ROWS)) {
          ops.push({ op: "insert_child", path: LIST, index: ids.length, node: line(added) });
          ids = [...ids, added];
        }
        next += ROWS;
      }
    }
    await patch(ops);
    await expectAlike();
    if (round % 7 === 0) await press(".pl-checkbox", random(ids.length));
    if (round % 20 === 19) {
      await show(listTree(ids));
      await expectAlike();
    }
  }
});
