import { assert } from "../base/assert.ts";
import type { FromRenderer } from "../protocol/index.ts";
import type { ExitReason } from "./machine.ts";

/** Who hears about the renderer. The runtime's `RendererListener` fits. */
export interface BridgeListener {
  /** A renderer is there and waits for the state; call `resyncComplete` after it has been sent. */
  onResync(info: { readonly generation: number }): void;
  onMessage(message: FromRenderer): void;
  /** The renderer is gone; a restart follows unless `willRestart` is false, in which case `onEnd` follows. */
  onExit(reason: ExitReason, willRestart: boolean): void;
  /** Nothing will come any more. `error` is absent after an orderly end. */
  onEnd(error?: Error): void;
}

type News = (listener: BridgeListener) => void;

/**
 * Hands news to the runtime in order: at once, or in a microtask when the bridge is inside a call of the runtime, or
 * when a runtime registers.
 */
export class Notifier {
  readonly #onThrown: (thrown: unknown) => void;
  #listener: BridgeListener | undefined;
  #pending: News[] = [];
  #isScheduled = false;

  constructor(onThrown: (thrown: unknown) => void) {
    this.#onThrown = onThrown;
  }

  get hasListener(): boolean {
    return this.#listener !== undefined;
  }

  register(listener: BridgeListener): void {
    assert(this.#listener === undefined, "one listener per bridge");
    this.#listener = listener;
    if (this.#pending.length > 0) this.#schedule();
  }

  notify(news: News, isInsideCall: boolean): void {
    const listener = this.#listener;
    if (listener !== undefined && !isInsideCall && this.#pending.length === 0) {
      this.#tell(listener, news);
      return;
    }
    this.#pending.push(news);
    if (listener !== undefined) this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      const listener = this.#listener;
      assert(listener !== undefined, "a listener never goes away");
      // News that arrive meanwhile are appended, and told in this loop.
      for (let index = 0; index < this.#pending.length; index += 1) {
        const news = this.#pending[index];
        if (news !== undefined) this.#tell(listener, news);
      }
      this.#pending = [];
    });
  }

  #tell(listener: BridgeListener, news: News): void {
    try {
      news(listener);
    } catch (thrown) {
      // A fault of the runtime is not a fault of the message it was handling.
      this.#onThrown(thrown);
    }
  }
}
