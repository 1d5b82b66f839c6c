import { describe, expect, test } from "vitest";
import type { WireNode } from "../../src/protocol/index.ts";
import {
  browser,
  button,
  clicked,
  dialog,
  focused,
  frames,
  node,
  overlay,
  page,
  perform,
  show,
  showRoot,
  useWidgetsPage,
  VIEWPORT,
  walk,
} from "./support/keyboard-rig.ts";

useWidgetsPage();

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

  test("what floats is where it is in the tree", async () => {
    const floating = node("floating", "f", { translate_x: 60, translate_y: 30 }, [button("floats")]);
    const row = node("row", "r", {}, [button("b"), floating, button("c")]);
    await show(button("a"), node("container", "box", { width: 100, height: 40, clip: true }, [row]), button("d"));
    expect(await walk("Tab", "Tab", "Tab", "Tab", "Tab")).toEqual(["a", "b", "floats", "c", "d"]);
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
