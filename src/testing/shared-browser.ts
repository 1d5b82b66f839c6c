import process from "node:process";
import { messageOf } from "../base/index.ts";
import { type HeadlessBrowser, startHeadlessBrowser } from "../host/node/chromium/index.ts";
import { TestFailure } from "./test-failure.ts";

/** A test that follows finds the browser still there; a run that is over does not wait for it long. */
const IDLE_MS = 500;

// Taken when this file is loaded, so that test runners that replace timers do not keep the browser.
const startTimer = globalThis.setTimeout;
const stopTimer = globalThis.clearTimeout;

/** One browser for everything that is mounted in this process: started at the first need, ended soon after the last. */
class SharedBrowser {
  #running: Promise<HeadlessBrowser> | undefined;
  #users = 0;
  #idle: ReturnType<typeof startTimer> | undefined;
  #processId: number | undefined;

  /** Each call has to be followed by one of `release`. */
  async acquire(): Promise<HeadlessBrowser> {
    this.#users += 1;
    stopTimer(this.#idle);
    this.#running ??= this.#start();
    try {
      return await this.#running;
    } catch (thrown) {
      this.release();
      throw new TestFailure(`The backend "headless" needs a browser. ${messageOf(thrown)}`, { cause: thrown });
    }
  }

  release(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    stopTimer(this.#idle);
    this.#idle = startTimer(() => this.#end(), IDLE_MS);
    // The browser keeps the process alive until it has ended; the timer alone does not.
    this.#idle.unref();
  }

  async #start(): Promise<HeadlessBrowser> {
    try {
      const browser = await startHeadlessBrowser();
      this.#processId = browser.processId;
      const forget = (): void => {
        this.#running = undefined;
        this.#processId = undefined;
      };
      void browser.lost.then(forget);
      process.once("exit", () => this.#kill());
      return browser;
    } catch (thrown) {
      this.#running = undefined;
      throw thrown;
    }
  }

  #end(): void {
    const running = this.#running;
    this.#running = undefined;
    void running?.then((browser) => browser.close().finally(() => (this.#processId = undefined)));
  }

  /** The process ends at once: nothing can be waited for. */
  #kill(): void {
    if (this.#processId === undefined) return;
    try {
      process.kill(process.platform === "win32" ? this.#processId : -this.#processId, "SIGKILL");
    } catch {
      // It ended before.
    }
  }
}

export const sharedBrowser = new SharedBrowser();
