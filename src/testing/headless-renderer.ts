import type { HeadlessSurface } from "../host/node/chromium/index.ts";
import { EventGate, ScreenEngine } from "../host/node/script/index.ts";
import { connectEngine } from "./memory-renderer.ts";
import { encodePng } from "./screenshot.ts";
import { sharedBrowser } from "./shared-browser.ts";
import type { TestRenderer, TestRendererOptions } from "./test-renderer.ts";

const VIEWPORT = { width: 1024, height: 768 };

/** The renderer's engine in this process, with a page of the shared browser to draw in. What a test does there is real input. */
export async function openHeadlessRenderer(options: TestRendererOptions): Promise<TestRenderer> {
  const browser = await sharedBrowser.acquire();
  const screen = browser.newScreen(options.viewport ?? VIEWPORT, options.theme, options.assets);
  let isDisposed = false;
  void screen.lost.then((reason) => {
    if (!isDisposed) options.onFault(`The page is gone: ${reason}`);
    options.onActivity();
  });
  let surface: HeadlessSurface | undefined;
  const { connector, dispose } = connectEngine(options, {
    backend: "headless",
    surface(listener) {
      surface = screen.surface(listener);
      return surface;
    },
    gate: (forward) => {
      const gate = new EventGate(forward);
      return {
        send: gate.send,
        // An engine makes its surface when it is made.
        inFront: (engine) =>
          surface === undefined
            ? engine
            : new ScreenEngine({ engine, surface, gate, send: forward, clock: options.clock }),
      };
    },
  });
  await screen.open();
  return {
    connector,
    picture: {
      drawnBy: browser.version,
      settled: async () => surface?.screen.settled("drawn"),
      async take({ width, height }) {
        const { width: wide = VIEWPORT.width, height: high = VIEWPORT.height } = options.viewport ?? {};
        const shot = await screen.picture({ width: width ?? wide, height: height ?? high });
        return { ...shot, png: () => encodePng(shot) };
      },
    },
    async dispose() {
      isDisposed = true;
      dispose();
      // The page goes in its own time; the next test does not wait for it, the browser's end does.
      screen.close().finally(() => sharedBrowser.release());
    },
  };
}
