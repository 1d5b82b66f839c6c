import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";
import type { DomPage } from "./support/dom-page.ts";

// Inside the page; the test's own globals know nothing of it.
declare const window: { readonly dom: DomPage };
declare const document: Document;

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 400, height: 300 } });
});
afterEach(() => page.context().close());

function canvas(props: WireProps, ...children: readonly WireNode[]): WireNode {
  return windowNode({}, [node("canvas", { id: "c", width: 200, height: 100, ...props }, children)]);
}
function rect(x: number, y: number, w: number, h: number, props: WireProps = {}): WireNode {
  return node("rect", { x, y, w, h, fill: "#ff0000", ...props });
}
function button(id: string, x: number, props: WireProps = {}): WireNode {
  return node("group", { id, on_click: true, a11y: { role: "button", label: id }, ...props }, [rect(x, 0, 20, 20)]);
}
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
async function events(): Promise<readonly string[]> {
  return (await take(page)).filter(({ channel }) => channel === "widget").map(({ family, id }) => `${family} ${id}`);
}
function sheetWidth(): Promise<number | undefined> {
  return page.evaluate(() => document.querySelector<HTMLCanvasElement>(".pl-canvas-sheet")?.width);
}

const RED = "ff0000ff";

describe("before the drawing part is there", () => {
  test("the canvas has its size, its role and its place in the order of Tab", async () => {
    const early = await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        const element = document.querySelector<HTMLElement>(".pl-canvas");
        return {
          role: element?.getAttribute("role"),
          tabindex: element?.getAttribute("tabindex"),
          height: element?.offsetHeight,
          sheets: document.querySelectorAll(".pl-canvas-sheet").length,
        };
      },
      canvas({}, button("c/a", 0)) as unknown,
    );
    expect(early).toEqual({ role: "group", tabindex: "0", height: 100, sheets: 0 });
    await settled(page);
    expect(await pixel(5, 5)).toBe(RED);
  });

  test("focus commands, presses and changes wait, in order", async () => {
    await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        window.dom.perform("focus", "c", { element: "c/b" });
        const element = document.querySelector(".pl-canvas");
        for (const type of ["pointerdown", "pointerup"]) {
          const at = { clientX: 10, clientY: 10, button: 0, isPrimary: true, bubbles: true, pointerType: "mouse" };
          element?.dispatchEvent(new PointerEvent(type, at));
        }
        window.dom.patch([{ op: "update_props", path: [0, 1, 0], props: { fill: "#0000ff" } }]);
      },
      canvas({}, button("c/a", 0), button("c/b", 40)) as unknown,
    );
    await settled(page);
    expect(await events()).toEqual(["focused c", "focused c/b", "blurred c/b", "focused c/a", "click c/a"]);
    expect(await pixel(45, 5)).toBe("0000ffff");
  });

  test("keys wait for the focus they belong to", async () => {
    await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        const element = document.querySelector<HTMLElement>(".pl-canvas");
        element?.focus();
        for (const key of ["ArrowRight", "Enter"]) {
          element?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
        }
      },
      canvas({}, button("c/a", 0), button("c/b", 40)) as unknown,
    );
    await settled(page);
    expect(await events()).toEqual(["focused c", "focused c/a", "blurred c/a", "focused c/b", "click c/b"]);
  });

  test("an element is found where it is", async () => {
    const place = await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        return window.dom.surface.query({ name: "locate", target: "c/b" });
      },
      canvas({}, button("c/b", 40)) as unknown,
    );
    expect(place).toMatchObject({ x: 50, y: 10 });
  });

  test("a canvas that is gone again draws nothing and says nothing", async () => {
    await page.evaluate(
      (tree) => {
        window.dom.show(tree as WireNode);
        window.dom.perform("focus", "c", { element: "c/b" });
        window.dom.show(null);
      },
      canvas({}, button("c/b", 40)) as unknown,
    );
    await settled(page);
    expect(await events()).toEqual([]);
  });

  test("what is settled has its pictures, too", async () => {
    const source =
      '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="#00f"/></svg>';
    await show(page, canvas({}, node("svg", { source, x: 10, y: 10, w: 40, h: 40 })));
    await settled(page);
    expect(await pixel(30, 30)).toBe("0000ffff");
  });
});

describe("density", () => {
  test.each([1, 1.25, 1.5, 2, 3])("at %s device pixels per pixel edges are sharp", async (deviceScaleFactor) => {
    await page.context().close();
    page = await browser.open({ viewport: { width: 400, height: 300 }, deviceScaleFactor });
    await show(page, canvas({}, rect(20, 20, 40, 40)));
    await settled(page);
    expect(await sheetWidth()).toBe(200 * deviceScaleFactor);
    const from = 20 * deviceScaleFactor;
    const to = 60 * deviceScaleFactor;
    const row = 40 * deviceScaleFactor;
    expect([
      await pixel(from - 1, row),
      await pixel(from, row),
      await pixel(to - 1, row),
      await pixel(to, row),
    ]).toEqual(["00000000", RED, RED, "00000000"]);
  });

  test("follows a change of the screen and of the zoom", async () => {
    await show(page, canvas({}, rect(20, 20, 40, 40)));
    await settled(page);
    expect(await sheetWidth()).toBe(200);
    const session = await page.context().newCDPSession(page);
    // The emulation tells of another density only together with another size.
    const screen = { height: 300, mobile: false };
    for (const deviceScaleFactor of [2, 1.5]) {
      await session.send("Emulation.setDeviceMetricsOverride", {
        ...screen,
        width: Math.round(400 + 10 * deviceScaleFactor),
        deviceScaleFactor,
      });
      await expect.poll(sheetWidth).toBe(200 * deviceScaleFactor);
      await settled(page);
      expect(await pixel(20 * deviceScaleFactor, 60)).toBe(RED);
    }
    await session.send("Emulation.setDeviceMetricsOverride", { ...screen, width: 400, deviceScaleFactor: 1 });
    await expect.poll(sheetWidth).toBe(200);
    await page.evaluate(() => window.dom.surface.configure({ scaleFactor: 1.5 }));
    await expect.poll(sheetWidth).toBe(300);
    await settled(page);
    expect([await pixel(29, 60), await pixel(30, 60), await pixel(89, 60), await pixel(90, 60)]).toEqual([
      "00000000",
      RED,
      RED,
      "00000000",
    ]);
  });
});

describe("shapes that turn", () => {
  test("every path command draws where it says", async () => {
    const path = (commands: readonly unknown[]): WireNode =>
      node("path", { commands: commands as never, fill: "#ff0000" });
    await show(
      page,
      canvas(
        {},
        // The lower half of a circle: clockwise from 0 to 180 degrees.
        path([["arc", 20, 20, 15, 0, 180], "close"]),
        // The upper half: an end before the start goes the other way round.
        path([["arc", 60, 20, 15, 0, -180], ["close"]]),
        path([["ellipse", 100, 20, 20, 5, 90, 0, 360]]),
        path([["move_to", 120, 40], ["quadratic_to", 140, 0, 160, 40], "close"]),
        path([["move_to", 160, 40], ["bezier_to", 160, 0, 200, 0, 200, 40], "close"]),
        path([["move_to", 5, 60], ["line_to", 25, 60], ["arc_to", 45, 60, 45, 80, 20], ["line_to", 5, 80], "close"]),
        path([["rounded_rect", 60, 60, 30, 30, { top_left: 15 }]]),
        // Not a command, too few numbers, a negative radius: skipped.
        path([
          ["spiral", 1],
          ["line_to", 1],
          ["arc", 0, 0, -5, 0, 9],
          ["rounded_rect", 100, 60, 20, 20, 0],
        ]),
      ),
    );
    await settled(page);
    const seen = async (...places: readonly (readonly [number, number])[]): Promise<readonly boolean[]> =>
      Promise.all(places.map(async ([x, y]) => (await pixel(x, y)) === RED));
    expect(await seen([20, 28], [20, 12])).toEqual([true, false]);
    expect(await seen([60, 28], [60, 12])).toEqual([false, true]);
    expect(await seen([100, 36], [110, 20])).toEqual([true, false]);
    expect(await seen([140, 30], [140, 15], [122, 20])).toEqual([true, false, false]);
    expect(await seen([180, 20], [163, 12])).toEqual([true, false]);
    expect(await seen([30, 62], [44, 61])).toEqual([true, false]);
    expect(await seen([61, 61], [88, 61], [61, 88])).toEqual([false, true, true]);
    expect(await seen([110, 70], [1, 1])).toEqual([true, false]);
  });

  test("caps and joins reach as far as they should", async () => {
    const line = (y: number, cap: string): WireNode =>
      node("line", { x1: 20, y1: y, x2: 60, y2: y, stroke: { color: "#ff0000", width: 10, cap } });
    const corner = (x: number, join: string): WireNode =>
      node("path", {
        commands: [
          ["move_to", x, 60],
          ["line_to", x, 90],
          ["line_to", x + 30, 90],
        ],
        stroke: { color: "#ff0000", width: 10, join },
      });
    await show(
      page,
      canvas({}, line(10, "butt"), line(30, "square"), line(50, "round"), corner(100, "miter"), corner(150, "bevel")),
    );
    await settled(page);
    const ends = [
      await pixel(17, 10),
      await pixel(17, 30),
      await pixel(15, 26),
      await pixel(17, 50),
      await pixel(15, 45),
    ];
    expect(ends).toEqual(["00000000", RED, RED, RED, "00000000"]);
    expect([await pixel(95, 94), await pixel(145, 94)]).toEqual([RED, "00000000"]);
  });

  test("nested groups: transforms, clips and opacity add up", async () => {
    const inner = node("group", { opacity: 0.5, clip: { x: 0, y: 0, w: 10, h: 100 } }, [rect(0, 0, 40, 10)]);
    const outer = node(
      "group",
      { opacity: 0.5, transforms: [{ type: "translate", x: 50, y: 20 }], clip: { x: 5, y: 0, w: 100, h: 100 } },
      [inner, rect(20, 0, 10, 10)],
    );
    await show(page, canvas({}, outer, rect(0, 0, 4, 4)));
    await settled(page);
    expect(await pixel(57, 25)).toMatch(/^ff0000(3f|40)$/);
    expect(await pixel(52, 25)).toBe("00000000");
    expect(await pixel(63, 25)).toBe("00000000");
    expect(await pixel(75, 25)).toMatch(/^ff0000(7f|80)$/);
    expect(await pixel(1, 1)).toBe(RED);
  });
});

describe("many elements", () => {
  test("each is found, in a turned group as well, and only its layer is painted again", async () => {
    const layerOf = (name: string, ...children: readonly WireNode[]): WireNode => node("__layer__", { name }, children);
    const grid = Array.from({ length: 380 }, (_, index) =>
      node(
        "group",
        {
          id: `c/g${index}`,
          on_click: true,
          hover_style: { fill: "#00ff00" },
          a11y: { role: "button", label: `${index}` },
        },
        [rect((index % 20) * 10, Math.floor(index / 20) * 5, 8, 4)],
      ),
    );
    await show(page, canvas({}, layerOf("a", ...grid), layerOf("b", rect(190, 96, 2, 2))));
    await settled(page);
    await page.mouse.move(13, 7);
    await settled(page);
    expect(await events()).toEqual(["enter c/g21"]);
    expect(await pixel(13, 7)).toBe("00ff00ff");
    await patch(page, [
      { op: "update_props", path: [0, 0, 21], props: { transforms: [{ type: "translate", x: 0, y: 90 }] } },
    ]);
    await page.mouse.move(14, 7);
    await page.mouse.move(14, 97);
    expect((await events()).filter((event) => !event.startsWith("move"))).toEqual(["exit c/g21", "enter c/g21"]);
    await perform(page, "focus", "c", { element: "c/g379" });
    expect(await events()).toEqual(["focused c", "focused c/g379"]);
  });
});
