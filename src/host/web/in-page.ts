import type { App } from "../../app/index.ts";
import { type Clock, type Logger, systemClock } from "../../base/index.ts";
import { createBridge, isShared, type Transport, type TransportListener } from "../../bridge/index.ts";
import { createDomSurface } from "../../renderer/dom/index.ts";
import { createEngine, type SurfaceSettings } from "../../renderer/index.ts";
import { createRuntime, type Runtime } from "../../runtime/index.ts";
import { createMemoryConnector } from "../../transport/memory.ts";
import { encodeJsonMessage } from "../../wire/json-messages.ts";
import { feedEngine } from "./feed.ts";
import { pageRoot } from "./page-root.ts";

export interface RunInPageOptions<Options = unknown> {
  /** Default: this page's. */
  readonly document?: Document;
  /** What the app is drawn into. Default: the element with the id `plushie`, made when there is none. */
  readonly root?: HTMLElement;
  /** Handed to `init` by identity. */
  readonly appOpts?: Options;
  /** Settings that win over the app's. */
  readonly settings?: SurfaceSettings;
  /** Address of the folder with the pictures and fonts that the app names by path. Default: none, and paths are refused. */
  readonly assets?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** An app that runs in this page, without a server. */
export interface InPageApp<Model, Incoming> {
  readonly runtime: Runtime<Model, Incoming>;
  /** Stops the app and takes it off the screen. Idempotent. */
  stop(): Promise<void>;
}

/**
 * Runs an app and its renderer in one page. The two talk through the same protocol as over a network, so that what works
 * here works there; only trees and events, which are plain data by construction, are handed over instead of encoded.
 */
export function runInPage<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: RunInPageOptions<Options> = {},
): InPageApp<Model, Incoming> {
  const document = options.document ?? globalThis.document;
  const root = options.root ?? pageRoot(document);
  const clock = options.clock ?? systemClock;
  let transport: Transport | undefined;
  const engine = createEngine({
    mode: "web",
    backend: "dom",
    transport: "memory",
    codec: "json",
    surface: createDomSurface({ document, root, ...(options.assets === undefined ? {} : { assets: options.assets }) }),
    clock,
    send(message) {
      if (transport?.share !== undefined && isShared(message)) {
        transport.share(message);
        return;
      }
      const payload = encodeJsonMessage(message);
      if (payload.ok) transport?.send(payload.value);
    },
    onEnd: () => void transport?.close({ kind: "shutdown" }),
    ...(options.settings === undefined ? {} : { settingsOverrides: options.settings }),
  });
  const accept = (accepted: Transport): TransportListener => {
    transport = accepted;
    engine.start();
    return {
      onMessage: (payload) => void feedEngine(engine, payload),
      onShared: (message) => {
        if (message.type !== "event") engine.receive(message);
      },
      onDrain: () => {},
      onClose() {
        if (transport !== accepted) return;
        transport = undefined;
        engine.suspend();
      },
    };
  };
  const logger = options.logger === undefined ? {} : { logger: options.logger };
  const bridge = createBridge({
    connector: createMemoryConnector({ codec: "json", accept, shares: true }),
    clock,
    ...logger,
  });
  const runtime = createRuntime(app, {
    renderer: bridge,
    clock,
    ...logger,
    ...(options.appOpts === undefined ? {} : { appOpts: options.appOpts }),
  });
  return {
    runtime,
    async stop() {
      await runtime.stop();
      engine.dispose();
    },
  };
}
