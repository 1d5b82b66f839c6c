import { type Clock, type Logger, silentLogger, systemClock } from "../../../base/index.ts";
import { type Browser, startBrowser } from "./browser.ts";
import { HeadlessPage } from "./headless-page.ts";
import { HeadlessSurface } from "./headless-surface.ts";
import { PageFiles } from "./page-files.ts";
import { DEFAULT_PICTURE_SIZE, type Picture, type PictureSize } from "./picture.ts";

export interface HeadlessBrowserOptions {
  /** The browser's program. Default: `PLUSHIE_CHROMIUM`, else the best one that is installed. */
  readonly executable?: string;
  /** As root a browser needs this. Default: whether `PLUSHIE_CHROMIUM_NO_SANDBOX` is `1`. */
  readonly isWithoutSandbox?: boolean;
  /** Default: this process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The folder with the page's folders `headless` and `fonts`. Default: the package's own. */
  readonly pageFolder?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/**
 * A browser process without a window, and any number of screens in it that know nothing of each other:
 *
 *     const browser = await startHeadlessBrowser();
 *     const screen = browser.newScreen();
 *     const engine = createEngine({ surface: screen.surface, mode: "headless", … });
 *     … snapshots, patches …
 *     const { width, height, rgba, hash, png } = await screen.picture();
 *     engine.dispose();           // closes the screen
 *     await browser.close();
 */
export interface HeadlessBrowser {
  /** Product and version, as the browser says itself. Pictures of different browsers may differ. */
  readonly version: string;
  readonly executable: string;
  readonly processId: number;
  /** Resolves with the reason when the browser ended on its own. All its screens are lost as well. */
  readonly lost: Promise<string>;
  /** A screen for one engine. Its page is made when something is first drawn. */
  newScreen(size?: PictureSize, colorScheme?: "light" | "dark"): HeadlessScreen;
  /** Ends the browser and all screens. Idempotent. */
  close(): Promise<void>;
}

export interface HeadlessScreen {
  /** For `createEngine`, once: the surface that draws on this screen. It is a `ScriptedSurface`; disposing of it closes the screen. */
  surface(listener: Parameters<SurfaceMaker>[0]): HeadlessSurface;
  /** What is seen now, with everything that was sent before drawn. Absent size: as the last picture. */
  picture(size?: PictureSize): Promise<Picture>;
  /** Resolves when everything that was sent is drawn, with its fonts and images. */
  settled(): Promise<void>;
  /** Makes the page now, for those who would rather wait before than at the first picture. */
  open(): Promise<void>;
  /** Resolves with the reason when the page crashed or the browser is gone. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

type SurfaceMaker = (listener: ConstructorParameters<typeof HeadlessSurface>[1]) => HeadlessSurface;

/** Starts a browser. Rejects with a `BrowserError` whose message says what is missing and what to do. */
export async function startHeadlessBrowser(options: HeadlessBrowserOptions = {}): Promise<HeadlessBrowser> {
  const {
    environment = process.env,
    clock = systemClock,
    logger = silentLogger,
    executable,
    isWithoutSandbox,
  } = options;
  const files = new PageFiles(options.pageFolder);
  const browser = await startBrowser({
    environment,
    clock,
    logger,
    ...(executable === undefined ? {} : { executable }),
    ...(isWithoutSandbox === undefined ? {} : { isWithoutSandbox }),
  });
  return {
    version: browser.version,
    executable: browser.executable,
    processId: browser.processId,
    lost: browser.lost,
    newScreen: (size = DEFAULT_PICTURE_SIZE, colorScheme = "light") =>
      newScreen(browser, { files, size, colorScheme, clock, logger }),
    close: () => browser.close(),
  };
}

function newScreen(
  { client }: Browser,
  options: { files: PageFiles; size: PictureSize; colorScheme: "light" | "dark"; clock: Clock; logger: Logger },
): HeadlessScreen {
  const page = new HeadlessPage({ client, ...options });
  const { clock, logger } = options;
  return {
    surface: (listener) => new HeadlessSurface({ page, clock, logger }, listener),
    picture: (size) => page.picture(size),
    settled: () => page.settled(),
    open: () => page.open(),
    lost: page.lost,
    close: () => page.close(),
  };
}
