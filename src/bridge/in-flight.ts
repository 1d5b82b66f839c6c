/** Effects that were sent and not answered, so that each gets its one answer even when the renderer goes away. */
export class InFlight {
  readonly #ids = new Set<string>();

  sent(id: string): void {
    this.#ids.add(id);
  }

  answered(id: string): void {
    this.#ids.delete(id);
  }

  /** Empties the set and returns what was in it, in the order of sending. */
  takeAll(): readonly string[] {
    const ids = [...this.#ids];
    this.#ids.clear();
    return ids;
  }
}
