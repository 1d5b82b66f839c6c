import { type Subscription, sameSubscription, subscriptionKey } from "../app/subscription.ts";

export interface SubscriptionChange {
  /** What runs from now on, by key, in the order of the list. */
  readonly next: ReadonlyMap<string, Subscription>;
  readonly stopped: readonly Subscription[];
  /** New ones, and renderer sources whose rate or window differ: those are announced again under the same key. */
  readonly started: readonly Subscription[];
}

/** Compares what runs with what `subscribe` asked for. An entry given twice counts once. */
export function diffSubscriptions(
  running: ReadonlyMap<string, Subscription>,
  wanted: readonly Subscription[],
): SubscriptionChange {
  const next = new Map(wanted.map((subscription) => [subscriptionKey(subscription), subscription]));
  const started: Subscription[] = [];
  for (const [key, subscription] of next) {
    const before = running.get(key);
    if (before === undefined || !sameSubscription(before, subscription)) started.push(subscription);
  }
  const stopped = [...running].filter(([key]) => !next.has(key)).map(([, subscription]) => subscription);
  return { next, stopped, started };
}
