/**
 * Which entries of a list can stay where they are: the longest run of strictly increasing values, `-1` left out.
 *
 * `sources[i]` is the old position of what is now at position `i`, or `-1` for what is new. All others with a source
 * have moved. Example: old `a b c d e`, new `a d c b e` has the sources `0 3 2 1 4`; a longest increasing run is `0 1 4`,
 * so that `d` and `c` move and three rows are not touched.
 * (Patience sorting with binary search: O(n log n).)
 */

/** Marks with 1 the positions that stay. */
export function longestIncreasing(sources: ArrayLike<number>): Uint8Array {
  const stays = new Uint8Array(sources.length);
  const { previous, last } = longestRun(sources);
  for (let at = last; at >= 0; at = previous[at] ?? -1) stays[at] = 1;
  return stays;
}

/** Writes `mark` at the old position of each entry that moved; gives their number. */
export function markMoved(sources: ArrayLike<number>, marks: number[], mark: number): number {
  const { previous, last } = longestRun(sources);
  let moved = 0;
  let at = last;
  for (let i = sources.length - 1; i >= 0; i--) {
    if (i === at) {
      at = previous[at] ?? -1;
      continue;
    }
    const source = sources[i] ?? -1;
    if (source < 0) continue;
    marks[source] = mark;
    moved += 1;
  }
  return moved;
}

/** The position of the last entry of the run, and for each entry in it the one before. `-1`: there is none. */
function longestRun(sources: ArrayLike<number>): { readonly previous: readonly number[]; readonly last: number } {
  // Not typed ones: the browser makes an object and a buffer for each.
  const previous = new Array<number>(sources.length);
  const tails: number[] = [];
  let length = 0;
  for (let i = 0; i < sources.length; i++) {
    const source = sources[i] ?? -1;
    if (source < 0) continue;
    // Most entries follow the one before, which needs no search.
    let low = length > 0 && (sources[tails[length - 1] ?? 0] ?? 0) < source ? length : 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sources[tails[middle] ?? 0] ?? 0) < source) low = middle + 1;
      else high = middle;
    }
    previous[i] = low > 0 ? (tails[low - 1] ?? 0) : -1;
    tails[low] = i;
    if (low === length) length += 1;
  }
  return { previous, last: length > 0 ? (tails[length - 1] ?? -1) : -1 };
}
