/** More questions than this without an answer mean a renderer that does not answer; the oldest are forgotten. */
const MAX_OUTSTANDING = 1000;

/** Knows which questions the renderer was asked, so that only their answers reach the app. */
export class QueryTracker {
  readonly #outstanding = new Map<string, number>();

  expect(kind: string, tag: string): void {
    const key = keyOf(kind, tag);
    const count = this.#outstanding.get(key) ?? 0;
    // Put last: the order of the map is the age.
    this.#outstanding.delete(key);
    this.#outstanding.set(key, count + 1);
    if (this.#outstanding.size <= MAX_OUTSTANDING) return;
    const oldest = this.#outstanding.keys().next().value;
    if (oldest !== undefined) this.#outstanding.delete(oldest);
  }

  /** True once for each question that was asked. */
  answer(kind: string, tag: string): boolean {
    const key = keyOf(kind, tag);
    const count = this.#outstanding.get(key);
    if (count === undefined) return false;
    if (count === 1) this.#outstanding.delete(key);
    else this.#outstanding.set(key, count - 1);
    return true;
  }

  /** A renderer that is gone answers nothing. */
  clear(): void {
    this.#outstanding.clear();
  }
}

function keyOf(kind: string, tag: string): string {
  return `${kind} ${tag}`;
}
