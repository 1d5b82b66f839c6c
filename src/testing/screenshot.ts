import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { messageOf } from "../base/index.ts";
import {
  claim,
  type GoldenFiles,
  isOn,
  readGolden,
  refuseMissingInCi,
  removeGolden,
  writeGolden,
} from "./golden-files.ts";
import { pngText, withPngText } from "./png-text.ts";
import { TestFailure } from "./test-failure.ts";

/** What was drawn, at one pixel per unit of length. */
export interface Screenshot {
  readonly width: number;
  readonly height: number;
  /** Four bytes per pixel, from the top left. */
  readonly rgba: Uint8Array;
  /** SHA-256 of `rgba`. */
  readonly hash: string;
  png(): Uint8Array;
}

export interface ScreenshotTolerance {
  /** How far a pixel's color may be off, from 0 to 1. Default 0. At least 0.1 when another browser drew the golden. */
  readonly color?: number;
  /** How many pixels may differ, as a share of all from 0 to 1. Default 0. At least 0.01 when another browser drew the golden. */
  readonly pixels?: number;
}

export interface ScreenshotMatch {
  readonly files: GoldenFiles;
  readonly name: string;
  readonly backend: string;
  /** Flavor and version of what drew it, as in `chromium 140.0.7339.80`. */
  readonly drawnBy: string;
  readonly shot: Screenshot;
  readonly tolerance: ScreenshotTolerance | undefined;
}

const UPDATE = "PLUSHIE_UPDATE_SCREENSHOTS";
const DRAWN_BY = "Drawn by";
/** Other browsers place glyphs otherwise, by parts of a pixel. */
const FOREIGN: Required<ScreenshotTolerance> = { color: 0.1, pixels: 0.01 };
/** Drawn widgets are flat areas: without filters, and with plain deflate, they are a third smaller. */
const FLAT = { filterType: 0, deflateStrategy: 0 } as const;
const EXACT: Required<ScreenshotTolerance> = { color: 0, pixels: 0 };
const DIFFERENT = [255, 0, 0] as const;

export function encodePng({ width, height, rgba }: Omit<Screenshot, "png">): Buffer {
  const png = new PNG({ width, height });
  png.data = Buffer.from(rgba);
  return PNG.sync.write(png, FLAT);
}

/** Compares a picture with the golden of this name, or writes it. Returns what differs, or nothing. */
export function matchScreenshot({
  files,
  name,
  backend,
  drawnBy,
  shot,
  tolerance,
}: ScreenshotMatch): string | undefined {
  const [path, actualPath, diffPath] = [`${backend}.png`, `${backend}.actual.png`, `${backend}.diff.png`].map(
    (ending) => files.path(name, ending),
  ) as [string, string, string];
  const golden = readGolden(path);
  const actual = (): Buffer => withPngText(encodePng(shot), DRAWN_BY, drawnBy);
  if (isOn(UPDATE) || golden === undefined) {
    if (golden === undefined && !isOn(UPDATE)) refuseMissingInCi(path, UPDATE);
    claim(path, shot.hash);
    // A golden that shows the same keeps its bytes, whatever browser drew it.
    if (golden === undefined || !isSame(decode(path, golden), shot)) writeGolden(path, actual());
  } else {
    const wanted = decode(path, golden);
    const painter = pngText(golden, DRAWN_BY);
    const allowed = painter === drawnBy ? { ...EXACT, ...tolerance } : atLeast(FOREIGN, tolerance);
    const problem = differenceOf(wanted, shot, allowed, diffPath);
    if (problem !== undefined) {
      writeGolden(actualPath, actual());
      const other =
        painter === drawnBy ? "" : `\nThe golden was drawn by ${painter ?? "something unknown"}, this by ${drawnBy}.`;
      return `${path}: ${problem}${other}\nSee ${actualPath}. ${UPDATE}=1 takes it as it is now.`;
    }
  }
  // What an earlier failure left.
  removeGolden(actualPath);
  removeGolden(diffPath);
  return undefined;
}

/** What is asked of the browser that drew the golden cannot be asked of another one. */
function atLeast(
  least: Required<ScreenshotTolerance>,
  given: ScreenshotTolerance | undefined,
): Required<ScreenshotTolerance> {
  return {
    color: Math.max(least.color, given?.color ?? 0),
    pixels: Math.max(least.pixels, given?.pixels ?? 0),
  };
}

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8Array;
}

function differenceOf(
  wanted: Picture,
  shot: Picture,
  { color, pixels }: Required<ScreenshotTolerance>,
  diffPath: string,
): string | undefined {
  const { width, height } = wanted;
  if (width !== shot.width || height !== shot.height) {
    removeGolden(diffPath);
    return `it is ${shot.width}x${shot.height}, expected ${width}x${height}`;
  }
  const mask = new Uint8Array(shot.rgba.length);
  // Every pixel counts when nothing is tolerated, also those that look like smoothed edges.
  const options = {
    threshold: color,
    includeAA: color === 0,
    diffMask: true,
    diffColor: [...DIFFERENT] as [number, number, number],
  };
  const count = pixelmatch(wanted.rgba, shot.rgba, mask, width, height, options);
  const allowed = Math.floor(pixels * width * height);
  if (count <= allowed) return undefined;
  const diff = new PNG({ width, height });
  pixelmatch(wanted.rgba, shot.rgba, diff.data, width, height, { ...options, diffMask: false });
  writeGolden(diffPath, PNG.sync.write(diff));
  const share = ((100 * count) / (width * height)).toFixed(2);
  const limit = allowed === 0 ? "" : ` (${allowed} are allowed)`;
  return `${count} of ${width * height} pixels (${share} %) differ${limit}, within ${boundsOf(mask, width)}. The difference is in ${diffPath}`;
}

/** Where the marked pixels are. */
function boundsOf(mask: Uint8Array, width: number): string {
  let [left, top, right, bottom] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  for (let at = 0; at < mask.length; at += 4) {
    const isMarked = mask[at + 3] !== 0 && mask[at] === DIFFERENT[0] && mask[at + 1] === DIFFERENT[1];
    if (!isMarked) continue;
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  return `x ${left} to ${right}, y ${top} to ${bottom}`;
}

function decode(path: string, bytes: Buffer): Picture {
  try {
    const { width, height, data } = PNG.sync.read(bytes);
    return { width, height, rgba: data };
  } catch (thrown) {
    throw new TestFailure(`${path} is no picture: ${messageOf(thrown)}`, { cause: thrown });
  }
}

function isSame(golden: Picture, shot: Picture): boolean {
  return golden.width === shot.width && golden.height === shot.height && Buffer.compare(golden.rgba, shot.rgba) === 0;
}
