export {
  type AttachedSurface,
  type AttachedSurfaceFactory,
  attachSurface,
  PageAssetError,
  type PageAssets,
} from "./attach-surface.ts";
export type * from "./channel.ts";
export { createPageSurface, type PageAsset, type PageSurfaceOptions } from "./page-surface.ts";
