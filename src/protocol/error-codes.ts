/**
 * Every error code of the package, by the layer that raises it. Callers branch on these and never on texts.
 * `docs/errors.md` explains each.
 */
export const ERROR_CODES = [
  // protocol
  "decode-failed",
  // wire
  "encode-unsupported-value",
  "encode-too-deep",
  "encode-too-large",
  "encode-reserved-key",
  "decode-invalid-json",
  "decode-invalid-msgpack",
  "decode-too-deep",
  "decode-reserved-key",
  "decode-unsafe-integer",
  "decode-wrong-frame",
  "frame-too-large",
  "frame-empty",
  "frame-truncated",
  "frame-invalid-utf8",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
