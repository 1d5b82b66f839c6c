import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";

const VIEWPORT = { width: 800, height: 600 };

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
  page = await browser.open({ viewport: VIEWPORT });
});
afterAll(() => browser.close());

const node = (type: string, id: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode => ({
  id,
  type,
  props,
  children,
});
const button = (id: string, props: WireProps = {}): WireNode => node("button", id, { label: id, ...props });
const dialog = (id: string, ...children: readonly WireNode[]): WireNode =>
  node("container", id, { a11y: { role: "dialog", label: id, modal: true } }, [
    node("column", `${id}-c`, {}, children),
  ]);

const frames = (): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
async function show(...nodes: readonly WireNode[]): Promise<void> {
  await page.mouse.move(790, 590);
  await page.evaluate((json: string) => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.widgets.show([]);
    window.widgets.show(JSON.parse(json));
  }, JSON.stringify(nodes));
  await frames();
  await page.evaluate(() => window.widgets.take());
}
async function showRoot(...windows: readonly WireNode[]): Promise<void> {
  await page.evaluate(
    (json: string) => window.widgets.showRoot(JSON.parse(json)),
    JSON.stringify(node("column", "root", {}, windows)),
  );
  await frames();
}
const focused = (): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest("[data-id]")?.getAttribute("data-id") ?? null);
/** Where the focus is after each of these keys. */
async function walk(...keys: readonly string[]): Promise<readonly (string | null)[]> {
  const places: (string | null)[] = [];
  for (const key of keys) {
    await page.keyboard.press(key);
    places.push(await focused());
  }
  return places;
}
const perform = (name: string, target = "", value: WireProps | null = null): Promise<void> =>
  page.evaluate(([op, id, json]) => window.widgets.perform(op, id, JSON.parse(json)), [
    name,
    target,
    JSON.stringify(value),
  ] as const);
const clicked = (): Promise<readonly string[]> =>
  page.evaluate(() => window.widgets.take().flatMap((event) => (event.family === "click" ? [event.id] : [])));

const overlay = (content: WireNode): WireNode => node("overlay", "o", {}, [button("anchor"), content]);

describe("the way of the Tab key", () => {
  test("overlay content comes right after its anchor, both ways and by operation", async () => {
    await show(button("before"), overlay(node("row", "r", {}, [button("in1"), button("in2")])), button("behind"));
    expect(await walk("Tab", "Tab", "Tab", "Tab", "Tab", "Tab")).toEqual([
      "before",
      "anchor",
      "in1",
      "in2",
      "behind",
      "before",
    ]);
    expect(await walk("Shift+Tab", "Shift+Tab", "Shift+Tab")).toEqual(["behind", "in2", "in1"]);
    await perform("focus", "anchor");
    await perform("focus_next");
    expect(await focused()).toBe("in1");
    await perform("focus_previous");
    expect(await focused()).toBe("anchor");
    await perform("focus_next_within", "", { scope: "r" });
    await perform("focus_next_within", "", { scope: "r" });
    await perform("focus_next_within", "", { scope: "r" });
    expect(await focused()).toBe("in1");
  });

  test("without overlays it is the browser's own, and leaves the page at the end", async () => {
    await show(button("a"), button("b"));
    expect(await walk("Tab", "Tab", "Tab")).toEqual(["a", "b", null]);
  });

  test("what scrolls and has no stop in it is one itself, with a ring", async () => {
    const long = (id: string, inner: WireNode): WireNode =>
      node("scrollable", id, { height: 50, width: 100 }, [
        node("column", `${id}-c`, {}, [inner, node("space", `${id}-s`, { height: 300 })]),
      ]);
    await show(long("texts", node("text", "t", { content: "x" })), long("controls", button("b")), button("end"));
    expect(await walk("Tab", "Tab", "Tab")).toEqual(["texts", "b", "end"]);
    expect(await walk("Shift+Tab", "Shift+Tab")).toEqual(["b", "texts"]);
    expect(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineWidth)).toBe(
      "2px",
    );
    await page.keyboard.press("End");
    expect(await page.evaluate(() => document.activeElement?.scrollTop)).toBeGreaterThan(200);
  });

  test("Escape leaves a widget, and Tab goes on from the start", async () => {
    await show(button("a"), button("b"));
    expect(await walk("Tab", "Tab", "Escape")).toEqual(["a", "b", null]);
  });
});

/** Looked over when the page has time. */
const idle = (): Promise<void> =>
  page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 0), { timeout: 1000 })));
const change = (path: readonly number[], props: WireProps): Promise<void> =>
  page.evaluate(([where, json]) => window.widgets.changeAt(where, JSON.parse(json)), [
    path,
    JSON.stringify(props),
  ] as const);
const replace = (children: readonly WireNode[]): Promise<void> =>
  page.evaluate((json: string) => window.widgets.show(JSON.parse(json)), JSON.stringify(children));

describe("what scrolls", () => {
  const area = (id: string, ...inner: readonly WireNode[]): WireNode =>
    node("scrollable", id, { height: 50, width: 100 }, [node("column", `${id}-c`, {}, inner)]);
  const tall = (id: string): WireNode => node("space", id, { height: 300 });
  const stops = async (): Promise<readonly (string | null)[]> => {
    await idle();
    return page.evaluate(() =>
      [...document.querySelectorAll('[tabindex="0"]')].map(
        (element) => element.closest("[data-id]")?.getAttribute("data-id") ?? null,
      ),
    );
  };

  test("is a stop before anybody presses a key, as long as there is none in it", async () => {
    await show(
      area("a", tall("s")),
      area("b", tall("t"), button("in")),
      area("c", node("text", "x", { content: "x" })),
    );
    expect(await stops()).toEqual(["a", "in"]);
    await change([0, 1, 0, 1], { disabled: true });
    expect(await stops()).toEqual(["a", "b"]);
    await change([0, 0, 0, 0], { height: 5 });
    expect(await stops()).toEqual(["b"]);
  });

  test("one in the other: the inner one is enough", async () => {
    await show(area("out", area("in", tall("s")), tall("t")));
    expect(await stops()).toEqual(["in"]);
  });

  test("rows of a table, and wide code and tables in documents", async () => {
    const rows = Array.from({ length: 20 }, (_, n) => ({ n }));
    const wide = "wide ".repeat(60);
    await show(
      node("table", "t", { columns: [{ key: "n", label: "N" }], rows, height: 60 }),
      node("markdown", "m", { content: `\`\`\`\n${wide}\n\`\`\``, width: 200 }),
    );
    await page.locator("pre").waitFor();
    expect(await stops()).toEqual(["t", "m"]);
    expect(await page.locator(".pl-tbody").getAttribute("aria-label")).toBe("Scrollable content");
    await page.locator(".pl-tbody").focus();
    await page.keyboard.press("End");
    expect(await page.locator(".pl-tbody").evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  });
});

describe("what is hidden from assistive technology", () => {
  const hidden = { a11y: { hidden: true } };
  const parts = (props: WireProps): readonly WireNode[] => [
    button("before"),
    node("container", "part", props, [
      node("column", "col", {}, [
        button("b"),
        node("text_input", "f", { value: "" }),
        node("slider", "s", { value: 3 }),
        overlay(button("over")),
        node("rich_text", "r", { spans: [{ text: "docs", link: "x" }] }),
      ]),
    ]),
    button("behind"),
  ];

  test("is no stop, nor is anything in it or beside it, and the pointer still uses it", async () => {
    await show(...parts(hidden));
    expect(await walk("Tab", "Tab", "Tab")).toEqual(["before", "behind", null]);
    await page.locator('[data-id="b"]').click();
    expect(await clicked()).toEqual(["b"]);
    await page.locator('[data-id="over"]').click();
    expect(await clicked()).toEqual(["over"]);
    await page.locator('[data-id="f"] input').click();
    await page.keyboard.type("x");
    const typed = await page.evaluate(() => window.widgets.take().map(({ family }) => family));
    expect(typed).toContain("input");
  });

  test("comes back, and what came meanwhile was hidden too", async () => {
    await show(...parts(hidden));
    await change([0, 1, 0, 0], { disabled: true });
    await change([0, 1, 0, 2], { value: 4 });
    await page.evaluate(
      (json: string) => window.widgets.insertAt([0, 1, 0], 0, JSON.parse(json)),
      JSON.stringify(button("new")),
    );
    expect(await walk("Tab", "Tab")).toEqual(["before", "behind"]);
    await change([0, 1], { a11y: null });
    await frames();
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    expect(await walk("Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")).toEqual([
      "before",
      "new",
      "f",
      "s",
      "anchor",
      "over",
      "r",
      "behind",
    ]);
  });

  test("a widget whose name is on a part of it is hidden as a whole", async () => {
    await show(button("a"), node("combo_box", "c", { options: ["x"], ...hidden }), button("z"));
    expect(await page.locator('[data-id="c"]').getAttribute("aria-hidden")).toBe("true");
    expect(await walk("Tab", "Tab")).toEqual(["a", "z"]);
  });
});

describe("when what has the focus goes away", () => {
  const item = (name: string): WireNode =>
    node("row", `list/${name}`, {}, [
      node("checkbox", `list/${name}/done`, { label: name }),
      button(`list/${name}/delete`),
    ]);
  const list = (...names: readonly string[]): readonly WireNode[] => [
    button("top"),
    node("column", "list", {}, names.map(item)),
    button("end"),
  ];

  test("the same control of what follows gets it, else of what comes before, else what is near", async () => {
    await show(...list("a", "b", "c"));
    await perform("focus", "list/b/delete");
    await replace(list("a", "c"));
    expect(await focused()).toBe("list/c/delete");
    await replace(list("a"));
    expect(await focused()).toBe("list/a/delete");
    await replace(list());
    expect(await focused()).toBe("end");
    await replace([button("top")]);
    expect(await focused()).toBe("top");
    await replace([node("text", "t", { content: "x" })]);
    expect(await focused()).toBe(null);
  });

  test("a key that is still down does nothing there", async () => {
    await show(...list("a", "b", "c"));
    await perform("focus", "list/a/delete");
    await page.keyboard.down("Enter");
    await replace(list("b", "c"));
    expect(await focused()).toBe("list/b/delete");
    await clicked();
    await page.keyboard.down("Enter");
    expect(await clicked()).toEqual([]);
    await page.keyboard.up("Enter");
    await page.keyboard.press("Enter");
    expect(await clicked()).toEqual(["list/b/delete"]);
  });

  test("with the pointer nothing gets it", async () => {
    await show(...list("a", "b"));
    await page.locator('[data-id="list/a/delete"]').click();
    await replace(list("b"));
    expect(await focused()).toBe(null);
  });

  test("content beside an anchor gives it to the anchor", async () => {
    await show(overlay(node("row", "r", {}, [button("in")])), button("other"));
    await perform("focus", "in");
    await replace([node("overlay", "o", {}, [button("anchor")]), button("other")]);
    expect(await focused()).toBe("anchor");
  });

  test("a node that moves keeps it, and one of another type with the same id takes it over", async () => {
    await show(button("x"), node("column", "col", {}, [button("a"), button("b")]));
    await perform("focus", "a");
    await replace([node("column", "col", {}, [button("b"), button("a")]), button("x")]);
    expect(await focused()).toBe("a");
    await replace([button("a"), button("x")]);
    expect(await focused()).toBe("a");
    await replace([node("checkbox", "a", { label: "a" }), button("x")]);
    expect(await focused()).toBe("a");
  });

  test("what is disabled while it has the focus keeps it until the focus leaves", async () => {
    await show(button("a"), button("b"), button("c"));
    await perform("focus", "b");
    await change([0, 1], { disabled: true });
    await frames();
    expect(await focused()).toBe("b");
    await page.keyboard.press("Enter");
    expect(await clicked()).toEqual([]);
    expect(await walk("Tab", "Shift+Tab")).toEqual(["c", "a"]);
    await change([0, 1], { disabled: false });
    expect(await walk("Tab")).toEqual(["b"]);
  });

  test("a dialog whose opener went away with it gives it to what is near the opener", async () => {
    await show(button("open"), button("other"));
    await walk("Tab");
    await replace([button("open"), button("other"), dialog("sure", button("yes"))]);
    await frames();
    expect(await focused()).toBe("yes");
    await replace([button("other")]);
    await frames();
    expect(await focused()).toBe("other");
  });
});

describe("parts that arrow keys go through", () => {
  const group = (role: string, props: WireProps, ...inner: readonly WireNode[]): WireNode =>
    node("column", "g", { a11y: { role, label: "g", ...props } }, inner);
  const items = (role: string): readonly WireNode[] => ["a", "b", "c"].map((id) => button(id, { a11y: { role } }));

  test.each([
    ["menu", "menu_item", {}, ["ArrowDown", "ArrowUp"]],
    ["tree", "tree_item", {}, ["ArrowDown", "ArrowUp"]],
    ["tab_list", "tab", {}, ["ArrowRight", "ArrowLeft"]],
    ["tab_list", "tab", { orientation: "vertical" }, ["ArrowDown", "ArrowUp"]],
    ["menu_bar", "menu_item", {}, ["ArrowRight", "ArrowLeft"]],
    ["toolbar", "button", {}, ["ArrowRight", "ArrowLeft"]],
  ] as const)("%s of %s %j", async (role, itemRole, props, [on, back]) => {
    await show(group(role, props, ...items(itemRole)), button("behind"));
    await perform("focus", "a");
    expect(await walk(on, on, on, back, "Home", "End")).toEqual(["b", "c", "a", "c", "a", "c"]);
    const across = on === "ArrowDown" ? "ArrowRight" : "ArrowDown";
    expect(await walk(across, "Tab")).toEqual(["c", "behind"]);
  });

  test("not away from what uses these keys itself", async () => {
    await show(group("toolbar", {}, button("a"), node("slider", "s", { value: 3 }), button("b")));
    await perform("focus", "s");
    expect(await walk("ArrowRight", "Home")).toEqual(["s", "s"]);
  });

  test("other boxes leave the arrows to what scrolls", async () => {
    await show(node("column", "g", {}, [button("a"), button("b")]));
    await perform("focus", "a");
    expect(await walk("ArrowDown", "ArrowRight")).toEqual(["a", "a"]);
  });
});

describe("panes", () => {
  const pane = (id: string): WireNode => node("container", id, { title: id.toUpperCase() }, [button(`${id}-b`)]);
  const grid = (...ids: readonly string[]): WireNode =>
    node("pane_grid", "g", { width: 400, height: 200 }, ids.map(pane));
  const said = (): Promise<string | null> => page.locator(".pl-pane-said").textContent();
  const reported = (): Promise<readonly unknown[]> =>
    page.evaluate(() =>
      window.widgets.take().flatMap(({ family, value }) => (family === "pane_dragged" ? [value] : [])),
    );
  const lefts = (): Promise<readonly string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll(".pl-pane")]
        .sort((a, b) => a.getBoundingClientRect().x - b.getBoundingClientRect().x)
        .map((element) => element.getAttribute("aria-label") ?? ""),
    );
  const pickUp = async (name: string): Promise<void> => {
    await page.getByRole("button", { name: `Move ${name}` }).focus();
    await page.keyboard.press("Space");
  };

  test("are picked up, moved and dropped by keys, with the events of a drag, and told", async () => {
    await show(grid("a", "b"));
    await pickUp("A");
    expect(await said()).toMatch(/^Picked up A\. .* Swap with B$/);
    expect(await page.getByRole("button", { name: "Move A", pressed: true }).count()).toBe(1);
    expect(await page.locator(".pl-pane-preview").isVisible()).toBe(true);
    await page.keyboard.press("ArrowRight");
    expect(await said()).toBe("Right of B");
    await page.keyboard.press("Enter");
    expect(await said()).toBe("Dropped: Right of B");
    expect(await reported()).toEqual([
      { pane: "a", action: "picked" },
      { pane: "a", action: "dropped", target: "b", region: "right" },
    ]);
    expect(await lefts()).toEqual(["B", "A"]);
    expect(await page.locator(".pl-pane-preview").isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Move A");
  });

  test("go to an edge of the whole grid", async () => {
    await show(grid("a", "b", "c"));
    await pickUp("B");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space");
    expect((await reported()).at(-1)).toEqual({ pane: "b", action: "dropped", edge: "top" });
    expect(await page.locator('.pl-pane[aria-label="B"]').evaluate((element) => element.clientWidth)).toBe(400);
  });

  test.each([["Escape"], ["Tab"]])("%s takes it back", async (key) => {
    await show(grid("a", "b"));
    await pickUp("A");
    await page.keyboard.press(key);
    expect(await reported()).toEqual([
      { pane: "a", action: "picked" },
      { pane: "a", action: "canceled" },
    ]);
    expect(await said()).toBe("Canceled");
    expect(await lefts()).toEqual(["A", "B"]);
  });

  test("a pane that goes while it is carried was not moved, and one alone is not picked up", async () => {
    await show(grid("a", "b"));
    await pickUp("A");
    await replace([grid("b")]);
    expect((await reported()).at(-1)).toEqual({ pane: "a", action: "canceled" });
    await pickUp("B");
    expect(await reported()).toEqual([]);
  });

  test("Tab goes through them as they lie: title, content, divider, next pane", async () => {
    await show(grid("a", "b"));
    const walked = async (count: number): Promise<readonly (string | null)[]> => {
      const names: (string | null)[] = [];
      for (let step = 0; step < count; step += 1) {
        await page.keyboard.press("Tab");
        names.push(
          await page.evaluate(
            () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? null,
          ),
        );
      }
      return names;
    };
    expect(await walked(5)).toEqual(["Move A", "a-b", "Divider between A and B", "Move B", "b-b"]);
    await pickUp("A");
    await page.keyboard.press("Enter");
    expect(
      await page.evaluate(() =>
        [...document.querySelectorAll(".pl-pane,.pl-divider")].map((element) => element.getAttribute("aria-label")),
      ),
    ).toEqual(["B", "Divider between B and A", "A"]);
  });

  test("F6 goes to the content of the next pane, with a ring where nothing in it can be used", async () => {
    await show(node("pane_grid", "g", { width: 400, height: 200 }, [pane("a"), node("text", "t", { content: "x" })]));
    await perform("focus", "a-b");
    await page.keyboard.press("F6");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Pane 2");
    const ring = await page.evaluate(
      () => getComputedStyle(document.activeElement ?? document.body, "::after").borderTopWidth,
    );
    expect(ring).toBe("2px");
  });
});

describe("modal parts", () => {
  test("take the focus, keep it and give it back", async () => {
    await show(button("open"), button("other"));
    await walk("Tab");
    await page.evaluate(
      (json: string) => window.widgets.showMore(JSON.parse(json)),
      JSON.stringify(dialog("sure", button("yes"), button("no"))),
    );
    await frames();
    expect(await focused()).toBe("yes");
    expect(await walk("Tab", "Tab", "Shift+Tab")).toEqual(["no", "yes", "no"]);
    await perform("focus_next");
    expect(await focused()).toBe("yes");
    // Escape is the app's to answer; the dialog stays, and so does the keyboard.
    expect(await walk("Escape", "Tab")).toEqual([null, "yes"]);
    await page.evaluate(() => window.widgets.remove(2));
    await frames();
    expect(await focused()).toBe("open");
  });

  test("in overlays, and one in front of the other", async () => {
    await show(button("open"), button("x"));
    await walk("Tab");
    await page.evaluate(
      (json: string) => window.widgets.showMore(JSON.parse(json)),
      JSON.stringify(overlay(dialog("first", button("f")))),
    );
    await frames();
    expect(await focused()).toBe("f");
    await page.evaluate(
      (json: string) => window.widgets.showMore(JSON.parse(json)),
      JSON.stringify(dialog("second", button("s"))),
    );
    await frames();
    expect(await focused()).toBe("s");
    expect(await walk("Tab")).toEqual(["s"]);
    await page.evaluate(() => window.widgets.remove(3));
    await frames();
    expect(await focused()).toBe("f");
    await page.evaluate(() => window.widgets.remove(2));
    await frames();
    expect(await focused()).toBe("open");
  });
});

describe("access keys", () => {
  const keys = async (key: string, ...nodes: readonly WireNode[]): Promise<readonly string[]> => {
    await show(...nodes);
    await page.keyboard.press(key);
    return clicked();
  };
  test("of all three props; disabled ones and those behind a dialog are left out", async () => {
    expect(await keys("Alt+q", button("a", { mnemonic: "q" }))).toEqual(["a"]);
    expect(await keys("Alt+q", button("a", { access_key: "Q" }))).toEqual(["a"]);
    expect(await keys("Alt+q", button("a", { a11y: { mnemonic: "q" } }))).toEqual(["a"]);
    expect(
      await keys("Alt+q", button("a", { access_key: "q", disabled: true }), button("b", { access_key: "q" })),
    ).toEqual(["b"]);
    expect(await keys("Alt+q", button("a", { access_key: "q" }), dialog("d", button("b")))).toEqual([]);
  });
  test("go by what the key types, not by where it is", async () => {
    await show(button("a", { access_key: "a" }), button("q", { access_key: "q" }));
    // A French keyboard has the A where others have the Q.
    await page.evaluate(() =>
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "a", code: "KeyQ", altKey: true, bubbles: true }),
      ),
    );
    expect(await clicked()).toEqual(["a"]);
    await page.evaluate(() =>
      document.body.dispatchEvent(
        new KeyboardEvent("keydown", { key: "œ", code: "KeyQ", altKey: true, bubbles: true }),
      ),
    );
    expect(await clicked()).toEqual(["q"]);
  });
});

describe("lists of options", () => {
  const selected = (): Promise<readonly unknown[]> =>
    page.evaluate(() => window.widgets.take().flatMap(({ family, value }) => (family === "select" ? [value] : [])));

  test.each([
    ["pick_list", ".pl-pick"],
    ["combo_box", ".pl-combo input"],
  ])("%s opens by Alt and Down, and takes what is highlighted by Alt and Up", async (type, control) => {
    await show(node(type, "p", { options: ["a", "b"] }));
    await perform("focus", "p");
    await page.keyboard.press("Escape");
    if (type === "pick_list") await perform("focus", "p");
    const isOpen = (): Promise<string | null> => page.locator(control).getAttribute("aria-expanded");
    expect(await isOpen()).toBe("false");
    await page.keyboard.press("Alt+ArrowDown");
    expect(await isOpen()).toBe("true");
    expect(await page.locator(control).getAttribute("aria-activedescendant")).toBe(null);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowUp");
    expect(await selected()).toEqual(["b"]);
    expect(await isOpen()).toBe("false");
    expect(await focused()).toBe("p");
  });
});

describe("windows", () => {
  const windowNode = (id: string, ...children: readonly WireNode[]): WireNode =>
    node("window", id, { title: id, width: 200, height: 150 }, [node("column", `${id}-c`, {}, children)]);
  const inWindow = (): Promise<string | null> =>
    page.evaluate(() => document.activeElement?.closest(".pl-window")?.getAttribute("data-id") ?? null);

  test("Ctrl+F6 goes through all of them in their order, and back to what had the focus", async () => {
    await showRoot(
      windowNode("one", button("b1"), button("b1b")),
      windowNode("two", button("b2")),
      windowNode("three", button("b3")),
    );
    await perform("focus", "b1b");
    const visited: (string | null)[] = [];
    for (const key of ["Control+F6", "Control+F6", "Control+F6", "Control+Shift+F6"]) {
      await page.keyboard.press(key);
      visited.push(await inWindow());
      if (visited.length === 3) expect(await focused()).toBe("b1b");
    }
    expect(visited).toEqual(["two", "three", "one", "three"]);
  });

  test("an overlay's content is reached in its window, and a minimized window has nothing to stop at", async () => {
    await showRoot(windowNode("one", button("b1")), windowNode("two", overlay(button("deep"))));
    await perform("focus", "anchor");
    expect(await walk("Tab")).toEqual(["deep"]);
    await page.evaluate(() => window.widgets.performWindow("minimize", "two"));
    await perform("focus", "b1");
    await page.keyboard.press("Control+F6");
    const stops = await walk("Tab", "Tab", "Tab");
    expect(stops).not.toContain("anchor");
  });
});

describe("what is seen", () => {
  test("a tooltip comes with the keyboard focus, goes by Escape, and not with the mouse focus", async () => {
    await show(node("tooltip", "t", { tip: "Saves" }, [button("b")]));
    const tip = page.getByRole("tooltip");
    await page.keyboard.press("Tab");
    expect(await tip.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await tip.isVisible()).toBe(false);
    expect(await focused()).toBe("b");
  });

  test("a tooltip under the pointer goes by Escape wherever the keyboard is, and the key stays there", async () => {
    await show(node("tooltip", "t", { tip: "Saves" }, [button("b")]), button("other"));
    const tip = page.getByRole("tooltip");
    await perform("focus", "other");
    await page.locator('[data-id="b"]').hover();
    expect(await tip.isVisible()).toBe(true);
    expect(await walk("Escape")).toEqual([null]);
    expect(await tip.isVisible()).toBe(false);
  });

  test("with reduced motion nothing is animated by rules", async () => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await show(button("b"), node("checkbox", "c", { label: "c" }), node("slider", "s", {}));
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll(".pl-root *")].filter(
          (element) => !/^(none|all 0s.*|)$/.test(getComputedStyle(element).transition),
        ).length,
    );
    await page.emulateMedia({ reducedMotion: null });
    expect(moving).toBe(0);
  });
});

describe("fingers", () => {
  test("a long press opens no menu of the browser, a pinch stays the browser's", async () => {
    const touch = await browser.open({ viewport: VIEWPORT, hasTouch: true });
    const shown = [
      button("b"),
      node("checkbox", "c", { label: "c" }),
      node("slider", "s", {}),
      node("vertical_slider", "v", { height: 50 }),
      node("pick_list", "p", { options: ["a"] }),
    ];
    const result = await touch.evaluate(async (json: string) => {
      window.widgets.show(JSON.parse(json));
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const menu = new MouseEvent("contextmenu", { bubbles: true, cancelable: true });
      document.querySelector(".pl-button")?.dispatchEvent(menu);
      const pinch = ["button", "toggle", "slider", "pick"].flatMap((name) =>
        [...document.querySelectorAll(`.pl-${name}`)].map((element) => getComputedStyle(element).touchAction),
      );
      return { isPrevented: menu.defaultPrevented, pinch };
    }, JSON.stringify(shown));
    await touch.context().close();
    expect(result.isPrevented).toBe(true);
    expect(result.pinch).toHaveLength(5);
    for (const action of result.pinch) expect(action).toMatch(/manipulation|pinch-zoom/);
  });
});
