// One conversation after the other with a host, over one surface. The engine knows the order of things; what each thing
// means is in the files it calls. Phases:
//
//   idle       start            → greeting   (hello goes out)
//   greeting   good settings    → talking
//   greeting   anything else    → ended      (error goes out)
//   talking    suspend          → idle       (the tree stays on the screen, nothing goes out)
//   talking    exit             → ended
//   any        start            → greeting   (the next host)
//   any        dispose          → ended      (for good)

import { messageOf } from "../../base/index.ts";
import type { ToRenderer, WireNode } from "../../protocol/index.ts";
import { helloOf, refuseFirst } from "./handshake.ts";
import type { EngineOptions } from "./options.ts";
import { Outlet } from "./outlet.ts";
import { Session } from "./session.ts";

type Phase = "idle" | "greeting" | "talking" | "ended";

/** Creates a renderer without a screen of its own: it speaks the protocol and lets `surface` draw. */
export function createEngine(options: EngineOptions): Engine {
  return new Engine(options);
}

export class Engine {
  readonly #options: EngineOptions;
  readonly #outlet: Outlet;
  readonly #session: Session;
  #phase: Phase = "idle";
  #isDisposed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#outlet = new Outlet(options.send, options.clock);
    this.#session = new Session(options, this.#outlet, () => this.#end("exit"));
  }

  /** The tree as the host has last made it. */
  get root(): WireNode | null {
    return this.#session.root;
  }

  /** Greets a host. What the last host asked for is forgotten; the tree stays until the new one sends its own. */
  start(): void {
    if (this.#isDisposed) return;
    this.suspend();
    this.#phase = "greeting";
    this.#outlet.open();
    this.#outlet.raw(helloOf(this.#options));
  }

  /** The connection is gone. Until `start` nothing goes out; the tree stays where it is. */
  suspend(): void {
    if (this.#isDisposed) return;
    this.#phase = "idle";
    this.#outlet.close();
    this.#session.forgetHost();
  }

  /** A checked message of the host. A failure of the surface is reported and does not reach the caller. */
  receive(message: ToRenderer): void {
    if (this.#phase === "greeting") {
      const refusal = refuseFirst(message, this.#options.tokenDigest);
      if (refusal !== undefined) {
        this.#refuse(refusal);
        return;
      }
      this.#phase = "talking";
      if (message.type === "settings") this.#session.reportMissingWidgets(message);
    }
    if (this.#phase !== "talking") return;
    try {
      this.#session.receive(message);
    } catch (thrown) {
      const detail = `${message.type}: ${messageOf(thrown)}`;
      this.#outlet.diagnostic("error", { kind: "renderer_runtime_error", detail });
    }
  }

  /** Something came that is no message. `detail` says what was wrong with it. */
  receiveInvalid(detail: string): void {
    if (this.#phase === "greeting") this.#refuse(`failed to decode initial settings: ${detail}`);
    else this.#session.invalid(`decode error: ${detail}`);
  }

  /** Ends for good and takes everything off the screen. Idempotent. */
  dispose(): void {
    if (this.#isDisposed) return;
    this.suspend();
    this.#isDisposed = true;
    this.#phase = "ended";
    this.#session.dispose();
  }

  #refuse(reason: string): void {
    this.#outlet.raw({ type: "error", message: reason });
    this.#end("refused");
  }

  /** Nothing more is said to this host; `start` may greet another one. */
  #end(reason: "refused" | "exit"): void {
    this.suspend();
    this.#phase = "ended";
    this.#options.onEnd?.(reason);
  }
}
