import { diffText, splitsPair, type TextEdit } from "./echo-diff.ts";

/**
 * What turns one text into another, place by place: first line by line, then character by character within the lines that
 * differ. Both passes are the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its Variations",
 * Algorithmica 1 (1986), and cost the length of the texts plus the square of what differs.
 */

/** More differing lines or characters in one place are replaced as a whole: 500 cost about a millisecond. */
const MAX_DIFFERENCES = 500;

interface Run {
  readonly a: number;
  readonly b: number;
  readonly length: number;
}

/** In order, without overlap; positions are those in `from`, as UTF-16 code units, never inside a surrogate pair. */
export function differences(from: string, to: string): readonly TextEdit[] {
  if (from === to) return [];
  const whole = diffText(from, to);
  const middle = from.slice(whole.start, whole.end);
  if (middle === "" || whole.insert === "") return [whole];
  const edits: TextEdit[] = [];
  const a = linesOf(middle);
  const b = linesOf(whole.insert);
  const lineRuns = commonRuns(
    a.length - 1,
    b.length - 1,
    (i, j) => lineAt(middle, a, i) === lineAt(whole.insert, b, j),
  );
  eachGap(lineRuns ?? [], a.length - 1, b.length - 1, (aStart, aEnd, bStart, bEnd) => {
    const offset = whole.start + (a[aStart] ?? 0);
    const old = middle.slice(a[aStart], a[aEnd]);
    const changed = whole.insert.slice(b[bStart], b[bEnd]);
    const runs = commonRuns(old.length, changed.length, (i, j) => old.charCodeAt(i) === changed.charCodeAt(j)) ?? [];
    eachGap(wholePairs(runs, old, changed), old.length, changed.length, (start, end, newStart, newEnd) => {
      edits.push({ start: offset + start, end: offset + end, insert: changed.slice(newStart, newEnd) });
    });
  });
  return edits;
}

/**
 * Where a position belongs after `edits`. Where something was added exactly there, `after` means behind it; inside of what
 * was replaced, the end or the start of the replacement.
 */
export function mapPosition(edits: readonly TextEdit[], position: number, side: "before" | "after" = "after"): number {
  let shift = 0;
  for (const { start, end, insert } of edits) {
    if (position < start || (position === start && end > start)) break;
    if (position < end || (start === end && position === start)) {
      return start + shift + (side === "after" ? insert.length : 0);
    }
    shift += insert.length - (end - start);
  }
  return position + shift;
}

/** Calls for each stretch between the runs. */
function eachGap(
  runs: readonly Run[],
  aLength: number,
  bLength: number,
  use: (aStart: number, aEnd: number, bStart: number, bEnd: number) => void,
): void {
  let a = 0;
  let b = 0;
  for (const run of runs) {
    if (run.a > a || run.b > b) use(a, run.a, b, run.b);
    a = run.a + run.length;
    b = run.b + run.length;
  }
  if (aLength > a || bLength > b) use(a, aLength, b, bLength);
}

/** Starts of the lines, and the end of the text. A line break belongs to its line. */
function linesOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  if (starts.at(-1) !== text.length) starts.push(text.length);
  return starts;
}

function lineAt(text: string, starts: readonly number[], index: number): string {
  return text.slice(starts[index], starts[index + 1]);
}

/** The runs that both have, in order, with as few differences as possible; `null` when there are too many. */
function commonRuns(n: number, m: number, isEqual: (i: number, j: number) => boolean): readonly Run[] | null {
  const most = Math.min(n + m, MAX_DIFFERENCES);
  // The furthest place reached on each diagonal; one more at each end, so that the neighbours of the outermost exist.
  const furthest = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const trace: Int32Array[] = [];
  for (let d = 0; d <= most; d += 1) {
    trace.push(furthest.slice(middle - d - 1, middle + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = furthest[middle + k + 1] ?? 0;
      const right = (furthest[middle + k - 1] ?? 0) + 1;
      let x = d > 0 && k !== -d && (k === d || right > down) ? right : down;
      while (x < n && x - k < m && isEqual(x, x - k)) x += 1;
      furthest[middle + k] = x;
      if (x >= n && x - k >= m) return runsOf(trace, n, m);
    }
  }
  return null;
}

/** The way back from the end: what was reached without a difference at each step. */
function runsOf(trace: readonly Int32Array[], n: number, m: number): readonly Run[] {
  const runs: Run[] = [];
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d >= 0 && (x > 0 || y > 0); d -= 1) {
    const furthest = trace[d];
    if (furthest === undefined) break;
    const at = (k: number): number => furthest[k + d + 1] ?? 0;
    const k = x - y;
    const isRight = d > 0 && k !== -d && (k === d || at(k - 1) + 1 > at(k + 1));
    const startX = d === 0 ? 0 : isRight ? at(k - 1) + 1 : at(k + 1);
    if (x > startX) runs.push({ a: startX, b: startX - k, length: x - startX });
    x = isRight ? startX - 1 : startX;
    y = x - (isRight ? k - 1 : k + 1);
  }
  return runs.reverse();
}

/** Runs that begin or end inside a surrogate pair are shortened. */
function wholePairs(runs: readonly Run[], a: string, b: string): readonly Run[] {
  return runs.flatMap(({ a: start, b: other, length }) => {
    const skip = splitsPair(a, start) || splitsPair(b, other) ? 1 : 0;
    const cut = splitsPair(a, start + length) || splitsPair(b, other + length) ? 1 : 0;
    return length > skip + cut ? [{ a: start + skip, b: other + skip, length: length - skip - cut }] : [];
  });
}
