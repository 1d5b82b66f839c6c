import { readdirSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../base/index.ts";
import { type RunScriptOptions, runScript } from "./script-run.ts";

/** Where a command writes and what it takes modules with. */
export interface ScriptFilesIo {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Imports the modules of headers, for hosts that can read TypeScript. Default: `import`. */
  readonly importModule?: (url: string) => Promise<unknown>;
  /** Instead of what headers say. */
  readonly backend?: "mock" | "headless" | "windowed";
}

/** Runs scripts one after the other and says how each went. 0: all passed; 1: one failed; 2: none was given. */
export async function runScriptFiles(files: readonly string[], io: ScriptFilesIo): Promise<0 | 1 | 2> {
  if (files.length === 0) {
    io.error("No scripts were given. Name the files, as in: plushie script counter.plushie");
    return 2;
  }
  const { importModule, backend } = io;
  let failed = 0;
  for (const file of files) {
    try {
      const { script } = await runScript(file, {
        ...(importModule === undefined ? {} : { importModule }),
        ...(backend === undefined ? {} : { backend }),
      });
      io.out(`ok ${file} (${script.steps.length} instructions)`);
    } catch (thrown) {
      failed += 1;
      io.error(`failed ${file}\n${messageOf(thrown)}`);
    }
  }
  if (files.length > 1) io.out(`${files.length - failed} of ${files.length} scripts passed`);
  return failed === 0 ? 0 : 1;
}

export interface ScriptTests<Model, Incoming, Options> extends RunScriptOptions<Model, Incoming, Options> {
  /** The test runner's function: `test` of Vitest or `node:test`. */
  readonly test: (name: string, body: () => Promise<void>) => unknown;
}

/** Makes a test of every script in a folder. Throws when there is none. */
export function scriptTests<Model, Incoming, Options>(
  folder: string,
  { test, ...options }: ScriptTests<Model, Incoming, Options>,
): void {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".plushie"))
    .sort();
  if (names.length === 0) throw new Error(`There are no .plushie files in ${folder}.`);
  for (const name of names) {
    test(name, async () => {
      await runScript(join(folder, name), options);
    });
  }
}
