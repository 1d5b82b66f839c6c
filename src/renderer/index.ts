export * from "./engine/index.ts";
export { createNoSurface } from "./none.ts";
export * from "./page/index.ts";
export type * from "./surface.ts";
