export * from "./engine/index.ts";
export { createNoSurface } from "./none.ts";
export type * from "./surface.ts";
