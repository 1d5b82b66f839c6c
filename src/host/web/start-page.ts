import { ASSET_PREFIX } from "../../base/asset-path.ts";
import { type Clock, systemClock } from "../../base/index.ts";
import { createDomSurface } from "../../renderer/dom/index.ts";
import { createEngine, type SurfaceSettings } from "../../renderer/index.ts";
import { openWebSocket } from "../../transport/web/index.ts";
import { PageConnection } from "./page-connection.ts";
import { pageRoot } from "./page-root.ts";
import { claimSessionId } from "./session-id.ts";
import { StatusBanner } from "./status-banner.ts";

const PROTOCOL = "plushie.v1";
const SESSION_PREFIX = "plushie.session.";
const DEFAULT_PATH = "/ws";

export interface StartPageOptions {
  /** Of the server's WebSocket. Default: `/ws` at the page's own origin. */
  readonly url?: string | URL;
  /** Where the page is. Default: this one. */
  readonly root?: Document;
  /** Settings that win over the app's, for instance a text size the person chose. */
  readonly settings?: SurfaceSettings;
  /** Address of the server's asset folders. Default: where this package's server has them. */
  readonly assets?: string;
  readonly clock?: Clock;
}

/** A page that shows an app which runs on a server. */
export interface Page {
  /** Connects at once if there is no connection. */
  reconnect(): void;
  /** Closes the connection and takes everything off the screen. Idempotent. */
  dispose(): void;
}

/**
 * Shows in this page what a server's app draws, and stays connected: after a loss the old picture remains, input waits, and
 * the next snapshot is fitted into what is there, so that typed text, focus and scroll positions survive.
 */
export function startPage(options: StartPageOptions = {}): Page {
  const document = options.root ?? globalThis.document;
  const window = document.defaultView ?? globalThis.window;
  const clock = options.clock ?? systemClock;
  const root = pageRoot(document);
  const storage = sessionStorageOf(window);
  const stopKeeping = storage === undefined ? () => {} : keepScroll(root, storage);
  const url = socketUrl(options.url, window.location.href);
  // Claimed once, on the first connection: the same tab keeps its session over all of them.
  let sessionId: Promise<string> | undefined;
  const connection = new PageConnection({
    clock,
    random: Math.random,
    onStatus: (status) => banner.show(status),
    async open(listener, signal) {
      sessionId ??= claimSessionId({
        storage,
        locks: "locks" in window.navigator ? window.navigator.locks : undefined,
        fillRandom: (bytes) => window.crypto.getRandomValues(bytes),
      });
      const protocols = [PROTOCOL, SESSION_PREFIX + (await sessionId)];
      return openWebSocket({ url, protocols, clock }, listener, signal);
    },
  });
  const banner = new StatusBanner({
    document,
    content: root,
    clock,
    onRetry: () => connection.retryNow(),
    onReload: () => window.location.reload(),
  });
  const engine = createEngine({
    mode: "web",
    backend: "dom",
    transport: "websocket",
    codec: "json",
    surface: createDomSurface({ document, root, assets: options.assets ?? ASSET_PREFIX }),
    clock,
    send: (message) => connection.send(message),
    onEnd: (reason) => connection.engineEnded(reason),
    ...(options.settings === undefined ? {} : { settingsOverrides: options.settings }),
  });
  const wake = (): void => {
    if (document.visibilityState === "visible") connection.wake();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", wake);
  connection.start(engine);
  let isDisposed = false;
  return {
    reconnect: () => connection.retryNow(),
    dispose() {
      if (isDisposed) return;
      isDisposed = true;
      window.removeEventListener("online", wake);
      document.removeEventListener("visibilitychange", wake);
      stopKeeping();
      connection.dispose();
      engine.dispose();
      banner.dispose();
    },
  };
}

/** Behind what the page needs to show anything. */
function keepScroll(root: HTMLElement, storage: Storage): () => void {
  let stop = (): void => {};
  let isOver = false;
  import("./scroll-keeper.ts").then(
    ({ keepScrollOffsets }) => {
      if (!isOver) stop = keepScrollOffsets(root, storage);
    },
    () => {
      // Without it a reload begins at the top.
    },
  );
  return () => {
    isOver = true;
    stop();
  };
}

/** `ws:` for `http:`, `wss:` for `https:`. */
function socketUrl(given: string | URL | undefined, page: string): string {
  const url = new URL(given ?? DEFAULT_PATH, page);
  if (url.protocol === "http:") url.protocol = "ws:";
  else if (url.protocol === "https:") url.protocol = "wss:";
  return url.href;
}

/** Reading the property throws where the person has turned storage off. */
function sessionStorageOf(window: Window): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    // Without storage each load is a session of its own, which is what was asked for.
    return undefined;
  }
}
