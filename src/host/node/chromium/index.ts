export { BrowserError, type BrowserErrorCode } from "./browser-error.ts";
export type { DevtoolsObject, DevtoolsSession } from "./devtools-client.ts";
export {
  createHeadlessScreens,
  type HeadlessBrowser,
  type HeadlessBrowserOptions,
  type HeadlessScreen,
  type HeadlessScreens,
  startHeadlessBrowser,
} from "./headless-browser.ts";
export type { HeadlessSurface } from "./headless-surface.ts";
export { DEFAULT_PICTURE_SIZE, type Picture, type PictureSize } from "./picture.ts";
