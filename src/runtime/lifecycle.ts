import { messageOf, PlushieError } from "../base/index.ts";
import { RuntimeError } from "./runtime-error.ts";

/**
 *   state      meaning                                    leaves on
 *   --------   ----------------------------------------   ----------------------------------------
 *   starting   no renderer yet; events wait               first resync → running; end → stopped
 *   running    a renderer has the tree                    exit → down; end → stopped
 *   down       the renderer is gone, another is to come   resync → running; end → stopped
 *   stopped    over; everything is ignored                –
 *
 * "End" is `stop`, an exit command, the last or primary window, or the port's end; it wins in every state.
 */
export type RuntimeState = "starting" | "running" | "down" | "stopped";

/** Holds the state and the two promises that tell the outside about it. */
export class Lifecycle {
  readonly ready: Promise<void>;
  readonly closed: Promise<void>;
  #state: RuntimeState = "starting";
  #settleReady: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #settleClosed: { resolve: () => void; reject: (error: Error) => void } | undefined;
  #ending: Promise<void> | undefined;

  constructor() {
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    this.closed = new Promise((resolve, reject) => {
      this.#settleClosed = { resolve, reject };
    });
    // Nobody has to wait for either; the failure is reported as well.
    this.ready.catch(() => {});
    this.closed.catch(() => {});
  }

  get state(): RuntimeState {
    return this.#state;
  }

  get isStopped(): boolean {
    return this.#state === "stopped";
  }

  running(): void {
    this.#state = "running";
    this.#settleReady?.resolve();
  }

  down(): void {
    this.#state = "down";
  }

  /** Ends it once; later calls get the same promise, which never rejects. `release` lets go of the renderer. */
  end(error: unknown, release: () => Promise<void>): Promise<void> {
    if (this.#ending !== undefined) return this.#ending;
    this.#state = "stopped";
    const failure = error === undefined ? undefined : asTyped(error);
    this.#settleReady?.reject(
      failure ?? new RuntimeError("runtime-stopped", "The runtime was stopped before a renderer was ready."),
    );
    this.#ending = release().then(
      () => this.#settle(failure),
      (thrown: unknown) => this.#settle(failure ?? asTyped(thrown)),
    );
    return this.#ending;
  }

  #settle(failure: Error | undefined): void {
    if (failure === undefined) this.#settleClosed?.resolve();
    else this.#settleClosed?.reject(failure);
  }
}

function asTyped(error: unknown): PlushieError {
  if (error instanceof PlushieError) return error;
  return new RuntimeError("renderer-failed", `The renderer failed: ${messageOf(error)}`, { cause: error });
}
