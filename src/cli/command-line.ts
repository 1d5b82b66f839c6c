/** A command of `plushie` that is no renderer. */
export interface CommandCall {
  readonly name: "run" | "serve" | "script";
  readonly args: readonly string[];
}

/** An app file by itself is to be run. */
const APP_FILE = /^[^-].*\.[cm]?[jt]sx?$/;

/** The command in the words behind the program's name; `undefined` when they are flags for the renderer. */
export function commandIn(words: readonly string[]): CommandCall | undefined {
  const [first, ...args] = words;
  if (first === "run" || first === "serve" || first === "script") return { name: first, args };
  if (first !== undefined && APP_FILE.test(first)) return { name: "run", args: words };
  return undefined;
}
