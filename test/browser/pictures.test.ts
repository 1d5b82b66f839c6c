import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WireProps } from "../../src/protocol/index.ts";
import type { PicturesPage } from "./pictures-page.ts";
import { launchPage, type TestBrowser } from "./support/chromium.ts";
import { type Box, boxes, node, patch, perform, settled, show, take, windowNode } from "./support/dom-harness.ts";
import type { DomPage } from "./support/dom-page.ts";

declare const window: { readonly pictures: PicturesPage; readonly dom: DomPage };
declare const document: Document;

let browser: TestBrowser;
let page: Page;
beforeAll(async () => {
  browser = await launchPage(new URL("./pictures-page.ts", import.meta.url).href);
  page = await browser.open();
});
afterAll(() => browser.close());
beforeEach(async () => {
  await show(page, null);
  await perform(page, "clear_images");
  await take(page);
});

const RED = [255, 0, 0, 255];
const GREEN = [0, 255, 0, 255];

const upload = (handle: string, width: number, height: number, color: readonly number[], split?: readonly number[]) =>
  page.evaluate(([name, w, h, one, other]) => window.pictures.upload(name, w, h, one, other), [
    handle,
    width,
    height,
    color,
    split,
  ] as const);
const uploadBytes = (handle: string, text: string) =>
  page.evaluate(([name, bytes]) => window.pictures.uploadBytes(name, bytes), [handle, text] as const);
const addresses = (): Promise<number> => page.evaluate(() => window.pictures.openAddresses());

/** Shows one picture in a row at the corner of a black window. */
async function showOne(type: string, props: WireProps): Promise<void> {
  const theme = { background: "#000000", text: "#ffffff" };
  await show(
    page,
    windowNode({ theme }, [node("row", { id: "row", width: "fill" }, [node(type, { id: "p", ...props })])]),
  );
}
const setProps = (props: WireProps) => patch(page, [{ op: "update_props", path: [0, 0], props }]);

/** The box of the picture, once it has one. */
async function box(): Promise<Box> {
  await expect.poll(async () => (await boxes(page, ".pl-picture"))[0]?.width ?? 0).toBeGreaterThan(0);
  await settled(page);
  const [found] = await boxes(page, ".pl-picture");
  if (found === undefined) throw new Error("no picture");
  return found;
}

/** Colors on the screen as `rrggbb`. */
async function colors(...points: readonly (readonly [number, number])[]): Promise<readonly string[]> {
  await settled(page);
  const picture = PNG.sync.read(await page.screenshot());
  return points.map(([x, y]) => {
    const at = (y * picture.width + x) * 4;
    return Buffer.from(picture.data.subarray(at, at + 3)).toString("hex");
  });
}

const kinds = async (): Promise<readonly string[]> => (await take(page)).map((event) => event.family);

describe("image", () => {
  test("of pixels has its natural size and colors", async () => {
    await upload("two", 60, 30, RED, GREEN);
    await showOne("image", { source: { handle: "two" } });
    expect(await box()).toEqual({ x: 0, y: 0, width: 60, height: 30 });
    expect(await colors([5, 5], [55, 25], [65, 5])).toEqual(["ff0000", "00ff00", "000000"]);
  });

  test("with one size keeps its ratio; with two it fits into them", async () => {
    await upload("h", 60, 30, RED);
    await showOne("image", { source: { handle: "h" }, width: 120 });
    expect(await box()).toMatchObject({ width: 120, height: 60 });
    await setProps({ width: 120, height: 100 });
    expect(await box()).toMatchObject({ width: 120, height: 100 });
    expect(await colors([60, 10], [60, 50], [60, 90])).toEqual(["000000", "ff0000", "000000"]);
  });

  test("fills what it is told to fill", async () => {
    await upload("h", 60, 30, RED);
    await showOne("image", { source: { handle: "h" }, width: "fill", height: 50, content_fit: "fill" });
    expect(await box()).toMatchObject({ width: 300, height: 50 });
    expect(await colors([1, 1], [298, 48])).toEqual(["ff0000", "ff0000"]);
  });

  test.each([
    ["contain", ["000000", "ff0000", "00ff00"]],
    ["cover", ["ff0000", "ff0000", "00ff00"]],
    ["fill", ["ff0000", "ff0000", "00ff00"]],
    ["none", ["000000", "000000", "000000"]],
    ["scale_down", ["000000", "000000", "000000"]],
  ])("content_fit %s", async (content_fit, expected) => {
    await upload("h", 40, 20, RED, GREEN);
    await showOne("image", { source: { handle: "h" }, width: 100, height: 100, content_fit });
    await box();
    // Above the contained picture, at its left edge, at its right edge.
    expect(await colors([20, 10], [10, 30], [90, 70])).toEqual(expected);
    expect(await colors([45, 50], [55, 50])).toEqual(["ff0000", "00ff00"]);
  });

  test("filter_method nearest keeps hard edges", async () => {
    await upload("h", 2, 1, RED, GREEN);
    await showOne("image", { source: { handle: "h" }, width: 100, height: 50, filter_method: "nearest" });
    await box();
    expect(await colors([47, 25], [52, 25])).toEqual(["ff0000", "00ff00"]);
    await setProps({ filter_method: "linear" });
    expect(await colors([47, 25])).not.toEqual(["ff0000"]);
  });

  test("rotation turns the picture and leaves the box in the layout", async () => {
    await upload("h", 60, 20, RED);
    await showOne("image", { source: { handle: "h" }, rotation: 90 });
    await box();
    expect(await page.locator(".pl-picture").evaluate((element) => (element as HTMLElement).offsetHeight)).toBe(20);
    expect(await colors([30, 38], [5, 10])).toEqual(["ff0000", "000000"]);
  });

  test("scale, opacity and border_radius", async () => {
    await upload("h", 40, 40, RED);
    await showOne("image", { source: { handle: "h" }, scale: 0.5, opacity: 0.5 });
    await box();
    const [outside, inside] = await colors([5, 5], [20, 20]);
    expect(outside).toBe("000000");
    expect(inside).toMatch(/^(7f|80)0000$/);
    await setProps({ scale: null, opacity: null, border_radius: 20 });
    expect(await colors([1, 1], [20, 20])).toEqual(["000000", "ff0000"]);
  });

  test("border_radius follows the fitted picture", async () => {
    await upload("h", 40, 20, RED);
    await showOne("image", { source: { handle: "h" }, width: 100, height: 100, border_radius: 25 });
    await box();
    // The picture lies between 25 and 75; its corners are cut, its middle is not.
    expect(await colors([2, 27], [50, 27], [2, 50])).toEqual(["000000", "ff0000", "ff0000"]);
  });

  test("crop shows a part, which is the natural size then", async () => {
    await upload("h", 60, 30, RED, GREEN);
    await showOne("image", { source: { handle: "h" }, crop: { x: 40, y: 0, width: 100, height: 10 } });
    expect(await box()).toMatchObject({ width: 20, height: 10 });
    expect(await colors([3, 3])).toEqual(["00ff00"]);
    await setProps({ crop: null });
    await expect.poll(async () => (await boxes(page, ".pl-picture"))[0]?.width).toBe(60);
  });

  test("expand grows to the whole room", async () => {
    await upload("h", 60, 30, RED);
    await showOne("image", { source: { handle: "h" } });
    expect(await box()).toMatchObject({ width: 60 });
    await show(
      page,
      windowNode({}, [
        node("column", { width: "fill", height: "fill" }, [node("image", { source: { handle: "h" }, expand: true })]),
      ]),
    );
    expect(await box()).toMatchObject({ width: 300, height: 150 });
  });

  test("alt, description and decorative are what assistive technology gets", async () => {
    await upload("h", 10, 10, RED);
    await showOne("image", { source: { handle: "h" }, alt: "A red square", description: "Nothing else" });
    await box();
    const picture = page.getByRole("img", { name: "A red square" });
    expect(await picture.getAttribute("aria-description")).toBe("Nothing else");
    await setProps({ decorative: true });
    expect(await page.getByRole("img").count()).toBe(0);
    await setProps({ decorative: false });
    expect(await picture.count()).toBe(1);
  });
});

describe("uploaded pictures", () => {
  test("appear when they come after the widget, and change with their handle", async () => {
    await showOne("image", { source: { handle: "late" }, alt: "Late" });
    expect(await boxes(page, ".pl-picture")).toMatchObject([{ width: 0, height: 0 }]);
    await upload("late", 20, 20, RED);
    expect(await box()).toMatchObject({ width: 20 });
    await upload("late", 30, 20, GREEN);
    await expect.poll(async () => (await boxes(page, ".pl-picture"))[0]?.width).toBe(30);
    expect(await colors([5, 5])).toEqual(["00ff00"]);
  });

  test("vanish when they are deleted, and give their memory back", async () => {
    const before = await addresses();
    for (const handle of ["a", "b", "c"]) await upload(handle, 20, 20, RED);
    await showOne("image", { source: { handle: "a" } });
    await box();
    expect(await addresses()).toBe(before + 3);
    await upload("a", 25, 25, RED);
    await expect.poll(async () => (await boxes(page, ".pl-picture"))[0]?.width).toBe(25);
    expect(await addresses()).toBe(before + 3);
    await perform(page, "delete_image", undefined, { handle: "a" });
    await expect.poll(async () => (await boxes(page, ".pl-picture"))[0]?.width).toBe(0);
    await perform(page, "clear_images");
    expect(await addresses()).toBe(before);
  });

  test("a crop gives its memory back with its widget", async () => {
    const before = await addresses();
    await upload("h", 20, 20, RED);
    await showOne("image", { source: { handle: "h" }, crop: { x: 0, y: 0, width: 5, height: 5 } });
    await box();
    expect(await addresses()).toBe(before + 2);
    await show(page, null);
    expect(await addresses()).toBe(before + 1);
  });

  test("bytes that are no picture are an image_error, and the old picture stays", async () => {
    await upload("h", 20, 20, RED);
    await showOne("image", { source: { handle: "h" } });
    await box();
    await uploadBytes("h", "no picture");
    await expect.poll(kinds).toEqual(["image_error"]);
    expect(await colors([5, 5])).toEqual(["ff0000"]);
  });

  test("a canvas draws them, and draws them again when they change", async () => {
    await upload("h", 4, 4, RED);
    const shape = node("image", { source: { handle: "h" }, x: 0, y: 0, w: 40, h: 40 });
    await show(page, windowNode({}, [node("canvas", { width: 100, height: 100 }, [shape])]));
    await expect.poll(() => colors([20, 20])).toEqual(["ff0000"]);
    await upload("h", 4, 4, GREEN);
    await expect.poll(() => colors([20, 20])).toEqual(["00ff00"]);
  });

  test("a drawing may be uploaded, too", async () => {
    await uploadBytes(
      "d",
      '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="10"><path d="M0 0h30v10H0z"/></svg>',
    );
    await showOne("svg", { source: { handle: "d" } });
    expect(await box()).toMatchObject({ width: 30, height: 10 });
  });
});

describe("files of the app", () => {
  test("are asked for once and shown", async () => {
    await page.evaluate(() => void window.pictures.asked.splice(0));
    const images = [1, 2].map(() => node("image", { source: "red.png" }));
    await show(page, windowNode({}, [node("row", {}, images)]));
    expect(await box()).toMatchObject({ width: 40, height: 20 });
    expect(await page.evaluate(() => window.pictures.asked)).toEqual(["red.png"]);
  });

  test.each(["../secret.png", "/etc/passwd", "https://example.org/a.png", "C:\\x.png"])(
    "%s leads elsewhere: it is not asked for, is told, and nothing is drawn",
    async (source) => {
      await page.evaluate(() => void window.pictures.asked.splice(0));
      await showOne("image", { source, alt: "The logo" });
      const [event] = await take(page);
      expect(event).toMatchObject({ family: "asset_refused", value: { source, id: "p" } });
      expect(await page.evaluate(() => window.pictures.asked)).toEqual([]);
      expect(await boxes(page, ".pl-picture")).toMatchObject([{ width: 0, height: 0 }]);
    },
  );

  test("missing and broken files are told once", async () => {
    await showOne("image", { source: "broken.png" });
    await expect.poll(kinds).toEqual(["picture_missing"]);
    await setProps({ source: "nothing.png" });
    await expect.poll(kinds).toEqual(["picture_missing"]);
    await showOne("svg", { source: "broken.svg" });
    await expect.poll(kinds).toEqual(["svg_parse_error"]);
    expect(await boxes(page, ".pl-picture")).toMatchObject([{ width: 0, height: 0 }]);
  });

  test.each(["image", "svg"])("nothing is drawn in the place of a missing one: %s", async (type) => {
    await showOne(type, { source: "nothing.png", alt: "A missing picture" });
    await expect.poll(kinds).not.toEqual([]);
    expect(await boxes(page, ".pl-picture")).toMatchObject([{ width: 0, height: 0 }]);
    await setProps({ width: 60, height: 30 });
    await settled(page);
    expect(await boxes(page, ".pl-picture")).toMatchObject([{ width: 60, height: 30 }]);
    const picture = PNG.sync.read(await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 30 } }));
    const isBlack = picture.data.every((value, index) => value === (index % 4 === 3 ? 255 : 0));
    expect(isBlack).toBe(true);
    expect(await page.getByRole("img", { name: "A missing picture" }).count()).toBe(1);
  });

  test("a picture may come as data", async () => {
    const svg = encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="7" height="9"/>');
    await showOne("image", { source: `data:image/svg+xml,${svg}` });
    expect(await box()).toMatchObject({ width: 7, height: 9 });
  });
});

describe("svg", () => {
  test("has its natural size, a fit, rotation, opacity and a name", async () => {
    await showOne("svg", { source: "blue.svg", alt: "Blue", description: "A box", opacity: 1 });
    expect(await box()).toMatchObject({ width: 40, height: 20 });
    expect(await colors([20, 10])).toEqual(["0000ff"]);
    expect(await page.getByRole("img", { name: "Blue" }).getAttribute("aria-description")).toBe("A box");
    await setProps({ width: 100, height: 100, content_fit: "cover", rotation: 180, opacity: 0.5 });
    await box();
    expect((await colors([5, 5]))[0]).toMatch(/^0000(7f|80)$/);
    await setProps({ decorative: true });
    expect(await page.getByRole("img").count()).toBe(0);
  });

  test("color paints every opaque pixel, where the picture is", async () => {
    await showOne("svg", { source: "blue.svg", color: "#00ff00", width: 100, height: 100 });
    await box();
    await expect.poll(() => colors([50, 50], [50, 10])).toEqual(["00ff00", "000000"]);
    await setProps({ content_fit: "scale_down" });
    await expect.poll(() => colors([50, 50], [20, 50])).toEqual(["00ff00", "000000"]);
    await setProps({ color: null });
    await expect.poll(() => colors([50, 50])).toEqual(["0000ff"]);
  });

  test("runs no scripts and is no markup of the page", async () => {
    await showOne("svg", { source: "evil.svg" });
    await box();
    expect(await colors([5, 5])).toEqual(["ff0000"]);
    expect(await page.title()).not.toMatch(/^(1|run)$/);
    expect(await page.locator("svg, script:not([src])").count()).toBe(0);
  });
});

describe("qr_code", () => {
  const qr = (props: WireProps) => showOne("qr_code", { data: "https://plushie.example", ...props });
  const side = async (): Promise<number> => {
    await expect.poll(async () => (await boxes(page, ".pl-qr > canvas"))[0]?.width ?? 0).toBeGreaterThan(0);
    return (await boxes(page, ".pl-qr > canvas"))[0]?.width ?? 0;
  };

  test("is square, four pixels per module, without a quiet zone", async () => {
    await qr({});
    // 23 characters and medium correction: version 2, 25 modules.
    expect(await side()).toBe(100);
    // The finder in the corner: ring, gap, core.
    expect(await colors([1, 1], [27, 1], [5, 5], [9, 9], [29, 29])).toEqual([
      "000000",
      "000000",
      "ffffff",
      "000000",
      "ffffff",
    ]);
  });

  test("cell_size is kept within bounds and total_size wins", async () => {
    await qr({ cell_size: 2 });
    expect(await side()).toBe(50);
    await setProps({ cell_size: 0 });
    expect(await side()).toBe(25);
    await setProps({ cell_size: 6, total_size: 111 });
    expect(await side()).toBe(111);
  });

  test("error_correction makes it larger", async () => {
    await qr({ error_correction: "low" });
    const low = await side();
    await setProps({ error_correction: "high" });
    expect(await side()).toBeGreaterThan(low);
  });

  test("cell_color and background", async () => {
    await qr({ cell_color: "#ff0000", background: "#00ff00" });
    await side();
    expect(await colors([1, 1], [5, 5])).toEqual(["ff0000", "00ff00"]);
  });

  test("alt and description", async () => {
    await qr({ alt: "Address", description: "Scan it" });
    expect(await page.getByRole("img", { name: "Address" }).getAttribute("aria-description")).toBe("Scan it");
    await setProps({ alt: null });
    expect(await page.getByRole("img", { name: "QR code" }).count()).toBe(1);
  });

  test("what does not fit is told, in its place too, until it fits", async () => {
    await qr({ data: "x".repeat(5000) });
    await expect.poll(kinds).toEqual(["qr_code_error"]);
    expect(await page.locator(".pl-qr").textContent()).toMatch(/^QR code error: /);
    await setProps({ data: "short" });
    expect(await side()).toBe(84);
    expect(await page.locator(".pl-qr").textContent()).toBe("");
  });

  test("is painted anew for another sharpness of the screen", async () => {
    await qr({});
    expect(await side()).toBe(100);
    const pixels = (): Promise<number> =>
      page.locator(".pl-qr > canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).width);
    expect(await pixels()).toBe(100);
    const screen = await page.context().newCDPSession(page);
    for (const [index, deviceScaleFactor] of [2, 1.5, 1].entries()) {
      // The browser tells of another sharpness together with another size.
      const metrics = { width: 310 + index, height: 200, deviceScaleFactor, mobile: false };
      await screen.send("Emulation.setDeviceMetricsOverride", metrics);
      await expect.poll(pixels).toBe(100 * deviceScaleFactor);
      expect(await side()).toBe(100);
    }
    await screen.detach();
  });
});

describe("a font that comes as bytes", () => {
  const FONT = "@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2";
  const load = (family: string, font: Buffer) =>
    page.evaluate(
      ([name, text]) => {
        const data = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
        window.dom.perform("load_font", undefined, { family: name, data });
      },
      [family, font.toString("base64")] as const,
    );
  const fonts = () =>
    page.evaluate(() => [...document.fonts].map((font) => `${font.family} ${font.weight} ${font.status}`));

  test("is there for texts that name it, in all its weights", async () => {
    const line = (id: string, props: WireProps) => node("text", { id, size: 20, wrapping: "none", ...props });
    const own = { family: "My Mono font" };
    const tree = windowNode({}, [
      node("column", {}, [
        line("narrow", { content: "iiiiiiii", font: own }),
        line("wide", { content: "MMMMMMMM", font: own }),
        line("bold", { content: "MMMMMMMM", font: { ...own, weight: "bold" } }),
      ]),
    ]);
    await show(page, tree);
    const widths = async () => (await boxes(page, ".pl-text")).map(({ width }) => Math.round(width));
    expect((await widths())[0]).toBeLessThan((await widths())[1] ?? 0);
    await load(own.family, readFileSync(createRequire(import.meta.url).resolve(FONT)));
    await expect.poll(fonts).toEqual(["My Mono font 100 900 loaded"]);
    await settled(page);
    // 0.6 of the size for each letter.
    expect(await widths()).toEqual([96, 96, 96]);
  });

  test("is told when it is none", async () => {
    const before = await fonts();
    await load("Broken", Buffer.from("no font"));
    await expect.poll(kinds).toEqual(["renderer_runtime_error"]);
    expect(await fonts()).toEqual(before);
  });
});
