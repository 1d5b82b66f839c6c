/** Knows what screens have shared that the room has not yet taken, for every room of this process. */
export class RoomTraffic {
  static readonly #known = new WeakMap<object, RoomTraffic>();
  readonly #pending = new Set<Promise<unknown>>();

  static of(room: object): RoomTraffic {
    const known = RoomTraffic.#known.get(room) ?? new RoomTraffic();
    RoomTraffic.#known.set(room, known);
    return known;
  }

  shared(work: Promise<unknown>): void {
    const settled: Promise<unknown> = work.catch(() => {}).then(() => this.#pending.delete(settled));
    this.#pending.add(settled);
  }

  /** Resolves when everything that was shared until now was taken or refused. */
  async quiet(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }
}
