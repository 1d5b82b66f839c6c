import type { HeadlessScreens } from "./chromium/index.ts";
import { HostError } from "./host-error.ts";
import type { SurfaceSource } from "./renderer-process.ts";

/**
 * Pictures without a screen: each session has a page of its own in one browser process. The browser is started by the first
 * good settings, so that `hello` does not wait for it; that there is none is known before.
 */
export function headlessSource(): SurfaceSource {
  let screens: HeadlessScreens | undefined;
  return {
    // The one name that hosts know for drawing without a screen.
    backend: "tiny-skia",
    async create({ arguments: { assets }, environment, logger, clock }) {
      // Nothing of it is loaded in the other modes.
      const { BrowserError, createHeadlessScreens } = await import("./chromium/index.ts");
      try {
        const created = createHeadlessScreens({ environment, logger, ...(clock === undefined ? {} : { clock }) });
        screens = created;
        return (listener) => created.newScreen(undefined, undefined, assets).surface(listener);
      } catch (thrown) {
        if (!(thrown instanceof BrowserError)) throw thrown;
        throw new HostError("surface-unavailable", thrown.message, { cause: thrown });
      }
    },
    lost: () => screens?.lost ?? new Promise(() => {}),
    async close() {
      await screens?.close();
    },
  };
}
