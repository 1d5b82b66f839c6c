import { type RendererSubscription, type Subscription, subscriptionKey } from "../app/index.ts";
import type { Cancel, Clock } from "../base/index.ts";
import { deliversFamily, type ToRenderer } from "../protocol/index.ts";
import { isOfComposite } from "./composite-subscriptions.ts";
import { diffSubscriptions } from "./subscriptions.ts";
import { startTicker } from "./ticker.ts";

/** Tags of the entries that the runtime keeps for itself. */
export const CLOSE_TAG = "plushie:close";
export const WINDOWS_TAG = "plushie:windows";

/** Always there: a close button must reach `update`, and the runtime must know which windows are left. */
const OWN_ENTRIES: readonly ToRenderer[] = [
  { type: "subscribe", kind: "on_window_close", tag: CLOSE_TAG },
  { type: "subscribe", kind: "on_window_event", tag: WINDOWS_TAG },
];

export interface SubscriptionPorts {
  readonly clock: Clock;
  readonly send: (message: ToRenderer) => void;
  readonly onTick: (tag: string, at: number) => void;
}

/** Keeps running what `subscribe` asked for: timers here, all other sources in the renderer. */
export class SubscriptionTracker {
  readonly #ports: SubscriptionPorts;
  readonly #tickers = new Map<string, Cancel>();
  #running: ReadonlyMap<string, Subscription> = new Map();

  constructor(ports: SubscriptionPorts) {
    this.#ports = ports;
  }

  /** In the order of the list. */
  get active(): readonly Subscription[] {
    return [...this.#running.values()];
  }

  apply(wanted: readonly Subscription[]): void {
    const { next, stopped, started } = diffSubscriptions(this.#running, wanted);
    for (const subscription of stopped) this.#stop(subscription);
    this.#running = next;
    for (const subscription of started) this.#start(subscription);
  }

  /** Tells a new renderer everything. Timers go on as they are. */
  announceAll(): void {
    for (const message of OWN_ENTRIES) this.#ports.send(message);
    for (const subscription of this.#running.values()) {
      if (subscription.kind !== "every") this.#ports.send(subscribeMessage(subscription));
    }
  }

  /** Does the app itself ask for events of this family and window? Then it gets its own copy from the renderer. */
  wants(family: string, windowId: string): boolean {
    return this.active.some(
      (subscription) =>
        subscription.kind !== "every" &&
        !isOfComposite(subscription) &&
        deliversFamily(subscription.kind, family) &&
        (subscription.windowId === undefined || subscription.windowId === windowId),
    );
  }

  /** Stops the timers; a renderer that is left forgets by itself. */
  dispose(): void {
    for (const cancel of this.#tickers.values()) cancel();
    this.#tickers.clear();
    this.#running = new Map();
  }

  #start(subscription: Subscription): void {
    if (subscription.kind !== "every") {
      this.#ports.send(subscribeMessage(subscription));
      return;
    }
    const { intervalMs, tag } = subscription;
    this.#tickers.set(
      subscriptionKey(subscription),
      startTicker(this.#ports.clock, intervalMs, (at) => this.#ports.onTick(tag, at)),
    );
  }

  #stop(subscription: Subscription): void {
    if (subscription.kind === "every") {
      const key = subscriptionKey(subscription);
      this.#tickers.get(key)?.();
      this.#tickers.delete(key);
      return;
    }
    this.#ports.send({ type: "unsubscribe", kind: subscription.kind, tag: subscription.tag });
  }
}

function subscribeMessage(subscription: RendererSubscription): ToRenderer {
  const { kind, tag, maxRate, windowId } = subscription;
  return {
    type: "subscribe",
    kind,
    tag,
    ...(maxRate === undefined ? {} : { max_rate: maxRate }),
    ...(windowId === undefined ? {} : { window_id: windowId }),
  };
}
