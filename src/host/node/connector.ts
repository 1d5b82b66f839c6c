import { type Connector, createIostreamConnector } from "../../bridge/index.ts";
import { createProcessConnector, createStdioConnector } from "../../transport/node/index.ts";
import { HostError } from "./host-error.ts";
import type { StartOptions } from "./start-options.ts";

/** Where the renderer comes from. Throws a `HostError` when nothing says which program it is. */
export function createConnector(options: StartOptions): Connector {
  const codec = options.format ?? "msgpack";
  const transport = options.transport ?? "spawn";
  if (typeof transport === "object") return createIostreamConnector(transport.iostream, { codec });
  if (transport === "stdio") return createStdioConnector({ codec });
  const environment = options.environment ?? process.env;
  return createProcessConnector({
    binary: findBinary(options, environment),
    codec,
    environment,
    ...(options.rendererArgs === undefined ? {} : { rendererArgs: options.rendererArgs }),
    ...(options.logLevel === undefined ? {} : { logLevel: options.logLevel }),
  });
}

function findBinary(options: StartOptions, environment: Readonly<Record<string, string | undefined>>): string {
  const binary = options.binary ?? options.binaryPath ?? environment["PLUSHIE_BINARY_PATH"];
  if (binary !== undefined && binary !== "") return binary;
  throw new HostError(
    "renderer-not-found",
    "No renderer program is known. Give its path as `binary`, or in the environment as PLUSHIE_BINARY_PATH.",
  );
}
