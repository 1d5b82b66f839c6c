import { createNoSurface } from "../../renderer/index.ts";
import type { RendererProcessOptions } from "./renderer-process.ts";

/** What the renderer command can draw with. */
export const rendererSurfaces: RendererProcessOptions["surfaces"] = {
  mock: { backend: "mock", create: async () => createNoSurface() },
};
