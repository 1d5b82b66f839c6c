import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Connector, createIostreamConnector } from "../../bridge/index.ts";
import { createProcessConnector, createStdioConnector, type ProcessOptions } from "../../transport/node/index.ts";
import { configuration } from "./configuration.ts";
import { HostError } from "./host-error.ts";
import type { StartOptions } from "./start-options.ts";

/** Where the renderer comes from. Throws a `HostError` when nothing says which program it is. */
export function createConnector(options: StartOptions): Connector {
  const codec = options.format ?? "msgpack";
  const transport = options.transport ?? "spawn";
  if (transport !== "spawn" && options.assets !== undefined) {
    const message = "`assets` has no effect: the renderer was started by somebody else, who gives it --assets";
    options.logger?.({ level: "warn", code: "assets-ignored", message });
  }
  if (typeof transport === "object") return createIostreamConnector(transport.iostream, { codec });
  if (transport === "stdio") return createStdioConnector({ codec });
  const environment = options.environment ?? process.env;
  return createProcessConnector({
    ...findRenderer(options, environment),
    codec,
    environment,
    ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
}

type Program = Pick<ProcessOptions, "binary" | "rendererArgs">;

/** The renderer command of this package, where the package was built. */
const OWN_RENDERER = fileURLToPath(new URL("../../cli/plushie-renderer.js", import.meta.url));

/** What was named, else what was built with native widgets, else our own. */
export function findRenderer(
  options: StartOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Program {
  const { assets = [] } = options;
  const folders = typeof assets === "string" ? [assets] : assets;
  const assetArgs = folders.flatMap((folder) => ["--assets", resolve(folder)]);
  const rendererArgs = [...(options.rendererArgs ?? []), ...assetArgs];
  const { binaryPath, sourcePath, buildName } = configuration(environment);
  const named = [options.binary, options.binaryPath, binaryPath].find((path) => path !== undefined && path !== "");
  if (named !== undefined) return { binary: named, rendererArgs };
  if (sourcePath !== undefined) {
    const file = process.platform === "win32" ? `${buildName}.exe` : buildName;
    const places = ["release", "debug"].map((profile) => join(sourcePath, "target", profile, file));
    const built = places.find((place) => existsSync(place));
    if (built !== undefined) return { binary: built, rendererArgs };
    throw new HostError(
      "renderer-not-found",
      `There is no "${buildName}" in ${join(sourcePath, "target")}. Build it there, or take \`sourcePath\` (PLUSHIE_SOURCE_PATH) back.`,
    );
  }
  // Not by its own first line: a system may have no `env`, and this is the Node that works.
  if (existsSync(OWN_RENDERER)) return { binary: process.execPath, rendererArgs: [OWN_RENDERER, ...rendererArgs] };
  throw new HostError(
    "renderer-not-found",
    "No renderer program is known. Give its path as `binary`, or in the environment as PLUSHIE_BINARY_PATH.",
  );
}
