import { expect, test } from "vitest";
import { reconnectDelay } from "./backoff.ts";

test("waits between half a second and a time that doubles up to fifteen seconds", () => {
  for (const [attempt, longest] of [
    [0, 1000],
    [1, 2000],
    [3, 8000],
    [4, 15_000],
    [1000, 15_000],
  ] as const) {
    expect(reconnectDelay(attempt, () => 0)).toBe(500);
    expect(reconnectDelay(attempt, () => 1)).toBe(longest);
  }
});
