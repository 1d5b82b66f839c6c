export { type CompileError, compile } from "./compile.ts";
export * from "./limits.ts";
export type * from "./result.ts";
export { Sandbox, SandboxError, type SandboxErrorCode, type SandboxOptions } from "./sandbox.ts";
