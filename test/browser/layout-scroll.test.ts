import type { CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { boxes, launchDom, node, settled, show, take, windowNode } from "./support/dom-harness.ts";

// Inside the page; the test's own globals know nothing of it.
declare const document: Document;

let browser: TestBrowser;
let mouse: Page;
let touch: Page;
let session: CDPSession;

beforeAll(async () => {
  browser = await launchDom();
  mouse = await browser.open();
  touch = await browser.open({ hasTouch: true });
  session = await touch.context().newCDPSession(touch);
});
afterAll(() => browser.close());

async function top(): Promise<number> {
  const [content] = await boxes(mouse, '[data-id="content"]');
  return -(content?.y ?? 0);
}

async function list(props: WireProps): Promise<void> {
  await show(mouse, null);
  const content = node("container", { id: "content", width: 50, height: 5000 });
  await show(mouse, windowNode({}, [node("scrollable", { id: "list", width: 200, height: 180, ...props }, [content])]));
}

/** A press of the middle button in the middle of the list, and the pointer so far below it. */
async function press(distance: number): Promise<void> {
  await mouse.mouse.move(100, 90);
  await mouse.mouse.click(100, 90, { button: "middle" });
  await settled(mouse);
  await mouse.mouse.move(100, 90 + distance);
}

const isRunning = (): Promise<boolean> => mouse.locator(".pl-auto-mark").isVisible();

describe("auto_scroll", () => {
  beforeEach(() => mouse.mouse.move(299, 199));

  test("goes on by itself after a press of the middle button, the way the pointer went", async () => {
    await list({ auto_scroll: true });
    await press(60);
    await expect.poll(top).toBeGreaterThan(50);
    const before = await top();
    await mouse.mouse.move(100, 30);
    await expect.poll(top).toBeLessThan(before);
    await mouse.keyboard.press("Escape");
    expect(await isRunning()).toBe(false);
  });

  test("stands still while the pointer is near the press", async () => {
    await list({ auto_scroll: true });
    await press(15);
    await mouse.waitForTimeout(120);
    expect(await isRunning()).toBe(true);
    expect(await top()).toBeCloseTo(0);
  });

  test.each([
    ["a button", () => mouse.mouse.click(100, 120)],
    ["the middle button again", () => mouse.mouse.click(100, 120, { button: "middle" })],
    ["Escape", () => mouse.keyboard.press("Escape")],
    ["the wheel", () => mouse.mouse.wheel(0, 1)],
  ])("ends with %s", async (_, act) => {
    await list({ auto_scroll: true });
    await press(50);
    await expect.poll(top).toBeGreaterThan(5);
    await act();
    await expect.poll(isRunning).toBe(false);
    const stopped = await top();
    await mouse.waitForTimeout(80);
    expect(Math.abs((await top()) - stopped)).toBeLessThanOrEqual(1);
  });

  test("the press that ends it does nothing else", async () => {
    await show(mouse, null);
    const content = node("column", { width: "fill" }, [
      node("container", { width: 50, height: 100 }),
      node("button", { id: "b", label: "press", width: 200, height: 3000 }),
    ]);
    await show(mouse, windowNode({}, [node("scrollable", { width: 200, height: 180, auto_scroll: true }, [content])]));
    await mouse.mouse.click(100, 50, { button: "middle" });
    await settled(mouse);
    await take(mouse);
    await mouse.mouse.move(100, 150);
    await mouse.mouse.down();
    await mouse.mouse.move(299, 199);
    await mouse.mouse.up();
    expect((await take(mouse)).filter(({ family }) => family === "click")).toEqual([]);
    expect(await isRunning()).toBe(false);
  });

  test.each([
    ["without the prop", {}],
    ["without anything to scroll", { auto_scroll: true, height: "shrink", width: "shrink", direction: "horizontal" }],
  ])("does not start %s", async (_, props) => {
    await list(props);
    await mouse.mouse.click(20, 20, { button: "middle" });
    await settled(mouse);
    expect(await isRunning()).toBe(false);
  });

  test("a press that is taken back before anything is loaded starts nothing", async () => {
    const page = await browser.open();
    const content = node("container", { width: 50, height: 5000 });
    const tree = windowNode({}, [node("scrollable", { width: 200, height: 180, auto_scroll: true }, [content])]);
    await show(page, tree);
    const prevented = await page.evaluate(() => {
      const port = document.querySelector(".pl-scroll-port");
      const at = { clientX: 100, clientY: 90, isPrimary: true, bubbles: true, cancelable: true, pointerType: "mouse" };
      const middle = new PointerEvent("pointerdown", { ...at, button: 1 });
      const native = new MouseEvent("mousedown", { ...at, button: 1 });
      for (const event of [middle, native, new PointerEvent("pointerdown", { ...at, button: 0 })]) {
        port?.dispatchEvent(event);
      }
      return [middle.defaultPrevented, native.defaultPrevented];
    });
    expect(prevented).toEqual([true, true]);
    await settled(page);
    expect(await page.locator(".pl-auto-mark").count()).toBe(0);
    await page.context().close();
  });

  test("content that grows stays where it is", async () => {
    await list({ auto_scroll: true });
    await mouse.mouse.move(100, 90);
    await mouse.mouse.wheel(0, 10_000);
    await expect.poll(top).toBe(4820);
    const content = node("container", { id: "content", width: 50, height: 6000 });
    const root = node("scrollable", { id: "list", width: 200, height: 180, auto_scroll: true }, [content]);
    await show(mouse, windowNode({}, [root]));
    await mouse.waitForTimeout(50);
    expect(await top()).toBe(4820);
  });
});

describe("controls under a finger", () => {
  const controls = [
    ["checkbox", { label: "x" }, "toggle"],
    ["toggler", { label: "x" }, "toggle"],
    ["radio", { value: "x", label: "x" }, "select"],
  ] as const;

  async function finger(type: "touchStart" | "touchMove" | "touchEnd", y?: number): Promise<void> {
    await session.send("Input.dispatchTouchEvent", { type, touchPoints: y === undefined ? [] : [{ x: 25, y }] });
  }
  async function families(): Promise<readonly string[]> {
    return (await take(touch))
      .filter(({ channel, family }) => channel === "widget" && family !== "status")
      .map(({ family }) => family);
  }
  async function control(type: string, props: WireProps): Promise<void> {
    await show(touch, null);
    const content = node("column", { id: "content", padding: 20 }, [
      node(type, { ...props, id: "w" }),
      node("space", { width: 10, height: 900 }),
    ]);
    await show(touch, windowNode({}, [node("scrollable", { width: "fill", height: "fill" }, [content])]));
    await take(touch);
  }

  test.each(controls)("%s: acts on the tap, not when the finger comes down", async (type, props, family) => {
    await control(type, props);
    await finger("touchStart", 30);
    expect(await families()).toEqual([]);
    await finger("touchEnd");
    await expect.poll(families).toEqual([family]);
  });

  test.each(controls)("%s: scrolling with a finger on it is no tap", async (type, props) => {
    await control(type, props);
    await finger("touchStart", 30);
    for (const y of [25, 10, 0, -20, -40]) await finger("touchMove", y);
    await finger("touchEnd");
    await expect.poll(async () => (await boxes(touch, '[data-id="content"]'))[0]?.y ?? 0).toBeLessThan(0);
    expect(await families()).toEqual([]);
  });
});
