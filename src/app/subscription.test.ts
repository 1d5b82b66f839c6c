import { describe, expect, test } from "vitest";
import { SUBSCRIPTION_KINDS } from "../protocol/subscription.ts";
import { isSubscription, Subscription, sameSubscription, subscriptionKey } from "./subscription.ts";

describe("subscriptions", () => {
  test("[R124] a timer has an interval and a tag", () => {
    expect(Subscription.every(5000, "refresh")).toEqual({ kind: "every", intervalMs: 5000, tag: "refresh" });
    for (const interval of [0, -5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => Subscription.every(interval, "t")).toThrow(/at least 1 ms/);
    }
    expect(() => Subscription.every(10, "")).toThrow(/tag/);
  });

  test("[R125] [R126] a tag may be given alone, in options, or not at all", () => {
    expect(Subscription.onKeyPress("keys")).toMatchObject({ kind: "on_key_press", tag: "keys" });
    expect(Subscription.onKeyRelease({ tag: "keys" })).toMatchObject({ kind: "on_key_release", tag: "keys" });
    expect(Subscription.onKeyPress()).toMatchObject({ tag: "on_key_press" });
    expect(Subscription.onKeyPress({ windowId: "main" })).toMatchObject({ tag: "main#on_key_press" });
  });

  test("[R130] [R131] carry a rate and a window", () => {
    expect(Subscription.onPointerMove({ maxRate: 60, windowId: "main" })).toMatchObject({
      maxRate: 60,
      windowId: "main",
    });
    for (const maxRate of [-1, 1.5, Number.NaN])
      expect(() => Subscription.onPointerMove({ maxRate })).toThrow(/maxRate/);
  });

  test("there is a maker for every kind of the protocol", () => {
    const makers = Object.entries(Subscription).filter(([name]) => name !== "every");
    // All members besides `every` are makers.
    const kinds = makers.map(([, make]) => (make as typeof Subscription.onEvent)().kind);
    expect(kinds.toSorted()).toEqual([...SUBSCRIPTION_KINDS].sort());
  });

  test("[R122] equal subscriptions have equal keys", () => {
    expect(subscriptionKey(Subscription.every(10, "a"))).toBe(subscriptionKey(Subscription.every(10, "a")));
    expect(subscriptionKey(Subscription.every(10, "a"))).not.toBe(subscriptionKey(Subscription.every(20, "a")));
    expect(subscriptionKey(Subscription.onIme("a"))).not.toBe(subscriptionKey(Subscription.onEvent("a")));
  });

  test("a changed rate keeps the key but is another subscription", () => {
    const slow = Subscription.onPointerMove({ maxRate: 10 });
    const fast = Subscription.onPointerMove({ maxRate: 60 });
    expect(subscriptionKey(slow)).toBe(subscriptionKey(fast));
    expect(sameSubscription(slow, fast)).toBe(false);
    expect(sameSubscription(slow, Subscription.onPointerMove({ maxRate: 10 }))).toBe(true);
  });

  test("are frozen and told from look-alikes", () => {
    expect(Object.isFrozen(Subscription.onEvent())).toBe(true);
    expect(isSubscription(Subscription.every(10, "a"))).toBe(true);
    expect(isSubscription({ kind: "every", intervalMs: 10, tag: "a" })).toBe(false);
  });
});
