// The commands `plushie-renderer` and `plushie`. Bundled, so that they start quickly, with what only some modes need in files of
// its own; what is no renderer is not in the bundle and shares its modules with the app.

import { Console } from "node:console";
import { systemClock } from "../base/index.ts";
import { parseRendererArguments } from "../host/node/renderer-arguments.ts";
import { createRendererLogger } from "../host/node/renderer-logger.ts";
import { EXIT_OK, EXIT_PANIC, runRendererProcess } from "../host/node/renderer-process.ts";
import { rendererSurfaces } from "../host/node/renderer-surfaces.ts";
import { RENDERER_HELP, RENDERER_NAME, versionText } from "../host/node/renderer-texts.ts";
import { commandIn } from "./command-line.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const { stdin: input, stdout: output, stderr, env: environment } = process;
const writeError = (text: string): void => void stderr.write(text);
const words = process.argv.slice(2);
const command = commandIn(words);
// Only the protocol may be on standard output, whatever a dependency prints.
if (command === undefined) globalThis.console = new Console(stderr, stderr);

const parsed = command === undefined ? parseRendererArguments(words) : ({ kind: "command", command } as const);
switch (parsed.kind) {
  case "command": {
    // Named as it is built: this line stays as it is in the bundle.
    const { runCommand } = await import("./commands/index.js");
    const code = await runCommand(parsed.command);
    if (code !== undefined) process.exit(code);
    break;
  }
  case "help":
    output.write(RENDERER_HELP);
    break;
  case "version":
    output.write(versionText(parsed.isJson));
    break;
  case "error":
    writeError(`${RENDERER_NAME}: ${parsed.message} See --help.\n`);
    process.exitCode = EXIT_OK;
    break;
  case "run": {
    const logger = createRendererLogger({ environment, write: writeError, clock: systemClock });
    const stopping = new AbortController();
    let panicked = false;
    const panic = (error: unknown): void => {
      logger({ level: "error", code: "panic", message: "the renderer failed", error });
      // The second failure is one of cleaning up.
      if (panicked) process.exit(EXIT_PANIC);
      panicked = true;
      stopping.abort();
    };
    process.on("uncaughtException", panic);
    process.on("unhandledRejection", panic);
    let received: NodeJS.Signals | undefined;
    const onSignal = (signal: NodeJS.Signals): void => {
      received ??= signal;
      stopping.abort();
    };
    for (const signal of SIGNALS) process.once(signal, onSignal);
    const code = await runRendererProcess({
      arguments: parsed.options,
      surfaces: rendererSurfaces,
      environment,
      input,
      output,
      writeError,
      logger,
      signal: stopping.signal,
    });
    // Whoever sent it sees that it worked.
    if (received !== undefined) {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      process.kill(process.pid, received);
    }
    process.exit(panicked ? EXIT_PANIC : code);
  }
}
