import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type App, type Event, isApp } from "../../index.ts";
import { CommandError } from "./command-error.ts";
import { syncHooks } from "./source-hooks.ts";

/** An app whose types nobody here knows. */
export type AnyApp = App<unknown, Event, unknown>;

let isHooked = false;

/** Imports a module, which may be written in TypeScript or TSX. */
export async function importSource(url: string): Promise<Readonly<Record<string, unknown>>> {
  if (!isHooked) {
    isHooked = true;
    // Newer than the oldest Node we run on, whose types these are.
    const { registerHooks } = nodeModule as { readonly registerHooks?: (hooks: typeof syncHooks) => void };
    if (registerHooks === undefined) nodeModule.register("./source-hooks.js", import.meta.url);
    else registerHooks(syncHooks);
  }
  return await import(url);
}

/** The app that a file exports; `undefined` for a file that exports nothing and so starts by itself. */
export async function loadApp(file: string): Promise<AnyApp | undefined> {
  const path = resolve(file);
  if (!existsSync(path)) throw new CommandError(`There is no file ${file}.`);
  const exported = await importSource(pathToFileURL(path).href);
  const app = exported["default"];
  // What the types say was checked when the app was made.
  if (isApp(app)) return app as AnyApp;
  const names = Object.keys(exported);
  if (names.length === 0) return undefined;
  const [name, ...others] = names.filter((candidate) => isApp(exported[candidate]));
  if (name === undefined) {
    throw new CommandError(`${file} exports no app. Export what app(...) returns: export default app({ … })`);
  }
  if (others.length > 0) {
    throw new CommandError(
      `${file} exports several apps: ${[name, ...others].join(", ")}. Export one of them as default.`,
    );
  }
  return exported[name] as AnyApp;
}
