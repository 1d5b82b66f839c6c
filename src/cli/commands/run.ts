import { parseArgs } from "node:util";
import type { LogEntry } from "../../base/index.ts";
import { runtimeFor, start } from "../../host/node/index.ts";
import { loadApp } from "./app-file.ts";
import { oneFile, writeProblem } from "./command-words.ts";

const HELP = `plushie run FILE [options]     also: plushie FILE [options]

Runs the app that a file exports (as default, or as its only app). JavaScript, TypeScript or TSX.

  --renderer PATH   the renderer program (default: PLUSHIE_BINARY_PATH, else this package's own)
  --headless        let the renderer draw without a screen
  --mock            let the renderer draw nothing
  --json            messages as JSON
  --stdio           the renderer started this command and is at its standard streams
  --help            this text
`;

/** By which the app is found again while it starts. */
const NAME = "plushie run";
const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** `plushie run`: ends when the app has ended. */
export async function runAppFile(args: readonly string[]): Promise<number | undefined> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      renderer: { type: "string" },
      headless: { type: "boolean" },
      mock: { type: "boolean" },
      json: { type: "boolean" },
      stdio: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  const file = oneFile(positionals, "plushie run counter.ts");
  const app = await loadApp(file);
  // The file has started what it wanted; the process ends with that.
  if (app === undefined) return undefined;
  let isStopping = false;
  const stop = (): void => {
    isStopping = true;
    void runtimeFor(NAME).stop();
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  const starting = start(app, {
    name: NAME,
    transport: values.stdio === true ? "stdio" : "spawn",
    format: values.json === true ? "json" : "msgpack",
    rendererArgs: [...(values.mock === true ? ["--mock"] : []), ...(values.headless === true ? ["--headless"] : [])],
    logger: writeLog,
    ...(values.renderer === undefined ? {} : { binary: values.renderer }),
  });
  try {
    await (await starting).closed;
  } catch (thrown) {
    // Whoever stops an app that is not there yet has what they wanted.
    if (!isStopping) throw thrown;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
  return 0;
}

/** What the renderer says is for the person, whatever it is; of our own only what is wrong. */
function writeLog({ level, code, message }: LogEntry): void {
  if (code === "renderer-log") process.stderr.write(`${message}\n`);
  else writeProblem({ level, code, message });
}
