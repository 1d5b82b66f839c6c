import { createHash } from "node:crypto";
import type { App, Event } from "../app/index.ts";
import type { CloseCodeName } from "../bridge/index.ts";
import { withConfiguration } from "../host/node/configuration.ts";
import { type BroadcastEvent, type Participant, type ParticipantOptions, type Room, RoomError } from "../room/index.ts";
import { createRuntime, type Runtime, type RuntimeOptions } from "../runtime/index.ts";
import { type AppEnd, type AppSessionOptions, createSeatedRuntime, runApp } from "./app-session.ts";
import {
  createServer,
  type Listening,
  type OnSession,
  type Server,
  type ServerOptions,
  type ServerSession,
  type SessionHandler,
} from "./server.ts";

/** What the page is told. One that was never there was closed or reloaded while it loaded; if it comes back it begins anew. */
const END_REASONS = {
  ended: "app-ended",
  "never-there": "no-answer",
  failed: "app-failed",
} as const satisfies Record<AppEnd["kind"], CloseCodeName>;

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
        withConfiguration(app),
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
      return runInSession(session, options, (runtimeOptions) =>
        createSeatedRuntime(app, room, participantOf(session), runtimeOptions),
      );
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

function runInSession<Model, Incoming>(
  session: ServerSession,
  options: AppSessionOptions,
  start: (options: RuntimeOptions<never>) => Runtime<Model, Incoming>,
): SessionHandler {
  const renderer = {
    connector: session.connector,
    name: session.id.slice(0, 8),
    // How long to wait for the page is the session's business, and when it is back there is no reason to wait longer.
    maxRestarts: Number.POSITIVE_INFINITY,
    restartDelayMs: 0,
  };
  return runApp(renderer, options, ({ kind }) => session.end(END_REASONS[kind]), start);
}

/** The id is derived: the cookie's identity is nobody else's business. */
function guest(session: ServerSession, number: number): Participant {
  const id = createHash("sha256").update(`${session.identity}:${session.id}`).digest("hex").slice(0, 16);
  return { id, name: `Guest ${number}` };
}
