import type { Clock, Logger } from "../../base/index.ts";
import type { Codec, IostreamAdapter } from "../../bridge/index.ts";
import type { RuntimeDiagnostic } from "../../runtime/index.ts";
import type { RendererLogLevel } from "../../transport/node/index.ts";

/** How the renderer is reached. */
export type TransportOption =
  /** The renderer runs as a child process. */
  | "spawn"
  /** The renderer started this process and is at the other end of its standard streams. */
  | "stdio"
  /** Messages pass through an adapter: an SSH channel, a socket, a test. */
  | { readonly iostream: IostreamAdapter };

export interface StartOptions<AppOptions = unknown> {
  /** Makes the instance findable by `runtimeFor`, and appears in reports. */
  readonly name?: string | undefined;
  /** Path of the renderer program; wins over what is configured. Default: this package's own. `binaryPath` is another name. */
  readonly binary?: string | undefined;
  readonly binaryPath?: string | undefined;
  /** Default: `"spawn"`. */
  readonly transport?: TransportOption | undefined;
  /** Default: `"msgpack"`. */
  readonly format?: Codec | undefined;
  /** Goes on without windows, until it is stopped or the connection ends. */
  readonly daemon?: boolean | undefined;
  /** Handed to `init`, untouched. */
  readonly appOpts?: AppOptions | undefined;
  /** What the renderer logs to our standard error; default `"error"`. `RUST_LOG` wins. */
  readonly logLevel?: RendererLogLevel | undefined;
  /** Put in front of the renderer's arguments. */
  readonly rendererArgs?: readonly string[] | undefined;
  /**
   * Folders of the pictures and fonts that the app names by their path; the first that has a file wins. For this package's own
   * renderer as a child process. Default: `PLUSHIE_ASSETS`, a list as `PATH` is one.
   */
  readonly assets?: string | readonly string[] | undefined;
  /** Restarts after failures in a row; default 5. */
  readonly maxRestarts?: number | undefined;
  /** Milliseconds before the first restart, doubled each time; default 100. */
  readonly restartDelay?: number | undefined;
  /** Milliseconds of silence before the renderer is asked for a sign of life; default 30000, 0 turns it off. */
  readonly heartbeat?: number | undefined;
  readonly logger?: Logger | undefined;
  readonly onDiagnostic?: ((diagnostic: RuntimeDiagnostic) => void) | undefined;
  /** Takes what `Command.share` hands over. */
  readonly share?: ((action: unknown) => void | PromiseLike<unknown>) | undefined;
  readonly clock?: Clock | undefined;
  /** Where settings are looked up; default: the environment of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Every option with a fixed default, to copy with changes. */
export function defaultStartOptions(): StartOptions<never> {
  return {
    transport: "spawn",
    format: "msgpack",
    daemon: false,
    logLevel: "error",
    rendererArgs: [],
    maxRestarts: 5,
    restartDelay: 100,
    heartbeat: 30_000,
  };
}
