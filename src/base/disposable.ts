/** Collects clean-up functions on the lines that create what needs it; runs them once, newest first. */
export class DisposableStore {
  #cleanups: (() => void)[] = [];
  #isDisposed = false;

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Registers `cleanup`; runs it at once when the store is disposed already. */
  add(cleanup: () => void): void {
    if (this.#isDisposed) cleanup();
    else this.#cleanups.push(cleanup);
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    for (const cleanup of this.#cleanups.reverse()) cleanup();
    this.#cleanups = [];
  }
}
