import type { HeadlessBrowser } from "./chromium/index.ts";
import { HostError } from "./host-error.ts";
import type { SurfaceSource } from "./renderer-process.ts";

/** Pictures without a screen: each session has a page of its own in one browser process. */
export function headlessSource(): SurfaceSource {
  let browser: HeadlessBrowser | undefined;
  return {
    // The one name that hosts know for drawing without a screen.
    backend: "tiny-skia",
    async create({ environment, logger, clock }) {
      // Nothing of it is loaded in the other modes.
      const { BrowserError, startHeadlessBrowser } = await import("./chromium/index.ts");
      try {
        const started = await startHeadlessBrowser({ environment, logger, ...(clock === undefined ? {} : { clock }) });
        browser = started;
        return (listener) => started.newScreen().surface(listener);
      } catch (thrown) {
        if (!(thrown instanceof BrowserError)) throw thrown;
        throw new HostError("surface-unavailable", thrown.message, { cause: thrown });
      }
    },
    lost: () => browser?.lost ?? new Promise(() => {}),
    async close() {
      await browser?.close();
    },
  };
}
