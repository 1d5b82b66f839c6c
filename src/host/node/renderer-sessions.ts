// Many conversations over one connection, told apart by their session id. A session:
//
//   (none)      first message     → open        (gets the initial settings first)
//   (none)      first message     → (none)      when all places are taken: session_error max_sessions_reached
//   open        message           → open        at once, or later when it still owes answers
//   open        reset             → resetting   until everything before it was done
//   resetting   message           → resetting   session_error session_reset_in_progress
//   resetting   reset done        → (none)      reset_response, session_closed
//   open        engine throws     → (none)      session_error session_panic, session_closed
//   open        screen is gone    → (none)      session_error session_panic, session_closed
//   open        host stays away   → (none)      session_error host_disconnect, session_closed
//   open        too much waits    → (none)      session_error session_backpressure_overflow
//
// With one session only, all ids mean the same conversation, which a reset does not end. When its screen is gone, the
// connection ends behind it.

import { type Cancel, type Clock, type Logger, messageOf } from "../../base/index.ts";
import {
  type FromRenderer,
  MAX_SESSION_OVERFLOW,
  MAX_SESSION_QUEUE,
  type ToRenderer,
  type ToRendererType,
} from "../../protocol/index.ts";

/** The part of an engine that a session needs. */
export interface SessionEngine {
  receive(message: ToRenderer): void;
  receiveInvalid(detail: string): void;
  /** Absent or `undefined`: it takes the next message at once. Otherwise resolves when it does. */
  whenFree?(): Promise<void> | undefined;
  dispose(): void;
}

export interface RendererSessionsOptions {
  readonly maxSessions: number;
  /** Makes a greeted engine that has the initial settings. */
  readonly createEngine: (sessionId: string) => SessionEngine;
  readonly send: (message: FromRenderer) => void;
  /** Resolves when answers that do not come at once have been given. */
  readonly settle: () => Promise<void>;
  /** Input may go on. */
  readonly onRelief: () => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Questions to the platform are answered later; the next message of the session waits for that. */
const ANSWERED_LATER: ReadonlySet<ToRendererType> = new Set([
  "effect",
  "window_op",
  "system_query",
  "widget_op",
  "screenshot",
]);
/** How long a session that does not get on may hold up the others. */
const PATIENCE_MS = 1_000;

interface Session {
  /** As the host wrote it last; with one session only it changes. */
  id: string;
  readonly engine: SessionEngine;
  readonly inbox: ToRenderer[];
  isBusy: boolean;
  isResetting: boolean;
  isOver: boolean;
  /** It holds up the input until this runs. */
  patience: Cancel | undefined;
  isSlow: boolean;
}

export class RendererSessions {
  readonly #options: RendererSessionsOptions;
  readonly #isMultiplexed: boolean;
  readonly #sessions = new Map<string, Session>();
  #congested = 0;
  #whenIdle: (() => void)[] = [];

  constructor(options: RendererSessionsOptions) {
    this.#options = options;
    this.#isMultiplexed = options.maxSessions > 1;
  }

  get count(): number {
    return this.#sessions.size;
  }

  /** True while some session cannot keep up; the owner stops reading until `onRelief`. */
  get isCongested(): boolean {
    return this.#congested > 0;
  }

  /** Takes over an engine that has been greeted already, for the only session there is. */
  adopt(engine: SessionEngine): void {
    this.#sessions.set("", newSession("", engine));
  }

  deliver(message: ToRenderer): void {
    const id = message.session ?? "";
    const session = this.#sessions.get(this.#keyOf(id)) ?? this.#open(id);
    if (session === undefined) return;
    session.id = id;
    if (session.isResetting) {
      this.#error(id, "session_reset_in_progress", `session '${short(id)}' is being reset; the message was dropped`);
      return;
    }
    if (this.#isMultiplexed && message.type === "reset") session.isResetting = true;
    if (session.isBusy) this.#queue(session, message);
    else this.#run(session, message);
  }

  /** Something came that is no message. It is reported in the session it names, if there is one. */
  deliverInvalid(id: string, detail: string): void {
    const session = this.#sessions.get(this.#keyOf(id));
    if (session !== undefined) this.#guard(session, () => session.engine.receiveInvalid(detail));
    else {
      const diagnostic = { kind: "wire_input_error", detail: `decode error: ${detail}` };
      this.#options.send({ type: "diagnostic", session: "", level: "warn", diagnostic });
    }
  }

  /** The host leaves a session alone in the middle of something. */
  disconnect(id: string, error: string): void {
    const session = this.#sessions.get(this.#keyOf(id));
    if (session === undefined) return;
    this.#remove(session);
    this.#error(id, "host_disconnect", error);
    this.#closed(id);
    this.#tellIdle();
  }

  /** What a session draws on is gone. Says nothing when the session is over already. */
  fail(engine: SessionEngine, reason: string): void {
    for (const session of this.#sessions.values()) {
      if (session.engine !== engine) continue;
      this.#remove(session);
      this.#panic(session.id, new Error(reason));
      this.#tellIdle();
      return;
    }
  }

  /** Resolves when nothing waits in any session. */
  whenIdle(): Promise<void> {
    if (this.#isIdle()) return Promise.resolve();
    return new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  dispose(): void {
    for (const session of [...this.#sessions.values()]) this.#remove(session);
  }

  #keyOf(id: string): string {
    return this.#isMultiplexed ? id : "";
  }

  #open(id: string): Session | undefined {
    const { maxSessions, createEngine } = this.#options;
    if (this.#sessions.size >= maxSessions) {
      this.#error(id, "max_sessions_reached", `max sessions (${maxSessions}) reached; session '${short(id)}' rejected`);
      return undefined;
    }
    try {
      const session = newSession(id, createEngine(id));
      this.#sessions.set(this.#keyOf(id), session);
      return session;
    } catch (thrown) {
      this.#panic(id, thrown);
      return undefined;
    }
  }

  #run(session: Session, message: ToRenderer): void {
    this.#guard(session, () => session.engine.receive(message));
    if (session.isOver) return;
    if (this.#isMultiplexed && message.type === "reset") {
      this.#remove(session);
      this.#closed(session.id);
      return;
    }
    const free = session.engine.whenFree?.();
    if (free === undefined && !ANSWERED_LATER.has(message.type)) return;
    session.isBusy = true;
    const goOn = (): void => this.#drain(session);
    (free ?? this.#options.settle()).then(goOn, goOn);
  }

  #drain(session: Session): void {
    session.isBusy = false;
    while (!session.isOver && !session.isBusy) {
      const message = session.inbox.shift();
      if (message === undefined) break;
      this.#run(session, message);
    }
    if (session.inbox.length < MAX_SESSION_QUEUE / 2) this.#relieve(session);
    this.#tellIdle();
  }

  #queue(session: Session, message: ToRenderer): void {
    const { inbox, id } = session;
    if (inbox.length >= MAX_SESSION_QUEUE + MAX_SESSION_OVERFLOW) {
      this.#remove(session);
      this.#error(id, "session_backpressure_overflow", `session '${short(id)}' did not keep up with its messages`);
      this.#tellIdle();
      return;
    }
    inbox.push(message);
    if (inbox.length < MAX_SESSION_QUEUE || session.patience !== undefined || session.isSlow) return;
    this.#congested += 1;
    session.patience = this.#options.clock.after(PATIENCE_MS, () => {
      session.isSlow = true;
      this.#release(session);
    });
  }

  /** It has room again, or is gone. */
  #relieve(session: Session): void {
    session.isSlow = false;
    this.#release(session);
  }

  #release(session: Session): void {
    if (session.patience === undefined) return;
    session.patience();
    session.patience = undefined;
    this.#congested -= 1;
    if (this.#congested === 0) this.#options.onRelief();
  }

  /** One session's failure is its own. */
  #guard(session: Session, work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#remove(session);
      this.#panic(session.id, thrown);
      this.#tellIdle();
    }
  }

  #panic(id: string, thrown: unknown): void {
    this.#options.logger({ level: "error", code: "session-panic", message: `session '${short(id)}'`, error: thrown });
    this.#error(id, "session_panic", messageOf(thrown));
    this.#closed(id);
  }

  #remove(session: Session): void {
    session.isOver = true;
    session.inbox.length = 0;
    const key = this.#keyOf(session.id);
    if (this.#sessions.get(key) === session) this.#sessions.delete(key);
    this.#relieve(session);
    try {
      session.engine.dispose();
    } catch (thrown) {
      this.#options.logger({
        level: "error",
        code: "session-dispose",
        message: "a session's end failed",
        error: thrown,
      });
    }
  }

  #error(session: string, code: string, error: string): void {
    this.#options.send({ type: "event", session, family: "session_error", id: "", value: { code, error } });
  }

  #closed(session: string): void {
    this.#options.send({ type: "event", session, family: "session_closed", id: "", value: {} });
  }

  #isIdle(): boolean {
    for (const session of this.#sessions.values()) if (session.isBusy || session.inbox.length > 0) return false;
    return true;
  }

  #tellIdle(): void {
    if (this.#whenIdle.length === 0 || !this.#isIdle()) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }
}

/** Ids are the host's and may be of any length. */
function short(id: string): string {
  return id.length <= 100 ? id : `${id.slice(0, 100)}…`;
}

function newSession(id: string, engine: SessionEngine): Session {
  return {
    id,
    engine,
    inbox: [],
    isBusy: false,
    isResetting: false,
    isOver: false,
    patience: undefined,
    isSlow: false,
  };
}
