import type { Logger, LogLevel } from "../base/logger.ts";
import type { DiagnosticCode as MachineDiagnosticCode } from "./machine.ts";

export type BridgeDiagnosticCode =
  | MachineDiagnosticCode
  /** A message from the renderer that is none; it was dropped. */
  | "bad-message"
  /** A message to the renderer that cannot be encoded; it was not sent. */
  | "encode-failed"
  /** More messages than the outbox holds; the oldest gave way. */
  | "outbox-overflow"
  /** A request that is only of use now came while there was no renderer. */
  | "request-refused"
  /** The runtime's listener threw. */
  | "listener-failed"
  /** Closing the connection failed; it is taken for closed. */
  | "close-failed"
  /** The heartbeat asked for a sign of life. */
  | "renderer-silent"
  /** The bridge ended with messages still waiting. */
  | "outbox-discarded";

export interface BridgeDiagnostic {
  readonly code: BridgeDiagnosticCode;
  readonly attribution: "app" | "renderer" | "network" | "internal";
  readonly message: string;
  /** How often this code occurred in the life of the bridge, this time included. */
  readonly count: number;
}

interface Entry {
  readonly level: LogLevel;
  readonly attribution: BridgeDiagnostic["attribution"];
  readonly text: string;
}

const ENTRIES: Readonly<Record<BridgeDiagnosticCode, Entry>> = {
  "message-before-hello": { level: "warn", attribution: "renderer", text: "Dropped a message that came before hello" },
  "unexpected-hello": { level: "debug", attribution: "renderer", text: "Ignored a second hello" },
  "close-timeout": { level: "warn", attribution: "network", text: "The old connection did not close in time" },
  "restart-refused": { level: "warn", attribution: "app", text: "A restart was asked for, but is not possible" },
  "connection-failed": { level: "warn", attribution: "network", text: "Connecting to the renderer failed" },
  "slow-renderer": {
    level: "debug",
    attribution: "network",
    text: "The renderer reads slowly; patches are left out and replaced by a snapshot",
  },
  "bad-message": { level: "warn", attribution: "renderer", text: "Dropped a message that does not fit the protocol" },
  "encode-failed": { level: "error", attribution: "app", text: "A message could not be encoded and was not sent" },
  "outbox-overflow": {
    level: "warn",
    attribution: "app",
    text: "Too many messages wait for a renderer; the oldest was given up",
  },
  "request-refused": { level: "warn", attribution: "app", text: "A request was refused, because no renderer is there" },
  "listener-failed": { level: "error", attribution: "internal", text: "The runtime failed while handling news" },
  "close-failed": { level: "warn", attribution: "network", text: "Closing the connection failed" },
  "renderer-silent": {
    level: "debug",
    attribution: "renderer",
    text: "Silence; asked the renderer for a sign of life",
  },
  "outbox-discarded": { level: "warn", attribution: "app", text: "The bridge ended with messages still waiting" },
};

/** The first occurrences of a code are logged one by one, later ones only at powers of two. */
const LOGGED_ONE_BY_ONE = 10;

export interface DiagnosticsOptions {
  readonly logger: Logger;
  readonly name?: string | undefined;
  readonly onDiagnostic?: ((diagnostic: BridgeDiagnostic) => void) | undefined;
}

/** Counts what went wrong and passes it on: every time to `onDiagnostic`, limited to the log. */
export class Diagnostics {
  readonly #options: DiagnosticsOptions;
  readonly #counts = new Map<BridgeDiagnosticCode, number>();

  constructor(options: DiagnosticsOptions) {
    this.#options = options;
  }

  report(code: BridgeDiagnosticCode, detail?: string, error?: unknown): void {
    const { level, attribution, text } = ENTRIES[code];
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    const message = detail === undefined ? `${text}.` : `${text}: ${detail}`;
    this.#options.onDiagnostic?.({ code, attribution, message, count });
    if (count > LOGGED_ONE_BY_ONE && (count & (count - 1)) !== 0) return;
    const { name } = this.#options;
    const fields = name === undefined ? { count } : { count, bridge: name };
    this.#options.logger({ level, code, message, fields, ...(error === undefined ? {} : { error }) });
  }
}
