/** What is on its way to the screen: parts that come with the first need of them, fonts, pictures. */
export class Loading {
  readonly #pending = new Set<Promise<unknown>>();
  #started = 0;

  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  /** How many have been added so far. */
  get started(): number {
    return this.#started;
  }

  /** Failures count as arrived; reporting them is the caller's. */
  add(work: Promise<unknown>): void {
    const done = (): void => void this.#pending.delete(work);
    this.#pending.add(work);
    this.#started += 1;
    work.then(done, done);
  }

  /** Resolves when everything has arrived, also what was asked for meanwhile, and after `limitMs` at the latest. */
  arrived(view: Window, limitMs: number): Promise<void> {
    if (!this.isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      const state = { isOver: false };
      const end = (): void => {
        state.isOver = true;
        view.clearTimeout(timer);
        resolve();
      };
      const timer = view.setTimeout(end, limitMs);
      const wait = async (): Promise<void> => {
        while (this.isBusy && !state.isOver) await Promise.allSettled(this.#pending);
        end();
      };
      void wait();
    });
  }
}

const MAX_FRAMES = 10;

/** After so many frames; a page that draws none is not waited for. */
export function afterFrames(view: Window, frames: number, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = view.setTimeout(resolve, limitMs);
    const next = (left: number): void => {
      if (left > 0) {
        view.requestAnimationFrame(() => next(left - 1));
        return;
      }
      view.clearTimeout(timer);
      resolve();
    };
    next(Math.min(frames, MAX_FRAMES));
  });
}
