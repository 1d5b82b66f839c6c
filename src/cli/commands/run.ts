import { parseArgs } from "node:util";
import { type LogEntry, PlushieError } from "../../base/index.ts";
import { runtimeFor, start } from "../../host/node/index.ts";
import { loadApp } from "./app-file.ts";
import { oneFile, writeProblem } from "./command-words.ts";

const HELP = `plushie run FILE [options]     also: plushie FILE [options]

Runs the app that a file exports (as default, or as its only app). JavaScript, TypeScript or TSX.

  --renderer PATH   the renderer program (default: PLUSHIE_BINARY_PATH, else this package's own)
  --headless        let the renderer draw without a screen
  --mock            let the renderer draw nothing
  --assets FOLDER   where pictures and fonts are that the app names by their path; may be repeated
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
      assets: { type: "string", multiple: true },
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
  const log = new Log();
  const starting = start(app, {
    name: NAME,
    transport: values.stdio === true ? "stdio" : "spawn",
    format: values.json === true ? "json" : "msgpack",
    rendererArgs: [...(values.mock === true ? ["--mock"] : []), ...(values.headless === true ? ["--headless"] : [])],
    logger: (entry) => log.write(entry),
    ...(values.assets === undefined ? {} : { assets: values.assets }),
    ...(values.renderer === undefined ? {} : { binary: values.renderer }),
  });
  try {
    const { closed } = await starting;
    log.isStarted = true;
    await closed;
  } catch (thrown) {
    // The renderer has said why, which this error would only point at.
    if (!isStopping && isEarlyExit(thrown) && log.hasRendererSpoken) return 1;
    // Whoever stops an app that is not there yet has what they wanted.
    if (!isStopping) throw thrown;
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
  return 0;
}

/** What the renderer says is for the person, whatever it is; of our own only what is wrong, and nobody else says. */
class Log {
  isStarted = false;
  hasRendererSpoken = false;

  write(entry: LogEntry): void {
    if (entry.code === "renderer-log") {
      this.hasRendererSpoken = true;
      process.stderr.write(`${entry.message}\n`);
    } else if (!this.#isSaidAtTheEnd(entry.code)) writeProblem(entry);
  }

  /** The command's own last words. Later on, a renderer that cannot be reached is tried again. */
  #isSaidAtTheEnd(code: string): boolean {
    return code === "renderer-failed" || (code === "connection-failed" && !this.isStarted);
  }
}

function isEarlyExit(thrown: unknown): boolean {
  return thrown instanceof PlushieError && thrown.code === "early-exit";
}
