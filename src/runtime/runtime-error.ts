import { PlushieError } from "../base/index.ts";

export type RuntimeErrorCode =
  /** The definition lacks `init`, `update` or `view`, or a callback is no function. */
  | "app-invalid"
  /** `init` threw or returned something that is no model. */
  | "init-failed"
  /** The runtime has ended. */
  | "runtime-stopped"
  /** There is no renderer to start, or it ended for good with a failure. */
  | "renderer-failed";

/** Thrown by `createRuntime` or the reason why `closed` or `ready` reject. */
export class RuntimeError extends PlushieError<RuntimeErrorCode> {}
