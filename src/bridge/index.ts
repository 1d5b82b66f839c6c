export { Bridge, type BridgeOptions, createBridge } from "./bridge.ts";
export { BridgeError, type BridgeErrorCode } from "./bridge-error.ts";
export type { BridgeDiagnostic, BridgeDiagnosticCode } from "./diagnostics.ts";
export {
  type BridgeFunctions,
  createBridgeFunctions,
  type MessagePort,
  type ScreenshotOptions,
  type WidgetCommand,
} from "./functions.ts";
export type { RendererSettings } from "./handshake.ts";
export { createIostreamConnector, type IostreamAdapter, type IostreamBridge } from "./iostream.ts";
export type { ExitReason, StateKind } from "./machine.ts";
export type { BridgeListener } from "./notifier.ts";
export type { OutboxLimits } from "./outbox.ts";
export {
  CLOSE_CODES,
  type CloseCode,
  type CloseCodeName,
  type CloseReason,
  type Codec,
  type Connector,
  canRetryAfter,
  closeCodeName,
  isShared,
  type SharedMessage,
  type Transport,
  TransportError,
  type TransportErrorCode,
  type TransportListener,
} from "./transport.ts";
