import type { Cancel, Clock } from "../base/index.ts";

/**
 * Calls `onTick` at every multiple of the interval after the start. Ticks do not drift: each is due at a fixed moment,
 * however late the one before ran. Moments that passed while the machine slept are left out, not caught up.
 */
export function startTicker(clock: Clock, intervalMs: number, onTick: (at: number) => void): Cancel {
  const startedAt = clock.now();
  let count = 0;
  let cancel: Cancel = () => {};
  let isStopped = false;

  function schedule(): void {
    const passed = Math.floor((clock.now() - startedAt) / intervalMs);
    count = Math.max(count + 1, passed + 1);
    cancel = clock.after(startedAt + count * intervalMs - clock.now(), () => {
      if (isStopped) return;
      schedule();
      onTick(clock.now());
    });
  }

  schedule();
  return () => {
    isStopped = true;
    cancel();
  };
}
