/** A cap, so that a renderer that comes back is noticed within seconds. */
export const MAX_RESTART_DELAY_MS = 5_000;

/** Delay before restart number `restarts` (from 0): the base doubles each time, up to the cap. */
export function backoffDelay(baseMs: number, restarts: number): number {
  // 2 ** 30 keeps the product finite for any base; the cap is long reached by then.
  return Math.min(baseMs * 2 ** Math.min(restarts, 30), MAX_RESTART_DELAY_MS);
}
