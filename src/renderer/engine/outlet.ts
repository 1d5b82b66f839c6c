import type { Clock } from "../../base/index.ts";
import type { DiagnosticLevel, FromRenderer, WireProps } from "../../protocol/index.ts";
import { type Diagnostic, DiagnosticLimiter } from "./diagnostics.ts";

/** Sends one message; does nothing once the conversation it belongs to is over. */
export type Reply = (message: FromRenderer) => void;

/**
 * The one way out. Stamps messages with the session, limits diagnostics, and drops what belongs to a conversation that is
 * over: the answer to a question must not reach another host than the one that asked.
 */
export class Outlet {
  /** Put into every message; `""` for renderers that do not echo the host's session. */
  session = "";
  readonly #send: (message: FromRenderer) => void;
  readonly #limiter: DiagnosticLimiter;
  #conversation = 0;
  #isOpen = false;
  #batch: FromRenderer[] | undefined;

  constructor(send: (message: FromRenderer) => void, clock: Clock) {
    this.#send = send;
    this.#limiter = new DiagnosticLimiter(clock);
  }

  /** Begins a conversation; what the last one still owes is dropped from now on. */
  open(): void {
    this.#conversation += 1;
    this.#isOpen = true;
  }

  close(): void {
    this.#conversation += 1;
    this.#isOpen = false;
    this.#batch = undefined;
  }

  /** Messages sent while `work` runs go out in order afterwards. */
  batch(work: () => void): void {
    this.#batch = [];
    try {
      work();
    } finally {
      const messages = this.#batch ?? [];
      this.#batch = undefined;
      for (const message of messages) this.raw(message);
    }
  }

  /** Without a session: `hello` and `error` have their own rules. */
  raw(message: FromRenderer): void {
    if (!this.#isOpen) return;
    if (this.#batch === undefined) this.#send(message);
    else this.#batch.push(message);
  }

  send(message: FromRenderer): void {
    this.raw({ ...message, session: this.session });
  }

  event(event: { readonly family: string; readonly id: string; readonly value?: WireProps[string] }): void {
    this.send({ type: "event", ...event });
  }

  diagnostic(level: DiagnosticLevel, diagnostic: Diagnostic): void {
    const limited = this.#limiter.limit(diagnostic);
    if (limited !== undefined) this.send({ type: "diagnostic", level, diagnostic: limited });
  }

  /** For an answer that comes later: keeps the session of now and the conversation of now. */
  later(): Reply {
    const conversation = this.#conversation;
    const session = this.session;
    return (message) => {
      if (conversation === this.#conversation) this.raw({ ...message, session });
    };
  }
}
