import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import {
  changeFirst as change,
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

const node = (type: string, props: WireProps = {}): WireNode => {
  const { id, ...rest } = props;
  return { id: typeof id === "string" ? id : "w", type, props: rest, children: [] };
};

const valueNow = (page: Page): Promise<string | null> => page.locator(".pl-slider").getAttribute("aria-valuenow");

/** Where the handle's middle is for a value, with a handle of radius 7 and a slider from 16 on, 314 px long. */
const SLIDER_WIDTH = 314;
const at = (ratio: number): number => 16 + 7 + ratio * (SLIDER_WIDTH - 14);
const slider = (props: WireProps = {}): WireNode => node("slider", { value: 50, width: SLIDER_WIDTH, ...props });
const ROW = 16 + 8;
const options = ["Apple", "Apricot", "Banana", "Red cherry"];
const combo = (props: WireProps = {}): WireNode =>
  node("combo_box", { options, on_open: true, on_close: true, on_option_hovered: true, ...props });
const radios = ["s", "m", "l"].map((value) =>
  node("radio", { id: value, value, label: `Size ${value}`, selected: "m", group: "size" }),
);

interface Case {
  readonly name: string;
  readonly nodes: readonly WireNode[];
  readonly act: (page: Page) => Promise<void>;
  readonly expected: readonly Reported[];
  readonly on?: "touch";
}

const cases: readonly Case[] = [
  {
    name: "slider: a press jumps there, dragging slides, the release says the last value",
    nodes: [slider()],
    act: async (p) => {
      await p.mouse.move(at(0.2), ROW);
      await p.mouse.down();
      await p.mouse.move(at(0.301), ROW + 200);
      await p.mouse.move(at(0.302), ROW + 200);
      await p.mouse.move(at(2), ROW);
      await p.mouse.up();
    },
    expected: [event("slide", 20), event("slide", 30), event("slide", 100), event("slide_release", 100)],
  },
  {
    name: "slider: tap",
    on: "touch",
    nodes: [slider()],
    act: (p) => p.touchscreen.tap(at(0.9), ROW),
    expected: [event("slide", 90), event("slide_release", 90)],
  },
  {
    name: "slider: keys",
    nodes: [slider({ step: 2, shift_step: 0.5 })],
    act: (p) =>
      press(p, "Tab", "ArrowUp", "ArrowRight", "ArrowDown", "Shift+ArrowLeft", "PageUp", "Home", "End", "End"),
    expected: [52, 54, 52, 51.5, 70, 0, 100].map((value) => event("slide", value)),
  },
  {
    name: "slider: keys count without focus when the pointer is over it",
    nodes: [slider()],
    act: async (p) => {
      await p.mouse.move(at(0.1), ROW);
      await press(p, "PageDown");
    },
    expected: [event("slide", 40)],
  },
  {
    name: "slider: wheel with Ctrl only",
    nodes: [slider({ step: 5 })],
    act: async (p) => {
      await p.mouse.move(at(0.1), ROW);
      await p.mouse.wheel(0, -100);
      await p.keyboard.down("Control");
      await p.mouse.wheel(0, -100);
      await p.mouse.wheel(0, 100);
      await p.keyboard.up("Control");
      await p.waitForFunction(() => document.querySelector('.pl-slider[aria-valuenow="50"]') !== null);
    },
    expected: [event("slide", 55), event("slide", 50)],
  },
  {
    name: "slider: Ctrl and a press bring back the default",
    nodes: [slider({ default: 25 })],
    act: (p) => p.locator(".pl-slider").click({ modifiers: ["Control"] }),
    expected: [event("slide", 25)],
  },
  {
    name: "slider: a double click brings back the default",
    nodes: [slider({ default: 25 })],
    act: (p) => p.mouse.dblclick(at(0.8), ROW),
    expected: [
      event("slide", 80),
      event("slide_release", 80),
      event("slide_release", 80),
      event("slide", 25),
      event("slide_release", 25),
    ],
  },
  {
    name: "slider: other buttons do nothing",
    nodes: [slider()],
    act: (p) => p.mouse.click(at(0.8), ROW, { button: "right" }),
    expected: [],
  },
  {
    name: "slider: a range upside down, keyboard_step for everything, the focus by mnemonic",
    nodes: [slider({ range: [10, -10], value: 0, keyboard_step: 5, mnemonic: "v" })],
    act: async (p) => {
      await press(p, "Alt+v", "ArrowRight");
      await p.mouse.click(at(0.1), ROW);
    },
    expected: [event("slide", 5), event("slide", -10), event("slide_release", -10)],
  },
  {
    name: "vertical_slider: the start is at the bottom",
    nodes: [node("vertical_slider", { height: SLIDER_WIDTH })],
    act: async (p) => {
      await p.mouse.move(ROW, 16 + 7 + 0.25 * 300);
      await p.mouse.down();
      await p.mouse.move(400, 16 + 7 + 300);
      await p.mouse.up();
      await press(p, "ArrowUp");
    },
    expected: [event("slide", 75), event("slide", 0), event("slide_release", 0), event("slide", 1)],
  },
  {
    name: "radio: a press on the label speaks for the group",
    nodes: radios,
    act: (p) => p.getByText("Size l").click(),
    expected: [event("select", "l", "size")],
  },
  {
    name: "radio: without a group it speaks for itself, and shows its value",
    nodes: [node("radio", { value: "plain" })],
    act: (p) => p.getByText("plain").click(),
    expected: [event("select", "plain")],
  },
  {
    name: "radio: tap",
    on: "touch",
    nodes: radios,
    act: (p) => p.getByText("Size s").tap(),
    expected: [event("select", "s", "size")],
  },
  {
    name: "radio: every one is a tab stop, Space chooses",
    nodes: radios,
    act: (p) => press(p, "Tab", "Tab", "Tab", "Space"),
    expected: [event("select", "l", "size")],
  },
  {
    name: "radio: arrow keys go round the group and choose",
    nodes: [...radios, node("radio", { id: "other", value: "x", group: "elsewhere" })],
    act: (p) => press(p, "Tab", "ArrowDown", "ArrowRight", "ArrowDown", "ArrowUp"),
    expected: ["m", "l", "s", "l"].map((value) => event("select", value, "size")),
  },
  {
    name: "radio: a group that the app's side has listed",
    nodes: ["a", "b"].map((id) => node("radio", { id, value: id, a11y: { radio_group: ["b", "a", "gone"] } })),
    act: (p) => press(p, "Tab", "ArrowUp", "ArrowUp"),
    expected: [event("select", "b", "b"), event("select", "a", "a")],
  },
  {
    name: "combo_box: typing filters, Enter accepts what is highlighted",
    nodes: [combo()],
    act: async (p) => {
      await press(p, "Tab");
      await p.keyboard.type("ap");
      await press(p, "ArrowDown", "Enter");
    },
    expected: [
      event("open"),
      event("input", "a"),
      event("option_hovered", "Apple"),
      event("input", "ap"),
      event("option_hovered", "Apricot"),
      event("select", "Apricot"),
      event("close"),
    ],
  },
  {
    name: "combo_box: Tab accepts and stays, the second one moves on",
    nodes: [combo({ on_option_hovered: false, on_open: false }), node("button", { label: "Next", id: "next" })],
    act: (p) => press(p, "Tab", "c", "Tab", "Tab", "Enter"),
    expected: [event("input", "c"), event("select", "Apricot"), event("close"), event("click", undefined, "next")],
  },
  {
    name: "combo_box: passing through by Tab chooses nothing",
    nodes: [combo({ selected: "Banana" }), node("button", { label: "Next", id: "next" })],
    act: (p) => press(p, "Tab", "Tab", "Enter"),
    expected: [event("open"), event("close"), event("click", undefined, "next")],
  },
  {
    name: "combo_box: Escape closes and keeps the focus, a key opens again where the selection is",
    nodes: [combo({ selected: "Banana" })],
    act: (p) => press(p, "Tab", "Escape", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp"),
    expected: [
      event("open"),
      event("close"),
      event("open"),
      event("option_hovered", "Red cherry"),
      event("option_hovered", "Apple"),
      event("option_hovered", "Red cherry"),
    ],
  },
  {
    name: "combo_box: the pointer highlights and chooses, then the field is left",
    nodes: [combo()],
    act: async (p) => {
      await p.locator("input").click();
      await p.getByRole("option", { name: "Banana" }).click();
      await p.keyboard.type("x");
    },
    expected: [event("open"), event("option_hovered", "Banana"), event("select", "Banana"), event("close")],
  },
  {
    name: "combo_box: tap",
    on: "touch",
    nodes: [combo({ on_option_hovered: false })],
    act: async (p) => {
      await p.locator("input").tap();
      await p.getByRole("option", { name: "Banana" }).tap();
    },
    expected: [event("open"), event("select", "Banana"), event("close")],
  },
  {
    name: "combo_box: a press outside closes",
    nodes: [combo({ on_option_hovered: false })],
    act: async (p) => {
      await p.locator("input").click();
      await p.mouse.click(600, 500);
    },
    expected: [event("open"), event("close")],
  },
  {
    name: "combo_box: disabled",
    nodes: [combo({ disabled: true })],
    act: async (p) => {
      await p.locator(".pl-combo").click({ force: true });
      await press(p, "Tab", "a", "Enter");
    },
    expected: [],
  },
];

describe("events", () => {
  test.each(cases)("$name", async ({ nodes, act, expected, on }) => {
    const page = on === "touch" ? touch : mouse;
    await show(page, ...nodes);
    await act(page);
    expect(await take(page)).toEqual(expected);
    await page.mouse.up();
  });
});

describe("slider", () => {
  const parts = (page: Page): Promise<readonly (readonly number[])[]> =>
    page.evaluate(() =>
      ["rail", "fill", "handle"].map((part) => {
        const rect = document.querySelector(`.pl-slider-${part}`)?.getBoundingClientRect();
        return rect === undefined ? [] : [rect.x, rect.y, rect.width, rect.height];
      }),
    );

  test("is laid out by value, rail width and handle radius", async () => {
    await show(mouse, slider({ value: 25 }));
    expect(await parts(mouse)).toEqual([
      [16, 22, 314, 4],
      [16, 22, 82, 4],
      [91, 17, 14, 14],
    ]);
    await change(mouse, { circular_handle: true, handle_radius: 12, rail_width: 10, height: 40, value: 100 });
    expect(await parts(mouse)).toEqual([
      [16, 31, 314, 10],
      [16, 31, 302, 10],
      [306, 24, 24, 24],
    ]);
  });

  test("stands upright with its start at the bottom", async () => {
    await show(mouse, node("vertical_slider", { value: 25, height: 314, width: 20 }));
    expect(await parts(mouse)).toEqual([
      [24, 16, 4, 314],
      [24, 248, 4, 82],
      [19, 241, 14, 14],
    ]);
  });

  test("fills the room there is", async () => {
    await show(mouse, node("slider"));
    expect((await mouse.locator(".pl-slider").boundingBox())?.width).toBe(800 - 32);
  });

  test("takes colors from the style, and none with a handle of its own", async () => {
    const handle = (): Promise<string> =>
      mouse.locator(".pl-slider-handle").evaluate((element) => getComputedStyle(element).backgroundColor);
    await show(mouse, slider({ style: { background: "#ff0000" }, rail_color: "#00ff00" }));
    expect(await handle()).toBe("rgb(255, 0, 0)");
    const rail = mouse.locator(".pl-slider-rail, .pl-slider-fill");
    const colors = await rail.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(colors).toEqual(["rgb(0, 255, 0)", "rgb(0, 255, 0)"]);
    await change(mouse, { circular_handle: true });
    expect(await handle()).not.toBe("rgb(255, 0, 0)");
  });

  test("shows the dragged value until the app has answered, then the app's", async () => {
    await show(mouse, slider());
    await mouse.mouse.move(at(0.2), ROW);
    await mouse.mouse.down();
    await change(mouse, { value: 40 });
    expect(await valueNow(mouse)).toBe("20");
    await mouse.mouse.up();
    await change(mouse, { value: 20 });
    expect(await valueNow(mouse)).toBe("20");
    await change(mouse, { value: 70 });
    expect(await valueNow(mouse)).toBe("70");
  });

  test("goes back when the app refuses the value", async () => {
    await show(mouse, slider());
    await mouse.mouse.click(at(0.2), ROW);
    expect(await valueNow(mouse)).toBe("20");
    await mouse.waitForFunction(() => document.querySelector('.pl-slider[aria-valuenow="50"]') !== null);
  });

  test("reports its status", async () => {
    await show(mouse, slider());
    await mouse.mouse.move(at(0.2), ROW);
    await mouse.mouse.down();
    expect(await mouse.locator(".pl-slider").getAttribute("aria-busy")).toBe("true");
    await mouse.mouse.up();
    expect(await mouse.locator(".pl-slider").getAttribute("aria-busy")).toBeNull();
    await press(mouse, "Escape");
    await mouse.mouse.move(700, 500);
    expect(await statuses(mouse)).toEqual(["hovered", "dragged", "focused", "hovered", "active"]);
  });

  test("a finger that scrolls changes nothing, one that slides does", async () => {
    const session = await touch.context().newCDPSession(touch);
    const swipe = async (toX: number, toY: number): Promise<readonly Reported[]> => {
      await show(touch, {
        ...node("scrollable", { id: "view", width: "fill", height: "fill" }),
        children: [
          { ...node("column", { id: "column" }), children: [slider(), node("space", { id: "tall", height: 2000 })] },
        ],
      });
      const steps = [0, 0.25, 0.5, 0.75, 1].map((share) => ({
        x: at(0.9) + share * (toX - at(0.9)),
        y: ROW + share * (toY - ROW),
      }));
      for (const [index, point] of steps.entries()) {
        const type = index === 0 ? "touchStart" : "touchMove";
        await session.send("Input.dispatchTouchEvent", { type, touchPoints: [point] });
      }
      await session.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      return take(touch);
    };
    expect(await swipe(at(0.9), ROW + 200)).toEqual([]);
    expect(await valueNow(touch)).toBe("50");
    const events = await swipe(at(0.1), ROW);
    expect(events.slice(-2)).toEqual([event("slide", 10), event("slide_release", 10)]);
  });
});

describe("combo_box", () => {
  const input = (): ReturnType<Page["locator"]> => mouse.locator("input");
  const offered = (): Promise<string[]> => mouse.getByRole("option").allTextContents();

  test("shows the selection while nobody types, and keeps what was typed", async () => {
    await show(mouse, combo({ selected: "Banana", placeholder: "Fruit" }));
    expect(await input().inputValue()).toBe("Banana");
    await input().click();
    expect(await input().inputValue()).toBe("");
    expect(await input().getAttribute("placeholder")).toBe("Banana");
    await mouse.keyboard.type("re ch");
    expect(await offered()).toEqual(["Red cherry"]);
    await mouse.mouse.click(600, 500);
    expect(await input().inputValue()).toBe("Banana");
    await input().click();
    expect(await input().inputValue()).toBe("re ch");
  });

  test("shortens the selection where the app says", async () => {
    await show(mouse, combo({ width: 100, selected: "A long name of a fruit", ellipsis: "middle" }));
    const short = mouse.locator(".pl-combo-short");
    const [head, tail] = await short
      .locator("span")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()));
    expect(tail?.x).toBeCloseTo(head?.right ?? 0, 0);
    expect(tail?.right).toBeLessThanOrEqual(16 + 100 - 5);
    expect(await short.textContent()).toBe("A long name of a fruit");
    await input().click();
    expect(await short.isVisible()).toBe(false);
    await change(mouse, { ellipsis: "end" });
    await press(mouse, "Tab");
    expect(await short.isVisible()).toBe(false);
    expect(await input().evaluate((one) => getComputedStyle(one).textOverflow)).toBe("ellipsis");
  });

  test("has no menu without a match, and a new list starts anew", async () => {
    await show(mouse, combo());
    await input().click();
    await mouse.keyboard.type("zz");
    expect(await mouse.getByRole("listbox").count()).toBe(0);
    await change(mouse, { options: [...options] });
    expect(await input().inputValue()).toBe("zz");
    await change(mouse, { options: ["Zebra", "Zoo"] });
    expect(await input().inputValue()).toBe("");
    expect(await offered()).toEqual(["Zebra", "Zoo"]);
  });

  test("offers everything again after an option was accepted", async () => {
    await show(mouse, combo());
    await press(mouse, "Tab", "b", "Enter");
    expect(await input().inputValue()).toBe("Banana");
    await press(mouse, "ArrowDown");
    expect(await offered()).toEqual(options);
  });

  test("the menu is as wide as the field and no higher than menu_height", async () => {
    await show(mouse, combo({ width: 240, menu_height: 60 }));
    await input().click();
    const field = await mouse.locator(".pl-combo").boundingBox();
    const menu = await mouse.getByRole("listbox").boundingBox();
    expect(menu).toEqual({ x: field?.x, y: (field?.y ?? 0) + (field?.height ?? 0) + 4, width: 240, height: 60 });
  });
});

describe("assistive technology", () => {
  test("learns values, groups and options", async () => {
    await show(
      mouse,
      slider({ label: "Volume", range: [0, 10], value: 4 }),
      node("vertical_slider", { id: "v", label: "Height", height: 60 }),
      ...radios,
      combo({ id: "c", selected: "Banana", a11y: { label: "Fruit" } }),
    );
    await input().click();
    await press(mouse, "ArrowDown");
    expect(await mouse.locator("body").ariaSnapshot()).toMatchInlineSnapshot(`
      "- slider "Volume"
      - slider "Height"
      - radio "Size s"
      - radio "Size m" [checked]
      - radio "Size l"
      - combobox "Fruit" [expanded]
      - listbox "Fruit":
        - option "Apple"
        - option "Apricot"
        - option "Banana" [selected]
        - option "Red cherry""
    `);
    const places = await mouse
      .getByRole("radio")
      .evaluateAll((all) => all.map((one) => `${one.ariaPosInSet}/${one.ariaSetSize}`));
    expect(places).toEqual(["1/3", "2/3", "3/3"]);
    const active = await input().getAttribute("aria-activedescendant");
    expect(await mouse.locator(`[id="${active}"]`).textContent()).toBe("Red cherry");
    expect(await input().getAttribute("aria-controls")).toBe(await mouse.getByRole("listbox").getAttribute("id"));
    expect(
      await mouse
        .getByRole("slider", { name: "Volume" })
        .evaluate((one) => [one.ariaValueMin, one.ariaValueMax, one.ariaValueNow, one.ariaOrientation]),
    ).toEqual(["0", "10", "4", "horizontal"]);
    expect(await mouse.getByRole("slider", { name: "Height" }).getAttribute("aria-orientation")).toBe("vertical");
  });
  const input = (): ReturnType<Page["locator"]> => mouse.locator("input");
});
