export * from "./base64.ts";
export * from "./catalog.ts";
export {
  DIAGNOSTIC_KINDS,
  type Diagnostic,
  type DiagnosticKind,
  decodeDiagnostic,
  isDiagnosticKind,
  type KnownDiagnostic,
} from "./diagnostic.ts";
export * from "./effect.ts";
export * from "./error-codes.ts";
export type * from "./event.ts";
export * from "./hello.ts";
export * from "./ids.ts";
export * from "./limits.ts";
export { type EventPlace, events, type KeyOptions, widgetEvent } from "./make-event.ts";
export * from "./message.ts";
export type { Modifiers } from "./modifiers.ts";
export { NO_MODIFIERS } from "./modifiers.ts";
export type * from "./node.ts";
export type * from "./patch.ts";
export type { SkippedOp } from "./patch-decode.ts";
export * as schema from "./schema.ts";
export {
  type DecodeError,
  decode,
  describe,
  formatDecodeError,
  type Infer,
  isPlainObject,
  isReservedKey,
  type Schema,
} from "./schema.ts";
export { decodeSettings, type Settings } from "./settings.ts";
export * from "./subscription.ts";
export { toEffectEvent, toEvent, toScreenshotEvent } from "./to-event.ts";
export * from "./version.ts";
export { isWidgetFamily, WIDGET_FAMILIES, type WidgetFamily, type WidgetValues } from "./widget-event.ts";
export {
  isWindowOp,
  isWindowQuery,
  WINDOW_OPS,
  type WindowOp,
  type WindowOpPayload,
  type WindowSettings,
} from "./window.ts";
