import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { messageOf } from "../base/error.ts";
import { type Logger, silentLogger } from "../base/logger.ts";
import { generateHostKey } from "./host-key-format.ts";
import { ServerError } from "./server-error.ts";

const HOST_KEY_FILE = join("ssh", "ssh_host_ed25519_key");

/** A key is made in milliseconds; a program that takes longer waits for something nobody will give it. */
const KEYGEN_MS = 10_000;

export interface HostKeyOptions {
  readonly logger?: Logger;
  /** Where `ssh-keygen` is looked for; default is our own environment. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface HostKey {
  readonly path: string;
  /** Text of the private key, as OpenSSH writes it. */
  readonly text: string;
  readonly isNew: boolean;
}

/**
 * The key by which clients recognize the server. It is made at the first start, by `ssh-keygen` where there is one, and
 * kept in the data folder, readable by its owner only.
 */
export async function loadHostKey(dataDirectory: string, options: HostKeyOptions = {}): Promise<HostKey> {
  const path = join(dataDirectory, HOST_KEY_FILE);
  const logger = options.logger ?? silentLogger;
  try {
    const known = readKey(path);
    if (known !== undefined) return { path, text: known, isNew: false };
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    await makeKey(path, options.environment ?? process.env);
    const text = readKey(path);
    if (text === undefined) throw new Error("the file is gone again");
    logger({ level: "info", code: "host-key-created", message: `Generated the host key ${path}.`, fields: { path } });
    return { path, text, isNew: true };
  } catch (cause) {
    const text = `The host key "${path}" cannot be used: ${messageOf(cause)}`;
    throw new ServerError("host-key-unusable", text, { cause });
  }
}

function readKey(path: string): string | undefined {
  try {
    if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}

/** Makes the key beside its place and then puts it there, so that a half-written one is never read. */
async function makeKey(path: string, environment: NodeJS.ProcessEnv): Promise<void> {
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    if (!(await runKeygen(draft, environment))) {
      rmSync(draft, { force: true });
      const { privateText, publicText } = generateHostKey();
      writeFileSync(draft, privateText, { mode: 0o600, flag: "wx" });
      writeFileSync(`${draft}.pub`, publicText, { mode: 0o644 });
    }
    try {
      // Fails when there is one by now: two servers that start at once end up with the same key.
      linkSync(draft, path);
      renameSync(`${draft}.pub`, `${path}.pub`);
    } catch (thrown) {
      if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
    }
  } finally {
    rmSync(draft, { force: true });
    rmSync(`${draft}.pub`, { force: true });
  }
}

/** False when the program is not there or failed; then the key is made without it. */
function runKeygen(path: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const args = ["-t", "ed25519", "-N", "", "-q", "-C", "plushie", "-f", path];
  return new Promise((resolve) => {
    execFile("ssh-keygen", args, { env: environment, timeout: KEYGEN_MS }, (error) => resolve(error === null));
  });
}
