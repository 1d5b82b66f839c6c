import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, patch, settled, show, take, windowNode } from "./support/dom-harness.ts";
import type { DomPage } from "./support/dom-page.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly dom: DomPage };
declare const document: Document;

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

function pane(id: string): WireNode {
  return node("container", { id, title: id, width: "fill", height: "fill" }, [
    node("text_input", { id: `${id}-field`, value: id }),
  ]);
}
function grid(ids: readonly string[], props: WireProps = {}): WireNode {
  return windowNode({}, [node("pane_grid", { id: "p", width: 400, height: 200, spacing: 0, ...props }, ids.map(pane))]);
}
/** Every pane that is seen, from left to right and from top to bottom. */
async function places(): Promise<readonly string[]> {
  const names = await page.evaluate(() =>
    [...document.querySelectorAll(".pl-pane")].map((element) => element.getAttribute("aria-label")),
  );
  const found = (await boxes(page, ".pl-pane")).map((box, index) => ({ ...box, name: names[index] }));
  return found
    .filter(({ width }) => width > 0)
    .sort((a, b) => a.x - b.x || a.y - b.y)
    .map(({ name, x, y, width, height }) => `${name} ${x} ${y} ${width} ${height}`);
}
async function events(): Promise<readonly string[]> {
  const told = (await take(page)).filter(({ channel }) => channel === "widget");
  return told.map(({ family, id, value }) => `${family} ${id} ${JSON.stringify(value)}`);
}

describe("before the part that arranges panes is there", () => {
  test("the grid has its size, its panes are there and nothing of them is seen", async () => {
    const early = await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        const element = document.querySelector<HTMLElement>(".pl-panes");
        return {
          role: element?.getAttribute("role"),
          size: [element?.offsetWidth, element?.offsetHeight],
          fields: document.querySelectorAll(".pl-pane input").length,
          seen: [...document.querySelectorAll(".pl-pane")].map((frame) => frame.clientWidth * frame.clientHeight),
          hit: document.elementFromPoint(5, 5)?.className.includes("pl-panes"),
        };
      },
      grid(["a", "b"]) as unknown,
    );
    expect(early).toEqual({ role: "group", size: [400, 200], fields: 2, seen: [0, 0], hit: true });
    await settled(page);
    expect(await places()).toEqual(["a 0 0 200 200", "b 200 0 200 200"]);
  });

  test("a field in a pane takes the focus and keeps it", async () => {
    await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        window.dom.perform("focus", "b-field");
      },
      grid(["a", "b"]) as unknown,
    );
    await settled(page);
    expect(await page.evaluate(() => document.activeElement?.closest(".pl-pane")?.getAttribute("aria-label"))).toBe(
      "b",
    );
    expect(await events()).toEqual(['status b-field "focused"']);
  });

  test("commands and changes wait, in order", async () => {
    const late = [
      // Alone, b would have the upper half; split off a first, it is on the right, and c goes below it.
      { op: "insert_child", path: [0], index: 0, node: pane("c") },
    ] as const;
    await page.evaluate(
      ([tree, ops]) => {
        window.dom.show(tree as WireNode);
        window.dom.perform("pane_swap", "p", { a: "a", b: "b" });
        window.dom.perform("pane_split", "p", { pane: "a", axis: "horizontal", new_pane_id: "c" });
        window.dom.patch(ops as Parameters<DomPage["patch"]>[0]);
      },
      [grid(["a", "b"]), late] as unknown as readonly [unknown, unknown],
    );
    await settled(page);
    expect(await places()).toEqual(["b 0 0 200 200", "a 200 0 200 100", "c 200 100 200 100"]);
  });

  test("panes that come and go leave the splits that they would have left", async () => {
    const [first, last] = [grid(["a", "b"]), grid(["c", "b"], { panes: ["c", "b"], split_axis: "horizontal" })];
    await page.evaluate(
      (trees) => {
        for (const tree of trees) window.dom.show(tree as WireNode);
      },
      [first, last] as unknown as readonly unknown[],
    );
    await settled(page);
    const waited = await places();
    await show(page, null);
    await show(page, first);
    await settled(page);
    await show(page, last);
    await settled(page);
    expect(waited).toEqual(await places());
    expect(waited).toEqual(["b 0 0 400 100", "c 0 100 400 100"]);
  });

  test("a pane is maximized, and one that is gone is not missed", async () => {
    await page.evaluate(
      (trees) => {
        window.dom.show(trees[0] as WireNode);
        window.dom.perform("pane_maximize", "p", { pane: "b" });
        window.dom.show(trees[1] as WireNode);
        window.dom.perform("pane_maximize", "p", { pane: "c" });
      },
      [grid(["a", "b", "c"]), grid(["a", "c"])] as unknown as readonly unknown[],
    );
    await settled(page);
    expect(await places()).toEqual(["c 0 0 400 200"]);
    expect(await boxes(page, ".pl-pane")).toHaveLength(2);
  });

  test("F6 waits for the panes it goes through", async () => {
    const used = await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        window.dom.perform("focus", "a-field");
        const key = new KeyboardEvent("keydown", { key: "F6", bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(key);
        const other = new KeyboardEvent("keydown", { key: "F6", ctrlKey: true, bubbles: true, cancelable: true });
        document.activeElement?.dispatchEvent(other);
        return [key.defaultPrevented, other.defaultPrevented];
      },
      grid(["a", "b"]) as unknown,
    );
    expect(used).toEqual([true, false]);
    await settled(page);
    expect((await events()).filter((line) => line.startsWith("pane_"))).toEqual(['pane_focus_cycle p {"pane":"b"}']);
    expect(await page.evaluate(() => document.activeElement?.closest(".pl-pane")?.getAttribute("aria-label"))).toBe(
      "b",
    );
  });

  test("a grid that is gone again says nothing", async () => {
    await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        window.dom.perform("pane_maximize", "p", { pane: "b" });
        window.dom.show(null);
      },
      grid(["a", "b"]) as unknown,
    );
    await settled(page);
    expect((await take(page)).filter(({ channel }) => channel !== "subscription")).toEqual([]);
  });

  test("without it the panes stand side by side, and the app is told", async () => {
    await page.route("**/program-*.js", (route) => route.abort());
    await show(page, grid(["a", "b"]));
    await settled(page);
    const told = (await take(page)).filter(({ channel }) => channel === "diagnostic");
    expect(JSON.stringify(told)).toContain("A part of pane_grid could not be loaded");
    const [a, b] = await boxes(page, ".pl-pane");
    expect([a, b]).toEqual([
      { x: 0, y: 0, width: 200, height: 200 },
      { x: 200, y: 0, width: 200, height: 200 },
    ]);
  });
});

test("once it is there, the next grid shows its panes at once", async () => {
  await show(page, grid(["a"]));
  await settled(page);
  const first = await page.evaluate(
    async (tree) => {
      window.dom.show(null);
      window.dom.show(tree as WireNode);
      const titles = document.querySelectorAll(".pl-pane-title").length;
      // Behind the first picture, and with it behind what observes sizes.
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return { titles, widths: [...document.querySelectorAll(".pl-pane")].map((frame) => frame.clientWidth) };
    },
    grid(["c", "d"]) as unknown,
  );
  expect(first).toEqual({ titles: 2, widths: [200, 200] });
  await patch(page, [{ op: "remove_child", path: [0], index: 0 }]);
  await settled(page);
  expect(await places()).toEqual(["d 0 0 400 200"]);
});
