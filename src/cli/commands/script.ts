import { parseArgs } from "node:util";
import { runScriptFiles } from "../../testing/index.ts";
import { importSource } from "./app-file.ts";

const HELP = `plushie script FILE…

Runs test scripts one after the other and says how each went.

  --help            this text
`;

/** `plushie script`: 0 when all passed. */
export async function runScripts(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  return await runScriptFiles(positionals, {
    out: (line) => void process.stdout.write(`${line}\n`),
    error: (line) => void process.stderr.write(`${line}\n`),
    importModule: importSource,
  });
}
