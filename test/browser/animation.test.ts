import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PatchOp, WireNode, WireProps, WireValue } from "../../src/protocol/index.ts";
import { createNoSurface, type Surface } from "../../src/renderer/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";

let browser: TestBrowser;
let page: Page;

beforeAll(async () => {
  browser = await launchDom();
});
afterAll(() => browser.close());
beforeEach(async () => {
  page = await browser.open({ viewport: { width: 600, height: 400 }, colorScheme: "dark" });
});
afterEach(() => page.context().close());

const linear = (to: WireValue, more: WireProps = {}): WireProps => ({
  type: "transition",
  to,
  duration: 100,
  easing: "linear",
  ...more,
});
const frame = (timestamp: number): Promise<void> => perform(page, "advance_frame", undefined, timestamp);
const update = (props: WireProps, path: readonly number[] = [0]): readonly PatchOp[] => [
  { op: "update_props", path: [...path], props },
];

const PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";

function styleOf(selector: string, property: string): Promise<string> {
  return page.evaluate(
    ([css, name]) => {
      const found = document.querySelector(css ?? "");
      return found === null ? "nothing found" : getComputedStyle(found).getPropertyValue(name ?? "");
    },
    [selector, property],
  );
}

async function completions(): Promise<readonly unknown[]> {
  const events = await take(page);
  return events.filter(({ family }) => family === "transition_complete").map(({ id, value }) => ({ id, value }));
}

/** Counts calls of requestAnimationFrame from now on. */
async function countFrames(): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const real = window.requestAnimationFrame.bind(window);
    Object.assign(window, { asked: 0 });
    window.requestAnimationFrame = (work) => {
      Object.assign(window, { asked: Number(Reflect.get(window, "asked")) + 1 });
      return real(work);
    };
  });
  return () => page.evaluate(() => Number(Reflect.get(window, "asked")));
}

describe("props at told times", () => {
  const cases: readonly {
    readonly what: string;
    readonly tree: WireNode;
    readonly selector: string;
    readonly property: string;
    readonly at: readonly string[];
  }[] = [
    {
      what: "the size of a text",
      tree: node("text", { id: "t", content: "Hi", size: linear(30, { from: 10 }) }),
      selector: '[data-id="t"]',
      property: "font-size",
      at: ["10px", "15px", "30px"],
    },
    {
      what: "the color of a text",
      tree: node("text", { id: "t", content: "Hi", color: linear("#0000ff", { from: "#ff0000" }) }),
      selector: '[data-id="t"]',
      property: "color",
      at: ["rgb(255, 0, 0)", "rgb(232, 0, 123)", "rgb(0, 0, 255)"],
    },
    {
      what: "the background of a container",
      tree: node("container", { id: "c", width: 50, height: 50, background: linear("#ffffff", { from: "#ffffff00" }) }),
      selector: '[data-id="c"]',
      property: "background-color",
      at: ["rgba(255, 255, 255, 0)", "rgba(255, 255, 255, 0.25)", "rgb(255, 255, 255)"],
    },
    {
      what: "the width of a container",
      tree: node("container", { id: "c", height: 5, width: linear(200, { from: 100 }) }),
      selector: '[data-id="c"]',
      property: "width",
      at: ["100px", "125px", "200px"],
    },
    {
      what: "padding",
      tree: node("container", { id: "c", padding: linear(40, { from: 0 }) }),
      selector: '[data-id="c"]',
      property: "padding-left",
      at: ["0px", "10px", "40px"],
    },
    {
      what: "the rotation of a picture",
      tree: node("image", { id: "i", source: PIXEL, width: 20, height: 20, rotation: linear(180, { from: 0 }) }),
      selector: ".pl-picture",
      property: "transform",
      at: ["none", "matrix(0.707107, 0.707107, -0.707107, 0.707107, 0, 0)", "matrix(-1, 0, 0, -1, 0, 0)"],
    },
    {
      what: "the opacity of a picture",
      tree: node("image", { id: "i", source: PIXEL, width: 20, height: 20, opacity: linear(1, { from: 0 }) }),
      selector: ".pl-picture",
      property: "opacity",
      at: ["0", "0.25", "1"],
    },
    {
      what: "the spacing of a column",
      tree: node("column", { id: "c", spacing: linear(8, { from: 4 }) }, [node("text", { content: "a" })]),
      selector: '[data-id="c"]',
      property: "row-gap",
      at: ["4px", "5px", "8px"],
    },
  ];

  test.each(cases)("$what", async ({ tree, selector, property, at }) => {
    await frame(0);
    await show(page, windowNode({}, [tree]));
    const seen: string[] = [];
    for (const timestamp of [0, 25, 100]) {
      await frame(timestamp);
      seen.push(await styleOf(selector, property));
    }
    expect(seen).toEqual(at);
    // What has ended holds its end.
    await frame(5000);
    expect(await styleOf(selector, property)).toBe(at[2]);
  });

  test("place and scale of a floating widget, the value of a progress bar", async () => {
    const tree = node("column", {}, [
      node("floating", { id: "f", translate_x: linear(100, { from: 0 }), scale: linear(2, { from: 1 }) }, [
        node("space", { id: "s", width: 20, height: 20 }),
      ]),
      node("progress_bar", { id: "p", range: [0, 100], value: linear(80, { from: 0 }), width: 200 }),
    ]);
    await frame(0);
    await show(page, windowNode({}, [tree]));
    const left = (): Promise<number> =>
      page.evaluate(() => document.querySelector('[data-id="s"]')?.getBoundingClientRect().width ?? 0);
    expect(await left()).toBe(20);
    await frame(50);
    expect(await left()).toBe(30);
    expect(await page.getAttribute('[data-id="p"]', "aria-valuenow")).toBe("40");
    await frame(100);
    expect(await left()).toBe(40);
  });

  test("a shape of a canvas is drawn anew", async () => {
    const shape = node("rect", { id: "r", x: linear(50, { from: 0 }), y: 0, w: 10, h: 10, fill: "#ff0000" });
    await frame(0);
    await show(
      page,
      windowNode({}, [
        node("canvas", { id: "c", width: 100, height: 20 }, [node("__layer__", { name: "a" }, [shape])]),
      ]),
    );
    const redAt = (x: number): Promise<number> =>
      page.evaluate((at) => {
        const canvas = document.querySelector('[data-id="c"] canvas');
        if (!(canvas instanceof HTMLCanvasElement)) return -1;
        const ratio = canvas.width / canvas.getBoundingClientRect().width;
        return canvas.getContext("2d")?.getImageData(at * ratio, 5 * ratio, 1, 1).data[0] ?? -1;
      }, x);
    await settled(page);
    expect([await redAt(5), await redAt(55)]).toEqual([255, 0]);
    await frame(100);
    await settled(page);
    expect([await redAt(5), await redAt(55)]).toEqual([0, 255]);
  });
});

describe("told time", () => {
  test("is all that counts after the first advance_frame", async () => {
    await frame(0);
    await show(page, windowNode({}, [node("container", { id: "c", height: 5, width: 100 })]));
    await patch(page, update({ width: linear(200, { on_complete: "wide" }) }));
    await page.waitForTimeout(200);
    expect(await styleOf('[data-id="c"]', "width")).toBe("100px");
    await frame(99);
    expect(await completions()).toEqual([]);
    await frame(100);
    expect(await completions()).toEqual([{ id: "c", value: { tag: "wide", prop: "width" } }]);
    await frame(1000);
    expect(await completions()).toEqual([]);
  });

  test("a removed widget's animation says nothing more", async () => {
    await frame(0);
    await show(
      page,
      windowNode({}, [node("text", { id: "t", content: "a", size: linear(9, { on_complete: "end" }) })]),
    );
    await patch(page, [{ op: "remove_child", path: [], index: 0 }]);
    await frame(500);
    expect(await completions()).toEqual([]);
  });

  test("completes at the times at which a renderer without a screen does", async () => {
    const lines: readonly (readonly ["show" | "patch" | "frame", WireProps | number])[] = [
      ["show", { width: 10 }],
      ["frame", 0],
      ["patch", { width: { type: "spring", to: 300, on_complete: "spring" } }],
      ["frame", 320],
      ["patch", { width: { type: "spring", to: 20, stiffness: 400, damping: 30, on_complete: "back" } }],
      ["frame", 1000],
      ["frame", 1900],
      ["patch", { height: { type: "sequence", steps: [linear(9, { from: 0 }), linear(3)], on_complete: "both" } }],
      ["show", { width: { type: "spring", to: 60, on_complete: "again" }, height: linear(7, { on_complete: "flat" }) }],
      ["frame", 1950],
    ];
    const log: string[] = [];
    const mock: Surface = createNoSurface()({
      onWidgetEvent: ({ family, id, value }) => log.push(JSON.stringify([family, id, value])),
      onSubscriptionEvent: () => {},
      onDiagnostic: ({ diagnostic }) => log.push(JSON.stringify(diagnostic)),
    });
    const seen: string[] = [];
    const unseen: string[] = [];
    let props: WireProps = {};
    const treeOf = (): WireNode => windowNode({}, [node("container", { id: "box", ...props })]);
    const step = async (kind: "show" | "patch" | "frame", what: WireProps | number): Promise<void> => {
      if (typeof what === "number") {
        mock.perform({ name: "advance_frame", value: what });
        await frame(what);
      } else if (kind === "show") {
        props = what;
        mock.showTree(treeOf());
        await show(page, treeOf());
      } else {
        props = { ...props, ...what };
        mock.applyPatch(update(what), treeOf());
        await patch(page, update(what));
      }
      const mark = `at ${typeof what === "number" ? what : kind}`;
      const told = (await take(page)).filter(({ channel }) => channel === "widget");
      for (const { family, id, value } of told) seen.push(mark, JSON.stringify([family, id, value]));
      for (const each of log) unseen.push(mark, each);
      log.length = 0;
    };
    for (const [kind, what] of lines) await step(kind, what);
    for (let at = 1960; at < 5000; at += 20) await step("frame", at);
    const order = seen.filter((line) => line.startsWith("["));
    expect(order.map((line) => String(JSON.parse(line)[2].tag))).toEqual(["back", "flat", "again"]);
    expect(seen).toEqual(unseen);
  });
});

describe("real time", () => {
  test("moves by the display, and nothing asks for frames before or after", async () => {
    await show(page, windowNode({}, [node("container", { id: "c", height: 5, width: 100 })]));
    await settled(page);
    const asked = await countFrames();
    await page.waitForTimeout(100);
    expect(await asked()).toBe(0);
    await patch(page, update({ width: linear(200, { duration: 150, on_complete: "wide" }) }));
    await page.waitForFunction(() => {
      const width = document.querySelector('[data-id="c"]')?.getBoundingClientRect().width ?? 0;
      return width > 100 && width < 200;
    });
    await page.waitForFunction(() => document.querySelector('[data-id="c"]')?.getBoundingClientRect().width === 200);
    await page.waitForTimeout(100);
    expect(await completions()).toEqual([{ id: "c", value: { tag: "wide", prop: "width" } }]);
    const count = await asked();
    expect(count).toBeGreaterThan(2);
    await page.waitForTimeout(200);
    expect(await asked()).toBe(count);
    await patch(page, update({ width: linear(200, { duration: 150, on_complete: "wide" }) }));
    await page.waitForTimeout(100);
    expect(await asked()).toBe(count);
  });

  test("one frame request serves all animations at once", async () => {
    const rows = Array.from({ length: 50 }, (_, index) =>
      node("container", { id: `row-${index}`, height: 2, width: linear(200, { from: 0, repeat: -1 }) }),
    );
    await show(page, windowNode({}, [node("column", {}, rows)]));
    const asked = await countFrames();
    const frames = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const start = performance.now();
          let seen = 0;
          // Its own requests count, too: one per frame.
          const next = (): void => {
            seen += 1;
            if (performance.now() - start < 300) requestAnimationFrame(next);
            else resolve(seen);
          };
          requestAnimationFrame(next);
        }),
    );
    expect((await asked()) / frames).toBeLessThan(2.3);
  });

  test("only the animated widget is touched", async () => {
    const label = (id: string, props: WireProps = {}): WireNode =>
      node("container", { id, height: 5, width: 50, ...props });
    await show(page, windowNode({}, [node("column", {}, [label("still"), label("moving")])]));
    await settled(page);
    await patch(page, update({ width: linear(90, { duration: 200 }) }, [0, 1]));
    await page.evaluate(() => {
      const touched = new Set<string>();
      Object.assign(window, { touched });
      new MutationObserver((records) => {
        for (const { target } of records)
          if (target instanceof HTMLElement) touched.add(target.dataset["id"] ?? target.className);
      }).observe(document.body, { attributes: true, childList: true, subtree: true });
    });
    await page.waitForFunction(
      () => document.querySelector('[data-id="moving"]')?.getBoundingClientRect().width === 90,
    );
    const touched = await page.evaluate(() => [...(Reflect.get(window, "touched") as Set<string>)]);
    expect(touched).toEqual(["moving"]);
  });
});

describe("reduced motion", () => {
  test("shows the end at once and reports it", async () => {
    await page.context().close();
    page = await browser.open({ viewport: { width: 600, height: 400 }, reducedMotion: "reduce" });
    await show(
      page,
      windowNode({}, [node("container", { id: "c", height: 5, width: linear(200, { from: 0, on_complete: "end" }) })]),
    );
    expect(await styleOf('[data-id="c"]', "width")).toBe("200px");
    await settled(page);
    expect(await completions()).toEqual([{ id: "c", value: { tag: "end", prop: "width" } }]);
  });

  test("can be turned on while something moves, and off again", async () => {
    const tree = node("column", {}, [
      node("container", { id: "a", height: 5, width: linear(200, { from: 0, duration: 60_000, on_complete: "end" }) }),
      node("container", { id: "b", height: 5, width: linear(300, { from: 0, duration: 200, repeat: -1 }) }),
    ]);
    await show(page, windowNode({}, [tree]));
    await settled(page);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.waitForFunction(() => document.querySelector('[data-id="a"]')?.getBoundingClientRect().width === 200);
    expect(await styleOf('[data-id="b"]', "width")).toBe("300px");
    await settled(page);
    expect(await completions()).toEqual([{ id: "a", value: { tag: "end", prop: "width" } }]);
    const asked = await countFrames();
    await page.waitForTimeout(100);
    expect(await asked()).toBe(0);
    await page.emulateMedia({ reducedMotion: "no-preference" });
    await page.waitForFunction(() => {
      const width = document.querySelector('[data-id="b"]')?.getBoundingClientRect().width ?? 300;
      return width > 0 && width < 290;
    });
    expect(await completions()).toEqual([]);
  });
});

test("a descriptor that makes no sense is a diagnostic of the exact shape", async () => {
  await show(page, windowNode({}, [node("container", { id: "c", height: 5, width: { type: "transition", to: 40 } })]));
  expect((await take(page)).filter(({ channel }) => channel === "diagnostic")).toEqual([
    {
      channel: "diagnostic",
      family: "animation_descriptor_invalid",
      value: { kind: "animation_descriptor_invalid", id: "c", prop: "width" },
    },
  ]);
  expect(await styleOf('[data-id="c"]', "width")).toBe("40px");
});
