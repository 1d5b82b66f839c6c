import { type Clock, type Logger, messageOf, silentLogger, systemClock } from "../../../base/index.ts";
import type { SurfaceListener } from "../../../renderer/index.ts";
import { type Browser, chooseBrowser, startBrowser } from "./browser.ts";
import type { DevtoolsSession } from "./devtools-client.ts";
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
  /**
   * A screen for one engine. Its page is made when something is first drawn. `assets` are the folders below which the app's
   * pictures and fonts are; without any the page gets no files.
   */
  newScreen(size?: PictureSize, colorScheme?: "light" | "dark", assets?: readonly string[]): HeadlessScreen;
  /** Ends the browser and all screens. Idempotent. */
  close(): Promise<void>;
}

export interface HeadlessScreen extends DevtoolsSession {
  /** For `createEngine`, once: the surface that draws on this screen. It is a `ScriptedSurface`; disposing of it closes the screen. */
  surface(listener: SurfaceListener): HeadlessSurface;
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

/** Starts a browser. Rejects with a `BrowserError` whose message says what is missing and what to do. */
export async function startHeadlessBrowser(options: HeadlessBrowserOptions = {}): Promise<HeadlessBrowser> {
  const screens = createHeadlessScreens(options);
  try {
    const { version, executable, processId } = await screens.start();
    return { version, executable, processId, ...screens };
  } catch (thrown) {
    await screens.close();
    throw thrown;
  }
}

/** A browser that is started when the first screen is needed, and its screens. */
export interface HeadlessScreens extends Pick<HeadlessBrowser, "newScreen" | "close" | "lost"> {
  /** Idempotent. */
  start(): Promise<Browser>;
}

/** Throws a `BrowserError` when there is no browser that could be started. `lost` also says why one did not start. */
export function createHeadlessScreens(options: HeadlessBrowserOptions = {}): HeadlessScreens {
  const { environment = process.env, clock = systemClock, logger = silentLogger } = options;
  const files = new PageFiles(options.pageFolder);
  const choice = chooseBrowser({ ...options, environment });
  let starting: Promise<Browser> | undefined;
  let resolveLost = (_reason: string): void => {};
  const lost = new Promise<string>((resolve) => {
    resolveLost = resolve;
  });
  const start = (): Promise<Browser> => {
    if (starting === undefined) {
      starting = startBrowser(choice, { environment, clock, logger });
      starting.then((browser) => browser.lost).then(resolveLost, (thrown: unknown) => resolveLost(messageOf(thrown)));
    }
    return starting;
  };
  return {
    start,
    lost,
    newScreen(size = DEFAULT_PICTURE_SIZE, colorScheme = "light", assets = []) {
      const connect = async (): Promise<Browser["client"]> => (await start()).client;
      const page = new HeadlessPage({ connect, files, size, colorScheme, clock, logger });
      return {
        surface: (listener) => new HeadlessSurface({ page, clock, logger, assets }, listener),
        picture: (wanted) => page.picture(wanted),
        settled: () => page.settled(),
        open: () => page.open(),
        send: (method, params) => page.send(method, params),
        lost: page.lost,
        close: () => page.close(),
      };
    },
    async close() {
      const browser = await starting?.catch(() => undefined);
      await browser?.close();
    },
  };
}
