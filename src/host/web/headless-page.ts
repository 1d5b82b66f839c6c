// The script of the page that a renderer in Node draws in when there is no screen. The renderer calls the two functions below
// and is told everything by the one that it has put into the page.

import { createDomSurface } from "../../renderer/dom/index.ts";
import { attachSurface } from "../../renderer/page/index.ts";
import type { Surface } from "../../renderer/surface.ts";
import { appAssets } from "./app-assets.ts";

interface HeadlessGlobals {
  /** Put here by the renderer: takes a text of ours. */
  readonly plushieReport: (text: string) => void;
  /** Takes a text of the renderer, in parts. */
  plushieTake: (part: string, isLast: boolean) => void;
  /** Resolves when fonts and images are there and everything has been drawn. */
  plushieSettled: () => Promise<void>;
}

// The renderer and this page agree on these names.
const globals = globalThis as unknown as HeadlessGlobals;

const parts: string[] = [];
let surface: Surface | undefined;
let take = (_text: string): void => {};

globals.plushieTake = (part, isLast) => {
  parts.push(part);
  if (isLast) take(parts.splice(0).join(""));
};

globals.plushieSettled = async () => {
  // Parts that are loaded late, pictures and fonts of the app, and the frames that show them.
  await surface?.query({ name: "settled", payload: { frames: 2 } });
  const images = [...document.images].filter(({ complete }) => !complete);
  if (document.fonts.status === "loaded" && images.length === 0) return;
  await document.fonts.ready;
  await Promise.all(images.map(decoded));
  await drawn();
};

/** After the frame that shows what was changed before this call. */
function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** An image that cannot be read is drawn as such. */
function decoded(image: HTMLImageElement): Promise<void> {
  return image.decode().catch(() => {});
}

// A text that is measured before its font is there would be measured again, and be somewhere else.
const fonts = [...document.fonts].filter(({ style }) => style === "normal");
await Promise.all(fonts.map((font) => font.load()));
attachSurface(
  (listener) => {
    take = listener.onText;
    return { send: globals.plushieReport, close: () => {} };
  },
  (listener, assets) => {
    const root = document.body;
    surface = createDomSurface({ document, root, animationTime: "told", assets: appAssets(assets) })(listener);
    return surface;
  },
);
