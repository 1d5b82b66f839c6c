// The life of one browser process: found, started with a folder of its own, and taken along when we end. It has no window,
// and nothing but our pipe can drive it.

import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { type Clock, type Logger, messageOf } from "../../../base/index.ts";
import { BrowserError } from "./browser-error.ts";
import { DevtoolsClient } from "./devtools-client.ts";
import { BROWSER_VARIABLE, findBrowsers } from "./finder.ts";

/** Set to `1`, the browser may run without its sandbox. */
export const NO_SANDBOX_VARIABLE = "PLUSHIE_CHROMIUM_NO_SANDBOX";

export interface BrowserOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Wins over the environment's and over what is installed. */
  readonly executable?: string;
  /** The browser runs without its sandbox. Default: as the environment says. */
  readonly isWithoutSandbox?: boolean;
  /** From the start of the program to its first answer. */
  readonly startTimeoutMs?: number;
}

/** A browser that runs. */
export interface Browser {
  readonly client: DevtoolsClient;
  /** Product and version, as it says itself. */
  readonly version: string;
  readonly executable: string;
  readonly processId: number;
  /** Resolves with the reason when the browser ended without having been asked to. */
  readonly lost: Promise<string>;
  /** Ends the browser and removes its folder. Idempotent. */
  close(): Promise<void>;
}

/** Of the profile folders, with the machine and the process that own one behind it. */
const FOLDER_PREFIX = "plushie-browser-";
const OWNED_FOLDER = new RegExp(`^${FOLDER_PREFIX}(?:([0-9a-f]{8})-)?(\\d+)-\\w+$`);
const OLD_MS = 24 * 60 * 60 * 1_000;
const START_TIMEOUT_MS = 20_000;
/** Between asking the browser to end and killing it. */
const END_GRACE_MS = 2_000;
/** What is kept of what the browser says on its standard error. */
const MAX_LOG_CHARS = 4_000;

/** Browsers that may be started, the best one first, and how. */
export interface BrowserChoice {
  readonly executables: readonly string[];
  readonly isWithoutSandbox: boolean;
}

/** Looks without starting anything. Throws a `BrowserError` that says what to do when there is nothing to start. */
export function chooseBrowser(
  options: Pick<BrowserOptions, "environment" | "executable" | "isWithoutSandbox">,
): BrowserChoice {
  const { executable, environment } = options;
  const isWithoutSandbox = options.isWithoutSandbox ?? environment[NO_SANDBOX_VARIABLE] === "1";
  const named = executable === undefined ? {} : { [BROWSER_VARIABLE]: executable };
  const executables = findBrowsers({ platform: process.platform, environment: { ...environment, ...named } });
  if (executables.length === 0) throw new BrowserError("browser-not-found", NOT_FOUND);
  if (!isWithoutSandbox && process.platform === "linux" && process.getuid?.() === 0) {
    throw new BrowserError("browser-sandbox", AS_ROOT);
  }
  return { executables, isWithoutSandbox };
}

/** Starts the first browser that runs. Rejects with a `BrowserError` that says what to do. */
export async function startBrowser(choice: BrowserChoice, options: BrowserOptions): Promise<Browser> {
  const failures: string[] = [];
  for (const executable of choice.executables) {
    try {
      return await launch(executable, choice.isWithoutSandbox, options);
    } catch (thrown) {
      failures.push(`${executable}: ${messageOf(thrown)}`);
    }
  }
  const hint = `Set ${BROWSER_VARIABLE} to another browser, or start this one by hand to see what it lacks.`;
  throw new BrowserError("browser-start-failed", `No browser could be started. ${failures.join("; ")}. ${hint}`);
}

const NOT_FOUND = [
  "No browser was found to draw with.",
  "Install Chromium, Google Chrome or Microsoft Edge (for instance: apt install chromium),",
  `or set ${BROWSER_VARIABLE} to the path of one.`,
].join(" ");

const AS_ROOT = [
  "As root a browser runs only without its sandbox.",
  `Run this as an ordinary user, or, where everything that is drawn can be trusted, set ${NO_SANDBOX_VARIABLE}=1.`,
].join(" ");

async function launch(executable: string, isWithoutSandbox: boolean, options: BrowserOptions): Promise<Browser> {
  const { clock, logger, environment } = options;
  await removeStaleFolders(logger);
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${machineId()}-${process.pid}-`));
  const isUnix = process.platform !== "win32";
  const child = spawn(executable, browserFlags(folder, isWithoutSandbox), {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    env: definedOnly(environment),
    // An interrupt at the keyboard is for us: we end the browser when everything was said.
    detached: isUnix,
    windowsHide: true,
  });
  let log = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-MAX_LOG_CHARS);
  });
  const gone = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`it cannot be started: ${error.message}`));
    child.once("exit", (code, signal) => resolve(`it ended with ${signal ?? `status ${code}`}`));
  });
  const [, , , output, input] = child.stdio;
  if (!(output instanceof Writable) || !(input instanceof Readable)) {
    const reason = await gone;
    await removeFolder(folder, logger);
    throw new BrowserError("browser-start-failed", reason);
  }
  // Whoever forgets to close a browser is not kept alive by it; it ends with the pipe.
  for (const held of [child, child.stderr, output, input]) unref(held);
  const client = new DevtoolsClient({ output, input, clock });
  let isEnding = false;
  const lost = new Promise<string>((resolve) => {
    void Promise.race([gone, client.closed]).then((reason) => {
      client.close(reason);
      if (!isEnding) resolve(reason);
    });
  });
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    await stop(child, client, gone, clock);
    await removeFolder(folder, logger);
  };
  try {
    const limitMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
    const { product } = await client.send("Browser.getVersion", {}, undefined, limitMs);
    logger({ level: "debug", code: "browser-started", message: `${executable}: ${product}` });
    const { pid = 0 } = child;
    return { client, version: String(product), executable, processId: pid, lost, close: end };
  } catch (thrown) {
    // What it wrote says more than that it ended.
    const reason = await Promise.race([gone, moment(clock)]);
    await end();
    const said = log.trim().split("\n").at(-1) ?? "";
    const heard = said === "" ? "" : ` (it said: ${said})`;
    throw new BrowserError("browser-start-failed", `${reason ?? messageOf(thrown)}${heard}`);
  }
}

/** Streams of child processes are sockets, which their type does not say. */
function unref(held: object | null): void {
  if (held !== null && "unref" in held && typeof held.unref === "function") held.unref();
}

/** The pipe of a program that ended closes a little before its end is known. */
function moment(clock: Clock): Promise<undefined> {
  return new Promise((resolve) => clock.after(200, () => resolve(undefined)));
}

function browserFlags(folder: string, isWithoutSandbox: boolean): readonly string[] {
  return [
    "--headless",
    "--remote-debugging-pipe",
    `--user-data-dir=${folder}`,
    "--no-first-run",
    "--no-default-browser-check",
    "--no-startup-window",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-quic",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--mute-audio",
    "--password-store=basic",
    "--use-mock-keychain",
    // Pictures are the same on every machine that has the same browser.
    "--disable-gpu",
    // Without it a picture of a page with an emulated focus may never be answered.
    "--enable-features=CDPScreenshotNewSurface",
    // A wheel has scrolled when it was turned.
    "--disable-smooth-scrolling",
    // Small in most containers; pages that find it full are not drawn.
    "--disable-dev-shm-usage",
    "--disable-hang-monitor",
    "--hide-scrollbars",
    "--font-render-hinting=none",
    "--disable-lcd-text",
    "--force-color-profile=srgb",
    "--force-device-scale-factor=1",
    // A mouse, which machines without a screen do not have: otherwise nothing is ever drawn as hovered.
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--lang=en-US",
    ...(isWithoutSandbox ? ["--no-sandbox"] : []),
  ];
}

function definedOnly(environment: BrowserOptions["environment"]): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) defined[name] = value;
  return defined;
}

async function stop(child: ChildProcess, client: DevtoolsClient, gone: Promise<string>, clock: Clock): Promise<void> {
  client.send("Browser.close").catch(() => {});
  let isGone = false;
  const ended = gone.then(() => {
    isGone = true;
  });
  const limit = new Promise<void>((resolve) => clock.after(END_GRACE_MS, resolve));
  await Promise.race([ended, limit]);
  if (!isGone) kill(child);
  await ended;
  client.close("the browser was ended");
}

/** With its helpers, which have the browser's process group. */
function kill({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It ended in this moment.
  }
}

/**
 * What renderers left that were killed: their process is not there any more. A container that shares the folder has processes that
 * cannot be seen from here, so that only those of this machine's name go at once, and the others when nobody has used them for a day.
 */
async function removeStaleFolders(logger: Logger): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  await Promise.all(
    names.map(async (name) => {
      const match = OWNED_FOLDER.exec(name);
      if (match === null || isRunning(Number(match[2]))) return;
      const folder = join(tmpdir(), name);
      if (match[1] === machineId() || (await isOld(folder))) await removeFolder(folder, logger);
    }),
  );
}

/** A container has a host name of its own. */
function machineId(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

async function isOld(folder: string): Promise<boolean> {
  const stats = await stat(folder).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > OLD_MS;
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (thrown) {
    // It is there and somebody else's.
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}

/** Helpers may still write into it for a moment. */
async function removeFolder(folder: string, logger: Logger): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch (error) {
    logger({ level: "warn", code: "browser-folder", message: `${folder} cannot be removed`, error });
  }
}
