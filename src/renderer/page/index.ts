export { type AttachedSurface, attachSurface } from "./attach-surface.ts";
export type * from "./channel.ts";
export { createPageSurface, type PageSurfaceOptions } from "./page-surface.ts";
