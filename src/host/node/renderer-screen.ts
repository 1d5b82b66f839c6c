import type { ToRenderer } from "../../protocol/index.ts";
import type { Surface } from "../../renderer/index.ts";
import type { SessionEngine } from "./renderer-sessions.ts";

/** A surface whose screen is elsewhere: answers take time, and it may go away. */
export interface RemoteSurface extends Surface {
  /** While answers are owed: resolves when they were given. */
  whenFree(): Promise<void> | undefined;
  /** Resolves with the reason when the screen is gone for good. */
  readonly lost: Promise<string>;
}

export function isRemoteSurface(surface: Surface): surface is RemoteSurface {
  return "lost" in surface && "whenFree" in surface;
}

/** A session whose next message waits for the answers to the one before. */
export class RemoteSession implements SessionEngine {
  readonly #session: SessionEngine;
  readonly #surface: RemoteSurface;

  constructor(session: SessionEngine, surface: RemoteSurface) {
    this.#session = session;
    this.#surface = surface;
  }

  receive(message: ToRenderer): void {
    this.#session.receive(message);
  }

  receiveInvalid(detail: string): void {
    this.#session.receiveInvalid(detail);
  }

  whenFree(): Promise<void> | undefined {
    const free = this.#session.whenFree?.() ?? this.#surface.whenFree();
    // What the answer has set off is said before the next message is heard.
    return free?.then(() => new Promise((resolve) => setImmediate(resolve)));
  }

  dispose(): void {
    this.#session.dispose();
  }
}
