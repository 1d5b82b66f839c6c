import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import {
  event,
  press,
  showWidgets as show,
  takeStatuses as statuses,
  takeEvents as take,
} from "./support/widgets-harness.ts";
import type { Reported } from "./widgets-page.ts";

const VIEWPORT = { width: 800, height: 600 };

let browser: TestBrowser;
let mouse: Page;
let touch: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./widgets-page.ts", import.meta.url).href);
  mouse = await browser.open({ viewport: VIEWPORT });
  touch = await browser.open({ hasTouch: true, viewport: VIEWPORT });
});
afterAll(() => browser.close());

const node = (type: string, props: WireProps = {}, children: readonly WireNode[] = []): WireNode => ({
  id: "w",
  type,
  props,
  children,
});

const button = node("button", { label: "Save" });
const checkbox = node("checkbox", { label: "Agree" });
const toggler = node("toggler", { label: "Wi-Fi", is_toggled: true });
const options = ["Apple", "Banana", "Cherry"];
const pick = node("pick_list", { options, selected: "Banana", on_open: true, on_close: true });
const link = node("rich_text", { spans: [{ text: "see " }, { text: "docs", link: "https://example.org" }] });

interface Case {
  readonly name: string;
  readonly node: WireNode;
  readonly act: (page: Page) => Promise<void>;
  readonly expected: readonly Reported[];
  readonly on?: "touch";
}

const focusFirst = (page: Page): Promise<void> => press(page, "Tab");

const cases: readonly Case[] = [
  { name: "button: mouse", node: button, act: (p) => p.locator(".pl-button").click(), expected: [event("click")] },
  {
    name: "button: tap",
    on: "touch",
    node: button,
    act: (p) => p.locator(".pl-button").tap(),
    expected: [event("click")],
  },
  {
    name: "button: Enter and Space",
    node: button,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "Enter", "Space");
    },
    expected: [event("click"), event("click")],
  },
  {
    name: "button: assistive technology",
    node: button,
    act: (p) => p.locator(".pl-button").evaluate((element) => (element as HTMLElement).click()),
    expected: [event("click")],
  },
  {
    name: "button: right button",
    node: button,
    act: (p) => p.locator(".pl-button").click({ button: "right" }),
    expected: [],
  },
  {
    name: "button: released outside",
    node: button,
    act: async (p) => {
      await p.locator(".pl-button").hover();
      await p.mouse.down();
      await p.mouse.move(600, 400);
      await p.mouse.up();
    },
    expected: [],
  },
  {
    name: "button: pressed outside, released inside",
    node: button,
    act: async (p) => {
      await p.mouse.move(600, 400);
      await p.mouse.down();
      await p.locator(".pl-button").hover();
      await p.mouse.up();
    },
    expected: [],
  },
  {
    name: "button: out and back in before the release",
    node: button,
    act: async (p) => {
      await p.locator(".pl-button").hover();
      await p.mouse.down();
      await p.mouse.move(600, 400);
      await p.locator(".pl-button").hover();
      await p.mouse.up();
    },
    expected: [event("click")],
  },
  {
    name: "button: disabled",
    node: node("button", { label: "Save", disabled: true }),
    act: async (p) => {
      await p.locator(".pl-button").click({ force: true });
      await focusFirst(p);
      await press(p, "Enter");
    },
    expected: [],
  },
  {
    name: "button: enabled false",
    node: node("button", { label: "Save", enabled: false }),
    act: (p) => p.locator(".pl-button").click({ force: true }),
    expected: [],
  },
  {
    name: "button: mnemonic",
    node: node("button", { label: "Save", mnemonic: "s" }),
    act: (p) => press(p, "Alt+s"),
    expected: [event("click")],
  },
  {
    name: "checkbox: mouse, on the label, at the press",
    node: checkbox,
    act: async (p) => {
      await p.getByText("Agree").hover();
      await p.mouse.down();
    },
    expected: [event("toggle", true)],
  },
  {
    name: "checkbox: a whole mouse click",
    node: node("checkbox", { label: "Agree", checked: true }),
    act: (p) => p.locator(".pl-checkbox").click(),
    expected: [event("toggle", false)],
  },
  {
    name: "checkbox: tap",
    on: "touch",
    node: checkbox,
    act: (p) => p.locator(".pl-checkbox").tap(),
    expected: [event("toggle", true)],
  },
  {
    name: "checkbox: Space, not Enter",
    node: checkbox,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "Space", "Enter");
    },
    expected: [event("toggle", true)],
  },
  {
    name: "checkbox: disabled",
    node: node("checkbox", { label: "Agree", disabled: true }),
    act: async (p) => {
      await p.locator(".pl-checkbox").click({ force: true });
      await focusFirst(p);
      await press(p, "Space");
    },
    expected: [],
  },
  {
    name: "toggler: mouse",
    node: toggler,
    act: (p) => p.locator(".pl-toggler").click(),
    expected: [event("toggle", false)],
  },
  {
    name: "toggler: tap",
    on: "touch",
    node: toggler,
    act: (p) => p.locator(".pl-toggler").tap(),
    expected: [event("toggle", false)],
  },
  {
    name: "toggler: Space",
    node: toggler,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "Space");
    },
    expected: [event("toggle", false)],
  },
  {
    name: "pick_list: mouse",
    node: pick,
    act: async (p) => {
      await p.locator(".pl-pick").click();
      await p.getByRole("option", { name: "Cherry" }).click();
    },
    expected: [event("open"), event("select", "Cherry")],
  },
  {
    name: "pick_list: tap",
    on: "touch",
    node: pick,
    act: async (p) => {
      await p.locator(".pl-pick").tap();
      await p.getByRole("option", { name: "Cherry" }).tap();
    },
    expected: [event("open"), event("select", "Cherry")],
  },
  {
    name: "pick_list: a press on the control closes",
    node: pick,
    act: async (p) => {
      await p.locator(".pl-pick").click();
      await p.locator(".pl-pick").click();
    },
    expected: [event("open"), event("close")],
  },
  {
    name: "pick_list: a press outside closes",
    node: pick,
    act: async (p) => {
      await p.locator(".pl-pick").click();
      await p.mouse.click(600, 500);
    },
    expected: [event("open"), event("close")],
  },
  {
    name: "pick_list: arrows wrap, Enter chooses",
    node: pick,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "ArrowDown", "ArrowDown", "ArrowDown", "Enter");
    },
    expected: [event("open"), event("select", "Apple")],
  },
  {
    name: "pick_list: Home, End and Space",
    node: pick,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "Space", "Home", "End", "Space");
    },
    expected: [event("open"), event("select", "Cherry")],
  },
  {
    name: "pick_list: typing finds",
    node: pick,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "c", "Enter");
    },
    expected: [event("open"), event("select", "Cherry")],
  },
  {
    name: "pick_list: Escape closes without a word",
    node: pick,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "Enter", "Escape");
    },
    expected: [event("open")],
  },
  {
    name: "pick_list: Ctrl and wheel",
    node: pick,
    act: async (p) => {
      await p.locator(".pl-pick").hover();
      await p.keyboard.down("Control");
      await p.mouse.wheel(0, 100);
      await p.keyboard.up("Control");
      await p.waitForTimeout(100);
    },
    expected: [event("select", "Cherry")],
  },
  {
    name: "pick_list: disabled",
    node: node("pick_list", { options, disabled: true, on_open: true }),
    act: async (p) => {
      await p.locator(".pl-pick").click({ force: true });
      await focusFirst(p);
      await press(p, "Enter");
    },
    expected: [],
  },
  {
    name: "rich_text: click on a link",
    node: link,
    act: (p) => p.getByRole("link").click(),
    expected: [event("link_click", { link: "https://example.org" })],
  },
  {
    name: "rich_text: tap on a link",
    on: "touch",
    node: link,
    act: (p) => p.getByRole("link").tap(),
    expected: [event("link_click", { link: "https://example.org" })],
  },
  {
    name: "rich_text: Enter on a link",
    node: link,
    act: async (p) => {
      await focusFirst(p);
      await press(p, "Enter");
    },
    expected: [event("link_click", { link: "https://example.org" })],
  },
  {
    name: "rich_text: pressed on the link, released beside it",
    node: link,
    act: async (p) => {
      await p.getByRole("link").hover();
      await p.mouse.down();
      await p.mouse.move(600, 400);
      await p.mouse.up();
    },
    expected: [],
  },
  {
    name: "text_input: typing and Enter with on_submit",
    node: node("text_input", { value: "", on_submit: true }),
    act: async (p) => {
      await p.locator("input").click();
      await p.keyboard.type("ab");
      await press(p, "Enter");
    },
    expected: [event("input", "a"), event("input", "ab"), event("submit", "ab")],
  },
  {
    name: "text_input: Enter without on_submit",
    node: node("text_input", { value: "x" }),
    act: async (p) => {
      await p.locator("input").click();
      await press(p, "Enter");
    },
    expected: [],
  },
  {
    name: "text_input: a press on the padding focuses",
    node: node("text_input", { value: "", padding: 20 }),
    act: async (p) => {
      await p.locator(".pl-field").click({ position: { x: 5, y: 5 } });
      await p.keyboard.type("a");
    },
    expected: [event("input", "a")],
  },
  {
    name: "text_input: paste with on_paste replaces input",
    node: node("text_input", { value: "", on_paste: true }),
    act: async (p) => {
      await p.locator("input").click();
      await p.keyboard.type("ab");
      await press(p, "ControlOrMeta+a", "ControlOrMeta+c", "End", "ControlOrMeta+v");
    },
    expected: [event("input", "a"), event("input", "ab"), event("paste", "abab")],
  },
  {
    name: "text_input: disabled",
    node: node("text_input", { value: "", disabled: true }),
    act: async (p) => {
      await p.locator(".pl-field").click({ force: true });
      await p.keyboard.type("a");
    },
    expected: [],
  },
  {
    name: "text_editor: Enter is a line break, paste follows input",
    node: node("text_editor", { content: "", on_paste: true }),
    act: async (p) => {
      await p.locator("textarea").click();
      await press(p, "a", "Enter", "b", "Home", "Shift+End", "ControlOrMeta+c", "End", "ControlOrMeta+v");
    },
    expected: [
      event("input", "a"),
      event("input", "a\n"),
      event("input", "a\nb"),
      event("input", "a\nbb"),
      event("paste", "b"),
    ],
  },
];

describe("events", () => {
  test.each(cases)("$name", async ({ node: shown, act, expected, on }) => {
    const page = on === "touch" ? touch : mouse;
    await show(page, shown);
    await act(page);
    expect(await take(page)).toEqual(expected);
    await page.mouse.up();
  });
});

describe("key rules of an editor", () => {
  const rules: WireValue = [
    { key: "s", modifiers: ["ctrl"], binding: { custom: "save" } },
    { named: "Tab", binding: { insert: "\t" } },
    { key: "w", modifiers: ["ctrl"], binding: { sequence: ["select_all", "delete"] } },
    {
      named: "ArrowUp",
      modifiers: ["alt"],
      binding: { sequence: [{ move: "document_start" }, { select: "word_right" }] },
    },
    { binding: "default" },
  ];

  test.each([
    ["plain", {}, "textarea"],
    ["highlighting", { highlight_syntax: "js" }, ".cm-content"],
  ] as const)("act in the %s one, and what no rule allows does nothing", async (_, extra, selector) => {
    await show(mouse, node("text_editor", { content: "", key_bindings: rules, ...extra }));
    await mouse.locator(selector).click();
    await mouse.keyboard.type("ab c");
    await press(mouse, "Control+s", "Tab", "Shift+X", "Alt+ArrowUp", "z", "Control+w");
    const values = (await take(mouse)).map((one) => (one.family === "input" ? one.value : one));
    expect(values).toEqual(["a", "ab", "ab ", "ab c", event("key_binding", "save"), "ab c\t", "z c\t", ""]);
  });
});

describe("status", () => {
  test("a button tells hovered, pressed, focused and active in that order", async () => {
    await show(mouse, button);
    await mouse.locator(".pl-button").hover();
    await mouse.mouse.down();
    await mouse.mouse.up();
    await mouse.mouse.move(600, 500);
    await press(mouse, "Escape");
    expect(await statuses(mouse)).toEqual(["hovered", "pressed", "focused", "active"]);
  });

  test("a pick list tells that it is open", async () => {
    await show(mouse, pick);
    await focusFirst(mouse);
    await press(mouse, "Enter", "Escape", "Escape");
    expect(await statuses(mouse)).toEqual(["focused", "opened", "focused", "active"]);
  });

  test("a field tells that it was disabled", async () => {
    await show(mouse, node("text_input", { value: "" }));
    await mouse.evaluate(() => window.widgets.change(0, { disabled: true }));
    expect(await statuses(mouse)).toEqual(["disabled"]);
  });
});

describe("operations on text", () => {
  test.each([
    ["select_all", null, [0, 5]],
    ["move_cursor_to_front", null, [0, 0]],
    ["move_cursor_to_end", null, [5, 5]],
    ["move_cursor_to", 2, [3, 3]],
    ["move_cursor_to", { position: 1 }, [2, 2]],
    ["select_range", { start_pos: 1, end_pos: 3 }, [2, 4]],
    ["select_range", { start: 0, end: 1 }, [0, 2]],
  ] as const)("%s %j counts what a reader sees", async (name, value, expected) => {
    await show(mouse, node("text_input", { value: "😀abc" }));
    await mouse.evaluate(([op, operand]) => window.widgets.perform(op, "w", operand), [name, value] as const);
    const range = await mouse
      .locator("input")
      .evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]);
    expect(range).toEqual(expected);
  });
});

describe("looks and sizes", () => {
  const box = async (selector: string) => {
    const found = await mouse.locator(selector).first().boundingBox();
    if (found === null) throw new Error(`${selector} is not shown.`);
    return found;
  };

  test("default metrics are those of the toolkit", async () => {
    await show(mouse, button);
    expect((await box(".pl-button")).height).toBeCloseTo(16 * 1.3 + 10, 0);
    await show(mouse, checkbox);
    expect(await box(".pl-check-box")).toMatchObject({ width: 16, height: 16 });
    await show(mouse, toggler);
    expect(await box(".pl-toggler-track")).toMatchObject({ width: 32, height: 16 });
    await show(mouse, node("progress_bar", { value: 50 }));
    expect(await box(".pl-progress")).toMatchObject({ width: 768, height: 30 });
    expect((await box(".pl-progress>div")).width).toBe(384);
    await show(mouse, node("rule"));
    expect(await box(".pl-rule")).toMatchObject({ width: 768, height: 1 });
    await show(mouse, node("text_input", { value: "" }));
    expect((await box(".pl-field")).height).toBeCloseTo(16 * 1.3 + 10, 0);
  });

  test("a pick list is as wide as its widest option, whatever is selected", async () => {
    const long = ["a", "a rather long option", "b"];
    await show(mouse, node("pick_list", { options: long, selected: "a" }));
    const narrow = (await box(".pl-pick")).width;
    await mouse.evaluate(() => window.widgets.change(0, { selected: "a rather long option" }));
    expect((await box(".pl-pick")).width).toBe(narrow);
    const clipped = await mouse.locator(".pl-pick-value").evaluate((value) => value.scrollWidth > value.clientWidth);
    expect(clipped).toBe(false);
  });

  test("a long menu scrolls inside its menu_height and shows what is highlighted", async () => {
    const many = Array.from({ length: 500 }, (_, index) => `Option ${index}`);
    await show(mouse, node("pick_list", { options: many, selected: "Option 400", menu_height: 200 }));
    await mouse.locator(".pl-pick").click();
    expect((await box(".pl-menu")).height).toBeLessThanOrEqual(200);
    await expect.poll(() => mouse.getByRole("option", { name: "Option 400", exact: true }).isVisible()).toBe(true);
    const menu = await box(".pl-menu");
    const row = await box(".pl-current");
    expect(row.y).toBeGreaterThanOrEqual(menu.y - 1);
    expect(row.y + row.height).toBeLessThanOrEqual(menu.y + menu.height + 1);
    await press(mouse, "Escape");
  });

  test("a shrinking editor grows with its text up to max_height", async () => {
    await show(mouse, node("text_editor", { content: "", max_height: 100 }));
    const empty = (await box(".pl-field")).height;
    await mouse.locator("textarea").fill("a\nb\nc");
    const three = (await box(".pl-field")).height;
    expect(three - empty).toBeCloseTo(2 * 16 * 1.3, 0);
    await mouse.locator("textarea").fill("a\n".repeat(20));
    expect((await box(".pl-field")).height).toBe(100);
  });
});

describe("tooltip", () => {
  const tip = (props: WireProps): WireNode => ({
    id: "t",
    type: "tooltip",
    props: { tip: "Saves the file", style: "dark", ...props },
    children: [button],
  });
  const shown = () => mouse.getByRole("tooltip").isVisible();

  test("shows after its delay and hides on leaving", async () => {
    await show(mouse, tip({ delay: 150 }));
    await mouse.locator(".pl-button").hover();
    expect(await shown()).toBe(false);
    await expect.poll(shown).toBe(true);
    await mouse.mouse.move(700, 500);
    await expect.poll(shown).toBe(false);
  });

  test("shows at once for the keyboard and hides on Escape and on blur", async () => {
    await show(mouse, tip({ delay: 5000, position: "bottom" }));
    await focusFirst(mouse);
    expect(await shown()).toBe(true);
    await press(mouse, "Escape");
    expect(await shown()).toBe(false);
  });

  test("follows the pointer", async () => {
    await show(mouse, tip({ position: "follow_cursor" }));
    await mouse.locator(".pl-button").hover();
    const before = await mouse.locator(".pl-tip").boundingBox();
    await mouse.mouse.move((before?.x ?? 0) + 8, (before?.y ?? 0) - 10);
    const after = await mouse.locator(".pl-tip").boundingBox();
    expect(after?.x).not.toBe(before?.x);
  });
});
