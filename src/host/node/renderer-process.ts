// The renderer as a process of its own: command line in, exit code out. Everything it holds (streams, socket, child
// process) is given back before the exit code is.

import { delimiter } from "node:path";
import type { Readable, Writable } from "node:stream";
import { type Clock, type Logger, systemClock } from "../../base/index.ts";
import type { SurfaceFactory } from "../../renderer/index.ts";
import { HostError } from "./host-error.ts";
import type { RendererArguments, RendererProcessMode } from "./renderer-arguments.ts";
import type { HostChild } from "./renderer-child.ts";
import { RendererConnection, type RendererEnd } from "./renderer-connection.ts";
import type { Listening, Token } from "./renderer-listen.ts";
import { RENDERER_NAME } from "./renderer-texts.ts";

/** An orderly end, and everything a restart would not change: other hosts take 0 for "do not start me again". */
export const EXIT_OK = 0;
/** Nothing is rendered: the mode is not there, the host or its socket could not be had, or what draws is gone. */
export const EXIT_UNAVAILABLE = 1;
/** A defect of the renderer itself. */
export const EXIT_PANIC = 101;

/** Asset folders where no flag names any, as a list like `PATH`. */
const ASSETS_VARIABLE = "PLUSHIE_ASSETS";

/** How a mode draws. `create` is called once, and only when the mode is used. */
export interface SurfaceSource {
  /** The name in `hello`. */
  readonly backend: string;
  /** Rejects with a `HostError` when there is nothing to draw with; people read its message. */
  create(options: RendererProcessOptions): Promise<SurfaceFactory>;
  /** After `create`: resolves with the reason when nothing can be drawn any more. */
  lost?(): Promise<string>;
  /** Gives back what `create` took. Called when no session is left. */
  close?(): Promise<void>;
}

export interface RendererProcessOptions {
  readonly arguments: RendererArguments;
  readonly surfaces: { readonly [Mode in RendererProcessMode]?: SurfaceSource };
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly input: Readable;
  readonly output: Writable;
  /** What people read: markers, addresses, what the host's program writes. */
  readonly writeError: (text: string) => void;
  readonly logger: Logger;
  /** Ends everything in an orderly way. */
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** Serves one host until it is gone. Resolves with the exit code. */
export async function runRendererProcess(options: RendererProcessOptions): Promise<number> {
  const { mode } = options.arguments;
  const source = options.surfaces[mode];
  if (source === undefined) {
    options.writeError(`${RENDERER_NAME}: ${missingMode(mode)}\n`);
    return EXIT_UNAVAILABLE;
  }
  let surface: SurfaceFactory;
  try {
    surface = await source.create({ ...options, arguments: withAssets(options) });
  } catch (thrown) {
    if (!(thrown instanceof HostError)) throw thrown;
    options.writeError(`${RENDERER_NAME}: ${thrown.message}\n`);
    return EXIT_UNAVAILABLE;
  }
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  if (options.signal?.aborted === true) stop();
  options.signal?.addEventListener("abort", stop, { once: true });
  let isLost = false;
  const lose = (reason: string): void => {
    // Without its browser a page is gone, too.
    if (!isLost) options.writeError(`${RENDERER_NAME}: nothing can be drawn: ${reason}\n`);
    isLost = true;
  };
  void source.lost?.().then((reason) => {
    lose(reason);
    stop();
  });
  try {
    const serve = async (connection: ServeOptions): Promise<void> => {
      const given = { ...connection, surface, backend: source.backend };
      const end = await serveConnection({ ...options, signal: stopping.signal }, given);
      if (end.kind === "screen-lost") lose(end.reason);
    };
    const code = await serveHost({ ...options, signal: stopping.signal }, serve);
    return isLost ? EXIT_UNAVAILABLE : code;
  } finally {
    options.signal?.removeEventListener("abort", stop);
    await source.close?.();
  }
}

/** Hosts of other languages start a renderer without flags of their own choice. */
function withAssets({ arguments: flags, environment }: RendererProcessOptions): RendererArguments {
  const listed = environment[ASSETS_VARIABLE];
  if (flags.assets.length > 0 || listed === undefined) return flags;
  return { ...flags, assets: listed.split(delimiter).filter((folder) => folder !== "") };
}

async function serveHost(options: RendererProcessOptions, serve: Serve): Promise<number> {
  const { host, listen } = options.arguments;
  if (listen !== undefined) return serveListening(options, listen.address, serve);
  if (host !== undefined) return serveChild(options, serve);
  await serve({ transport: "stdio", input: options.input, output: options.output });
  return EXIT_OK;
}

interface ServeOptions {
  readonly transport: "stdio" | "exec" | "listen";
  readonly input: Readable;
  readonly output: Writable;
  readonly tokenDigest?: string;
}

type Serve = (connection: ServeOptions) => Promise<void>;

async function serveConnection(
  options: RendererProcessOptions,
  given: ServeOptions & { readonly surface: SurfaceFactory; readonly backend: string },
): Promise<RendererEnd> {
  const { arguments: flags, logger, signal, writeError } = options;
  const { mode } = flags;
  const connection = new RendererConnection({
    ...given,
    mode,
    logger,
    clock: options.clock ?? systemClock,
    // Windows belong to one app.
    maxSessions: mode === "windowed" ? 1 : flags.maxSessions,
    keepAlive: flags.keepAlive,
    diagnostics: flags.diagnostics,
    ...(flags.codec === undefined ? {} : { codec: flags.codec }),
    onReady: (session) => {
      if (!flags.showsReadyMarker) return;
      const { transport } = given;
      writeError(
        `plushie renderer-parent: ready mode=${mode} transport=${transport} session=${JSON.stringify(session)}\n`,
      );
    },
  });
  const stop = (): void => void connection.stop();
  if (signal?.aborted === true) stop();
  signal?.addEventListener("abort", stop, { once: true });
  const end = await connection.ended;
  signal?.removeEventListener("abort", stop);
  if (end.kind === "refused" || end.kind === "bad-framing") {
    logger({ level: "error", code: end.kind, message: end.reason });
  } else logger({ level: "debug", code: "ended", message: `the connection ended: ${end.kind}` });
  return end;
}

/** The host is a program of ours, at the other end of its standard streams. */
async function serveChild(options: RendererProcessOptions, serve: Serve): Promise<number> {
  const child = await startChild(options, "pipe");
  if (child?.stdout === undefined) return EXIT_UNAVAILABLE;
  try {
    await serve({ transport: "exec", input: child.stdout, output: child.stdin });
  } finally {
    await child.stop();
  }
  return EXIT_OK;
}

/** The host comes to a socket, on its own or as a program of ours. */
async function serveListening(options: RendererProcessOptions, address: string, serve: Serve): Promise<number> {
  const { environment, logger, writeError } = options;
  const { createToken, listenForHost } = await import("./renderer-listen.ts");
  const opened = await listenForHost(address, { environment, logger });
  if (!opened.ok) {
    writeError(`${RENDERER_NAME}: ${opened.error}\n`);
    return EXIT_UNAVAILABLE;
  }
  const listening = opened.value;
  const token = createToken();
  let child: HostChild | undefined;
  try {
    if (options.arguments.host === undefined) writeError(announcement(listening, token));
    else {
      child = await startChild(options, "inherit", {
        PLUSHIE_SOCKET: listening.address,
        PLUSHIE_TOKEN: token.text,
        PLUSHIE_TOKEN_SHA256: token.digest,
      });
      if (child === undefined) return EXIT_UNAVAILABLE;
      // Some hosts look for the one name, some for the other.
      child.stdin.write(`${JSON.stringify({ token_sha256: token.digest, token: token.text, protocol: 1 })}\n`);
    }
    const socket = await Promise.race([listening.accepted, child?.exited ?? never, aborted(options.signal)]);
    if (socket === undefined) return EXIT_OK;
    if (typeof socket === "string") {
      writeError(`${RENDERER_NAME}: the host program ended before it connected: ${socket}\n`);
      return EXIT_UNAVAILABLE;
    }
    await serve({ transport: "listen", input: socket, output: socket, tokenDigest: token.digest });
    socket.destroy();
    return EXIT_OK;
  } finally {
    await listening.close();
    await child?.stop();
  }
}

async function startChild(
  options: RendererProcessOptions,
  stdout: "pipe" | "inherit",
  extraEnvironment: Readonly<Record<string, string>> = {},
): Promise<HostChild | undefined> {
  const { environment, writeError } = options;
  const { host } = options.arguments;
  if (host === undefined) return undefined;
  const { startHostChild } = await import("./renderer-child.ts");
  const started = await startHostChild(host, { environment, extraEnvironment, stdout, writeError });
  if (started.ok) return started.value;
  writeError(`${RENDERER_NAME}: ${started.error}\n`);
  return undefined;
}

const never = new Promise<never>(() => {});

function aborted(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) resolve(undefined);
    signal?.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

function announcement({ address, isFile }: Listening, { text }: Token): string {
  const remote = isFile ? "/tmp/plushie.sock" : address.slice(address.lastIndexOf(":") + 1);
  return [
    `${RENDERER_NAME}: listening at ${address}`,
    `${RENDERER_NAME}: token ${text}`,
    `${RENDERER_NAME}: for an app on another machine: ssh -R ${remote}:${address} user@machine`,
    "",
  ].join("\n");
}

function missingMode(mode: RendererProcessMode): string {
  return `this renderer has no ${mode} mode. Use --mock, which draws nothing.`;
}
