/** A name within this share of its length counts as similar. */
const SIMILAR_SHARE = 0.4;

/** Those names that were probably meant, nearest first. */
export function similar(names: readonly string[], wanted: string): readonly string[] {
  return names
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase(), wanted.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.max(name.length, wanted.length) * SIMILAR_SHARE))
    .sort((left, right) => left.distance - right.distance)
    .map(({ name }) => name);
}

/** How many characters have to be added, removed or replaced. */
function distanceOf(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
