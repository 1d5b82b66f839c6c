import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { box, column, FILL, row } from "./layout/layout-case.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";

// Inside the page; the test's own globals know nothing of it.
declare const document: Document;

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
  page = await browser.open();
});
afterAll(() => browser.close());

const floating = (props: WireProps, child: WireNode): WireNode => node("floating", { id: "f", ...props }, [child]);
const card = (props: WireProps = {}): WireNode => box(40, 20, { id: "card", ...props });

async function shown(tree: WireNode, props: WireProps = {}): Promise<void> {
  await show(page, null);
  await show(page, windowNode(props, [column(FILL, tree)]));
  await settled(page);
}

const boxOf = async (id: string): Promise<readonly number[]> => {
  const [found] = await boxes(page, `[data-id="${id}"]`);
  return found === undefined ? [] : [found.x, found.y, found.width, found.height];
};

/** The ids of what is drawn at a point, innermost first. */
const at = (x: number, y: number): Promise<readonly string[]> =>
  page.evaluate(
    ([left, top]) => {
      const ids: string[] = [];
      let element = document.elementFromPoint(left, top);
      for (; element !== null; element = element.parentElement) {
        const id = element.getAttribute("data-id");
        if (id !== null) ids.push(id);
      }
      return ids;
    },
    [x, y] as const,
  );

describe("what floats", () => {
  test("is drawn beyond a box that clips, and keeps its place there", async () => {
    const inner = row(
      { id: "line" },
      floating({ translate_x: 80, translate_y: 30 }, card()),
      box(10, 10, { id: "next" }),
    );
    await shown(box(60, 40, { id: "clip", clip: true }, inner));
    expect(await boxOf("card")).toEqual([80, 30, 40, 20]);
    expect(await at(110, 45)).toContain("card");
    expect(await boxOf("next")).toEqual([40, 0, 10, 10]);
    expect(await boxOf("line")).toEqual([0, 0, 50, 20]);
  });

  test("is enlarged beyond it about its own center", async () => {
    await shown(box(40, 20, { clip: true }, floating({ scale: 3 }, card())));
    expect(await boxOf("card")).toEqual([-40, -20, 120, 60]);
    expect(await at(70, 30)).toContain("card");
  });

  test("is cut by the window's edge alone", async () => {
    await shown(box(60, 40, { clip: true }, floating({ translate_x: 280 }, card())), { padding: 10 });
    expect(await boxOf("card")).toEqual([290, 10, 40, 20]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(300);
  });

  test("stays with its place while that is scrolled, and is cut with it once that is out of sight", async () => {
    const list = column({ width: "fill" }, box("fill", 60), floating({ translate_x: 100 }, card()), box("fill", 300));
    await shown(row({}, node("scrollable", { id: "s", width: 80, height: 100 }, [list])));
    expect(await boxOf("card")).toEqual([100, 60, 40, 20]);
    expect(await at(130, 70)).toContain("card");
    await perform(page, "scroll_to", "s", { y: 40 });
    await settled(page);
    expect(await boxOf("card")).toEqual([100, 20, 40, 20]);
    expect(await at(130, 30)).toContain("card");
    await perform(page, "scroll_to", "s", { y: 70 });
    await settled(page);
    expect(await boxOf("card")).toEqual([100, -10, 40, 20]);
    expect(await at(130, 5)).not.toContain("card");
  });

  test("follows its text, its room and its props, and comes back", async () => {
    const text = node("text", { id: "t", content: "one" });
    await shown(box(60, 30, { id: "clip", clip: true }, floating({ translate_x: 70 }, text)));
    const [x, , width] = await boxOf("t");
    expect(x).toBe(70);
    await patch(page, [{ op: "update_props", path: [0, 0, 0, 0], props: { content: "one two" } }]);
    await settled(page);
    expect((await boxOf("t"))[2]).toBeGreaterThan((width ?? 0) + 10);
    await patch(page, [{ op: "update_props", path: [0, 0], props: { padding: { left: 20 } } }]);
    await settled(page);
    expect((await boxOf("t"))[0]).toBe(90);
    await patch(page, [{ op: "update_props", path: [0, 0, 0], props: { translate_x: 0 } }]);
    await settled(page);
    expect((await boxOf("t"))[0]).toBe(20);
    expect(await at(22, 5)).toContain("t");
    expect(await page.locator(".pl-lifted").count()).toBe(0);
  });

  test("fills the room it is given there", async () => {
    await shown(box(60, 30, { clip: true }, floating({ translate_x: 70 }, box("fill", "fill", { id: "card" }))));
    expect(await boxOf("card")).toEqual([70, 0, 60, 30]);
    expect(await at(100, 20)).toContain("card");
  });

  test("is right at twice the size", async () => {
    await shown(box(60, 40, { clip: true }, floating({ translate_x: 80, scale: 1.5 }, card())), { scale_factor: 2 });
    expect(await boxOf("card")).toEqual([140, -10, 120, 60]);
    expect(await at(200, 30)).toContain("card");
  });

  test("is pressed where it is drawn, without losing focus or state when it is lifted", async () => {
    const button = node("button", { id: "b", label: "x", width: 40, height: 20, padding: 0 });
    await shown(box(60, 40, { clip: true }, floating({}, button)));
    await perform(page, "focus", "b");
    await patch(page, [{ op: "update_props", path: [0, 0, 0], props: { translate_x: 100 } }]);
    await settled(page);
    expect(await at(120, 10)).toContain("b");
    expect(await page.evaluate(() => document.activeElement?.closest("[data-id]")?.getAttribute("data-id"))).toBe("b");
    await take(page);
    await page.mouse.click(120, 10);
    expect((await take(page)).map(({ family, id }) => [family, id])).toContainEqual(["click", "b"]);
  });

  test("leaves the pane it is in", async () => {
    const pane = (id: string, child: WireNode): WireNode => box("fill", "fill", { id }, child);
    const panes = [pane("one", floating({ translate_x: 140 }, card())), pane("two", box(10, 10))];
    await shown(node("pane_grid", { width: 200, height: 50, spacing: 0 }, panes));
    // What arranges panes comes with the first of them.
    await settled(page);
    expect(await boxOf("card")).toEqual([140, 0, 40, 20]);
    expect(await at(160, 10)).toContain("card");
  });
});

describe("what is open beside an anchor", () => {
  test("moves along with each frame of an animation", async () => {
    const overlay = node("overlay", { id: "o", align: "start" }, [
      box(20, 10, { id: "anchor" }),
      box(30, 15, { id: "c" }),
    ]);
    const moving = { type: "transition", to: 100, from: 0, duration: 100, easing: "linear" };
    // From now on only told time counts.
    await perform(page, "advance_frame", undefined, 0);
    await shown(row({}, node("floating", { id: "f", translate_x: moving }, [overlay])));
    await perform(page, "advance_frame", undefined, 0);
    for (const [time, x] of [
      [20, 20],
      [60, 60],
      [100, 100],
    ] as const) {
      await perform(page, "advance_frame", undefined, time);
      expect([await boxOf("anchor"), await boxOf("c")]).toEqual([
        [x, 0, 20, 10],
        [x, 10, 30, 15],
      ]);
    }
  });
});
