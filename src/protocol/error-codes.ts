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
  // app
  "app-definition-invalid",
  "app-result-missing",
  "app-result-promise",
  "app-result-malformed",
  "app-subscriptions-malformed",
  "app-handler-invalid",
  // bridge
  "open-failed",
  "early-exit",
  "hello-timeout",
  "protocol-mismatch",
  "renderer-refused",
  "max-restarts-reached",
  "already-started",
  "stopped-before-ready",
  "runtime-already-registered",
  "transport-not-found",
  "transport-open-failed",
  "transport-open-aborted",
  "transport-not-reopenable",
  // runtime
  "app-invalid",
  "init-failed",
  "runtime-stopped",
  "renderer-failed",
  // host
  "renderer-not-found",
  "name-taken",
  "name-unknown",
  "configuration-invalid",
  // room
  "stale-epoch",
  "room-closed",
  "room-overloaded",
  "room-full",
  "participant-invalid",
  "action-invalid",
  "action-refused",
  "append-failed",
  "version-mismatch",
  "store-failed",
  // server
  "page-not-found",
  "listen-failed",
  "secret-unusable",
  "already-listening",
  "bad-limits",
  // sandbox
  "sandbox-disposed",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];
