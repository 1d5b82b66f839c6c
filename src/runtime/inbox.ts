/** How events that follow each other quickly are joined. */
export interface JoinRule<Item> {
  /** Equal keys may be joined; `undefined` for a discrete item, which is never joined and which nothing is moved across. */
  keyOf(item: Item): string | undefined;
  /** The item that stands for both. */
  join(older: Item, newer: Item): Item;
}

/**
 * What waits to be updated, first in first out.
 *
 * Items with the same key are joined while no discrete item stands between them; the joined item keeps the place of the
 * first. So between two discrete items each source appears once, and what came before a click is seen before it.
 * Items may be put in while others are being taken; an item that was taken is never joined again.
 */
export class Inbox<Item> {
  readonly #rule: JoinRule<Item>;
  #items: Item[] = [];
  #head = 0;
  /** Index of the item that may still be joined, by key. */
  readonly #open = new Map<string, number>();

  constructor(rule: JoinRule<Item>) {
    this.#rule = rule;
  }

  get size(): number {
    return this.#items.length - this.#head;
  }

  put(item: Item): void {
    const key = this.#rule.keyOf(item);
    if (key === undefined) {
      this.#forgetOpen();
      this.#items.push(item);
      return;
    }
    const index = this.#open.get(key);
    const older = index === undefined || index < this.#head ? undefined : this.#items[index];
    if (index !== undefined && older !== undefined) {
      this.#items[index] = this.#rule.join(older, item);
      return;
    }
    this.#open.set(key, this.#items.length);
    this.#items.push(item);
  }

  take(): Item | undefined {
    if (this.#head >= this.#items.length) return undefined;
    const item = this.#items[this.#head];
    this.#head += 1;
    if (this.#head === this.#items.length) this.clear();
    return item;
  }

  clear(): void {
    this.#items = [];
    this.#head = 0;
    this.#forgetOpen();
  }

  /** Emptying an empty map would cost as much as making a new one. */
  #forgetOpen(): void {
    if (this.#open.size > 0) this.#open.clear();
  }
}
