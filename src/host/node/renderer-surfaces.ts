import { headlessSource } from "./renderer-headless.ts";
import { MockSurface } from "./renderer-mock-surface.ts";
import type { RendererProcessOptions, SurfaceSource } from "./renderer-process.ts";

/** What the renderer command can draw with. What one mode needs is loaded in no other. */
export const rendererSurfaces: RendererProcessOptions["surfaces"] = {
  mock: { backend: "mock", create: async () => (listener) => new MockSurface(listener) },
  headless: headlessSource(),
  windowed: windowedSource(),
};

function windowedSource(): SurfaceSource {
  let source: Pick<SurfaceSource, "create" | "close"> | undefined;
  return {
    backend: "wgpu",
    async create(options) {
      const { windowSurface } = await import("./window-page/window-surface.ts");
      source = windowSurface();
      return source.create(options);
    },
    async close() {
      await source?.close?.();
    },
  };
}
