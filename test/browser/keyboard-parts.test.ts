import { describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import {
  button,
  change,
  clicked,
  dialog,
  focused,
  frames,
  idle,
  node,
  overlay,
  page,
  perform,
  replace,
  show,
  useWidgetsPage,
  walk,
} from "./support/keyboard-rig.ts";

useWidgetsPage();

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

  test("one of many that are alike", async () => {
    const rows = ["a", "b", "c", "d"].map((id) => button(id, id === "c" ? hidden : { a11y: { hidden: false } }));
    await show(node("column", "col", {}, rows));
    expect(await walk("Tab", "Tab", "Tab")).toEqual(["a", "b", "d"]);
    await change([0, 0, 1], { a11y: { hidden: true } });
    await change([0, 0, 2], { a11y: { hidden: false } });
    await perform("focus", "a");
    expect(await walk("Tab", "Tab", "Shift+Tab", "Shift+Tab")).toEqual(["c", "d", "c", "a"]);
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
