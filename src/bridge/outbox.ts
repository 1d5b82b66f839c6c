import type { ToRenderer } from "../protocol/index.ts";

/** More than any app issues in the seconds a restart takes; a loop that issues commands for ever is stopped here. */
export const MAX_OUTBOX_MESSAGES = 1_000;

/** One maximal frame: what could not be sent in one piece is not kept either. */
export const MAX_OUTBOX_BYTES = 64 * 1024 * 1024;

export interface OutboxLimits {
  readonly messages: number;
  readonly bytes: number;
}

interface Waiting {
  readonly message: ToRenderer;
  readonly bytes: number;
}

/** Messages that wait until a renderer is there, oldest first. Bounded: `add` returns what had to give way. */
export class Outbox {
  readonly #limits: OutboxLimits;
  #waiting: Waiting[] = [];
  #bytes = 0;

  constructor(limits: OutboxLimits = { messages: MAX_OUTBOX_MESSAGES, bytes: MAX_OUTBOX_BYTES }) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Queues `message`; returns the messages that were removed for it, oldest first (or itself, if it is too large). */
  add(message: ToRenderer): readonly ToRenderer[] {
    const bytes = approximateBytes(message);
    if (bytes > this.#limits.bytes) return [message];
    this.#waiting.push({ message, bytes });
    this.#bytes += bytes;
    let excess = 0;
    while (this.#waiting.length - excess > this.#limits.messages || this.#bytes > this.#limits.bytes) {
      this.#bytes -= this.#waiting[excess]?.bytes ?? 0;
      excess += 1;
    }
    return this.#waiting.splice(0, excess).map(({ message: removed }) => removed);
  }

  /** Empties the outbox and returns what was in it, in order. */
  takeAll(): readonly ToRenderer[] {
    const messages = this.#waiting.map(({ message }) => message);
    this.#waiting = [];
    this.#bytes = 0;
    return messages;
  }
}

/** Weight of a message before it is encoded: its texts and bytes; everything else counts as a few bytes. */
function approximateBytes(value: unknown, depth = 0): number {
  if (typeof value === "string") return value.length;
  if (value instanceof Uint8Array) return value.byteLength;
  // Deeper than any command: nothing there can be large without its siblings above being large as well.
  if (typeof value !== "object" || value === null || depth > 8) return 8;
  let bytes = 8;
  for (const member of Object.values(value)) bytes += approximateBytes(member, depth + 1);
  return bytes;
}
