import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mount } from "plushie/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { GoldenFiles } from "../../src/testing/golden-files.ts";
import { pngText } from "../../src/testing/png-text.ts";
import { encodePng, matchScreenshot, type Screenshot } from "../../src/testing/screenshot.ts";
import { counterApp } from "./testing-kit-apps.ts";

let folder: string;
let testFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plushie-snapshots-"));
  testFile = join(folder, "counter.test.ts");
  vi.stubEnv("CI", "");
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

const place = (name: string) => join(folder, "__snapshots__", "counter.test.ts", name);

describe("tree snapshots", () => {
  test("are written once and then compared, with the place of each difference", async () => {
    await using screen = await mount(counterApp, { testFile });
    await screen.toMatchTreeSnapshot("home");
    const written = JSON.parse(await readFile(place("home.tree.json"), "utf8"));
    expect(written).toEqual(screen.plainTree());
    await screen.toMatchTreeSnapshot("home");
    await screen.click("increment");
    const failure = await screen.toMatchTreeSnapshot("home").catch((thrown: unknown) => String(thrown));
    expect(failure).toContain(place("home.tree.json"));
    expect(failure).toContain('the prop content of "main#count" is "Count: 1", expected "Count: 0"');
    expect(failure).toContain('the prop disabled of "main#reset" is false, expected true');
    expect(failure).toContain("PLUSHIE_UPDATE_SNAPSHOTS=1");
  });

  test("are taken anew with the update switch", async () => {
    await writeFileIn("home.tree.json", "{}");
    await using screen = await mount(counterApp, { testFile });
    await expect(screen.toMatchTreeSnapshot("home")).rejects.toThrow("is no tree");
    vi.stubEnv("PLUSHIE_UPDATE_SNAPSHOTS", "1");
    await screen.toMatchTreeSnapshot("home");
    vi.stubEnv("PLUSHIE_UPDATE_SNAPSHOTS", "");
    await screen.toMatchTreeSnapshot("home");
  });

  test("that are not there fail where nobody would commit them", async () => {
    vi.stubEnv("CI", "true");
    await using screen = await mount(counterApp, { testFile });
    await expect(screen.toMatchTreeSnapshot("home")).rejects.toThrow("is not there. Run the test with");
    await expect(screen.toMatchTreeHash("home")).rejects.toThrow("is not there");
    expect(existsSync(place("home.tree.json"))).toBe(false);
  });

  test("of two tests with one name are refused instead of overwritten", async () => {
    vi.stubEnv("PLUSHIE_UPDATE_SNAPSHOTS", "1");
    await using screen = await mount(counterApp, { testFile });
    await screen.toMatchTreeSnapshot("same");
    await screen.click("increment");
    await expect(screen.toMatchTreeSnapshot("same")).rejects.toThrow("Two different snapshots of this run are called");
  });

  test("without a name are counted, and names stay in the folder", async () => {
    await using screen = await mount(counterApp, { testFile });
    await screen.toMatchTreeSnapshot();
    await screen.toMatchTreeSnapshot();
    expect(existsSync(place("tree.tree.json")) && existsSync(place("tree-2.tree.json"))).toBe(true);
    await expect(screen.toMatchTreeSnapshot("../../evil")).rejects.toThrow("is no name for a snapshot");
  });

  test("compare by the hash alone", async () => {
    await using screen = await mount(counterApp, { testFile });
    await screen.toMatchTreeHash("start");
    expect((await readFile(place("start.tree.hash"), "utf8")).trim()).toBe(screen.treeHash());
    await screen.click("increment");
    await expect(screen.toMatchTreeHash("start")).rejects.toThrow(/the tree's hash is [0-9a-f]{64}, expected/);
  });

  test("are kept beside the test that asks", async () => {
    await using screen = await mount(counterApp);
    await screen.toMatchTreeSnapshot("counter at start");
    const own = join(import.meta.dirname, "__snapshots__/testing-kit-snapshots.test.ts/counter at start.tree.json");
    expect(JSON.parse(await readFile(own, "utf8"))).toEqual(screen.plainTree());
  });
});

describe("pictures", () => {
  test("are refused where nothing is drawn", async () => {
    await using screen = await mount(counterApp, { testFile, backend: "mock" });
    expect([screen.draws, screen.backend]).toEqual([false, "mock"]);
    await expect(screen.screenshot()).rejects.toThrow(
      'the backend "mock" draws nothing. Mount with backend: "headless"',
    );
    await expect(screen.toMatchScreenshot("home")).rejects.toThrow("draws nothing");
  });

  const match = (shot: Screenshot, drawnBy = "chromium 1", tolerance?: { color?: number; pixels?: number }) =>
    matchScreenshot({
      files: new GoldenFiles(testFile, undefined),
      name: "home",
      backend: "headless",
      drawnBy,
      shot,
      tolerance,
    });

  test("are written once, with what drew them, and then compared to the pixel", async () => {
    expect(match(picture())).toBeUndefined();
    const golden = await readFile(place("home.headless.png"));
    expect(pngText(golden, "Drawn by")).toBe("chromium 1");
    expect(match(picture())).toBeUndefined();
    const problem = match(picture({ x: 3, y: 5, color: [254, 255, 255] }));
    expect(problem).toContain("1 of 200 pixels (0.50 %) differ, within x 3 to 3, y 5 to 5");
    expect(problem).toContain("home.headless.diff.png");
    expect(existsSync(place("home.headless.actual.png")) && existsSync(place("home.headless.diff.png"))).toBe(true);
    expect(match(picture())).toBeUndefined();
    expect(existsSync(place("home.headless.actual.png")) || existsSync(place("home.headless.diff.png"))).toBe(false);
  });

  test("of another browser may differ a little, and by more if the test says so", () => {
    expect(match(picture())).toBeUndefined();
    const near = picture({ x: 3, y: 5, color: [254, 255, 255] });
    const far = picture(
      { x: 3, y: 5, color: [0, 0, 0] },
      { x: 4, y: 5, color: [0, 0, 0] },
      { x: 5, y: 5, color: [0, 0, 0] },
    );
    expect(match(near, "chromium 2")).toBeUndefined();
    expect(match(far, "chromium 2")).toContain("The golden was drawn by chromium 1, this by chromium 2.");
    expect(match(far, "chromium 2")).toContain("3 of 200 pixels (1.50 %) differ (2 are allowed)");
    expect(match(near, "chromium 1", { color: 0.1 })).toBeUndefined();
    expect(match(far, "chromium 1", { pixels: 0.02 })).toBeUndefined();
  });

  test("of another size are no pictures of the same", () => {
    expect(match(picture())).toBeUndefined();
    const wide = { ...picture(), width: 10, height: 20 };
    expect(match(wide)).toContain("it is 10x20, expected 20x10");
  });

  test("are taken anew with the update switch, and keep their bytes when they show the same", async () => {
    expect(match(picture())).toBeUndefined();
    const before = await readFile(place("home.headless.png"));
    vi.stubEnv("PLUSHIE_UPDATE_SCREENSHOTS", "1");
    expect(match(picture(), "chromium 2")).toBeUndefined();
    expect(await readFile(place("home.headless.png"))).toEqual(before);
  });

  test("that cannot be read are named", async () => {
    await writeFileIn("home.headless.png", "no picture");
    expect(() => match(picture())).toThrow("is no picture");
  });
});

async function writeFileIn(name: string, text: string): Promise<void> {
  const { mkdir } = await import("node:fs/promises");
  await mkdir(join(place(name), ".."), { recursive: true });
  await writeFile(place(name), text);
}

/** 20 by 10 white pixels, some of them in another color. */
function picture(...dots: { x: number; y: number; color: [number, number, number] }[]): Screenshot {
  const rgba = new Uint8Array(20 * 10 * 4).fill(255);
  for (const { x, y, color } of dots) rgba.set(color, (y * 20 + x) * 4);
  const shot = { width: 20, height: 10, rgba, hash: JSON.stringify(dots) };
  return { ...shot, png: () => encodePng(shot) };
}
