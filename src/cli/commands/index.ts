import { messageOf, PlushieError } from "../../base/index.ts";
import type { CommandCall } from "../command-line.ts";
import { CommandError } from "./command-error.ts";

/** Runs a command to its end. Resolves with the exit status, or without one when the process decides by itself. */
export async function runCommand({ name, args }: CommandCall): Promise<number | undefined> {
  try {
    switch (name) {
      case "run":
        return await (await import("./run.ts")).runAppFile(args);
      case "serve":
        return await (await import("./serve.ts")).serveAppFile(args);
      case "script":
        return await (await import("./script.ts")).runScripts(args);
    }
  } catch (thrown) {
    process.stderr.write(`plushie ${name}: ${explain(thrown)}\n`);
    return 1;
  }
}

/** Of faults in the app's own code the place is told as well. */
function explain(thrown: unknown): string {
  const isOurs = thrown instanceof CommandError || thrown instanceof PlushieError || isWrongFlag(thrown);
  return !isOurs && thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
}

function isWrongFlag(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && String(thrown.code).startsWith("ERR_PARSE_ARGS");
}
