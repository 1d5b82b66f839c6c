// Looks for a browser of the Chromium family where systems keep them. No shell is asked, and nothing is started.

import { accessSync, constants, statSync } from "node:fs";
import { posix, win32 } from "node:path";

export interface FinderOptions {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether there is a program at this path. */
  readonly isProgram?: (path: string) => boolean;
}

/** The variable that names the browser. */
export const BROWSER_VARIABLE = "PLUSHIE_CHROMIUM";

/** Those made for drawing without a screen come first: they start faster and need less memory. */
const LINUX_NAMES = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "google-chrome-stable",
  "google-chrome",
  "chromium",
  "chromium-browser",
  "microsoft-edge-stable",
  "microsoft-edge",
  "brave-browser",
];
/** Where Linux systems keep programs that may be missing in a service's PATH. */
const LINUX_FOLDERS = ["/usr/bin", "/usr/local/bin", "/usr/lib/chromium", "/snap/bin"];

const MAC_APPS = ["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"];
const MAC_NAMES = ["chrome-headless-shell"];

const WINDOWS_ROOTS = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
const WINDOWS_PROGRAMS = [
  ["Google", "Chrome", "Application", "chrome.exe"],
  ["Chromium", "Application", "chrome.exe"],
  ["Microsoft", "Edge", "Application", "msedge.exe"],
  ["BraveSoftware", "Brave-Browser", "Application", "brave.exe"],
];
const WINDOWS_NAMES = ["chrome-headless-shell.exe"];

/** Every browser that is there, the best one first. One that was named is the only one, there or not. */
export function findBrowsers(options: FinderOptions): readonly string[] {
  const named = options.environment[BROWSER_VARIABLE];
  if (named !== undefined && named !== "") return [named];
  const isThere = options.isProgram ?? isProgram;
  return [...new Set(candidates(options))].filter((path) => isThere(path));
}

function candidates({ platform, environment }: FinderOptions): readonly string[] {
  if (platform === "win32") {
    const roots = WINDOWS_ROOTS.flatMap((name) => variable(environment, name) ?? []);
    const installed = WINDOWS_PROGRAMS.flatMap((parts) => roots.map((root) => win32.join(root, ...parts)));
    return [...inFolders(win32, pathFolders(environment, win32), WINDOWS_NAMES), ...installed];
  }
  if (platform === "darwin") {
    const roots = ["/Applications", ...(environment["HOME"] ? [posix.join(environment["HOME"], "Applications")] : [])];
    const apps = MAC_APPS.flatMap((app) => roots.map((root) => posix.join(root, `${app}.app/Contents/MacOS`, app)));
    return [...inFolders(posix, pathFolders(environment, posix), MAC_NAMES), ...apps];
  }
  return inFolders(posix, [...pathFolders(environment, posix), ...LINUX_FOLDERS], LINUX_NAMES);
}

/** The better name wins, wherever it is. */
function inFolders(path: typeof posix, folders: readonly string[], names: readonly string[]): readonly string[] {
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** Relative entries would mean something else in each folder. */
function pathFolders(environment: FinderOptions["environment"], path: typeof posix): readonly string[] {
  const folders = variable(environment, "PATH")?.split(path.delimiter) ?? [];
  return folders.filter((folder) => path.isAbsolute(folder));
}

/** On Windows the case of a variable's name means nothing. */
function variable(environment: FinderOptions["environment"], name: string): string | undefined {
  const found = environment[name] ?? Object.entries(environment).find(([key]) => key.toUpperCase() === name)?.[1];
  return found === "" ? undefined : found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
