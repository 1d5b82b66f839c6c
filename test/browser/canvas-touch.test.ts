// Fingers and pens on interactive shapes, as Chromium's own touch input makes them.

import type { CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, settled, show, take, windowNode } from "./support/dom-harness.ts";

let browser: TestBrowser;
let page: Page;
let session: CDPSession;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 400, height: 300 }, hasTouch: true });
  session = await page.context().newCDPSession(page);
});
afterEach(() => page.context().close());

const NO_MODIFIERS = { shift: false, ctrl: false, alt: false, logo: false, command: false };

function canvas(props: WireProps, ...children: readonly WireNode[]): WireNode {
  return windowNode({}, [node("canvas", { id: "c", width: 200, height: 100, ...props }, children)]);
}
function element(id: string, x: number, props: WireProps): WireNode {
  return node("group", { id, a11y: { role: "button", label: id }, ...props }, [
    node("rect", { x, y: 0, w: 40, h: 40, fill: "#ff0000" }),
  ]);
}
const button = (id: string, x: number, props: WireProps = {}): WireNode => element(id, x, { on_click: true, ...props });
const handle = (id: string, x: number, props: WireProps = {}): WireNode =>
  element(id, x, { draggable: true, ...props });

type Finger = readonly [x: number, y: number, id?: number];

async function touch(type: "Start" | "Move" | "End" | "Cancel", ...fingers: readonly Finger[]): Promise<void> {
  await session.send("Input.dispatchTouchEvent", {
    type: `touch${type}`,
    touchPoints: fingers.map(([x, y, id = 1]) => ({ x, y, id })),
  });
}
async function pen(type: "mousePressed" | "mouseMoved" | "mouseReleased", x: number, y: number): Promise<void> {
  const isDown = type !== "mouseReleased";
  await session.send("Input.dispatchMouseEvent", {
    type,
    x,
    y,
    button: "left",
    buttons: isDown ? 1 : 0,
    clickCount: 1,
    pointerType: "pen",
  });
}
/** Widget events as they came, with finger ids by their order. */
async function events(): Promise<readonly unknown[]> {
  await settled(page);
  const fingers: unknown[] = [];
  return (await take(page))
    .filter(({ channel }) => channel === "widget")
    .map(({ family, id, value }) => {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return [family, id];
      const { finger, ...rest } = value as WireProps;
      if (finger === undefined) return [family, id, rest];
      if (!fingers.includes(finger)) fingers.push(finger);
      return [family, id, { ...rest, finger: fingers.indexOf(finger) }];
    });
}
const at = (x: number, y: number, more: WireProps = {}): WireProps => ({
  x,
  y,
  pointer: "touch",
  modifiers: NO_MODIFIERS,
  finger: 0,
  ...more,
});
const down = (x: number, y: number, more: WireProps = {}): WireProps => at(x, y, { button: "left", ...more });

describe("a finger", () => {
  test("taps an element: focus, then a click where it came up", async () => {
    await show(page, canvas({}, button("c/a", 0)));
    await settled(page);
    await touch("Start", [10, 10]);
    expect(await events()).toEqual([
      ["focused", "c"],
      ["focused", "c/a"],
    ]);
    await touch("End");
    expect(await events()).toEqual([["click", "c/a", { x: 10, y: 10, button: "left" }]]);
    await touch("Start", [12, 10]);
    await touch("End");
    // It has the focus already, so the canvas hears of the press.
    expect(await events()).toEqual([
      ["press", "c", down(12, 10)],
      ["click", "c/a", { x: 12, y: 10, button: "left" }],
    ]);
    expect(await page.locator(".pl-canvas-ring").isVisible()).toBe(false);
  });

  test("beside all elements presses, moves and releases the canvas", async () => {
    await show(page, canvas({ interactive: true }, button("c/a", 0)));
    await settled(page);
    await touch("Start", [60, 50]);
    await touch("Move", [90, 70]);
    await touch("End");
    expect(await events()).toEqual([
      ["focused", "c"],
      ["press", "c", down(60, 50)],
      ["move", "c", at(90, 70)],
      ["release", "c", down(90, 70)],
    ]);
  });

  test("hovers nothing: no enter, no exit, no tooltip, no style", async () => {
    await show(page, canvas({ interactive: true }, button("c/a", 0, { tooltip: "Tip" }), button("c/b", 60)));
    await settled(page);
    await touch("Start", [10, 10]);
    await touch("Move", [70, 10]);
    await touch("End");
    const families = (await events()).map((event) => (event as readonly string[])[0]);
    expect(families).toEqual(["focused", "focused", "move", "release"]);
    expect(await page.locator(".pl-canvas-tip").isVisible()).toBe(false);
  });

  test("that slides off clicks nothing", async () => {
    await show(page, canvas({}, button("c/a", 0)));
    await settled(page);
    await touch("Start", [10, 10]);
    await touch("Move", [10, 90]);
    await touch("Move", [10, 150]);
    await touch("End");
    const all = (await events()) as readonly (readonly string[])[];
    expect(all.filter(([family]) => family === "click" || family === "enter")).toEqual([]);
  });

  test("drags with its own steps, within the bounds, to the end", async () => {
    await show(page, canvas({}, handle("c/h", 0, { drag_axis: "x", drag_bounds: { min_x: 100, max_x: 20 } })));
    await settled(page);
    await touch("Start", [30, 10]);
    await touch("Move", [60, 30]);
    await touch("Move", [150, 20]);
    await touch("End");
    expect(await events()).toEqual([
      ["focused", "c"],
      ["focused", "c/h"],
      ["drag", "c/h", { x: 60, y: 30, delta_x: 30, delta_y: 0 }],
      ["drag", "c/h", { x: 100, y: 20, delta_x: 40, delta_y: 0 }],
      ["drag_end", "c/h", { x: 150, y: 20 }],
    ]);
  });

  test("that drags out of the canvas ends the drag there and does not begin it again", async () => {
    await show(page, canvas({}, handle("c/h", 0)));
    await settled(page);
    await touch("Start", [10, 10]);
    await touch("Move", [60, 30]);
    await touch("Move", [60, 130]);
    await touch("Move", [60, 30]);
    await touch("End");
    const all = await events();
    expect(all.slice(2, 4)).toEqual([
      ["drag", "c/h", { x: 60, y: 30, delta_x: 50, delta_y: 20 }],
      ["drag_end", "c/h", { x: 60, y: 130 }],
    ]);
    expect(all.slice(4)).toEqual([
      ["move", "c", at(60, 30)],
      ["release", "c", down(60, 30)],
    ]);
  });

  test("that the system takes away ends the drag, and no press is left over", async () => {
    await show(page, canvas({}, handle("c/h", 0), button("c/b", 60, { pressed_style: { fill: "#0000ff" } })));
    await settled(page);
    await touch("Start", [10, 10]);
    await touch("Move", [30, 30]);
    await touch("Cancel");
    expect((await events()).slice(2)).toEqual([
      ["drag", "c/h", { x: 30, y: 30, delta_x: 20, delta_y: 20 }],
      ["drag_end", "c/h", { x: 30, y: 30 }],
    ]);
    await touch("Start", [70, 10]);
    await touch("Cancel");
    expect(await events()).toEqual([
      ["blurred", "c/h"],
      ["focused", "c/b"],
    ]);
    expect(await pixel(70, 10)).toBe("ff0000ff");
    // Another finger finds everything as it was.
    await touch("Start", [70, 10]);
    await touch("End");
    expect(await events()).toEqual([
      ["press", "c", down(70, 10)],
      ["click", "c/b", { x: 70, y: 10, button: "left" }],
    ]);
  });

  test("a second one neither drags nor clicks; the canvas hears of it by its name", async () => {
    await show(page, canvas({ interactive: true }, handle("c/h", 0), button("c/b", 100)));
    await settled(page);
    await touch("Start", [10, 10, 1]);
    await touch("Start", [10, 10, 1], [110, 10, 2]);
    await touch("Move", [10, 10, 1], [120, 50, 2]);
    await touch("Move", [40, 10, 1], [120, 50, 2]);
    await touch("End", [40, 10, 1]);
    await touch("End");
    const all = await events();
    expect(all).toEqual([
      ["focused", "c"],
      ["focused", "c/h"],
      ["press", "c", down(110, 10, { finger: 0 })],
      ["move", "c", at(120, 50, { finger: 0 })],
      ["drag", "c/h", { x: 40, y: 10, delta_x: 30, delta_y: 0 }],
      ["drag_end", "c/h", { x: 40, y: 10 }],
      ["release", "c", down(120, 50, { finger: 0 })],
    ]);
  });

  test("finds elements in turned and cut groups", async () => {
    const turned = node(
      "group",
      {
        transforms: [
          { type: "translate", x: 100, y: 50 },
          { type: "rotate", angle: 90 },
        ],
        clip: { x: 0, y: 0, w: 20, h: 40 },
      },
      [button("c/a", 0)],
    );
    await show(page, canvas({}, turned));
    await settled(page);
    // The clip leaves 20 px downwards of what would be 40.
    await touch("Start", [80, 60]);
    await touch("End");
    expect(await events()).toContainEqual(["click", "c/a", { x: 80, y: 60, button: "left" }]);
    await touch("Start", [80, 75]);
    await touch("End");
    expect(await events()).toEqual([
      ["blurred", "c/a"],
      ["release", "c", down(80, 75)],
    ]);
  });
});

describe("a pen", () => {
  test("hovers, clicks and is named", async () => {
    await show(page, canvas({ interactive: true }, button("c/a", 0)));
    await settled(page);
    const where = (x: number, y: number, more: WireProps = {}): WireProps => ({
      x,
      y,
      pointer: "pen",
      modifiers: NO_MODIFIERS,
      ...more,
    });
    await session.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: 60, y: 60, pointerType: "pen" });
    await session.send("Input.dispatchMouseEvent", { type: "mouseMoved", x: 10, y: 10, pointerType: "pen" });
    expect(await events()).toEqual([
      ["move", "c", where(60, 60)],
      ["enter", "c/a", { x: 10, y: 10 }],
    ]);
    await pen("mousePressed", 10, 10);
    await pen("mouseReleased", 10, 10);
    expect(await events()).toEqual([
      ["focused", "c"],
      ["focused", "c/a"],
      ["click", "c/a", { x: 10, y: 10, button: "left" }],
    ]);
    await pen("mousePressed", 60, 60);
    await pen("mouseReleased", 60, 60);
    expect((await events()).slice(-1)).toEqual([["release", "c", where(60, 60, { button: "left" })]]);
  });

  test("drags", async () => {
    await show(page, canvas({}, handle("c/h", 0, { drag_axis: "y" })));
    await settled(page);
    await pen("mouseMoved", 10, 10);
    await pen("mousePressed", 10, 10);
    await pen("mouseMoved", 30, 40);
    await pen("mouseReleased", 30, 40);
    expect((await events()).slice(-2)).toEqual([
      ["drag", "c/h", { x: 30, y: 40, delta_x: 0, delta_y: 30 }],
      ["drag_end", "c/h", { x: 30, y: 40 }],
    ]);
  });
});

describe("a pointer that is lost", () => {
  test("leaves the canvas during a press: the press is over, and coming back clicks nothing", async () => {
    await show(page, canvas({}, button("c/a", 0, { pressed_style: { fill: "#0000ff" } })));
    await settled(page);
    await page.mouse.move(10, 10);
    await page.mouse.down();
    await settled(page);
    expect(await pixel(10, 10)).toBe("0000ffff");
    await page.mouse.move(300, 250);
    await settled(page);
    expect(await pixel(10, 10)).toBe("ff0000ff");
    await page.mouse.move(10, 10);
    await page.mouse.up();
    const all = (await events()) as readonly (readonly string[])[];
    expect(all.filter(([, id]) => id === "c/a").map(([family]) => family)).toEqual([
      "enter",
      "focused",
      "exit",
      "enter",
    ]);
  });

  test("loses its capture in a drag: the drag is over", async () => {
    await show(page, canvas({}, handle("c/h", 0)));
    await settled(page);
    await touch("Start", [10, 10]);
    await touch("Move", [30, 30]);
    await page.evaluate(() => {
      const canvas = document.querySelector(".pl-canvas");
      const release = (event: Event): void => {
        if (event instanceof PointerEvent) canvas?.releasePointerCapture(event.pointerId);
      };
      canvas?.addEventListener("pointermove", release, { once: true });
    });
    await touch("Move", [40, 40]);
    await touch("Move", [50, 50]);
    await touch("End");
    expect((await events()).slice(2)).toEqual([
      ["drag", "c/h", { x: 30, y: 30, delta_x: 20, delta_y: 20 }],
      ["drag", "c/h", { x: 40, y: 40, delta_x: 10, delta_y: 10 }],
      ["drag_end", "c/h", { x: 40, y: 40 }],
      ["move", "c", at(50, 50)],
      ["release", "c", down(50, 50)],
    ]);
  });
});

function pixel(x: number, y: number): Promise<string> {
  return page.evaluate(
    ([left, top]) => {
      const sheet = document.querySelector<HTMLCanvasElement>(".pl-canvas-sheet");
      const data = sheet?.getContext("2d")?.getImageData(left, top, 1, 1).data ?? [];
      return [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    },
    [x, y] as const,
  );
}
