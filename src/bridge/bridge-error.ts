import { unreachable } from "../base/assert.ts";
import { PlushieError } from "../base/error.ts";
import type { Failure } from "./machine.ts";
import type { CloseReason } from "./transport.ts";

export type BridgeErrorCode =
  | Failure["code"]
  /** `start` on a bridge that was started before. */
  | "already-started"
  /** `stop` came before the first renderer was ready. */
  | "stopped-before-ready"
  /** A request got no answer in time. */
  | "no-answer"
  /** `registerRuntime` on a bridge that has a runtime. */
  | "runtime-already-registered";

/** Why a bridge could not start, or ended. */
export class BridgeError extends PlushieError<BridgeErrorCode> {}

export function bridgeError(failure: Failure, protocolVersion: number): BridgeError {
  return new BridgeError(failure.code, describeFailure(failure, protocolVersion), { detail: { ...failure } });
}

export function describeReason(reason: CloseReason): string {
  const parts: string[] = [reason.kind];
  if (reason.kind === "crash" && reason.exitCode !== undefined) parts.push(`exit status ${reason.exitCode}`);
  if (reason.kind === "crash" && reason.signal !== undefined) parts.push(`signal ${reason.signal}`);
  if (reason.detail !== undefined) parts.push(reason.detail);
  return parts.join(", ");
}

function describeFailure(failure: Failure, protocolVersion: number): string {
  switch (failure.code) {
    case "open-failed":
      return `No connection to a renderer: ${failure.detail}`;
    case "early-exit":
      return `The renderer ended before it was ready (${describeReason(failure.reason)}). Its log says why.`;
    case "hello-timeout":
      return "The renderer sent no hello in time. Check that the program is a Plushie renderer and not busy or paused.";
    case "protocol-mismatch":
      return `The renderer speaks protocol ${failure.found}, this package speaks ${protocolVersion}. Install matching versions.`;
    case "renderer-refused":
      return `The renderer refused to start: ${failure.detail}`;
    case "max-restarts-reached":
      return `Max restarts reached; the renderer's last end: ${describeReason(failure.reason)}.`;
    default:
      return unreachable(failure);
  }
}
