import { AssetRefusal } from "../../renderer/dom/pictures/asset-source.ts";
import { PageAssetError, type PageAssets } from "../../renderer/page/index.ts";

/** The app's files for a surface in a page: from the renderer, which says which of them may be had. */
export function appAssets(read: PageAssets): PageAssets {
  return async (path) => {
    try {
      return await read(path);
    } catch (thrown) {
      if (thrown instanceof PageAssetError && thrown.isRefused) throw new AssetRefusal(thrown.message);
      throw thrown;
    }
  };
}
