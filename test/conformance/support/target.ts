// Which renderer is under test, and how it is started. Everything comes from the environment, so that the same suite runs
// against any executable.

import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export type Codec = "json" | "msgpack";
export type Mode = "mock" | "headless";

export const CODECS: readonly Codec[] = ["json", "msgpack"];

const ROOT = resolve(fileURLToPath(import.meta.url), "../../../..");
const OWN_RENDERER = resolve(ROOT, "dist/cli/plushie-renderer.js");

export const MODE: Mode = process.env["PLUSHIE_CONFORMANCE_MODE"] === "headless" ? "headless" : "mock";

/** Milliseconds to wait for one message or for the end of the process. A browser takes longer to start. */
export const PATIENCE_MS = Number(
  process.env["PLUSHIE_CONFORMANCE_PATIENCE_MS"] ?? (MODE === "headless" ? 20_000 : 10_000),
);

/** The value for the mode under test, where the specification has a table with a column per mode. */
export function perMode<Value>(values: Readonly<Record<Mode, Value>>): Value {
  return values[MODE];
}

export function rendererCommand(): { readonly command: string; readonly args: readonly string[] } {
  const given = process.env["PLUSHIE_RENDERER"];
  const file = given === undefined || given === "" ? OWN_RENDERER : given;
  return /\.[cm]?js$/.test(file) ? { command: process.execPath, args: [file] } : { command: file, args: [] };
}
