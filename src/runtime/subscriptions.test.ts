import { describe, expect, test } from "vitest";
import { Subscription } from "../app/subscription.ts";
import { diffSubscriptions } from "./subscriptions.ts";

const none = new Map<string, Subscription>();

describe("subscription diff", () => {
  test("[R122] an equal list changes nothing", () => {
    const list = () => [Subscription.every(100, "tick"), Subscription.onKeyPress("keys")];
    const first = diffSubscriptions(none, list());
    const second = diffSubscriptions(first.next, list());
    expect(first.started).toHaveLength(2);
    expect([second.started, second.stopped]).toEqual([[], []]);
  });

  test("[R119] an entry that left the list stops, the others are left alone", () => {
    const first = diffSubscriptions(none, [Subscription.every(100, "tick"), Subscription.onKeyPress("keys")]);
    const second = diffSubscriptions(first.next, [Subscription.onKeyPress("keys")]);
    expect(second.stopped).toEqual([Subscription.every(100, "tick")]);
    expect(second.started).toEqual([]);
  });

  test("[R122] a new interval is a new timer", () => {
    const first = diffSubscriptions(none, [Subscription.every(100, "tick")]);
    const second = diffSubscriptions(first.next, [Subscription.every(200, "tick")]);
    expect(second.stopped).toEqual([Subscription.every(100, "tick")]);
    expect(second.started).toEqual([Subscription.every(200, "tick")]);
  });

  test("[R130] a changed rate is announced again, not stopped", () => {
    const first = diffSubscriptions(none, [Subscription.onPointerMove({ maxRate: 30 })]);
    const second = diffSubscriptions(first.next, [Subscription.onPointerMove({ maxRate: 60 })]);
    expect(second.stopped).toEqual([]);
    expect(second.started).toEqual([Subscription.onPointerMove({ maxRate: 60 })]);
  });

  test("an entry given twice counts once", () => {
    const change = diffSubscriptions(none, [Subscription.onKeyPress(), Subscription.onKeyPress()]);
    expect(change.started).toHaveLength(1);
  });
});
