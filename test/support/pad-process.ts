import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../apps/pad/dist/main.js", import.meta.url));

export interface PadProcess {
  /** The one-time link it printed. */
  readonly startUrl: string;
  readonly port: number;
  /** The port for SSH, when it was asked for. */
  readonly sshPort: number | undefined;
  /** Everything it printed. */
  readonly output: () => string;
  /** Ends it and waits until it is gone. */
  kill(signal: "SIGKILL" | "SIGTERM"): Promise<number | null>;
}

export interface PadProcessOptions {
  readonly port?: number;
  /** Absent: no SSH. */
  readonly sshPort?: number;
  /** Where the keys of those who may come over SSH are: `.ssh/authorized_keys`. */
  readonly home?: string;
}

/** The built pad as a process of its own, as `npm start` runs it. */
export async function startPadProcess(data: string, options: PadProcessOptions = {}): Promise<PadProcess> {
  const { port = 0, sshPort, home } = options;
  const ssh = sshPort === undefined ? ["--no-ssh"] : ["--ssh-port", String(sshPort)];
  const child = spawn(process.execPath, [main, "--port", String(port), "--no-open", "--data", data, ...ssh], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...(home === undefined ? {} : { HOME: home }) },
  });
  let printed = "";
  child.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  child.stderr.on("data", (chunk) => {
    printed += chunk;
  });
  const startUrl = await said(child, () => printed, /Pad ready at (\S+)/);
  const opened =
    sshPort === undefined ? "" : await said(child, () => printed, /(?:SSH ready on localhost:|No SSH: )(\S+)/);
  return {
    startUrl,
    port: Number(new URL(startUrl).port),
    sshPort: /^\d+/.test(opened) ? Number.parseInt(opened, 10) : undefined,
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

async function said(child: ChildProcess, printed: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(printed())?.[1];
    if (found !== undefined) return found;
    if (child.exitCode !== null) throw new Error(`the pad ended with status ${child.exitCode}:\n${printed()}`);
    const { stdout, stderr } = child;
    if (stdout === null || stderr === null) throw new Error("broken invariant: piped streams");
    await Promise.race([once(stdout, "data"), once(stderr, "data"), once(child, "exit")]);
  }
}
