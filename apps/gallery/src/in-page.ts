import { runInPage } from "plushie/page";
import gallery, { type GalleryOptions } from "./app.ts";
import { PAGES, THEMES, ZOOMS } from "./model.ts";

// The whole of it, application and renderer, in one page that any file server can deliver. The address may say what to
// begin with: index.html?page=canvas&theme=nord&zoom=150

function optionsIn(search: string): GalleryOptions {
  const asked = new URLSearchParams(search);
  const page = PAGES.find(([id]) => id === asked.get("page"))?.[0];
  const theme = (["system", "custom", ...THEMES] as const).find((name) => name === asked.get("theme"));
  const zoom = ZOOMS.find((one) => String(one) === asked.get("zoom"));
  return {
    ...(page === undefined ? {} : { page }),
    ...(theme === undefined ? {} : { theme }),
    ...(zoom === undefined ? {} : { zoom }),
  };
}

runInPage(gallery, { appOpts: optionsIn(globalThis.location.search) });
