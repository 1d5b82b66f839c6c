const SHORTEST_MS = 500;
const LONGEST_MS = 15_000;

/**
 * How long to wait before connecting for the `attempt`th time again (from 0): a random time whose upper end doubles, so that
 * pages that lost a server together do not come back together.
 */
export function reconnectDelay(attempt: number, random: () => number): number {
  const longest = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** Math.min(attempt + 1, 16));
  return Math.round(SHORTEST_MS + random() * (longest - SHORTEST_MS));
}
