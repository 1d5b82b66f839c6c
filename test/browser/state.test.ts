import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PatchOp, WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";
import type { DomPage } from "./support/dom-page.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly dom: DomPage };
declare const document: Document;

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchDom();
  page = await browser.open({ reducedMotion: "reduce", viewport: { width: 800, height: 600 } });
});
afterAll(() => browser.close());
beforeEach(async () => {
  await page.mouse.move(799, 599);
  await show(page, null);
  await page.evaluate(() => window.dom.surface.configure({ defaultTextSize: 16 }));
});

/** Something the renderer keeps, and the app does not know. */
interface State {
  readonly name: string;
  readonly widget: WireNode;
  /** What a person does. */
  readonly make: (page: Page) => Promise<void>;
  readonly look: (page: Page) => Promise<unknown>;
  readonly is: unknown;
  /** Things that end it, and why that is right. */
  readonly endedBy?: Readonly<Record<string, string>>;
}

const W = '[data-id="w"]';
const words = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen";
const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");
const scrollTop = (css: string) => (page: Page) => page.locator(css).evaluate((element) => element.scrollTop);
const focused = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.closest("[data-id]")?.getAttribute("data-id") ?? null);
const selection = (css: string) => (page: Page) =>
  page.locator(css).evaluate((element) => {
    const field = element as HTMLInputElement;
    return [document.activeElement === field, field.value, field.selectionStart, field.selectionEnd];
  });
const select = (css: string) => async (page: Page) => {
  await page.focus(css);
  await page.locator(css).evaluate((element) => (element as HTMLInputElement).setSelectionRange(1, 3));
};
const undoable = (css: string) => async (page: Page) => {
  await page.focus(css);
  await page.keyboard.type("one");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("X");
};
const undo = (css: string) => async (page: Page) => {
  await page.keyboard.press("Control+z");
  return page.locator(css).inputValue();
};
const options = { options: ["Apple", "Banana", "Cherry", "Mango"] };
const SCALED = {
  endedBy: { "the text size changes": "the same line stays at the top, so the offset grows with the text" },
};
const menu = (page: Page): Promise<unknown> =>
  page.evaluate(() => {
    const list = document.querySelector<HTMLElement>("[role=listbox]");
    if (list === null || list.getClientRects().length === 0) return null;
    const input = document.querySelector("input");
    return [input?.value ?? "", [...list.querySelectorAll("[role=option]")].map((option) => option.textContent)];
  });
const tall = node("space", { id: "tall", width: 300, height: 900 });

const states: readonly State[] = [
  {
    name: "scrollable: offset",
    widget: node("scrollable", { id: "w", width: 100, height: 100, direction: "both" }, [tall]),
    make: (page) => perform(page, "scroll_to", "w", { x: 30, y: 120 }),
    look: (page) => page.locator(`${W}>.pl-scroll-port`).evaluate((port) => [port.scrollLeft, port.scrollTop]),
    is: [30, 120],
  },
  {
    name: "text_input: focus and selection",
    widget: node("text_input", { id: "w", value: "words" }),
    make: select(`${W} input`),
    look: selection(`${W} input`),
    is: [true, "words", 1, 3],
  },
  {
    name: "text_input: undo",
    widget: node("text_input", { id: "w" }),
    make: undoable(`${W} input`),
    look: undo(`${W} input`),
    is: "one",
  },
  {
    name: "text_editor: focus and selection",
    widget: node("text_editor", { id: "w", content: "words" }),
    make: select(`${W} textarea`),
    look: selection(`${W} textarea`),
    is: [true, "words", 1, 3],
  },
  {
    name: "text_editor: undo",
    widget: node("text_editor", { id: "w", content: "" }),
    make: undoable(`${W} textarea`),
    look: undo(`${W} textarea`),
    is: "one",
  },
  {
    name: "text_editor: offset",
    widget: node("text_editor", { id: "w", content: lines, height: 100 }),
    make: async (page) => page.locator(`${W} textarea`).evaluate((area) => area.scrollTo(0, 77)),
    look: scrollTop(`${W} textarea`),
    is: 77,
    ...SCALED,
  },
  {
    name: "text_editor with colors: text, caret and undo",
    widget: node("text_editor", { id: "w", content: "", highlight_syntax: "js" }),
    make: async (page) => {
      await page.waitForSelector(`${W} .cm-content`);
      await undoable(`${W} .cm-content`)(page);
    },
    look: async (page) => {
      await page.keyboard.press("Control+z");
      return page.locator(`${W} .cm-content`).textContent();
    },
    is: "one",
  },
  {
    name: "pick_list: open menu and highlighted option",
    widget: node("pick_list", { id: "w", ...options, selected: "Apple" }),
    make: async (page) => {
      await page.focus(W);
      await page.keyboard.press("Enter");
      await page.keyboard.press("ArrowDown");
    },
    look: async (page) => {
      if ((await menu(page)) === null) return "closed";
      await page.keyboard.press("Enter");
      return (await take(page)).filter(({ family }) => family === "select").map(({ value }) => value);
    },
    is: ["Banana"],
  },
  {
    name: "combo_box: typed text, filter and open menu",
    widget: node("combo_box", { id: "w", ...options }),
    make: async (page) => {
      await page.focus(`${W} input`);
      await page.keyboard.type("an");
    },
    look: menu,
    is: ["an", ["Banana", "Mango"]],
  },
  {
    name: "button: keyboard focus",
    widget: node("button", { id: "w", label: "Save" }),
    make: (page) => page.keyboard.press("Tab"),
    look: focused,
    is: "w",
  },
  {
    name: "checkbox in a container: keyboard focus and its ring",
    widget: node("container", { id: "around" }, [node("checkbox", { id: "w", label: "Agree" })]),
    make: (page) => page.keyboard.press("Tab"),
    look: (page) => page.evaluate(() => document.querySelector('[data-id="w"]:focus-visible') !== null),
    is: true,
  },
  {
    name: "rich_text: focused link",
    widget: node("rich_text", { id: "w", spans: [{ text: "see " }, { text: "there", link: "x" }] }),
    make: (page) => page.keyboard.press("Tab"),
    look: (page) => page.evaluate(() => document.activeElement?.textContent),
    is: "there",
  },
  {
    name: "pane_grid: sizes",
    widget: node("pane_grid", { id: "w", width: 300, height: 100 }, [
      node("text", { id: "p", content: "p" }),
      node("text", { id: "q", content: "q" }),
    ]),
    make: async (page) => {
      await settled(page);
      await page.focus(`${W} .pl-divider`);
      for (let count = 0; count < 5; count += 1) await page.keyboard.press("ArrowLeft");
    },
    look: async (page) => {
      const [first] = await boxes(page, `${W} .pl-pane`);
      return (first?.width ?? 0) < 149;
    },
    is: true,
  },
  {
    name: "pane_grid: maximized pane",
    widget: node("pane_grid", { id: "w", width: 300, height: 100 }, [
      node("text", { id: "p", content: "p" }),
      node("text", { id: "q", content: "q" }),
    ]),
    make: (page) => perform(page, "pane_maximize", "w", { pane: "q" }),
    look: async (page) => (await boxes(page, `${W} .pl-pane:not([hidden])`)).map(({ width }) => width),
    is: [300],
  },
  {
    name: "table: offset of the rows",
    widget: node("table", {
      id: "w",
      height: 100,
      columns: [{ key: "k", label: "K" }],
      rows: Array.from({ length: 30 }, (_, index) => ({ k: `row ${index}` })),
    }),
    make: async (page) => page.locator(`${W} .pl-tbody`).evaluate((body) => body.scrollTo(0, 88)),
    look: scrollTop(`${W} .pl-tbody`),
    is: 88,
    ...SCALED,
  },
  {
    name: "tooltip: shown at the keyboard focus",
    widget: node("tooltip", { id: "w", tip: "Tip", position: "bottom" }, [node("button", { id: "b", label: "Save" })]),
    make: (page) => page.keyboard.press("Tab"),
    look: async (page) => {
      const [[anchor], [tip]] = [await boxes(page, W), await boxes(page, ".pl-tip")];
      return tip !== undefined && tip.height > 0 && Math.round(tip.y - (anchor?.y ?? 0) - (anchor?.height ?? 0)) === 0;
    },
    is: true,
  },
  {
    name: "canvas: focused element",
    widget: node("canvas", { id: "w", width: 200, height: 50 }, [
      node("group", { id: "e", on_click: true, a11y: { label: "e" } }, [
        node("rect", { id: "r", x: 10, y: 10, w: 20, h: 20, fill: "#ff0000" }),
      ]),
      node("group", { id: "f", on_click: true, a11y: { label: "f" } }, [
        node("rect", { id: "s", x: 50, y: 10, w: 20, h: 20, fill: "#ff0000" }),
      ]),
    ]),
    make: async (page) => {
      await settled(page);
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowRight");
      await settled(page);
      await take(page);
    },
    look: async (page) => {
      await page.keyboard.press("Enter");
      return (await take(page)).filter(({ family }) => family === "click").map(({ id }) => id);
    },
    is: ["f"],
  },
  {
    name: "markdown: offset of a code block",
    widget: node("markdown", { id: "w", width: 100, content: `\`\`\`\n${words}\n\`\`\`` }),
    make: async (page) => {
      await settled(page);
      await page.locator(`${W} pre`).evaluate((block) => block.scrollTo(40, 0));
    },
    look: (page) => page.locator(`${W} pre`).evaluate((block) => block.scrollLeft),
    is: 40,
  },
  {
    name: "responsive: the size it told",
    widget: node("responsive", { id: "w", width: 100, height: 50 }, [node("text", { id: "t", content: "t" })]),
    make: async (page) => {
      await settled(page);
      await take(page);
    },
    look: async (page) => {
      await settled(page);
      return (await take(page)).filter(({ family }) => family === "resize").length;
    },
    is: 0,
  },
  {
    name: "overlay: content beside its anchor",
    widget: node("overlay", { id: "w" }, [
      node("container", { id: "anchor", width: 60, height: 20 }, []),
      node("text_input", { id: "inner", value: "words", width: 60 }),
    ]),
    make: async (page) => {
      await settled(page);
      await select('[data-id="inner"] input')(page);
    },
    look: async (page) => {
      const [[anchor], [content]] = [await boxes(page, W), await boxes(page, '[data-id="inner"]')];
      const offset = [(content?.x ?? 0) - (anchor?.x ?? 0), Math.round((content?.y ?? 0) - (anchor?.y ?? 0))];
      return [offset, await selection('[data-id="inner"] input')(page)];
    },
    is: [
      [0, 20],
      [true, "words", 1, 3],
    ],
  },
];

function tree(widget: WireNode, theme: WireValue = "light"): WireNode {
  const column = (id: string, children: readonly WireNode[]) =>
    node("column", { id, width: 400, height: "fill" }, children);
  return windowNode({ theme }, [
    node("row", { id: "row", width: "fill", height: "fill" }, [
      column("left", [node("text", { id: "note", content: "note" }), widget, node("space", { id: "end" })]),
      column("right", [node("text", { id: "other", content: "other" })]),
    ]),
  ]);
}

const LEFT = [0, 0];
const RIGHT = [0, 1];
type Disturbance = (page: Page, widget: WireNode) => Promise<void>;
const patches =
  (make: (widget: WireNode) => readonly PatchOp[]): Disturbance =>
  (page, widget) =>
    patch(page, make(widget));

const disturbances: Readonly<Record<string, Disturbance>> = {
  "another node changes": patches(() => [
    { op: "update_props", path: [...RIGHT, 0], props: { content: "changed" } },
    { op: "update_props", path: LEFT, props: { spacing: 4 } },
  ]),
  "a node comes before it": patches(() => [
    { op: "insert_child", path: LEFT, index: 0, node: node("text", { id: "new", content: "new" }) },
  ]),
  "a node before it goes": patches(() => [{ op: "remove_child", path: LEFT, index: 0 }]),
  "it moves within its parent": patches((widget) => [
    { op: "remove_child", path: LEFT, index: 1 },
    { op: "insert_child", path: LEFT, index: 0, node: widget },
  ]),
  "it moves to another parent": patches((widget) => [
    { op: "remove_child", path: LEFT, index: 1 },
    { op: "insert_child", path: RIGHT, index: 0, node: widget },
  ]),
  "it moves to another parent, inserted first": patches((widget) => [
    { op: "insert_child", path: RIGHT, index: 0, node: widget },
    { op: "remove_child", path: LEFT, index: 1 },
  ]),
  "the same tree comes again": (page, widget) => show(page, tree(widget)),
  "the theme changes": patches(() => [{ op: "update_props", path: [], props: { theme: "dracula" } }]),
  "the text size changes": (page) => page.evaluate(() => window.dom.surface.configure({ defaultTextSize: 20 })),
};

describe("what a person did stays when", () => {
  for (const state of states) {
    describe(state.name, () => {
      test.each(Object.keys(disturbances))("%s", async (name) => {
        await show(page, tree(state.widget));
        await state.make(page);
        await disturbances[name]?.(page, state.widget);
        await settled(page);
        const reason = state.endedBy?.[name];
        if (reason === undefined) expect(await state.look(page)).toEqual(state.is);
        else expect(await state.look(page), reason).not.toEqual(state.is);
      });

      test("ends when it leaves and comes back later", async () => {
        await show(page, tree(state.widget));
        await state.make(page);
        await patch(page, [{ op: "remove_child", path: LEFT, index: 1 }]);
        await settled(page);
        expect(await page.locator(W).count()).toBe(0);
        await patch(page, [{ op: "insert_child", path: LEFT, index: 1, node: state.widget }]);
        await settled(page);
        expect(await state.look(page)).not.toEqual(state.is);
      });
    });
  }
});

test("an open menu takes the new theme over", async () => {
  const colors = () =>
    page.locator("[role=listbox]").evaluate((list) => {
      const { backgroundColor, color } = getComputedStyle(list);
      return [backgroundColor, color];
    });
  const pick = node("pick_list", { id: "w", ...options });
  const open = async (): Promise<void> => {
    await page.focus(W);
    await page.keyboard.press("Enter");
  };
  await show(page, tree(pick, "dracula"));
  await open();
  const dark = await colors();
  await show(page, null);
  await show(page, tree(pick));
  await open();
  expect(await colors()).not.toEqual(dark);
  await patch(page, [{ op: "update_props", path: [], props: { theme: "dracula" } }]);
  await settled(page);
  expect(await colors()).toEqual(dark);
});

describe("a floating window keeps its place and size when", () => {
  const floating = (props: WireProps = {}): WireNode =>
    node("window", { id: "tools", title: "Tools", width: 240, height: 160, position: { x: 100, y: 50 }, ...props }, [
      node("text", { id: "t", content: "t" }),
    ]);
  const two = (...windows: readonly WireNode[]): WireNode =>
    node("container", { id: "root" }, [
      windowNode({ theme: "light" }, [node("text", { id: "m", content: "m" })]),
      ...windows,
    ]);
  const place = async (): Promise<unknown> => (await boxes(page, '[data-id="tools"]'))[0];
  const MOVED = { x: 160, y: 80, width: 256, height: 160 };
  async function moveIt(): Promise<void> {
    await show(page, two(floating()));
    await page.mouse.move(200, 65);
    await page.mouse.down();
    await page.mouse.move(260, 95, { steps: 3 });
    await page.mouse.up();
    await page.focus(".pl-titlebar");
    await page.keyboard.press("Shift+ArrowRight");
    expect(await place()).toEqual(MOVED);
  }

  test.each<[string, () => Promise<void>]>([
    ["another node changes", () => patch(page, [{ op: "update_props", path: [0, 0], props: { content: "n" } }])],
    ["its title changes", () => patch(page, [{ op: "update_props", path: [1], props: { title: "New" } }])],
    ["its first size changes", () => patch(page, [{ op: "update_props", path: [1], props: { width: 500 } }])],
    [
      "another window comes before it",
      () => patch(page, [{ op: "insert_child", path: [], index: 1, node: { ...floating(), id: "more" } }]),
    ],
    ["the same tree comes again", () => show(page, two(floating()))],
    ["the theme changes", () => patch(page, [{ op: "update_props", path: [0], props: { theme: "dark" } }])],
  ])("%s", async (_, disturb) => {
    await moveIt();
    await disturb();
    await settled(page);
    expect(await place()).toEqual(MOVED);
  });

  test("and forgets them when it leaves", async () => {
    await moveIt();
    await patch(page, [{ op: "remove_child", path: [], index: 1 }]);
    await patch(page, [{ op: "insert_child", path: [], index: 1, node: floating() }]);
    expect(await place()).toEqual({ x: 100, y: 50, width: 240, height: 160 });
  });
});
