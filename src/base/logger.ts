export type LogLevel = "debug" | "info" | "warn" | "error";

export interface LogEntry {
  readonly level: LogLevel;
  /** Stable name of what happened, kebab-case. */
  readonly code: string;
  readonly message: string;
  /** Sizes, ids, counts. Never user data or secrets. */
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

/** Where a component reports what an operator should know. Never throws. */
export type Logger = (entry: LogEntry) => void;

export const silentLogger: Logger = () => {};
