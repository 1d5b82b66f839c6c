import { spawn } from "node:child_process";

type Environment = Readonly<Record<string, string | undefined>>;

/** How long the opener may take to say that it failed. */
const FAILURE_MS = 3_000;

/** Whether a browser of the person's can be tried at all. */
export function canOpenBrowser(environment: Environment, platform: NodeJS.Platform = process.platform): boolean {
  const off = environment["PLUSHIE_NO_BROWSER"];
  if (off !== undefined && off !== "" && off !== "0") return false;
  if (platform === "darwin" || platform === "win32") return true;
  return Boolean(environment["DISPLAY"]) || Boolean(environment["WAYLAND_DISPLAY"]);
}

/** Program and arguments that show a page in the default browser. */
export function browserCommand(
  url: string,
  platform: NodeJS.Platform = process.platform,
): readonly [string, ...string[]] {
  if (platform === "darwin") return ["open", url];
  // `start` is part of the shell; its first quoted argument is a title.
  if (platform === "win32") return ["cmd", "/c", "start", "", url];
  return ["xdg-open", url];
}

/** Shows a page in the person's default browser. Resolves with false when the program for it failed. */
export function openBrowser(url: string): Promise<boolean> {
  const [command, ...args] = browserCommand(url);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: "ignore", detached: true });
    // Some openers end at once, some stay as long as the browser.
    const timer = setTimeout(() => resolve(true), FAILURE_MS);
    timer.unref();
    const settle = (isOpen: boolean): void => {
      clearTimeout(timer);
      resolve(isOpen);
    };
    child.once("error", () => settle(false));
    child.once("exit", (code) => settle(code === 0));
    child.unref();
  });
}
