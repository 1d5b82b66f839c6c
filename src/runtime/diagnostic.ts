import type { Logger, LogLevel } from "../base/index.ts";

export type RuntimeDiagnosticCode =
  | "init-failed"
  | "update-failed"
  | "view-failed"
  | "handler-failed"
  | "composite-failed"
  | "subscribe-failed"
  | "on-event-failed"
  | "window-config-failed"
  | "settings-failed"
  | "renderer-exit-failed"
  | "command-failed"
  | "recovered"
  | "suppressed"
  | "tree-warning"
  | "target-not-found"
  | "target-ambiguous"
  | "window-not-found"
  | "dispatch_loop_exceeded"
  | "command-invalid"
  | "share-failed"
  | "commands-dropped"
  | "effect-timeout"
  | "answer-unmatched"
  | "message-ignored"
  | "renderer-diagnostic"
  | "renderer-exited"
  | "renderer-failed";

/** A structured report of something an author or operator should know. Never contains model or user data. */
export interface RuntimeDiagnostic {
  readonly code: RuntimeDiagnosticCode;
  /** Whose doing it is. */
  readonly attribution: "app" | "renderer" | "network" | "internal";
  readonly level: LogLevel;
  /** What happened, where, and what to do. */
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly error?: unknown;
}

export type Report = (diagnostic: RuntimeDiagnostic) => void;

/**
 * Sends each diagnostic to the logger and to the app's hook. A hook that throws is logged once and then left out, so
 * that a broken hook cannot flood the log.
 */
export function createReport(logger: Logger, hook: ((diagnostic: RuntimeDiagnostic) => void) | undefined): Report {
  let isHookBroken = false;
  return (diagnostic) => {
    const { level, code, message, fields, error } = diagnostic;
    logger({
      level,
      code,
      message,
      ...(fields === undefined ? {} : { fields }),
      ...(error === undefined ? {} : { error }),
    });
    if (hook === undefined || isHookBroken) return;
    try {
      hook(diagnostic);
    } catch (thrown) {
      isHookBroken = true;
      logger({
        level: "error",
        code: "diagnostic-hook-failed",
        message: "onDiagnostic threw; it is not called again. Make the hook catch its own errors.",
        error: thrown,
      });
    }
  };
}
