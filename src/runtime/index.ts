export type { RuntimeDiagnostic, RuntimeDiagnosticCode } from "./diagnostic.ts";
export type { RuntimeState } from "./lifecycle.ts";
export type { ExitReason, RendererListener, RendererPort } from "./ports.ts";
export { createRuntime, MAX_DISPATCH_DEPTH, type Runtime, type RuntimeOptions } from "./runtime.ts";
export { RuntimeError, type RuntimeErrorCode } from "./runtime-error.ts";
