export type { RuntimeDiagnostic, RuntimeDiagnosticCode } from "./diagnostic.ts";
export type { RuntimeState } from "./lifecycle.ts";
export type { ExitReason, RendererListener, RendererPort } from "./ports.ts";
export { createRuntime, MAX_DISPATCH_DEPTH } from "./runtime.ts";
export type { Runtime, RuntimeOptions } from "./runtime-contract.ts";
export { RuntimeError, type RuntimeErrorCode } from "./runtime-error.ts";
