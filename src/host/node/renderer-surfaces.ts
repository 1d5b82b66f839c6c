import { headlessSource } from "./renderer-headless.ts";
import { MockSurface } from "./renderer-mock-surface.ts";
import type { RendererProcessOptions } from "./renderer-process.ts";
import { windowSurface } from "./window-page/window-surface.ts";

/** What the renderer command can draw with. */
export const rendererSurfaces: RendererProcessOptions["surfaces"] = {
  mock: { backend: "mock", create: async () => (listener) => new MockSurface(listener) },
  headless: headlessSource(),
  windowed: windowSurface(),
};
