import { createHash } from "node:crypto";
import type { App, Event } from "../app/index.ts";
import { messageOf } from "../base/error.ts";
import { type Logger, silentLogger } from "../base/logger.ts";
import { BridgeError, type BridgeErrorCode, createBridge } from "../bridge/index.ts";
import {
  type BroadcastEvent,
  joinWithRuntime,
  type Participant,
  type ParticipantOptions,
  type Room,
  RoomError,
} from "../room/index.ts";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import {
  createServer,
  type Listening,
  type OnSession,
  type Server,
  type ServerOptions,
  type ServerSession,
  type SessionHandler,
} from "./server.ts";

/** How a bridge fails whose page went away before it said hello. */
const NEVER_THERE: ReadonlySet<BridgeErrorCode> = new Set<BridgeErrorCode>([
  "early-exit",
  "hello-timeout",
  "open-failed",
  "stopped-before-ready",
]);

type RuntimeExtras = Pick<RuntimeOptions, "onDiagnostic">;

/** How a server is made whose sessions run an app. */
export interface ServeOptions<Options = unknown> extends Omit<ServerOptions, "onSession">, RuntimeExtras {
  /** Start options for the app, per tab. Default: none. */
  readonly appOpts?: (session: ServerSession) => Options;
}

export interface ServeRoomOptions extends Omit<ServerOptions, "onSession">, RuntimeExtras {
  /** Who sits behind a tab. Default: a guest with a number. */
  readonly participant?: (session: ServerSession) => Participant;
}

/** A server that listens. */
export interface Served extends Listening {
  readonly server: Server;
  /** A new link that opens the page in one browser, once. */
  mintLink(): string;
  /** Stops the runtimes and the server. */
  close(): Promise<void>;
}

/** Serves an app to browsers: each tab has its own runtime and model. */
export function serve<Model, Incoming, Options>(
  app: App<Model, Incoming, Options>,
  options: ServeOptions<Options> = {},
): Promise<Served> {
  return listen(titled(options, app.name), (session) =>
    runInSession(session, options, (runtimeOptions) => {
      const { appOpts } = options;
      return createRuntime(
        app,
        appOpts === undefined ? runtimeOptions : { ...runtimeOptions, appOpts: appOpts(session) },
      );
    }),
  );
}

/**
 * Serves an app whose tabs share a room: each tab has its own runtime and sits in the room; what it shares reaches all.
 * Closing the server does not close the room, which may be served in other ways as well.
 */
export function serveRoom<Model, Action, SharedModel, Extra = never>(
  app: App<Model, Event | BroadcastEvent<SharedModel> | Extra, ParticipantOptions<SharedModel>>,
  room: Room<SharedModel, Action>,
  options: ServeRoomOptions = {},
): Promise<Served> {
  let guests = 0;
  const participantOf = options.participant ?? ((session) => guest(session, ++guests));
  return listen(titled(options, app.name), (session) => {
    try {
      return runInSession(session, options, (runtimeOptions) => {
        const joined = joinWithRuntime(room, participantOf(session), (appOpts, share) =>
          createRuntime(app, { ...runtimeOptions, appOpts, share }),
        );
        const leave = (): void => joined.seat.leave();
        joined.runtime.closed.then(leave, leave);
        return joined.runtime;
      });
    } catch (thrown) {
      if (thrown instanceof RoomError && thrown.code === "room-full") return { refuse: "room-full" };
      throw thrown;
    }
  });
}

/** The page has the app's name before the app's first window has told its own. */
function titled<Options extends Pick<ServerOptions, "page">>(options: Options, title: string): Options {
  return { ...options, page: { title, ...options.page } };
}

async function listen(options: Omit<ServerOptions, "onSession">, onSession: OnSession): Promise<Served> {
  const server = createServer({ ...options, onSession });
  const listening = await server.listen();
  return { ...listening, server, mintLink: () => server.mintLink(), close: () => server.close() };
}

/** Connects a runtime to the session: when one ends, so does the other. */
function runInSession<Model, Incoming>(
  session: ServerSession,
  options: Omit<ServerOptions, "onSession"> & RuntimeExtras,
  start: (options: RuntimeOptions<never>) => Runtime<Model, Incoming>,
): SessionHandler {
  const logger: Logger = options.logger ?? silentLogger;
  const { clock, onDiagnostic } = options;
  const shared = { logger, ...(clock === undefined ? {} : { clock }) };
  const bridge = createBridge({
    ...shared,
    connector: session.connector,
    name: session.id.slice(0, 8),
    // How long to wait for the page is the session's business, and when it is back there is no reason to wait longer.
    maxRestarts: Number.POSITIVE_INFINITY,
    restartDelayMs: 0,
    // The server's pings watch the line.
    heartbeatMs: 0,
  });
  const runtime = start({
    ...shared,
    renderer: bridge,
    // A tab is no window: an app that closes all its windows shows an empty page.
    daemon: true,
    ...(onDiagnostic === undefined ? {} : { onDiagnostic }),
  });
  runtime.closed.then(
    () => session.end("app-ended"),
    (error: unknown) => {
      if (error instanceof BridgeError && NEVER_THERE.has(error.code)) {
        // A tab that was closed or reloaded while it loaded; if it comes back it begins anew.
        session.end("no-answer");
        return;
      }
      logger({ level: "error", code: "app-failed", message: messageOf(error), error });
      session.end("app-failed");
    },
  );
  runtime.ready.catch(() => {
    // `closed` rejects with the same error.
  });
  return { stop: () => runtime.stop() };
}

/** The id is derived: the cookie's identity is nobody else's business. */
function guest(session: ServerSession, number: number): Participant {
  const id = createHash("sha256").update(`${session.identity}:${session.id}`).digest("hex").slice(0, 16);
  return { id, name: `Guest ${number}` };
}
