import type { QuickJSContext, QuickJSWASMModule } from "quickjs-emscripten-core";
import { messageOf } from "../base/index.ts";
import { compile } from "./compile.ts";
import { MAX_EVENTS, MAX_OUTPUT_CHARS, MEMORY_BYTES, STACK_BYTES } from "./limits.ts";
import type { SandboxFailure, SandboxRequest, SandboxResult } from "./result.ts";

/**
 * One run in a context of its own, thrown away afterwards. Only text crosses: the request goes in as JSON, the outcome
 * comes out as JSON that the guest's own code made; no host function is reachable from inside.
 */
export function runGuest(
  quickJs: QuickJSWASMModule,
  guestCode: string,
  request: SandboxRequest,
  runMs: number,
): SandboxResult {
  const deadline = Date.now() + runMs;
  const compiled = compile(request.source, request.name);
  if (!compiled.ok) return { ok: false, phase: "compile", logs: [], ...compiled.error };
  const runtime = quickJs.newRuntime();
  try {
    runtime.setMemoryLimit(MEMORY_BYTES);
    runtime.setMaxStackSize(STACK_BYTES);
    runtime.setInterruptHandler(() => Date.now() > deadline);
    const context = runtime.newContext();
    try {
      return evaluate(context, guestCode, compiled.value, request, runMs);
    } finally {
      context.dispose();
    }
  } catch (thrown) {
    return failure("limit", `the experiment was stopped: ${messageOf(thrown)}`);
  } finally {
    disposeRuntime(runtime);
  }
}

function evaluate(
  context: QuickJSContext,
  guestCode: string,
  code: string,
  request: SandboxRequest,
  runMs: number,
): SandboxResult {
  const input = JSON.stringify({ state: request.state, events: (request.events ?? []).slice(0, MAX_EVENTS) });
  const steps: readonly (readonly [string, string])[] = [
    [guestCode, "plushie"],
    // The wrapper stays on the first line, so that the lines of the experiment are its own.
    [`globalThis.__experiment = function (require, exports, module) {${code}\n};`, request.name],
    [`__guest.run(${JSON.stringify(input)})`, "plushie"],
  ];
  let text = "";
  for (const [script, file] of steps) {
    const result = context.evalCode(script, file);
    if (result.error) {
      const thrown: unknown = context.dump(result.error);
      result.error.dispose();
      return describeThrown(thrown, runMs, request.name);
    }
    if (context.typeof(result.value) === "string") text = context.getString(result.value);
    result.value.dispose();
  }
  if (text.length > MAX_OUTPUT_CHARS) {
    return failure(
      "limit",
      `the experiment's output has ${text.length} characters; at most ${MAX_OUTPUT_CHARS} are shown`,
    );
  }
  const outcome = JSON.parse(text) as { readonly thrown?: unknown; readonly logs: readonly string[] } & SandboxResult;
  if (outcome.thrown !== undefined)
    return { ...describeThrown(outcome.thrown, runMs, request.name), logs: outcome.logs };
  return outcome;
}

function describeThrown(thrown: unknown, runMs: number, name: string): SandboxFailure {
  const {
    name: kind,
    message,
    stack,
  } = typeof thrown === "object" && thrown !== null
    ? (thrown as Record<string, unknown>)
    : { name: "Error", message: String(thrown), stack: "" };
  if (message === "interrupted") return failure("limit", `it ran for more than ${runMs} ms: is there an endless loop?`);
  if (message === "out of memory") return failure("limit", "it needs more memory than an experiment may have");
  if (kind === "InternalError" && message === "stack overflow") {
    return failure("limit", "it calls itself too deeply: is there an endless recursion?");
  }
  const position = positionOf(String(stack ?? ""), name);
  const text = kind === "Error" || kind === undefined ? String(message) : `${String(kind)}: ${String(message)}`;
  return { ...failure("run", text), ...position };
}

/** QuickJS writes `at view (hello.tsx:3:7)`; the first frame in the experiment's own file counts. */
function positionOf(stack: string, name: string): { readonly line?: number; readonly column?: number } {
  for (const frame of stack.split("\n")) {
    const start = frame.indexOf(`${name}:`);
    if (start === -1) continue;
    const match = /^(\d+)(?::(\d+))?/.exec(frame.slice(start + name.length + 1));
    if (match === null) continue;
    const line = Number(match[1]);
    return match[2] === undefined || line === 1 ? { line } : { line, column: Number(match[2]) };
  }
  return {};
}

function failure(phase: SandboxFailure["phase"], message: string): SandboxFailure {
  return { ok: false, phase, message, logs: [] };
}

function disposeRuntime(runtime: { dispose(): void }): void {
  try {
    runtime.dispose();
  } catch {
    // After running out of memory QuickJS may report objects it could not free. The worker's memory is bounded anyway.
  }
}
