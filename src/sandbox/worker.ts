// Runs in a worker thread: one request in, one result out.

import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import { RUN_MS } from "./limits.ts";
import type { SandboxRequest } from "./result.ts";
import { runGuest } from "./run-guest.ts";

const guestCode = readFileSync(new URL("./guest.js", import.meta.url), "utf8");
const runMs: number = workerData?.runMs ?? RUN_MS;
const quickJs = await newQuickJSWASMModuleFromVariant(import("@jitl/quickjs-wasmfile-release-sync"));

parentPort?.on("message", (request: SandboxRequest) => {
  parentPort?.postMessage(runGuest(quickJs, guestCode, request, runMs));
});
parentPort?.postMessage("ready");
