import { describe, expect, test } from "vitest";
import type { Clock } from "../base/index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { startTicker } from "./ticker.ts";

describe("ticker", () => {
  test("[R124] ticks once per interval and stops", () => {
    const clock = fakeClock();
    const ticks: number[] = [];
    const stop = startTicker(clock, 100, (at) => ticks.push(at));
    clock.advance(350);
    stop();
    clock.advance(500);
    expect(ticks).toEqual([100, 200, 300]);
    expect(clock.pending).toBe(0);
  });

  test("[R124] does not drift when each timer runs late", () => {
    const inner = fakeClock();
    const late: Clock = { now: inner.now, after: (milliseconds, callback) => inner.after(milliseconds + 7, callback) };
    const ticks: number[] = [];
    startTicker(late, 100, (at) => ticks.push(at));
    inner.advance(1050);
    expect(ticks).toEqual([107, 207, 307, 407, 507, 607, 707, 807, 907, 1007]);
  });

  test("leaves out moments that passed while the machine slept", () => {
    let sleep = 0;
    const inner = fakeClock();
    const sleepy: Clock = { now: () => inner.now() + sleep, after: inner.after };
    const ticks: number[] = [];
    startTicker(sleepy, 100, (at) => ticks.push(at));
    inner.advance(100);
    sleep = 1000;
    inner.advance(200);
    expect(ticks).toEqual([100, 1200, 1300]);
  });

  test("stopping from inside a tick holds", () => {
    const clock = fakeClock();
    let count = 0;
    const stop = startTicker(clock, 10, () => {
      count += 1;
      stop();
    });
    clock.advance(100);
    expect(count).toBe(1);
    expect(clock.pending).toBe(0);
  });
});
