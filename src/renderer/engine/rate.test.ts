import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeClock } from "../../testing/fake-clock.ts";
import { type RatedEvent, RateLimiter } from "./rate.ts";

describe("RateLimiter", () => {
  test("loses no delta and never sends a key faster than its rate", () => {
    const step = fc.record({
      wait: fc.integer({ min: 0, max: 80 }),
      id: fc.constantFrom("a", "b"),
      delta: fc.integer({ min: -9, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const clock = fakeClock();
        const sent: { readonly at: number; readonly event: RatedEvent }[] = [];
        const limiter = new RateLimiter({
          clock,
          send: (event) => void sent.push({ at: clock.now(), event }),
          onOverflow: () => expect.unreachable(),
        });
        const expected = { a: 0, b: 0 };
        for (const { wait, id, delta } of steps) {
          clock.advance(wait);
          expected[id as "a" | "b"] += delta;
          const hint = { kind: "accumulate", fields: ["delta"] } as const;
          limiter.offer({ family: "scroll", id, value: { delta } }, 20, hint);
        }
        clock.advance(50);
        expect(limiter.heldCount).toBe(0);
        expect(clock.pending).toBe(0);
        for (const id of ["a", "b"] as const) {
          const own = sent.filter(({ event }) => event.id === id);
          const deltas = own.map(({ event }) => (event.value as { delta: number }).delta);
          expect(deltas.reduce((sum, delta) => sum + delta, 0)).toBe(expected[id]);
          for (let index = 2; index < own.length; index += 1) {
            // A flush for another key may send early, but then the next one waits: two intervals hold three events at most.
            expect((own[index]?.at ?? 0) - (own[index - 2]?.at ?? 0)).toBeGreaterThanOrEqual(50);
          }
        }
      }),
    );
  });

  test("sends the newest of what replaces each other", () => {
    const clock = fakeClock();
    const values: unknown[] = [];
    const limiter = new RateLimiter({ clock, send: ({ value }) => void values.push(value), onOverflow: () => {} });
    for (const value of [1, 2, 3]) limiter.offer({ family: "slide", id: "a", value }, 10, { kind: "replace" });
    limiter.offer({ family: "slide", id: "a", value: 4 }, undefined, { kind: "replace" });
    expect(values).toEqual([1, 3, 4]);
  });
});
