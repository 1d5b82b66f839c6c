export interface ErrorDetail {
  readonly [key: string]: unknown;
}

/**
 * Base of every error this package throws or reports. Branch on `code`, never on the text. Each layer has one subclass
 * with its own closed set of codes; all codes are listed in `docs/errors.md`.
 */
export class PlushieError<Code extends string = string> extends Error {
  readonly code: Code;
  readonly detail: ErrorDetail;

  constructor(code: Code, message: string, options: { readonly detail?: ErrorDetail; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.detail = options.detail ?? {};
  }
}

/** The text of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
