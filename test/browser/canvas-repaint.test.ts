// Painting only what changed gives the picture that painting everything gives: exactly where edges are upright, and elsewhere but
// for a few pixels of smoothed edges, which the browser computes in another way for shapes that are cut off.

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { PatchOp, WireNode, WireProps } from "../../src/protocol/index.ts";
import type { TestBrowser } from "./support/chromium.ts";
import { launchDom, node, patch, settled, show, windowNode } from "./support/dom-harness.ts";
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
afterEach(() => page.context().close());

const WIDTH = 240;
const HEIGHT = 160;

function canvas(props: WireProps, ...children: readonly WireNode[]): WireNode {
  return windowNode({}, [node("canvas", { id: "c", width: WIDTH, height: HEIGHT, ...props }, children)]);
}

/** Mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random shapes: everything a canvas draws, at fractions of pixels, translucent, turned and cut off. */
class Painter {
  readonly #random: () => number;
  /** Only shapes whose edges are upright, and texts. */
  readonly #isUpright: boolean;

  constructor(seed: number, isUpright: boolean) {
    this.#random = randomOf(seed);
    this.#isUpright = isUpright;
  }

  number(from: number, to: number): number {
    return from + this.#random() * (to - from);
  }
  pick<Item>(list: readonly Item[]): Item {
    const item = list[Math.floor(this.#random() * list.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  }
  color(): string {
    const rgb = Math.floor(this.#random() * 0x1000000)
      .toString(16)
      .padStart(6, "0");
    return `#${rgb}${this.pick(["", "", "80", "33"])}`;
  }
  #stroke(): WireProps {
    return {
      color: this.color(),
      width: this.number(0.2, 9),
      cap: this.pick(["butt", "round", "square"]),
      join: this.#isUpright ? "miter" : this.pick(["miter", "round", "bevel"]),
      ...(!this.#isUpright && this.pick([true, false])
        ? { dash: { segments: [this.number(1, 9), this.number(1, 9)], offset: 3 } }
        : {}),
    };
  }
  #fill(): WireProps | string {
    if (this.pick([true, true, false])) return this.color();
    const stops = [
      [0, this.color()],
      [1, this.color()],
    ];
    return { type: "linear", start: [this.#x(), this.#y()], end: [this.#x(), this.#y()], stops };
  }
  #x(): number {
    return this.number(-20, WIDTH + 20);
  }
  #y(): number {
    return this.number(-20, HEIGHT + 20);
  }
  props(): WireProps {
    const [x, y] = [this.#x(), this.#y()];
    const looks: readonly WireProps[] = [
      { fill: this.#fill() },
      { stroke: this.#stroke() },
      { fill: this.#fill(), stroke: this.#stroke() },
    ];
    return {
      ...this.pick(looks),
      x,
      y,
      x1: x,
      y1: y,
      x2: x + this.number(-60, 60),
      y2: y + this.number(-60, 60),
      w: this.number(-10, 60),
      h: this.number(1, 60),
      r: this.number(0, 25),
      ...(!this.#isUpright && this.pick([true, false]) ? { radius: this.number(0, 20) } : {}),
      content: this.pick(["Agjy|", "שלום", "two\nlines", "fffi Ẵ", ""]),
      size: this.number(6, 30),
      align_x: this.pick(["left", "center", "right"]),
      align_y: this.pick(["top", "center", "bottom"]),
      opacity: this.pick([1, 1, 0.5, 0]),
      fill_rule: this.pick(["non_zero", "even_odd"]),
      commands: [
        ["move_to", x, y],
        ["line_to", x + 30, y + 4],
        ["quadratic_to", x + 40, y - 40, x + 3, y + 20],
        ["bezier_to", x - 30, y, x, y + 60, x + 20, y + 20],
        this.pick([
          ["arc", x, y, 18, 20, 250],
          ["ellipse", x, y, 25, 8, 30, 0, 300],
          ["arc_to", x + 9, y + 2, x - 40, y + 8, 6],
          ["rounded_rect", x, y, 30, 20, 6],
        ]),
        ...(this.pick([true, false]) ? ["close"] : []),
      ],
    };
  }
  shape(): WireNode {
    const types = this.#isUpright ? ["rect", "text"] : ["rect", "rect", "circle", "line", "path", "text"];
    return node(this.pick(types), this.props());
  }
  group(depth: number): WireNode {
    const transforms = [
      { type: "translate", x: this.number(-30, 60), y: this.number(-30, 40) },
      { type: "rotate", angle: this.#isUpright ? 0 : this.number(-90, 90) },
      { type: "scale", x: this.number(0.3, 1.5), y: this.number(0.3, 1.5) },
    ];
    const props: WireProps = {
      ...(this.pick([true, false]) ? { transforms } : {}),
      ...(this.pick([true, false]) ? { clip: { x: this.#x(), y: this.#y(), w: 90, h: 70 } } : {}),
      ...(this.pick([true, false]) ? { opacity: 0.7 } : {}),
    };
    const children = Array.from({ length: 3 }, () =>
      depth > 0 && this.pick([true, false]) ? this.group(depth - 1) : this.shape(),
    );
    return node("group", props, children);
  }
  any(): WireNode {
    return this.pick([true, true, false]) ? this.shape() : this.group(2);
  }
  /** One change of the children of the node at `path`, which has `count` of them. */
  op(path: readonly number[], children: readonly WireNode[]): PatchOp {
    const index = Math.floor(this.number(0, children.length));
    const type = children[index]?.type;
    const kind = this.pick(["props", "props", "insert", "remove", "replace"]);
    if (kind === "insert") return { op: "insert_child", path: [...path], index, node: this.any() };
    if (kind === "remove") return { op: "remove_child", path: [...path], index };
    if (kind === "props" && type !== "group")
      return { op: "update_props", path: [...path, index], props: this.props() };
    return { op: "replace_node", path: [...path, index], node: this.any() };
  }
}

/** The tree's list of children after the op; only as far as the next op needs to know. */
function after(children: readonly WireNode[], op: PatchOp): readonly WireNode[] {
  switch (op.op) {
    case "insert_child":
      return children.toSpliced(op.index, 0, op.node);
    case "remove_child":
      return children.toSpliced(op.index, 1);
    case "replace_node":
      return children.with(op.path.at(-1) ?? 0, op.node);
    default:
      return children;
  }
}

interface Comparison {
  /** Pixels of the sheet that differ by more than rounding, and the largest difference of a channel. */
  readonly differing: number;
  readonly largest: number;
  /** Pixels that are painted at all. */
  readonly painted: number;
}

/** The picture as it is against the one after everything is painted again. */
function compareWithWhole(): Promise<Comparison> {
  return page.evaluate(async () => {
    const read = (): Uint8ClampedArray => {
      const sheet = document.querySelector<HTMLCanvasElement>(".pl-canvas-sheet");
      const context = sheet?.getContext("2d");
      if (sheet === null || !context) throw new Error("no sheet");
      return context.getImageData(0, 0, sheet.width, sheet.height).data;
    };
    const settle = (): Promise<unknown> => window.dom.surface.query({ name: "settled", payload: { frames: 2 } });
    await settle();
    const parts = read();
    // Fonts may have changed, so nothing of the picture is kept.
    document.fonts.dispatchEvent(new Event("loadingdone"));
    await settle();
    const whole = read();
    let differing = 0;
    let largest = 0;
    let painted = 0;
    for (let at = 0; at < whole.length; at += 4) {
      let most = 0;
      const [one, other] = [(whole[at + 3] ?? 0) / 255, (parts[at + 3] ?? 0) / 255];
      for (let channel = 0; channel < 4; channel += 1) {
        // As much of the color as is seen: of what is nearly transparent the color says nothing.
        const [left, right] = channel === 3 ? [1, 1] : [one, other];
        most = Math.max(most, Math.abs((whole[at + channel] ?? 0) * left - (parts[at + channel] ?? 0) * right));
      }
      if (most > 2) differing += 1;
      if ((whole[at + 3] ?? 0) > 0) painted += 1;
      largest = Math.max(largest, most);
    }
    return { differing, largest, painted };
  });
}

/** Counts how much of the sheet is wiped, as a share of it, while something is done. */
async function wipedShare(act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D;
    const record = window as unknown as { wiped: number; clip: number };
    record.wiped = 0;
    const { clearRect, clip, restore, rect } = prototype;
    let last = 0;
    let clipped: number | undefined;
    prototype.rect = function (x, y, w, h) {
      last = w * h;
      rect.call(this, x, y, w, h);
    };
    prototype.clip = function () {
      clipped ??= last;
      Reflect.apply(clip, this, []);
    };
    prototype.restore = function () {
      clipped = undefined;
      restore.call(this);
    };
    prototype.clearRect = function (x, y, w, h) {
      record.wiped += Math.min(clipped ?? w * h, w * h) / (this.canvas.width * this.canvas.height);
      clearRect.call(this, x, y, w, h);
    };
  });
  await act();
  await settled(page);
  return page.evaluate(() => (window as unknown as { wiped: number }).wiped);
}

/** The comparison after each of many random changes. */
async function changed(painter: Painter, deviceScaleFactor: number): Promise<readonly Comparison[]> {
  page = await browser.open({ viewport: { width: 300, height: 200 }, deviceScaleFactor });
  let children: readonly WireNode[] = Array.from({ length: 60 }, () => painter.any());
  await show(page, canvas({}, ...children));
  await settled(page);
  const found: Comparison[] = [];
  for (let step = 0; step < 25; step += 1) {
    const ops: PatchOp[] = [];
    for (let count = painter.pick([1, 1, 2, 4]); count > 0; count -= 1) {
      const op = painter.op([0], children);
      ops.push(op);
      children = after(children, op);
    }
    await patch(page, ops);
    found.push(await compareWithWhole());
  }
  return found;
}

describe("a part painted again", () => {
  test.each([
    [1, 1],
    [2, 2],
    [3, 1.25],
  ])("is the same to the last bit with upright edges and texts (seed %s, density %s)", async (seed, density) => {
    for (const { differing, painted } of await changed(new Painter(seed, true), density)) {
      expect(differing).toBe(0);
      expect(painted).toBeGreaterThan(1000);
    }
  });

  test.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 1.5],
    [5, 1],
    [6, 1.25],
  ])("differs in hardly any pixel of smoothed edges (seed %s, density %s)", async (seed, density) => {
    for (const { differing, largest, painted } of await changed(new Painter(seed, false), density)) {
      expect(differing).toBeLessThan(0.02 * painted);
      expect(largest).toBeLessThan(96);
      expect(painted).toBeGreaterThan(1000);
    }
  });
});

describe("what is painted again", () => {
  const grid = (): WireNode[] =>
    Array.from({ length: 100 }, (_, index) =>
      node("rect", { x: (index % 10) * 24, y: Math.floor(index / 10) * 16, w: 20, h: 12, fill: "#336699" }),
    );

  test("one shape: its place before and after", async () => {
    page = await browser.open({ viewport: { width: 300, height: 200 } });
    await show(page, canvas({}, ...grid()));
    await settled(page);
    const share = await wipedShare(() =>
      patch(page, [{ op: "update_props", path: [0, 5], props: { x: 200, y: 130, fill: "#ff0000" } }]),
    );
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.05);
    expect(await compareWithWhole()).toMatchObject({ differing: 0 });
  });

  test("hover: the element that is left and the one that is entered", async () => {
    page = await browser.open({ viewport: { width: 300, height: 200 } });
    const element = (id: string, x: number): WireNode =>
      node("group", { id, on_click: true, a11y: { label: id }, hover_style: { fill: "#00ff00" } }, [
        node("rect", { x, y: 100, w: 20, h: 20, fill: "#ff0000" }),
      ]);
    await show(page, canvas({}, ...grid(), element("c/a", 0), element("c/b", 200)));
    await page.mouse.move(10, 110);
    await settled(page);
    const share = await wipedShare(() => page.mouse.move(210, 110));
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.06);
    expect(await compareWithWhole()).toMatchObject({ differing: 0 });
  });

  test("all of it when most of it changes", async () => {
    page = await browser.open({ viewport: { width: 300, height: 200 } });
    const shapes = grid();
    await show(page, canvas({}, ...shapes));
    await settled(page);
    const share = await wipedShare(() =>
      patch(
        page,
        shapes.map((_, index) => ({ op: "update_props", path: [0, index], props: { fill: "#ff0000" } }) as const),
      ),
    );
    expect(share).toBe(1);
  });
});
