import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type App, isApp } from "../app/index.ts";
import { messageOf } from "../base/index.ts";
import type { MountOptions } from "./harness-contract.ts";
import { mount } from "./mount.ts";
import { ScriptError } from "./script-error.ts";
import { parseScript, type Script, type ScriptStep } from "./script-parser.ts";
import { play } from "./script-play.ts";
import { TestFailure } from "./test-failure.ts";

export interface RunScriptOptions<Model, Incoming, Options> extends MountOptions<Options> {
  /** Instead of the one in the header. */
  readonly app?: App<Model, Incoming, Options>;
  /** What the script is called in messages, when it is given as text. Modules and snapshots are looked for beside it. */
  readonly file?: string;
  /** Imports the module of the header `app`. Default: `import`. */
  readonly importModule?: (url: string) => Promise<unknown>;
}

export interface ScriptRun {
  readonly script: Script;
  /** The protocol's tree hash at the beginning and after each instruction. */
  readonly hashes: readonly string[];
}

/**
 * Mounts an app and does what a script says. `source` is its text, or the path of a file when it has no line end. Rejects
 * with a `ScriptError` that names file and line.
 */
export async function runScript<Model, Incoming, Options>(
  source: string,
  options: RunScriptOptions<Model, Incoming, Options> = {},
): Promise<ScriptRun> {
  const { app, file, importModule, ...mountOptions } = options;
  const isText = source.includes("\n");
  const name = isText ? (file ?? "script.plushie") : source;
  const script = parseScript(isText ? source : await readFile(source, "utf8"), name);
  if (app !== undefined) return perform(script, app, mountOptions);
  const loaded = await loadApp(script, importModule ?? ((url) => import(/* @vite-ignore */ url)));
  // What a module exports has no types; the header's options are what the author says that the app takes.
  return perform(script, loaded as App<unknown, unknown, Options>, mountOptions);
}

async function perform<Model, Incoming, Options>(
  script: Script,
  app: App<Model, Incoming, Options>,
  given: MountOptions<Options>,
): Promise<ScriptRun> {
  const { backend, format, options, viewport, theme } = script.header;
  const screen = await mount(app, {
    ...(backend === undefined ? {} : { backend }),
    ...(format === undefined ? {} : { testFormat: format }),
    ...(viewport === undefined ? {} : { viewport }),
    ...(theme === undefined ? {} : { theme }),
    // The header's options stand for those of the app's type.
    ...(options === undefined ? {} : { appOpts: options as Options }),
    testFile: resolve(script.file),
    ...given,
  });
  const hashes = [screen.treeHash()];
  let failure: unknown;
  try {
    for (const step of script.steps) {
      await play(screen, step.instruction).catch((thrown: unknown) => {
        throw failed(script, step, thrown);
      });
      hashes.push(screen.treeHash());
    }
  } catch (thrown) {
    failure = thrown;
  }
  try {
    await screen.dispose();
  } catch (thrown) {
    // What failed first is why.
    failure ??= new TestFailure(`${script.file}: ${messageOf(thrown)}`, { cause: thrown });
  }
  if (failure !== undefined) throw failure;
  return { script, hashes };
}

function failed(script: Script, { line, text }: ScriptStep, thrown: unknown): ScriptError {
  return new ScriptError([{ file: script.file, line, text, reason: messageOf(thrown) }], { cause: thrown });
}

async function loadApp(script: Script, importModule: (url: string) => Promise<unknown>): Promise<unknown> {
  const { app } = script.header;
  if (app === undefined) throw fault(script, "no app", "Give it a header such as app: ./counter.ts");
  const [path = "", name = "default"] = app.split("#");
  const url = pathToFileURL(resolve(dirname(resolve(script.file)), path)).href;
  let module: unknown;
  try {
    module = await importModule(url);
  } catch (thrown) {
    throw fault(script, `${app} cannot be imported: ${messageOf(thrown)}`, undefined, thrown);
  }
  const exported = Object.entries(typeof module === "object" && module !== null ? module : {});
  const found = exported.find(([key]) => key === name)?.[1];
  if (isApp(found)) return found;
  const others = exported.filter(([, value]) => isApp(value)).map(([key]) => `app: ${path}#${key}`);
  throw fault(
    script,
    `${path} exports no app as ${name}`,
    others.length > 0 ? `Write ${others.join(" or ")}.` : undefined,
  );
}

function fault(script: Script, reason: string, suggestion?: string, cause?: unknown): ScriptError {
  const problem = { file: script.file, line: 1, text: "", reason };
  return new ScriptError([suggestion === undefined ? problem : { ...problem, suggestion }], { cause });
}
