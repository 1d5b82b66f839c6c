import type { FromRenderer, FromRendererMessage } from "../../../protocol/index.ts";

export type StepEvent = FromRendererMessage<"event">;

/** Looks change all the time; a script is told what was done. */
const LEFT_OUT: ReadonlySet<string> = new Set(["status"]);
/** Comes by itself, script or not. */
const PASSED_ON: ReadonlySet<string> = new Set(["animation_frame", "session_error", "session_closed"]);

/** Between an engine and its host: while a script plays, events are kept for its steps. */
export class EventGate {
  readonly #forward: (message: FromRenderer) => void;
  #kept: StepEvent[] | undefined;

  constructor(forward: (message: FromRenderer) => void) {
    this.#forward = forward;
  }

  readonly send = (message: FromRenderer): void => {
    if (this.#kept === undefined || message.type !== "event" || PASSED_ON.has(message.family)) this.#forward(message);
    else if (!LEFT_OUT.has(message.family)) this.#kept.push(message);
  };

  close(): void {
    this.#kept ??= [];
  }

  /** What was kept since the last time. */
  take(): readonly StepEvent[] {
    const events = this.#kept ?? [];
    if (this.#kept !== undefined) this.#kept = [];
    return events;
  }

  /** What nobody took goes out as it is. */
  open(): void {
    const events = this.#kept ?? [];
    this.#kept = undefined;
    for (const event of events) this.#forward(event);
  }
}
