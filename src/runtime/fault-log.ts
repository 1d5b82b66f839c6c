import { messageOf, PlushieError } from "../base/index.ts";
import type { Report, RuntimeDiagnosticCode } from "./diagnostic.ts";

/** The author's functions that are called under guard, each with its own run of consecutive failures. */
export type FaultSource =
  | "init"
  | "update"
  | "view"
  | "handler"
  | "composite"
  | "subscribe"
  | "on-event"
  | "window-config"
  | "settings"
  | "renderer-exit"
  | "command";

/** Failures in a row that are reported in full. */
export const FULL_REPORTS = 100;
/** After that one reminder per so many failures. */
export const REMINDER_EVERY = 1000;

const CODES: Readonly<Record<FaultSource, RuntimeDiagnosticCode>> = {
  init: "init-failed",
  update: "update-failed",
  view: "view-failed",
  handler: "handler-failed",
  composite: "composite-failed",
  subscribe: "subscribe-failed",
  "on-event": "on-event-failed",
  "window-config": "window-config-failed",
  settings: "settings-failed",
  "renderer-exit": "renderer-exit-failed",
  command: "command-failed",
};

const CONSEQUENCES: Readonly<Record<FaultSource, string>> = {
  init: "The app does not start.",
  update: "The event is dropped and the model stays as it was.",
  view: "The model is the new one; the screen keeps what it showed until view succeeds again.",
  handler: "The event is dropped and the model stays as it was.",
  composite: "The composite is skipped for this event.",
  subscribe: "The subscriptions stay as they were.",
  "on-event": "The event is dropped.",
  "window-config": "The window opens without these defaults.",
  settings: "The renderer starts with its own defaults.",
  "renderer-exit": "The model stays as it was.",
  command: "The command is dropped.",
};

/**
 * Reports failures of the author's functions without flooding the log: the first hundred in a row in full, one notice,
 * then one reminder per thousand, and one line when the function works again.
 */
export class FaultLog {
  readonly #report: Report;
  readonly #consecutive = new Map<FaultSource, number>();

  constructor(report: Report) {
    this.#report = report;
  }

  failed(source: FaultSource, thrown: unknown, where?: string): void {
    const count = (this.#consecutive.get(source) ?? 0) + 1;
    this.#consecutive.set(source, count);
    const fields = { source, consecutive: count };
    if (count <= FULL_REPORTS) {
      this.#report({
        code: CODES[source],
        attribution: "app",
        level: "error",
        message: `${where ?? nameOf(source)} failed: ${messageOf(thrown)}. ${CONSEQUENCES[source]}${hint(source, thrown)}`,
        fields: thrown instanceof PlushieError ? { ...fields, errorCode: thrown.code } : fields,
        error: thrown,
      });
    } else if (count === FULL_REPORTS + 1) {
      this.#report({
        code: "suppressed",
        attribution: "app",
        level: "error",
        message: `${nameOf(source)} failed ${count} times in a row; from now on one line per ${REMINDER_EVERY} failures.`,
        fields,
      });
    } else if (count % REMINDER_EVERY === 0) {
      this.#report({
        code: "suppressed",
        attribution: "app",
        level: "error",
        message: `${nameOf(source)} still fails, ${count} times in a row: ${messageOf(thrown)}`,
        fields,
        error: thrown,
      });
    }
  }

  succeeded(source: FaultSource): void {
    const count = this.#consecutive.get(source);
    if (count === undefined) return;
    this.#consecutive.delete(source);
    this.#report({
      code: "recovered",
      attribution: "app",
      level: "info",
      message: `${nameOf(source)} works again after ${count} ${count === 1 ? "failure" : "failures"} in a row.`,
      fields: { source, consecutive: count },
    });
  }
}

/** What the checks at the end of an exhaustive switch usually say. */
const MISSING_MATCH =
  /exhausti|unreachable|unhandled|no match|unexpected (?:event|message|case|value)|invariant: unexpected/i;

function hint(source: FaultSource, thrown: unknown): string {
  const isUpdate = source === "update" || source === "handler";
  if (!isUpdate || !MISSING_MATCH.test(messageOf(thrown))) return "";
  return " It seems that no branch takes this event: end update with a final `return model`.";
}

function nameOf(source: FaultSource): string {
  switch (source) {
    case "handler":
      return "an event handler";
    case "composite":
      return "a composite's handler";
    case "on-event":
      return "onEvent";
    case "window-config":
      return "windowConfig";
    case "renderer-exit":
      return "handleRendererExit";
    case "command":
      return "performing a command";
    default:
      return source;
  }
}
