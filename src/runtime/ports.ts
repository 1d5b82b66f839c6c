import type { FromRenderer, ToRenderer } from "../protocol/index.ts";

/** What the runtime needs from whoever reaches a renderer. The bridge implements it; tests use a recorder. */
export interface RendererPort {
  /** Begins; resolves when the first renderer is ready, rejects when there is none to be had. */
  start(listener: RendererListener): Promise<void>;
  /**
   * Sends or, while there is no renderer, drops or queues the message by its class (rebuildable or transient). Settings
   * are remembered and open every connection; the runtime sends them once, before `start`.
   */
  send(message: ToRenderer): void;
  /** Says that everything after `onResync` has been sent, so that queued messages may follow. */
  resyncComplete(): void;
  /** Replaces the renderer on purpose. */
  restart(): void;
  /** Ends it for good, in every state. Idempotent. */
  stop(): Promise<void>;
}

/** Called by the port, never from inside one of its methods. */
export interface RendererListener {
  /**
   * A new renderer is there (also the first): send tree, subscriptions and windows again, then call `resyncComplete`. The
   * same generation again means that the renderer could not keep up and needs the state anew.
   */
  onResync(info: { readonly generation: number }): void;
  onMessage(message: FromRenderer): void;
  /** The renderer is gone; a restart follows unless `willRestart` is false, in which case `onEnd` follows. */
  onExit(reason: ExitReason, willRestart: boolean): void;
  /** Nothing will come any more. `error` is absent after an orderly end. */
  onEnd(error?: Error): void;
}

export interface ExitReason {
  readonly kind: "shutdown" | "crash" | "connection-lost" | "heartbeat-timeout" | "bad-framing" | "restart";
  readonly detail?: string;
}
