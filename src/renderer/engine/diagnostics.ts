import type { Clock } from "../../base/index.ts";
import type { WireProps } from "../../protocol/index.ts";
import { DIAGNOSTIC_WINDOW_MS, MAX_DIAGNOSTICS_PER_KIND } from "./limits.ts";

/** A report as it goes out. */
export type Diagnostic = WireProps & { readonly kind: string };

/** Distinct kinds that are counted; kinds are ours or the surface's, so this is never reached by honest code. */
const MAX_KINDS = 256;

interface Count {
  startedAt: number;
  sent: number;
  suppressed: number;
}

/** Lets a bounded number of reports of each kind through, so that a flood of bad input is not answered by a flood. */
export class DiagnosticLimiter {
  readonly #clock: Clock;
  readonly #counts = new Map<string, Count>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The diagnostic to send: with `suppressed` when others were left out before it. */
  limit(diagnostic: Diagnostic): Diagnostic | undefined {
    // Each message that was dropped is reported: what comes in is bounded already.
    if (diagnostic.kind === "wire_input_error") return diagnostic;
    const left = this.#admit(diagnostic.kind);
    if (left === undefined) return undefined;
    return left === 0 ? diagnostic : { ...diagnostic, suppressed: left };
  }

  /** `undefined`: say nothing now. Otherwise the number of reports of this kind that were left out before this one. */
  #admit(kind: string): number | undefined {
    const now = this.#clock.now();
    let count = this.#counts.get(kind);
    if (count === undefined) {
      if (this.#counts.size >= MAX_KINDS) return undefined;
      count = { startedAt: now, sent: 0, suppressed: 0 };
      this.#counts.set(kind, count);
    }
    if (now - count.startedAt >= DIAGNOSTIC_WINDOW_MS) {
      count.startedAt = now;
      count.sent = 0;
    }
    if (count.sent >= MAX_DIAGNOSTICS_PER_KIND) {
      count.suppressed += 1;
      return undefined;
    }
    count.sent += 1;
    const left = count.suppressed;
    count.suppressed = 0;
    return left;
  }
}
