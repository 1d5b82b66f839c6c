import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import {
  boxes,
  launchDom,
  node,
  patch,
  perform,
  performWindow,
  settled,
  show,
  take,
  windowNode,
} from "./support/dom-harness.ts";
import type { PageEvent } from "./support/dom-page.ts";

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 600, height: 400 }, colorScheme: "dark" });
});
afterEach(() => page.context().close());

const FILL = { width: "fill", height: "fill" } as const;

function field(id: string, props: WireProps = {}): WireNode {
  return node("text_input", { id, value: "", ...props });
}
function list(id: string, rows = 50, props: WireProps = {}): WireNode {
  const children = Array.from({ length: rows }, (_, index) =>
    node("container", { height: 20, width: 100 }, [node("text", { content: `${index}`, size: 12 })]),
  );
  return node("scrollable", { id, width: 120, height: 100, ...props }, [node("column", {}, children)]);
}
function families(events: readonly PageEvent[], channel: PageEvent["channel"]): string[] {
  return events.filter((event) => event.channel === channel && event.family !== "status").map((event) => event.family);
}
function focusedId(): Promise<string | null> {
  return page.evaluate(() => document.activeElement?.closest("[data-id]")?.getAttribute("data-id") ?? null);
}
function scrollTop(id: string): Promise<number> {
  return page.evaluate((css) => document.querySelector(css)?.scrollTop ?? -1, `[data-id="${id}"] > .pl-scroll-port`);
}
async function box(
  selector: string,
): Promise<{ readonly x: number; readonly y: number; readonly width: number; readonly height: number }> {
  const [found] = await boxes(page, selector);
  if (found === undefined) throw new Error(`nothing matches ${selector}`);
  return found;
}
/** Marks an element, to see later whether it is still the same one. */
function mark(id: string): Promise<void> {
  return page.evaluate((css) => document.querySelector(css)?.setAttribute("data-mark", "1"), `[data-id="${id}"]`);
}
function isMarked(id: string): Promise<boolean> {
  return page.evaluate((css) => document.querySelector(css)?.getAttribute("data-mark") === "1", `[data-id="${id}"]`);
}

describe("identity", () => {
  test("a node removed and inserted in one patch keeps element, focus and selection", async () => {
    await show(page, windowNode({}, [node("column", {}, [field("a", { value: "hello" }), field("b"), field("c")])]));
    await mark("a");
    await page.focus('[data-id="a"] input');
    await page.evaluate(() => (document.activeElement as HTMLInputElement).setSelectionRange(1, 3));
    await patch(page, [
      { op: "remove_child", path: [0], index: 0 },
      { op: "insert_child", path: [0], index: 2, node: field("a", { value: "hello" }) },
    ]);
    expect(await isMarked("a")).toBe(true);
    expect(await focusedId()).toBe("a");
    expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).selectionStart)).toBe(1);
    const order = await page.evaluate(() =>
      [...document.querySelectorAll(".pl-column > [data-id]")].map((one) => one.getAttribute("data-id")),
    );
    expect(order).toEqual(["b", "c", "a"]);
  });

  test("a scrolled list moved under another parent keeps its offset", async () => {
    const tree = windowNode({}, [
      node("row", {}, [node("column", { id: "one" }, [list("l")]), node("column", { id: "two" }, [])]),
    ]);
    await show(page, tree);
    await perform(page, "scroll_to", "l", { x: 0, y: 240 });
    expect(await scrollTop("l")).toBe(240);
    await patch(page, [
      { op: "remove_child", path: [0, 0], index: 0 },
      { op: "insert_child", path: [0, 1], index: 0, node: list("l") },
    ]);
    expect(await scrollTop("l")).toBe(240);
    expect(
      await page.evaluate(() => document.querySelector('[data-id="l"]')?.parentElement?.getAttribute("data-id")),
    ).toBe("two");
  });

  test("a node inserted before the op that removes it is the same node", async () => {
    await show(
      page,
      windowNode({}, [
        node("row", {}, [node("column", { id: "one" }, []), node("column", { id: "two" }, [field("a"), field("b")])]),
      ]),
    );
    await mark("a");
    await page.focus('[data-id="a"] input');
    await patch(page, [
      { op: "insert_child", path: [0, 0], index: 0, node: field("a") },
      { op: "remove_child", path: [0, 1], index: 0 },
    ]);
    expect(await isMarked("a")).toBe(true);
    expect(await focusedId()).toBe("a");
    expect(await page.locator('[data-id="two"] [data-id]').count()).toBe(1);
    expect(await page.locator('[data-id="a"]').count()).toBe(1);
  });

  test("wrapping a focused field in a new container keeps the focus", async () => {
    await show(page, windowNode({}, [node("column", {}, [field("a")])]));
    await mark("a");
    await page.focus('[data-id="a"] input');
    await patch(page, [
      { op: "replace_node", path: [0, 0], node: node("container", { id: "w", padding: 10 }, [field("a")]) },
    ]);
    expect(await isMarked("a")).toBe(true);
    expect(await focusedId()).toBe("a");
    expect(await page.locator('[data-id="w"] [data-id="a"]').count()).toBe(1);
  });

  test("two nodes with one id are both shown", async () => {
    await show(page, windowNode({}, [node("column", {}, [node("text", { id: "x", content: "first" })])]));
    await patch(page, [
      { op: "insert_child", path: [0], index: 1, node: node("text", { id: "x", content: "second" }) },
    ]);
    expect(await page.locator('[data-id="x"]').allTextContents()).toEqual(["first", "second"]);
  });

  test("a new tree keeps what has the same id and type, and its order is the new one", async () => {
    const items = (ids: readonly string[]): WireNode =>
      windowNode({}, [
        node(
          "column",
          { id: "col" },
          ids.map((id) => field(id)),
        ),
      ]);
    await show(page, items(["a", "b", "c", "d", "e"]));
    for (const id of ["a", "c", "e"]) await mark(id);
    await page.focus('[data-id="c"] input');
    await show(page, items(["e", "x", "c", "b", "a"]));
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll(".pl-column > [data-id]")].map((one) => one.getAttribute("data-id")),
      ),
    ).toEqual(["e", "x", "c", "b", "a"]);
    for (const id of ["a", "c", "e"]) expect(await isMarked(id)).toBe(true);
    expect(await focusedId()).toBe("c");
  });

  test("a random series of patches shows what a fresh surface shows", async () => {
    // Small linear congruential generator: the same series each time.
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return seed % below;
    };
    let next = 0;
    let ids: string[] = [];
    const leaf = (id: string): WireNode => node("text", { id, content: id });
    await show(page, windowNode({}, [node("column", { id: "col" }, [])]));
    for (let round = 0; round < 60; round += 1) {
      const removed = ids
        .map((_, index) => index)
        .filter(() => random(4) === 0)
        .reverse();
      const gone = removed.map((index) => ids[index] ?? "");
      const kept = ids.filter((id) => !gone.includes(id));
      const added = [...gone.filter(() => random(2) === 0), `n${next}`, `n${next + 1}`];
      next += 2;
      const spots = added.map(() => random(kept.length + 1)).sort((one, other) => one - other);
      const result = [...kept];
      const inserts = added.map((id, at) => {
        const index = Math.min((spots[at] ?? 0) + at, result.length);
        result.splice(index, 0, id);
        return { op: "insert_child", path: [0], index, node: leaf(id) } as const;
      });
      await patch(page, [...removed.map((index) => ({ op: "remove_child", path: [0], index }) as const), ...inserts]);
      ids = result;
      const shown = await page.$$eval('[data-id="col"] > [data-id]', (all) =>
        all.map((one) => [one.getAttribute("data-id"), /pl-k\d/.exec(one.className)?.[0]]),
      );
      expect(shown).toEqual(ids.map((id, index) => [id, `pl-k${Math.min(index, 7)}`]));
    }
  });
});

test("an unknown type shows its name and its children and is reported once", async () => {
  await show(
    page,
    windowNode({}, [
      node("column", {}, [node("gauge", { id: "g" }, [node("text", { content: "inside" })]), node("gauge", {})]),
    ]),
  );
  expect(await page.locator('[data-id="g"] > *').allTextContents()).toEqual(["gauge", "inside"]);
  expect(families(await take(page), "diagnostic")).toEqual(["unknown_widget_type"]);
});

describe("scrollable", () => {
  test("keys scroll what has the focus in it, or what the pointer is over", async () => {
    await show(page, windowNode({}, [list("l")]));
    await page.mouse.move(40, 40);
    await page.keyboard.press("ArrowDown");
    expect(await scrollTop("l")).toBe(16);
    await page.keyboard.press("PageDown");
    expect(await scrollTop("l")).toBe(116);
    await page.keyboard.press("End");
    expect(await scrollTop("l")).toBe(900);
    await page.keyboard.press("Home");
    expect(await scrollTop("l")).toBe(0);
  });

  test("typing in a field inside does not scroll", async () => {
    await show(
      page,
      windowNode({}, [
        node("scrollable", { id: "l", width: 200, height: 60 }, [
          node("column", {}, [field("f", { value: "a" }), node("container", { width: 10, height: 300 })]),
        ]),
      ]),
    );
    await page.focus('[data-id="f"] input');
    await page.keyboard.press("End");
    expect(await scrollTop("l")).toBe(0);
  });

  test("reports the offset when asked to", async () => {
    await show(page, windowNode({}, [list("l", 50, { on_scroll: true })]));
    await perform(page, "scroll_by", "l", { x: 0, y: 90 });
    await settled(page);
    const event = (await take(page)).find((one) => one.family === "scrolled");
    expect(event?.value).toEqual({
      absolute_x: 0,
      absolute_y: 90,
      relative_x: 0,
      relative_y: 0.1,
      bounds_width: 120,
      bounds_height: 100,
      content_width: 120,
      content_height: 1000,
    });
  });

  test("anchored at the end it starts there and counts from there", async () => {
    await show(page, windowNode({}, [list("l", 50, { anchor: "end", on_scroll: true })]));
    await perform(page, "scroll_to", "l", { x: 0, y: 30 });
    await settled(page);
    expect(await scrollTop("l")).toBe(-30);
    expect((await take(page)).find((one) => one.family === "scrolled")?.value).toMatchObject({ absolute_y: 30 });
  });

  test("a share kept by snap_to stays when the content grows", async () => {
    await show(page, windowNode({}, [list("l", 20)]));
    await perform(page, "snap_to", "l", { y: 0.5 });
    expect(await scrollTop("l")).toBe(150);
    await show(page, windowNode({}, [list("l", 40)]));
    await settled(page);
    expect(await scrollTop("l")).toBe(350);
  });

  test("the thumb can be dragged, and a press beside it jumps", async () => {
    await show(page, windowNode({}, [list("l")]));
    await settled(page);
    const thumb = await box(".pl-thumb");
    await page.mouse.move(thumb.x + 5, thumb.y + 5);
    await page.mouse.down();
    await page.mouse.move(thumb.x + 5, thumb.y + 41, { steps: 4 });
    await page.mouse.up();
    expect(await scrollTop("l")).toBeCloseTo(450, -1);
    const rail = await box(".pl-rail-y");
    await page.mouse.click(rail.x + 5, rail.y + rail.height - 2);
    expect(await scrollTop("l")).toBe(900);
  });
});

describe("pane_grid", () => {
  const panes = (names: readonly string[], props: WireProps = {}): WireNode =>
    windowNode({}, [
      node(
        "pane_grid",
        { id: "p", spacing: 10, ...props },
        names.map((name) => node("container", { id: name, ...FILL, title: name })),
      ),
    ]);
  const widths = async (): Promise<number[]> => (await boxes(page, ".pl-pane")).map((rect) => rect.width);

  test("a divider is dragged, clamped and reported", async () => {
    await show(page, panes(["a", "b"]));
    await settled(page);
    expect(await widths()).toEqual([295, 295]);
    await page.mouse.move(300, 200);
    await page.mouse.down();
    await page.mouse.move(200, 200, { steps: 4 });
    await page.mouse.up();
    expect(await widths()).toEqual([195, 395]);
    const last = (await take(page)).filter((event) => event.family === "pane_resized").at(-1);
    expect(last?.value).toEqual({ split: "Split(0)", ratio: 1 / 3 });
    await page.focus(".pl-divider");
    await page.keyboard.press("ArrowRight");
    expect(await widths()).toEqual([211, 379]);
  });

  test("ratios survive patches, vanished panes give their room back", async () => {
    await show(page, panes(["a", "b"]));
    await settled(page);
    await page.focus(".pl-divider");
    await page.keyboard.press("ArrowLeft");
    await show(page, panes(["a", "b"], { divider_width: 4 }));
    expect(await widths()).toEqual([279, 311]);
    await show(page, panes(["b"]));
    expect(await widths()).toEqual([600]);
  });

  test("a pane dragged by its title is dropped beside another", async () => {
    await show(page, panes(["a", "b"]));
    await settled(page);
    await page.mouse.move(100, 8);
    await page.mouse.down();
    await page.mouse.move(450, 200, { steps: 5 });
    await page.mouse.up();
    const dragged = (await take(page)).filter((event) => event.family === "pane_dragged").map((event) => event.value);
    expect(dragged).toEqual([
      { pane: "a", action: "picked" },
      { pane: "a", action: "dropped", target: "b", region: "center" },
    ]);
    const [a, b] = [await box('[data-id="a"]'), await box('[data-id="b"]')];
    expect(a.x).toBeGreaterThan(b.x);
  });

  test("F6 goes round, maximize and restore show one or all", async () => {
    await show(page, panes(["a", "b"]));
    await settled(page);
    await page.mouse.click(100, 200);
    await page.keyboard.press("F6");
    await page.keyboard.press("F6");
    const events = (await take(page))
      .filter((event) => event.family.startsWith("pane_"))
      .map((event) => `${event.family} ${JSON.stringify(event.value)}`);
    expect(events).toEqual([
      'pane_clicked {"pane":"a"}',
      'pane_focus_cycle {"pane":"b"}',
      'pane_focus_cycle {"pane":"a"}',
    ]);
    await perform(page, "pane_maximize", "p", { pane: "b" });
    expect((await box('[data-id="b"]')).width).toBe(600);
    await perform(page, "pane_restore", "p");
    expect(await widths()).toEqual([295, 295]);
  });
});

describe("subscriptions and focus", () => {
  const form = windowNode({}, [
    node("column", { id: "col" }, [
      node("button", { id: "b", label: "Go" }),
      field("f"),
      node("container", { id: "c", width: 100, height: 100 }),
    ]),
  ]);

  test("reports nothing that nobody wants", async () => {
    await show(page, form);
    await take(page);
    await page.keyboard.press("x");
    await page.mouse.move(50, 150);
    expect(families(await take(page), "subscription")).toEqual([]);
  });

  test("[R125] reports keys with modifiers, and whether a widget used them", async () => {
    await show(page, form);
    await page.evaluate(() => window.dom.want(["on_key_press"]));
    await take(page);
    await page.keyboard.press("Shift+A");
    await page.focus('[data-id="f"] input');
    await page.keyboard.press("q");
    const keys = (await take(page)).filter((event) => event.family === "key_press");
    expect(keys[1]).toMatchObject({
      captured: false,
      modifiers: { shift: true, ctrl: false, alt: false, logo: false, command: false },
      value: { key: "a", modified_key: "A", physical_key: "KeyA", location: "standard", text: "A", repeat: false },
    });
    expect(keys[2]).toMatchObject({ captured: true, value: { key: "q" } });
  });

  test("after everything was taken away the pointer enters what comes next anew", async () => {
    const tree = windowNode({}, [node("button", { id: "b", label: "B", width: 200, height: 100 })]);
    await show(page, tree);
    await page.mouse.move(50, 50);
    await page.evaluate(() => window.dom.want(["on_pointer_move"]));
    await show(page, null);
    await settled(page);
    await page.mouse.move(-1, -1);
    await settled(page);
    await show(page, tree);
    await take(page);
    await page.mouse.move(60, 60);
    const told = (await take(page)).filter(({ family }) => family.startsWith("cursor_")).map(({ family }) => family);
    expect(told).toEqual(["cursor_entered", "cursor_moved"]);
  });

  test("reports pointer, buttons and wheel of the window", async () => {
    await show(page, form);
    await page.evaluate(() => window.dom.want(["on_pointer_move", "on_pointer_button", "on_pointer_scroll"]));
    await take(page);
    await page.mouse.move(40, 150);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.wheel(0, 30);
    await settled(page);
    const events = (await take(page)).filter((event) => event.channel === "subscription");
    expect(events.map((event) => event.family)).toEqual([
      "cursor_entered",
      "cursor_moved",
      "button_pressed",
      "button_released",
      "wheel_scrolled",
    ]);
    expect(events[1]).toMatchObject({ windowId: "main", value: { x: 40, y: 150 } });
    expect(events[4]).toMatchObject({ value: { delta_x: 0, delta_y: -30, unit: "pixels" } });
  });

  test("[R111] focus operations, the question for it, and Escape", async () => {
    await show(page, form);
    const focused = (): Promise<unknown> => page.evaluate(() => window.dom.surface.query({ name: "find_focused" }));
    expect(await focused()).toBe(null);
    await perform(page, "focus", "f");
    expect(await focused()).toBe("f");
    await perform(page, "focus_next");
    expect(await focused()).toBe("b");
    await perform(page, "focus_previous_within", undefined, { scope: "col" });
    expect(await focused()).toBe("f");
    await page.keyboard.press("Escape");
    expect(await focused()).toBe(null);
  });

  test("announces through a live region", async () => {
    await show(page, form);
    await perform(page, "announce", undefined, { text: "Saved", politeness: "assertive" });
    await settled(page);
    expect(await page.locator('[aria-live="assertive"]').textContent()).toBe("Saved");
  });

  test("Tab stays in a modal part", async () => {
    const modal = node("column", { a11y: { modal: true, role: "dialog" } }, [
      node("button", { id: "x", label: "X" }),
      node("button", { id: "y", label: "Y" }),
    ]);
    await show(page, windowNode({}, [node("column", {}, [node("button", { id: "out", label: "Out" }), modal])]));
    await page.focus('[data-id="y"]');
    await page.keyboard.press("Tab");
    expect(await focusedId()).toBe("x");
  });

  test("explicit a11y replaces what a widget says and gives it back", async () => {
    await show(page, windowNode({}, [node("button", { id: "b", label: "Go", a11y: { role: "tab", selected: true } })]));
    expect(await page.getByRole("tab", { selected: true }).count()).toBe(1);
    await patch(page, [{ op: "update_props", path: [0], props: { a11y: null } }]);
    expect(await page.getByRole("button", { name: "Go" }).count()).toBe(1);
  });

  test("the browser's own menu opens in text fields only", async () => {
    await show(page, form);
    const prevented = (css: string): Promise<boolean> =>
      page.evaluate((selector) => {
        const event = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
        document.querySelector(selector)?.dispatchEvent(event);
        return event.defaultPrevented;
      }, css);
    expect(await prevented('[data-id="c"]')).toBe(true);
    expect(await prevented('[data-id="f"] input')).toBe(false);
  });

  test("file dialogs are not supported in a page", async () => {
    const outcome = await page.evaluate(() => window.dom.surface.runEffect({ kind: "file_open", payload: {} }));
    expect(outcome).toEqual({ status: "unsupported" });
  });
});

describe("wrappers", () => {
  test("widgets for one child show the first only", async () => {
    const two = [node("text", { id: "one", content: "one" }), node("text", { id: "two", content: "two" })];
    await show(page, windowNode({}, [node("container", {}, two)]));
    expect(await page.locator('[data-id="one"]').isVisible()).toBe(true);
    expect(await page.locator('[data-id="two"]').isVisible()).toBe(false);
  });

  test("a pointer area tells presses, moves and entering in its own coordinates", async () => {
    const area = node(
      "pointer_area",
      {
        id: "p",
        on_press: "grab",
        on_release: true,
        on_enter: true,
        on_exit: true,
        on_move: true,
        cursor: "resizing_row",
      },
      [node("container", { width: 100, height: 50 })],
    );
    await show(page, windowNode({ padding: 10 }, [area]));
    await take(page);
    await page.mouse.move(20, 30);
    await page.mouse.move(30, 40);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(300, 300);
    const events = (await take(page)).filter((event) => event.channel === "widget");
    expect(events.map((event) => event.family)).toEqual(["enter", "move", "grab", "release", "exit"]);
    expect(events[1]?.value).toEqual({ x: 20, y: 30 });
    expect(events[3]?.value).toMatchObject({ x: 20, y: 30, button: "left", pointer: "mouse" });
  });

  test("a button inside a pointer area keeps its press for itself", async () => {
    await show(
      page,
      windowNode({}, [node("pointer_area", { id: "p", on_press: "grab" }, [node("button", { id: "b", label: "Go" })])]),
    );
    await page.click('[data-id="b"]');
    expect(families(await take(page), "widget")).toEqual(["click"]);
  });

  test("responsive tells its size at first and when it changes", async () => {
    await show(page, windowNode({}, [node("responsive", { id: "r" }, [])]));
    await settled(page);
    expect((await take(page)).find((event) => event.family === "resize")?.value).toEqual({ width: 600, height: 400 });
    await page.setViewportSize({ width: 500, height: 400 });
    await settled(page);
    expect((await take(page)).find((event) => event.family === "resize")?.value).toEqual({ width: 500, height: 400 });
  });

  test("overlay content stands beside its anchor and takes no room", async () => {
    const overlay = node("overlay", { id: "o", position: "below", align: "start", gap: 5 }, [
      node("container", { id: "anchor", width: 80, height: 20 }),
      node("container", { id: "menu", width: 120, height: 60, style: "rounded_box" }),
    ]);
    await show(
      page,
      windowNode({ padding: 10 }, [
        node("column", {}, [overlay, node("container", { id: "next", width: 10, height: 10 })]),
      ]),
    );
    await settled(page);
    expect(await box('[data-id="menu"]')).toEqual({ x: 10, y: 35, width: 120, height: 60 });
    expect(await box('[data-id="next"]')).toMatchObject({ y: 30 });
    await show(page, windowNode({}, [node("column", {}, [])]));
    expect(await page.locator('[data-id="menu"]').count()).toBe(0);
  });

  test("the pointer goes through layers that do not react", async () => {
    const stack = node("stack", {}, [
      node("button", { id: "below", label: "Below", width: 200, height: 100 }),
      node("container", { width: "fill", height: "fill" }, [node("text", { content: "decoration" })]),
    ]);
    await show(page, windowNode({}, [stack]));
    await take(page);
    await page.mouse.click(20, 10);
    expect(families(await take(page), "widget")).toEqual(["click"]);
  });
});

test("works under a policy that forbids inline styles", async () => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const tools = node("window", { id: "tools", title: "Tools", width: 240, height: 160 }, []);
  const widgets = [
    node("text_editor", { id: "e", content: "let a = 1;", highlight_syntax: "ts", width: 200, height: 60 }),
    node("button", { id: "b", label: "Go", style: { background: "#112233" } }),
    node("pane_grid", { id: "p", height: 50 }, [node("container", { title: "One" }), node("container", {})]),
    list("l"),
  ];
  await show(page, node("container", {}, [windowNode({}, [node("column", FILL, widgets)]), tools]));
  await page.locator(".cm-editor").waitFor();
  await page.click('[data-id="e"] .cm-content');
  await page.keyboard.type("x");
  await performWindow(page, "close", "main");
  await settled(page);
  expect(complaints).toEqual([]);
});

test("after dispose nothing is left", async () => {
  await show(page, windowNode({}, [list("l")]));
  await page.evaluate(() => window.dom.surface.dispose());
  expect(await page.evaluate(() => [document.body.children.length, document.adoptedStyleSheets.length])).toEqual([
    0, 0,
  ]);
});
