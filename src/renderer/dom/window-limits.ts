// What desktop windows can do and windows in a page cannot. The first window of the tree fills the page, and the page belongs to
// the browser; the others float above it and are ours.

import type { WireProps, WireValue } from "../../protocol/index.ts";

type Check = (value: WireValue) => boolean;

const isTrue: Check = (value) => value === true;
const isFalse: Check = (value) => value === false;
const isGiven: Check = () => true;

/** Nothing is behind a window in a page but the page. */
const NOWHERE: Readonly<Record<string, Check>> = { transparent: isTrue, blur: isTrue };

/** Only the browser, or the person in front of it, decides about these. */
const BROWSERS_OWN: Readonly<Record<string, Check>> = {
  position: isGiven,
  min_size: isGiven,
  max_size: isGiven,
  fullscreen: isTrue,
  resizable: isFalse,
  closeable: isFalse,
  minimizable: isFalse,
  decorations: isFalse,
  level: (value) => value !== "normal",
};

const FOR_FLOATING: ReadonlySet<string> = new Set([
  "resize",
  "move",
  "maximize",
  "minimize",
  "toggle_maximize",
  "toggle_decorations",
  "set_level",
  "set_resizable",
  "set_min_size",
  "set_max_size",
]);

/**
 * Settings that have no effect and ask for something else than what is the case anyway. The size is none of them: every app
 * gives one, and that a page has the size of its browser's window is no surprise.
 */
export function settingsWithoutCounterpart(settings: WireProps, isPage: boolean): readonly string[] {
  const asks = ([name, check]: readonly [string, Check]): boolean => {
    const value = settings[name];
    return value !== undefined && value !== null && check(value);
  };
  const checks = [...Object.entries(NOWHERE), ...(isPage ? Object.entries(BROWSERS_OWN) : [])];
  return checks.filter(asks).map(([name]) => name);
}

/** Operations that the window which fills the page does not follow. */
export function isForFloating(operation: string): boolean {
  return FOR_FLOATING.has(operation);
}
