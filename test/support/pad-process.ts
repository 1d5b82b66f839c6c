import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../apps/pad/dist/main.js", import.meta.url));

export interface PadProcess {
  /** The one-time link it printed. */
  readonly startUrl: string;
  readonly port: number;
  /** Everything it printed. */
  readonly output: () => string;
  /** Ends it and waits until it is gone. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
}

/** The built pad as a process of its own, as `npm start` runs it. */
export async function startPadProcess(data: string, port = 0): Promise<PadProcess> {
  const child = spawn(process.execPath, [main, "--port", String(port), "--no-open", "--data", data], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const startUrl = await ready(child, () => printed);
  return {
    startUrl,
    port: Number(new URL(startUrl).port),
    output: () => printed,
    async kill(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, "exit");
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

async function ready(child: ChildProcess, printed: () => string): Promise<string> {
  for (;;) {
    const url = /Pad ready at (\S+)/.exec(printed())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null) throw new Error(`the pad ended with status ${child.exitCode}:\n${printed()}`);
    const data = child.stdout === null ? Promise.resolve() : once(child.stdout, "data");
    await Promise.race([data, once(child, "exit")]);
  }
}
