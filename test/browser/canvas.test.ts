import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 400, height: 300 }, colorScheme: "dark" });
});
afterEach(() => page.context().close());

const NO_MODIFIERS = { shift: false, ctrl: false, alt: false, logo: false, command: false };

function canvas(props: WireProps, ...children: readonly WireNode[]): WireNode {
  return windowNode({}, [node("canvas", { id: "c", width: 200, height: 100, ...props }, children)]);
}
function layer(name: string, ...children: readonly WireNode[]): WireNode {
  return node("__layer__", { name }, children);
}
function rect(x: number, y: number, w: number, h: number, props: WireProps = {}): WireNode {
  return node("rect", { x, y, w, h, fill: "#ff0000", ...props });
}
function group(id: string, props: WireProps, ...children: readonly WireNode[]): WireNode {
  return node("group", { id, ...props }, children);
}
function button(id: string, x: number, props: WireProps = {}): WireNode {
  return group(id, { on_click: true, a11y: { role: "button", label: id }, ...props }, rect(x, 0, 20, 20));
}

/** Shows the tree and waits until it is painted. */
async function draw(root: WireNode): Promise<void> {
  await show(page, root);
  await settled(page);
}

/** Hex color with alpha at a place of a sheet, in device pixels. */
function pixel(x: number, y: number, sheet = 0): Promise<string> {
  return page.evaluate(
    ([left, top, index]) => {
      const element = document.querySelectorAll<HTMLCanvasElement>(".pl-canvas-sheet")[index];
      const data = element?.getContext("2d")?.getImageData(left, top, 1, 1).data ?? [];
      return [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    },
    [x, y, sheet] as const,
  );
}
async function sheetHash(sheet: number): Promise<string> {
  const url = await page.evaluate(
    (index) => document.querySelectorAll<HTMLCanvasElement>(".pl-canvas-sheet")[index]?.toDataURL() ?? "",
    sheet,
  );
  return createHash("sha256").update(url).digest("hex");
}
/** Widget events as `family id`, or with their values. */
async function events(): Promise<readonly string[]> {
  return (await take(page)).filter(({ channel }) => channel === "widget").map(({ family, id }) => `${family} ${id}`);
}
async function values(family: string): Promise<readonly unknown[]> {
  return (await take(page)).filter((event) => event.family === family).map(({ value }) => value);
}
async function diagnostics(): Promise<readonly string[]> {
  return (await take(page)).filter(({ channel }) => channel === "diagnostic").map(({ family }) => family);
}
function attribute(selector: string, name: string): Promise<string | null> {
  return page.evaluate(([css, key]) => document.querySelector(css)?.getAttribute(key) ?? null, [
    selector,
    name,
  ] as const);
}
function cursor(): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.querySelector(".pl-canvas") as Element).cursor);
}

const RED = "ff0000ff";
const NOTHING = "00000000";

describe("shapes", () => {
  test("rectangles, circles, lines and paths are where they should be", async () => {
    await draw(
      canvas(
        {},
        rect(10, 10, 20, 10),
        node("circle", { x: 60, y: 20, r: 10, fill: "#00ff00" }),
        node("line", { x1: 80, y1: 20, x2: 120, y2: 20, stroke: { color: "#0000ff", width: 4 } }),
        node("path", {
          commands: [["move_to", 130, 10], ["line_to", 150, 10], ["line_to", 150, 30], "close"],
          fill: "#ff00ff",
        }),
        rect(160, 10, 20, 20, { radius: 10 }),
        node("rect", { x: 0, y: 90, w: 5, h: 5 }),
      ),
    );
    expect(await pixel(11, 11)).toBe(RED);
    expect(await pixel(31, 11)).toBe(NOTHING);
    expect(await pixel(60, 20)).toBe("00ff00ff");
    expect(await pixel(52, 12)).toBe(NOTHING);
    expect(await pixel(100, 18)).toBe("0000ffff");
    expect(await pixel(148, 14)).toBe("ff00ffff");
    expect(await pixel(132, 26)).toBe(NOTHING);
    expect(await pixel(160, 10)).toBe(NOTHING);
    expect(await pixel(170, 20)).toBe(RED);
    expect(await pixel(2, 92)).toBe("ffffffff");
  });

  test("fill rule, opacity and dashes", async () => {
    const frame = [
      ["rounded_rect", 0, 0, 40, 40, 0],
      ["rounded_rect", 10, 10, 20, 20, 0],
    ];
    await draw(
      canvas(
        {},
        node("path", { commands: frame, fill: "#ff0000", fill_rule: "even_odd" }),
        rect(50, 0, 10, 10, { opacity: 0.5 }),
        node("line", {
          x1: 0,
          y1: 60,
          x2: 100,
          y2: 60,
          stroke: { color: "#ffffff", width: 4, dash: { segments: [10, 10], offset: 10 } },
        }),
      ),
    );
    expect([await pixel(5, 5), await pixel(20, 20)]).toEqual([RED, NOTHING]);
    expect(await pixel(55, 5)).toMatch(/^ff0000(7f|80)$/);
    expect([await pixel(5, 60), await pixel(15, 60)]).toEqual([NOTHING, "ffffffff"]);
  });

  test("gradients count in canvas pixels", async () => {
    const fill = {
      type: "linear",
      start: [50, 0],
      end: [150, 0],
      stops: [
        [0, "#000000"],
        [1, "#ffffff"],
      ],
    };
    await draw(canvas({}, rect(0, 0, 200, 20, { fill })));
    expect([await pixel(10, 10), await pixel(190, 10)]).toEqual(["000000ff", "ffffffff"]);
    expect(Number.parseInt((await pixel(100, 10)).slice(0, 2), 16)).toBeCloseTo(128, -1);
  });

  test("groups transform and clip what is in them, in order", async () => {
    const transforms = [
      { type: "translate", x: 100, y: 50 },
      { type: "rotate", angle: 90 },
      { type: "scale", factor: 2 },
    ];
    await draw(
      canvas({}, group("", { transforms, clip: { x: 0, y: 0, w: 10, h: 5 } }, rect(0, 0, 20, 20)), rect(0, 0, 2, 2)),
    );
    // 10 × 5 becomes 10 wide to the left and 20 high.
    expect(await pixel(95, 60)).toBe(RED);
    expect(await pixel(85, 60)).toBe(NOTHING);
    expect(await pixel(95, 75)).toBe(NOTHING);
    expect(await pixel(1, 1)).toBe(RED);
  });

  test("a text hangs from its anchor by the box of its line", async () => {
    const text = (x: number, props: WireProps): WireNode =>
      node("text", { x, y: 50, size: 20, content: "X", ...props });
    await draw(
      canvas(
        {},
        text(10, {}),
        text(100, { align_x: "center", align_y: "center" }),
        text(190, { align_x: "right", align_y: "bottom" }),
      ),
    );
    const found = await page.evaluate(() => {
      const sheet = document.querySelector<HTMLCanvasElement>(".pl-canvas-sheet");
      const { data } = sheet?.getContext("2d")?.getImageData(0, 0, 200, 100) ?? { data: new Uint8ClampedArray() };
      return [0, 60, 140].map((from) => {
        const box = { left: 999, top: 999, right: -1, bottom: -1 };
        for (let y = 0; y < 100; y += 1) {
          for (let x = from; x < from + 60; x += 1) {
            if ((data[(y * 200 + x) * 4 + 3] ?? 0) < 128) continue;
            box.left = Math.min(box.left, x);
            box.right = Math.max(box.right, x);
            box.top = Math.min(box.top, y);
            box.bottom = Math.max(box.bottom, y);
          }
        }
        return box;
      });
    });
    const [start, middle, end] = found;
    expect(start?.left).toBeGreaterThanOrEqual(10);
    expect(start?.top).toBeGreaterThan(50);
    expect(start?.bottom).toBeLessThan(76);
    expect(((middle?.left ?? 0) + (middle?.right ?? 0)) / 2).toBeCloseTo(100, -0.5);
    expect(((middle?.top ?? 0) + (middle?.bottom ?? 0)) / 2).toBeCloseTo(50, -0.7);
    expect(end?.right).toBeLessThan(190);
    expect(end?.bottom).toBeLessThan(50);
  });

  test("a drawing is shown when it is decoded; what is missing is reported once", async () => {
    const source =
      '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><rect width="4" height="4" fill="#00f"/></svg>';
    await draw(
      canvas(
        {},
        node("svg", { source, x: 10, y: 10, w: 40, h: 40 }),
        node("image", { source: "a.png", w: 5, h: 5 }),
        node("image", { source: "b.png", w: 5, h: 5 }),
      ),
    );
    await expect.poll(() => pixel(30, 30)).toBe("0000ffff");
    expect(await diagnostics()).toEqual(["canvas_image_missing"]);
  });

  test("extreme and malformed values do not stop the shapes after them", async () => {
    const values = [1e308, -1e308, -5, 0, "7", null, [], {}];
    const stops = [
      [1e308, "#000000"],
      [-1, "#ffffff"],
    ];
    const wild = values.flatMap((value) => {
      const dash = { segments: [value, 1], offset: value };
      const props: WireProps = {
        ...Object.fromEntries(
          ["x", "y", "w", "h", "r", "x1", "y2", "radius", "opacity", "size", "rotation"].map((key) => [key, value]),
        ),
        content: value,
        commands: ["move_to", "arc", "arc_to", "ellipse", "rounded_rect", "bezier_to"].map((name) => [
          name,
          ...Array(7).fill(value),
        ]),
        fill: { type: "linear", start: [value, 0], end: [0, value], stops },
        stroke: { color: "#00ff00", width: value, dash },
        transforms: [{ type: "scale", factor: value }, { type: "rotate", angle: value }, value],
        clip: { x: value, y: value, w: value, h: value },
      };
      const shapes = ["rect", "circle", "line", "path", "text", "image", "svg"].map((type) => node(type, props));
      return [
        group("", props, ...shapes),
        group(`c/${String(value)}`, { on_click: true, draggable: true, ...props }, ...shapes),
      ];
    });
    await draw(canvas({}, layer("a", ...wild), layer("b", rect(10, 10, 10, 10))));
    expect(await pixel(15, 15, 1)).toBe(RED);
    await page.mouse.click(100, 50);
    await page.keyboard.press("ArrowRight");
    await patch(page, [{ op: "update_props", path: [0, 1, 0], props: { fill: "#0000ff" } }]);
    await settled(page);
    expect(await pixel(15, 15, 1)).toBe("0000ffff");
  });

  test("more than 10 000 shapes are cut and reported", async () => {
    await draw(canvas({}, ...Array.from({ length: 10_001 }, (_, index) => rect(index < 10_000 ? 0 : 50, 0, 5, 5))));
    expect(await pixel(52, 2)).toBe(NOTHING);
    expect(await diagnostics()).toEqual(["canvas_shapes_cap_exceeded"]);
  });
});

describe("sheets", () => {
  test("layers lie in the order of their names; only the changed one is painted again", async () => {
    await draw(canvas({}, layer("b", rect(0, 0, 10, 10)), layer("a", rect(0, 0, 20, 20, { fill: "#0000ff" }))));
    expect([await pixel(5, 5, 0), await pixel(5, 5, 1)]).toEqual(["0000ffff", RED]);
    // A hole that a repaint would fill.
    await page.evaluate(() => {
      for (const sheet of document.querySelectorAll<HTMLCanvasElement>(".pl-canvas-sheet")) {
        sheet.getContext("2d")?.clearRect(9, 9, 1, 1);
      }
    });
    await patch(page, [{ op: "update_props", path: [0, 0, 0], props: { fill: "#00ff00" } }]);
    await settled(page);
    expect(await pixel(5, 5, 1)).toBe("00ff00ff");
    expect([await pixel(9, 9, 0), await pixel(9, 9, 1)]).toEqual([NOTHING, "00ff00ff"]);
  });

  test("inserted, removed and replaced shapes are followed", async () => {
    await draw(canvas({}, rect(0, 0, 10, 10), rect(20, 0, 10, 10)));
    await patch(page, [
      { op: "remove_child", path: [0], index: 0 },
      { op: "insert_child", path: [0], index: 1, node: rect(40, 0, 10, 10) },
      { op: "replace_node", path: [0, 0], node: node("circle", { x: 25, y: 5, r: 5, fill: "#00ff00" }) },
    ]);
    await settled(page);
    expect([await pixel(5, 5), await pixel(25, 5), await pixel(45, 5)]).toEqual([NOTHING, "00ff00ff", RED]);
  });

  test("two device pixels per pixel give twice the sharpness", async () => {
    await page.context().close();
    page = await browser.open({ viewport: { width: 400, height: 300 }, deviceScaleFactor: 2 });
    await draw(canvas({ width: 150.5, on_press: true }, rect(10, 10, 0.5, 10)));
    const size = await page.evaluate(() => {
      const sheet = document.querySelector<HTMLCanvasElement>(".pl-canvas-sheet");
      return [sheet?.width, sheet?.height];
    });
    expect(size).toEqual([301, 200]);
    expect([await pixel(19, 30), await pixel(20, 30), await pixel(21, 30)]).toEqual([NOTHING, RED, NOTHING]);
    await page.mouse.click(30, 20);
    expect(await values("press")).toEqual([expect.objectContaining({ x: 30, y: 20 })]);
  });

  test("a scaled window is drawn as sharp and counts in the canvas's own pixels", async () => {
    await page.evaluate(() => window.dom.surface.configure({ scaleFactor: 1.5 }));
    await draw(canvas({ width: 100, on_press: true }, rect(10, 10, 20, 10)));
    const size = await page.evaluate(() => document.querySelector<HTMLCanvasElement>(".pl-canvas-sheet")?.width);
    expect(size).toBe(150);
    expect([await pixel(14, 20), await pixel(15, 20), await pixel(44, 20), await pixel(45, 20)]).toEqual([
      NOTHING,
      RED,
      RED,
      NOTHING,
    ]);
    await page.mouse.click(30, 45);
    expect(await values("press")).toEqual([expect.objectContaining({ x: 20, y: 30 })]);
  });

  test("an empty canvas fills the width and is 200 high", async () => {
    await draw(windowNode({}, [node("canvas", { id: "c", background: "#112233", alt: "Nothing yet" })]));
    const box = await page.locator(".pl-canvas").boundingBox();
    expect(box).toMatchObject({ width: 400, height: 200 });
    expect(await attribute(".pl-canvas", "role")).toBe("img");
    expect(await attribute(".pl-canvas", "aria-label")).toBe("Nothing yet");
    expect(await attribute(".pl-canvas", "tabindex")).toBeNull();
  });
});

describe("events of the canvas", () => {
  test("press, release, move and scroll come when they are asked for", async () => {
    await draw(canvas({ interactive: true }));
    await page.mouse.move(20, 30);
    await page.mouse.down({ button: "right" });
    await page.mouse.up({ button: "right" });
    await page.mouse.wheel(0, 40);
    await settled(page);
    const all = (await take(page)).filter(({ channel }) => channel === "widget");
    const where = { x: 20, y: 30, pointer: "mouse", modifiers: NO_MODIFIERS };
    expect(all.map(({ family, value }) => [family, value])).toEqual([
      ["move", where],
      ["press", { ...where, button: "right" }],
      ["release", { ...where, button: "right" }],
      ["scroll", { ...where, delta_x: 0, delta_y: -40 }],
    ]);
  });

  test("without props and elements there are none; an element switches all but scroll on", async () => {
    await draw(canvas({}));
    await page.mouse.click(20, 30);
    expect(await events()).toEqual([]);
    await draw(canvas({}, button("c/a", 100)));
    await page.mouse.move(50, 50);
    await take(page);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.wheel(0, 10);
    await settled(page);
    expect(await events()).toEqual(["focused c", "press c", "release c"]);
  });

  test("a finger presses with the left button and is named", async () => {
    await page.context().close();
    page = await browser.open({ viewport: { width: 400, height: 300 }, hasTouch: true });
    await draw(canvas({ on_press: true }, button("c/a", 100)));
    await page.touchscreen.tap(50, 50);
    expect(await values("press")).toEqual([
      { x: 50, y: 50, button: "left", pointer: "touch", modifiers: NO_MODIFIERS, finger: expect.any(Number) },
    ]);
    await page.touchscreen.tap(110, 10);
    const taken = await events();
    expect(taken).toContain("click c/a");
    expect(taken).not.toContain("enter c/a");
  });
});

describe("elements", () => {
  test("enter, click and exit", async () => {
    await draw(canvas({}, button("c/a", 0), button("c/b", 40)));
    await page.mouse.move(10, 10);
    expect(await cursor()).toBe("pointer");
    await page.mouse.move(50, 10);
    await page.mouse.down();
    await page.mouse.up();
    await page.mouse.move(90, 50);
    expect(await cursor()).toBe("crosshair");
    expect(await events()).toEqual([
      "enter c/a",
      "exit c/a",
      "enter c/b",
      "focused c",
      "focused c/b",
      "click c/b",
      "exit c/b",
    ]);
    expect(await attribute(".pl-canvas-ring", "hidden")).toBe("");
  });

  test("a click tells place and button, and leaving the canvas ends the hover", async () => {
    await draw(canvas({}, button("c/a", 0)));
    await page.mouse.click(12, 14);
    await page.mouse.move(300, 250);
    const all = (await take(page)).filter(({ id }) => id === "c/a").map(({ family, value }) => [family, value]);
    expect(all).toEqual([
      ["enter", { x: 12, y: 14 }],
      ["focused", undefined],
      ["click", { x: 12, y: 14, button: "left" }],
      ["exit", undefined],
    ]);
  });

  test("a drag tells its steps and ends when the pointer leaves", async () => {
    await draw(canvas({}, button("c/a", 0, { draggable: true, drag_axis: "x", drag_bounds: { max_x: 50 } })));
    await page.mouse.move(10, 10);
    await page.mouse.down();
    await page.mouse.move(40, 15);
    expect(await cursor()).toBe("grabbing");
    await page.mouse.move(80, 20);
    await page.mouse.move(300, 20);
    await page.mouse.up();
    const all = (await take(page)).filter(({ family }) => family.startsWith("drag"));
    expect(all.map(({ family, value }) => [family, value])).toEqual([
      ["drag", { x: 40, y: 15, delta_x: 30, delta_y: 0 }],
      ["drag", { x: 50, y: 20, delta_x: 10, delta_y: 0 }],
      ["drag_end", { x: 80, y: 20 }],
    ]);
  });

  test("state styles change the shapes directly in the group, pressed over hover over focus", async () => {
    const styles = {
      hover_style: { fill: "#00ff00" },
      pressed_style: { fill: "#0000ff" },
      focus_style: { fill: "#ffff00" },
    };
    const inner = group("", {}, rect(60, 0, 10, 10));
    await draw(canvas({}, group("c/a", { on_click: true, ...styles }, rect(0, 0, 20, 20), inner)));
    const seen: string[] = [await pixel(5, 5)];
    for (const act of [
      () => page.mouse.move(10, 10),
      () => page.mouse.down(),
      () => page.mouse.up(),
      () => page.mouse.move(150, 80),
    ]) {
      await act();
      await settled(page);
      seen.push(await pixel(5, 5));
    }
    expect(seen).toEqual([RED, "00ff00ff", "0000ffff", "00ff00ff", "ffff00ff"]);
    expect(await pixel(65, 5)).toBe(RED);
  });

  test("a tooltip follows the pointer and stays inside", async () => {
    await draw(canvas({}, button("c/a", 180, { tooltip: "A tip that is long" })));
    await page.mouse.move(190, 10);
    const tip = await page.locator(".pl-canvas-tip").boundingBox();
    expect(tip?.x).toBeGreaterThanOrEqual(0);
    expect((tip?.x ?? 0) + (tip?.width ?? 0)).toBeLessThanOrEqual(200);
    expect(tip?.y).toBe(30);
    await page.mouse.move(100, 80);
    expect(await page.locator(".pl-canvas-tip").isVisible()).toBe(false);
  });

  test("an element that goes away takes focus and hover with it", async () => {
    await draw(canvas({}, button("c/a", 0), button("c/b", 40)));
    await page.mouse.click(10, 10);
    await take(page);
    await patch(page, [{ op: "remove_child", path: [0], index: 0 }]);
    await page.mouse.move(12, 12);
    expect(await events()).toEqual(["move c"]);
    expect(await attribute(".pl-canvas", "aria-activedescendant")).toBeNull();
  });
});

describe("keyboard", () => {
  async function keys(...names: readonly string[]): Promise<readonly string[]> {
    for (const name of names) await page.keyboard.press(name);
    await settled(page);
    return events();
  }
  const around = (...children: readonly WireNode[]): WireNode =>
    windowNode({}, [
      node("column", {}, [
        node("button", { id: "before", label: "before" }),
        node("canvas", { id: "c", width: 200, height: 100 }, children),
        node("button", { id: "after", label: "after" }),
      ]),
    ]);
  const family = (list: readonly string[]): readonly string[] => list.filter((entry) => !entry.startsWith("status"));

  test("Tab goes in, through and out at both ends", async () => {
    await draw(around(button("c/a", 0), button("c/b", 40)));
    await page.focus('[data-id="before"]');
    await take(page);
    expect(family(await keys("Tab"))).toEqual(["focused c", "focused c/a"]);
    expect(await page.locator(".pl-canvas-ring").isVisible()).toBe(true);
    expect(family(await keys("Tab"))).toEqual(["blurred c/a", "focused c/b"]);
    expect(family(await keys("Tab"))).toEqual(["blurred c/b", "blurred c"]);
    expect(family(await keys("Shift+Tab"))).toEqual(["focused c", "focused c/b"]);
    expect(family(await keys("Shift+Tab", "Shift+Tab"))).toEqual([
      "blurred c/b",
      "focused c/a",
      "blurred c/a",
      "blurred c",
    ]);
  });

  test("Enter and Space click in the middle, Escape lets go", async () => {
    await draw(around(button("c/a", 0), group("c/f", { focusable: true }, rect(40, 0, 5, 5))));
    await page.focus('[data-id="before"]');
    await page.keyboard.press("Tab");
    await take(page);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    const at = { x: 10, y: 10, button: "keyboard" };
    expect(await values("click")).toEqual([at, at]);
    expect(family(await keys("Tab", "Enter"))).toEqual(["blurred c/a", "focused c/f"]);
    expect(family(await keys("Escape"))).toEqual(["blurred c/f"]);
    expect(family(await keys("Escape"))).toEqual(["blurred c"]);
  });

  test("arrow keys go round, or stop, or are handed on", async () => {
    const scene = (mode: string): WireNode => canvas({ arrow_mode: mode }, button("c/a", 0), button("c/b", 40));
    await draw(scene("wrap"));
    await page.keyboard.press("Tab");
    await take(page);
    expect(await keys("ArrowLeft")).toEqual(["blurred c/a", "focused c/b"]);
    await draw(scene("clamp"));
    expect(await keys("ArrowRight")).toEqual([]);
    expect(await keys("Home")).toEqual(["blurred c/b", "focused c/a"]);
    await draw(scene("none"));
    await page.keyboard.press("PageDown");
    const sent = (await take(page)).filter(({ channel }) => channel === "widget");
    const value = { key: "PageDown", modifiers: NO_MODIFIERS };
    expect(sent).toEqual([
      { channel: "widget", family: "key_press", id: "c/a", value },
      { channel: "widget", family: "key_release", id: "c/a", value },
    ]);
  });

  test("a command focuses an element and shows it", async () => {
    await draw(canvas({}, button("c/a", 0), button("c/b", 40)));
    await perform(page, "focus", "c", { element: "c/b" });
    expect(await events()).toEqual(["focused c", "focused c/b"]);
    expect(await page.locator(".pl-canvas-ring").boundingBox()).toEqual({ x: 38, y: -2, width: 24, height: 24 });
    await perform(page, "focus", "c");
    expect(await events()).toEqual([]);
  });
});

describe("accessibility", () => {
  test("elements are in the accessibility tree under the canvas, over their places", async () => {
    await draw(
      canvas(
        { alt: "Controls" },
        button("c/a", 30, { transforms: [{ type: "translate", x: 10, y: 5 }] }),
        group("c/t", { on_click: true }, node("text", { x: 0, y: 60, content: "Words" })),
      ),
    );
    await expect.poll(() => page.getByRole("group", { name: "Controls" }).count()).toBe(1);
    expect(await page.getByRole("button", { name: "c/a" }).boundingBox()).toEqual({
      x: 40,
      y: 5,
      width: 20,
      height: 20,
    });
    expect(await page.getByRole("button", { name: "Words" }).count()).toBe(1);
    expect(await diagnostics()).toEqual(["canvas_no_a11y"]);
    await page.keyboard.press("Tab");
    const active = await attribute(".pl-canvas", "aria-activedescendant");
    expect(await attribute(`#${active}`, "aria-label")).toBe("c/a");
  });

  test("a screen reader's press is a click by keyboard", async () => {
    await draw(canvas({}, button("c/a", 0)));
    await page.getByRole("button", { name: "c/a" }).dispatchEvent("click");
    expect(await values("click")).toEqual([{ x: 10, y: 10, button: "keyboard" }]);
  });

  test("explicit fields of the canvas stay when its children change", async () => {
    await draw(canvas({ a11y: { role: "toolbar", label: "Tools" } }));
    await patch(page, [{ op: "insert_child", path: [0], index: 0, node: button("c/a", 0) }]);
    expect(await attribute(".pl-canvas", "role")).toBe("toolbar");
    expect(await attribute(".pl-canvas", "aria-label")).toBe("Tools");
  });
});

test("a picture stays the same when the same tree is shown again", async () => {
  const root = canvas({}, rect(0, 0, 30, 30), node("text", { x: 50, y: 10, content: "again" }));
  await draw(root);
  const before = await sheetHash(0);
  await draw(root);
  expect(await sheetHash(0)).toBe(before);
});
