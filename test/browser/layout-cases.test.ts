import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode } from "../../src/protocol/index.ts";
import { BASICS } from "./layout/basics.ts";
import { BOXES } from "./layout/boxes.ts";
import { CONTENT } from "./layout/content.ts";
import { FIXTURES } from "./layout/fixtures.ts";
import { FLEX } from "./layout/flex.ts";
import { box, column, type ExpectedBox, FILL, type LayoutCase, row } from "./layout/layout-case.ts";
import { SCROLLED } from "./layout/scrolled.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, patch, show, windowNode } from "./support/dom-harness.ts";
import type { DomPage } from "./support/dom-page.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly dom: DomPage };
declare const document: Document;

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
  page = await browser.open();
});
afterAll(() => browser.close());

/** Shows a case in an empty page and reads the boxes of all nodes by id, in tenths of a pixel. */
function measure(each: LayoutCase): Promise<Readonly<Record<string, readonly number[]>>> {
  const root = windowNode(each.window ?? {}, [column(FILL, each.tree)]);
  return page.evaluate(
    async (tree) => {
      window.dom.show(null);
      window.dom.show(tree as WireNode);
      // After parts that come late, the next paint, and what follows from the sizes in it.
      await window.dom.surface.query({ name: "settled", payload: { frames: 0 } });
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const found: Record<string, readonly number[]> = {};
      for (const element of document.querySelectorAll("[data-id]")) {
        const { x, y, width, height } = element.getBoundingClientRect();
        found[element.getAttribute("data-id") ?? ""] = [x, y, width, height].map((part) => Math.round(part * 10) / 10);
      }
      return found;
    },
    // `unknown`: the types of Playwright follow a recursive type without end.
    root as unknown,
  );
}

/** What was found, with the expectation itself where a number lies within it, so that a failure shows both in full. */
function compared(found: readonly number[] | undefined, expected: ExpectedBox): unknown {
  return found?.map((value, index) => {
    const wanted = expected[index];
    if (wanted === undefined) return undefined;
    if (typeof wanted === "number") return value;
    return value >= wanted.least && value <= wanted.most ? wanted : value;
  });
}

describe.each([
  ["fixtures", FIXTURES, 200],
  ["basics", BASICS, 200],
  ["rows and columns", FLEX, 300],
  ["boxes", BOXES, 200],
  ["scrolling", SCROLLED, 200],
  ["content", CONTENT, 200],
] as const)("layout: %s", (_, list, height) => {
  beforeAll(() => page.setViewportSize({ width: 300, height }));

  test.each(list.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
    const found = await measure(each);
    for (const [id, expected] of Object.entries(each.expected)) {
      expect(compared(found[id], expected), id).toEqual(expected);
    }
  });
});

test("a shrinking line that breaks follows the room and its children", async () => {
  const item = (id: string): WireNode => box(80, 20, { id });
  const line = row({ id: "line", wrap: true, spacing: 10 }, item("a"), item("b"), item("c"));
  const width = async (): Promise<number | undefined> => (await boxes(page, '[data-id="line"]'))[0]?.width;
  await page.setViewportSize({ width: 200, height: 200 });
  await show(page, windowNode({}, [box("fill", "fill", {}, box("shrink", "shrink", { padding: 5 }, line))]));
  await expect.poll(width).toBe(170);
  await page.setViewportSize({ width: 300, height: 200 });
  await expect.poll(width).toBe(260);
  await page.setViewportSize({ width: 150, height: 200 });
  await expect.poll(width).toBe(80);
  await page.setViewportSize({ width: 300, height: 200 });
  await patch(page, [{ op: "remove_child", path: [0, 0, 0], index: 2 }]);
  await expect.poll(width).toBe(170);
  await patch(page, [{ op: "update_props", path: [0, 0, 0, 1], props: { width: 40 } }]);
  await expect.poll(width).toBe(130);
});

test("what follows its siblings does so wherever it is put in what scrolls", async () => {
  const line = (name: string): WireNode =>
    row(
      { id: name },
      box(20, 40),
      row({ id: `${name}-follows`, height: "fill" }, row({ id: `${name}-in`, height: "fill" })),
    );
  const list = (id: string, ...children: WireNode[]): WireNode =>
    node("scrollable", { id, width: 100, height: 90 }, [column({ id: `${id}-rows` }, ...children)]);
  const height = async (id: string): Promise<number | undefined> => (await boxes(page, `[data-id="${id}"]`))[0]?.height;
  await show(page, windowNode({}, [column({}, list("one"), list("two"))]));
  await patch(page, [{ op: "insert_child", path: [0, 0, 0], index: 0, node: line("late") }]);
  expect([await height("late-follows"), await height("late-in")]).toEqual([40, 40]);
  await patch(page, [
    { op: "remove_child", path: [0, 0, 0], index: 0 },
    { op: "insert_child", path: [0, 1, 0], index: 0, node: line("late") },
  ]);
  expect([await height("late"), await height("late-follows"), await height("late-in")]).toEqual([40, 40, 40]);
  const many = Array.from({ length: 40 }, (_, index) => line(`r${index}`));
  await patch(page, [{ op: "replace_node", path: [0, 0], node: list("three", ...many) }]);
  expect([await height("r0-follows"), await height("r39-follows"), await height("r39-in")]).toEqual([40, 40, 40]);
  await patch(page, [
    { op: "replace_node", path: [0, 1], node: list("four") },
    { op: "remove_child", path: [0, 0, 0], index: 39 },
    { op: "insert_child", path: [0, 1, 0], index: 0, node: line("r39") },
  ]);
  expect([await height("r38-follows"), await height("r39-follows"), await height("r39-in")]).toEqual([40, 40, 40]);
});

test("no two cases have one name", () => {
  const names = [...FIXTURES, ...BASICS, ...FLEX, ...BOXES, ...SCROLLED, ...CONTENT].map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
