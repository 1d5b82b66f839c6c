// The script of the page that shows the windows of an app: the renderer command serves it to the person's browser.

import { systemClock } from "../../base/index.ts";
import { createDomSurface } from "../../renderer/dom/index.ts";
import { openWebSocket } from "../../transport/web/index.ts";
import { appAssets } from "./app-assets.ts";
import { pageRoot } from "./page-root.ts";
import { keepScrollOffsets } from "./scroll-keeper.ts";
import { claimSessionId } from "./session-id.ts";
import { StatusBanner } from "./status-banner.ts";
import { WindowConnection } from "./window-connection.ts";

/** The same in `host/node/window-page/page-server.ts`. */
const PROTOCOL = "plushie.window.v1";
const TAB_PREFIX = "plushie.tab.";
const TAKE_OVER = "plushie.take-over";

const url = new URL("/ws", location.href);
url.protocol = "ws:";
const root = pageRoot(document);
const storage = sessionStorageOf(window);
const tabId = claimSessionId({
  storage,
  locks: "locks" in navigator ? navigator.locks : undefined,
  fillRandom: (bytes) => crypto.getRandomValues(bytes),
});

const connection = new WindowConnection({
  clock: systemClock,
  surface: (listener, assets) => createDomSurface({ document, root, assets: appAssets(assets) })(listener),
  onStatus: (status) => banner.show(status),
  async open(listener, signal, takesOver) {
    const protocols = [PROTOCOL, TAB_PREFIX + (await tabId), ...(takesOver ? [TAKE_OVER] : [])];
    return openWebSocket({ url: url.href, protocols }, listener, signal);
  },
});
const banner = new StatusBanner({
  document,
  content: root,
  clock: systemClock,
  onRetry: () => connection.retryNow(),
  onReload: () => location.reload(),
});
if (storage !== undefined) keepScrollOffsets(root, storage);
connection.start();

/** Reading the property throws where the person has turned storage off. */
function sessionStorageOf(view: Window): Storage | undefined {
  try {
    return view.sessionStorage;
  } catch {
    return undefined;
  }
}
